"""The times a claim names: years, months, seasons and quarters, and whether money comes once or again and again."""

import re
from datetime import date

_MONTHS = "januar februar märz april mai juni juli august september oktober november dezember".split()  # noqa: SIM905  read more easily than a list
_SEASONS = "sommer herbst winter frühjahr frühling jahresende jahresmitte jahresanfang".split()  # noqa: SIM905  read more easily than a list
PERIOD_WORD = re.compile(
    rf"{'|'.join(_MONTHS + _SEASONS)}|jahr|jahres?|jahren|jährlich\w*|monat\w*|anfang|mitte|ende|kommende[nrsm]?|nächste[nrsm]?"
    r"|laufende[nrsm]?|vergangene[nrsm]?|letzte[nrsm]?|vorige[nrsm]?|quartals?|halbjahr\w*|haushaltsjahr\w*"
)
_NAMED = re.compile(rf"\b(?:{'|'.join(_MONTHS + _SEASONS)})\b|\b(?:erst|zweit|dritt|viert)e[nrs]? (?:quartal|halbjahr)\b")
# Thousands are set off by points, so four plain digits before no noun are a year; after these words they always are.
_AFTER = r"(?:jahr|jahre|jahren|jahres|bis|seit|ab|ende|anfang|mitte|in|von|für|haushalt|" + "|".join(_MONTHS + _SEASONS) + ")"
YEAR = re.compile(
    rf"\b(?:(?:(?i:{_AFTER})[ \u00a0])(?P<after>(?:19|20)[0-9]{{2}})|(?P<plain>(?:19|20)[0-9]{{2}}))\b"
    r"(?![.,]?[0-9])(?P<noun>[ \u00a0](?:[A-ZÄÖÜ€]|neue|zusätzliche|weitere|Prozent))?"
)
_SHORT_RANGE = re.compile(r"\b((?:19|20)[0-9]{2})\s?[/–-]\s?([0-9]{2})\b(?![0-9])")
DAY = re.compile(rf"\b[0-9]{{1,2}}\.\s?(?:(?i:{'|'.join(_MONTHS)})|[0-9]{{1,2}}\.(?:\s?(?=(?:19|20)[0-9]{{2}}))?)")
_RELATIVE = (
    (re.compile(r"\b(?:dieses|diesem|laufende[nms]?|aktuellen) (?:haushalts|kalender)?jahr|\bheuer\b|\bjahresende\b"), 0),
    (re.compile(r"\b(?:nächste[nms]?|kommende[nms]?|folgende[nms]?) (?:haushalts|kalender|schul)?jahr(?!en|zehn)"), 1),
    (re.compile(r"\b(?:letzte[nms]?|vergangene[nms]?|vorige[nms]?) (?:haushalts|kalender)?jahr(?!en|zehn)|\bvorjahr"), -1),
)
_RECURRING = (
    (re.compile(r"\bjährlich|\b(?:pro|je|im) jahr\b(?! ?(?:19|20)[0-9]{2})|\bjahr für jahr|\bjedes jahr"), "year"),
    (re.compile(r"\bmonatlich|\b(?:pro|je|im) monat\b|\bjeden monat"), "month"),
    (re.compile(r"\btäglich|\b(?:pro|je) tag\b"), "day"),
    (re.compile(r"\bwöchentlich|\b(?:pro|je) woche\b"), "week"),
)


def years_named(text: str, made_on: date | None) -> frozenset[int]:
    """The years of a text; "next year" counts from the day on which it was said."""
    years = {int(match["after"] or match["plain"]) for match in YEAR.finditer(text) if match["after"] or not match["noun"]}
    for match in _SHORT_RANGE.finditer(text):
        years |= {int(match[1]), int(match[1][:2] + match[2])}
    if made_on is not None:
        lowered = text.casefold()
        years |= {made_on.year + offset for pattern, offset in _RELATIVE if pattern.search(lowered) and (offset or not years)}
    return frozenset(years)


def seasons_named(text: str) -> frozenset[str]:
    """Months, seasons and quarters."""
    return frozenset(_NAMED.findall(text.casefold()))


def recurring(text: str) -> frozenset[str]:
    """How often money comes: "year", "month", "week", "day"; empty: once, or nobody says."""
    lowered = text.casefold()
    return frozenset(name for pattern, name in _RECURRING if pattern.search(lowered))
