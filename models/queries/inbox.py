"""New releases, and which of them a person has not read."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from models.claim import Claim, Finding
from models.faction import Faction
from models.person import Person, ReadMark
from models.queries.expressions import is_shown_and_kept
from models.release import Release, ReleaseVersion, release_faction


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A release as the inbox shows it."""

    id: int
    title: str
    subtitle: str | None
    factions: tuple[str, ...]
    parliament: str
    published_on: date | None
    first_seen_at: datetime
    address: str
    claims: int
    versions: int
    gone: bool
    unread: bool


def inbox_rows(
    session: Session, person: Person | None, *, unread_only: bool = False, page: int = 1, size: int = 50
) -> list[InboxRow]:
    """Releases, newest first, with whether the person has read them (nobody chosen: everything is unread)."""
    newest = aliased(ReleaseVersion)
    claims = (
        select(func.count(Claim.id))
        .join(Finding, Finding.claim_id == Claim.id)
        .where(Claim.release_id == Release.id, is_shown_and_kept)
        .correlate(Release)
        .scalar_subquery()
    )
    unread = _unread(person)
    query = (
        select(Release, newest.title, newest.subtitle, newest.number, claims, unread)
        .join(newest, newest.release_id == Release.id)
        .where(
            newest.number
            == select(func.max(ReleaseVersion.number)).where(ReleaseVersion.release_id == Release.id).scalar_subquery()
        )
        .order_by(Release.month.desc(), Release.published_on.desc(), Release.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    if unread_only:
        query = query.where(unread)
    rows = session.execute(query).all()
    factions = _factions(session, [row[0].id for row in rows])
    return [
        InboxRow(
            id=release.id,
            title=title,
            subtitle=subtitle,
            factions=tuple(factions.get(release.id, ())),
            parliament=release.parliament,
            published_on=release.published_on,
            first_seen_at=release.first_seen_at,
            address=release.address,
            claims=count or 0,
            versions=number,
            gone=release.gone_at is not None,
            unread=bool(is_unread),
        )
        for release, title, subtitle, number, count, is_unread in rows
    ]


def count_unread(session: Session, person: Person | None) -> int:
    """How many releases a person has not read."""
    return session.scalar(select(func.count(Release.id)).where(_unread(person))) or 0


def _unread(person: Person | None) -> ColumnElement[bool]:
    if person is None:
        return Release.id.is_not(None)
    unmarked = ~exists().where(and_(ReadMark.person_id == person.id, ReadMark.release_id == Release.id))
    return unmarked if person.caught_up_at is None else and_(unmarked, Release.first_seen_at > person.caught_up_at)


def _factions(session: Session, release_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = (
        select(release_faction.c.release_id, Faction.name)
        .join(Faction, Faction.id == release_faction.c.faction_id)
        .where(release_faction.c.release_id.in_(release_ids))
        .order_by(Faction.name)
    )
    for release_id, name in session.execute(query):
        found.setdefault(release_id, []).append(name)
    return found


def release_ids(session: Session) -> list[int]:
    """All releases, in the order in which they came."""
    return list(session.scalars(select(Release.id).order_by(Release.id)))


def count_releases(session: Session) -> int:
    """How many releases there are."""
    return session.scalar(select(func.count(Release.id))) or 0


def is_read(session: Session, person: Person, release: Release) -> bool:
    """Whether a person has read a release."""
    if person.caught_up_at is not None and release.first_seen_at <= person.caught_up_at:
        return True
    return session.get(ReadMark, (person.id, release.id)) is not None
