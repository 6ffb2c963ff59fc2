"""The words of a time before its heart: "noch im", "bis spätestens Ende", "im Haushalt für das Jahr"; and what only looks like a time.

The heart is a day, a month, a year, found by `claims.dates`. A phrase is kept as it stands in the sentence, from its first preposition on.
"""

import re

NEXT = frozenset(["kommenden", "kommendes", "kommende", "kommender", "nächsten", "nächstes", "nächste", "nächster", "neuen", "neues", "anstehenden"])
THIS = frozenset(["diesem", "dieses", "dieser", "diese", "diesen", "laufenden", "laufende", "laufendes", "aktuellen", "aktuelle", "unserer"])
AFTER_NEXT = frozenset({"übernächsten", "übernächstes", "übernächste"})
RELATIVE = NEXT | THIS | AFTER_NEXT

# A preposition ends the search to the left, unless one of _BEFORE_PREPOSITION stands there ("noch im", "spätestens bis zum") or a budget
# before "für" ("im Haushalt für das Jahr").
_PREPOSITIONS = frozenset(
    ["ab", "zum", "zur", "im", "in", "am", "vom", "von", "mit", "für", "an", "über", "innerhalb", "während", "zwischen", "seit", "vor", "nach", "ins", "zu", "gegen", "bis"]
)
_BEFORE_PREPOSITION = frozenset(["noch", "spätestens", "bis", "aber", "ab", "seit", "von", "mit", "beginn", "zum", "rechtzeitig"])
_WITHIN = frozenset(
    ["noch", "spätestens", "aber", "dem", "den", "der", "des", "die", "das", "einschließlich", "laufe", "verlauf", "beginn", "start", "anfang", "mitte", "ende", "jahr", "jahre", "jahren", "jahres", "zeitraum", "zeit", "kalenderjahr", "haushaltsjahr"]
)
_STARTERS = _PREPOSITIONS | {"noch", "spätestens", "rechtzeitig", "anfang", "mitte", "ende", "beginn"}
_OPENING = '(„»"‚'


def word_before(sentence: str, start: int) -> str:
    """The word right before a place, as it stands."""
    if start < 2 or sentence[start - 1] != " ":  # noqa: PLR2004
        return ""
    return sentence[sentence.rfind(" ", 0, start - 1) + 1 : start - 1]


def words_before(sentence: str, start: int) -> tuple[int, tuple[str, ...]]:
    """Where the phrase around a heart begins, and its words before the heart in lower case."""
    found: list[tuple[int, str]] = []
    place = start
    while place > 1 and sentence[place - 1] == " ":
        before = sentence.rfind(" ", 0, place - 1) + 1
        raw = sentence[before : place - 1]
        bare = raw.lstrip(_OPENING)
        word = bare.lower()
        if found and found[-1][1] in _PREPOSITIONS:
            if word not in _BEFORE_PREPOSITION and not (found[-1][1] == "für" and (word in {"jahre", "jahr"} or is_budget(bare))):
                break
        elif word not in _PREPOSITIONS and word not in _WITHIN and not is_budget(bare):
            break
        found.append((before + len(raw) - len(bare), word))
        place = before
        if bare is not raw and len(bare) != len(raw):
            break
    while found and found[-1][1] not in _STARTERS and not is_budget(found[-1][1]):
        if found[-1][1] == "des" and len(found) > 1 and is_budget(found[-2][1]):
            break
        found.pop()
    return (found[-1][0] if found else start), tuple(word for _, word in reversed(found))


def is_budget(word: str) -> bool:
    """Whether a word is a budget: Haushalt, Doppelhaushalts, Landesetat."""
    return "aushalt" in word or word.endswith(("etat", "etats", "Etat", "Etats"))


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
_NO_YEAR_AFTER = frozenset(
    ["rund", "etwa", "ca", "ca.", "knapp", "fast", "über", "als", "insgesamt", "mindestens", "weitere", "je", "jeweils", "um", "auf", "gut", "wie", "gegenüber", "seite", "nr.", "§", "paragraf", "frühjahr", "frühling", "sommer", "herbst", "winter"]
)
_OF_PAST_YEAR = re.compile(r" (?:des |dieses )?(?:vergangenen|letzten|vorigen|Vor)")
# "Ende des Jahres" is a time, "das Wort des Jahres" is none.
_PARTED = frozenset({"Jahr", "Jahres", "Monat", "Monats", "Woche"})
_OF_YEAR_WORDS = frozenset({"ende", "mitte", "anfang", "beginn", "laufe", "verlauf"})


def is_time(sentence: str, heart: str, start: int, end: int, words: tuple[str, ...], kind: str) -> bool:
    """Whether a heart with its words before is an adverbial of time: "Agenda 2030", "wie der 9. November" and "des Jahres" alone are none."""
    if _OF_PAST_YEAR.match(sentence, end):
        return False
    if words:
        return heart not in _PARTED or bool(_OF_YEAR_WORDS & set(words))
    before = word_before(sentence, start)
    if kind == "day":
        return not (before == "Der" or (before == "der" and sentence[:start].endswith("wie der ")))
    if kind == "month":
        return heart[-4:].isdigit()
    if kind in {"season", "event"}:
        return heart.split(" ", maxsplit=1)[0] in {"diesen", "Diesen", "kommenden", "Kommenden", "nächsten", "Nächsten"}
    if kind == "legislature" or heart in _PARTED:
        return False
    if kind == "school":
        return heart[-1].isdigit() or heart.split(" ", maxsplit=1)[0].casefold() in RELATIVE
    if kind != "year" or not heart[0].isdigit() or not before or before[-1] in ",;:–" or before[0] in _OPENING:
        return True
    return before.lower() not in _NO_YEAR_AFTER and not (before[0].isupper() and _NAMED_BY_YEAR.search(before))
