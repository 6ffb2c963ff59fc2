"""What lists of every kind give: entries with addresses, and what is needed to read them without the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models import Snapshot
from scrapers.addresses import canonical
from scrapers.checked import address_pattern
from scrapers.dates import DateError, read_day
from scrapers.lists.declared import ListDeclaration
from scrapers.page import SelectorError

MOST = 1000  # entries of one page; more is no list that a person could read
LONGEST_TITLE = 500  # characters
LONGEST_ADDRESS = 2000  # characters
KEPT_HEADERS = ("content-type", "x-wp-totalpages")


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as a list names it. Title and day are hints: what a release says of itself counts."""

    address: str
    title: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a page of a list holds, in its order, and where the list goes on.

    `next` is the following page, `parts` are the sitemaps of an index, `last` is the number of the last page if the site says it.
    `found` counts the entries before any was left out, `cut` those beyond the most that are taken.
    """

    entries: tuple[Entry, ...]
    next: str | None = None
    parts: tuple[str, ...] = ()
    last: int | None = None
    found: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class ServedList:
    """What of a snapshot is needed to read a list; `number` counts the pages of the list before it."""

    content: bytes
    charset: str | None
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    @classmethod
    def of(cls, snapshot: Snapshot, number: int = 0) -> "ServedList":
        """The list of a snapshot."""
        headers = {name: str(snapshot.headers[name]) for name in KEPT_HEADERS if name in snapshot.headers}
        return cls(snapshot.content, snapshot.charset, snapshot.final_address, headers, number)


# An address as it stands there, its title, its day as written.
Found = tuple[str, str, str]


def list_page(
    found: Iterable[Found], served: ServedList, declared: ListDeclaration, *, base: str = "", most: int = MOST
) -> ListPage:
    """The page of some found entries, each address once; without paging."""
    wanted = address_pattern(declared.match)
    unique: dict[str, Entry] = {}
    count = 0
    for raw, title, day in found:
        count += 1
        address = canonical(raw, base or served.address) if raw.strip() and len(raw) <= LONGEST_ADDRESS else None
        if address is not None and wanted.search(address):
            unique.setdefault(address, Entry(address, " ".join(title.split())[:LONGEST_TITLE], day_of_hint(day)))
    entries = tuple(unique.values())
    return ListPage(entries=entries[:most], found=count, cut=max(0, len(entries) - most))


def day_of_hint(written: str) -> date | None:
    """A day as a list writes it; none rather than a wrong one."""
    try:
        return read_day(written)
    except DateError:
        return None


def require(page: ListPage, served: ServedList, declared: ListDeclaration, reason: str = "") -> ListPage:
    """The page. Raises `SelectorError` if it names too few releases; `reason` says what it is instead."""
    minimum = declared.min_items if served.number == 0 else 1
    if len(page.entries) < minimum:
        matching = f" like {declared.match!r}" if declared.match and page.found else ""
        why = reason or "It may be no list or feed any more"
        raise SelectorError(
            f"The list {served.address} names {len(page.entries)} releases{matching}, at least {minimum} are expected. "
            f"{why}; correct the declaration."
        )
    return page


def what_it_is(content: bytes) -> str:
    """What some bytes plainly are instead of what was declared, as a sentence without its end; empty if that is not plain."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "It is an HTML page"
    if start.startswith((b"{", b"[")):
        return "It is JSON"
    return ""
