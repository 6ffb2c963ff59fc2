"""Days as German press pages and feeds write them: 27.11.2019, 27. November 2019, Mi, 01 Apr 2026 10:00:00 +0200, ISO."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jänner", "jan", "january"),
            ("februar", "feber", "feb", "february"),
            ("märz", "maerz", "mär", "mrz", "march", "mar"),
            ("april", "apr"),
            ("mai", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov"),
            ("dezember", "dez", "december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH = r"(?:jan|jän|feb|mär|maer|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\.?"
# A day with its year in a German text, as a part of other expressions; capitals do not count.
DAY = (
    rf"(?<!\d)(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}})(?!\d)|\d{{1,2}}\.?\s{{0,2}}{_MONTH}\s{{1,2}}\d{{4}}(?!\d)"
    r"|\d{4}-\d{2}-\d{2})"
)
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_SLASHES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_MONTH_FIRST = re.compile(r"(?<!\w)([A-Za-zÄÖÜäöü]{3,9})\.?\s{1,3}(\d{1,2}),?\s{1,3}(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:\.\s{0,3}|\s{1,3})([A-Za-zÄÖÜäöü]{3,9})\.?\s{1,3}(\d{4})(?!\d)")
# The moment of a feed (RFC 822), with a numeric offset or in Greenwich; zones by name are taken for the place's own.
_STAMP = re.compile(r"(?<!\d)(\d{1,2}) ([A-Za-zÄÖÜäöü]{3,9})\.? (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?([+-]\d{4}|GMT|UTC?|Z)\b")
LONGEST = 200


class DateError(Exception):
    """A text that holds no day; the message shows the text."""


def read_day(text: str, zone: str = "Europe/Berlin") -> date:
    """The first day written in a text. A moment with an offset is the day it has in `zone`. Raises `DateError`."""
    short = " ".join(text.split())[:LONGEST]
    for find in (_moment, _stamp, _iso, _numbers, _words, _slashes, _month_first):
        found = find(short, zone)
        if found is not None:
            return found
    raise DateError(f"No date in {short!r}.")


def _moment(text: str, zone: str) -> date | None:
    match = _ISO_MOMENT.search(text)
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(match.group().rstrip(".,;)"))
        return moment.astimezone(ZoneInfo(zone)).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        return None


def _stamp(text: str, zone: str) -> date | None:
    match = _STAMP.search(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, offset = match.groups()
    ahead = offset if offset[0] in "+-" else "+0000"
    try:
        written = datetime(
            int(year), MONTHS.get(month.casefold(), 0), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC
        )
        moment = written - timedelta(hours=int(ahead[:3]), minutes=int(ahead[0] + ahead[3:]))
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ValueError, OverflowError):
        return None


def _iso(text: str, _zone: str) -> date | None:
    return _first(_ISO.finditer(text), lambda m: (int(m[1]), int(m[2]), int(m[3])))


def _numbers(text: str, _zone: str) -> date | None:
    return _first(_NUMBERS.finditer(text), lambda m: (_year(m[3]), int(m[2]), int(m[1])))


def _words(text: str, _zone: str) -> date | None:
    return _first(_WORDS.finditer(text), lambda m: (int(m[3]), MONTHS.get(m[2].casefold(), 0), int(m[1])))


def _slashes(text: str, _zone: str) -> date | None:
    return _first(_SLASHES.finditer(text), lambda m: (int(m[3]), int(m[2]), int(m[1])))


def _month_first(text: str, _zone: str) -> date | None:
    return _first(_MONTH_FIRST.finditer(text), lambda m: (int(m[3]), MONTHS.get(m[1].casefold(), 0), int(m[2])))


def _year(written: str) -> int:
    """A year as written; of two digits, those up to 69 are of this century (POSIX)."""
    year = int(written)
    return year if len(written) > len("69") else year + (2000 if year <= 69 else 1900)  # noqa: PLR2004  as said


def _first(matches: Iterable[re.Match[str]], parts: Callable[[re.Match[str]], tuple[int, int, int]]) -> date | None:
    for match in matches:
        try:
            return date(*parts(match))
        except ValueError:
            continue
    return None
