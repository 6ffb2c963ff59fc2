"""What a person can do with a claim.

Each action is one transaction, with actor, reason, the day it holds for and the moment it was recorded.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from models.actions.decision_log import log_decision, state_of
from models.actions.evidence import NewEvidence, add_evidence
from models.actions.follow import appoint, close_appointments
from models.claim import Claim
from models.days import day_of
from models.person import Person
from models.review import Dispute, Review
from models.words import SETTLED, Action, DismissReason, FollowUpRule, Fulfillment, Kind, Question, Stage, Verdict

FINAL_VERDICTS = frozenset(Verdict) - {Verdict.UNCHECKED}


class ActionError(Exception):
    """Something that cannot be done; the message says what is missing. Nothing was changed."""


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
    claim = _claim(session, claim_id, revision)
    if claim.stage is Stage.TRACKED:
        raise ActionError(f"Claim {claim_id} is already tracked.")
    before = state_of(claim)
    if kind is not None and kind is not claim.kind:
        claim.decided_kind = kind
    _start_tracking(claim, now)
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
    claim = _claim(session, claim_id, revision)
    if claim.stage is Stage.DISMISSED:
        raise ActionError(f"Claim {claim_id} is already dismissed.")
    if claim.reviews:
        raise ActionError(f"Claim {claim_id} has been judged and cannot be dismissed; judge it anew instead.")
    if why is DismissReason.OTHER and not reason.strip():
        raise ActionError("Dismissing for another reason needs that reason.")
    before = state_of(claim)
    claim.stage, claim.dismiss_reason = Stage.DISMISSED, why
    claim.fulfillment = claim.verdict = None
    claim.disputed = False
    close_appointments(claim, outcome=Stage.DISMISSED, now=now)
    log_decision(session, claim, Action.DISMISS, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def judge(
    session: Session,
    claim_id: int,
    *,
    value: str,
    reason: str,
    actor: Person,
    now: datetime,
    holds_for: date | None = None,
    evidence: NewEvidence | None = None,
    revision: int | None = None,
) -> Review:
    """A judgment on the scale of the claim's kind; a candidate is tracked by it. An earlier judgment stays visible."""
    claim = _open_claim(session, claim_id, revision)
    judgment = _judgment(claim, value)
    if not reason.strip():
        raise ActionError("A judgment needs a reason: one sentence that says why.")
    day = holds_for or day_of(now)
    said = claim.release.published_on
    if day > day_of(now):
        raise ActionError(f"A judgment cannot hold for a day to come ({day.isoformat()}).")
    if said is not None and day < said:
        raise ActionError(f"A judgment cannot hold for {day.isoformat()}: the claim was made on {said.isoformat()}.")
    if evidence is not None and evidence.problem:
        raise ActionError(evidence.problem)
    _track_by(session, claim, actor, now)
    before = state_of(claim)
    earlier = next((review for review in reversed(claim.reviews)), None)
    if isinstance(judgment, Fulfillment):
        claim.fulfillment, question = judgment, Question.FULFILLMENT
    else:
        claim.verdict, question = judgment, Question.VERDICT
    review = Review(
        claim=claim,
        person=actor,
        question=question,
        value=judgment.value,
        reason=reason.strip(),
        holds_for=day,
        recorded_at=now,
        replaces=earlier,
    )
    session.add(review)
    if judgment in SETTLED or judgment in FINAL_VERDICTS:
        close_appointments(claim, outcome=judgment.value, now=now)
    if evidence is not None:
        add_evidence(session, claim, evidence, actor=actor, now=now, review=review)
    log_decision(session, claim, Action.JUDGE, actor=actor, before=before, reason=reason, day=day, now=now)
    return review


def dispute(
    session: Session,
    claim_id: int,
    *,
    ground: str,
    actor: Person,
    now: datetime,
    objector: str = "",
    position: str = "",
    evidence: NewEvidence | None = None,
    revision: int | None = None,
) -> Dispute:
    """Raise the flag: who objects, on what ground, what we hold. It stands beside the judgment; a candidate is tracked by it."""
    claim = _open_claim(session, claim_id, revision)
    if claim.disputed:
        raise ActionError(f"Claim {claim_id} is already disputed; resolve that first.")
    if not ground.strip():
        raise ActionError("A dispute needs its ground: one sentence that says what is objected to.")
    if evidence is not None and evidence.problem:
        raise ActionError(evidence.problem)
    _track_by(session, claim, actor, now)
    before = state_of(claim)
    claim.disputed = True
    raised = Dispute(
        claim=claim, person=actor, objector=objector.strip(), ground=ground.strip(), position=position.strip(), raised_at=now
    )
    session.add(raised)
    if evidence is not None:
        add_evidence(session, claim, evidence, actor=actor, now=now)
    log_decision(session, claim, Action.DISPUTE, actor=actor, before=before, reason=ground, day=day_of(now), now=now)
    return raised


def resolve(
    session: Session, claim_id: int, *, resolution: str, actor: Person, now: datetime, revision: int | None = None
) -> Dispute:
    """Take the flag down and say how it ended; the judgment is as it was."""
    claim = _open_claim(session, claim_id, revision)
    raised = next((d for d in reversed(claim.disputes) if d.resolved_at is None), None)
    if raised is None:
        raise ActionError(f"Claim {claim_id} is not disputed.")
    if not resolution.strip():
        raise ActionError("Resolving a dispute needs a sentence that says how it ended.")
    before = state_of(claim)
    claim.disputed = False
    raised.resolved_at, raised.resolution = now, resolution.strip()
    log_decision(session, claim, Action.RESOLVE, actor=actor, before=before, reason=resolution, day=day_of(now), now=now)
    return raised


def _claim(session: Session, claim_id: int, revision: int | None) -> Claim:
    # Locked, so that of two people who act at once the second sees what the first did (SQLite has one writer anyway).
    claim = session.get(Claim, claim_id, with_for_update=True)
    if claim is None:
        raise ActionError(f"There is no claim {claim_id}.")
    if revision is not None and claim.revision != revision:
        raise ActionError(f"Claim {claim_id} was changed by somebody else meanwhile. Look at it again, then decide.")
    return claim


def _open_claim(session: Session, claim_id: int, revision: int | None) -> Claim:
    claim = _claim(session, claim_id, revision)
    if claim.stage is Stage.DISMISSED:
        raise ActionError(f"Claim {claim_id} is dismissed; track it first.")
    return claim


def _judgment(claim: Claim, value: str) -> Fulfillment | Verdict:
    scale: type[Fulfillment | Verdict] = Fulfillment if claim.kind.is_pledge else Verdict
    try:
        return scale(value)
    except ValueError:
        words = ", ".join(scale)
        raise ActionError(f"{value!r} is no judgment for a {claim.kind.value}. It can be: {words}.") from None


def _track_by(session: Session, claim: Claim, actor: Person, now: datetime) -> None:
    if claim.stage is not Stage.CANDIDATE:
        return
    before = state_of(claim)
    _start_tracking(claim, now)
    log_decision(session, claim, Action.TRACK, actor=actor, before=before, reason="", day=day_of(now), now=now)


def _start_tracking(claim: Claim, now: datetime) -> None:
    # Read before writing: loading the finding would flush a claim that is tracked and not yet on a scale.
    is_pledge, deadline = claim.kind.is_pledge, claim.deadline
    claim.stage, claim.dismiss_reason = Stage.TRACKED, None
    if is_pledge:
        claim.fulfillment = Fulfillment.OPEN
    else:
        claim.verdict = Verdict.UNCHECKED
    if is_pledge and deadline is not None:
        appoint(claim, due_on=deadline, rule=FollowUpRule.DEADLINE, now=now)
