"""Looking at one fetched page, or two that follow each other, for what can be collected. Runs in a child (`scrapers.pool`)."""

from dataclasses import dataclass

from scrapers.addresses import canonical
from scrapers.discover.links import Links
from scrapers.discover.lists import FoundList, find_lists, single_items
from scrapers.discover.paging import next_links, next_selector, page_number, template_of
from scrapers.discover.press_links import press_links
from scrapers.discover.signs import feeds_of, interface_of, system_of
from scrapers.lists.pages import base_of
from scrapers.page import Page, text_of
from scrapers.read import ServedPage

HARDLY_TEXT = 400  # characters of a page that is filled by a script
FEW_LINKS, SOME_LINKS = 10, 30


@dataclass(frozen=True)
class Study:
    """What a page offers. Addresses are absolute."""

    address: str
    title: str
    system: str
    feeds: tuple[str, ...]
    interface: str
    lists: tuple[FoundList, ...]
    following: str  # the address of the list's next page
    press: tuple[str, ...]  # links that may lead to the list
    wanting: str  # why it holds no list, as a sentence; empty if it holds one


@dataclass(frozen=True)
class Paging:
    """How a list goes on: the selector of the link to the next page, or an address with {page}; both may be empty."""

    next: str = ""
    template: str = ""
    first_page: int = 1  # the number of the first page where they are numbered
    more: int = 0  # releases on the second page that the first does not name


def study_page(served: ServedPage) -> Study:
    """What a page offers. Raises `ReadError` for one that cannot be parsed or holds nothing but links."""
    page = Page.of(served.content, served.charset, served.address)
    links = Links(page)
    lists = find_lists(page, links, served.fetched_on)
    following = ""
    named = {entry.address for found in lists for entry in found.entries}
    if lists:
        following = _following(page, {entry.address for entry in lists[0].entries})
    window = page.first("title")
    return Study(
        address=served.address,
        title=" ".join(window.raw_text.split()) if window is not None else "",
        system=system_of(page),
        feeds=feeds_of(page),
        interface=interface_of(page),
        lists=lists,
        following=following,
        # A list may say "zur Pressemitteilung" beside each release.
        press=tuple(address for address in press_links(links) if address not in named),
        wanting="" if lists else _wanting(page, links, served),
    )


def study_paging(first: ServedPage, second: ServedPage, found: FoundList) -> Paging:
    """How a list goes on, given its first two pages."""
    pages = [Page.of(served.content, served.charset, served.address) for served in (first, second)]
    known = {entry.address for entry in found.entries}
    base = base_of(pages[1])
    there = {canonical(element.get("href"), base) for element in pages[1].find(found.item) if element.get("href")}
    addresses = {address for address in there if address is not None}
    if not addresses - known:
        return Paging()
    following = _following(pages[0], known)
    selector = next_selector(pages, [known, addresses]) or ""
    number = page_number(following)
    return Paging(selector, template_of(following), max((number or 2) - 1, 0), more=len(addresses - known))


def _following(page: Page, items: set[str]) -> str:
    link = next(iter(next_links(page, items)), None)
    return (canonical(link.get("href"), base_of(page)) or "") if link is not None else ""


def _wanting(page: Page, links: Links, served: ServedPage) -> str:
    """Why a page holds no list, and what to do."""
    body = page.first("body")
    text = text_of(body) if body is not None else ""
    if page.first("input[type=password]") is not None and len(links.all) < SOME_LINKS:
        return (
            f"{page.address} asks for a login. Only public pages are collected: give the address of a public press page or feed."
        )
    scripts = sum(len(script.raw_text) + len(script.get("src")) for script in page.find("script"))
    if len(text) < HARDLY_TEXT and (scripts or page.first("noscript") is not None) and len(links.all) < FEW_LINKS:
        return (
            f"{page.address} is filled by a script in the browser and holds no releases itself. "
            "Give the address of the site's feed (RSS or Atom) or sitemap instead."
        )
    singles = {item.link.address: item for item in single_items(links, served.fetched_on)}
    if len(singles) == 1:
        only = next(iter(singles.values()))
        return (
            f"{page.address} names a single release ({only.headline!r}), from which no pattern can be told. "
            "Give the address of a page that lists several, such as an archive, or of a feed."
        )
    return (
        f"{page.address} holds no list of releases: no group of links with headlines and days was found. "
        "Give the address of the page that lists the press releases, or of a feed."
    )
