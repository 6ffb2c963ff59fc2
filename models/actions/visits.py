"""Visits to a release: when the next one is due, and what it means that a page is not there."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from models.actions.follow import appoint
from models.days import day_of
from models.release import Change, Release, ReleaseVersion
from models.revisits import GONE_REVISIT, revisit_after
from models.words import ChangeKind, FollowUpRule, Stage

GONE_AFTER = timedelta(days=1)  # two visits that far apart confirm that a page is gone

_CURRENT = (
    select(
        Release.id,
        Release.first_seen_at,
        Release.published_on,
        Release.missing_since,
        Release.gone_at,
        ReleaseVersion.snapshot_id,
        ReleaseVersion.reader,
    )
    .join(ReleaseVersion, ReleaseVersion.release_id == Release.id)
    .where(Release.source_key == bindparam("source_key"), Release.address == bindparam("address"))
    .order_by(ReleaseVersion.number.desc())
    .limit(1)
)
_RELEASE = cast("Table", Release.__table__)
_VISITED = (
    update(_RELEASE)
    .where(_RELEASE.c.id == bindparam("number"))
    .values(last_visit_at=bindparam("seen"), next_visit_at=bindparam("due"))
)


def keep_visit(release: Release, now: datetime) -> None:
    """Note a visit; the next one comes later the older the release is."""
    release.last_visit_at = now
    release.next_visit_at = now + revisit_after(release.published_on, release.first_seen_at, now)
    release.missing_since = None


def keep_unchanged_visit(
    session: Session, source_key: str, address: str, *, snapshot_id: int, reader: str, now: datetime
) -> bool:
    """Note a visit if it found the very page of the current version, read by the same rules, of a release that was not missing.

    Nearly all visits are such, so they take two statements; for any other nothing is noted, and the answer is False.
    """
    connection = session.connection()
    current = connection.execute(_CURRENT, {"source_key": source_key, "address": address}).one_or_none()
    if current is None or (current.snapshot_id, current.reader) != (snapshot_id, reader):
        return False
    if current.missing_since is not None or current.gone_at is not None:
        return False
    due = now + revisit_after(current.published_on, current.first_seen_at, now)
    connection.execute(_VISITED, {"number": current.id, "seen": now, "due": due})
    return True


def miss_release(release: Release, now: datetime, *, held: bool = False) -> Change | None:
    """Note that a page was not there; after two visits a day or more apart it counts as gone, and tracked claims come back.

    `held`: so much of the source is missing at once that nothing is confirmed; the first miss stays noted.
    """
    release.last_visit_at = now
    if release.missing_since is None:
        release.missing_since = now
    release.next_visit_at = now + (GONE_AFTER if release.gone_at is None else GONE_REVISIT)
    if held or release.gone_at is not None or now - release.missing_since < GONE_AFTER:
        return None
    release.gone_at = now
    change = Change(kind=ChangeKind.GONE, noticed_at=now)
    release.changes.append(change)
    for claim in release.claims:
        if claim.stage is Stage.TRACKED:
            appoint(claim, due_on=day_of(now), rule=FollowUpRule.GONE, now=now, change=change)
    return change


def note_return(release: Release, now: datetime) -> Change | None:
    """A page that was gone is there again."""
    if release.gone_at is None:
        return None
    release.gone_at = None
    change = Change(kind=ChangeKind.BACK, noticed_at=now)
    release.changes.append(change)
    return change
