"""Taking a candidate up, or saying that it is no claim of ours.

Each action is one transaction, with actor, reason, the day it holds for and the moment it was recorded.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.access import claim_to_change
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.actions.follow import appoint_for_tracked, close_appointments
from models.claim import Claim
from models.days import day_of
from models.person import Person
from models.words import Action, DismissReason, Fulfillment, Kind, Stage, Verdict


def track(
    session: Session,
    claim_id: int,
    *,
    actor: Person,
    now: datetime,
    reason: str = "",
    kind: Kind | None = None,
    revision: int | None = None,
) -> Claim:
    """Follow a candidate up, where need be as another `kind` than was found; a dismissed one can be taken back in."""
    claim = claim_to_change(session, claim_id, revision, {"stage": Stage.TRACKED.value, "reason": reason})
    if claim.stage is Stage.TRACKED:
        raise ActionError(f"Claim {claim_id} is already tracked.")
    before = state_of(claim)
    if kind is not None and kind is not claim.kind:
        claim.decided_kind = kind
    start_tracking(session, claim, now)
    log_decision(session, claim, Action.TRACK, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def dismiss(
    session: Session,
    claim_id: int,
    *,
    why: DismissReason,
    actor: Person,
    now: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Claim:
    """Say that a candidate is no claim of ours. A judged claim cannot be dismissed."""
    wanted = {"stage": Stage.DISMISSED.value, "dismiss_reason": why.value, "reason": reason}
    claim = claim_to_change(session, claim_id, revision, wanted)
    if claim.stage is Stage.DISMISSED:
        raise ActionError(f"Claim {claim_id} is already dismissed.")
    if claim.standing_reviews:
        raise ActionError(f"Claim {claim_id} has been judged and cannot be dismissed; judge it anew instead.")
    if claim.disputed:
        raise ActionError(f"Claim {claim_id} is disputed; resolve that first.")
    if is_repeated(session, claim):
        raise ActionError(f"Other claims repeat claim {claim_id}; take them out first (split).")
    if why is DismissReason.OTHER and not reason.strip():
        raise ActionError("Dismissing for another reason needs that reason.")
    before = state_of(claim)
    set_dismissed(claim, why, now)
    log_decision(session, claim, Action.DISMISS, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def is_repeated(session: Session, claim: Claim) -> bool:
    """Whether other claims are appearances of this one."""
    return session.scalar(select(Claim.id).where(Claim.same_as_id == claim.id).limit(1)) is not None


def set_dismissed(claim: Claim, why: DismissReason, now: datetime) -> None:
    """Take a claim off the desk."""
    claim.stage, claim.dismiss_reason = Stage.DISMISSED, why
    claim.fulfillment = claim.verdict = None
    close_appointments(claim, outcome=Stage.DISMISSED, now=now)


def track_by(session: Session, claim: Claim, actor: Person, now: datetime) -> None:
    """Track a candidate because of what a person does with it; a tracked claim stays as it is."""
    if claim.stage is not Stage.CANDIDATE:
        return
    before = state_of(claim)
    start_tracking(session, claim, now)
    log_decision(session, claim, Action.TRACK, actor=actor, before=before, reason="", day=day_of(now), now=now)


def start_tracking(session: Session, claim: Claim, now: datetime) -> None:
    """Put a claim on its scale, with the appointments that its kind and deadline ask for."""
    # Read before writing: loading the finding would flush a claim that is tracked and not yet on a scale.
    is_pledge = claim.kind.is_pledge
    claim.stage, claim.dismiss_reason, claim.same_as = Stage.TRACKED, None, None
    claim.fulfillment = Fulfillment.OPEN if is_pledge else None
    claim.verdict = None if is_pledge else Verdict.UNCHECKED
    appoint_for_tracked(session, claim, now)
