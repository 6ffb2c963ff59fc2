"""Numbers and what they count: 12,5 Prozent, jede fünfte Schule, drei Viertel, verdoppelt, 15.600 Kita-Plätze.

Years, dates, clock times, ages, paragraphs, documents and places in a list are no quantities. Amounts of money are read by `claims.figures.money`,
whose names are at home here as well. The readings are those of the desk's guideline (section Fields).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.figures import signs
from claims.figures.counted import NEAR, read_numbers, tells_of_change
from claims.figures.money import Money, is_per_year, main_amount, money
from claims.figures.numerals import DIGITS, WORDS, Lead, lead, listed, number, plain

__all__ = ["Money", "Quantity", "is_per_year", "main_amount", "main_quantity", "money", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit ("percent", "percentage points", "factor", "EUR", the counted noun or nothing) and its place.

    `role`: "to" a later level; "by" a change (a decline is negative); "from" an earlier level; "base" a whole of which a part is named;
    "scope" where or among how many something happens; "gloss" the same said again ("das sind ..."); or nothing.
    """

    value: float
    unit: str
    start: int
    end: int
    role: str = ""


# Which number a sentence is about, best first: the later level, a plain level, the change, then what only frames them.
_ORDER = {"to": 0, "": 1, "by": 2, "scope": 3, "base": 3, "gloss": 4, "from": 5}


def main_quantity(found: list[Quantity]) -> Quantity | None:
    """The number a sentence is about: of from-to the later level, a level before a change, else the first."""
    return min(found, key=lambda quantity: _ORDER[quantity.role], default=None)


_HAS_DIGIT = re.compile(r"[0-9]")


def quantities(sentence: str) -> list[Quantity]:
    """Percentages, shares, factors, counts and amounts (unit "EUR") of a sentence, in order."""
    has = signs.signs(sentence)
    if not has & (signs.DIGIT | signs.NUMBER | signs.SHARE):
        return []
    text = plain(sentence)
    has_digit, has_word = has & signs.DIGIT, has & signs.NUMBER
    amounts = money(text)
    found = [Quantity(_amount_value(amount), "EUR", amount.start, amount.end, amount.change) for amount in amounts]
    if has & signs.SHARE:
        found += _worded(text)
    if (has_digit or has_word) and ("fach" in text or "mal " in text or "Mal " in text or "Fach" in text):
        found += _multiplied(text)
    if has_digit or has_word:
        taken = [(quantity.start, quantity.end) for quantity in found]
        found += _counted(text, taken, words=bool(has_word), has_money=bool(amounts))
    found.sort(key=lambda quantity: quantity.start)
    return _contrasted(text, found) if len(found) > 1 else found


def _amount_value(amount: Money) -> float:
    value = amount.high if amount.high is not None else amount.low
    return value or 0.0


# --- Shares and factors in words: jede fünfte, die Hälfte, verdoppelt, dreimal so viele ---------------------------------------------------

_TH = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "siebente": 7, "achte": 8, "neunte": 9, "zehnte": 10,
       "zwölfte": 12, "zwanzigste": 20, "hundertste": 100}  # fmt: skip
_SHARE = re.compile(
    rf"[Jj](?<!\w[Jj])ede[rsnm]? (?:(?P<th>(?i:{'|'.join(_TH)}))[rsnm]?|(?P<nth>[0-9]{{1,3}})\.)(?!\w)(?! (?:Tag|Woche|Monat|Jahr|Mal|Abend|Sonn|Sams))"
    r"|(?P<half>Hälfte)\b"
)
_FACTOR = re.compile(
    rf"[Vv](?<!\w[Vv])er(?:(?P<double>dopp)\w+|(?P<fold>{WORDS})fach\w*)|[Hh](?<!\w[Hh])alb(?P<half>ier\w+| so\b)"
    r"|[Dd](?<!\w[Dd])oppel(?:t(?P<so> so)\b|ten?(?P<twice>)(?= (?:so|der|des|an|wie|Zahl|Menge|Anzahl)\b|[.,;]|$))"
)
_TIMES = re.compile(r"(?:(?P<fold>[fF]achen?)|[mM]al (?:so|mehr|höher|größer|öfter|häufiger|teurer))\b")
_TIMES_BEFORE = re.compile(rf"(?:^|(?<=[ (]))(?P<n>{DIGITS}|{WORDS})[ -]?$")


def _worded(text: str) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        before = lead(text, match.start())
        if match["half"]:
            if before.last not in {"erste", "ersten", "zweite", "zweiten", "bessere", "besseren"}:
                yield _quantity(text, 50.0, "percent", match.start(), match.end(), before)
            continue
        nth = int(match["nth"]) if match["nth"] else _TH[match["th"].lower()]
        if nth > 1:
            if before.change == "to":
                before = before._replace(change="", head="in")  # "auf jedem achten Acker" is a place
            yield _quantity(text, round(100 / nth, 1), "percent", match.start(), match.end(), before)
    for match in _FACTOR.finditer(text):
        before = lead(text, match.start())
        if match["twice"] is None or before.last in {"das", "dem", "die", "zum"}:
            value = 0.5 if match["half"] else number(match["fold"]) if match["fold"] else 2.0
            if value is not None:
                yield _quantity(text, value, "factor", match.start(), match.end(), before)


def _multiplied(text: str) -> Iterator[Quantity]:
    for match in _TIMES.finditer(text):
        times = _TIMES_BEFORE.search(text, max(0, match.start() - 30), match.start())
        value = number(times["n"]) if times else None
        if times is not None and value is not None:
            before = lead(text, times.start())
            # "das Dreifache" is a factor, "dreifache Mutter" is none.
            if not match["fold"] or before.last in {"das", "dem", "die", "zum"}:
                yield _quantity(text, value, "factor", times.start(), match.end(), before)


_NOT_ONE = re.compile(r"\bkeine?[rs]? einzige[rs]?\b")  # "Von den 18 Stellen ist keine einzige besetzt."
_COUNTED_BEFORE = re.compile(r"\b(?:Zahl|Anzahl|Bestand) (?:der|an|von|unserer)(?: [a-zäöüß]+e[nr])? ([A-ZÄÖÜ][\w-]+)")


def _counted(text: str, taken: list[tuple[int, int]], *, words: bool, has_money: bool) -> Iterator[Quantity]:
    """Numbers with their units; one without a noun takes that of "die Zahl der ..." or of the whole it is a part of."""
    last: Quantity | None = None
    for read in read_numbers(text, taken, words=words):
        unit = read.unit
        if unit is None:
            is_part = last is not None and last.role == "base" and last.unit not in _SHARES
            if has_money or not (read.alone or is_part):
                continue
            named = _COUNTED_BEFORE.search(text, max(0, read.start - NEAR), read.start)
            unit = named[1] if named else last.unit if last is not None and is_part else ""
        last = _quantity(text, read.value, unit, read.start, read.end, read.before)
        yield last
    if last is not None and last.role == "base" and (none := _NOT_ONE.search(text, last.end)):
        yield Quantity(0.0, last.unit, none.start(), none.end())


# --- What a number says in its sentence -------------------------------------------------------------------------------------------------

_SHARES = frozenset({"percent", "percentage points", "factor"})
_DECLINES = re.compile(
    r"\b(?:sank(?:en)?|sink(?:t|en)|gesunken|fiel(?:en)?|fällt|fallen|gefallen|(?:ge)?schrumpf\w*|(?:zurück(?:ge)?gegangen|zurückgeh\w*|zurückging\w*)"
    r"|(?:ging|geh)\w* .{0,200}\bzurück|abgenommen|(?:nahm|nahmen|nimmt|nehmen) .{0,200}\bab|eingebrochen|brach\w* .{0,200}\bein|rückläufig)\b"
)
_RISES = re.compile(r"\b(?:steig|stieg|gestiegen|wuchs|wachs|gewachsen|zugenommen|zulegt|kletter)\w*")
_UP = ("plus", "zuwachs", "anstieg", "zunahme", "steigerung", "wachstum", "erhöhung")
_DOWN = ("minus", "rückgang", "einbruch", "abnahme", "schwund", "rückgänge")
_MORE_AFTER = re.compile(
    r"(?: [a-z]+)? ?(?:mehr|höher|teurer|größer|häufiger|(?P<less>weniger|niedriger|billiger|seltener|kleiner))\b"
)
_THAT_IS = listed("sind ist wären entspricht entsprechen macht")
_OR = listed("also mithin oder bzw beziehungsweise")
_PER = re.compile(r" (?:kommen|kommt|kamen|entfallen|entfällt|entfielen)\b")
_CLAUSE_ENDS = re.compile(r"[;:–]|,(?!\d)")


def _quantity(text: str, value: float, unit: str, start: int, end: int, before: Lead) -> Quantity:
    """The quantity with its role; a decline is negative."""
    role = "from" if before.change == "from" else _change(text, start, end, before)
    if role == "down":
        return Quantity(value if unit == "factor" else -value, unit, start, end, "by")
    if not role:
        again = (
            before.head in _OR
            or (before.head in _THAT_IS and before.governor in {"das", "dies"})
            or (before.head == "das" and before.governor in _THAT_IS)
        )
        role = "gloss" if again and _HAS_DIGIT.search(text, 0, start) else _frame(text, value, unit, start, end, before)
    return Quantity(value, unit, start, end, role)


def _change(text: str, start: int, end: int, before: Lead) -> str:
    """What a change is: "by" or, for a decline, "down"; nothing for a level."""
    noun = before.governor if before.head in {"von", "um"} else before.head
    if noun.startswith(_DOWN):
        return "down"
    if noun.startswith(_UP):
        return "by"
    more = _MORE_AFTER.match(text, end)
    if more:
        return "down" if more["less"] else "by"
    if before.change == "by":
        return "down" if _declines(text, start, end) else "by"
    return ""


def _frame(text: str, value: float, unit: str, start: int, end: int, before: Lead) -> str:
    counts = unit not in _SHARES
    if before.change == "to":
        if not counts or tells_of_change(text, start, end):
            return "to"
        return "base" if _PER.match(text, end) else "scope"
    if not counts:
        return "scope" if before.head == "in" and unit == "percent" and text[start] in "jJ" else ""
    per = before.last in {"je", "pro"} and value in {100, 1e3, 1e4, 1e5, 1e6}
    whole = before.definite or (before.head in {"von", "unter"} and len(text[:start].split(None, 3)) <= 3)
    return "base" if per or whole else "scope" if before.head in {"in", "an", "aus"} else ""


def _declines(text: str, start: int, end: int) -> bool:
    """Whether the clause around a change speaks of a decline; if it has no such verb, the sentence."""
    begin, finish = max(0, start - NEAR), min(len(text), end + NEAR)
    first = max((match.end() for match in _CLAUSE_ENDS.finditer(text, begin, start)), default=begin)
    stop = _CLAUSE_ENDS.search(text, end, finish)
    if _DECLINES.search(text, first, stop.start() if stop else finish):
        return True
    return _RISES.search(text, begin, finish) is None and _DECLINES.search(text, begin, finish) is not None


_NOW = re.compile(r"\b(?:heute|jetzt|nun|nunmehr|inzwischen|mittlerweile|aktuell|derzeit|zuletzt)\b")
_THEN = re.compile(r",.* (?:damals|früher|zuvor|vorher|einst|noch) ")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BECOMES = re.compile(r" (?:wurden|wurde|werden|wird|sind|geworden) ")


def _same(unit: str, other: str) -> bool:
    """Whether two numbers count the same, be it in another case ("drei Rudeln", "52 Rudel"), or one of them leaves it out."""
    return unit == other or not unit or not other or (unit not in _SHARES and unit[:4] == other[:4])


def _contrasted(text: str, found: list[Quantity]) -> list[Quantity]:
    """Levels of two times made "from" and "to": "von 41 Prozent auf 37 Prozent", "2018 gab es 210, 2024 noch 165", "40, heute 65"."""
    result = list(found)
    for place in range(1, len(result)):
        earlier, later = result[place - 1], result[place]
        if earlier.role not in {"", "base", "scope"}:
            continue
        gap = text[earlier.end : later.start]
        if not earlier.unit and _THEN.search(gap):
            earlier = result[place - 1] = replace(earlier, unit=later.unit)  # "Heute sind es 65, damals waren es 40 Schulen."
        if later.role == "to" or _BECOMES.search(gap):
            head = lead(text, earlier.start).head
            if head == "aus" or (head == "von" and later.role == "to"):
                result[place - 1] = replace(earlier, role="from")
                continue
        if later.role == "" and earlier.role != "scope" and later.unit != "EUR" and _same(earlier.unit, later.unit):
            before = _YEAR.findall(text, result[place - 2].end if place > 1 else 0, earlier.start)
            between = _YEAR.findall(gap)
            if ("," in gap and _NOW.search(gap)) or (before and between and before[-1] < between[-1]):
                result[place] = replace(later, unit=later.unit or earlier.unit, role="to")
    return result
