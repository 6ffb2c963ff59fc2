"""Reading a release: a snapshot and its declaration give title, day and text. Pure; the moment of reading is an argument."""

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models import ReleaseVersion, Snapshot
from models.days import day_of
from scrapers.dates import DateError, read_day
from scrapers.declaration import ReleaseDeclaration, Source
from scrapers.guess import guess_published, guess_release
from scrapers.guess.metadata import Metadata
from scrapers.guess.prose import guess_text
from scrapers.guess.titles import Title, guess_title
from scrapers.page import Page, ReadError, SelectorError, outermost

__all__ = ["READER_VERSION", "ReadError", "ServedPage", "read_any", "read_page", "read_release", "text_hash"]

READER_VERSION = "2"
SHORTEST = 80  # characters; a shorter text is an error page or a failed selector


@dataclass(frozen=True, slots=True)
class ServedPage:
    """What of a snapshot is needed to read it, without the database."""

    content: bytes
    charset: str | None
    address: str
    fetched_on: date

    @classmethod
    def of(cls, snapshot: Snapshot) -> "ServedPage":
        """The page of a snapshot."""
        return cls(snapshot.content, snapshot.charset, snapshot.final_address, day_of(snapshot.fetched_at))


def read_release(snapshot: Snapshot, source: Source, now: datetime) -> ReleaseVersion:
    """A release as its declaration reads it, see `read_page`."""
    version = read_page(ServedPage.of(snapshot), source, now)
    version.snapshot = snapshot
    return version


def read_page(served: ServedPage, source: Source, now: datetime) -> ReleaseVersion:
    """A release as its declaration reads it, without its snapshot.

    The text is the title, the date as written, the subtitle and the body, paragraphs apart by a blank line. A day that is not
    declared is looked for in what the page says of itself; `origins` says where each field came from.

    The rules are those in force when the page was fetched. Sites leave old pages as they are, so where these rules do not fit,
    the ones of an earlier layout do, if they read a day of their time.

    Raises `SelectorError` for a selector that finds nothing and `ReadError` for an unreadable date or hardly any text.
    """
    in_force, *earlier = source.rules_on(served.fetched_on)
    try:
        return _read_by(in_force, served, now)
    except (SelectorError, ReadError):
        for rules in earlier:
            with contextlib.suppress(SelectorError, ReadError):
                version = _read_by(rules, served, now)
                if version.published_on is not None and rules.until is not None and version.published_on < rules.until:
                    return version
        raise


def read_any(content: bytes, address: str = "", charset: str | None = None) -> ReleaseVersion:
    """A page without a declaration, read as well as can be; `origins` says where each field came from. Raises `ReadError`."""
    found = guess_release(Page.of(content, charset, address))
    if len(found.text) < SHORTEST:
        raise ReadError(f"Only {len(found.text)} characters of text on {address or 'the page'}.")
    return ReleaseVersion(
        title=found.title,
        text=found.text,
        text_sha256=text_hash(found.text),
        published_on=found.day.day if found.day else None,
        published_raw=found.day.written if found.day else None,
        origins=found.origins,
        reader=READER_VERSION,
        read_at=datetime.min.replace(tzinfo=UTC),
    )


def text_hash(text: str) -> str:
    """The hash that decides whether a text changed: white space does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _read_by(rules: ReleaseDeclaration, served: ServedPage, now: datetime) -> ReleaseVersion:
    page = Page.of(served.content, served.charset, served.address)
    if rules.drop:
        page.drop(rules.drop)
    title = _title(page, rules)
    day, raw_date, day_from = _day(page, rules, served)
    subtitles = page.find(rules.subtitle) if rules.subtitle else []
    subtitle = _line(subtitles[0].text) if subtitles else ""
    body, body_from = _body(page, rules, served, title)
    if len(body) < SHORTEST:
        raise ReadError(f"Only {len(body)} characters of text on {served.address}; it may be an error page.")
    text = "\n\n".join(part for part in (title.text, "\n".join(line for line in (raw_date, subtitle) if line), body) if part)
    if day is None:
        guessed = guess_published(page, title.text, title.heading, served.fetched_on)
        if guessed is not None:
            day, raw_date, day_from = guessed.day, guessed.written, guessed.origin
    origins = {"title": title.origin, "published_on": day_from, "text": body_from}
    if rules.until is not None:
        origins["rules"] = f"until {rules.until.isoformat()}"
    return ReleaseVersion(
        title=title.text,
        subtitle=subtitle or None,
        text=text,
        text_sha256=text_hash(text),
        published_on=day,
        published_raw=raw_date or None,
        origins={name: value for name, value in origins.items() if value},
        reader=READER_VERSION,
        read_at=now,
    )


def _title(page: Page, rules: ReleaseDeclaration) -> Title:
    """The headline by its selector, or as it is guessed if none is declared."""
    if not rules.title:
        return guess_title(page, Metadata(page))
    heading = page.select(rules.title, "the title")[0]
    return Title(text=_line(heading.text), origin=rules.title, heading=heading)


def _body(page: Page, rules: ReleaseDeclaration, served: ServedPage, title: Title) -> tuple[str, str]:
    """The text and what found it: its selector, or general extraction if none is declared."""
    if rules.body:
        blocks = outermost(page.select(rules.body, "the body"))
        return _paragraphs([f"- {text}" if block.name == "li" else text for block in blocks if (text := block.text)]), rules.body
    # It takes the furniture out of the page, which the search for a day still needs.
    another = Page.of(served.content, served.charset, served.address)
    if rules.drop:
        another.drop(rules.drop)
    said = Metadata(another)
    shown = guess_title(another, said)
    return guess_text(another, said, shown if not rules.title else Title(title.text, title.origin, shown.heading))


def _day(page: Page, rules: ReleaseDeclaration, served: ServedPage) -> tuple[date | None, str, str]:
    """The declared day, how it is written, and its selector; an element without words bears none."""
    if not rules.date:
        return None, "", ""
    element = page.select(rules.date, "the date")[0]
    raw = _line(element.text)
    # <time datetime="2024-03-01">three days ago</time>: what is written for machines is meant for us.
    machine = element.get("datetime")
    if not machine and not raw:
        return None, "", ""
    with contextlib.suppress(DateError):
        return read_day(machine), raw, rules.date
    try:
        return read_day(raw), raw, rules.date
    except DateError as error:
        raise ReadError(f"The date of {served.address} cannot be read: {error}") from error


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(blocks: list[str]) -> str:
    """Blocks apart by a blank line, list items by a line break."""
    parts: list[str] = []
    for block in blocks:
        if parts:
            parts.append("\n" if block.startswith("- ") and parts[-1].startswith("- ") else "\n\n")
        parts.append(block)
    return "".join(parts)
