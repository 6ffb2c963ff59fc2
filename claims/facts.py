"""What the readers of numbers, amounts and dates found in one sentence, and how the cue table gets to see it."""

from datetime import date
from typing import NamedTuple

from claims.figures.deadlines import Deadline, past_dates
from claims.figures.quantities import Money, Quantity, is_per_year, main_amount, main_quantity, money, quantities
from claims.lexicon import Lexicon
from claims.tokens import Tokens

SHORT, LONG = 6, 36  # words and marks


class Facts(NamedTuple):
    """Amounts in EUR, numbers with their units, the deadline, and times that lie in the past (spans)."""

    amounts: tuple[Money, ...]
    numbers: tuple[Quantity, ...]
    deadline: Deadline | None
    past: tuple[tuple[int, int], ...]
    per_year: bool

    @property
    def amount(self) -> Money | None:
        """The amount the sentence is about."""
        return main_amount(list(self.amounts))

    def value(self, kind: str) -> Quantity | None:
        """The number the sentence is about, amounts as EUR where a statistic has no other number."""
        number = main_quantity(list(self.numbers))
        if number is None and kind == "statistic" and (amount := self.amount) is not None:
            value = amount.high if amount.high is not None else amount.low
            return Quantity(value or 0.0, "EUR", amount.start, amount.end)
        return number


class FactClasses:
    """The bits of the classes that facts give to words and sentences, looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        bit = lexicon.bit
        self.money, self.number, self.peryear = bit("money"), bit("number"), bit("peryear")
        self.percent, self.count = bit("percent"), bit("count")
        self.shares = {"percent": self.percent, "percentage points": self.percent, "factor": bit("factor")}
        self.deadline, self.vaguedate, self.pastdate = bit("deadline"), bit("vaguedate"), bit("pastdate")
        self.short, self.long = bit("short"), bit("long")


def facts_of(words: str, deadline: Deadline | None, released: date) -> Facts:
    """The facts of one sentence."""
    amounts = tuple(money(words))
    numbers = tuple(q for q in quantities(words) if not any(a.start <= q.start < a.end for a in amounts))
    return Facts(amounts, numbers, deadline, tuple(past_dates(words, released)), bool(amounts) and is_per_year(words))


def mark_facts(tokens: Tokens, facts: Facts, classes: FactClasses) -> None:
    """Give the words of a sentence the classes money, percent, factor, count, number, deadline, vaguedate, pastdate, peryear."""
    for amount in facts.amounts:
        tokens.add(amount.start, amount.end, classes.money | classes.number)
    for quantity in facts.numbers:
        tokens.add(quantity.start, quantity.end, classes.shares.get(quantity.unit, classes.count) | classes.number)
    if facts.deadline is not None:
        dated = facts.deadline.day is not None
        tokens.add(facts.deadline.start, facts.deadline.end, classes.deadline if dated else classes.vaguedate)
    for start, end in facts.past:
        tokens.add(start, end, classes.pastdate)
    if facts.per_year:
        tokens.raise_flags(classes.peryear)
    if len(tokens.words) < SHORT:
        tokens.raise_flags(classes.short)
    elif len(tokens.words) > LONG:
        tokens.raise_flags(classes.long)
