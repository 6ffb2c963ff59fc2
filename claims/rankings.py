"""Ranking claims taken apart: what is measured, who is ranked, where, and against whom."""

import re

from claims.finding import Ranking

_WORDS = {"eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10}
_LAENDER = 16
_FLAECHENLAENDER = 13
_PLACE = re.compile(
    r"\b(?:Platz|Rang|Plätzen?)\s+(\d{1,2}|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"\b(zweit|dritt|viert)(?:höchst|größt|niedrigst|meist)", re.IGNORECASE)
_OVER_TIME = re.compile(
    r"\b(?:Rekord\w*|noch nie|nie zuvor|erstmals|zum ersten Mal|seit (?:\d{4}|Beginn|Jahren|Jahrzehnten)|wie nie|Allzeithoch|Höchststand|Tiefststand)\b",
    re.IGNORECASE,
)
_LOW = re.compile(
    r"\b(?:niedrigste\w*|wenigsten|geringste\w*|Schlusslicht|letzte\w* Platz|kleinste\w*|schlechteste\w*|so wenige?|Tiefststand|weniger)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:als erste[srn]?|bundesweit einmalig|einzigartig|einmalig|einzige[sr]?)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bseit\s+(?:dem Jahr\s+)?((?:19|20)\d\d)")
_COMPARATORS = (
    (re.compile(r"Flächenl[aä]nd", re.IGNORECASE), "Flächenländer"),
    (re.compile(r"Bundesl[aä]nd|Ländervergleich|bundesweit|deutschlandweit|anderes Land|aller Länder|in Deutschland", re.IGNORECASE), "Bundesländer"),
    (re.compile(r"Europa|europaweit|EU-Staat", re.IGNORECASE), "Europa"),
    (re.compile(r"Großst[aä]dt|Städte", re.IGNORECASE), "Städte"),
)  # fmt: skip
_SUBJECT = re.compile(
    r"\b(Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|NRW|Rheinland-Pfalz|"
    r"Saarland|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen|Deutschland|\w+land)\b"
)
_METRIC = re.compile(
    r"\b([A-ZÄÖÜ]\w*(?:quote|rate|zahl|anteil|dichte|dauer|kosten|ausgaben|stand|preise?|plätze|stellen|fälle|tote|straftaten|angriffe)\w*)\b"
)
_LAND_OF = re.compile(r"(?:Landtag|Abgeordnetenhaus|Bürgerschaft)\w*\s*(?:von|des|der)?\s*(.*)")


def read_ranking(sentence: str, parliament: str | None) -> Ranking:
    """The parts of a ranking sentence; what it does not say is None. "Highest among regions" is place 1."""
    comparators = next((name for pattern, name in _COMPARATORS if pattern.search(sentence)), None)
    over_time = _OVER_TIME.search(sentence) is not None and comparators is None
    place = _place(sentence, comparators)
    if _PLACE.search(sentence) or _ORDINAL.search(sentence) or re.search(r"\bvorletzte", sentence, re.IGNORECASE):
        direction = "place"
    elif _FIRST.search(sentence) or (over_time and not re.search(r"höchste|niedrigste|geringste", sentence, re.IGNORECASE)):
        direction = "record"
    else:
        direction = (
            "lowest"
            if _LOW.search(sentence) and not re.search(r"kein\w* ander\w+ .{0,60}(?:höher|mehr)", sentence)
            else "highest"
        )
    if direction == "highest" and not over_time:
        place = place or 1
    since = _SINCE.search(sentence)
    metric = _METRIC.search(sentence)
    return Ranking(
        metric=metric[1] if metric else None,
        subject=_subject(sentence, parliament),
        direction=direction,
        place=None if over_time else place,
        comparators=comparators or ("frühere Jahre" if over_time else "Bundesländer"),
        scope="time" if over_time else "others",
        since=since[1] if since else None,
    )


def _place(sentence: str, comparators: str | None) -> int | None:
    matches = list(_PLACE.finditer(sentence))
    if matches:
        word = matches[-1][1].casefold()
        return int(word) if word.isdigit() else _WORDS[word]
    ordinal = _ORDINAL.search(sentence)
    if ordinal:
        return {"zweit": 2, "dritt": 3, "viert": 4}[ordinal[1].casefold()]
    size = _FLAECHENLAENDER if comparators == "Flächenländer" else _LAENDER
    if re.search(r"\bvorletzte", sentence, re.IGNORECASE):
        return size - 1
    return size if re.search(r"\bSchlusslicht\b|\bletzte\w* Platz", sentence, re.IGNORECASE) else None


def _subject(sentence: str, parliament: str | None) -> str | None:
    named = _SUBJECT.search(sentence)
    if named and named[1] not in {"Bundesland", "Flächenland", "Land", "Ausland"}:
        return "Nordrhein-Westfalen" if named[1] == "NRW" else named[1]
    land = _LAND_OF.search(parliament or "")
    return (land[1].strip() or None) if land else parliament
