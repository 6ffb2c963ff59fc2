"""What the readers of numbers, amounts and dates found in one sentence, and how the cue table gets to see it."""

from datetime import date
from typing import NamedTuple

from claims.figures import signs
from claims.figures.deadlines import DEADLINE_SIGNS, Deadline, find_deadline, past_dates
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


NO_FACTS = Facts((), (), None, (), per_year=False)
_MAY_BE_MONEY = signs.MONEY | signs.DIGIT | signs.NUMBER
_MAY_BE_NUMBER = signs.DIGIT | signs.NUMBER | signs.SHARE
_MAY_BE_PAST = signs.PAST | signs.DIGIT


def facts_of(words: str, released: date, legislature_end: date | None, earlier: date | None) -> Facts:
    """The facts of one sentence; the days are those of `find_deadline`. Each reader is asked only where a sign calls for it."""
    has = signs.signs(words)
    if not has:
        return NO_FACTS
    deadline = find_deadline(words, released, legislature_end, earlier) if has & DEADLINE_SIGNS else None
    amounts = tuple(money(words)) if has & _MAY_BE_MONEY else ()
    numbers = tuple(quantities(words)) if has & _MAY_BE_NUMBER else ()
    if amounts:
        numbers = tuple([q for q in numbers if not any(a.start <= q.start < a.end for a in amounts)])
    past = tuple(past_dates(words, released)) if has & _MAY_BE_PAST else ()
    return Facts(amounts, numbers, deadline, past, per_year=bool(amounts) and is_per_year(words))


def mark_facts(tokens: Tokens, facts: Facts, classes: FactClasses) -> None:
    """Give the words of a sentence the classes money, percent, factor, count, number, deadline, vaguedate, pastdate."""
    for amount in facts.amounts:
        tokens.add(amount.start, amount.end, classes.money | classes.number)
    for quantity in facts.numbers:
        tokens.add(quantity.start, quantity.end, classes.shares.get(quantity.unit, classes.count) | classes.number)
    if facts.deadline is not None:
        dated = facts.deadline.day is not None
        tokens.add(facts.deadline.start, facts.deadline.end, classes.deadline if dated else classes.vaguedate)
    for start, end in facts.past:
        tokens.add(start, end, classes.pastdate)


def flags_of(tokens: Tokens, facts: Facts, classes: FactClasses) -> int:
    """The classes that facts and length give to the sentence as a whole: peryear, short, long."""
    flags = classes.peryear if facts.per_year else 0
    length = len(tokens.words)
    return flags | (classes.short if length < SHORT else classes.long if length > LONG else 0)
