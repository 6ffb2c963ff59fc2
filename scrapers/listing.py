"""Reading lists: which releases a source names, on a page or in a feed, and where the list goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import feedparser

from models import Snapshot
from scrapers.declaration import ListDeclaration
from scrapers.page import Page, SelectorError, text_of

TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cHash", "pk_")
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as a list names it."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list page or feed holds, in its order, and the address of the next page if there is one."""

    entries: tuple[Entry, ...]
    next: str | None = None


def canonical(address: str, base: str = "") -> str | None:
    """An address as identity: absolute, without fragment, tracking parameters and default port; None if it is no web address."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    # Left as written otherwise: re-coding would spoil what older sites encode in windows-1252.
    query = "&".join(part for part in parts.query.split("&") if part and not unquote(part).startswith(TRACKING))
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def read_list(snapshot: Snapshot, declared: ListDeclaration) -> ListPage:
    """The entries of a list. Raises `SelectorError` when there are fewer than declared: none is a failure, never a success."""
    return _read_feed(snapshot, declared) if declared.kind == "feed" else _read_page(snapshot, declared)


def _read_page(snapshot: Snapshot, declared: ListDeclaration) -> ListPage:
    page = Page.of(snapshot.content, snapshot.charset, snapshot.final_address)
    links = page.select(declared.item, "list items", declared.min_items)
    base = _base(page)
    entries = _unique(((str(link.get("href") or ""), text_of(link).replace("\n", " ")) for link in links), base)
    _require(entries, declared, snapshot)
    following = page.first(declared.next) if declared.next else None
    target = canonical(str(following.get("href")), base) if following and following.get("href") else None
    return ListPage(entries=entries, next=target)


def _read_feed(snapshot: Snapshot, declared: ListDeclaration) -> ListPage:
    # As a stream: given bytes, feedparser takes them for the name of a local file first.
    feed = feedparser.parse(
        BytesIO(snapshot.content), response_headers={"content-type": str(snapshot.headers.get("content-type", ""))}
    )
    found = ((str(entry.get("link") or ""), str(entry.get("title") or "")) for entry in feed.entries)
    entries = _unique(found, snapshot.final_address)
    _require(entries, declared, snapshot)
    return ListPage(entries=entries)


def _base(page: Page) -> str:
    """What relative links are relative to: the page's address, unless the page says otherwise."""
    said = page.first("base[href]")
    return (canonical(str(said.get("href")), page.address) if said else None) or page.address


def _unique(found: Iterable[tuple[str, str]], base: str) -> tuple[Entry, ...]:
    unique: dict[str, Entry] = {}
    for raw, title in found:
        address = canonical(raw, base) if raw.strip() else None
        if address is not None:
            unique.setdefault(address, Entry(address=address, title=title))
    return tuple(unique.values())


def _require(entries: tuple[Entry, ...], declared: ListDeclaration, snapshot: Snapshot) -> None:
    if len(entries) < declared.min_items:
        raise SelectorError(
            f"The list {snapshot.final_address} names {len(entries)} releases, at least {declared.min_items} are expected. "
            "It may be no list or feed any more; correct the declaration."
        )
