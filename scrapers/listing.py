"""Reading lists: which releases a source names, on a page, in a feed, a sitemap or JSON, and where the list goes on.

The door to `scrapers.lists`, which has a module for each kind.
"""

from dataclasses import replace

from models import Snapshot
from scrapers.addresses import canonical, place_of
from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import Entry, ListPage, ServedList
from scrapers.lists.feed import read_feed
from scrapers.lists.load_more import read_json
from scrapers.lists.pages import read_html
from scrapers.lists.paging import ListRequest, first_request, following, page_address
from scrapers.lists.sitemap import read_sitemap
from scrapers.lists.wordpress import BEYOND, read_wordpress

__all__ = [
    "BEYOND",
    "Entry",
    "ListPage",
    "ListRequest",
    "ServedList",
    "canonical",
    "first_request",
    "following",
    "place_of",
    "read_list",
    "read_served_list",
]

READERS = {"html": read_html, "feed": read_feed, "sitemap": read_sitemap, "wordpress": read_wordpress, "json": read_json}


def read_list(snapshot: Snapshot, declared: ListDeclaration, number: int = 0) -> ListPage:
    """A page of a list, `number` others before it; see `read_served_list`."""
    return read_served_list(ServedList.of(snapshot, number), declared)


def read_served_list(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of a page of a list, with title and day where the list says them, and the following page.

    Raises `SelectorError` when there are fewer than declared (after the first page: none), and `ReadError` for what cannot be
    read at all: no entries are a failure, never a success.
    """
    page = READERS[declared.kind](served, declared)
    return replace(page, next=page_address(declared, served.number + 1)) if declared.pages else page
