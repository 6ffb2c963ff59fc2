"""Where a list goes on: the link to its next page, told apart from `read more` and from the way back."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from scrapers.addresses import canonical
from scrapers.discover.selectors import derive, found_by
from scrapers.discover.words import BACK, NEXT, OFFSET, PAGE_NUMBER
from scrapers.lists.pages import base_of
from scrapers.page import Element, Page, text_of

LONGEST = 60  # characters of a link to the next page


def next_links(page: Page, items: set[str]) -> list[Element]:
    """The links that may lead to the next page of a list, the likeliest first; `items` are addresses of its releases."""
    here, base = canonical(page.address), base_of(page)
    ranked: list[tuple[int, int, Element]] = []
    for number, link in enumerate(page.find("a[href], link[rel~=next][href]")):
        raw = link.get("href").strip()
        target = canonical(raw, base) if raw and not raw.startswith("#") else None
        if target is None or target == here or target in items or _host(target) != _host(page.address):
            continue
        points = _points(link, page.address, target)
        if points:
            ranked.append((-points, number, link))
    return [link for _points_of, _number, link in sorted(ranked, key=lambda found: found[:2])]


def _points(link: Element, here: str, target: str) -> int:
    """How surely a link leads to the next page; 0 if it does not."""
    words = [" ".join(text_of(link).split()), link.get("aria-label").strip(), link.get("title").strip()]
    said = any(len(text) <= LONGEST and NEXT.fullmatch(text) for text in words if text)
    named = "next" in link.get("rel").lower().split() or "next" in link.get("class").lower().replace("_", "-").split("-")
    if any(BACK.search(text) for text in words if text) and not said:
        return 0
    pages = page_number(target)
    is_paged = pages is not None or bool(OFFSET.search(target))
    follows = pages is not None and pages == (page_number(here) or (0 if pages == 1 else 1)) + 1
    same_place = urlsplit(target).path.rstrip("/") == urlsplit(here).path.rstrip("/")
    if not (said or named or follows):
        return 0
    if not (is_paged or same_place or named):
        return 0
    return 8 * ("next" in link.get("rel").lower().split()) + 4 * said + 3 * named + 2 * follows + is_paged + (link.name == "a")


def page_number(address: str) -> int | None:
    """The number of the page in the address of a list's page."""
    match = PAGE_NUMBER.search(address)
    return int(match["number"]) if match else None


def template_of(address: str) -> str:
    """An address with `{page}` in the place of its page's number; empty if it bears none."""
    match = PAGE_NUMBER.search(address)
    if match is None or "{" in address or "}" in address:
        return ""
    return f"{address[: match.start('number')]}{{page}}{address[match.end('number') :]}"


def next_selector(pages: Sequence[Page], items: Sequence[set[str]]) -> str | None:
    """A selector of the link to the next page on one or two pages of a list that follow each other; None if none holds for both.

    On the last page it may find nothing; nowhere may it lead back.
    """
    chosen = [next(iter(next_links(page, addresses)), None) for page, addresses in zip(pages, items, strict=True)]
    if chosen[0] is None:
        return None
    wanted = [link for link in chosen if link is not None]
    targets = [canonical(link.get("href"), base_of(page)) if link else None for link, page in zip(chosen, pages, strict=True)]
    named = [link.name for link in wanted]
    if "link" in named and "a" in named:
        return None

    def fits(selector: str) -> bool:
        return all(_leads(page, selector) == ({target} if target else set()) for page, target in zip(pages, targets, strict=True))

    return derive(pages, wanted, fits, list(_current()))


def _leads(page: Page, selector: str) -> set[str | None]:
    base = base_of(page)
    return {canonical(element.get("href"), base) if element.get("href") else None for element in found_by(page, selector)}


def _current() -> Iterator[tuple[int, str]]:
    """Naming a link by the mark of the current page before it."""
    for mark in ("[aria-current]", ".current", ".active", "strong", "span", "b"):
        yield 5, f"{mark} + a"
    for mark in (".active", ".current", ".is-active", ".pager__item--active", "[aria-current]"):
        yield 6, f"li{mark} + li > a"


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
