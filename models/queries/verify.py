"""Checking the history: link by link, against anchors that were exported earlier, and against what stands in the other tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.chain import FIRST, link_hash
from models.claim import Claim
from models.queries.history import Anchor, history
from models.review import Decision, Evidence, Review
from models.words import Action

# What of a claim must be as its decisions say; words are strings, so the closed lists compare equal to them.
STATE = ("stage", "fulfillment", "verdict", "disputed")


@dataclass(frozen=True, slots=True)
class HistoryFault:
    """Something that does not fit: the decision's number, if it has one, and a sentence."""

    number: int | None
    sentence: str


def check_history(session: Session, anchors: Iterable[Anchor] = ()) -> list[HistoryFault]:
    """What does not fit in the history; nothing if it stands.

    Finds decisions that were changed, taken out, put in or exchanged; judgments that no decision tells of; judgments, evidence
    and claims that say something else than the history; and, by anchors, what was cut off at the end or written anew.
    """
    told = _Told()
    faults = _check_links(session, anchors, told)
    return faults + _other_judgments(session, told) + _other_evidence(session, told) + _other_states(session, told)


@dataclass(slots=True)
class _Told:
    """What the decisions tell of the rows in other tables: by the judgment's, the evidence's and the claim's number."""

    judgments: dict[int, dict[str, Any]] = field(default_factory=dict)
    evidence: dict[int, dict[str, Any]] = field(default_factory=dict)
    states: dict[int, dict[str, Any]] = field(default_factory=dict)

    def read(self, decision: Decision) -> None:
        details = decision.details
        if decision.action is Action.JUDGE and "review" in details:
            self.judgments[details["review"]] = {
                "value": details.get("value"),
                "reason": decision.reason,
                "holds_for": decision.holds_for,
                "person_id": decision.person_id,
                "claim_id": decision.claim_id,
                "recorded_at": decision.recorded_at,
                "replaces_id": details.get("replaces"),
                "methodology": details.get("methodology"),
                "second_look": details.get("second_look", False),
            }
        for piece in details.get("evidence", ()):
            self.evidence[piece["id"]] = piece
        state = {name: value for name, value in decision.after.items() if name in STATE}
        self.states.setdefault(decision.claim_id, {}).update(state)


def _check_links(session: Session, anchors: Iterable[Anchor], told: _Told) -> list[HistoryFault]:
    faults: list[HistoryFault] = []
    wanted: dict[int, set[str]] = {}
    for anchor in anchors:
        if anchor.number:
            wanted.setdefault(anchor.number, set()).add(anchor.hash)
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
        if wanted.pop(number, {decision.hash}) != {decision.hash}:
            faults.append(HistoryFault(number, f"Decision {number} is another one than the anchor names."))
        told.read(decision)
        previous = decision.hash
    if wanted:
        missing = ", ".join(map(str, sorted(wanted)))
        faults.append(
            HistoryFault(None, f"The history ends at decision {number}, but anchors name {missing}: decisions were cut off.")
        )
    rows = session.scalar(select(func.count(Decision.id))) or 0
    if rows != number:
        faults.append(HistoryFault(None, f"The history has {rows} decisions, but its last number is {number}."))
    return faults


def _other_judgments(session: Session, told: _Told) -> list[HistoryFault]:
    """Judgments beside what the history tells of them."""
    faults: list[HistoryFault] = []
    left = dict(told.judgments)
    for review in session.scalars(select(Review).order_by(Review.id)):
        wanted = left.pop(review.id, None)
        if wanted is None:
            faults.append(HistoryFault(None, f"Judgment {review.id} of claim {review.claim_id} stands in no decision."))
        elif any(getattr(review, name) != value for name, value in wanted.items()):
            faults.append(HistoryFault(None, f"Judgment {review.id} of claim {review.claim_id} differs from its decision."))
    return faults + [HistoryFault(None, f"Judgment {number} is gone, but a decision tells of it.") for number in sorted(left)]


def _other_evidence(session: Session, told: _Told) -> list[HistoryFault]:
    """Evidence beside what the history tells of it last."""
    faults: list[HistoryFault] = []
    left = dict(told.evidence)
    for piece in session.scalars(select(Evidence).options(selectinload(Evidence.snapshot)).order_by(Evidence.id)):
        wanted, now = left.pop(piece.id, None), piece.as_told
        if wanted is not None and any(now[name] != value for name, value in wanted.items()):
            faults.append(
                HistoryFault(None, f"Evidence {piece.id} of claim {piece.claim_id} differs from what the history tells.")
            )
    return faults + [HistoryFault(None, f"Evidence {number} is gone, but a decision tells of it.") for number in sorted(left)]


def _other_states(session: Session, told: _Told) -> list[HistoryFault]:
    """Claims beside what the history tells of them last."""
    faults: list[HistoryFault] = []
    known = set()
    for row in session.execute(
        select(Claim.id, Claim.stage, Claim.fulfillment, Claim.verdict, Claim.disputed).order_by(Claim.id)
    ):
        known.add(row.id)
        for name, value in told.states.get(row.id, {}).items():
            now = getattr(row, name)
            if now != value:
                faults.append(HistoryFault(None, f"Claim {row.id}: its {name} is {now}, but the history tells {value}."))
    gone = sorted(told.states.keys() - known)
    return faults + [HistoryFault(None, f"Claim {number} is gone, but decisions tell of it.") for number in gone]
