"""Judging a tracked claim, correcting that, signing it off by a second person, and opening it again."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.actions.access import open_claim, tracked_claim
from models.actions.decide import track_by
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError, EvidenceDoubted
from models.actions.evidence import NewEvidence, add_evidence
from models.actions.follow import BROKEN_AGAIN, appoint, appoint_for_tracked, close_appointments
from models.actions.methodology import methodology_on
from models.claim import Claim
from models.days import day_of
from models.deadlines import in_time
from models.evidence_rules import Doubt, Given, doubts
from models.methodology import Methodology
from models.person import Person
from models.review import Evidence, Review
from models.words import Action, EvidenceState, FollowUpRule, Fulfillment, Question, Verdict


def judge(
    session: Session,
    claim_id: int,
    *,
    value: str,
    reason: str,
    actor: Person,
    now: datetime,
    holds_for: date | None = None,
    evidence: NewEvidence | Sequence[NewEvidence] | None = None,
    answered: Iterable[str] = (),
    revision: int | None = None,
) -> Review:
    """Judge a claim by its scale; a candidate is tracked by it, an earlier judgment stays visible and is replaced.

    A final judgment needs evidence, given here or already with the claim. Evidence that the rules doubt raises `EvidenceDoubted`
    until `answered` names each doubt; the answer stands in the reason. "Fulfilled" after the deadline becomes "fulfilled late".
    """
    claim = open_claim(session, claim_id, revision, {"judgment": value, "reason": reason})
    judged_before = claim.fulfillment or claim.verdict
    day = _day(claim, holds_for, now)
    methodology = methodology_on(session, day_of(now))
    judgment = _in_time(claim, _judgment(claim, value, methodology), day, methodology)
    if not reason.strip():
        raise ActionError("A judgment needs a reason: one sentence that says why.")
    given = [evidence] if isinstance(evidence, NewEvidence) else list(evidence or ())
    for one in given:
        if one.problem:
            raise ActionError(one.problem)
    standing = [e for e in claim.evidence if e.state is not EvidenceState.FAILED]
    is_final = methodology.is_final(judgment)
    if is_final and not given and not standing:
        raise ActionError(f"{judgment.value!r} is final and needs evidence: an address, a file, or a text to be archived.")
    doubted = _doubts(claim, judgment, day, standing, given) if is_final else []
    _answered(doubted, answered)
    track_by(session, claim, actor, now)
    before = state_of(claim)
    earlier = next(iter(reversed(claim.standing_reviews)), None)
    question = Question.FULFILLMENT if isinstance(judgment, Fulfillment) else Question.VERDICT
    if isinstance(judgment, Fulfillment):
        claim.fulfillment = judgment
    else:
        claim.verdict = judgment
    review = Review(
        claim=claim,
        person=actor,
        question=question,
        value=judgment.value,
        reason=reason.strip(),
        holds_for=day,
        recorded_at=now,
        second_look=is_final and methodology.second_look,
        methodology=methodology.version,
        replaces=earlier,
    )
    session.add(review)
    session.flush()
    was_final = judged_before is not None and methodology.is_final(judged_before)
    if is_final:
        _appoint_after_final(claim, judgment, review, now)
    else:
        _appoint_after_open(session, claim, judgment, now, was_final=was_final)
    rests_on = [*standing, *(add_evidence(session, claim, one, actor=actor, now=now, review=review) for one in given)]
    log_decision(
        session,
        claim,
        Action.JUDGE,
        actor=actor,
        before=before,
        reason=reason,
        day=day,
        now=now,
        details={
            "review": review.id,
            "value": judgment.value,
            "replaces": earlier.id if earlier else None,
            "methodology": methodology.version,
            "second_look": review.second_look,
            "evidence": [one.as_told for one in rests_on],
            "answered": [doubt.name for doubt in doubted],
        },
    )
    return review


def correct(
    session: Session,
    claim_id: int,
    *,
    value: str,
    reason: str,
    actor: Person,
    now: datetime,
    holds_for: date | None = None,
    evidence: NewEvidence | Sequence[NewEvidence] | None = None,
    answered: Iterable[str] = (),
    revision: int | None = None,
) -> Review:
    """Replace a judgment openly: both stay visible. A claim that nobody has judged has nothing to correct."""
    claim = tracked_claim(session, claim_id, revision, {"judgment": value, "reason": reason})
    if not claim.standing_reviews:
        raise ActionError(f"Claim {claim_id} has not been judged, so there is nothing to correct.")
    return judge(
        session,
        claim_id,
        value=value,
        reason=reason,
        actor=actor,
        now=now,
        holds_for=holds_for,
        evidence=evidence,
        answered=answered,
    )


def reopen(session: Session, claim_id: int, *, reason: str, actor: Person, now: datetime, revision: int | None = None) -> Claim:
    """Take a judged claim up again: it is open or unchecked, with its appointments; the judgments stay visible."""
    claim = tracked_claim(session, claim_id, revision, {"judgment": "open", "reason": reason})
    judgment = claim.fulfillment or claim.verdict
    if judgment in {Fulfillment.OPEN, Verdict.UNCHECKED}:
        raise ActionError(f"Claim {claim_id} is open already.")
    if not reason.strip():
        raise ActionError("Reopening needs a reason: one sentence that says what is new.")
    before = state_of(claim)
    if claim.kind.is_pledge:
        claim.fulfillment = Fulfillment.OPEN
    else:
        claim.verdict = Verdict.UNCHECKED
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None and follow_up.rule in {FollowUpRule.SECOND_LOOK, FollowUpRule.BROKEN}:
            follow_up.done_at, follow_up.outcome = now, "reopened"
    appoint_for_tracked(session, claim, now)
    log_decision(session, claim, Action.REOPEN, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def sign_off(
    session: Session, claim_id: int, *, actor: Person, now: datetime, reason: str = "", revision: int | None = None
) -> Review:
    """Confirm the judgment that holds, as a second person."""
    claim = tracked_claim(session, claim_id, revision, {"signed off": True, "reason": reason})
    review = next(iter(reversed(claim.standing_reviews)), None)
    if review is None or not review.second_look or review.value != (claim.fulfillment or claim.verdict):
        raise ActionError(f"No judgment of claim {claim_id} waits for a second look.")
    if signed_by(claim, review):
        raise ActionError(f"The judgment of claim {claim_id} is signed off already.")
    if review.person_id == actor.id:
        raise ActionError("Who judged cannot sign off; a second person has to look at it.")
    before = state_of(claim)
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None and follow_up.rule is FollowUpRule.SECOND_LOOK:
            follow_up.done_at, follow_up.outcome = now, "signed off"
    log_decision(
        session,
        claim,
        Action.SIGN_OFF,
        actor=actor,
        before=before,
        reason=reason,
        day=day_of(now),
        now=now,
        details={"signs": review.id},
    )
    return review


def signed_by(claim: Claim, review: Review) -> str | None:
    """Who signed a judgment off, if that was not undone."""
    undone = {decision.undoes_id for decision in claim.decisions}
    return next(
        (
            decision.actor
            for decision in claim.decisions
            if decision.action is Action.SIGN_OFF and decision.details.get("signs") == review.id and decision.id not in undone
        ),
        None,
    )


def _day(claim: Claim, holds_for: date | None, now: datetime) -> date:
    day, today, said = holds_for or day_of(now), day_of(now), claim.release.published_on
    if day > today:
        raise ActionError(f"A judgment cannot hold for a day to come ({day.isoformat()}).")
    if said is not None and day < said:
        raise ActionError(f"A judgment cannot hold for {day.isoformat()}: the claim was made on {said.isoformat()}.")
    return day


def _judgment(claim: Claim, value: str, methodology: Methodology) -> Fulfillment | Verdict:
    scale: type[Fulfillment | Verdict] = Fulfillment if claim.kind.is_pledge else Verdict
    try:
        judgment = scale(value)
    except ValueError:
        words = ", ".join(scale)
        raise ActionError(f"{value!r} is no judgment for a {claim.kind.value}. It can be: {words}.") from None
    if not methodology.knows(judgment):
        raise ActionError(f"{value!r} is not in the desk's scale {methodology.version!r} any more.")
    return judgment


def _in_time(claim: Claim, judgment: Fulfillment | Verdict, day: date, methodology: Methodology) -> Fulfillment | Verdict:
    """As the dates have it, where the scale has a word for that."""
    dated = in_time(judgment, claim.deadline, day) if isinstance(judgment, Fulfillment) else judgment
    return dated if methodology.knows(dated) else judgment


def _doubts(
    claim: Claim, judgment: Fulfillment | Verdict, day: date, standing: Sequence[Evidence], given: Sequence[NewEvidence]
) -> list[Doubt]:
    rests_on = [Given(one.kind, one.document_on, one.by_claimant) for one in standing]
    rests_on += [Given(one.kind, one.document_on, one.by_claimant) for one in given]
    return doubts(claim.kind, judgment, day, rests_on)


def _answered(doubted: Sequence[Doubt], answered: Iterable[str]) -> None:
    said = set(answered)
    left = [doubt for doubt in doubted if doubt.name not in said]
    if left:
        raise EvidenceDoubted([doubt.name for doubt in left], [doubt.sentence for doubt in left])


def _appoint_after_final(claim: Claim, judgment: Fulfillment | Verdict, review: Review, now: datetime) -> None:
    """A final judgment closes the clock; it may want a second person, and a broken pledge stays in sight."""
    close_appointments(claim, outcome=judgment.value, now=now)
    if review.second_look:
        appoint(claim, due_on=day_of(now), rule=FollowUpRule.SECOND_LOOK, now=now)
    if judgment is Fulfillment.NOT_FULFILLED:
        appoint(claim, due_on=day_of(now) + BROKEN_AGAIN, rule=FollowUpRule.BROKEN, now=now)


def _appoint_after_open(
    session: Session, claim: Claim, judgment: Fulfillment | Verdict, now: datetime, *, was_final: bool
) -> None:
    """What was due is dealt with by looking; what is to come stays, or is set again where a final judgment had closed it.

    A pledge that is past its deadline has no date to come then and is listed as one without appointment until somebody makes one.
    """
    today = day_of(now)
    for follow_up in claim.follow_ups:
        if follow_up.done_at is None and (follow_up.due_on <= today or was_final):
            follow_up.done_at, follow_up.outcome = now, judgment.value
    if was_final:
        appoint_for_tracked(session, claim, now, only_to_come=True)
