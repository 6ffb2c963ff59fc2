"""Days as German press pages and feeds write them: 27.11.2019, 27. November 2019, Mi, 01 Apr 2026 10:00:00 +0200, ISO."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
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
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:\.\s{0,3}|\s{1,3})([A-Za-zÄÖÜäöü]{3,9})\.?\s{1,3}(\d{4})(?!\d)")
LONGEST = 200


class DateError(Exception):
    """A text that holds no day; the message shows the text."""


def read_day(text: str, zone: str = "Europe/Berlin") -> date:
    """The first day written in a text. A moment with an offset is the day it has in `zone`. Raises `DateError`."""
    short = " ".join(text.split())[:LONGEST]
    for find in (_moment, _iso, _numbers, _words):
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


def _iso(text: str, _zone: str) -> date | None:
    return _first(_ISO.finditer(text), lambda m: (int(m[1]), int(m[2]), int(m[3])))


def _numbers(text: str, _zone: str) -> date | None:
    return _first(_NUMBERS.finditer(text), lambda m: (int(m[3]) + (2000 if len(m[3]) == len("26") else 0), int(m[2]), int(m[1])))


def _words(text: str, _zone: str) -> date | None:
    return _first(_WORDS.finditer(text), lambda m: (int(m[3]), MONTHS.get(m[2].casefold(), 0), int(m[1])))


def _first(matches: Iterable[re.Match[str]], parts: Callable[[re.Match[str]], tuple[int, int, int]]) -> date | None:
    for match in matches:
        try:
            return date(*parts(match))
        except ValueError:
            continue
    return None
