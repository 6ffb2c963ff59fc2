"""Evidence: an address is pending until the worker has archived its page; a pasted text counts at once."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from models.actions.follow import appoint
from models.actions.requests import ask
from models.claim import Claim
from models.person import Person
from models.review import Evidence, Review
from models.snapshot import Snapshot
from models.words import EvidenceKind, EvidenceState, FollowUpRule, RequestKind


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What a person gives as evidence: an address to be archived, or a text (then the address only says where it stands)."""

    kind: EvidenceKind = EvidenceKind.REPORT
    address: str = ""
    note: str = ""
    document_on: date | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong with it, in one sentence."""
        if not self.address.strip() and not self.note.strip():
            return "Evidence needs an address or a pasted text."
        if self.address.strip():
            try:
                parts = urlsplit(self.address.strip())
            except ValueError:
                return f"{self.address!r} is no web address."
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                return f"{self.address!r} is no web address; it must begin with http:// or https://."
        return None


def add_evidence(
    session: Session, claim: Claim, given: NewEvidence, *, actor: Person, now: datetime, review: Review | None = None
) -> Evidence:
    """Store evidence; an address without text is put on the worker's list."""
    pasted = bool(given.note.strip())
    evidence = Evidence(
        claim=claim,
        person=actor,
        review=review,
        kind=given.kind,
        address=given.address.strip() or None,
        note=given.note.strip(),
        document_on=given.document_on,
        state=EvidenceState.ARCHIVED if pasted else EvidenceState.PENDING,
        added_at=now,
    )
    session.add(evidence)
    session.flush()
    if not pasted:
        ask(session, RequestKind.ARCHIVE_EVIDENCE, {"evidence": evidence.id}, asked_by=actor.name, now=now)
    return evidence


def evidence_archived(session: Session, evidence_id: int, snapshot: Snapshot) -> None:
    """The page is in the archive."""
    evidence = session.get_one(Evidence, evidence_id)
    evidence.snapshot, evidence.state, evidence.failure = snapshot, EvidenceState.ARCHIVED, None


def evidence_failed(session: Session, evidence_id: int, failure: str, today: date, now: datetime) -> None:
    """The page could not be had: the claim comes back to the desk with the reason."""
    evidence = session.get_one(Evidence, evidence_id)
    evidence.state, evidence.failure = EvidenceState.FAILED, failure
    appoint(evidence.claim, due_on=today, rule=FollowUpRule.EVIDENCE_FAILED, now=now, reason=f"{evidence.address}: {failure}")
