"""Disputes: a documented flag beside the judgment, with both positions, taken down when it has ended."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.actions.access import open_claim, tracked_claim
from models.actions.decide import track_by
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.actions.evidence import NewEvidence, add_evidence
from models.claim import Claim
from models.days import day_of
from models.person import Person
from models.review import Dispute
from models.words import Action


def dispute(
    session: Session,
    claim_id: int,
    *,
    ground: str,
    actor: Person,
    now: datetime,
    objector: str = "",
    position: str = "",
    evidence: NewEvidence | Sequence[NewEvidence] | None = None,
    revision: int | None = None,
) -> Dispute:
    """Raise the flag: who objects, on what ground, what we hold. It stands beside the judgment; a candidate is tracked by it."""
    claim = open_claim(
        session, claim_id, revision, {"disputed": True, "ground": ground, "objector": objector, "position": position}
    )
    if claim.disputed:
        raise ActionError(f"Claim {claim_id} is already disputed; resolve that first.")
    if not ground.strip():
        raise ActionError("A dispute needs its ground: one sentence that says what is objected to.")
    given = [evidence] if isinstance(evidence, NewEvidence) else list(evidence or ())
    for one in given:
        if one.problem:
            raise ActionError(one.problem)
    track_by(session, claim, actor, now)
    before = state_of(claim)
    claim.disputed = True
    raised = Dispute(
        claim=claim, person=actor, objector=objector.strip(), ground=ground.strip(), position=position.strip(), raised_at=now
    )
    session.add(raised)
    session.flush()
    added = [add_evidence(session, claim, one, actor=actor, now=now) for one in given]
    log_decision(
        session,
        claim,
        Action.DISPUTE,
        actor=actor,
        before=before,
        reason=ground,
        day=day_of(now),
        now=now,
        details={
            "dispute": raised.id,
            "objector": raised.objector,
            "position": raised.position,
            "evidence": [one.as_told for one in added],
        },
    )
    return raised


def note_reply(
    session: Session,
    claim_id: int,
    *,
    actor: Person,
    now: datetime,
    asked_on: date | None = None,
    received_on: date | None = None,
    reply: str = "",
    position: str | None = None,
    revision: int | None = None,
) -> Dispute:
    """Note that the other side was asked, what it replied, or what we hold by now."""
    wanted = {"asked_on": _iso(asked_on), "received_on": _iso(received_on), "reply": reply, "position": position}
    claim = tracked_claim(session, claim_id, revision, {name: value for name, value in wanted.items() if value})
    raised = open_dispute(claim)
    for day in (asked_on, received_on):
        if day is not None and day > day_of(now):
            raise ActionError(f"A day to come cannot be noted ({day.isoformat()}).")
    if received_on is not None and not reply.strip():
        raise ActionError("A reply that came needs its words.")
    before = state_of(claim)
    earlier = {"asked_on": _iso(raised.reply_asked_on), "received_on": _iso(raised.reply_received_on), "reply": raised.reply}
    raised.reply_asked_on = asked_on or raised.reply_asked_on
    raised.reply_received_on = received_on or raised.reply_received_on
    raised.reply = reply.strip() or raised.reply
    details = {"dispute": raised.id, "before": {**earlier, "position": raised.position}}
    raised.position = raised.position if position is None else position.strip()
    after = {"asked_on": _iso(raised.reply_asked_on), "received_on": _iso(raised.reply_received_on), "reply": raised.reply}
    details["after"] = {**after, "position": raised.position}
    if details["after"] == details["before"]:
        raise ActionError("Nothing is noted by this: give the day of the question, the reply, or the position.")
    log_decision(
        session, claim, Action.REPLY, actor=actor, before=before, reason=reply, day=day_of(now), now=now, details=details
    )
    return raised


def resolve(
    session: Session, claim_id: int, *, resolution: str, actor: Person, now: datetime, revision: int | None = None
) -> Dispute:
    """Take the flag down and say how it ended; the judgment is as it was."""
    claim = open_claim(session, claim_id, revision, {"disputed": False, "resolution": resolution})
    raised = open_dispute(claim)
    if not resolution.strip():
        raise ActionError("Resolving a dispute needs a sentence that says how it ended.")
    before = state_of(claim)
    claim.disputed = False
    raised.resolved_at, raised.resolution = now, resolution.strip()
    log_decision(
        session,
        claim,
        Action.RESOLVE,
        actor=actor,
        before=before,
        reason=resolution,
        day=day_of(now),
        now=now,
        details={"dispute": raised.id},
    )
    return raised


def open_dispute(claim: Claim) -> Dispute:
    """The dispute that is not resolved. Raises `ActionError` without one."""
    raised = next((d for d in reversed(claim.disputes) if d.resolved_at is None and not d.withdrawn), None)
    if raised is None:
        raise ActionError(f"Claim {claim.id} is not disputed.")
    return raised


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
