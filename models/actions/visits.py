"""Visits to a release: when the next one is due, and what it means that a page is not there."""

from datetime import datetime, timedelta

from models.actions.follow import appoint
from models.days import day_of
from models.release import Change, Release
from models.revisits import GONE_REVISIT, revisit_after
from models.words import ChangeKind, FollowUpRule, Stage

GONE_AFTER = timedelta(days=1)  # two visits that far apart confirm that a page is gone


def keep_visit(release: Release, now: datetime) -> None:
    """Note a visit; the next one comes later the older the release is."""
    release.last_visit_at = now
    release.next_visit_at = now + revisit_after(release.published_on, release.first_seen_at, now)
    release.missing_since = None


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
