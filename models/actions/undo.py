"""Taking back what was done last with a claim: the fields are as they were, the history tells of both."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.actions.access import claim_to_change
from models.actions.decide import is_repeated
from models.actions.decision_log import DERIVED, log_decision, state_of
from models.actions.edit import speaker_named
from models.actions.errors import ActionError
from models.actions.people import person_named
from models.claim import Claim
from models.days import day_of
from models.follow_up import FollowUp
from models.person import Person
from models.review import Decision, Dispute
from models.words import Action, DismissReason, FollowUpRule, Fulfillment, Kind, Stage, Verdict

# What happened to a claim without anybody deciding, and undoing itself.
_NOT_UNDONE = frozenset({Action.UNDO, Action.EVIDENCE})
TAKEN_BACK = "undone"


def last_done(claim: Claim) -> list[Decision]:
    """What undoing would take back, the newest first: all that the last click did; nothing if all is taken back."""
    undone = {decision.undoes_id for decision in claim.decisions}
    # Decisions of the time before revisions were noted do not tell enough to be taken back.
    done = [
        d
        for d in reversed(claim.decisions)
        if d.action not in _NOT_UNDONE and d.id not in undone and d.details.get("revision", 0)
    ]
    # Judging or disputing a candidate tracks it in the same breath.
    both = len(done) > 1 and done[1].action is Action.TRACK and done[0].action in {Action.JUDGE, Action.DISPUTE}
    together = both and (done[0].recorded_at, done[0].person_id) == (done[1].recorded_at, done[1].person_id)
    return done[: 2 if together else 1]


def undo(
    session: Session, claim_id: int, *, actor: Person, now: datetime, reason: str = "", revision: int | None = None
) -> Claim:
    """Take back the last thing that a person did with a claim; a judgment that tracked it is taken back with the tracking."""
    claim = claim_to_change(session, claim_id, revision, {"reason": reason})
    done = last_done(claim)
    if not done:
        raise ActionError(f"Nothing was done with claim {claim_id} that could be undone.")
    for decision in done:
        before = state_of(claim)
        _take_back(session, claim, decision, now)
        _refuse_loose_ends(session, claim)
        log_decision(
            session,
            claim,
            Action.UNDO,
            actor=actor,
            before=before,
            reason=reason,
            day=day_of(now),
            now=now,
            details={"action": decision.action.value},
            undoes=decision,
        )
    return claim


def _take_back(session: Session, claim: Claim, decision: Decision, now: datetime) -> None:
    fields = {name: value for name, value in decision.before.items() if name not in DERIVED}
    if "appointments" in fields:
        _restore_appointments(claim, fields.pop("appointments"), decision.after["appointments"], now)
    with session.no_autoflush:
        _restore(session, claim, fields, now)
    _restore_dispute(claim, decision, now)
    session.flush()


def _refuse_loose_ends(session: Session, claim: Claim) -> None:
    """Repetitions hang on a claim that is followed up: neither end may be taken away by undoing."""
    known = claim.same_as
    if known is not None and (known.same_as_id is not None or known.stage is Stage.DISMISSED):
        raise ActionError(f"Claim {known.id}, which this one would repeat again, is dismissed or repeats another by now.")
    if claim.stage is Stage.DISMISSED and is_repeated(session, claim):
        raise ActionError(f"Other claims repeat claim {claim.id}; take them out first (split).")


def _restore(session: Session, claim: Claim, fields: Mapping[str, Any], now: datetime) -> None:
    for name, value in fields.items():
        if name in _COLUMNS:
            column, read = _COLUMNS[name]
            setattr(claim, column, None if value is None else read(value))
        elif name == "speaker":
            claim.decided_speaker = speaker_named(session, claim.release.parliament, value or "")
        elif name == "assignee":
            claim.assignee = person_named(session, value, now) if value else None
        elif name == "same_as":
            claim.same_as = session.get(Claim, value) if value else None


# Field of a state -> column of the claim and how its value is read.
_COLUMNS: dict[str, tuple[str, Any]] = {
    "stage": ("stage", Stage),
    "dismiss_reason": ("dismiss_reason", DismissReason),
    "decided_kind": ("decided_kind", Kind),
    "fulfillment": ("fulfillment", Fulfillment),
    "verdict": ("verdict", Verdict),
    "disputed": ("disputed", bool),
    "summary": ("summary", str),
    "deadline": ("decided_deadline", date.fromisoformat),
    "amount_min": ("decided_amount_min", float),
    "amount_max": ("decided_amount_max", float),
    "topic": ("decided_topic", str),
    "without": ("without", str),
    "extended_until": ("extended_until", date.fromisoformat),
}


def _restore_appointments(claim: Claim, before: list[list[str]], after: list[list[str]], now: datetime) -> None:
    """Close what the decision opened and open what it closed; appointments that came meanwhile stay."""
    for day, rule, reason in after:
        if [day, rule, reason] not in before:
            made = _appointment(claim, day, rule, reason, is_open=True)
            if made is not None:
                made.done_at, made.outcome = now, TAKEN_BACK
    for day, rule, reason in before:
        if [day, rule, reason] in after or _appointment(claim, day, rule, reason, is_open=True):
            continue
        closed = _appointment(claim, day, rule, reason, is_open=False)
        if closed is not None:
            closed.done_at = closed.outcome = None
        else:
            claim.follow_ups.append(
                FollowUp(due_on=date.fromisoformat(day), rule=FollowUpRule(rule), reason=reason, created_at=now)
            )


def _appointment(claim: Claim, day: str, rule: str, reason: str, *, is_open: bool) -> FollowUp | None:
    return next(
        (
            f
            for f in reversed(claim.follow_ups)
            if (f.due_on.isoformat(), f.rule.value, f.reason, f.done_at is None) == (day, rule, reason, is_open)
        ),
        None,
    )


def _restore_dispute(claim: Claim, decision: Decision, now: datetime) -> None:
    number = decision.details.get("dispute")
    raised = next((d for d in claim.disputes if d.id == number), None) if number is not None else None
    if raised is None:
        return
    if decision.action is Action.DISPUTE:
        raised.withdrawn, raised.resolved_at, raised.resolution = True, now, TAKEN_BACK
    elif decision.action is Action.RESOLVE:
        raised.resolved_at = raised.resolution = None
    elif decision.action is Action.REPLY:
        _restore_reply(raised, decision.details["before"])


def _restore_reply(raised: Dispute, before: Mapping[str, Any]) -> None:
    raised.reply_asked_on = date.fromisoformat(before["asked_on"]) if before["asked_on"] else None
    raised.reply_received_on = date.fromisoformat(before["received_on"]) if before["received_on"] else None
    raised.reply, raised.position = before["reply"], before["position"]
