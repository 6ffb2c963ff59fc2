"""The health of sources: what their states are drawn from, and how lists and reports show them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from models.days import day_of
from models.health import GOOD, silent_days
from models.person import Person
from models.release import Release, ReleaseVersion
from models.run import Run
from models.source_state import HealthChange, SourceState
from models.words import HealthCause, Outcome, SourceHealth

BROKEN_FIRST = {health: place for place, health in enumerate(("broken", "failing", "quiet", "new", "ok", "paused"))}
broken_first = case({SourceHealth(word): place for word, place in BROKEN_FIRST.items()}, value=SourceState.health)
DAYS_LOOKED_AT = 120  # newest days with releases; 90 days can hold no more than 91
RUNS_COMPARED = 10  # good runs that say how long a list is
RUNS_SHOWN = 30
COLLECT = "collect"


@dataclass(frozen=True, slots=True)
class RunBar:
    """A run as a small chart shows it."""

    at: datetime
    outcome: str
    listed: int
    new: int


@dataclass(frozen=True, slots=True)
class HealthRow:
    """How a source is doing, and why. Days of silence are working days; `before` is its state when it was asked to compare."""

    key: str
    name: str
    parliament: str
    home: str
    health: SourceHealth
    cause: HealthCause
    since: datetime | None
    failures: int
    failing_since: datetime | None
    trouble: str | None
    last_run_at: datetime | None
    last_ok_at: datetime | None
    newest_on: date | None
    silent_days: float | None
    alarm_days: float | None
    pause_reason: str | None
    paused_until: datetime | None
    person: str | None
    acknowledged: bool
    told_at: datetime | None
    before: SourceHealth | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """The newest releases of a source: how many there are, and how many of them lack a field."""

    releases: int
    missing: dict[str, int]


def publishing_days(session: Session, source_key: str, today: date) -> list[date]:
    """The newest days on which a source published, days to come left out; undated releases count on the day they were found."""
    dated = session.scalars(
        select(Release.published_on)
        .where(Release.source_key == source_key, Release.published_on <= today)
        .distinct()
        .order_by(Release.published_on.desc())
        .limit(DAYS_LOOKED_AT)
    )
    undated = session.scalars(
        select(Release.first_seen_at)
        .where(Release.source_key == source_key, Release.published_on.is_(None), Release.baseline.is_(False))
        .order_by(Release.first_seen_at.desc())
        .limit(DAYS_LOOKED_AT)
    )
    return [day for day in dated if day is not None] + [day_of(moment) for moment in undated]


def usual_items(session: Session, source_key: str, list_address: str) -> list[int]:
    """How many releases a list named on its first page in the newest good runs that used it."""
    normal_since = session.scalar(select(SourceState.normal_since).where(SourceState.key == source_key))
    query = (
        select(Run.items)
        .where(Run.source_key == source_key, Run.list_address == list_address, Run.outcome.in_(GOOD), Run.items.is_not(None))
        .order_by(Run.id.desc())
        .limit(RUNS_COMPARED)
    )
    if normal_since is not None:
        query = query.where(Run.started_at >= normal_since)
    return [items for items in session.scalars(query) if items is not None]


def filled(session: Session, source_key: str, *, since: datetime | None, characters: int, limit: int) -> Filled:
    """How complete the newest releases of a source are, those found before `since` left out.

    What counts is a title, a date, and a text of so many characters beside the title.
    """
    newer = aliased(ReleaseVersion)
    last = select(func.max(newer.number)).where(newer.release_id == Release.id).correlate(Release).scalar_subquery()
    query = (
        select(
            ReleaseVersion.title,
            ReleaseVersion.published_on,
            func.length(ReleaseVersion.text) - func.length(ReleaseVersion.title),
        )
        .join(Release, Release.id == ReleaseVersion.release_id)
        .where(Release.source_key == source_key, ReleaseVersion.number == last)
        .order_by(Release.first_seen_at.desc(), Release.id.desc())
        .limit(limit)
    )
    if since is not None:
        query = query.where(Release.first_seen_at >= since)
    rows = session.execute(query).all()
    missing = {
        "title": sum(not title.strip() for title, _day, _length in rows),
        "date": sum(day is None for _title, day, _length in rows),
        "body": sum(length < characters for _title, _day, length in rows),
    }
    return Filled(releases=len(rows), missing=missing)


def newest_release(session: Session, source_key: str, today: date) -> date | None:
    """The day of a source's newest release, days to come left out."""
    return max(publishing_days(session, source_key, today), default=None)


def health_rows(session: Session, now: datetime, *, since: datetime | None = None) -> list[HealthRow]:
    """All declared sources with their health, the broken on top; `since` asks also for the state they were in at that moment."""
    latest = _latest(HealthChange.cause != HealthCause.ACKNOWLEDGED).subquery()
    query = (
        select(SourceState, HealthChange, Person.name)
        .outerjoin(latest, latest.c.source_key == SourceState.key)
        .outerjoin(HealthChange, HealthChange.id == latest.c.id)
        .outerjoin(Person, Person.id == HealthChange.person_id)
        .where(SourceState.declared)
        .order_by(broken_first, SourceState.parliament, SourceState.name)
    )
    rows = [_row(state, change, person, now) for state, change, person in session.execute(query)]
    if since is None:
        return rows
    then = _latest(HealthChange.at <= since).subquery()
    query_before = select(HealthChange.source_key, HealthChange.health).join(then, then.c.id == HealthChange.id)
    before: dict[str, SourceHealth] = dict(session.execute(query_before).all())
    return [replace(row, before=before.get(row.key)) for row in rows]


def run_bars(session: Session, since: datetime) -> dict[str, list[RunBar]]:
    """The newest finished runs of each source since a moment, in order of time."""
    place = func.row_number().over(partition_by=Run.source_key, order_by=Run.id.desc()).label("place")
    numbered = (
        select(Run.id, place)
        .where(
            Run.job == COLLECT,
            Run.source_key.is_not(None),
            Run.started_at >= since,
            Run.outcome.not_in([Outcome.RUNNING, Outcome.ABORTED]),
        )
        .subquery()
    )
    query = (
        select(Run.source_key, Run.started_at, Run.outcome, Run.listed, Run.new)
        .join(numbered, numbered.c.id == Run.id)
        .where(numbered.c.place <= RUNS_SHOWN)
        .order_by(Run.id)
    )
    bars: dict[str, list[RunBar]] = {}
    for key, at, outcome, listed, new in session.execute(query):
        bars.setdefault(str(key), []).append(RunBar(at=at, outcome=outcome.value, listed=listed, new=new))
    return bars


def health_history(session: Session, source_key: str, limit: int = 20) -> list[HealthChange]:
    """The newest rows of a source's history, newest first."""
    query = (
        select(HealthChange)
        .options(selectinload(HealthChange.person))
        .where(HealthChange.source_key == source_key)
        .order_by(HealthChange.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def is_paused(session: Session, source_key: str, now: datetime) -> bool:
    """Whether a source is not to be collected on schedule at a moment."""
    state = session.get(SourceState, source_key)
    if state is None or state.health is not SourceHealth.PAUSED:
        return False
    return state.paused_until is None or now < state.paused_until


def last_runs(session: Session) -> dict[str, datetime]:
    """When each source was last collected."""
    return {key: at for key, at in session.execute(select(SourceState.key, SourceState.last_run_at)) if at is not None}


def _latest(condition: ColumnElement[bool]) -> Select[str, int]:
    return (
        select(HealthChange.source_key, func.max(HealthChange.id).label("id")).where(condition).group_by(HealthChange.source_key)
    )


def _row(state: SourceState, change: HealthChange | None, person: str | None, now: datetime) -> HealthRow:
    today = day_of(now)
    newest = state.newest_on
    return HealthRow(
        key=state.key,
        name=state.name,
        parliament=state.parliament,
        home=state.home,
        health=state.health,
        cause=change.cause if change else HealthCause.NOT_COLLECTED,
        since=change.at if change else None,
        failures=state.failures,
        failing_since=state.failing_since,
        trouble=state.trouble,
        last_run_at=state.last_run_at,
        last_ok_at=state.last_ok_at,
        newest_on=newest,
        silent_days=silent_days(newest, today, state.parliament) if newest else None,
        alarm_days=state.alarm_days,
        pause_reason=state.pause_reason,
        paused_until=state.paused_until,
        person=person,
        acknowledged=state.acknowledged_at is not None,
        told_at=state.told_at,
    )
