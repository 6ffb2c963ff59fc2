"""Keeping claims in step with what was found in the versions of a release, and bringing back those that an edit concerns."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.follow import appoint
from models.claim import Appearance, Claim, Finding
from models.days import day_of
from models.faction import Speaker
from models.release import Change, Release, ReleaseVersion
from models.words import FollowUpRule, Stage

EDITED_ALIKE = 0.6  # share of common characters from which a new sentence is the edited old one


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
    words.
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


def reopen_claims(claims: Iterable[Claim], change: Change, now: datetime) -> list[Claim]:
    """Bring claims that an edit concerns back to the desk if a person tracks them; gives those."""
    tracked = [claim for claim in claims if claim.stage is Stage.TRACKED]
    for claim in tracked:
        appoint(claim, due_on=day_of(now), rule=FollowUpRule.EDITED, now=now, change=change)
    return tracked


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
    if finding.current and claim.findings:
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
