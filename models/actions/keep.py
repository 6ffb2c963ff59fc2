"""Keeping what was fetched and found: snapshots, releases with their versions, and claims. One transaction per release."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.actions.follow import appoint
from models.actions.record import faction_named
from models.claim import Appearance, Claim, Finding
from models.days import day_of
from models.faction import Speaker
from models.release import Change, Release, ReleaseVersion
from models.snapshot import Body, Snapshot
from models.words import ChangeKind, FollowUpRule, Stage, VersionCause

GONE_AFTER = timedelta(days=1)  # two visits that far apart confirm that a page is gone
EDITED_ALIKE = 0.6  # share of common characters from which a new sentence is the edited old one
SHORTEST_REVISIT = timedelta(hours=6)
LONGEST_REVISIT = timedelta(days=30)


@dataclass(slots=True)
class Kept:
    """What became of one fetched release."""

    release: Release
    is_new: bool = False
    change: Change | None = None
    new_claims: list[Claim] = field(default_factory=list)


def keep_snapshot(session: Session, snapshot: Snapshot) -> Snapshot:
    """Archive a page before anything reads it. The same bytes at the same address are one snapshot: the first."""
    known = session.get(Body, snapshot.body.sha256)
    if known is not None:
        same = session.scalar(
            select(Snapshot)
            .where(Snapshot.address == snapshot.address, Snapshot.body_sha256 == known.sha256, Snapshot.status == snapshot.status)
            .options(selectinload(Snapshot.body))
            .order_by(Snapshot.id)
            .limit(1)
        )
        if same is not None:
            return same
        snapshot.body = known
    session.add(snapshot)
    session.flush()
    return snapshot


def release_at(session: Session, source_key: str, address: str) -> Release | None:
    """The release known at an address."""
    return session.scalar(select(Release).where(Release.source_key == source_key, Release.address == address))


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
) -> Kept:
    """Store what was read at an address: a new release, a new version if the readable text changed, or nothing but the visit.

    `found` holds the findings of `version` with the speaker's name each. `cause` says who changed the text of a known release.
    """
    release = release_at(session, source_key, address)
    if release is None:
        release = _new_release(session, source_key, address, parliament, factions, version=version, now=now, baseline=baseline)
        kept = Kept(release=release, is_new=True)
    else:
        kept = Kept(release=release, change=_came_back(release, now))
        if release.current.text_sha256 == version.text_sha256:
            keep_visit(release, now)
            return kept
        before = release.current
        version.number, version.cause = before.number + 1, cause
        release.versions.append(version)
        if version.published_on is not None:
            release.published_on, release.month = version.published_on, version.published_on.replace(day=1)
        if cause is VersionCause.PUBLISHER:
            kept.change = Change(kind=ChangeKind.EDITED, noticed_at=now, before=before, after=version)
            release.changes.append(kept.change)
    session.flush()
    kept.new_claims = keep_claims(session, release, version, found, now, edited=version.cause is VersionCause.PUBLISHER)
    keep_visit(release, now)
    return kept


def keep_claims(
    session: Session,
    release: Release,
    version: ReleaseVersion,
    found: Sequence[tuple[Finding, str | None]],
    now: datetime,
    *,
    edited: bool = False,
) -> list[Claim]:
    """Bring a release's claims in step with what was found in one of its versions; gives the new ones.

    A sentence that stood before is the same claim. After an edit by the publisher a similar sentence is the same claim with other
    words, and tracked claims whose words are gone come back to the desk.
    """
    new: list[Claim] = []
    vanished = [claim for claim in release.claims if _folded(claim.quote) not in _folded(version.text)] if edited else []
    unmatched = list(release.claims)
    for finding, speaker in found:
        quote = version.text[finding.start : finding.end]
        claim = next((c for c in unmatched if _folded(c.quote) == _folded(quote)), None) or _reworded(quote, vanished, unmatched)
        if claim is None:
            claim = Claim(start=finding.start, end=finding.end, quote=quote, created_at=now, release=release, version=version)
            session.add(claim)
            new.append(claim)
        else:
            unmatched.remove(claim)
        _add_finding(session, claim, version, finding, speaker)
        _add_appearance(claim, version, finding.start, finding.end, quote)
    for claim in vanished:
        if claim.stage is Stage.TRACKED:
            appoint(claim, due_on=day_of(now), rule=FollowUpRule.EDITED, now=now)
    session.flush()
    return new


def withdraw_candidates(session: Session, version: ReleaseVersion, rules_version: str) -> int:
    """Take candidates off the lists that nobody decided on and that these rules no longer find in a version; gives how many."""
    withdrawn = 0
    for claim in session.scalars(select(Claim).where(Claim.version_id == version.id, Claim.stage == Stage.CANDIDATE)):
        finding = claim.finding
        if finding is not None and finding.rules_version != rules_version and not claim.decisions:
            finding.current = False
            withdrawn += 1
    return withdrawn


def keep_visit(release: Release, now: datetime) -> None:
    """Note a visit; the next one comes later the older the release is (hours, then days, then a month)."""
    release.last_visit_at = now
    release.next_visit_at = now + min(max((now - release.first_seen_at) / 2, SHORTEST_REVISIT), LONGEST_REVISIT)
    release.missing_since = None


def miss_release(release: Release, now: datetime) -> Change | None:
    """Note that a page was not there; after two visits a day or more apart it counts as gone, and tracked claims come back."""
    release.last_visit_at = now
    if release.missing_since is None:
        release.missing_since = now
    release.next_visit_at = now + (GONE_AFTER if release.gone_at is None else LONGEST_REVISIT)
    if release.gone_at is not None or now - release.missing_since < GONE_AFTER:
        return None
    release.gone_at = now
    change = Change(kind=ChangeKind.GONE, noticed_at=now)
    release.changes.append(change)
    for claim in release.claims:
        if claim.stage is Stage.TRACKED:
            appoint(claim, due_on=day_of(now), rule=FollowUpRule.GONE, now=now)
    return change


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
        next_visit_at=now,
        factions=[faction_named(session, parliament, name) for name in factions],
        versions=[version],
    )
    session.add(release)
    return release


def _came_back(release: Release, now: datetime) -> Change | None:
    if release.gone_at is None:
        return None
    release.gone_at = None
    change = Change(kind=ChangeKind.BACK, noticed_at=now)
    release.changes.append(change)
    return change


def _reworded(quote: str, vanished: list[Claim], unmatched: list[Claim]) -> Claim | None:
    candidates = [
        (SequenceMatcher(None, claim.quote, quote, autojunk=False).ratio(), claim) for claim in vanished if claim in unmatched
    ]
    likeness, claim = max(candidates, key=lambda pair: pair[0], default=(0.0, None))
    return claim if likeness >= EDITED_ALIKE else None


def _add_finding(session: Session, claim: Claim, version: ReleaseVersion, finding: Finding, speaker: str | None) -> None:
    """Replace the machine's finding; what an earlier rule set found stays as a row."""
    for earlier in claim.findings:
        if (earlier.version, earlier.rules_version) == (version, finding.rules_version):
            return
    # Lists and charts use the wording the claim is pinned to, so an edit by the publisher never changes a finding in silence.
    finding.current = claim.version is version
    if finding.current:
        for earlier in claim.findings:
            earlier.current = False
        session.flush()
    claim.findings.append(finding)
    finding.version = version
    finding.speaker = _speaker_named(session, claim.release.parliament, speaker) if speaker else None


def _add_appearance(claim: Claim, version: ReleaseVersion, start: int, end: int, quote: str) -> None:
    if any(a.version is version and a.start == start for a in claim.appearances):
        return
    claim.appearances.append(Appearance(start=start, end=end, quote=quote, first=not claim.appearances, version=version))


def _speaker_named(session: Session, parliament: str, name: str) -> Speaker:
    speaker = session.scalar(select(Speaker).where(Speaker.parliament == parliament, Speaker.name == name))
    if speaker is None:
        speaker = Speaker(parliament=parliament, name=name)
        session.add(speaker)
        session.flush()
    return speaker


def _folded(text: str) -> str:
    return " ".join(text.split())
