"""Claims as lists and one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from models.claim import Appearance, Claim, Finding
from models.faction import Faction, Speaker
from models.learned import LearnedScore
from models.queries.expressions import claim_deadline, claim_kind, claim_status, is_shown
from models.release import Change, Release, ReleaseVersion, release_faction
from models.review import Decision, Dispute, Evidence, Review
from models.search.ask import read_query
from models.search.entry import Shelf, number_column
from models.search.index import dialect_of, matching
from models.words import DISPLAY_THRESHOLD, Stage

PAGE_SIZE = 50


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims to list. Empty fields do not narrow; dismissed ones are left out unless asked for.

    `words` is what a person can type into the search: see `models.search.ask`.
    """

    status: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    faction: tuple[str, ...] = ()
    parliament: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    words: str = ""
    since: date | None = None
    until: date | None = None
    dismissed: bool = False

    @property
    def takes_dismissed(self) -> bool:
        """Whether dismissed claims are asked for."""
        return self.dismissed or "dismissed" in self.status

    def conditions(self, dialect: str) -> list[ColumnElement[bool]]:
        """The filter as SQL of a database, sqlite or postgresql."""
        wanted: list[ColumnElement[bool]] = [is_shown]
        if not self.takes_dismissed:
            wanted.append(Claim.stage != Stage.DISMISSED)
        if self.status:
            wanted.append(claim_status.in_(self.status))
        if self.kind:
            wanted.append(claim_kind.in_(self.kind))
        if self.faction:
            wanted.append(Release.factions.any(Faction.name.in_(self.faction)))
        if self.parliament:
            wanted.append(Release.parliament.in_(self.parliament))
        if self.topic:
            wanted.append(Finding.topic.in_(self.topic))
        if self.words.strip():
            found = matching(dialect, read_query(self.words), (Shelf.CLAIM, Shelf.DISMISSED)).subquery()
            wanted.append(Claim.id.in_(select(number_column(found.c.place))))
        if self.since is not None:
            wanted.append(Release.published_on >= self.since)
        if self.until is not None:
            wanted.append(Release.published_on <= self.until)
        return wanted


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a list shows it."""

    id: int
    quote: str
    kind: str
    status: str
    score: float
    speaker: str | None
    faction: str | None
    side: str | None
    amount_min_eur: float | None
    amount_max_eur: float | None
    deadline: date | None
    deadline_phrase: str | None
    topic: str | None
    published_on: date | None
    title: str
    release_id: int
    parliament: str
    revision: int
    learned: float | None


def claim_rows(
    session: Session, wanted: ClaimFilter, *, page: int = 1, size: int = PAGE_SIZE, order: str = "newest"
) -> list[ClaimRow]:
    """One page of claims; `order` is newest (by the release's day), score (learned where there is one) or deadline."""
    orders = {
        "newest": (Release.month.desc(), Release.published_on.desc(), Claim.id),
        "score": (func.coalesce(LearnedScore.score, Finding.score).desc(), Claim.id),
        "deadline": (claim_deadline.is_(None), claim_deadline, Claim.id),
    }
    query = (
        _row_query().where(*wanted.conditions(dialect_of(session))).order_by(*orders[order]).limit(size).offset((page - 1) * size)
    )
    return [ClaimRow(*row) for row in session.execute(query)]


def claim_rows_of(session: Session, ids: Sequence[int]) -> list[ClaimRow]:
    """Some claims in the order given; those that lists do not show are left out."""
    rows = {row.id: ClaimRow(*row) for row in session.execute(_row_query().where(is_shown, Claim.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]


def count_claims(session: Session, wanted: ClaimFilter) -> int:
    """How many claims a filter holds."""
    return session.scalar(joined(select(func.count(Claim.id))).where(*wanted.conditions(dialect_of(session)))) or 0


def claim_for_page(session: Session, claim_id: int) -> Claim | None:
    """A claim with everything its page shows, loaded so that it can be used after the session."""
    return session.scalar(
        select(Claim)
        .where(Claim.id == claim_id)
        .options(
            selectinload(Claim.findings).selectinload(Finding.speaker),
            selectinload(Claim.findings).selectinload(Finding.version),
            selectinload(Claim.findings).selectinload(Finding.learned).selectinload(LearnedScore.model),
            selectinload(Claim.version).selectinload(ReleaseVersion.snapshot),
            selectinload(Claim.release).selectinload(Release.factions),
            selectinload(Claim.release).selectinload(Release.versions),
            selectinload(Claim.release).selectinload(Release.changes).selectinload(Change.before),
            selectinload(Claim.release).selectinload(Release.changes).selectinload(Change.after),
            selectinload(Claim.appearances).selectinload(Appearance.version),
            selectinload(Claim.decisions).selectinload(Decision.person),
            selectinload(Claim.reviews).selectinload(Review.person),
            selectinload(Claim.disputes).selectinload(Dispute.person),
            selectinload(Claim.evidence).selectinload(Evidence.person),
            selectinload(Claim.evidence).selectinload(Evidence.snapshot),
            selectinload(Claim.follow_ups),
            selectinload(Claim.decided_speaker),
            selectinload(Claim.assignee),
            selectinload(Claim.same_as),
        )
    )


def release_for_page(session: Session, release_id: int) -> Release | None:
    """A release with its versions, changes and claims."""
    return session.scalar(
        select(Release)
        .where(Release.id == release_id)
        .options(
            selectinload(Release.versions),
            selectinload(Release.changes),
            selectinload(Release.factions),
            selectinload(Release.claims).selectinload(Claim.findings).selectinload(Finding.speaker),
        )
    )


def _row_query() -> Select[Any]:
    return joined(
        select(
            Claim.id,
            Claim.quote,
            claim_kind,
            claim_status,
            Finding.score,
            Speaker.name.label("speaker"),
            Finding.speaker_faction,
            Finding.claimant_side,
            Finding.amount_min_eur,
            Finding.amount_max_eur,
            claim_deadline,
            Finding.deadline_phrase,
            Finding.topic,
            Release.published_on,
            ReleaseVersion.title,
            Release.id.label("release_id"),
            Release.parliament,
            Claim.revision,
            LearnedScore.score.label("learned"),
        )
    ).outerjoin(LearnedScore, LearnedScore.finding_id == Finding.id)


def joined(query: Select[Any]) -> Select[Any]:
    """A query over claims with all tables that filters and rows need."""
    return (
        query.select_from(Claim)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .join(ReleaseVersion, ReleaseVersion.id == Claim.version_id)
        .outerjoin(Speaker, Speaker.id == Finding.speaker_id)
    )


@dataclass(frozen=True)
class Choices:
    """What the filters can be set to, as the data has it."""

    factions: tuple[str, ...]
    parliaments: tuple[str, ...]
    topics: tuple[str, ...]


def filter_choices(session: Session) -> Choices:
    """The factions and parliaments with releases, and the topics with claims."""
    factions = session.scalars(
        select(Faction.name).where(Faction.id.in_(select(release_faction.c.faction_id))).distinct().order_by(Faction.name)
    )
    parliaments = session.scalars(select(Release.parliament).distinct().order_by(Release.parliament))
    topics = session.scalars(
        select(Finding.topic).where(Finding.topic.is_not(None), Finding.current).distinct().order_by(Finding.topic)
    )
    return Choices(tuple(factions), tuple(parliaments), tuple(topic for topic in topics if topic))


def is_listed(claim: Claim) -> bool:
    """Whether lists show a loaded claim: a person took it up, or its current finding reaches the display threshold."""
    if claim.stage is not Stage.CANDIDATE:
        return True
    return claim.finding is not None and claim.finding.score >= DISPLAY_THRESHOLD


def rules_versions(session: Session) -> list[str]:
    """The versions of the rules that have found anything, oldest first."""
    rows = session.execute(select(Finding.rules_version, func.min(Finding.id)).group_by(Finding.rules_version))
    return [version for version, _ in sorted(rows, key=lambda row: row[1])]
