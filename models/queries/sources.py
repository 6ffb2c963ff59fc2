"""How sources are doing, and what of them is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.queries.expressions import is_shown_and_kept
from models.queries.health import broken_first
from models.release import Release
from models.request import Request
from models.run import Issue, Run
from models.snapshot import Snapshot
from models.source_state import SourceState
from models.words import Outcome, RequestKind, RequestState

ISSUES_LOOKED_AT = 1000
BACK_FILL = "back_fill"  # the job's name in the run log
AT_ONCE = 1000  # values in one question; a sitemap names tens of thousands
MANY_MISSING = 5  # releases missing at once; fewer may well have been taken down
MISSING_SHARE = 0.5  # of those looked at lately
SEEN_LATELY = timedelta(days=2)
HAD = 200  # HTTP status of a page that was had

_LAST_SNAPSHOT = (
    select(Snapshot.id)
    .where(Snapshot.address == bindparam("address"), Snapshot.status == HAD)
    .order_by(Snapshot.last_seen_at.desc(), Snapshot.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as lists show it, with its last finished run."""

    key: str
    name: str
    parliament: str
    home: str
    verified: bool
    health: str
    failures: int
    trouble: str | None
    last_run_at: datetime | None
    last_ok_at: datetime | None
    releases: int
    newest: date | None
    outcome: str | None
    new: int
    changed: int
    failed: int


def source_rows(session: Session) -> list[SourceRow]:
    """All declared sources, the broken on top."""
    last = (
        select(Run.source_key, func.max(Run.id).label("id"))
        .where(Run.job == "collect", Run.outcome != Outcome.RUNNING)
        .group_by(Run.source_key)
        .subquery()
    )
    counted = (
        select(Release.source_key, func.count(Release.id).label("n"), func.max(Release.published_on).label("newest"))
        .group_by(Release.source_key)
        .subquery()
    )
    query = (
        select(SourceState, func.coalesce(counted.c.n, 0), counted.c.newest, Run)
        .outerjoin(counted, counted.c.source_key == SourceState.key)
        .outerjoin(last, last.c.source_key == SourceState.key)
        .outerjoin(Run, Run.id == last.c.id)
        .where(SourceState.declared)
        .order_by(broken_first, SourceState.parliament, SourceState.name)
    )
    return [
        SourceRow(
            key=state.key,
            name=state.name,
            parliament=state.parliament,
            home=state.home,
            verified=state.verified,
            health=state.health.value,
            failures=state.failures,
            trouble=state.trouble,
            last_run_at=state.last_run_at,
            last_ok_at=state.last_ok_at,
            releases=n,
            newest=newest,
            outcome=run.outcome.value if run else None,
            new=run.new if run else 0,
            changed=run.changed if run else 0,
            failed=run.failed if run else 0,
        )
        for state, n, newest, run in session.execute(query)
    ]


def recent_issues(session: Session, source_key: str | None = None, limit: int = 20) -> list[tuple[Issue, str | None, int]]:
    """The newest issues with their source; what was met again and again is one, with how often it was among the newest."""
    newest = (
        select(Issue.id, Issue.kind, Issue.address, Run.source_key).join(Run, Run.id == Issue.run_id).order_by(Issue.id.desc())
    )
    if source_key is not None:
        newest = newest.where(Run.source_key == source_key)
    looked_at = newest.limit(ISSUES_LOOKED_AT).subquery()
    same = (
        select(func.max(looked_at.c.id).label("id"), looked_at.c.source_key, func.count().label("n"))
        .group_by(looked_at.c.source_key, looked_at.c.kind, looked_at.c.address)
        .subquery()
    )
    query = select(Issue, same.c.source_key, same.c.n).join(same, same.c.id == Issue.id).order_by(Issue.id.desc()).limit(limit)
    return [(issue, key, n) for issue, key, n in session.execute(query)]


def due_releases(session: Session, source_key: str, now: datetime) -> list[str]:
    """Addresses of known releases that are to be visited again."""
    query = (
        select(Release.address)
        .where(Release.source_key == source_key, Release.next_visit_at <= now)
        .order_by(Release.next_visit_at, Release.id)
    )
    return list(session.scalars(query))


def looks_relaunched(session: Session, source_key: str, now: datetime) -> bool:
    """Whether so many of a source's releases are missing at once that the site was rebuilt rather than the releases taken down.

    Counted are those missing but not confirmed as gone, against those that were there in the last two days.
    """
    missing = and_(Release.missing_since.is_not(None), Release.gone_at.is_(None))
    there = and_(Release.missing_since.is_(None), Release.last_visit_at >= now - SEEN_LATELY)
    counted = select(func.count().filter(missing), func.count().filter(there)).where(Release.source_key == source_key)
    lost, seen = session.execute(counted).one()
    return lost >= MANY_MISSING and lost >= MISSING_SHARE * (lost + seen)


def known_addresses(session: Session, source_key: str) -> set[str]:
    """Addresses of all releases of a source."""
    return set(session.scalars(select(Release.address).where(Release.source_key == source_key)))


def last_listing(session: Session, source_key: str) -> datetime | None:
    """Start of the last finished run of a source whose list could be read."""
    ended = Run.outcome.not_in([Outcome.RUNNING, Outcome.ABORTED])
    return session.scalar(
        select(func.max(Run.started_at)).where(Run.job == "collect", Run.source_key == source_key, Run.listed > 0, ended)
    )


def release_days(session: Session, source_key: str, addresses: Sequence[str]) -> dict[str, date | None]:
    """The days that known releases bear, by address."""
    days: dict[str, date | None] = {}
    of_source = select(Release.address, Release.published_on).where(Release.source_key == source_key)
    for start in range(0, len(addresses), AT_ONCE):
        some = of_source.where(Release.address.in_(addresses[start : start + AT_ONCE]))
        days.update((address, day) for address, day in session.execute(some))
    return days


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Back-fills of a source that did not come to their end, one after another: since when, and what they brought."""

    since: datetime
    new: int
    claims: int


def unfinished_back_fill(session: Session, source_key: str, after: datetime) -> Unfinished | None:
    """What is to be gone on with: the back-fills since the last that ended well, begun after some moment; None if none was."""
    query = select(Run).where(Run.job == BACK_FILL, Run.source_key == source_key, Run.started_at > after).order_by(Run.id.desc())
    runs = list(takewhile(lambda run: run.outcome not in {Outcome.OK_NEW, Outcome.OK_UNCHANGED}, session.scalars(query)))
    if not runs:
        return None
    return Unfinished(runs[-1].started_at, sum(run.new for run in runs), sum(run.claims for run in runs))


def baseline_is_open(session: Session, source_key: str) -> bool:
    """Whether a source has never had a good run."""
    return session.scalar(select(SourceState.baseline_at).where(SourceState.key == source_key)) is None


def baseline_counts(session: Session, source_key: str) -> tuple[int, int]:
    """Releases and shown claims of a source."""
    releases = session.scalar(select(func.count(Release.id)).where(Release.source_key == source_key)) or 0
    claims = session.scalar(
        select(func.count(Claim.id))
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .where(Release.source_key == source_key, is_shown_and_kept)
    )
    return releases, claims or 0


def open_requests(session: Session) -> set[str]:
    """Keys of the sources that the worker has been asked to collect and has not yet."""
    payloads = session.scalars(
        select(Request.payload).where(
            Request.kind == RequestKind.COLLECT, Request.state.in_([RequestState.OPEN, RequestState.TAKEN])
        )
    )
    return {str(payload.get("source")) for payload in payloads}


def first_snapshot(session: Session, address: str, since: datetime) -> Snapshot | None:
    """The first page that was had at an address since a moment."""
    query = (
        select(Snapshot)
        .where(Snapshot.address == address, Snapshot.status == HAD, Snapshot.fetched_at >= since)
        .order_by(Snapshot.fetched_at, Snapshot.id)
        .limit(1)
    )
    return session.scalar(query)


def last_snapshot(session: Session, address: str) -> Snapshot | None:
    """The page that was last had at an address, also when it went back to what it had been before."""
    # Asked for its number first: of most addresses there is none, and that costs a third.
    number = session.connection().execute(_LAST_SNAPSHOT, {"address": address}).scalar()
    return None if number is None else session.get_one(Snapshot, number)
