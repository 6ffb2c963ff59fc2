"""Euro amounts as releases write them: 25 Mio. Euro, 40 bis 50 Millionen, bis zu 6.000 €, ein zweistelliger Millionenbetrag.

The readings are those of the desk's guideline (section Fields): "rund" and "knapp" are the amount itself, "mindestens" and "mehr als" only
its lower end, "bis zu" only its upper end; of "von 20 auf 25 Millionen" the new level counts, of "um 5 Millionen" the change.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from claims.figures import signs
from claims.figures.numerals import DIGITS, ONE, PARTS, SCALES, WORDS, Lead, lead, listed, number, part, plain, scale
from claims.figures.time_phrases import word_before


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in EUR; one end is None for "at least" and "at most".

    `change` is "to" (the new level), "by" (the change), "from" (an earlier level) or nothing.
    """

    low: float | None
    high: float | None
    start: int
    end: int
    change: str = ""


class _Number(NamedTuple):
    """A number that may be an amount, or one end of it: "40" in "40 bis 50 Millionen Euro"."""

    value: float
    scaled: bool
    is_money: bool
    start: int
    end: int
    like_year: bool = False


# Where no word begins with the currency: "500-Euro-Bonus", "300€", "zweistellige Millionensumme", "12-Milliarden-Paket".
_GLUED = re.compile("€|EUR|-(?:Euro|M[ir]|Cent)|stellige")
_CURRENCY = r"Euro|EUR|€|Cent"
_NUMBER = re.compile(
    rf"""(?:
    (?P<n>{DIGITS}|{WORDS}|[Nn]ull(?=[ ]Euro)
      |{ONE}(?=[ ](?:\w{{4,12}}[ ])?(?:halbe|[Dd]rei ?v|[Vv]iertel|[Mm]illi|[Bb]illi|Mio|Mrd|Euro\b|Cent\b))
    )(?:,[-–]{{1,2}})?
    (?:[ ](?:weitere|zusätzliche|gute|knappe|volle|ganze|runde|satte|stolze)[rnms]?)?
    (?:[ -]?(?P<part>{PARTS})(?=[ -]?(?:M|m|B|b)[ir]))?
    (?:[ -]?(?P<scale>{SCALES}))?
    (?:[ ](?:und[ ])?(?P<rest>{WORDS}|\d{{3}}\.\d{{3}})(?=[ ](?:{_CURRENCY})))?
    (?:[ .-]{{0,2}}(?:(?:weitere|zusätzliche|frische)[rn]?[ ])?(?P<sign>{_CURRENCY})(?!\w|-\d)|[ ]?(?P<kilo>TEUR|T€|TEuro))?
    |(?:(?P<before>Mio|Mrd|Tsd)\.?[ ])?(?P<code>Euro|EUR|€)[ ]?(?P<coded>{DIGITS})(?:[ ]?(?P<after>{SCALES}))?
    )""",
    re.VERBOSE,
)
# Without a currency "30 Millionen" is money before "für", in a compound like "Drei-Milliarden-Paket", or beside another amount.
_MEANS_MONEY = re.compile(
    r" (?:mehr |weniger |zusätzlich )?für\b|-(?:Paket|Programm|Fonds|Hilfe|Projekt|Loch|Etat|Haushalt|Investition|Förder|Kredit|Spritze|Defizit"
    r"|Auftrag|Neubau|Bau|Schuld|Sonderverm|Vorhaben|Entlastung|Topf|Grab|Lücke)"
)
_COUNTS_THINGS = re.compile(r"[ -](?:[a-zäöüß]+e[nrs]? ){0,2}[A-ZÄÖÜ]")
_RANGE = re.compile(r" (?:bis(?: zu)?|oder) | ?[–-] ?|,? (?:und )?(?:aber |jedoch )?(?:höchstens|maximal) ")
_FROM_TO = re.compile(r" auf (?:(?:rund|knapp|gut|etwa|mindestens|über|bis zu|mehr als|dann|nunmehr|künftig|jetzt|nun) )?")
_BECOMES = re.compile(r"\b(?:werden|wird|wurden|wurde)\b")
_NO_AMOUNT_AFTER = (
    "inige ",
    "inigen ",
    "ehrere ",
    "ehreren ",
    "iele ",
    "ielen ",
    "tliche ",
    "tlichen ",
    "enige ",
    "enigen ",
    "paar ",
)
_LIMIT_AFTER = re.compile(
    r"(?P<most> nicht (?:überschreit|übersteig|übertr)| (?:maximal|höchstens)\b| (?:gedeckelt|begrenzt|beschränkt|limitiert))"
    r"|(?P<least> nicht (?:unterschreit|unterbiet)| (?:überschreit|übersteig|übertriff)| (?:und|oder) mehr\b| mindestens\b| aufwärts\b)"
)
_LIMIT_BEFORE = re.compile(
    r"(?:(?P<most>(?:Obergrenze|Höchstgrenze|Höchstbetrag|Deckel)\w* (?:\w+ ){0,3})|(?P<least>(?:übersteig|überschreit|übertref)\w{1,3} (?:rund |etwa )?))$"
)
_CENTS_AFTER = re.compile(r" (\d\d)(?=[.,;:!?]?$|[,;] )")

_FIGURES = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
_FIGURE = "|".join([*_FIGURES, r"\d"])
_VAGUE = re.compile(
    rf"\b(?P<n>{_FIGURE})(?:- (?:bis|oder) (?P<to>{_FIGURE}))?-?stellige[rnms]?\s+"
    r"(?:(?P<scale>Millionen|Milliarden)-?(?:Euro-?)?(?:betr[aä]g|summe|bereich|höhe)|(?:Euro-?)?(?:Betr[aä]g|Summe))",
    re.IGNORECASE,
)


def money(sentence: str) -> list[Money]:
    """All euro amounts of a sentence, in order; amounts in cents as their share of a euro."""
    has = signs.signs(sentence)
    if not has & signs.MONEY and not (has & (signs.DIGIT | signs.NUMBER) and _GLUED.search(sentence)):
        return []
    return list(_money(sentence))


@lru_cache(maxsize=32)
def _money(sentence: str) -> tuple[Money, ...]:
    text = plain(sentence)
    found = [_vague(text, match) for match in _VAGUE.finditer(text)] if "stellige" in text else []
    numbers = _numbers(text)
    if any(n.is_money for n in numbers):
        found += _amounts(text, numbers)
        found.sort(key=lambda amount: amount.start)
    return tuple(found)


def main_amount(amounts: list[Money]) -> Money | None:
    """The amount a sentence is about: the new level of a rise, else the first that is no earlier level."""
    for wanted in ({"to"}, {"", "by"}):
        for amount in amounts:
            if amount.change in wanted:
                return amount
    return amounts[0] if amounts else None


def _vague(text: str, match: re.Match[str]) -> Money:
    """The amount of so many figures: "zweistelliger Millionenbetrag" is 10 to 99 million, "sechsstellige Summe" 100,000 to 999,999."""
    first, last = (int(name) if name.isdigit() else _FIGURES[name.casefold()] for name in (match["n"], match["to"] or match["n"]))
    unit = scale(match["scale"])
    low, high = 10.0 ** (first - 1) * unit, (10.0**last - 1) * unit
    before = lead(text, match.start())
    return Money(
        None if before.bound == "most" else low,
        None if before.bound == "least" else high,
        match.start(),
        match.end(),
        before.change,
    )


# Where an amount may begin: a digit, a number word, a currency before digits. Found fast, read afterwards.
_FIRST_DIGIT = re.compile(r"[0-9](?<![\w.,/§-][0-9])")
_FIRST_WORD = re.compile(rf" \(?(?P<n>{WORDS}|{ONE} |[Nn]ull )")
_CODE = re.compile(r"E(?:UR|uro) ?[0-9]")
_SIGN_FIRST = re.compile(r"€ ?[0-9]")


def _starts(text: str) -> list[int]:
    found = [match.start() for match in _FIRST_DIGIT.finditer(text)]
    if signs.signs(text) & signs.NUMBER:
        # One blank before lets the pattern begin with what stands before a word; places move by one.
        found += [match.start("n") - 1 for match in _FIRST_WORD.finditer(f" {text}")]
    codes = [match.start() for match in _CODE.finditer(text)]
    if "€" in text:
        codes += [match.start() for match in _SIGN_FIRST.finditer(text)]
    for place in codes:  # "Mio. Euro 4,8"
        scaled = next((len(word) for word in ("Mio. ", "Mrd. ", "Tsd. ") if text.endswith(word, 0, place)), 0)
        found.append(place - scaled)
    found.sort()
    return found


def _numbers(text: str) -> list[_Number]:
    found: list[_Number] = []
    end = 0
    for start in _starts(text):
        match = _NUMBER.match(text, start) if start >= end else None
        if match is not None and (read := _number(text, match)) is not None:
            found.append(read)
            end = read.end
    if any(n.is_money for n in found):
        # "Das Land gibt 40 Millionen, der Bund 60 Millionen Euro": the first takes its currency from the second.
        return [n._replace(is_money=n.is_money or (n.scaled and not _COUNTS_THINGS.match(text, n.end))) for n in found]
    return [n._replace(is_money=n.scaled and n.value >= 1e6 and _MEANS_MONEY.match(text, n.end) is not None) for n in found]


def _number(text: str, match: re.Match[str]) -> _Number | None:
    if match["code"]:
        # "Euro 6" is a standard for cars; "Euro 4.500" and "EUR 6" are amounts.
        if match["code"] == "Euro" and not match["before"] and not re.search(r"[.,]\d\d", match["coded"]):
            return None
        value = number(match["coded"])
        word = match["before"] or match["after"]
        return (
            None
            if value is None
            else _Number(value * scale(word), bool(word), is_money=True, start=match.start(), end=match.end())
        )
    value = number(match["n"])
    if value is None or text.endswith(_NO_AMOUNT_AFTER, 0, match.start()):
        return None
    value *= part(match["part"]) * scale(match["scale"])
    end = match.end()
    if match["rest"]:
        value += number(match["rest"]) or 0.0
    if match["kilo"]:
        value *= 1e3
    elif match["sign"] == "Cent":
        value = round(value / 100, 6)
    elif match["sign"] and (cents := _CENTS_AFTER.match(text, end)):
        value, end = value + int(cents[1]) / 100, cents.end()
    like_year = not match["sign"] and end - match.start() == 4 and match["n"].isdigit() and 1990 <= value <= 2100
    return _Number(value, bool(match["scale"]), bool(match["sign"] or match["kilo"]), match.start(), end, like_year)


def _amounts(text: str, numbers: list[_Number]) -> list[Money]:
    found: list[Money] = []
    place = 0
    while place < len(numbers):
        this = numbers[place]
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        place += 1
        if not this.is_money and (following is None or not following.is_money):
            continue
        before = lead(text, this.start)
        if following is not None and following.is_money:
            gap = text[this.end : following.start]
            # "wächst 2026 auf 300 Mio. Euro", "bis 2027 bis zu 9 Millionen Euro": no end of a range
            if this.like_year and (following.scaled or before.last not in {"von", "zwischen"}):
                continue
            if _RANGE.fullmatch(gap) or (gap == " und " and before.last == "zwischen"):
                low = _like(this, following)
                if low < following.value:
                    found.append(Money(low, following.value, this.start, following.end, before.change))
                    place += 1
                    continue
            elif not this.is_money and _FROM_TO.fullmatch(gap):
                value = _like(this, following)
                found.append(Money(value, value, this.start, this.end, "by" if before.change == "by" else "from"))
                continue
        if this.is_money:
            found.append(_amount(text, this, following, before))
    return found


def _like(this: _Number, following: _Number) -> float:
    """The value of a number that shares the unit of the next: "40" is 40 million in "40 bis 50 Millionen"."""
    if this.scaled or this.is_money or following.value <= 0:
        return this.value
    digits = following.value
    factor = next((f for f in (1e12, 1e9, 1e6, 1e3) if following.scaled and digits >= f), 1.0)
    cents = 0.01 if not following.scaled and digits < 1 <= this.value else 1.0
    shared = this.value * factor * cents
    return this.value if this.value >= 1000 and factor > 1 else shared


def _amount(text: str, this: _Number, following: _Number | None, before: Lead) -> Money:
    change, bound = before.change, before.bound
    if not change and following is not None and following.is_money:
        between = text[this.end : following.start]
        if (before.head == "von" and " auf " in between) or (before.head == "aus" and _BECOMES.search(between)):
            change = "from"
    if not bound:
        limit = _LIMIT_AFTER.match(text, this.end)
        if limit:
            bound = "most" if limit["most"] else "least"
        elif stated := _LIMIT_BEFORE.search(text, max(0, this.start - 60), this.start):
            bound = "most" if stated["most"] else "least"
    return Money(None if bound == "most" else this.value, None if bound == "least" else this.value, this.start, this.end, change)


# "jährlich 500 Veranstaltungen" says how many events a year; "im Jahr 2025" and "im Jahr darauf" are dates.
_YEARLY = re.compile(
    r"[Jj](?:ährlich(?:e[nmrs]?)?(?!\w)(?! (?:\w+ )?[0-9][0-9.,]* [A-ZÄÖÜ](?!uro|UR|io|illi|rd|sd))|eweils(?!\w)"
    r"|(?P<year>ahr)(?!\w)(?P<dated> (?:[0-9]{4}|darauf|davor|zuvor|danach|der|des|nach|vor)\b)?)"
)
_PER = listed("pro je per jedes jedem")
_EACH = re.compile(r"\b[Jj]e (?:(?:rund|etwa|weitere|bis zu) )?[\dA-Za-zäöü.,]+ ?(?:Mi|Mrd|Tsd|Euro|€|EUR)")
_TWO_YEARS = re.compile(r"20\d\d (?:und|bis) 20\d\d|20\d\d/\d\d|beiden (?:\w+ )?Jahre|Jahren")


def is_per_year(sentence: str) -> bool:
    """Whether an amount comes every year: jährlich, pro Jahr, im Jahr, jeweils ("je 3 Mio. Euro" only with the years)."""
    if signs.signs(sentence) & signs.YEARLY:
        text = plain(sentence)
        if (
            any(_comes_yearly(text, match) for match in _YEARLY.finditer(text))
            or "p. a." in text
            or "p.a." in text
            or "per annum" in text
        ):
            return True
    return (
        ("je " in sentence or "Je " in sentence)
        and _EACH.search(sentence) is not None
        and _TWO_YEARS.search(sentence) is not None
    )


def _comes_yearly(text: str, match: re.Match[str]) -> bool:
    word = text.rfind(" ", 0, match.start()) + 1  # "Haushaltsjahr" as well as "Jahr"
    if match["year"] is None:
        return text[word : match.start()].lower() in {"", "all", "("}
    before = word_before(text, word).lower()
    if before == "im":
        return match["dated"] is None
    return (
        before in _PER or (before == "und" and "ro " in text[:word]) or (before == "für" and text.endswith("Jahr für ", 0, word))
    )
