"""Appointments: made when a claim is tracked, raised when their day has come, done when the claim is judged."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.follow_up import FollowUp
from models.release import Change
from models.words import FollowUpRule


def appoint(
    claim: Claim, *, due_on: date, rule: FollowUpRule, now: datetime, reason: str = "", change: Change | None = None
) -> None:
    """Make an appointment unless the same one is open."""
    if any(f.done_at is None and (f.rule, f.due_on, f.change) == (rule, due_on, change) for f in claim.follow_ups):
        return
    claim.follow_ups.append(FollowUp(due_on=due_on, rule=rule, reason=reason, created_at=now, change=change))


def close_appointments(claim: Claim, *, outcome: str, now: datetime) -> None:
    """All open appointments of a claim are dealt with."""
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None:
            follow_up.done_at, follow_up.outcome = now, outcome


def raise_due(session: Session, today: date, now: datetime) -> list[FollowUp]:
    """The appointments whose day has come and that nobody was told of yet, now marked as raised."""
    due = session.scalars(
        select(FollowUp)
        .where(FollowUp.due_on <= today, FollowUp.raised_at.is_(None), FollowUp.done_at.is_(None))
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()
    for follow_up in due:
        follow_up.raised_at = now
    return list(due)
