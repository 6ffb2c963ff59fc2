"""Every number that a claim names, in sorts: money, shares, and all others.

The reading rules keep the one amount and the one number that a claim is about. Here none may be overlooked, and what a number
counts does not matter, so this reads less finely and leaves nothing out.
"""

import re
from typing import NamedTuple

from models.repeats.periods import DAY, YEAR

_UNITS = {
    "ein": 1, "eine": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "sechzehn": 16, "siebzehn": 17, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90, "anderthalb": 1.5, "halbe": 0.5, "halben": 0.5,
}  # fmt: skip
_PARTS = "|".join(sorted(["und", "hundert", "tausend", *_UNITS], key=len, reverse=True))
_PART = re.compile(_PARTS)
NUMBER_WORD = re.compile(rf"(?:{_PARTS})+")
_SCALES = {"t": 1e3, "mill.": 1e6, "mio": 1e6, "mil": 1e6, "mrd": 1e9, "milliarde": 1e9, "bil": 1e12, "bio": 1e12}
_NUMBER = re.compile(
    rf"(?<![\w])(?P<value>[0-9]{{1,3}}(?:[.\s][0-9]{{3}})+(?:,[0-9]+)?|[0-9]+(?:[,.][0-9]+)?|(?:{_PARTS})+(?![^\W_]))"
    r"(?:[\s-]*(?P<scale>tsd\.?|tausend|mio\.?|mill\.|mrd\.?|bio\.|million(?:en)?|milliarden?|billion(?:en)?)(?![^\W_]))?"
    r"(?:[\s-]*(?P<unit>euro|eur\b|€|prozent\w*|%|promille))?",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:bis|–|-|oder|und)\s*", re.IGNORECASE)
_FRACTION = re.compile(r"\b(hälfte|(?<!stadt)drittel|viertel|fünftel|zehntel|verdopp|verdreif|vervierf|doppelt|dreifach)\w*")
_ONE_IN = re.compile(r"\bjede[mnrs]? (zweit|dritt|viert|fünft|zehnt)e[mnrs]?\b")
_ONE_IN_PARTS = {"zweit": "hälfte", "dritt": "drittel", "viert": "viertel", "fünft": "fünftel", "zehnt": "zehntel"}
_ORDINAL = re.compile(r"\b(zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt)e[mnrs]?\b")
_ORDINALS = {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9, "zehnt": 10}
_DIGITS = re.compile(r"\b((?:ein|zwei|drei|vier|fünf)stellig)")
_BEFORE = rf"(?=\s+(?:rund |etwa |knapp |weitere |insgesamt )?(?:[0-9]|(?:{_PARTS})))"
_LEAST = re.compile(rf"\b(?:mindestens|wenigstens|mehr als|über{_BEFORE})", re.IGNORECASE)
_MOST = re.compile(rf"\b(?:höchstens|maximal|weniger als|bis zu|unter{_BEFORE})", re.IGNORECASE)
_BY = re.compile(rf"\bum{_BEFORE}", re.IGNORECASE)
_TO = re.compile(rf"\bauf{_BEFORE}", re.IGNORECASE)
_ARTICLES = frozenset({"ein", "eine", "einer", "und", "halbe", "halben"})


class Figures(NamedTuple):
    """The numbers of a text by sort; money in EUR, as written (a month's money is no year's)."""

    money: frozenset[float]
    shares: frozenset[float | str]
    others: frozenset[float]


def figures_named(text: str) -> Figures:
    """All numbers of a text but its dates and years."""
    text = DAY.sub(" ", text)
    text = YEAR.sub(lambda match: match[0] if match["plain"] and match["noun"] else " Jahr ", text)
    sorts: dict[str, set[float]] = {"money": set(), "shares": set(), "others": set()}
    matches = list(_NUMBER.finditer(text))
    scale, sort, after = 1.0, "others", len(text)
    for match in reversed(matches):
        bare = not match["scale"] and not match["unit"]
        linked = bare and _LINK.fullmatch(text[match.end() : after]) is not None
        if not linked:
            scale, sort = _scale(match["scale"]), _sort(match["unit"])
        after = match.start()
        value = _value(match["value"])
        if value is not None and not (bare and match["value"].casefold() in _ARTICLES):
            sorts[sort].add(round(value * scale, 4))
    lowered = text.casefold()
    worded = {match[1] for pattern in (_FRACTION, _DIGITS) for match in pattern.finditer(lowered)}
    worded |= {_ONE_IN_PARTS[match[1]] for match in _ONE_IN.finditer(lowered)}
    places = {_ORDINALS[match[1]] for match in _ORDINAL.finditer(_ONE_IN.sub(" ", lowered))}
    return Figures(frozenset(sorts["money"]), frozenset(sorts["shares"] | worded), frozenset(sorts["others"] | places))


def bounds_differ(a: str, b: str) -> bool:
    """Whether one names "at least" and the other "at most", or one a change "by" a number and the other "to" it."""
    for low, high in ((_LEAST, _MOST), (_BY, _TO)):
        sides = [(bool(low.search(text)), bool(high.search(text))) for text in (a, b)]
        if sorted(sides) == [(False, True), (True, False)]:
            return True
    return False


def _sort(unit: str | None) -> str:
    if unit is None:
        return "others"
    return "money" if unit.casefold() in {"euro", "eur", "€"} else "shares"


def _scale(word: str | None) -> float:
    written = (word or "").casefold()
    if not written:
        return 1.0
    return next(value for start, value in sorted(_SCALES.items(), key=lambda row: -len(row[0])) if written.startswith(start))


def _value(written: str) -> float | None:
    written = written.casefold()
    if written[0].isdigit():
        thousands = re.fullmatch(r"[0-9]{1,3}(?:[.\s][0-9]{3})+(?:,[0-9]+)?", written)
        return float(re.sub(r"[.\s]", "", written).replace(",", ".") if thousands else written.replace(",", "."))
    total = current = 0.0
    for part in _PART.findall(written):
        if part == "tausend":
            total, current = total + (current or 1) * 1000, 0.0
        elif part == "hundert":
            current = (current or 1) * 100
        elif part != "und":
            current += _UNITS[part]
    return total + current or None
