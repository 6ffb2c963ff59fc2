"""The history: what changed in a claim, who did it, why and for which day, as a link of the chain."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.chain import FIRST, link_hash
from models.claim import Claim
from models.person import Person
from models.review import Decision
from models.words import Action

CHAIN_LOCK = 0x62776368  # "bwch": advisory lock on PostgreSQL while a link is added
# What follows from the others, or from the machine's finding; it is shown, not restored.
DERIVED = frozenset({"kind"})


def state_of(claim: Claim) -> dict[str, Any]:
    """What a person can change of a claim, as it stands, in plain values."""
    return {
        "stage": claim.stage.value,
        "dismiss_reason": claim.dismiss_reason and claim.dismiss_reason.value,
        "kind": claim.kind.value,
        "decided_kind": claim.decided_kind and claim.decided_kind.value,
        "fulfillment": claim.fulfillment and claim.fulfillment.value,
        "verdict": claim.verdict and claim.verdict.value,
        "disputed": claim.disputed,
        "summary": claim.summary,
        "deadline": _iso(claim.decided_deadline),
        "amount_min": claim.decided_amount_min,
        "amount_max": claim.decided_amount_max,
        "topic": claim.decided_topic,
        "speaker": claim.decided_speaker and claim.decided_speaker.name,
        "without": claim.without,
        "extended_until": _iso(claim.extended_until),
        "assignee": claim.assignee and claim.assignee.name,
        "same_as": claim.same_as_id if claim.same_as is None else claim.same_as.id,
        "appointments": open_appointments(claim),
    }


def open_appointments(claim: Claim) -> list[list[str]]:
    """The open appointments in plain values: day, rule, remark."""
    return sorted([f.due_on.isoformat(), f.rule.value, f.reason] for f in claim.follow_ups if f.done_at is None)


def log_decision(
    session: Session,
    claim: Claim,
    action: Action,
    *,
    actor: Person,
    before: Mapping[str, Any],
    reason: str,
    day: date,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    undoes: Decision | None = None,
    by_machine: bool = False,
) -> Decision:
    """Write down what a person did: the fields that differ from `before`, chained to the decision before.

    What the worker did (`by_machine`) is written down as well, but leaves the forms that people have open fresh.
    """
    after = state_of(claim)
    # A judgment is named even where it repeats the one before.
    judged = {"fulfillment", "verdict"} if action is Action.JUDGE else set()
    changed = [name for name in after if after[name] != before[name] or (name in judged and after[name])]
    # Every action makes older forms of this claim stale, also one that changes none of its own columns.
    if not by_machine:
        claim.decided_at = now
        flag_modified(claim, "decided_at")  # two actions of one moment count twice
    session.flush()
    number, previous = _next_link(session)
    with session.no_autoflush:
        decision = Decision(
            claim=claim,
            person=actor,
            actor=actor.name,
            action=action,
            reason=reason.strip(),
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            details={**(details or {}), **({"by_machine": True} if by_machine else {}), "revision": claim.revision},
            holds_for=day,
            recorded_at=now,
            undoes=undoes,
            number=number,
            previous=previous,
        )
        session.add(decision)
        # The hash covers the keys, which a flush would set only now.
        decision.claim_id, decision.person_id, decision.undoes_id = claim.id, actor.id, undoes.id if undoes else None
        decision.hash = link_hash(previous, decision.chained)
    session.flush()
    return decision


def _next_link(session: Session) -> tuple[int, str]:
    """The number of the next decision and the hash before it; the head is read under a lock until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK)))
    head = session.execute(select(Decision.number, Decision.hash).order_by(Decision.number.desc()).limit(1)).first()
    return (head.number + 1, head.hash) if head else (1, FIRST)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
