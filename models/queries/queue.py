"""The review queue: candidates by how likely they are claims of ours, and one of them with what a person needs to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.faction import Speaker
from models.learned import LearnedScore
from models.queries.claims import ClaimFilter
from models.queries.expressions import claim_deadline, claim_kind, claim_topic
from models.release import Release, ReleaseVersion
from models.search.index import dialect_of
from models.words import Stage

QUEUE_SIZE = 500  # candidates a visit works through before the queue is asked for again


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A candidate as the list of the next ones shows it."""

    id: int
    quote: str
    kind: str
    faction: str | None


@dataclass(frozen=True, slots=True)
class QueueCard:
    """A candidate with its archived text and all that was found in it; `start` and `end` are characters of `text`."""

    id: int
    revision: int
    quote: str
    text: str
    start: int
    end: int
    title: str
    version: int
    read_at: datetime
    release_id: int
    parliament: str
    published_on: date | None
    kind: str
    speaker: str | None
    faction: str | None
    amount_min_eur: float | None
    amount_max_eur: float | None
    deadline: date | None
    deadline_phrase: str | None
    topic: str | None
    score: float
    learned: float | None
    reasons: list[dict[str, Any]]
    summary: str | None


# A person's correction before the machine's finding, also where it says that there is none.
_SPEAKER = case((Claim.without.contains("speaker"), None), else_=func.coalesce(Claim.decided_speaker_id, Finding.speaker_id))


def _amount(decided: Any, found: Any) -> Any:
    is_decided = or_(Claim.decided_amount_min.is_not(None), Claim.decided_amount_max.is_not(None))
    return case((Claim.without.contains("amount"), None), (is_decided, decided), else_=found)


def queue_ids(session: Session, wanted: ClaimFilter, *, limit: int = QUEUE_SIZE) -> list[int]:
    """The candidates of a filter, the likeliest first: by the learned score where there is one, else by the rules'."""
    likelihood = func.coalesce(LearnedScore.score, Finding.score)
    query = (
        select(Claim.id)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .outerjoin(Speaker, Speaker.id == Finding.speaker_id)
        .outerjoin(LearnedScore, LearnedScore.finding_id == Finding.id)
        .where(Claim.stage == Stage.CANDIDATE, ~Claim.disputed, *wanted.conditions(dialect_of(session)))
        .order_by(likelihood.desc(), Claim.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def queue_rows(session: Session, ids: Sequence[int]) -> list[QueueRow]:
    """Some candidates for a list, in the order of their numbers as given."""
    query = (
        select(Claim.id, Claim.quote, claim_kind, Finding.speaker_faction)
        .join(Finding, Finding.claim_id == Claim.id)
        .where(Claim.id.in_(ids), Finding.current)
    )
    rows = {row.id: QueueRow(*row) for row in session.execute(query)}
    return [rows[number] for number in ids if number in rows]


def queue_card(session: Session, claim_id: int) -> QueueCard | None:
    """One candidate; None if the rules find it no longer or a person has decided about it."""
    columns: Any = (
        Claim.id,
        Claim.revision,
        Claim.quote,
        ReleaseVersion.text,
        Claim.start,
        Claim.end,
        ReleaseVersion.title,
        ReleaseVersion.number,
        ReleaseVersion.read_at,
        Claim.release_id,
        Release.parliament,
        Release.published_on,
        claim_kind,
        Speaker.name,
        Finding.speaker_faction,
        _amount(Claim.decided_amount_min, Finding.amount_min_eur),
        _amount(Claim.decided_amount_max, Finding.amount_max_eur),
        claim_deadline,
        Finding.deadline_phrase,
        claim_topic,
        Finding.score,
        LearnedScore.score.label("learned"),
        Finding.reasons,
        Claim.summary,
    )
    query = (
        select(*columns)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .join(ReleaseVersion, ReleaseVersion.id == Claim.version_id)
        .outerjoin(Speaker, Speaker.id == _SPEAKER)
        .outerjoin(LearnedScore, LearnedScore.finding_id == Finding.id)
        .where(Claim.id == claim_id, Finding.current, Claim.stage == Stage.CANDIDATE)
    )
    row = session.execute(query).first()
    return QueueCard(*row) if row else None
