"""The state of a source: drawn anew from its runs and releases, paused, resumed and acknowledged by people, kept as history."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.errors import ActionError
from models.days import day_of
from models.health import TROUBLED, Standing, cadence_of, silent_days
from models.person import Person
from models.queries.health import publishing_days
from models.source_state import HealthChange, SourceState
from models.words import HealthCause, SourceHealth


def settle_health(session: Session, state: SourceState, now: datetime, *, actor: Person | None = None) -> HealthChange | None:
    """Draw a source's state anew; gives the new row of its history if the state is another than before.

    A paused source stays so until its time is over. An acknowledgement holds for the state it was given for.
    """
    today = day_of(now)
    cadence = cadence_of(publishing_days(session, state.key, today), today, state.parliament)
    state.newest_on, state.alarm_days = (cadence.newest, cadence.alarm_days) if cadence else (None, None)
    if state.health is SourceHealth.PAUSED and state.pause_reason is not None:
        if state.paused_until is None or now < state.paused_until:
            return None
        state.pause_reason, state.paused_until = None, None
    silent = cadence is not None and silent_days(cadence.newest, today, state.parliament) > cadence.alarm_days
    standing = Standing(
        failures=state.failures, failing_since=state.failing_since, worked=state.last_ok_at is not None, silent=silent
    )
    health, cause = standing.health(now)
    if health is state.health and (health is SourceHealth.NEW or _has_history(session, state.key)):
        return None
    return _turn(session, state, health, cause, now, detail=state.trouble if state.failures else None, actor=actor)


def settle_all(session: Session, now: datetime) -> list[HealthChange]:
    """Draw the state of every declared source anew: time alone makes one quiet, broken or no longer paused."""
    states = session.scalars(select(SourceState).where(SourceState.declared).order_by(SourceState.key))
    return [change for state in states if (change := settle_health(session, state, now)) is not None]


def pause_source(
    session: Session, key: str, *, reason: str, actor: Person, now: datetime, until: datetime | None = None
) -> HealthChange:
    """Collect a source no more on schedule, for a reason and perhaps until a moment. Raises `ActionError`."""
    state, why = _state(session, key), " ".join(reason.split())
    if not why:
        raise ActionError("A pause needs a reason: whoever finds the source paused next year must know why.")
    if until is not None and until <= now:
        raise ActionError(f"The end of the pause, {until.isoformat()}, is over already.")
    state.pause_reason, state.paused_until = why, until
    return _turn(session, state, SourceHealth.PAUSED, HealthCause.PAUSED, now, detail=why, actor=actor)


def resume_source(session: Session, key: str, *, actor: Person, now: datetime) -> SourceState:
    """End a pause; the source's state is again what its runs say. Raises `ActionError` if it is not paused."""
    state = _state(session, key)
    if state.health is not SourceHealth.PAUSED:
        raise ActionError(f"{key} is not paused.")
    state.pause_reason, state.paused_until = None, None
    settle_health(session, state, now, actor=actor)
    return state


def acknowledge_source(session: Session, key: str, *, actor: Person, now: datetime) -> HealthChange:
    """A person has seen a source's trouble: it is not told again until the state changes.

    What its lists name from now on is its new normal, so a list that has become shorter for good is suspect no more. Raises
    `ActionError` if there is nothing to acknowledge.
    """
    state = _state(session, key)
    if state.health not in TROUBLED:
        raise ActionError(f"{key} is {state.health.value}: there is nothing to acknowledge.")
    if state.health is not SourceHealth.QUIET:
        state.normal_since = now
    state.acknowledged_at = now
    change = HealthChange(source_key=key, at=now, health=state.health, cause=HealthCause.ACKNOWLEDGED, person=actor)
    session.add(change)
    return change


def note_told(session: Session, keys: Collection[str], now: datetime) -> None:
    """Remember that a morning report told of these sources."""
    for state in session.scalars(select(SourceState).where(SourceState.key.in_(keys))):
        state.told_at = now


def _turn(
    session: Session,
    state: SourceState,
    health: SourceHealth,
    cause: HealthCause,
    now: datetime,
    *,
    detail: str | None,
    actor: Person | None,
) -> HealthChange:
    if health is not state.health:
        state.acknowledged_at = None
    state.health = health
    change = HealthChange(source_key=state.key, at=now, health=health, cause=cause, detail=detail, person=actor)
    session.add(change)
    session.flush()
    return change


def _has_history(session: Session, key: str) -> bool:
    return session.scalar(select(HealthChange.id).where(HealthChange.source_key == key).limit(1)) is not None


def _state(session: Session, key: str) -> SourceState:
    state = session.get(SourceState, key)
    if state is None or not state.declared:
        raise ActionError(f"There is no source {key!r}.")
    return state
