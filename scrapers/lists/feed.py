"""RSS and Atom feeds, read by feedparser; days are read by ourselves: it takes MESZ for UTC and German names for nothing."""

from io import BytesIO

import feedparser

from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import ListPage, ServedList, list_page, require, what_it_is

DAYS = ("published", "created", "updated", "date", "issued")


def read_feed(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of a feed. Raises `SelectorError` for what is none."""
    # As a stream: given bytes, feedparser takes them for the name of a local file first.
    feed = feedparser.parse(
        BytesIO(served.content),
        response_headers={"content-type": served.headers.get("content-type", "")},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    found = [
        (
            str(entry.get("link") or ""),
            str(entry.get("title") or ""),
            next((str(entry[name]) for name in DAYS if entry.get(name)), ""),
        )
        for entry in feed.entries
    ]
    return require(list_page(found, served, declared), served, declared, "" if found else _instead(served, feed))


def _instead(served: ServedList, feed: feedparser.FeedParserDict) -> str:
    """Why a feed has no entries."""
    if plain := what_it_is(served.content):
        return f"{plain} and no feed"
    if feed.get("version"):
        return "It is a feed without entries"
    if trouble := feed.get("bozo_exception"):
        return f"It is no feed ({str(trouble)[:100]})"
    return "It is no feed"
