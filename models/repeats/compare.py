"""Two claims side by side: how alike they are, in what they differ, and whether money was announced again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from models.repeats.actors import actors_named
from models.repeats.direction import opposed
from models.repeats.figures import Figures, bounds_differ, figures_named
from models.repeats.periods import recurring, seasons_named, years_named
from models.repeats.words import content_words, likeness

Amount = tuple[float | None, float | None]

ALIKE = 0.6  # likeness from which claims are the same, if nothing differs
ALIKE_WITH_NUMBER = 0.45  # the same where both name the same number: that is rarely chance within one parliament
_FEW = 2  # words; with fewer, chance agrees easily, so they must agree nearly wholly
_WHOLLY = 0.8


class Difference(StrEnum):
    """What keeps two claims from being the same, however alike their words are."""

    NUMBER = "number"
    PERIOD = "period"
    ACTOR = "actor"
    DIRECTION = "direction"


class MoneyAgain(StrEnum):
    """What became of an amount that was announced for the same purpose again."""

    RECYCLED = "recycled"
    INCREASED = "increased"
    CUT = "cut"


@dataclass(frozen=True)
class Said:
    """A claim as it was said: its words, and the facts that the rules found or a person set. Amounts in EUR."""

    text: str
    parliament: str = ""
    faction: str | None = None
    side: str | None = None
    made_on: date | None = None
    amount: Amount = (None, None)
    per_year: bool = False
    value: float | None = None
    unit: str | None = None
    deadline: date | None = None
    subject: str | None = None  # of a ranking

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What it is about."""
        return content_words(self.text)

    @cached_property
    def figures(self) -> Figures:
        """Every number it names."""
        return figures_named(self.text)

    @cached_property
    def actors(self) -> frozenset[str]:
        """Who is to act, where the words say so."""
        return actors_named(self.text)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years it names, or else the deadline's."""
        named = years_named(self.text, self.made_on)
        return named or frozenset({self.deadline.year} if self.deadline else ())

    @cached_property
    def seasons(self) -> frozenset[str]:
        """The months, seasons and quarters it names."""
        return seasons_named(self.text)

    @cached_property
    def recurring(self) -> frozenset[str]:
        """How often its money comes."""
        return recurring(self.text) or frozenset({"year"} if self.per_year else ())


@dataclass(frozen=True)
class Comparison:
    """`likeness` 0 to 1; `differs` is the gate; `again` where money goes to the same purpose once more."""

    likeness: float
    same_number: bool
    differs: frozenset[Difference]
    again: MoneyAgain | None

    @property
    def alike(self) -> bool:
        """Whether the words speak of the same thing."""
        return self.likeness >= (ALIKE_WITH_NUMBER if self.same_number else ALIKE)

    @property
    def is_same(self) -> bool:
        """Whether a person may be asked if this is the same claim."""
        return self.alike and not self.differs


def compare(known: Said, later: Said) -> Comparison:
    """How a claim stands to a known one that was made before it. The gate is asked only where the words are alike at all."""
    alike = likeness(known.words, later.words)
    if min(len(known.words), len(later.words)) < _FEW and alike < _WHOLLY:
        alike = 0.0
    if alike < ALIKE_WITH_NUMBER:
        return Comparison(alike, same_number=False, differs=frozenset(), again=None)
    differs = {
        difference
        for difference, differ in (
            (Difference.NUMBER, numbers_differ(known, later)),
            (Difference.PERIOD, periods_differ(known, later)),
            (Difference.ACTOR, actors_differ(known, later)),
            (Difference.DIRECTION, opposed(known.text, later.text)),
        )
        if differ
    }
    same_number = any(set(a) & set(b) for a, b in zip(known.figures, later.figures, strict=True))
    again = _again(known, later) if alike >= ALIKE_WITH_NUMBER and differs <= {Difference.NUMBER} else None
    if again is not None and again is not MoneyAgain.RECYCLED and alike < ALIKE:
        again = None
    return Comparison(alike, same_number, frozenset(differs), again)


def numbers_differ(a: Said, b: Said) -> bool:
    """Whether both name numbers of one sort that are not equal, or numbers of different sorts only."""
    amounts_known = _any(a.amount) and _any(b.amount)
    if amounts_known and (a.amount[0] != b.amount[0] or a.amount[1] != b.amount[1]) and not _both_fit(a.amount, b.amount):
        return True
    if None not in {a.value, b.value} and a.unit == b.unit and a.value != b.value:
        return True
    if not any(a.figures) or not any(b.figures):
        return False
    if bounds_differ(a.text, b.text):
        return True
    shared = [(set(x), set(y)) for x, y in zip(a.figures, b.figures, strict=True) if x and y]
    if not shared:
        return True
    money = (set(a.figures.money), set(b.figures.money))
    # Where the main amount is known to agree, one of them may name parts of it besides.
    return any(x != y and not (amounts_known and (x, y) == money and (x <= y or y <= x)) for x, y in shared)


def periods_differ(a: Said, b: Said) -> bool:
    """Whether deadlines, years or seasons that both name are not equal, or money comes once here and every year there."""
    if a.deadline and b.deadline and a.deadline != b.deadline:
        return True
    if any(x and y and x != y for x, y in ((a.years, b.years), (a.seasons, b.seasons))):
        return True
    return bool(a.figures.money and b.figures.money) and a.recurring != b.recurring


def actors_differ(a: Said, b: Said) -> bool:
    """Whether other parliaments, sides, named actors or subjects are to act; parties that govern together are one."""
    if a.parliament != b.parliament or (a.side and b.side and a.side != b.side):
        return True
    if "government" not in {a.side, b.side} and a.faction and b.faction and a.faction != b.faction:
        return True
    if a.subject and b.subject and a.subject.casefold() != b.subject.casefold():
        return True
    return bool(a.actors and b.actors) and a.actors != b.actors


def money_of(said: Said) -> float | None:
    """The amount that a claim is about, EUR: as found or corrected, else the largest that its words name."""
    high = said.amount[1] if said.amount[1] is not None else said.amount[0]
    return high if high is not None else max(said.figures.money, default=None)


def _again(known: Said, later: Said) -> MoneyAgain | None:
    before, after = money_of(known), money_of(later)
    if before is None or after is None or known.recurring != later.recurring:
        return None
    if before == after:
        return None if numbers_differ(known, later) else MoneyAgain.RECYCLED
    return MoneyAgain.INCREASED if after > before else MoneyAgain.CUT


def _any(amount: Amount) -> bool:
    return amount[0] is not None or amount[1] is not None


def _both_fit(a: Amount, b: Amount) -> bool:
    """Whether two amounts agree in all they say: "at least 25" and "25" fit; "at least 25" and "at most 25" do not."""
    same = [x == y for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    return bool(same) and all(same)
