"""Correcting what the machine found, naming who looks after a claim, and noting an extension. The findings stay beside."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.access import open_claim, tracked_claim
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.actions.evidence import NewEvidence, add_evidence
from models.actions.follow import appoint_for_tracked
from models.claim import Claim
from models.days import day_of
from models.deadlines import last_day
from models.faction import Speaker
from models.person import Person
from models.words import Action, Fulfillment, Kind, Stage, Verdict

LONGEST_SUMMARY = 500  # characters


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person says of a claim; None leaves a field as it is, "" (or `no_amount`) says that it has none.

    `deadline` is a day or "", `amount` at least and at most in EUR, `speaker` a name, `topic` an id of the public record.
    """

    summary: str | None = None
    kind: Kind | None = None
    deadline: date | str | None = None
    amount: tuple[float | None, float | None] | None = None
    no_amount: bool = False
    topic: str | None = None
    speaker: str | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        """The fields that it sets, in plain values."""
        plain = {
            "summary": self.summary,
            "kind": self.kind and self.kind.value,
            "deadline": self.deadline.isoformat() if isinstance(self.deadline, date) else self.deadline,
            "amount": "" if self.no_amount else list(self.amount) if self.amount else None,
            "topic": self.topic,
            "speaker": self.speaker,
        }
        return {field: value for field, value in plain.items() if value is not None}


def edit(
    session: Session, claim_id: int, given: Edit, *, actor: Person, now: datetime, reason: str = "", revision: int | None = None
) -> Claim:
    """Correct fields of a claim. The machine's finding stays as it is, and is what a field falls back to."""
    claim = open_claim(session, claim_id, revision, {**given.wanted, "reason": reason})
    _check(claim, given)
    before = state_of(claim)
    kind, last = claim.kind, last_day(claim.deadline, claim.extended_until)
    if given.summary is not None:
        claim.summary = given.summary.strip() or None
    if given.kind is not None:
        claim.decided_kind = given.kind
    _set_values(session, claim, given)
    if claim.stage is Stage.TRACKED:
        if claim.kind.is_pledge != kind.is_pledge:
            _change_scale(claim)
        if claim.kind is not kind or last_day(claim.deadline, claim.extended_until) != last:
            appoint_for_tracked(session, claim, now)
    if state_of(claim) == before:
        raise ActionError("Nothing is changed by this: every field has that value already.")
    log_decision(session, claim, Action.EDIT, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def assign(
    session: Session,
    claim_id: int,
    *,
    to: Person | None,
    actor: Person,
    now: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Claim:
    """Say who looks after a claim; None: nobody."""
    claim = open_claim(session, claim_id, revision, {"assignee": to and to.name, "reason": reason})
    if claim.assignee is to:
        raise ActionError(f"Claim {claim_id} is {f'with {to.name}' if to else 'with nobody'} already.")
    before = state_of(claim)
    claim.assignee = to
    log_decision(session, claim, Action.ASSIGN, actor=actor, before=before, reason=reason, day=day_of(now), now=now)
    return claim


def extend(
    session: Session,
    claim_id: int,
    *,
    until: date,
    reason: str,
    actor: Person,
    now: datetime,
    source: NewEvidence | None = None,
    revision: int | None = None,
) -> Claim:
    """Note that the claimant has put the deadline off, with its source; the deadline stays what was promised."""
    claim = tracked_claim(session, claim_id, revision, {"extended_until": until.isoformat(), "reason": reason})
    if not claim.kind.is_pledge:
        raise ActionError(f"Claim {claim_id} is no pledge and has no deadline to extend.")
    last = last_day(claim.deadline, claim.extended_until)
    if last is None:
        raise ActionError(f"Claim {claim_id} has no deadline; set one first.")
    if until <= last:
        raise ActionError(f"An extension has to end after {last.isoformat()}.")
    if not reason.strip():
        raise ActionError("An extension needs a reason: who put it off, and where that was said.")
    if source is None:
        raise ActionError("An extension needs its source: the address, file or text where it was said.")
    if source.problem:
        raise ActionError(source.problem)
    before = state_of(claim)
    claim.extended_until = until
    appoint_for_tracked(session, claim, now)
    added = add_evidence(session, claim, source, actor=actor, now=now)
    log_decision(
        session,
        claim,
        Action.EXTEND,
        actor=actor,
        before=before,
        reason=reason,
        day=day_of(now),
        now=now,
        details={"evidence": [added.as_told]},
    )
    return claim


def _check(claim: Claim, given: Edit) -> None:
    if not given.wanted:
        raise ActionError("Say what is to be changed: summary, kind, deadline, amount, topic or speaker.")
    if given.summary is not None and len(given.summary.strip()) > LONGEST_SUMMARY:
        raise ActionError(f"A summary has at most {LONGEST_SUMMARY} characters; this one has {len(given.summary.strip())}.")
    made_on = claim.release.published_on
    if isinstance(given.deadline, date) and made_on is not None and given.deadline < made_on:
        raise ActionError(f"A deadline cannot lie before the claim, which was made on {made_on.isoformat()}.")
    if given.amount is not None:
        low, high = given.amount
        if low is None and high is None:
            raise ActionError("An amount needs a number; to say that there is none, empty it.")
        if any(value is not None and not 0 <= value < 1e15 for value in given.amount):  # noqa: PLR2004  more than there is
            raise ActionError("An amount is a number of euros from 0 on.")
        if low is not None and high is not None and low > high:
            raise ActionError("The lower end of an amount cannot lie above its upper end.")
    if given.kind is not None and given.kind.is_pledge != claim.kind.is_pledge and claim.standing_reviews:
        raise ActionError(f"Claim {claim.id} has been judged as a {claim.kind.value}; undo that before its kind is changed.")


def _set_values(session: Session, claim: Claim, given: Edit) -> None:
    without = set(claim.without.split())

    def put(field: str, value: object, *, empty: bool) -> None:
        if value is None and not empty:
            return
        (without.add if empty else without.discard)(field)

    put("deadline", given.deadline, empty=given.deadline == "")
    put("amount", given.amount, empty=given.no_amount)
    put("topic", given.topic, empty=given.topic == "")
    put("speaker", given.speaker, empty=given.speaker == "")
    if given.deadline is not None:
        claim.decided_deadline = given.deadline if isinstance(given.deadline, date) else None
        # A later deadline, or none, leaves nothing to extend.
        if claim.extended_until is not None and (claim.decided_deadline or date.max) >= claim.extended_until:
            claim.extended_until = None
    if given.amount is not None or given.no_amount:
        low, high = (None, None) if given.no_amount else given.amount or (None, None)
        claim.decided_amount_min, claim.decided_amount_max = _cents(low), _cents(high)
    if given.topic is not None:
        claim.decided_topic = given.topic.strip() or None
    if given.speaker is not None:
        claim.decided_speaker = speaker_named(session, claim.release.parliament, given.speaker.strip())
    claim.without = " ".join(sorted(without))


def _cents(amount: float | None) -> float | None:
    """As the column keeps it, so that the history tells what is stored."""
    return None if amount is None else round(float(amount), 2)


def speaker_named(session: Session, parliament: str, name: str) -> Speaker | None:
    """The speaker of that name in a parliament, new if need be; None for no name."""
    if not name:
        return None
    speaker = session.scalar(select(Speaker).where(Speaker.parliament == parliament, Speaker.name == name))
    if speaker is None:
        speaker = Speaker(parliament=parliament, name=name)
        session.add(speaker)
        session.flush()
    return speaker


def _change_scale(claim: Claim) -> None:
    is_pledge = claim.kind.is_pledge
    claim.fulfillment = Fulfillment.OPEN if is_pledge else None
    claim.verdict = None if is_pledge else Verdict.UNCHECKED
    if not is_pledge:
        claim.extended_until = None
