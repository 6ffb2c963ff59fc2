"""Amounts and numbers as releases write them: 25 Mio. Euro, 1,2 Milliarden, 40 bis 50 Millionen, jeder fünfte, verdoppelt."""

import re
from dataclasses import dataclass

_WORDS = {
    "ein": 1.0, "eine": 1.0, "einer": 1.0, "einem": 1.0, "einen": 1.0, "zwei": 2.0, "drei": 3.0, "vier": 4.0, "fünf": 5.0, "sechs": 6.0,
    "sieben": 7.0, "acht": 8.0, "neun": 9.0, "zehn": 10.0, "elf": 11.0, "zwölf": 12.0, "zwanzig": 20.0, "dreißig": 30.0, "fünfzig": 50.0,
    "hundert": 100.0, "tausend": 1000.0, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5, "eine halbe": 0.5, "einer halben": 0.5,
    "ein halbe": 0.5, "eine dreiviertel": 0.75, "eine viertel": 0.25,
}  # fmt: skip
_NUMBER = (
    r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?|eine[r]? halben?|eine dreiviertel|eine viertel|anderthalb|eineinhalb|zweieinhalb|"
    r"ein(?:e[rmn]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|fünfzig|hundert|tausend"
)
_SCALE = r"Tsd\.?|[Tt]ausend|Mio\.?|Millionen|Million|Mrd\.?|Milliarden|Milliarde|Billionen|Billion"
_EURO = r"(?:Euro|€|EUR)"
_MONEY = re.compile(
    rf"\b(?:(?P<low>{_NUMBER})[\s-]*(?P<lowscale>{_SCALE})?\s*(?:{_EURO})?\s*(?:bis|und|–|-)\s*)?"
    rf"(?P<high>{_NUMBER})[\s-]*(?P<scale>{_SCALE})?[\s-]*{_EURO}(?![\w])|\bEUR\s*(?P<eur>\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?)",
    re.IGNORECASE,
)
_VAGUE_MONEY = re.compile(r"\b(ein|zwei|drei)stellige[rnms]*\s+(Millionen|Milliarden)(?:betrag|summe|höhe)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?P<least>mindestens|wenigstens|mehr als|über|gut|von mehr als)\s+$|(?P<most>bis zu|höchstens|maximal|weniger als|unter)\s+$"
    r"|(?P<to>\bauf(?: rund| knapp| etwa| gut| mindestens| bis zu)?)\s+$|(?P<by>\bum(?: rund| knapp| etwa)?)\s+$|(?P<each>jeweils|je|jährlich)\s+$",
    re.IGNORECASE,
)
_PER_YEAR = re.compile(
    r"\b(?:jährlich\w*|pro Jahr|je Jahr|im Jahr(?! (?:19|20)\d\d)|jedes Jahr|Jahr für Jahr|jeweils|alljährlich)\b", re.IGNORECASE
)
_PERCENT = re.compile(rf"(?P<n>{_NUMBER})\s*(?:-\s*)?(?:Prozentpunkte?n?|Prozent|%)", re.IGNORECASE)
_EVERY = re.compile(
    r"\bjede[rsnm]?\s+(zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte|zwanzigste)[rsnm]?\b", re.IGNORECASE
)
_EVERY_N = {"zweite": 50, "dritte": 33.3, "vierte": 25, "fünfte": 20, "sechste": 16.7, "siebte": 14.3, "achte": 12.5, "neunte": 11.1,
            "zehnte": 10, "zwanzigste": 5}  # fmt: skip
_SHARE = re.compile(r"\b(?:(ein|zwei|drei|vier)\s+)(Drittel|Viertel|Fünftel|Zehntel)\b|\bdie Hälfte\b", re.IGNORECASE)
_PARTS = {"drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10}
_FACTOR = re.compile(
    r"\b(?:ver|um das )?(doppelt|dreifacht|vierfacht|fünffacht|zehnfacht|halbiert)\w*|\b(Verdopp\w+|Halbierung)", re.IGNORECASE
)
_FACTORS = {"doppelt": 2.0, "dreifacht": 3.0, "vierfacht": 4.0, "fünffacht": 5.0, "zehnfacht": 10.0, "halbiert": 0.5}
_COUNT = re.compile(
    rf"(?<![\w§.,/])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:,\d+)?|\d{{5,}})\s*(?P<scale>{_SCALE})?\s+"
    r"(?:(?:neue|zusätzliche|weitere|mehr|moderne|junge|offene|fehlende|ausländische|sogenannte|\w{3,20}e[nr]?)\s+){0,2}(?P<unit>[A-ZÄÖÜ][\wäöüß-]+)",
)
_NOT_COUNTED = frozenset(
    [
        "Uhr",
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "Prozent",
        "Euro",
        "Mio",
        "Millionen",
        "Million",
        "Milliarden",
        "Milliarde",
        "Jahre",
        "Jahren",
        "Jahr",
        "Monate",
        "Monaten",
        "Uhr",
        "Tage",
        "Tagen",
        "Wochen",
        "Absatz",
        "Satz",
        "Drs",
    ]
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in EUR; one end is None for "at least" and "at most". `change` is to, by or nothing."""

    low: float | None
    high: float | None
    start: int
    end: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (percent, factor or the counted thing) and its place."""

    value: float
    unit: str
    start: int
    end: int


def number(text: str) -> float | None:
    """The value of a number as written ("500.000", "1,2", "anderthalb"); None if it is none."""
    plain = " ".join(text.casefold().split())
    if plain in _WORDS:
        return _WORDS[plain]
    digits = plain.replace(".", "").replace(" ", "").replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def scale(word: str | None) -> float:
    """The factor of "Mio.", "Milliarden", "Tsd."; 1 for nothing."""
    start = (word or "").casefold()[:3]
    return {
        "tsd": 1e3,
        "tau": 1e3,
        "mio": 1e6,
        "mil": 1e9 if "milliarde" in (word or "").casefold() else 1e6,
        "mrd": 1e9,
        "bil": 1e12,
    }.get(start, 1.0)


def money(sentence: str) -> list[Money]:
    """All euro amounts of a sentence, in order."""
    found: list[Money] = []
    for match in _VAGUE_MONEY.finditer(sentence):
        digits = {"ein": 1, "zwei": 2, "drei": 3}[match[1].casefold()]
        unit = scale(match[2])
        found.append(Money(10 ** (digits - 1) * unit, (10**digits - 1) * unit, match.start(), match.end()))
    for match in _MONEY.finditer(sentence):
        amount = _amount(sentence, match)
        if amount is not None:
            found.append(amount)
    return sorted(found, key=lambda amount: amount.start)


def _amount(sentence: str, match: re.Match[str]) -> Money | None:
    if match["eur"]:
        value = number(match["eur"])
        return None if value is None else Money(value, value, match.start(), match.end())
    high = number(match["high"])
    if high is None:
        return None
    factor = scale(match["scale"])
    high *= factor
    low = number(match["low"]) if match["low"] else None
    if low is not None:
        low *= scale(match["lowscale"]) if match["lowscale"] else factor
    if low is not None and low < high:
        return Money(low, high, match.start(), match.end())
    before = _BEFORE.search(sentence[max(0, match.start() - 30) : match.start()])
    change = "to" if before and before["to"] else "by" if before and before["by"] else ""
    if before and before["least"] and before["least"].casefold() != "gut":
        return Money(high, None, match.start(), match.end(), change)
    if before and before["most"]:
        return Money(None, high, match.start(), match.end(), change)
    return Money(high, high, match.start(), match.end(), change)


def main_amount(amounts: list[Money]) -> Money | None:
    """The amount a sentence is about: the new level of a rise, else the first."""
    return next((amount for amount in amounts if amount.change == "to"), amounts[0] if amounts else None)


def is_per_year(sentence: str) -> bool:
    """Whether an amount comes every year."""
    return _PER_YEAR.search(sentence) is not None


def quantities(sentence: str) -> list[Quantity]:
    """Percentages, shares in words, factors and counts; years, dates and paragraphs are none."""
    found = [
        Quantity(value, "percent", match.start(), match.end())
        for match in _PERCENT.finditer(sentence)
        if (value := number(match["n"])) is not None
    ]
    found += [Quantity(_EVERY_N[m[1].casefold()], "percent", m.start(), m.end()) for m in _EVERY.finditer(sentence)]
    for match in _SHARE.finditer(sentence):
        share = 50.0 if match[2] is None else 100.0 * _WORDS[match[1].casefold()] / _PARTS[match[2].casefold()]
        found.append(Quantity(round(share, 1), "percent", match.start(), match.end()))
    for match in _FACTOR.finditer(sentence):
        word = (match[1] or ("doppelt" if match[2].casefold().startswith("verdopp") else "halbiert")).casefold()
        if match[1] is None or match[0].casefold().startswith("ver") or word == "halbiert":
            found.append(Quantity(_FACTORS[word], "factor", match.start(), match.end()))
    for match in _COUNT.finditer(sentence):
        value = number(match["n"])
        if value is not None and match["unit"] not in _NOT_COUNTED:
            found.append(Quantity(value * scale(match["scale"]), match["unit"], match.start(), match.end()))
    return sorted(found, key=lambda quantity: quantity.start)
