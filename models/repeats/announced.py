"""How often a claim was made: the appearances that people confirmed, and which of them named another amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Appeared:
    """A release in which the claim was made: its day (None: it bears none) and the amount there, EUR (None: none named)."""

    release_id: int
    day: date | None
    amount: float | None


@dataclass(frozen=True)
class Announced:
    """How many releases made the claim, since when, and how many named more or less than the first amount that was named."""

    times: int
    since: date | None
    increased: int = 0
    cut: int = 0

    @property
    def other_amount(self) -> int:
        """How many releases named another amount."""
        return self.increased + self.cut


def announced(appearances: Iterable[Appeared]) -> Announced:
    """The count over appearances; several in one release are one announcement."""
    releases: dict[int, Appeared] = {}
    for one in sorted(appearances, key=lambda one: (one.day or date.max, one.release_id)):
        known = releases.get(one.release_id)
        if known is None or known.amount is None:
            releases[one.release_id] = one
    ordered = list(releases.values())
    amounts = [one.amount for one in ordered if one.amount is not None]
    return Announced(
        times=len(ordered),
        since=min((one.day for one in ordered if one.day), default=None),
        increased=sum(amount > amounts[0] for amount in amounts),
        cut=sum(amount < amounts[0] for amount in amounts),
    )
