"""The log of decisions: what changed, who did it, why, and for which day it holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.claim import Claim
from models.person import Person
from models.review import Decision
from models.words import Action


def state_of(claim: Claim) -> dict[str, Any]:
    """What a person can change of a claim, as it stands."""
    return {
        "stage": claim.stage.value,
        "kind": claim.kind.value,
        "fulfillment": claim.fulfillment and claim.fulfillment.value,
        "verdict": claim.verdict and claim.verdict.value,
        "disputed": claim.disputed,
    }


def log_decision(
    session: Session,
    claim: Claim,
    action: Action,
    *,
    actor: Person,
    before: dict[str, Any],
    reason: str,
    day: date,
    now: datetime,
) -> None:
    """Write down what a person did: the fields that differ from `before`."""
    after = state_of(claim)
    # A judgment is named even where it repeats the one before.
    judged = {"fulfillment", "verdict"} if action is Action.JUDGE else set()
    changed = [name for name in after if after[name] != before[name] or (name in judged and after[name])]
    session.add(
        Decision(
            claim=claim,
            person=actor,
            action=action,
            reason=reason.strip(),
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            holds_for=day,
            recorded_at=now,
        )
    )
    session.flush()
