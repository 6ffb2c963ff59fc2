"""Lists on HTML pages: the links that a selector finds, and the link to the following page."""

from scrapers.addresses import canonical
from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import Found, ListPage, ServedList, list_page, require
from scrapers.page import Page


def read_html(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of a page. Raises `SelectorError`."""
    page = Page.of(served.content, served.charset, served.address)
    base = base_of(page)
    minimum = declared.min_items if served.number == 0 else 1
    page.select(declared.item, "list items", minimum)
    read = require(list_page(links_in(page, declared.item), served, declared, base=base), served, declared)
    following = page.first(declared.next) if declared.next else None
    target = canonical(following.get("href"), base) if following and following.get("href") else None
    return ListPage(entries=read.entries, next=target, found=read.found, cut=read.cut)


def links_in(page: Page, selector: str) -> list[Found]:
    """The links that a selector finds."""
    return [(link.get("href"), link.text, "") for link in page.find(selector)]


def base_of(page: Page) -> str:
    """What relative links are relative to: the page's address, unless the page says otherwise."""
    said = page.first("base[href]")
    return (canonical(said.get("href"), page.address) if said else None) or page.address
