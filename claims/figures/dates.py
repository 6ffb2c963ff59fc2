"""Times as German releases name them, read as spans of days: "bis Ende 2027", "ab dem Schuljahr 2026/27", "in den nächsten drei Jahren".

A rule finds the heart of a phrase (a day, a month, a year); the words before it ("bis Ende", "noch im", "ab dem") belong to the phrase and say
which day of the span is meant. What is a deadline, and what lies in the past, is for `claims.figures.deadlines`.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from claims.figures import signs
from claims.figures.date_readers import (
    MONTH,
    OF_YEAR,
    YEAR,
    Heart,
    Span,
    read_budget,
    read_day,
    read_event,
    read_legislature,
    read_month,
    read_morrow,
    read_near,
    read_part_of_year,
    read_quarter,
    read_school,
    read_season,
    read_soon,
    read_span,
    read_year_word,
    read_years,
)
from claims.figures.time_phrases import RELATIVE, is_budget, is_time, phrase_around, word_before

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


# --- Rules ----------------------------------------------------------------------------------------------------------------------------

_NO_YEAR_BEFORE = r"(?![\w%]|[.,:/]\d| ?(?:Euro|€|EUR|Cent|Prozent|Mio|Mrd|Tsd|Millionen|Milliarden|Uhr)\b)"
_SCHOOL_YEARS = (
    r"(?P<unit>Schuljahr|Schulhalbjahr|Kita-?[Jj]ahr|Kindergarten-?[Jj]ahr|Ausbildungsjahr|Wintersemester|Sommersemester)"
)
# The sign that a sentence may hold such a time, its heart, and its reader. A heart begins with a letter or digit, never with an option, so
# that it is found fast; what stands before it is looked at afterwards.
_RULES: tuple[tuple[int, re.Pattern[str], Callable[[Heart], Span | None]], ...] = tuple(
    (sign, re.compile(pattern), reader)
    for sign, pattern, reader in (
        # 1. August 2026, 1.8.26, 01.09.
        (signs.DIGIT, rf"(?P<day>[0-9](?<![\w.,/][0-9])[0-9]?)\.(?: ?(?P<name>{MONTH})\b| ?(?P<month>\d{{1,2}})\.(?P<short> ?{YEAR}(?!\d)|\d\d(?!\d|[.,:]\d))?){OF_YEAR}", read_day),
        # März, März 2027, September nächsten Jahres, März-Sitzung
        (signs.MONTH, rf"(?P<name>{MONTH})(?:-?(?:[Ss]itzung|[Pp]lenum))?(?!\w|-\w){OF_YEAR}", read_month),
        # zweites Halbjahr, erstes Quartal 2026, Q2/2026
        (signs.PART_OF_YEAR, rf"(?P<unit>Halbjahr|Quartal|Jahreshälfte)(?:e?s)?\b{OF_YEAR}", read_part_of_year),
        (signs.PART_OF_YEAR, rf"Q(?P<n>[1-4])(?:[ /](?P<year>{YEAR}))?(?!\w)", read_quarter),
        # Schuljahr 2026/27, kommendes Kita-Jahr, Wintersemester
        (signs.SCHOOL, rf"{_SCHOOL_YEARS}(?:es(?P<edge>beginn|anfang|start|ende)|e?s|en?)?(?!\w)(?: (?P<year>20\d\d)(?:[/–-]\d{{2,4}})?(?: (?:und|bis|sowie) (?P<last>20\d\d)(?:[/–-]\d{{2,4}})?)?)?", read_school),
        # nächster Haushalt, laufendes Haushaltsjahr, Nachtragshaushalt, Doppelhaushalt 25/26
        (signs.BUDGET, rf"(?:Haushalt|Landeshaushalt|Bundeshaushalt|Nachtragshaushalt|Doppelhaushalt|(?:Landes|Bundese|E)tat)(?:s?jahr|s?plan|s?entwurf)?(?:e?s)?(?: (?P<from>\d\d)/(?P<until>\d\d))?(?!\w| für| {YEAR})", read_budget),
        # kommendes Jahr, Jahresende
        (signs.YEAR, r"(?:(?P<word>(?:Haushaltsj|Kalenderj|J)ahr(?:es)?)|Jahres(?:(?P<close>ende|verlauf)|(?P<turn>wechsel|beginn|anfang)|(?P<middle>mitte))(?: (?P<year>YEAR))?)(?!\w| \d{4})".replace("YEAR", YEAR), read_year_word),
        # 2027, 2026 und 2027, 2025/26
        (signs.DIGIT, rf"(?P<year>(?:19|20)(?<![\w.,:/§–-]\d\d)\d\d)(?:(?:(?:, {YEAR}){{0,3}},? (?:und|bis|oder|sowie|bis einschließlich|und im Jahr|bis Ende) (?=\d{{4}})|/| ?[–-] ?)(?P<until>{YEAR}|\d\d(?!\d)))?{_NO_YEAR_BEFORE}", read_years),
        # Sommer 2026, Herbst nächsten Jahres
        (signs.SEASON, rf"(?P<name>Frühjahr|Frühling|Sommer|Herbst|Winter)(?!\w){OF_YEAR}", read_season),
        # Ende der Legislaturperiode, diese Wahlperiode
        (signs.LEGISLATURE, r"(?:Legislatur(?:periode)?|Wahlperiode)(?!\w)", read_legislature),
        # in den nächsten drei Jahren, binnen 100 Tagen, innerhalb eines Jahres, in einem halben Jahr
        (signs.SPAN, r"(?:(?P<unit>Jahr|Monat|Woche|Tag)(?:e[ns]?|s|n)?|Jahresfrist)(?!\w)", read_span),
        # kommender Mittwoch, diese Woche, Monatsende, Jahrzehnt
        (signs.NEAR, r"(?:(?P<weekday>(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)|(?P<week>Woche)|(?P<end>Monatsende)|Monats?|(?P<decade>Jahrzehnts?))(?![\w-])", read_near),
        (signs.MORROW, r"(?:(?:[Üü]berm|[Mm])orgen|heute|[Hh]euer)(?![\w-])", read_morrow),
        # Sommerpause, Osterferien, Landtagswahl, nächste Sitzung, zweite Lesung
        (signs.EVENT, (r"(?:(?:Sommer|Herbst|Winter)(?:pause|ferien|saison)|Wintereinbruch|Weihnacht(?:en|spause|sferien|sfest)|Oster(?:n|ferien|pause)|Pfingst(?:en|ferien)|Ferien"
         r"|Heizperiode|(?:Europa|Bundestags|Landtags|Kommunal|Bürgerschafts|Abgeordnetenhaus|Neu)wahl(?:en)?|(?:Haushalts|Etat)beratungen|Lesung|(?:Sitzung|Plenar)\w{0,20}|Plenum)(?!\w)"), read_event),
        # zeitnah, demnächst, so schnell wie möglich, in Kürze
        (signs.VAGUE, (r"(?:[Zz]eitnah|[Dd]emnächst|(?:[Kk]urz|[Mm]ittel|[Ll]ang)fristig|[Pp]erspektivisch|[Uu]mgehend|[Uu]nverzüglich|[Aa]b sofort|[Aa]lsbald|[Bb]aldigst"
         r"|[Ss]o (?:schnell|bald|rasch|zügig|früh) wie möglich|(?:[Ss]chnellstm|[Bb]aldm|[Bb]aldigstm|[Ff]rühestm|[Rr]aschestm)öglich|[Ss]chnellstens|(?:[Ss]ehr )?[Bb]ald"
         r"|[Mm]öglichst (?:bald|schnell|rasch|zeitnah|zügig)|[Ii]n (?:Kürze|Bälde|naher Zukunft|absehbarer Zeit|nächster Zeit))(?!\w)"), read_soon),
    )
)  # fmt: skip
SIGNS = sum({sign for sign, _, _ in _RULES})


@cache
def _rules_for(has: int) -> tuple[tuple[re.Pattern[str], Callable[[Heart], Span | None]], ...]:
    return tuple((heart, read) for sign, heart, read in _RULES if has & sign)


@lru_cache(maxsize=32)
def whens(sentence: str, released: date) -> tuple[When, ...]:
    """The times a sentence names, past ones too, in order; of overlapping readings the first rule's. The sentence has plain spaces."""
    found: list[When] = []
    for heart, read in _rules_for(signs.signs(sentence) & SIGNS):
        taken = len(found)  # a rule's own matches follow one another, so that only the last of them is in question
        for match in heart.finditer(sentence):
            when = _when(sentence, match, read, released)
            if when is not None and not (found and _overlaps(when, (*found[:taken], *found[-1:]))):
                found.append(when)
    if len(found) > 1:
        found.sort()
    return tuple(found)


def _overlaps(when: When, others: Iterable[When]) -> bool:
    return any(other.start < when.end and when.start < other.end for other in others)


def _when(sentence: str, match: re.Match[str], read: Callable[[Heart], Span | None], released: date) -> When | None:
    before = word_before(sentence, match.start())
    relative = before.lstrip('(„»"').casefold()
    try:
        span = read(Heart(match, sentence, released, before, relative if relative in RELATIVE else ""))
    except (ValueError, OverflowError):  # 31 February
        return None
    if span is None:
        return None
    begin, stop = match.start() if span.start is None else span.start, match.end()
    phrase = phrase_around(sentence, begin, stop)
    if not is_time(sentence, phrase, span.kind):
        return None
    words = phrase.words
    if ("von" in words or "vom" in words) and sentence.startswith(" an", stop) and not sentence[stop + 3 : stop + 4].isalpha():
        stop, words = stop + 3, (*words, "an")
    kind = "budget" if span.kind == "year" and any(map(is_budget, words)) else span.kind
    return When(phrase.start, stop, words, span.first, span.last, kind, span.named, span.rolled)
