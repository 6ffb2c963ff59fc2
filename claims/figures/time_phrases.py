"""The words of a time before its heart: "noch im", "bis spätestens Ende", "im Haushalt für das Jahr"; and what only looks like a time.

The heart is a day, a month, a year, found by `claims.figures.dates`. A phrase is kept as it stands in the sentence, from its first preposition on.
"""

import re
from typing import NamedTuple

from claims.figures.numerals import listed

NEXT = listed("kommenden kommendes kommende kommender nächsten nächstes nächste nächster neuen neues anstehenden")
THIS = listed("diesem dieses dieser diese diesen laufenden laufende laufendes aktuellen aktuelle unserer")
AFTER_NEXT = frozenset({"übernächsten", "übernächstes", "übernächste"})
RELATIVE = NEXT | THIS | AFTER_NEXT

# A preposition ends the search to the left, unless one of _BEFORE_PREPOSITION stands there ("noch im", "spätestens bis zum") or a budget
# before "für" ("im Haushalt für das Jahr").
_PREPOSITIONS = listed(
    "ab zum zur im in am vom von mit für an über innerhalb während zwischen seit vor nach ins zu gegen gegenüber bis"
)
_BEFORE_PREPOSITION = listed("noch spätestens bis aber ab seit von mit beginn zum rechtzeitig")
_WITHIN = listed(
    "noch spätestens aber dem den der des die das einschließlich laufe verlauf beginn start anfang mitte ende jahr jahre jahren jahres zeitraum zeit "
    "kalenderjahr haushaltsjahr"
)
_STARTERS = _PREPOSITIONS | {"noch", "spätestens", "rechtzeitig", "anfang", "mitte", "ende", "beginn"}
_OPENING = '(„»"‚'


def word_before(sentence: str, start: int) -> str:
    """The word right before a place, as it stands."""
    if start < 2 or sentence[start - 1] != " ":
        return ""
    return sentence[sentence.rfind(" ", 0, start - 1) + 1 : start - 1]


class Phrase(NamedTuple):
    """A phrase of time: from `start` its words in lower case, from `heart` to `end` its heart."""

    start: int
    heart: int
    end: int
    words: tuple[str, ...]


def phrase_around(sentence: str, heart: int, end: int) -> Phrase:
    """The phrase that a heart is part of: the words before it that belong to it."""
    found: list[tuple[int, str]] = []
    place = heart
    while place > 1 and sentence[place - 1] == " ":
        before = sentence.rfind(" ", 0, place - 1) + 1
        raw = sentence[before : place - 1]
        bare = raw.lstrip(_OPENING)
        word = bare.lower()
        if not _belongs(word, found[-1][1] if found else ""):
            break
        found.append((before + len(raw) - len(bare), word))
        place = before
        if len(bare) != len(raw):
            break
    while found and not _may_begin(found[-1][1], found[-2][1] if len(found) > 1 else ""):
        found.pop()
    return Phrase(found[-1][0] if found else heart, heart, end, tuple(word for _, word in reversed(found)))


def _belongs(word: str, following: str) -> bool:
    if following in _PREPOSITIONS:
        return word in _BEFORE_PREPOSITION or (following == "für" and (word in {"jahre", "jahr"} or is_budget(word)))
    return word in _PREPOSITIONS or word in _WITHIN or is_budget(word)


def _may_begin(word: str, following: str) -> bool:
    return word in _STARTERS or is_budget(word) or (word == "des" and is_budget(following))


def is_budget(word: str) -> bool:
    """Whether a word is a budget: Haushalt, Doppelhaushalts, Landesetat."""
    return "aushalt" in word or word.endswith(("etat", "etats"))


# Nouns that take a year as part of their name: "Agenda 2030", "Fonds Hamburg 2030", "Bildungsbericht 2024". After others it is a time.
_NAMED_BY_YEAR = re.compile(
    r"(?:agenda|horizont|strategie|vision|plan|programm|fonds|olympia|spielen?|expo|em|wm|euro|pakt|konzept|perspektive|leitbild|initiative|zukunft|konferenz|report"
    r"|bericht|statistik|bilanz|index|monitor|atlas|studie|wahl|schau|messe|jahrgang|modell|offensive|moor|allianz|bündnis|charta|dialog|zensus|festival|preis"
    r"|kongress|gipfel|bildung|klima|energie|mobilität|verwaltung|industrie|norm|version|ziele?n?|deutschland|europa|baden-württemberg|bayern|berlin|brandenburg|bremen"
    r"|hamburg|hessen|niedersachsen|nrw|nordrhein-westfalen|pfalz|saarland|sachsen|anhalt|holstein|thüringen|vorpommern|stuttgart|münchen|köln|frankfurt"
    r"|leipzig|dresden|hannover|paragraf|paragraph|artikel|nummer|drucksache)$",
    re.IGNORECASE,
)
# Before a bare year: "rund 2000", "auf 2030", "als 2019" name numbers and comparisons; "Sommer 2026" is a season.
_NO_YEAR_AFTER = listed(
    "rund etwa ca ca. knapp fast über als insgesamt mindestens weitere je jeweils um auf gut wie gegenüber seite nr. § paragraf frühjahr frühling "
    "sommer herbst winter"
)
_OF_PAST_YEAR = re.compile(r" (?:des |dieses )?(?:vergangenen|letzten|vorigen|Vor)")
# "Ende des Jahres" is a time, "das Wort des Jahres" is none.
_PARTED = frozenset({"Jahr", "Jahres", "Monat", "Monats", "Woche"})
_PARTS = frozenset({"ende", "mitte", "anfang", "beginn", "laufe", "verlauf"})


def is_time(sentence: str, phrase: Phrase, kind: str) -> bool:
    """Whether a phrase is an adverbial of time: "Agenda 2030", "wie der 9. November" and "das Wort des Jahres" are none."""
    if _OF_PAST_YEAR.match(sentence, phrase.end):
        return False
    heart = sentence[phrase.heart : phrase.end]
    if heart in _PARTED:
        return bool(_PARTS & set(phrase.words))
    return bool(phrase.words) or _is_time_alone(word_before(sentence, phrase.heart), heart, kind)


def _is_time_alone(before: str, heart: str, kind: str) -> bool:
    """Whether a heart without a preposition is a time, by the word before it."""
    if kind == "day":
        return before not in {"Der", "der"} or heart.endswith("orgen")
    if kind == "month":
        return heart[-4:].isdigit() and not before[:1].isdigit()  # "31. Februar 2026"
    if kind in {"season", "event"}:
        return heart.split(" ", maxsplit=1)[0].lower() in {"diesen", "kommenden", "nächsten"}
    if kind == "school":
        return heart[-1].isdigit() or heart.split(" ", maxsplit=1)[0].lower() in RELATIVE
    if kind != "year" or not heart[0].isdigit() or not before or before[-1] in ",;:–" or before[0] in _OPENING:
        return kind != "legislature"
    return before.lower() not in _NO_YEAR_AFTER and not (before[0].isupper() and _NAMED_BY_YEAR.search(before))
