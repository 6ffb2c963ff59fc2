"""Appointments: made when a claim is tracked, by rule or by hand, raised when their day has come, done with a judgment."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.actions.access import tracked_claim
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.claim import Claim
from models.days import day_of
from models.deadlines import half_way, last_day
from models.faction import FactionRole
from models.follow_up import FollowUp
from models.person import Person
from models.release import Change, release_faction
from models.words import Action, FollowUpRule

# Rules whose appointments follow from dates and are made anew when these change.
FROM_DATES = frozenset({FollowUpRule.DEADLINE, FollowUpRule.HALF_WAY, FollowUpRule.LEGISLATURE_END})
BROKEN_AGAIN = timedelta(days=365)  # a broken pledge is looked at once more: it may be kept late, or be given again


def appoint(
    claim: Claim, *, due_on: date, rule: FollowUpRule, now: datetime, reason: str = "", change: Change | None = None
) -> None:
    """Make an appointment unless the same one is open; two remarks for one day are two appointments."""
    wanted = (rule, due_on, reason, change)
    if any(f.done_at is None and (f.rule, f.due_on, f.reason, f.change) == wanted for f in claim.follow_ups):
        return
    claim.follow_ups.append(FollowUp(due_on=due_on, rule=rule, reason=reason, created_at=now, change=change))


def appoint_for_tracked(session: Session, claim: Claim, now: datetime, *, only_to_come: bool = False) -> None:
    """The appointments that follow from a tracked pledge's dates: its deadline, half way to it, the end of the legislature.

    A deadline that has passed is due at once, unless `only_to_come` says that somebody has just looked.
    """
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None and follow_up.rule in FROM_DATES:
            follow_up.done_at, follow_up.outcome = now, "dates changed"
    if not claim.kind.is_pledge:
        return
    today = day_of(now)
    last = last_day(claim.deadline, claim.extended_until)
    ends = legislature_end(session, claim)
    if last is not None and (last >= today or not only_to_come):
        appoint(claim, due_on=last, rule=FollowUpRule.DEADLINE, now=now)
    if last is not None:
        middle = half_way(claim.release.published_on or day_of(claim.created_at), last)
        if middle is not None and middle > today:
            appoint(claim, due_on=middle, rule=FollowUpRule.HALF_WAY, now=now)
    # A new majority ends what the old one promised, so the clock is closed by a person then.
    if ends is not None and ends > today and (last is None or last > ends):
        appoint(claim, due_on=ends, rule=FollowUpRule.LEGISLATURE_END, now=now)


def legislature_end(session: Session, claim: Claim) -> date | None:
    """The last day of the period in which the claim was made, as far as the public record knows it.

    A faction that changes sides has several roles in one period; the last one ends with it.
    """
    made_on = claim.release.published_on or day_of(claim.created_at)
    then, later = aliased(FactionRole), aliased(FactionRole)
    return session.scalar(
        select(func.max(later.ends_on))
        .join(then, (then.faction_id == later.faction_id) & (then.period == later.period))
        .join(release_faction, release_faction.c.faction_id == later.faction_id)
        .where(release_faction.c.release_id == claim.release_id, then.starts_on <= made_on, then.ends_on >= made_on)
    )


def close_appointments(claim: Claim, *, outcome: str, now: datetime) -> None:
    """All open appointments of a claim are dealt with."""
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None:
            follow_up.done_at, follow_up.outcome = now, outcome


def appoint_by_hand(
    session: Session,
    claim_id: int,
    *,
    due_on: date,
    actor: Person,
    now: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Claim:
    """Make an appointment to look at a tracked claim again."""
    claim = tracked_claim(session, claim_id, revision, {"appointment": due_on.isoformat(), "reason": reason})
    if due_on < day_of(now):
        raise ActionError(f"An appointment cannot lie in the past ({due_on.isoformat()}).")
    before = state_of(claim)
    appoint(claim, due_on=due_on, rule=FollowUpRule.BY_HAND, now=now, reason=reason.strip())
    if state_of(claim) == before:
        raise ActionError(f"Claim {claim_id} has an appointment on {due_on.isoformat()} already.")
    log_decision(session, claim, Action.APPOINT, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def snooze(
    session: Session, claim_id: int, *, until: date, actor: Person, now: datetime, reason: str = "", revision: int | None = None
) -> Claim:
    """Put off what is due of a claim until a later day; the appointments keep their rule and remark."""
    claim = tracked_claim(session, claim_id, revision, {"appointment": until.isoformat(), "reason": reason})
    today = day_of(now)
    if until <= today:
        raise ActionError(f"Put it off until a day to come, not {until.isoformat()}.")
    due = [f for f in claim.follow_ups if f.done_at is None and f.due_on <= today]
    if not due:
        raise ActionError(f"Nothing of claim {claim_id} is due, so there is nothing to put off.")
    before = state_of(claim)
    for follow_up in due:
        follow_up.done_at, follow_up.outcome = now, "put off"
        appoint(claim, due_on=until, rule=follow_up.rule, now=now, reason=follow_up.reason)
    log_decision(session, claim, Action.SNOOZE, actor=actor, before=before, reason=reason, day=today, now=now)
    return claim


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
