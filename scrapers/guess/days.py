"""The day that a page bears: of publication, never of a change, an event or today."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

from scrapers.dates import DAY, DateError, read_day
from scrapers.guess.furniture import is_hidden, parts_of_names, remove_furniture
from scrapers.guess.labels import is_dateline
from scrapers.guess.lines import Line, lines_of
from scrapers.guess.metadata import Metadata
from scrapers.guess.titles import Title
from scrapers.guess.words import names, one_of, pattern
from scrapers.page import Page, Within

_DAY = pattern(DAY)
_PUBLISHED = pattern(one_of("days", "published") + r"\W*$")
_CHANGED = pattern(one_of("days", "changed") + r"\W*$")
_AS_OF = pattern(one_of("days", "as_of") + r"\W*$")
_OTHER = pattern(one_of("days", "other") + r"\W{0,3}$")
_OPENING = pattern(rf"[(\[]?{one_of('days', 'opening')}?\s*$")
_WEEKDAY = pattern(r"\b(?:mo|di|mi|do|fr|sa|so)(?:\w*tag|\w*woch)?\.?,?\s?(?:den|dem)?\s?$")
_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d|199\d)[/_.-]?(0\d|1[0-2])[/_.-]?([0-2]\d|3[01])(?!\d)")
MARKED = "time, [itemprop=datePublished], [class*=date], [class*=datum], [class*=published]"
OTHER_DAYS = names("other_days")
EARLIEST = date(1990, 1, 1)  # before the web
SHORT = 90  # characters; longer lines are sentences
BEFORE, AFTER = 6, 12  # lines around the headline
PROSE = 120  # characters
MARKS = 200  # elements looked at
LEADS = 2  # paragraphs that may begin with the day
SHOWN = "beside the headline"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, where it was found, and how it is written there."""

    day: date
    origin: str
    written: str


def guess_day(page: Page, said: Metadata, title: Title, latest: date | None = None) -> Day | None:
    """The day of publication; none if the page bears none. A day after `latest` is none of publication.

    What is said to machines of publication comes first, but the day that readers see beside the headline counts if it is one day
    off: zones are often wrong there. Without that it is the day beside the headline, then days marked as such, datelines, the
    address, and what is found by general rules for markup.
    """
    lines = lines_of(page.first("body"))
    stated = _first(_read(said.published()), latest)
    perhaps = _first(_read(said.perhaps_published()), latest)
    shown, as_of = _beside(lines, title, latest)
    if stated is not None:
        agreed = as_of is not None and perhaps is not None and as_of.day == perhaps.day
        seen = shown or (as_of if agreed else None)
        return seen if seen is not None and abs(seen.day - stated.day) == timedelta(days=1) else stated
    if shown is not None:
        return shown
    unsure = [day for day in (as_of, perhaps) if day is not None]
    if unsure:
        # Both may be of a change, which is later.
        return min(unsure, key=lambda day: day.day)
    others = (_marked(page), _datelines(lines), _in_address(page.address), _searched(page, title))
    return next((day for days in others if (day := _first(days, latest))), None)


def _first(days: Iterable[Day], latest: date | None) -> Day | None:
    return next((day for day in days if day.day >= EARLIEST and (latest is None or day.day <= latest)), None)


def _read(statements: Iterable[tuple[str, str]]) -> Iterator[Day]:
    for written, origin in statements:
        try:
            yield Day(read_day(written), origin, written)
        except DateError:
            continue


def _beside(lines: list[Line], title: Title, latest: date | None) -> tuple[Day | None, Day | None]:
    """The day nearest to the headline, and the nearest that is only said to be the state of things ("Stand: ...")."""
    shown: list[tuple[int, Day]] = []
    as_of: list[tuple[int, Day]] = []
    places = title.places(lines)
    for place in places:
        for number in _around(lines, place):
            for day, sure in _days_of(lines[number].text) if number not in places else ():
                if _first([day], latest):
                    (shown if sure else as_of).append((abs(number - place), day))
    nearest = [min(days, key=lambda found: found[0])[1] if days else None for days in (shown, as_of)]
    return nearest[0], nearest[1]


def _around(lines: list[Line], place: int) -> Iterator[int]:
    """Places behind a headline up to the second paragraph, and some in front of it."""
    paragraphs = 0
    for number in range(place + 1, min(place + 1 + AFTER, len(lines))):
        paragraphs += len(lines[number].text) >= PROSE
        if paragraphs > LEADS:
            break
        yield number
    yield from range(max(place - BEFORE, 0), place)


def _days_of(text: str) -> Iterator[tuple[Day, bool]]:
    """Days that a short line bears, or with which a paragraph begins, each with whether it surely is one of publication."""
    for match in _DAY.finditer(text):
        before = _WEEKDAY.sub("", text[: match.start()]).rstrip()
        if len(text) > SHORT and not _OPENING.match(before):
            return
        if _CHANGED.search(before) or (_OTHER.search(before) and not _PUBLISHED.search(before) and not _OPENING.match(before)):
            continue
        for day in _read([(match.group(), SHOWN)]):
            yield day, not _AS_OF.search(before)


def _marked(page: Page) -> Iterator[Day]:
    elsewhere = Within(lambda part: is_hidden(part) or not OTHER_DAYS.isdisjoint(parts_of_names(part)))
    for element in page.find(MARKED)[:MARKS]:
        if not elsewhere(element):
            written = [element.get("datetime"), element.get("content"), element.text]
            yield from _read((text, element.name) for text in written if len(text) <= SHORT)


def _datelines(lines: list[Line]) -> Iterator[Day]:
    return _read((line.text, "dateline") for line in lines if is_dateline(line))


def _in_address(address: str) -> Iterator[Day]:
    return _read(("-".join(found), "address") for found in _IN_ADDRESS.findall(unquote(urlsplit(address).path)))


def _searched(page: Page, title: Title) -> Iterator[Day]:
    """What general rules for markup find, unless the page only mentions that day. Takes the furniture out of the page."""
    remove_furniture(page, title.heading)
    # Not its extensive search: that takes any day in the text.
    import htmldate  # noqa: PLC0415  as trafilatura in `prose`

    found = htmldate.find_date(page.source, original_date=True, extensive_search=False, url=page.address or None)
    texts = [line.text for line in lines_of(page.first("body"))]
    mentioned = {day.day for text in texts for match in _DAY.finditer(text) for day in _read([(match.group(), "")])}
    shown = {day.day for text in texts for day, _sure in _days_of(text)}
    for day in _read([(found, "htmldate")] if found else []):
        if day.day in shown or day.day not in mentioned:
            yield day
