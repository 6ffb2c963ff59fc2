"""Keeping the list of sources in step with their declarations."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.source_state import SourceState


def declare_source(session: Session, *, key: str, name: str, parliament: str, home: str, verified: bool) -> SourceState:
    """The state of a declared source, new if need be; what the declaration says is taken over."""
    state = session.get(SourceState, key)
    if state is None:
        state = SourceState(key=key, name=name, parliament=parliament, home=home, verified=verified)
        session.add(state)
        session.flush()
    state.name, state.parliament, state.home, state.verified, state.declared = name, parliament, home, verified, True
    return state


def retire_sources(session: Session, declared: Collection[str]) -> None:
    """Mark sources whose declaration is gone; their releases stay."""
    for state in session.scalars(select(SourceState).where(SourceState.key.not_in(declared))):
        state.declared = False


def close_baseline(session: Session, key: str, now: datetime) -> SourceState:
    """The first good run of a source is over: from now on new releases are told singly."""
    state = session.get_one(SourceState, key)
    state.baseline_at = now
    return state
