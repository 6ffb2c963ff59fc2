"""Reading the archive anew, without the network and without touching what people decided."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from claims import RULES_VERSION
from jobs.desk import Desk
from jobs.edits import weigh_old_change, weigh_versions
from jobs.find import find_rows, keep_tables
from models import Claim, Finding, Release, ReleaseVersion, actions, queries
from models.days import day_of
from models.words import Outcome, VersionCause
from scrapers.page import SelectorError
from scrapers.pool import read_in_child
from scrapers.read import READER_VERSION, ReadError

Progress = Callable[[int, int], None]


COMPARED = ("kind", "score", "speaker", "amount_min_eur", "amount_max_eur", "deadline", "topic")
SCORE_STEP = 0.005  # a smaller difference of the score is no change worth a line


class UnknownRulesVersion(ValueError):  # noqa: N818  it reads as what it is
    """No finding was made by rules of that version; the text says which versions there are."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One claim that today's rules see differently: `what` is found, withdrawn or changed; fields as (before, after)."""

    claim: int
    what: str
    quote: str
    fields: dict[str, tuple[Any, Any]]


@dataclass
class Reread:
    """What reading anew changed."""

    releases: int = 0
    versions: int = 0
    claims: int = 0
    withdrawn: int = 0
    weighed: int = 0
    failed: int = 0
    changes: list[FindingChange] = field(default_factory=list)


def reread(desk: Desk, *, since: str | None = None, progress: Progress | None = None) -> Reread:
    """Read every release again with today's reader and rules, one transaction each.

    A text that the better reader reads differently is a version of its own, never an edit by the publisher, and nobody is told.
    Candidates that nobody decided on and that the rules no longer find leave the lists. `changes` compares with what the rules
    of version `since` had found, by default with what stood in the lists. Raises UnknownRulesVersion.
    """
    done = Reread()
    keep_tables()
    if since is not None:
        with desk.database.reading() as session:
            versions = queries.rules_versions(session)
        if since not in versions:
            raise UnknownRulesVersion(
                f"Nothing was found by rules of version {since}; there are: {', '.join(versions) or 'none'}."
            )
    with desk.database.writing() as session:
        run_id = actions.start_run(session, "reread", desk.clock()).id
    with desk.database.reading() as session:
        release_ids = queries.release_ids(session)
    for number, release_id in enumerate(release_ids, 1):
        try:
            _reread_one(desk, release_id, done, since)
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


def _reread_one(desk: Desk, release_id: int, done: Reread, since: str | None) -> None:
    with desk.database.writing() as session:
        release = session.get_one(Release, release_id)
        done.releases += 1
        for change in release.changes:
            done.weighed += weigh_old_change(change, release)
        before = {claim.id: _seen(_finding_of(claim, since)) for claim in release.claims}
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
        else:
            for known in release.versions:
                if known.number == release.current.number:
                    new = actions.keep_claims(session, release, known, _found(desk, release, known), desk.clock())
                    done.claims += len(new)
                done.withdrawn += actions.withdraw_candidates(session, known, RULES_VERSION)
        session.refresh(release, ["claims"])
        for claim in release.claims:
            seen = _compared(claim, before.get(claim.id, {}))
            if seen is not None:
                done.changes.append(seen)


def _finding_of(claim: Claim, since: str | None) -> Finding | None:
    if since is None:
        return claim.finding
    return next((finding for finding in reversed(claim.findings) if finding.rules_version == since), None)


def _seen(finding: Finding | None) -> dict[str, Any]:
    """What is compared of a finding; empty for none."""
    if finding is None:
        return {}
    seen = {name: getattr(finding, name) for name in COMPARED if name != "speaker"}
    return {**seen, "speaker": finding.speaker.name if finding.speaker else None}


def _compared(claim: Claim, before: dict[str, Any]) -> FindingChange | None:
    after = _seen(claim.finding)
    if not before and not after:
        return None
    if not before or not after:
        one = after or before
        pairs = {name: (before.get(name), after.get(name)) for name in ("kind", "score") if one.get(name) is not None}
        return FindingChange(claim.id, "found" if after else "withdrawn", claim.quote, pairs)
    pairs = {name: (before[name], after[name]) for name in COMPARED if before[name] != after[name]}
    if "score" in pairs and abs(before["score"] - after["score"]) < SCORE_STEP:
        del pairs["score"]
    return FindingChange(claim.id, "changed", claim.quote, pairs) if pairs else None


def _read_again(desk: Desk, release: Release) -> ReleaseVersion | None:
    """The release as today's reader reads it, if that differs from what was kept."""
    current = release.current
    source = desk.sources.get(release.source_key)
    if source is None or current.snapshot is None or current.reader == READER_VERSION:
        return None
    version = read_in_child(current.snapshot, source, desk.clock())
    if weigh_versions(current, version, released=current.published_on or day_of(release.first_seen_at)) is not None:
        return version
    actions.take_over_day(release, version)
    return None


def _found(desk: Desk, release: Release, version: ReleaseVersion) -> list[tuple[Finding, str | None]]:
    return find_rows(
        version.text,
        released=version.published_on or day_of(release.first_seen_at),
        factions=tuple(faction.name for faction in release.factions),
        parliament=release.parliament,
        record=desk.record,
        now=desk.clock(),
    )
