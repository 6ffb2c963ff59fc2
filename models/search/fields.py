"""What can be found of releases and claims, as it was written, read from their rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.days import day_of
from models.faction import Speaker
from models.release import Release, ReleaseVersion
from models.review import Decision, Dispute, Evidence
from models.search.entry import Shelf
from models.words import DISPLAY_THRESHOLD, Stage

TITLE, SUBTITLE, TEXT, QUOTE, SUMMARY, SPEAKER, NOTE = "title", "subtitle", "text", "quote", "summary", "speaker", "note"


@dataclass(slots=True)
class Fields:
    """The searchable texts of one release or claim: (name, text) in order, the first ones being its head."""

    release_id: int
    claim_id: int | None
    day: date
    shelf: Shelf | None
    title: str
    head: list[tuple[str, str]]
    body: list[tuple[str, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self.head
        yield from self.body


def release_fields(session: Session, ids: Collection[int]) -> dict[int, Fields]:
    """Releases by number, each in its newest version."""
    newest = (
        select(ReleaseVersion.release_id, func.max(ReleaseVersion.number).label("number"))
        .where(ReleaseVersion.release_id.in_(ids))
        .group_by(ReleaseVersion.release_id)
        .subquery()
    )
    query = (
        select(
            ReleaseVersion.release_id,
            Release.published_on,
            Release.first_seen_at,
            ReleaseVersion.title,
            ReleaseVersion.subtitle,
            ReleaseVersion.text,
        )
        .join(newest, (newest.c.release_id == ReleaseVersion.release_id) & (newest.c.number == ReleaseVersion.number))
        .join(Release, Release.id == ReleaseVersion.release_id)
    )
    found = {}
    for number, published, seen, title, subtitle, text in session.execute(query):
        head = [(TITLE, title), *([(SUBTITLE, subtitle)] if subtitle else [])]
        found[number] = Fields(number, None, published or day_of(seen), Shelf.RELEASE, title, head, [(TEXT, text)])
    return found


def claim_fields(session: Session, ids: Collection[int]) -> dict[int, Fields]:
    """Claims by number, each with what people wrote about it. Those that no list shows have no shelf."""
    query = (
        select(
            Claim.id,
            Claim.release_id,
            Release.published_on,
            Release.first_seen_at,
            ReleaseVersion.title,
            Claim.stage,
            Claim.quote,
            Claim.summary,
            Finding.score,
            Speaker.name,
        )
        .join(Release, Release.id == Claim.release_id)
        .join(ReleaseVersion, ReleaseVersion.id == Claim.version_id)
        .outerjoin(Finding, (Finding.claim_id == Claim.id) & Finding.current)
        .outerjoin(Speaker, Speaker.id == Finding.speaker_id)
        .where(Claim.id.in_(ids))
    )
    found = {}
    for number, release, published, seen, title, stage, quote, summary, score, speaker in session.execute(query):
        fields = Fields(release, number, published or day_of(seen), _shelf(stage, score), title, [(QUOTE, quote)])
        fields.body += [(name, text) for name, text in ((SUMMARY, summary), (SPEAKER, speaker)) if text]
        found[number] = fields
    notes = (
        select(Decision.claim_id, Decision.reason).where(Decision.claim_id.in_(found)).order_by(Decision.id),
        select(Evidence.claim_id, Evidence.note).where(Evidence.claim_id.in_(found)).order_by(Evidence.id),
        select(Dispute.claim_id, Dispute.objector, Dispute.position).where(Dispute.claim_id.in_(found)).order_by(Dispute.id),
    )
    for written in notes:
        for number, *texts in session.execute(written):
            found[number].body += [(NOTE, text) for text in texts if text]
    return found


def _shelf(stage: Stage, score: float | None) -> Shelf | None:
    """As `queries.expressions.is_shown` has it."""
    if score is None or (stage is Stage.CANDIDATE and score < DISPLAY_THRESHOLD):
        return None
    return Shelf.DISMISSED if stage is Stage.DISMISSED else Shelf.CLAIM
