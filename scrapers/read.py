"""Reading a release: a snapshot and its declaration give title, day and text. Pure; the moment of reading is an argument."""

import contextlib
import hashlib
from datetime import UTC, date, datetime

from bs4 import Tag

from models import ReleaseVersion, Snapshot
from scrapers.dates import DateError, read_day
from scrapers.declaration import Source
from scrapers.guess import guess_date, guess_text, guess_title
from scrapers.page import Page, text_of

READER_VERSION = "1"
SHORTEST = 80  # characters; a shorter text is an error page or a failed selector


class ReadError(Exception):
    """A page that was fetched but cannot be read as a release; the message says why."""

    kind = "unreadable"


def read_release(snapshot: Snapshot, source: Source, now: datetime) -> ReleaseVersion:
    """A release as its declaration reads it.

    The text is the title, the date as written, the subtitle and the body, paragraphs apart by a blank line.
    Raises `SelectorError` for a selector that finds nothing and `ReadError` for an unreadable date or hardly any text.
    """
    declared = source.release
    page = Page.of(snapshot.content, snapshot.charset, snapshot.final_address)
    if declared.drop:
        page.drop(declared.drop)
    title = _line(text_of(page.select(declared.title, "the title")[0]))
    dates = page.select(declared.date, "the date") if declared.date else []
    raw_date = _line(text_of(dates[0])) if dates else ""
    # <time datetime="2024-03-01">three days ago</time>: what is written for machines is meant for us.
    machine_date = str(dates[0].get("datetime") or "") if dates else ""
    subtitles = page.soup.select(declared.subtitle) if declared.subtitle else []
    subtitle = _line(text_of(subtitles[0])) if subtitles else ""
    blocks = _outermost(page.select(declared.body, "the body"))
    body = [f"- {text}" if block.name == "li" else text for block in blocks if (text := text_of(block))]
    return _version(
        snapshot,
        title=title,
        subtitle=subtitle,
        raw_date=raw_date,
        published_on=_day(machine_date, raw_date, snapshot.final_address),
        body=_paragraphs(body),
        origins={"title": declared.title, "published_on": declared.date, "text": declared.body},
        now=now,
    )


def read_any(content: bytes, address: str = "", charset: str | None = None) -> ReleaseVersion:
    """A page without a declaration, read as well as can be; `origins` says where each field came from. Raises `ReadError`."""
    page = Page.of(content, charset, address)
    title, title_from = guess_title(page)
    found, date_from = guess_date(page, content, charset)
    text, text_from = guess_text(page)
    if len(text) < SHORTEST:
        raise ReadError(f"Only {len(text)} characters of text on {address or 'the page'}.")
    return ReleaseVersion(
        title=title,
        text=text,
        text_sha256=text_hash(text),
        published_on=found,
        published_raw=None,
        origins={"title": title_from, "published_on": date_from, "text": text_from},
        reader=READER_VERSION,
        read_at=datetime.min.replace(tzinfo=UTC),
    )


def text_hash(text: str) -> str:
    """The hash that decides whether a text changed: white space does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _version(
    snapshot: Snapshot,
    *,
    title: str,
    subtitle: str,
    raw_date: str,
    published_on: date | None,
    body: str,
    origins: dict[str, str],
    now: datetime,
) -> ReleaseVersion:
    if len(body) < SHORTEST:
        raise ReadError(f"Only {len(body)} characters of text on {snapshot.final_address}; it may be an error page.")
    text = "\n\n".join(part for part in (title, "\n".join(line for line in (raw_date, subtitle) if line), body) if part)
    return ReleaseVersion(
        title=title,
        subtitle=subtitle or None,
        text=text,
        text_sha256=text_hash(text),
        published_on=published_on,
        published_raw=raw_date or None,
        origins={name: value for name, value in origins.items() if value},
        reader=READER_VERSION,
        read_at=now,
        snapshot=snapshot,
    )


def _day(machine: str, raw: str, address: str) -> date | None:
    if not machine and not raw:
        return None
    with contextlib.suppress(DateError):
        return read_day(machine)
    try:
        return read_day(raw)
    except DateError as error:
        raise ReadError(f"The date of {address} cannot be read: {error}") from error


def _line(text: str) -> str:
    return " ".join(text.split())


def _outermost(blocks: list[Tag]) -> list[Tag]:
    outermost: list[Tag] = []
    within: set[int] = set()
    for block in blocks:
        if id(block) not in within:
            outermost.append(block)
            within.update(id(inner) for inner in block.descendants)
    return outermost


def _paragraphs(blocks: list[str]) -> str:
    """Blocks apart by a blank line, list items by a line break."""
    parts: list[str] = []
    for block in blocks:
        if parts:
            parts.append("\n" if block.startswith("- ") and parts[-1].startswith("- ") else "\n\n")
        parts.append(block)
    return "".join(parts)
