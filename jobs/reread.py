"""Reading the archive anew, without the network and without touching what people decided."""

from collections.abc import Callable
from dataclasses import dataclass

from claims import RULES_VERSION
from jobs.desk import Desk
from jobs.find import find_rows
from models import Finding, Release, ReleaseVersion, actions, queries
from models.days import day_of
from models.words import Outcome, VersionCause
from scrapers.page import SelectorError
from scrapers.read import READER_VERSION, ReadError, read_release

Progress = Callable[[int, int], None]


@dataclass
class Reread:
    """What reading anew changed."""

    releases: int = 0
    versions: int = 0
    claims: int = 0
    withdrawn: int = 0
    failed: int = 0


def reread(desk: Desk, *, progress: Progress | None = None) -> Reread:
    """Read every release again with today's reader and rules, one transaction each.

    A text that the better reader reads differently is a version of its own, never an edit by the publisher, and nobody is told.
    Candidates that nobody decided on and that the rules no longer find leave the lists.
    """
    done = Reread()
    with desk.database.writing() as session:
        run_id = actions.start_run(session, "reread", desk.clock()).id
    with desk.database.reading() as session:
        release_ids = queries.release_ids(session)
    for number, release_id in enumerate(release_ids, 1):
        try:
            _reread_one(desk, release_id, done)
        except (SelectorError, ReadError) as error:
            done.failed += 1
            with desk.database.writing() as session:
                actions.note_issue(session, run_id, kind="unreadable", message=f"Release {release_id}: {error}", at=desk.clock())
        if progress is not None:
            progress(number, len(release_ids))
    with desk.database.writing() as session:
        outcome = Outcome.OK_NEW if done.claims or done.versions else Outcome.OK_UNCHANGED
        run = actions.end_run(session, run_id, outcome, desk.clock())
        run.fetched, run.changed, run.claims, run.failed = done.releases, done.versions, done.claims, done.failed
    return done


def _reread_one(desk: Desk, release_id: int, done: Reread) -> None:
    with desk.database.writing() as session:
        release = session.get_one(Release, release_id)
        done.releases += 1
        version = _read_again(desk, release)
        if version is not None:
            done.versions += 1
            kept = actions.keep_release(
                session,
                source_key=release.source_key,
                address=release.address,
                parliament=release.parliament,
                factions=[faction.name for faction in release.factions],
                version=version,
                found=_found(desk, release, version),
                now=desk.clock(),
                cause=VersionCause.READER,
            )
            done.claims += len(kept.new_claims)
            return
        for known in release.versions:
            if known.number == release.current.number:
                new = actions.keep_claims(session, release, known, _found(desk, release, known), desk.clock())
                done.claims += len(new)
            done.withdrawn += actions.withdraw_candidates(session, known, RULES_VERSION)


def _read_again(desk: Desk, release: Release) -> ReleaseVersion | None:
    """The release as today's reader reads it, if that differs from what was kept."""
    current = release.current
    source = desk.sources.get(release.source_key)
    if source is None or current.snapshot is None or current.reader == READER_VERSION:
        return None
    version = read_release(current.snapshot, source, desk.clock())
    return None if version.text_sha256 == current.text_sha256 else version


def _found(desk: Desk, release: Release, version: ReleaseVersion) -> list[tuple[Finding, str | None]]:
    return find_rows(
        version.text,
        released=version.published_on or day_of(release.first_seen_at),
        factions=tuple(faction.name for faction in release.factions),
        parliament=release.parliament,
        record=desk.record,
        now=desk.clock(),
    )
