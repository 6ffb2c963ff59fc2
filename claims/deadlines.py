"""Deadlines in German political time, relative to the release's day.

The rules are those of the desk's guideline: a year ends on 31 December, "im ersten Halbjahr" on 30 June, "ab 2021" begins on
1 January, a legislature ends when the public record says. "zeitnah" is no deadline and says so.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MONTHS = {name: n for n, name in enumerate(
    ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"], 1)}  # fmt: skip
_MONTH = "|".join(name.capitalize() for name in _MONTHS)
_NUMBERS = {
    "einem": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "zwölf": 12,
}
_YEAR = r"(?:19|20)\d\d"
SCHOOL_YEAR_STARTS = (8, 1)
WINTER_TERM_STARTS = (10, 1)
SUMMER_TERM_STARTS = (4, 1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A phrase and its day; `day` None: a vague phrase, which is no deadline."""

    phrase: str
    day: date | None
    start: int
    end: int


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _plus_months(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _next(released: date, month: int, day: int) -> date:
    """The next such day on or after the release."""
    this = date(released.year, month, min(day, monthrange(released.year, month)[1]))
    return this if this >= released else date(released.year + 1, month, min(day, monthrange(released.year + 1, month)[1]))


Rule = Callable[[re.Match[str], date, date | None], date | None]


def _day_of_month(match: re.Match[str], released: date, _end: date | None) -> date | None:
    month, day = _MONTHS[match["month"].casefold()], int(match["day"])
    try:
        return date(int(match["year"]), month, day) if match["year"] else _next(released, month, day)
    except ValueError:
        return None


def _month(match: re.Match[str], released: date, _end: date | None) -> date | None:
    month = _MONTHS[match["month"].casefold()]
    if match["year"]:
        return _last(int(match["year"]), month)
    year = released.year if month >= released.month else released.year + 1
    return _last(year, month)


def _half(match: re.Match[str], released: date, _end: date | None) -> date:
    first = match["half"].casefold().startswith("erst") or match["half"] == "1."
    year = int(match["year"]) if match["year"] else released.year + (1 if re.search("kommend|nächst", match[0]) else 0)
    if not match["year"] and first and date(year, 6, 30) < released:
        year += 1
    return date(year, 6, 30) if first else date(year, 12, 31)


def _quarter(match: re.Match[str], released: date, _end: date | None) -> date:
    n = {"erst": 1, "1.": 1, "zwei": 2, "2.": 2, "drit": 3, "3.": 3, "vier": 4, "4.": 4, "letz": 4}[match["q"].casefold()[:4]]
    year = int(match["year"]) if match["year"] else released.year
    day = _last(year, n * 3)
    return day if match["year"] or day >= released else _last(year + 1, n * 3)


def _span(match: re.Match[str], released: date, _end: date | None) -> date | None:
    count = _NUMBERS.get(match["n"].casefold()) if not match["n"].isdigit() else int(match["n"])
    if count is None or count > 200:  # noqa: PLR2004  no politician promises for centuries
        return None
    months = count * (12 if match["unit"].casefold().startswith("jahr") else 1)
    return _plus_months(released, months)


_RULES: tuple[tuple[str, Rule], ...] = (
    (rf"(?:bis |zum |ab dem |ab |am |vom |seit )?(?:zum |dem )?(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH})(?:\s(?P<year>{_YEAR}))?", _day_of_month),
    (r"(?:bis (?:zum |spätestens )?(?:zum )?Ende|zum Ende|in|innerhalb|im Laufe|noch in|bis|während) (?:der |dieser |unserer |laufenden |der laufenden )*(?:Legislatur(?:periode)?|Wahlperiode)",
     lambda _m, _r, end: end),
    (r"(?:bis |im |mit dem |ab dem |zum )?(?:Beginn des |Start des )?(?:Schuljahr(?:es|s)?) (?P<year>20\d\d)(?:\s?/\s?\d{2,4})?", lambda m, _r, _e: date(int(m["year"]), *SCHOOL_YEAR_STARTS)),
    (r"(?:ab dem |zum |mit dem |im )?(?:kommenden|nächsten|neuen) Schuljahr", lambda _m, r, _e: _next(r, *SCHOOL_YEAR_STARTS)),
    (r"(?:ab dem |zum |im )?Wintersemester (?P<year>20\d\d)(?:\s?/\s?\d{2,4})?", lambda m, _r, _e: date(int(m["year"]), *WINTER_TERM_STARTS)),
    (r"(?:ab dem |zum |im )?Sommersemester (?P<year>20\d\d)", lambda m, _r, _e: date(int(m["year"]), *SUMMER_TERM_STARTS)),
    (rf"(?:im |in den |mit dem |des )?(?:Doppelhaushalt(?:s|es)?|Haushaltsjahren|Jahren) (?:für (?:die Jahre )?)?{_YEAR}\s?(?:/|und|bis|–|-)\s?(?P<year>(?:20)?\d\d)\b",
     lambda m, _r, _e: date(2000 + int(m["year"]) % 100, 12, 31)),
    (rf"(?:im |bis (?:zum )?|noch im )?(?P<half>ersten|1\.|zweiten|2\.) Halbjahr(?: des (?:kommenden|nächsten) Jahres)?(?: (?P<year>{_YEAR}))?", _half),
    (rf"(?:bis |zur |bis zur |ab )?Mitte (?:des Jahres )?(?P<year>{_YEAR})", lambda m, _r, _e: date(int(m["year"]), 6, 30)),
    (r"(?:bis |bis zur |zur )Mitte (?:des )?(?:kommenden|nächsten) Jahres", lambda _m, r, _e: date(r.year + 1, 6, 30)),
    (rf"(?:im |bis (?:zum )?)?(?P<q>ersten|1\.|zweiten|2\.|dritten|3\.|vierten|4\.|letzten) Quartal(?: (?P<year>{_YEAR}))?", _quarter),
    (r"(?:noch )?(?:in diesem|im laufenden|dieses|bis (?:zum )?Ende (?:des|dieses)|bis (?:zum )?Jahresende|zum Jahresende) ?(?:Jahr(?:es)?|Haushaltsjahr)?",
     lambda m, r, _e: date(r.year, 12, 31) if "ahr" in m[0] else None),
    (r"(?:bis )?(?:zum |spätestens )?(?:Ende )?(?:im|des|in den|ab dem|zum|bis zum Ende des) (?:kommenden|nächsten) (?:Haushalts)?[Jj]ahr(?:es|s)?", lambda _m, r, _e: date(r.year + 1, 12, 31)),
    (r"(?:im |mit dem |für den )?(?:kommenden|nächsten) (?:Landes)?haushalt\b", lambda _m, r, _e: date(r.year + 1, 12, 31)),
    (rf"(?:im |mit dem |in den |für das )?(?:Landes|Bundes|Nachtrags)?haushalt(?:splan|sentwurf|sjahr)?s? (?:für )?(?:das Jahr )?(?P<year>{_YEAR})", lambda m, _r, _e: date(int(m["year"]), 12, 31)),
    (rf"(?:bis |im |noch im |ab |Ende )?(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?(?! (?:19|20)\d\d)", _month),
    (rf"\bab(?: dem Jahr)? (?P<year>{_YEAR})", lambda m, _r, _e: date(int(m["year"]), 1, 1)),
    (rf"(?:bis (?:zum Jahr |zum Ende des Jahres |spätestens |einschließlich |ins Jahr |Ende )?(?:zum )?|Ende |im Jahr |in den Jahren (?:{_YEAR}(?:, | und | bis ))*|im Laufe des Jahres |für (?:das Jahr )?|Anfang )(?P<year>{_YEAR})",
     lambda m, _r, _e: date(int(m["year"]), 3, 31) if m[0].startswith("Anfang") else date(int(m["year"]), 12, 31)),
    (r"(?:in den (?:nächsten|kommenden)|in|innerhalb von|binnen|innerhalb der nächsten|über die nächsten) (?P<n>einem|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|\d{1,3}) (?P<unit>Jahren?|Jahre|Monaten?|Monate)", _span),
    (r"innerhalb (?:von )?(?P<n>hundert|100) Tagen", lambda _m, r, _e: date.fromordinal(r.toordinal() + 100)),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), rule) for pattern, rule in _RULES)
_VAGUE = re.compile(
    r"(?<!\w)(?:so schnell wie möglich|schnellstmöglich|zeitnah|in Kürze|demnächst|mittelfristig|langfristig|kurzfristig|perspektivisch|bald|"
    r"in absehbarer Zeit|(?:noch )?vor (?:der|den) [A-ZÄÖÜ]\w+(?:ferien|pause|wahl)|in den (?:nächsten|kommenden) (?:Jahren|Monaten|Wochen)|"
    r"nach der Sommerpause|künftig|im Herbst|im Frühjahr|im Sommer|im Winter)(?!\w)",
    re.IGNORECASE,
)
_UNTIL_THEN = re.compile(r"(?<!\w)bis dahin(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?:seit|ende|im vergangenen|im letzten|schon|bereits)\s*$", re.IGNORECASE)


def find_deadline(
    sentence: str, released: date, legislature_end: date | None = None, earlier: date | None = None
) -> Deadline | None:
    """The deadline of a sentence: the first rule that gives a day from the release on, else a vague phrase, else None.

    `legislature_end` is the last day of the parliament's period, `earlier` the day that "bis dahin" refers to.
    """
    best: Deadline | None = None
    for pattern, rule in _COMPILED:
        for match in pattern.finditer(sentence):
            if _PAST.search(sentence[max(0, match.start() - 16) : match.start()]):
                continue
            try:
                day = rule(match, released, legislature_end)
            except (ValueError, OverflowError):
                continue
            is_period = "egislatur" in match[0] or "ahlperiode" in match[0]
            if day is None and not is_period:
                continue
            if day is not None and (day.year, day.month) < (released.year, 1):
                continue
            if best is None or match.start() < best.start - 1:
                best = Deadline(match[0].strip(), day, match.start(), match.end())
        if best is not None:
            return best
    then = _UNTIL_THEN.search(sentence)
    if then is not None and earlier is not None:
        return Deadline(then[0], earlier, then.start(), then.end())
    vague = _VAGUE.search(sentence)
    return Deadline(vague[0], None, vague.start(), vague.end()) if vague else None
