"""Looking at a feed: what it names and where its site is. Runs in a child, see `scrapers.pool`."""

import re
from dataclasses import dataclass
from io import BytesIO

import feedparser

from scrapers.addresses import canonical
from scrapers.declaration import ListDeclaration
from scrapers.listing import Entry, ServedList, read_served_list
from scrapers.page import SelectorError

BEGINNING = 2048  # bytes
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)


@dataclass(frozen=True)
class FeedStudy:
    """A feed: what it is called, the page it belongs to (may be empty), and what it names."""

    address: str
    title: str
    home: str
    entries: tuple[Entry, ...]


def looks_like_feed(content: bytes) -> bool:
    """Whether some bytes begin as RSS or Atom do."""
    return _FEED.search(content[:BEGINNING]) is not None


def study_feed(served: ServedList) -> FeedStudy:
    """What a feed names; nothing if it is none."""
    try:
        entries = read_served_list(served, ListDeclaration(kind="feed", address=served.address)).entries
    except SelectorError:
        entries = ()
    headers = {"content-type": served.headers.get("content-type", "")}
    channel = feedparser.parse(BytesIO(served.content), response_headers=headers).feed
    home = canonical(str(channel.get("link") or ""), served.address) if channel.get("link") else None
    return FeedStudy(served.address, " ".join(str(channel.get("title") or "").split()), home or "", entries)
