"""Reading the history of decisions: as a whole, checked link by link, and checked against anchors that were exported earlier."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.chain import FIRST, link_hash
from models.review import Decision, Review
from models.words import Action

BATCH = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain at a moment: number and hash of the newest decision; number 0 before the first."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class HistoryFault:
    """Something that does not fit: the decision's number, if it has one, and a sentence."""

    number: int | None
    sentence: str


def history(session: Session) -> Iterator[Decision]:
    """All decisions in their order, read piece by piece."""
    last = 0
    while True:
        rows = session.scalars(
            select(Decision)
            .where(Decision.number > last)
            .order_by(Decision.number)
            .limit(BATCH)
            .options(selectinload(Decision.person))
        ).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].number
        session.expunge_all()


def history_head(session: Session) -> Anchor:
    """The newest link."""
    row = session.execute(select(Decision.number, Decision.hash).order_by(Decision.number.desc()).limit(1)).first()
    return Anchor(row.number, row.hash) if row else Anchor(0, FIRST)


def check_history(session: Session, anchors: Iterable[Anchor] = ()) -> list[HistoryFault]:
    """What does not fit in the history; nothing if it stands.

    Finds decisions that were changed, taken out, put in or exchanged, judgments that no decision tells of or that say something
    else, and, by anchors, what was cut off at the end or written anew.
    """
    faults: list[HistoryFault] = []
    wanted = {anchor.number: anchor.hash for anchor in anchors if anchor.number}
    told: dict[int, dict[str, Any]] = {}
    number, previous = 0, FIRST
    for decision in history(session):
        number += 1
        if decision.number != number:
            faults.append(HistoryFault(number, f"Decision {number} is missing; the next is {decision.number}."))
            number = decision.number
        if decision.previous != previous:
            faults.append(HistoryFault(number, f"Decision {number} does not follow the one before it."))
        if decision.hash != link_hash(decision.previous, decision.chained):
            faults.append(HistoryFault(number, f"Decision {number} was changed after it was recorded."))
        if wanted.pop(number, decision.hash) != decision.hash:
            faults.append(HistoryFault(number, f"Decision {number} is another one than the anchor names."))
        if decision.action is Action.JUDGE and "review" in decision.details:
            told[decision.details["review"]] = {
                "value": decision.details.get("value"),
                "reason": decision.reason,
                "holds_for": decision.holds_for,
                "person_id": decision.person_id,
                "claim_id": decision.claim_id,
            }
        previous = decision.hash
    if wanted:
        missing = ", ".join(map(str, sorted(wanted)))
        faults.append(HistoryFault(None, f"The history ends at decision {number}, but anchors name {missing}: it was cut off."))
    rows = session.scalar(select(func.count(Decision.id))) or 0
    if rows != number:
        faults.append(HistoryFault(None, f"The history has {rows} decisions, but its last number is {number}."))
    return faults + _untold(session, told)


def _untold(session: Session, told: dict[int, dict[str, Any]]) -> list[HistoryFault]:
    """Judgments beside what the history tells of them."""
    faults: list[HistoryFault] = []
    for review in session.scalars(select(Review).order_by(Review.id)):
        wanted = told.pop(review.id, None)
        if wanted is None:
            faults.append(HistoryFault(None, f"Judgment {review.id} of claim {review.claim_id} stands in no decision."))
        elif any(getattr(review, name) != value for name, value in wanted.items()):
            faults.append(HistoryFault(None, f"Judgment {review.id} of claim {review.claim_id} differs from its decision."))
    return faults + [HistoryFault(None, f"Judgment {number} is gone, but a decision tells of it.") for number in sorted(told)]
