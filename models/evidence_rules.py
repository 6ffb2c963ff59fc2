"""The rules of evidence, as doubts that a person has to answer: announcement is not action, budgeted is not spent.

Pure: what kind of claim is judged how, for which day, on which evidence, in; doubts, each with its sentence, out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.words import EvidenceKind, Fulfillment, Kind, Verdict

_DONE = frozenset({Fulfillment.FULFILLED, Fulfillment.FULFILLED_LATE, Fulfillment.PARTLY_FULFILLED})
# What shows that something was done, not only said or planned.
_SHOWS_ACTION = frozenset(EvidenceKind) - {EvidenceKind.ANNOUNCEMENT, EvidenceKind.BUDGET}


@dataclass(frozen=True, slots=True)
class Given:
    """One piece of evidence as the rules see it; `by_claimant`: it comes from whoever made the claim."""

    kind: EvidenceKind
    document_on: date | None = None
    by_claimant: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A short name and a sentence that says what is doubtful."""

    name: str
    sentence: str


ANNOUNCED = Doubt("announcement_is_not_action", "An announcement shows that something was said, not that it was done.")
BUDGETED = Doubt("budgeted_is_not_spent", "A budget shows that money was planned, not that it was spent.")
LATER = Doubt("later_than_the_day", "A document is younger than the day that the judgment holds for.")
INTERESTED = Doubt("interested_party", "All evidence comes from the claimant; its word is its position, not proof.")


def doubts(kind: Kind, judgment: Fulfillment | Verdict, holds_for: date, given: Sequence[Given]) -> list[Doubt]:
    """What speaks against a judgment resting on this evidence; nothing for judgments that say nothing was settled."""
    found: list[Doubt] = []
    kinds = {evidence.kind for evidence in given}
    shows_spending = EvidenceKind.SPENDING in kinds
    if judgment in _DONE and given and not kinds & _SHOWS_ACTION:
        if EvidenceKind.BUDGET in kinds:
            found.append(BUDGETED)
        else:
            found.append(ANNOUNCED)
    elif kind is Kind.FUNDING_PLEDGE and judgment in _DONE and EvidenceKind.BUDGET in kinds and not shows_spending:
        found.append(BUDGETED)
    if any(evidence.document_on is not None and evidence.document_on > holds_for for evidence in given):
        found.append(LATER)
    if given and all(evidence.by_claimant for evidence in given):
        found.append(INTERESTED)
    return found
