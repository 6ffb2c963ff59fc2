"""Getting at the claim that somebody wants to act on: locked, in the state that the action needs, as fresh as the form."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.actions.errors import ActionError, Meanwhile, StaleClaim
from models.claim import Claim
from models.review import Decision
from models.words import Stage


def claim_to_change(session: Session, claim_id: int, revision: int | None, mine: Mapping[str, Any] | None = None) -> Claim:
    """The claim, locked until the transaction ends.

    `revision` is that of the form; an older one raises `StaleClaim` with what changed since beside `mine`, what was wanted.
    A text in `mine` that no database takes is refused before anything is done.
    """
    for name, value in (mine or {}).items():
        if isinstance(value, str):
            refuse_unstorable(name, value)
    # Locked, so that of two people who act at once the second sees what the first did (SQLite has one writer anyway).
    claim = session.get(Claim, claim_id, with_for_update=True, populate_existing=True)
    if claim is None:
        raise ActionError(f"There is no claim {claim_id}.")
    if revision is not None and claim.revision != revision:
        raise StaleClaim(claim_id, _meanwhile(claim, revision), mine or {})
    return claim


def open_claim(session: Session, claim_id: int, revision: int | None, mine: Mapping[str, Any] | None = None) -> Claim:
    """As `claim_to_change`, but not a dismissed one."""
    claim = claim_to_change(session, claim_id, revision, mine)
    if claim.stage is Stage.DISMISSED:
        raise ActionError(f"Claim {claim_id} is dismissed; track it first.")
    return claim


def tracked_claim(session: Session, claim_id: int, revision: int | None, mine: Mapping[str, Any] | None = None) -> Claim:
    """As `claim_to_change`, but only a tracked one."""
    claim = open_claim(session, claim_id, revision, mine)
    if claim.stage is not Stage.TRACKED:
        raise ActionError(f"Claim {claim_id} is a candidate; track it first.")
    return claim


def refuse_unstorable(name: str, text: str) -> None:
    """Refuse a text with the character U+0000 or with half a surrogate pair, which databases and hashes do not take."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ActionError(f"The {name} holds a character that cannot be stored (U+0000, or bytes that are no UTF-8).")


def _meanwhile(claim: Claim, revision: int) -> list[Meanwhile]:
    """What changed after a revision: each field with its value then and now, and who changed it last."""
    changes: dict[str, Meanwhile] = {}
    for decision in claim.decisions:
        if decision.details.get("revision", 0) <= revision:
            continue
        for field, now in decision.after.items():
            then = changes[field].then if field in changes else decision.before.get(field)
            changes[field] = Meanwhile(field, then, now, decision.actor, decision.recorded_at)
        if not decision.after and not decision.details.get("by_machine"):
            field = decision.action.value
            changes[field] = Meanwhile(field, None, _what(decision), decision.actor, decision.recorded_at)
    return [change for change in changes.values() if change.then != change.now]


def _what(decision: Decision) -> str:
    """What a decision did that changed no field of the claim: its reason, the evidence it added, or only its name."""
    added = [piece.get("address") or piece["kind"] for piece in decision.details.get("evidence", ())]
    return decision.reason or ", ".join(added) or decision.action.value
