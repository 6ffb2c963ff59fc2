"""What is known of sample pages before selectors are sought: headline, day, and which of their lines are text of the release."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from scrapers.dates import DAY, DateError, read_day
from scrapers.discover.tokens import TAGS
from scrapers.guess import Guess, guess_release
from scrapers.guess.lines import Line, key_of, lines_of
from scrapers.guess.metadata import Metadata
from scrapers.guess.titles import guess_title
from scrapers.guess.words import pattern
from scrapers.page import Element, Page
from scrapers.read import ServedPage

LONG_LINE = 30  # letters; such a line is one of the text wherever the text holds it
SOME = 2  # samples
INLINE = "font, span, center"
LONG_TEXT = 200  # characters
LABEL = 60  # characters
_DAY = pattern(DAY)


@dataclass(frozen=True)
class Known:
    """One sample: its page, untouched, and how many characters of text and of other things each element holds."""

    page: Page
    title: str
    heading: Element | None
    day: date | None
    listed: date | None  # the day that its list shows, if the page bears it too
    lines: tuple[Line, ...]
    good: dict[Element, int]
    bad: dict[Element, int]
    good_lines: frozenset[int]
    repeated: frozenset[str]  # keys of lines that stand on other samples too

    @property
    def total(self) -> int:
        """Characters of text on the page."""
        body = self.page.first("body")
        return self.good[body] if body is not None else 0


def know(samples: Sequence[tuple[ServedPage, str, date | None]]) -> list[Known]:
    """What is known of some pages, given what their list says of them."""
    pages = [_parsed(served) for served, _headline, _day in samples]
    guesses = [guess_release(_parsed(served)) for served, _headline, _day in samples]
    alike = _shared({key_of(guess.title) for guess in guesses}, len(samples))
    lines = [tuple(_held(lines_of(page.first("body")))) for page in pages]
    counts = Counter(key for page in lines for key in {line.key for line in page})
    repeated = frozenset(key for key, number in counts.items() if number >= SOME and len(samples) >= SOME)
    return [
        _known(page, guess, headline, day, alike=alike, lines=page_lines, repeated=repeated)
        for page, guess, (_served, headline, day), page_lines in zip(pages, guesses, samples, lines, strict=True)
    ]


def _held(lines: list[Line]) -> Iterator[Line]:
    """Lines with the innermost element that holds each: old pages set whole texts in <font> or <span>, apart by <br>."""
    inner: dict[Element, dict[str, Element]] = {}
    for line in lines:
        if line.block not in inner:
            parts = [part for part in line.block.select(INLINE) if len(part.text) >= LONG_TEXT]
            inner[line.block] = {held.key: part for part in parts for held in lines_of(part)}
        yield replace(line, block=inner[line.block].get(line.key, line.block))


def _parsed(served: ServedPage) -> Page:
    return Page.of(served.content, served.charset, served.address)


def _shared(keys: set[str], number: int) -> bool:
    """Whether all pages seem to have the same title, which is that of the site then."""
    return number >= SOME and len(keys) == 1


def _known(
    page: Page, guess: Guess, headline: str, day: date | None, *, alike: bool, lines: tuple[Line, ...], repeated: frozenset[str]
) -> Known:
    title, heading = _heading(page, guess, headline, doubted=alike)
    listed = day if day is not None and any(day in _days_in(line.text) for line in lines) else None
    published = guess.day.day if guess.day is not None else listed
    headlines = {heading, *heading.select("*")} if heading is not None else set()
    read_keys = {key_of(line) for line in guess.text.split("\n")} - {""}
    everything = f" {key_of(guess.text)} "
    good_lines = frozenset(
        place
        for place, line in enumerate(lines)
        if line.key
        and line.key not in repeated
        and line.block not in headlines
        and not _only_dates(line, published)
        and (line.key in read_keys or (len(line.key) >= LONG_LINE and f" {line.key} " in everything))
    )
    good: dict[Element, int] = defaultdict(int)
    bad: dict[Element, int] = defaultdict(int)
    for place, line in enumerate(lines):
        if place in good_lines:
            good[line.block] += len(line.text)
        elif line.key not in read_keys:  # "Hintergrund:" on each page is neither
            bad[line.block] += len(line.text)
    body = page.first("body")
    for element in reversed(body.select("*") if body is not None else []):
        around = element.parent
        if around is not None:
            good[around] += good[element]
            bad[around] += bad[element]
    return Known(
        page=page,
        title=title,
        heading=heading,
        day=published,
        listed=listed,
        lines=lines,
        good=good,
        bad=bad,
        good_lines=good_lines,
        repeated=repeated,
    )


def _heading(page: Page, guess: Guess, headline: str, *, doubted: bool) -> tuple[str, Element | None]:
    """The headline and the innermost element that shows it alone."""
    shown = guess_title(page, Metadata(page)).heading
    listed = key_of(headline)
    if listed and (doubted or key_of(guess.title) != listed):
        # The list calls it otherwise: that counts if the page shows it as a heading, or if all pages seem to have one title.
        places = "h1, h2, h3, h4, [itemprop=headline]" if not doubted else "body *"
        found = next((element for element in page.find(places) if key_of(" ".join(element.text.split())) == listed), None)
        if found is not None:
            return " ".join(found.text.split()), _innermost(found, listed)
    key = key_of(guess.title)
    if shown is None:
        shown = next(
            (
                element
                for element in page.find("body *")
                if len(element.text) <= len(guess.title) * 2 and element.name in TAGS and key_of(element.text) == key
            ),
            None,
        )
    return guess.title, _innermost(shown, key) if shown is not None else None


def _innermost(element: Element, key: str) -> Element:
    """The heading itself if it says nothing else; else the part of it that is the headline."""
    if key_of(" ".join(element.text.split())) == key:
        return element
    return next((inner for inner in element.select("*") if key_of(" ".join(inner.text.split())) == key), element)


def _only_dates(line: Line, day: date | None) -> bool:
    """Whether a line is short and bears the day of publication: a dateline is read by itself."""
    return day is not None and len(line.text) <= LABEL and day in _days_in(line.text)


def _days_in(text: str) -> set[date]:
    found = set()
    for match in _DAY.finditer(text):
        with suppress(DateError):
            found.add(read_day(match.group()))
    return found
