"""Finding reading rules: what some sample pages say is known from guessing, and selectors that say the same are sought."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from scrapers.dates import DAY, DateError, read_day
from scrapers.discover.body import find_body
from scrapers.discover.known import Known, know
from scrapers.discover.selectors import derive, found_by
from scrapers.guess.lines import key_of, lines_of
from scrapers.guess.words import pattern
from scrapers.page import Element, Page, text_of
from scrapers.read import ServedPage

LONGEST_DATE = 90  # characters of an element that bears the day
DATES_TRIED = 6
LEAST_SAMPLES = 2
_DAY = pattern(DAY)


@dataclass(frozen=True)
class Sample:
    """A release's page with what its list says of it."""

    served: ServedPage
    headline: str = ""
    day: date | None = None


@dataclass(frozen=True)
class FoundRules:
    """Selectors as a declaration bears them; one that is empty is left to the fall-back, and `notes` says so."""

    title: str = ""
    date: str = ""
    body: str = ""
    drop: str = ""
    notes: tuple[str, ...] = field(default=())


def find_rules(samples: Sequence[Sample]) -> FoundRules:
    """The reading rules for pages like some samples. Raises `ReadError` for pages that cannot be parsed."""
    known = know([(sample.served, sample.headline, sample.day) for sample in samples])
    notes: list[str] = []
    if len(known) < LEAST_SAMPLES:
        notes.append("Only one release could be looked at: the selectors may fit that page alone.")
    title = _title(known)
    if not title:
        notes.append("No selector finds the title on all samples; it is read from what the page says of itself.")
    day = _date(known)
    if not day:
        seen = any(page.day is not None for page in known)
        notes.append(
            "No selector finds the day on all samples; it is read from what the page says of itself."
            if seen
            else "The releases bear no day that could be read; it has to be looked up elsewhere."
        )
    body, drop, about = find_body(known)
    notes += about
    return FoundRules(title=title, date=day, body=body, drop=drop, notes=tuple(notes))


def _title(known: Sequence[Known]) -> str:
    first = known[0]
    pages = [page.page for page in known]
    if first.heading is None or len({key_of(page.title) for page in known}) < min(len(known), LEAST_SAMPLES):
        return ""
    wanted = [key_of(page.title) for page in known]

    def fits(selector: str) -> bool:
        return all(_first_key(page, selector) == key for page, key in zip(pages, wanted, strict=True))

    return derive(pages, [first.heading], fits) or ""


def _first_key(page: Page, selector: str) -> str | None:
    found = found_by(page, selector)
    return key_of(" ".join(text_of(found[0]).split())) if found else None


def _date(known: Sequence[Known]) -> str:
    """The selector of the day as it was guessed, or else of the day that the list shows."""
    return next(
        (found for days in ([page.day for page in known], [page.listed for page in known]) if (found := _of_days(known, days))),
        "",
    )


def _of_days(known: Sequence[Known], days: Sequence[date | None]) -> str:
    pages = [page.page for page in known]

    def fits(selector: str) -> bool:
        return all(_day_read(page, selector) == day for page, day in zip(pages, days, strict=True))

    if days[0] is None or None in days:
        return ""
    found = (derive(pages, [element], fits) for element in _dates(known[0], days[0])[:DATES_TRIED])
    return next((selector for selector in found if selector), "")


def _day_read(page: Page, selector: str) -> date | None:
    """The day that a selector reads as the reader will."""
    found = found_by(page, selector)
    if not found:
        return None
    raw = " ".join(text_of(found[0]).split())
    if len(raw) > LONGEST_DATE:
        return None
    return _day_of(found[0].get("datetime")) or _day_of(raw)


def _day_of(text: str) -> date | None:
    try:
        return read_day(text) if text else None
    except DateError:
        return None


def _dates(known: Known, day: date) -> list[Element]:
    """The elements that bear the day of a page, the nearest to the headline first, of those in one another the smallest."""
    lines = lines_of(known.page.first("body"))
    inside = {known.heading, *known.heading.select("*")} if known.heading is not None else set()
    places = [place for place, line in enumerate(lines) if line.block in inside] or [0]
    ranked: list[tuple[int, int, Element]] = []
    for place, line in enumerate(lines):
        if (
            len(line.text) > LONGEST_DATE
            or line.block in inside
            or not any(_day_of(m.group()) == day for m in _DAY.finditer(line.text))
        ):
            continue
        bearing = [inner for inner in (line.block, *line.block.select("*")) if _bears(inner, day)]
        distance = min(abs(place - there) for there in places)
        ranked += [(distance, -depth, element) for depth, element in enumerate(bearing)]
    marked = [element for element in known.page.find("time[datetime]") if _day_of(element.get("datetime")) == day]
    ordered = [element for _distance, _depth, element in sorted(ranked, key=lambda found: found[:2])]
    return list(dict.fromkeys([*ordered, *marked]))


def _bears(element: Element, day: date) -> bool:
    text = " ".join(text_of(element).split())
    return 0 < len(text) <= LONGEST_DATE and (_day_of(element.get("datetime")) or _day_of(text)) == day
