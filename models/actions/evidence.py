"""Evidence: an address is pending until the worker has archived its page; a file and a pasted text count at once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from models.actions.access import claim_to_change, open_claim, refuse_unstorable
from models.actions.decision_log import log_decision, state_of
from models.actions.errors import ActionError
from models.actions.follow import appoint
from models.actions.people import person_named
from models.actions.requests import ask
from models.claim import Claim
from models.days import day_of
from models.person import Person
from models.review import Evidence, Review
from models.snapshot import Body, Snapshot
from models.words import Action, EvidenceKind, EvidenceState, FollowUpRule, RequestKind

LARGEST_FILE = 20 * 2**20  # bytes
MACHINE = "beimwort"  # in whose name the history tells what the worker did
# The first bytes of the files that count as documents; what a browser says of a file proves nothing.
_MEDIA = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What a person gives as evidence: an address to be archived, a file, or a text (an address then says where it stands)."""

    kind: EvidenceKind = EvidenceKind.REPORT
    address: str = ""
    note: str = ""
    document_on: date | None = None
    by_claimant: bool = False
    file_name: str = ""
    content: bytes = b""

    @property
    def problem(self) -> str | None:
        """What is wrong with it, in one sentence."""
        if not self.address.strip() and not self.note.strip() and not self.content:
            return "Evidence needs an address, a file or a pasted text."
        for name, text in (("address", self.address), ("text", self.note), ("file name", self.file_name)):
            try:
                refuse_unstorable(name, text)
            except ActionError as error:
                return str(error)
        if self.content and media_type(self.content) is None:
            return f"{self.file_name or 'The file'} is no PDF and no picture (PNG, JPEG, GIF)."
        if len(self.content) > LARGEST_FILE:
            return f"{self.file_name or 'The file'} is larger than {LARGEST_FILE // 2**20} MiB."
        if self.address.strip():
            try:
                parts = urlsplit(self.address.strip())
            except ValueError:
                return f"{self.address!r} is no web address."
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                return f"{self.address!r} is no web address; it must begin with http:// or https://."
        return None


def media_type(content: bytes) -> str | None:
    """The media type of a document by its first bytes; None for what is no document."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media for start, media in _MEDIA if content.startswith(start)), None)


def add_evidence(
    session: Session, claim: Claim, given: NewEvidence, *, actor: Person, now: datetime, review: Review | None = None
) -> Evidence:
    """Store evidence; an address without text or file is put on the worker's list."""
    counts_at_once = bool(given.note.strip() or given.content)
    evidence = Evidence(
        claim=claim,
        person=actor,
        review=review,
        kind=given.kind,
        by_claimant=given.by_claimant,
        address=given.address.strip() or None,
        note=given.note.strip(),
        file_name=(given.file_name.strip() or "Datei") if given.content else None,
        media_type=media_type(given.content) if given.content else None,
        body=_body(session, given.content) if given.content else None,
        document_on=given.document_on,
        state=EvidenceState.ARCHIVED if counts_at_once else EvidenceState.PENDING,
        added_at=now,
    )
    session.add(evidence)
    session.flush()
    if not counts_at_once:
        ask(session, RequestKind.ARCHIVE_EVIDENCE, {"evidence": evidence.id}, asked_by=actor.name, now=now)
    return evidence


def attach(
    session: Session,
    claim_id: int,
    given: NewEvidence,
    *,
    actor: Person,
    now: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Evidence:
    """Add evidence to a claim without judging it."""
    claim = open_claim(
        session, claim_id, revision, {"evidence": given.address or given.file_name or given.note, "reason": reason}
    )
    if given.problem:
        raise ActionError(given.problem)
    before = state_of(claim)
    evidence = add_evidence(session, claim, given, actor=actor, now=now)
    _log(session, evidence, actor=actor, before=before, reason=reason, now=now)
    return evidence


def evidence_archived(session: Session, evidence_id: int, snapshot: Snapshot, now: datetime) -> None:
    """The page is in the archive."""
    evidence = session.get_one(Evidence, evidence_id)
    claim_to_change(session, evidence.claim_id, None)
    before = state_of(evidence.claim)
    evidence.snapshot, evidence.state, evidence.failure = snapshot, EvidenceState.ARCHIVED, None
    session.flush()
    _log(session, evidence, before=before, reason="", now=now)


def evidence_failed(session: Session, evidence_id: int, failure: str, today: date, now: datetime) -> None:
    """The page could not be had: the claim comes back to the desk with the reason."""
    evidence = session.get_one(Evidence, evidence_id)
    claim_to_change(session, evidence.claim_id, None)
    before = state_of(evidence.claim)
    evidence.state, evidence.failure = EvidenceState.FAILED, failure
    appoint(evidence.claim, due_on=today, rule=FollowUpRule.EVIDENCE_FAILED, now=now, reason=f"{evidence.address}: {failure}")
    session.flush()
    _log(session, evidence, before=before, reason=failure, now=now)


def _log(
    session: Session, evidence: Evidence, *, before: dict[str, Any], reason: str, now: datetime, actor: Person | None = None
) -> None:
    log_decision(
        session,
        evidence.claim,
        Action.EVIDENCE,
        actor=actor or person_named(session, MACHINE, now),
        before=before,
        reason=reason,
        day=day_of(now),
        now=now,
        details={"evidence": [evidence.as_told]},
        by_machine=actor is None,
    )


def _body(session: Session, content: bytes) -> Body:
    """The bytes of a file, stored once."""
    body = Body.of(content)
    return session.get(Body, body.sha256) or body
