"""Keeping releases with their versions, one transaction each. Snapshots, claims and visits have files of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.actions.claims import keep_claims
from models.actions.insert import insert_now
from models.actions.record import faction_number
from models.actions.visits import keep_visit, note_return
from models.claim import Claim, Finding
from models.days import day_of
from models.release import Change, Release, ReleaseVersion, release_faction
from models.revisits import revisit_after
from models.search.keep import note_release
from models.words import ChangeKind, VersionCause

_RELEASE_AT = select(Release.id).where(Release.source_key == bindparam("source_key"), Release.address == bindparam("address"))

_SIGNED = release_faction.insert()


@dataclass(slots=True)
class Kept:
    """What became of one fetched release."""

    release: Release
    is_new: bool = False
    change: Change | None = None
    new_claims: list[Claim] = field(default_factory=list)


def release_at(session: Session, source_key: str, address: str) -> Release | None:
    """The release known at an address."""
    number = session.connection().execute(_RELEASE_AT, {"source_key": source_key, "address": address}).scalar()
    return None if number is None else session.get_one(Release, number)


def keep_release(
    session: Session,
    *,
    source_key: str,
    address: str,
    parliament: str,
    factions: Sequence[str],
    version: ReleaseVersion,
    found: Sequence[tuple[Finding, str | None]],
    now: datetime,
    baseline: bool = False,
    cause: VersionCause = VersionCause.PUBLISHER,
    edit: Change | None = None,
) -> Kept:
    """Store what was read at an address: a new release, a new version if the readable text changed, or nothing but the visit.

    `found` holds the findings of `version` with the speaker's name each. `cause` says who changed the text of a known release,
    `edit` what the publisher changed, weighed; without it only the hash of the text decides whether anything did.
    """
    release = release_at(session, source_key, address)
    if release is None:
        release = _new_release(session, source_key, address, parliament, factions, version=version, now=now, baseline=baseline)
        kept = Kept(release=release, is_new=True)
    else:
        if edit is None and release.current.text_sha256 == version.text_sha256:
            return confirm_release(release, version, now)
        kept = Kept(release=release, change=note_return(release, now))
        before = release.current
        version.number, version.cause = before.number + 1, cause
        release.versions.append(version)
        if version.published_on is not None:
            release.published_on, release.month = version.published_on, version.published_on.replace(day=1)
        if cause is VersionCause.PUBLISHER:
            kept.change = edit or Change(kind=ChangeKind.EDITED, noticed_at=now)
            kept.change.before, kept.change.after = before, version
            release.changes.append(kept.change)
        keep_visit(release, now)
        session.flush()
    kept.new_claims = keep_claims(session, release, version, found, now, edited=version.cause is VersionCause.PUBLISHER)
    return kept


def confirm_release(release: Release, version: ReleaseVersion, now: datetime) -> Kept:
    """A visit that found the current text; what a better reader knows of its day is taken over, and a day is never lost."""
    kept = Kept(release=release, change=note_return(release, now))
    take_over_day(release, version)
    keep_visit(release, now)
    return kept


def take_over_day(release: Release, version: ReleaseVersion) -> bool:
    """Note that today's reader reads the current text alike, and the day it reads, if that is another; gives whether it is.

    A newer reader may correct a day; one that finds none takes none away. The same reader changes nothing: a day that moved
    on the page is an edit.
    """
    current = release.current
    if current.reader == version.reader:
        return False
    current.reader, current.read_at = version.reader, version.read_at
    if version.published_on is None or version.published_on == current.published_on:
        return False
    current.published_on, current.published_raw, current.origins = version.published_on, version.published_raw, version.origins
    release.published_on, release.month = version.published_on, version.published_on.replace(day=1)
    return True


def _new_release(
    session: Session,
    source_key: str,
    address: str,
    parliament: str,
    factions: Sequence[str],
    *,
    version: ReleaseVersion,
    now: datetime,
    baseline: bool,
) -> Release:
    day = version.published_on or day_of(now)
    release = Release(
        source_key=source_key,
        address=address,
        parliament=parliament,
        first_seen_at=now,
        published_on=version.published_on,
        month=day.replace(day=1),
        baseline=baseline,
        last_visit_at=now,
        next_visit_at=now + revisit_after(version.published_on, now, now),
    )
    insert_now(session, release)
    for name in factions:
        row = {"release_id": release.id, "faction_id": faction_number(session, parliament, name)}
        session.connection().execute(_SIGNED, row)
    snapshot = version.snapshot
    insert_now(session, version, release_id=release.id, snapshot_id=None if snapshot is None else snapshot.id)
    note_release(session, release.id)
    set_committed_value(version, "release", release)
    for name, rows_of in (("versions", [version]), ("changes", []), ("claims", [])):
        set_committed_value(release, name, rows_of)
    return release
