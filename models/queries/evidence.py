"""The bytes of archived evidence, as they were fetched or given."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.review import Evidence
from models.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """An archived document; `media_type` is what its first bytes tell, None for a page as served."""

    media_type: str | None
    content: bytes


def evidence_file(session: Session, evidence_id: int) -> EvidenceFile | None:
    """What is archived of a piece of evidence; None for a pasted text and for an address that is not archived."""
    evidence = session.scalar(
        select(Evidence)
        .where(Evidence.id == evidence_id)
        .options(selectinload(Evidence.body), selectinload(Evidence.snapshot).selectinload(Snapshot.body))
    )
    if evidence is None:
        return None
    if evidence.body is not None:
        return EvidenceFile(evidence.media_type, evidence.body.content)
    return EvidenceFile(None, evidence.snapshot.content) if evidence.snapshot is not None else None
