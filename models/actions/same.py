"""The same claim again: a person confirms that a claim repeats a known one, or takes that back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.access import claim_to_change
from models.actions.decide import is_repeated, set_dismissed
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.claim import Claim
from models.days import day_of
from models.person import Person
from models.words import Action, DismissReason, Stage


def merge(
    session: Session,
    claim_id: int,
    known_id: int,
    *,
    actor: Person,
    now: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Claim:
    """Make a claim an appearance of a known one; gives the known one."""
    # Both locked in one order, so that two who merge them into each other at once do not wait for each other.
    session.scalars(select(Claim.id).where(Claim.id.in_([claim_id, known_id])).order_by(Claim.id).with_for_update()).all()
    claim = claim_to_change(session, claim_id, revision, {"same_as": known_id, "reason": reason})
    known = session.get(Claim, known_id)
    if known is None:
        raise ActionError(f"There is no claim {known_id}.")
    if known.id == claim.id:
        raise ActionError("A claim cannot repeat itself.")
    if known.same_as_id is not None:
        raise ActionError(f"Claim {known_id} itself repeats claim {known.same_as_id}; name that one.")
    if known.stage is Stage.DISMISSED:
        raise ActionError(f"Claim {known_id} is dismissed; a repetition belongs to one that is followed up.")
    if claim.same_as_id == known.id:
        raise ActionError(f"Claim {claim_id} is an appearance of claim {known_id} already.")
    if claim.standing_reviews:
        raise ActionError(f"Claim {claim_id} has been judged; undo that before it becomes an appearance of another.")
    if claim.disputed:
        raise ActionError(f"Claim {claim_id} is disputed; resolve that first.")
    if is_repeated(session, claim):
        raise ActionError(f"Other claims repeat claim {claim_id}; name it as the known one instead.")
    before = state_of(claim)
    set_dismissed(claim, DismissReason.DUPLICATE, now)
    claim.same_as = known
    log_decision(
        session,
        claim,
        Action.MERGE,
        actor=actor,
        before=before,
        reason=reason,
        day=day_of(now),
        now=now,
        details={"known": known.id},
    )
    return known


def split(
    session: Session, claim_id: int, *, actor: Person, now: datetime, reason: str = "", revision: int | None = None
) -> Claim:
    """Take a repetition out again: the claim is a candidate of its own."""
    claim = claim_to_change(session, claim_id, revision, {"same_as": None, "reason": reason})
    if claim.same_as_id is None:
        raise ActionError(f"Claim {claim_id} is no appearance of another claim.")
    before = state_of(claim)
    known = claim.same_as_id
    claim.stage, claim.dismiss_reason, claim.same_as = Stage.CANDIDATE, None, None
    log_decision(
        session,
        claim,
        Action.SPLIT,
        actor=actor,
        before=before,
        reason=reason,
        day=day_of(now),
        now=now,
        details={"known": known},
    )
    return claim
