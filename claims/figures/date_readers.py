"""What the heart of a time means, counted from the release's day: "1. August" is the next one, "kommenden Jahr" the next year.

The rules are those of the desk's guideline (section Fields). How hearts are found is in `claims.figures.dates`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from claims.figures.numerals import DIGITS, WORDS, listed, number
from claims.figures.time_phrases import AFTER_NEXT, NEXT, RELATIVE, THIS

SCHOOL_YEAR_STARTS = (8, 1)
WINTER_TERM_STARTS = (10, 1)
SUMMER_TERM_STARTS = (4, 1)
_SECOND_TERM_STARTS = (2, 1)
_FARTHEST = 200  # years or months; no politician promises for centuries

_MONTHS = {name: n for n, name in enumerate(
    ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"), 1)}  # fmt: skip
MONTH = "|".join(_MONTHS)
YEAR = r"(?:19|20)\d\d"
OF_YEAR = rf"(?: (?P<year>{YEAR})(?![\d.,:]\d)| (?:des |dem )?(?:Jahres (?P<jahres>{YEAR})|(?P<rel>{'|'.join(sorted(RELATIVE))}) Jahr(?:es)?\b))?"


class Heart(NamedTuple):
    """A match of a rule, with what its reader may want to know: the word before it and, if that is one, "kommenden" or the like."""

    match: re.Match[str]
    sentence: str
    released: date
    before: str
    relative: str


class Span(NamedTuple):
    """What a rule makes of a heart; `start` if the phrase's heart begins before the match."""

    first: date
    last: date
    kind: str
    named: bool = False
    rolled: bool = False
    start: int | None = None


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def plus_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _relative_year(word: str, released: date) -> int | None:
    if not word:
        return None
    return released.year + (2 if word in AFTER_NEXT else 1 if word in NEXT else 0)


def _year_of(heart: Heart) -> int | None:
    """The year that follows a heart, named or relative; None if there is none."""
    named = heart.match["year"] or heart.match["jahres"]
    return int(named) if named else _relative_year(heart.match["rel"] or "", heart.released)


def read_day(heart: Heart) -> Span | None:
    """A day: "1. August" is the next one, "29. Februar" the next leap year's."""
    match, released = heart.match, heart.released
    month = _MONTHS[match["name"]] if match["name"] else int(match["month"])
    short = int(match["short"] or 0) if match["month"] else 0
    year = short + (2000 if short < 100 else 0) if short else _year_of(heart)
    if year is not None:
        exact = date(year, month, int(match["day"]))
        return Span(exact, exact, "day", named=True)
    for later in range(5):  # 29 February may be four years away
        try:
            exact = date(released.year + later, month, int(match["day"]))
        except ValueError:
            continue
        if exact >= released:
            return Span(exact, exact, "day", rolled=exact.year > released.year)
    return None


def read_month(heart: Heart) -> Span | None:
    """A month: this year's, or next year's if it has passed."""
    month, year = _MONTHS[heart.match["name"]], _year_of(heart)
    rolled = year is None and month < heart.released.month
    of = year if year is not None else heart.released.year + rolled
    return Span(date(of, month, 1), last_of(of, month), "month", named=heart.match["year"] is not None, rolled=rolled)


_SEASON_ENDS = {"Frühjahr": 5, "Frühling": 5, "Sommer": 8, "Herbst": 11, "Winter": 12}


def read_season(heart: Heart) -> Span | None:
    """A season of a year that is said; on which day, nobody says."""
    year = _year_of(heart)
    if year is None:
        return read_event(heart)
    month = _SEASON_ENDS[heart.match["name"]]
    return Span(date(year, month - 2, 1), last_of(year, month), "season", named=heart.match["year"] is not None)


_ORDINALS = {"erst": 1, "1.": 1, "zwei": 2, "2.": 2, "drit": 3, "3.": 3, "vier": 4, "4.": 4}


def read_part_of_year(heart: Heart) -> Span | None:
    """A half year or quarter: "im ersten Halbjahr" ends on 30 June; one that has passed is next year's."""
    months = 3 if heart.match["unit"] == "Quartal" else 6
    start = heart.match.start() - len(heart.before) - 1
    released = heart.released
    if heart.relative:
        index = (released.month - 1) // months + (heart.relative in NEXT)
        return _period(released.year + index * months // 12, index % (12 // months) + 1, months, named=False, start=start)
    n, year = _ORDINALS.get(heart.before.casefold()[:4]), _year_of(heart)
    if heart.before.casefold().startswith("letzt"):
        n = 12 // months if year is not None else None
    if n is None:
        return None
    if year is not None:
        return _period(year, n, months, named=True, start=start)
    span = _period(released.year, n, months, named=False, start=start)
    return span if span.last >= released else _period(released.year + 1, n, months, named=False, start=start, rolled=True)


def _period(year: int, n: int, months: int, *, named: bool, start: int | None, rolled: bool = False) -> Span:
    return Span(date(year, (n - 1) * months + 1, 1), last_of(year, n * months), "period", named, rolled, start)


def read_quarter(heart: Heart) -> Span | None:
    """A quarter written short: "Q2/2026"."""
    named = heart.match["year"]
    return _period(int(named or heart.released.year), int(heart.match["n"]), 3, named=named is not None, start=None)


def read_school(heart: Heart) -> Span | None:
    """A school or day-care year from 1 August, a winter term from 1 October, a summer term from 1 April."""
    match, released, unit = heart.match, heart.released, heart.match["unit"]
    starts, months = SCHOOL_YEAR_STARTS, 12
    if "semester" in unit:
        starts, months = (WINTER_TERM_STARTS if unit.startswith("Winter") else SUMMER_TERM_STARTS), 6
    elif unit.startswith("Schulhalb"):
        starts, months = _SECOND_TERM_STARTS, 6
    if match["edge"] == "ende":
        first = date(released.year - (released < date(released.year, 8, 1)), 8, 1)
        return Span(first, plus_months(first, 12) - timedelta(days=1), "period")
    if match["year"]:
        until = date(int(match["last"] or match["year"]), *starts)
        return Span(date(int(match["year"]), *starts), plus_months(until, months) - timedelta(days=1), "school", named=True)
    first = date(released.year, *starts)
    if heart.relative in THIS:
        first = first if first <= released else date(released.year - 1, *starts)
    elif first < released:
        first = date(released.year + 1, *starts)
    return Span(first, plus_months(first, months) - timedelta(days=1), "school", start=_with_relative(heart))


def _with_relative(heart: Heart) -> int | None:
    return heart.match.start() - len(heart.relative) - 1 if heart.relative else None


def read_budget(heart: Heart) -> Span | None:
    """A budget without its year: "im kommenden Haushalt" is next year's, "im Nachtragshaushalt" this year's, "Doppelhaushalt 25/26" ends with its second year."""
    match = heart.match
    if match["from"]:
        return Span(date(2000 + int(match["from"]), 1, 1), date(2000 + int(match["until"]), 12, 31), "budget", named=True)
    if not heart.relative and not match[0].startswith("Nachtrags"):
        return None
    year = _relative_year(heart.relative, heart.released) or heart.released.year
    # The years of the next double budget are not said.
    kind = "later" if match[0].startswith("Doppel") and heart.relative in NEXT else "budget"
    return Span(date(year, 1, 1), date(year, 12, 31), kind, start=_with_relative(heart))


def read_years(heart: Heart) -> Span | None:
    """A year or a range of years."""
    first = last = int(heart.match["year"])
    until = heart.match["until"]
    if until:
        last = int(until) if len(until) > 2 else first // 100 * 100 + int(until)
        if last <= first:
            return None
    return Span(date(first, 1, 1), date(last, 12, 31), "year", named=True)


_THIS_AND = re.compile(r"[Dd]iese[ms] und (?:(?:im|in|dem|in dem) )?$")


def read_year_word(heart: Heart) -> Span | None:
    """A year by its relation: "im kommenden Jahr", "in diesem und im nächsten Jahr", "bis Jahresende", "zum Jahreswechsel"."""
    match, year, named = heart.match, heart.released.year, heart.match["year"]
    if match["word"] and not heart.relative and heart.before != "des":
        return None
    if match["turn"]:  # Jahreswechsel, Jahresbeginn, Jahresanfang: the next 1 January, except for the first two today's included
        today = (heart.released.month, heart.released.day) == (1, 1) and match["turn"] != "wechsel"
        first = date(int(named) if named else year if today else year + 1, 1, 1)
        return Span(first, first, "day", named=named is not None, rolled=not (today or named))
    if match["middle"] or match["close"]:
        rolled = bool(match["middle"]) and not named and heart.released > date(year, 6, 30)
        meant = int(named) if named else year + rolled
        last = date(meant, 6, 30) if match["middle"] else date(meant, 12, 31)
        return Span(date(meant, 1, 1), last, "period", named=named is not None, rolled=rolled)
    start = _with_relative(heart)
    meant = _relative_year(heart.relative, heart.released) or year
    both = _THIS_AND.search(heart.sentence, max(0, start - 30), start) if start is not None and heart.relative in NEXT else None
    return Span(date(year if both else meant, 1, 1), date(meant, 12, 31), "year", start=both.start() if both else start)


def read_legislature(heart: Heart) -> Span | None:
    """The current legislature, whose end the public record knows, or the next."""
    kind = "later" if heart.relative in NEXT else "legislature"
    return Span(heart.released, heart.released, kind, start=_with_relative(heart))


_ARTICLES = {"einem": 1.0, "einer": 1.0, "eines": 1.0, "ein": 1.0, "eine": 1.0, "beiden": 2.0}
_BEFORE_UNIT = listed("nächsten kommenden folgenden halben beiden paar wenigen")
_SPAN_BEFORE = re.compile(
    r"\b(?P<prep>[Ii]n|[Ii]nnerhalb|[Bb]innen|[Üü]ber|[Ii]m Laufe)(?: (?P<article>von|der|den|die))?(?:(?P<first> ersten)(?= (?:100|hundert) )|(?: (?P<next>nächsten|kommenden|folgenden)))?"
    rf"(?: (?:rund|etwa|gut|knapp|spätestens|paar|wenigen))?(?: (?P<n>{DIGITS}|{WORDS}|beiden|ein(?:e[mrs]?)?))?(?: (?P<after>nächsten|kommenden))?(?: (?P<half>halben))? $"
)


def read_span(heart: Heart) -> Span | None:
    """A span from the release's day: "in den nächsten drei Jahren", "binnen 100 Tagen"; without a number it is vague."""
    released, start, counted = heart.released, heart.match.start(), heart.before.casefold()
    if counted not in _BEFORE_UNIT and heart.match["unit"] and number(counted) is None:
        return None
    before = _SPAN_BEFORE.search(heart.sentence, max(0, start - 60), start)
    if before is None:
        return None
    if heart.match["unit"] and (
        before["first"] or (before["next"] and before["n"] is None and heart.match[0] != heart.match["unit"])
    ):
        return Span(released, released, "later", start=before.start())  # in den ersten 100 Tagen, in den kommenden Jahren
    if (before["n"] is None) != (heart.match["unit"] is None):
        return None
    if heart.match["unit"] is None:  # binnen Jahresfrist
        return Span(released, plus_months(released, 12), "span", start=before.start())
    word = before["n"].casefold()
    count = _ARTICLES.get(word) or number(word)
    # "in 34 Jahren" lies ahead, "in den 34 Jahren" does not, "über 34 Jahre" is neither.
    bare = before["prep"].lower().startswith(("in", "bin")) and before["article"] in {None, "von"}
    if count is None or count > _FARTHEST or not ((bare and word != "beiden") or before["next"] or before["after"]):
        return None
    count *= 0.5 if before["half"] else 1.0
    unit = heart.match["unit"]
    if unit in {"Woche", "Tag"}:
        last = released + timedelta(days=round(count * (7 if unit == "Woche" else 1)))
    else:
        last = plus_months(released, round(count * (12 if unit == "Jahr" else 1)))
    return Span(released, last, "span", start=before.start())


_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def read_near(heart: Heart) -> Span | None:
    """A day, week or month close by: "am kommenden Mittwoch", "in dieser Woche" (until Sunday), "noch in diesem Monat", "bis Ende des Jahrzehnts"."""
    match, released, start, ahead = heart.match, heart.released, _with_relative(heart), heart.relative in NEXT
    if match["end"]:
        return Span(released.replace(day=1), last_of(released.year, released.month), "month")
    if match["decade"]:
        known = heart.relative in THIS or heart.before == "des"
        return Span(released, date(released.year // 10 * 10 + 9, 12, 31), "span", start=start) if known else None
    if not heart.relative and (heart.before not in {"des", "der"} or match["weekday"]):
        return None
    if match["weekday"]:
        exact = released + timedelta(days=(_WEEKDAYS.index(match["weekday"][:2]) - released.weekday() - 1) % 7 + 1)
        return Span(exact, exact, "day", start=start)
    if match["week"]:
        sunday = released + timedelta(days=6 - released.weekday() + 7 * ahead)
        return Span(sunday - timedelta(days=6), sunday, "span", start=start)
    first = plus_months(released.replace(day=1), int(ahead))
    return Span(first, last_of(first.year, first.month), "month", start=start)


_BEFORE_MORROW = frozenset({"", "ab", "bis", "noch", "schon", "bereits"})


def read_morrow(heart: Heart) -> Span | None:
    """A day or year in one word: "morgen", "noch heute", "heuer"."""
    word, before, released = heart.match[0].casefold(), heart.before.casefold(), heart.released
    if word == "heuer":
        return Span(date(released.year, 1, 1), date(released.year, 12, 31), "year")
    if word == "heute":
        return Span(released, released, "day") if before == "noch" else None
    # "am Morgen", "die Fachkräfte von morgen"
    if before not in _BEFORE_MORROW and (heart.match[0][0] == "M" or before in {"von", "für", "und"}):
        return None
    exact = released + timedelta(days=2 if word[0] == "ü" else 1)
    return Span(exact, exact, "day")


def read_event(heart: Heart) -> Span | None:
    """An event or a season: nobody says on which day."""
    name, start = heart.match[0], _with_relative(heart)
    if name.startswith(("Sitzung", "Plen")) and heart.relative not in NEXT:
        return None
    if name == "Lesung":
        if heart.before not in {"ersten", "zweiten", "dritten", "abschließenden"}:
            return None
        start = heart.match.start() - len(heart.before) - 1
    return Span(heart.released, heart.released, "event", start=start)


def read_soon(heart: Heart) -> Span | None:
    """What comes soon, on no day: "zeitnah"."""
    return Span(heart.released, heart.released, "soon")
