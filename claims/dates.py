"""Times as German releases name them, read as spans of days: "bis Ende 2027", "ab dem Schuljahr 2026/27", "in den nächsten drei Jahren".

A rule finds the heart of a phrase (a day, a month, a year); the words before it ("bis Ende", "noch im", "ab dem") belong to the phrase and say
which day of the span is meant. What is a deadline, and what lies in the past, is for `claims.deadlines`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from claims import signs
from claims.numerals import DIGITS, WORDS, number
from claims.time_phrases import AFTER_NEXT, NEXT, RELATIVE, THIS, is_budget, is_time, word_before, words_before

SCHOOL_YEAR_STARTS = (8, 1)
WINTER_TERM_STARTS = (10, 1)
SUMMER_TERM_STARTS = (4, 1)
_SECOND_TERM_STARTS = (2, 1)
_FARTHEST = 200  # years or months; no politician promises for centuries

_MONTHS = {name: n for n, name in enumerate(
    ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"), 1)}  # fmt: skip
MONTH = "|".join(_MONTHS)
YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?: (?P<year>{YEAR})(?![\d.,:]\d)| (?:des |dem )?(?:Jahres (?P<jahres>{YEAR})|(?P<rel>{'|'.join(sorted(RELATIVE))}) Jahr(?:es)?\b))?"


_UNDATED = frozenset({"season", "legislature", "later", "event", "soon"})


class When(NamedTuple):
    """A time in a sentence: its place, the words before its heart (lower case), and the first and last day meant.

    `named`: the text names the year. `rolled`: this year's has passed, so the next year's is meant. `kind`: day, month, period, school, season,
    year, budget, span, legislature (whose last day the public record knows), later (the next legislature, the next double budget), event
    ("vor der Sommerpause") or soon ("zeitnah").
    """

    start: int
    end: int
    words: tuple[str, ...]
    first: date
    last: date
    kind: str
    named: bool = False
    rolled: bool = False

    @property
    def day(self) -> date | None:
        """The day that counts for a commitment (desk's guideline: "bis 2027" its last day, "ab 2027" its first); None if nobody can say."""
        words = self.words
        if self.kind in _UNDATED:
            return None
        if "vor" in words:
            return self.last if "ende" in words or self.kind == "period" else self.first - timedelta(days=1)
        if "ende" in words:
            return self.last
        if "mitte" in words:
            return date(self.first.year, 6, 30) if self.kind in {"year", "budget"} else self.first + timedelta(days=14)
        if {"ab", "vom", "an", "beginn", "start"} & set(words):
            return self.first
        if "anfang" in words and self.kind == "year":
            return date(self.first.year, 3, 31)
        starts = {"school": {"zum", "mit", "für"}, "month": {"zum"}, "year": set() if "bis" in words else {"zum"}}.get(
            self.kind, set()
        )
        return self.first if starts & set(words) else self.last


class _Heart(NamedTuple):
    """A match of a rule, with what its reader may want to know: the word before it and, if that is one, "kommenden" or the like."""

    match: re.Match[str]
    sentence: str
    released: date
    before: str
    relative: str


class _Span(NamedTuple):
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


def _year_of(heart: _Heart) -> int | None:
    """The year that follows a heart, named or relative; None if there is none."""
    named = heart.match["year"] or heart.match["jahres"]
    return int(named) if named else _relative_year(heart.match["rel"] or "", heart.released)


# --- Readers --------------------------------------------------------------------------------------------------------------------------


def _day(heart: _Heart) -> _Span | None:
    match, released = heart.match, heart.released
    month = _MONTHS[match["name"]] if match["name"] else int(match["month"])
    short = int(match["short"] or 0) if match["month"] else 0
    year = short + (2000 if short < 100 else 0) if short else _year_of(heart)  # noqa: PLR2004  "1.8.26"
    if year is not None:
        exact = date(year, month, int(match["day"]))
        return _Span(exact, exact, "day", named=True)
    for later in range(5):  # 29 February may be four years away
        try:
            exact = date(released.year + later, month, int(match["day"]))
        except ValueError:
            continue
        if exact >= released:
            return _Span(exact, exact, "day", rolled=exact.year > released.year)
    return None


def _month(heart: _Heart) -> _Span | None:
    month, year = _MONTHS[heart.match["name"]], _year_of(heart)
    rolled = year is None and month < heart.released.month
    of = year if year is not None else heart.released.year + rolled
    return _Span(date(of, month, 1), last_of(of, month), "month", named=heart.match["year"] is not None, rolled=rolled)


_SEASON_ENDS = {"Frühjahr": 5, "Frühling": 5, "Sommer": 8, "Herbst": 11, "Winter": 12}


def _season(heart: _Heart) -> _Span | None:
    year = _year_of(heart)
    if year is None:
        return _event(heart)
    month = _SEASON_ENDS[heart.match["name"]]
    return _Span(date(year, month - 2, 1), last_of(year, month), "season", named=heart.match["year"] is not None)


_ORDINALS = {"erst": 1, "1.": 1, "zwei": 2, "2.": 2, "drit": 3, "3.": 3, "vier": 4, "4.": 4}


def _part_of_year(heart: _Heart) -> _Span | None:
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


def _period(year: int, n: int, months: int, *, named: bool, start: int | None, rolled: bool = False) -> _Span:
    return _Span(date(year, (n - 1) * months + 1, 1), last_of(year, n * months), "period", named, rolled, start)


def _quarter(heart: _Heart) -> _Span | None:
    named = heart.match["year"]
    return _period(int(named or heart.released.year), int(heart.match["n"]), 3, named=named is not None, start=None)


def _school(heart: _Heart) -> _Span | None:
    match, released, unit = heart.match, heart.released, heart.match["unit"]
    starts, months = SCHOOL_YEAR_STARTS, 12
    if "semester" in unit:
        starts, months = (WINTER_TERM_STARTS if unit.startswith("Winter") else SUMMER_TERM_STARTS), 6
    elif unit.startswith("Schulhalb"):
        starts, months = _SECOND_TERM_STARTS, 6
    if match["edge"] == "ende":
        first = date(released.year - (released < date(released.year, 8, 1)), 8, 1)
        return _Span(first, plus_months(first, 12) - timedelta(days=1), "period")
    if match["year"]:
        until = date(int(match["last"] or match["year"]), *starts)
        return _Span(date(int(match["year"]), *starts), plus_months(until, months) - timedelta(days=1), "school", named=True)
    first = date(released.year, *starts)
    if heart.relative in THIS:
        first = first if first <= released else date(released.year - 1, *starts)
    elif first < released:
        first = date(released.year + 1, *starts)
    return _Span(first, plus_months(first, months) - timedelta(days=1), "school", start=_with_relative(heart))


def _with_relative(heart: _Heart) -> int | None:
    return heart.match.start() - len(heart.relative) - 1 if heart.relative else None


def _budget(heart: _Heart) -> _Span | None:
    match = heart.match
    if match["from"]:
        return _Span(date(2000 + int(match["from"]), 1, 1), date(2000 + int(match["until"]), 12, 31), "budget", named=True)
    if not heart.relative and not match[0].startswith("Nachtrags"):
        return None
    year = _relative_year(heart.relative, heart.released) or heart.released.year
    # The years of the next double budget are not said.
    kind = "later" if match[0].startswith("Doppel") and heart.relative in NEXT else "budget"
    return _Span(date(year, 1, 1), date(year, 12, 31), kind, start=_with_relative(heart))


def _years(heart: _Heart) -> _Span | None:
    first = last = int(heart.match["year"])
    until = heart.match["until"]
    if until:
        last = int(until) if len(until) > 2 else first // 100 * 100 + int(until)  # noqa: PLR2004
        if last <= first:
            return None
    return _Span(date(first, 1, 1), date(last, 12, 31), "year", named=True)


_THIS_AND = re.compile(r"[Dd]iese[ms] und (?:(?:im|in|dem|in dem) )?$")


def _year_word(heart: _Heart) -> _Span | None:
    match, year, named = heart.match, heart.released.year, heart.match["year"]
    if match["word"] and not heart.relative and heart.before != "des":
        return None
    if match["turn"]:  # Jahreswechsel, Jahresbeginn, Jahresanfang: the next 1 January, except for the first two today's included
        today = (heart.released.month, heart.released.day) == (1, 1) and match["turn"] != "wechsel"
        first = date(int(named) if named else year if today else year + 1, 1, 1)
        return _Span(first, first, "day", named=named is not None, rolled=not (today or named))
    if match["middle"] or match["close"]:
        rolled = bool(match["middle"]) and not named and heart.released > date(year, 6, 30)
        meant = int(named) if named else year + rolled
        last = date(meant, 6, 30) if match["middle"] else date(meant, 12, 31)
        return _Span(date(meant, 1, 1), last, "period", named=named is not None, rolled=rolled)
    start = _with_relative(heart)
    meant = _relative_year(heart.relative, heart.released) or year
    both = _THIS_AND.search(heart.sentence, 0, start) if start is not None and heart.relative in NEXT else None
    return _Span(date(year if both else meant, 1, 1), date(meant, 12, 31), "year", start=both.start() if both else start)


def _legislature(heart: _Heart) -> _Span | None:
    kind = "later" if heart.relative in NEXT else "legislature"
    return _Span(heart.released, heart.released, kind, start=_with_relative(heart))


_ARTICLES = {"einem": 1.0, "einer": 1.0, "eines": 1.0, "ein": 1.0, "eine": 1.0, "beiden": 2.0}
_BEFORE_UNIT = frozenset(["nächsten", "kommenden", "folgenden", "halben", "beiden", "paar", "wenigen"])
_SPAN_BEFORE = re.compile(
    r"\b(?P<prep>[Ii]n|[Ii]nnerhalb|[Bb]innen|[Üü]ber|[Ii]m Laufe)(?: (?P<article>von|der|den|die))?(?:(?P<first> ersten)(?= (?:100|hundert) )|(?: (?P<next>nächsten|kommenden|folgenden)))?"
    rf"(?: (?:rund|etwa|gut|knapp|spätestens|paar|wenigen))?(?: (?P<n>{DIGITS}|{WORDS}|beiden|ein(?:e[mrs]?)?))?(?: (?P<after>nächsten|kommenden))?(?: (?P<half>halben))? $"
)


def _span(heart: _Heart) -> _Span | None:
    released, start, counted = heart.released, heart.match.start(), heart.before.casefold()
    if counted not in _BEFORE_UNIT and heart.match["unit"] and number(counted) is None:
        return None
    before = _SPAN_BEFORE.search(heart.sentence, max(0, start - 60), start)
    if before is None:
        return None
    if heart.match["unit"] and (
        before["first"] or (before["next"] and before["n"] is None and heart.match[0] != heart.match["unit"])
    ):
        return _Span(released, released, "later", start=before.start())  # in den ersten 100 Tagen, in den kommenden Jahren
    if (before["n"] is None) != (heart.match["unit"] is None):
        return None
    if heart.match["unit"] is None:  # binnen Jahresfrist
        return _Span(released, plus_months(released, 12), "span", start=before.start())
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
    return _Span(released, last, "span", start=before.start())


_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def _near(heart: _Heart) -> _Span | None:
    match, released, start, ahead = heart.match, heart.released, _with_relative(heart), heart.relative in NEXT
    if match["end"]:
        return _Span(released.replace(day=1), last_of(released.year, released.month), "month")
    if match["decade"]:
        known = heart.relative in THIS or heart.before == "des"
        return _Span(released, date(released.year // 10 * 10 + 9, 12, 31), "span", start=start) if known else None
    if not heart.relative and (heart.before not in {"des", "der"} or match["weekday"]):
        return None
    if match["weekday"]:
        exact = released + timedelta(days=(_WEEKDAYS.index(match["weekday"][:2]) - released.weekday() - 1) % 7 + 1)
        return _Span(exact, exact, "day", start=start)
    if match["week"]:
        sunday = released + timedelta(days=6 - released.weekday() + 7 * ahead)
        return _Span(sunday - timedelta(days=6), sunday, "span", start=start)
    first = plus_months(released.replace(day=1), int(ahead))
    return _Span(first, last_of(first.year, first.month), "month", start=start)


_BEFORE_MORROW = frozenset({"", "ab", "bis", "noch", "schon", "bereits"})


def _morrow(heart: _Heart) -> _Span | None:
    word, before, released = heart.match[0].casefold(), heart.before.casefold(), heart.released
    if word == "heuer":
        return _Span(date(released.year, 1, 1), date(released.year, 12, 31), "year")
    if word == "heute":
        return _Span(released, released, "day") if before == "noch" else None
    # "am Morgen", "die Fachkräfte von morgen"
    if before not in _BEFORE_MORROW and (heart.match[0][0] == "M" or before in {"von", "für", "und"}):
        return None
    exact = released + timedelta(days=2 if word[0] == "ü" else 1)
    return _Span(exact, exact, "day")


def _event(heart: _Heart) -> _Span | None:
    """An event or a season: nobody says on which day."""
    name, start = heart.match[0], _with_relative(heart)
    if name.startswith(("Sitzung", "Plen")) and heart.relative not in NEXT:
        return None
    if name == "Lesung":
        if heart.before not in {"ersten", "zweiten", "dritten", "abschließenden"}:
            return None
        start = heart.match.start() - len(heart.before) - 1
    return _Span(heart.released, heart.released, "event", start=start)


def _soon(heart: _Heart) -> _Span | None:
    return _Span(heart.released, heart.released, "soon")


# --- Rules ----------------------------------------------------------------------------------------------------------------------------

_NO_YEAR_BEFORE = r"(?![\w%]|[.,:/]\d| ?(?:Euro|€|EUR|Cent|Prozent|Mio|Mrd|Tsd|Millionen|Milliarden|Uhr)\b)"
_SCHOOL_YEARS = r"(?:\d\d(?=/))?(?P<unit>Schuljahr|Schulhalbjahr|Kita-?[Jj]ahr|Kindergarten-?[Jj]ahr|Ausbildungsjahr|Wintersemester|Sommersemester)"
# The sign that a sentence may hold such a time, its heart, and its reader. A heart begins with a letter or digit, never with an option, so
# that it is found fast; what stands before it is looked at afterwards.
_RULES: tuple[tuple[int, re.Pattern[str], Callable[[_Heart], _Span | None]], ...] = tuple(
    (sign, re.compile(pattern), reader)
    for sign, pattern, reader in (
        # 1. August 2026, 1.8.26, 01.09.
        (signs.DIGIT, rf"(?P<day>[0-9](?<![\w.,/][0-9])[0-9]?)\.(?: ?(?P<name>{MONTH})\b| ?(?P<month>\d{{1,2}})\.(?P<short> ?{YEAR}(?!\d)|\d\d(?!\d|[.,:]\d))?){_OF_YEAR}", _day),
        # März, März 2027, September nächsten Jahres, März-Sitzung
        (signs.MONTH, rf"(?P<name>{MONTH})(?:-?(?:[Ss]itzung|[Pp]lenum))?(?!\w|-\w){_OF_YEAR}", _month),
        # zweites Halbjahr, erstes Quartal 2026, Q2/2026
        (signs.PART_OF_YEAR, rf"(?P<unit>Halbjahr|Quartal|Jahreshälfte)(?:e?s)?\b{_OF_YEAR}", _part_of_year),
        (signs.PART_OF_YEAR, rf"Q(?P<n>[1-4])(?:[ /](?P<year>{YEAR}))?(?!\w)", _quarter),
        # Schuljahr 2026/27, kommendes Kita-Jahr, Wintersemester
        (signs.SCHOOL, rf"{_SCHOOL_YEARS}(?:es(?P<edge>beginn|anfang|start|ende)|e?s|en?)?(?!\w)(?: (?P<year>20\d\d)(?:[/–-]\d{{2,4}})?(?: (?:und|bis|sowie) (?P<last>20\d\d)(?:[/–-]\d{{2,4}})?)?)?", _school),
        # nächster Haushalt, laufendes Haushaltsjahr, Nachtragshaushalt, Doppelhaushalt 25/26
        (signs.BUDGET, rf"(?:Haushalt|Landeshaushalt|Bundeshaushalt|Nachtragshaushalt|Doppelhaushalt|(?:Landes|Bundese|E)tat)(?:s?jahr|s?plan|s?entwurf)?(?:e?s)?(?: (?P<from>\d\d)/(?P<until>\d\d))?(?!\w| für| {YEAR})", _budget),
        # kommendes Jahr, Jahresende
        (signs.YEAR, r"(?:(?P<word>(?:Haushaltsj|Kalenderj|J)ahr(?:es)?)|Jahres(?:(?P<close>ende|verlauf)|(?P<turn>wechsel|beginn|anfang)|(?P<middle>mitte))(?: (?P<year>YEAR))?)(?!\w| \d{4})".replace("YEAR", YEAR), _year_word),
        # 2027, 2026 und 2027, 2025/26
        (signs.DIGIT, rf"(?P<year>(?:19|20)(?<![\w.,:/§–-]\d\d)\d\d)(?:(?:(?:, {YEAR}){{0,3}},? (?:und|bis|oder|sowie|bis einschließlich|und im Jahr|bis Ende) (?=\d{{4}})|/| ?[–-] ?)(?P<until>{YEAR}|\d\d(?!\d)))?{_NO_YEAR_BEFORE}", _years),
        # Sommer 2026, Herbst nächsten Jahres
        (signs.SEASON, rf"(?P<name>Frühjahr|Frühling|Sommer|Herbst|Winter)(?!\w){_OF_YEAR}", _season),
        # Ende der Legislaturperiode, diese Wahlperiode
        (signs.LEGISLATURE, r"(?:Legislatur(?:periode)?|Wahlperiode)(?!\w)", _legislature),
        # in den nächsten drei Jahren, binnen 100 Tagen, innerhalb eines Jahres, in einem halben Jahr
        (signs.SPAN, r"(?:(?P<unit>Jahr|Monat|Woche|Tag)(?:e[ns]?|s|n)?|Jahresfrist)(?!\w)", _span),
        # kommender Mittwoch, diese Woche, Monatsende, Jahrzehnt
        (signs.NEAR, r"(?:(?P<weekday>(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)|(?P<week>Woche)|(?P<end>Monatsende)|Monats?|(?P<decade>Jahrzehnts?))(?![\w-])", _near),
        (signs.MORROW, r"(?:(?:[Üü]berm|[Mm])orgen|heute|[Hh]euer)(?![\w-])", _morrow),
        # Sommerpause, Osterferien, Landtagswahl, nächste Sitzung, zweite Lesung
        (signs.EVENT, r"(?:(?:Sommer|Herbst|Winter)(?:pause|ferien|saison)|Wintereinbruch|Weihnacht(?:en|spause|sferien|sfest)|Oster(?:n|ferien|pause)|Pfingst(?:en|ferien)|Ferien"
         r"|Heizperiode|(?:Europa|Bundestags|Landtags|Kommunal|Bürgerschafts|Abgeordnetenhaus|Neu)wahl(?:en)?|(?:Haushalts|Etat)beratungen|Lesung|(?:Sitzung|Plenar)\w{0,20}|Plenum)(?!\w)", _event),
        # zeitnah, demnächst, so schnell wie möglich, in Kürze
        (signs.VAGUE, r"(?:[Zz]eitnah|[Dd]emnächst|(?:[Kk]urz|[Mm]ittel|[Ll]ang)fristig|[Pp]erspektivisch|[Uu]mgehend|[Uu]nverzüglich|[Aa]b sofort|[Aa]lsbald|[Bb]aldigst"
         r"|[Ss]o (?:schnell|bald|rasch|zügig|früh) wie möglich|(?:[Ss]chnellstm|[Bb]aldm|[Bb]aldigstm|[Ff]rühestm|[Rr]aschestm)öglich|[Ss]chnellstens|(?:[Ss]ehr )?[Bb]ald"
         r"|[Mm]öglichst (?:bald|schnell|rasch|zeitnah|zügig)|[Ii]n (?:Kürze|Bälde|naher Zukunft|absehbarer Zeit|nächster Zeit))(?!\w)", _soon),
    )
)  # fmt: skip
SIGNS = sum({sign for sign, _, _ in _RULES})


@lru_cache(maxsize=32)
def whens(sentence: str, released: date) -> tuple[When, ...]:
    """The times a sentence names, past ones too, in order; of overlapping readings the first rule's. The sentence has plain spaces."""
    has = signs.signs(sentence)
    found: list[When] = []
    for sign, heart, read in _RULES:
        if not has & sign:
            continue
        for match in heart.finditer(sentence):
            when = _when(sentence, match, read, released)
            if when is not None and not (found and any(other.start < when.end and when.start < other.end for other in found)):
                found.append(when)
    if len(found) > 1:
        found.sort()
    return tuple(found)


def _when(sentence: str, match: re.Match[str], read: Callable[[_Heart], _Span | None], released: date) -> When | None:
    before = word_before(sentence, match.start())
    relative = before.lstrip('(„»"').casefold()
    try:
        span = read(_Heart(match, sentence, released, before, relative if relative in RELATIVE else ""))
    except (ValueError, OverflowError):  # 31 February
        return None
    if span is None:
        return None
    begin, stop = match.start() if span.start is None else span.start, match.end()
    start, words = words_before(sentence, begin)
    if ("von" in words or "vom" in words) and sentence.startswith(" an", stop) and not sentence[stop + 3 : stop + 4].isalpha():
        stop, words = stop + 3, (*words, "an")
    if not is_time(sentence, sentence[begin : match.end()], start, match.end(), words, span.kind):
        return None
    kind = "budget" if span.kind == "year" and any(is_budget(word) for word in words) else span.kind
    return When(start, stop, words, span.first, span.last, kind, span.named, span.rolled)
