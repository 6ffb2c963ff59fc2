"""Telling an edit by the publisher from a better reading: what was archived is read again before anything is compared with it."""

import asyncio
from dataclasses import dataclass
from datetime import date

from claims.edits import Edit
from jobs.desk import Desk
from jobs.edits import change_of, weigh_versions
from models import Change, ReleaseVersion
from models.words import VersionCause
from scrapers.declaration import Source
from scrapers.page import SelectorError
from scrapers.pool import read_in_child
from scrapers.read import ReadError


@dataclass(frozen=True, slots=True)
class Reading:
    """A version to be kept, and who made it differ; silent if nobody could read a difference from the one before."""

    version: ReleaseVersion
    cause: VersionCause = VersionCause.PUBLISHER
    edit: Edit | None = None
    change: Change | None = None
    is_silent: bool = False


async def readings_since(desk: Desk, source: Source, current: ReleaseVersion, version: ReleaseVersion) -> list[Reading]:
    """What is to be kept of a known release after a visit read `version` in place of its `current` one, in order; never nothing.

    If the page as archived reads differently by now, that reading is a version of its own, and the page of today is compared with
    it: neither a new reader nor a new declaration makes an edit.
    """
    now, released = desk.clock(), current.published_on or desk.today()
    edit = weigh_versions(current, version, released=released)
    change = change_of(edit, current, version, now)
    if edit is None and change is None:
        return [Reading(version, is_silent=True)]
    if version.snapshot is current.snapshot or (
        version.snapshot and current.snapshot and version.snapshot.id == current.snapshot.id
    ):
        return [_read_better(version, edit)]
    again = await _read_again(desk, source, current)
    if again is None:
        return [Reading(version, edit=edit, change=change)]
    better = weigh_versions(current, again, released=released)
    if better is None:
        return [_edited(again, version, edit, desk)]
    return [_read_better(again, better), *_after(again, version, released, desk)]


def _read_better(version: ReleaseVersion, edit: Edit | None) -> Reading:
    """The same page as before; only a difference in the text makes a version, a better day is taken over."""
    return Reading(version, cause=VersionCause.READER, edit=edit, is_silent=edit is None)


def _edited(again: ReleaseVersion, version: ReleaseVersion, edit: Edit | None, desk: Desk) -> Reading:
    """An edit of a page whose text still reads as before; its day is compared as today's reader reads it."""
    change = change_of(edit, again, version, desk.clock())
    return Reading(version, edit=edit, change=change, is_silent=edit is None and change is None)


def _after(before: ReleaseVersion, version: ReleaseVersion, released: date, desk: Desk) -> list[Reading]:
    edit = weigh_versions(before, version, released=released)
    change = change_of(edit, before, version, desk.clock())
    return [] if change is None else [Reading(version, edit=edit, change=change)]


async def _read_again(desk: Desk, source: Source, current: ReleaseVersion) -> ReleaseVersion | None:
    """The archived page as it is read today; None if it cannot be, so that only what was kept is left to compare with."""
    if current.snapshot is None:
        return None
    try:
        return await asyncio.to_thread(read_in_child, current.snapshot, source, desk.clock())
    except (SelectorError, ReadError):
        return None
