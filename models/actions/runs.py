"""Writing the run log."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from models.actions.health import settle_health
from models.health import BAD, GOOD
from models.run import Issue, Run
from models.source_state import SourceState
from models.words import Outcome

_RUN = cast("Table", Run.__table__)
_COUNT = (
    update(_RUN)
    .where(_RUN.c.id == bindparam("run"))
    .values({name: _RUN.c[name] + bindparam(f"more_{name}") for name in ("fetched", "new", "changed", "claims")})
)


def start_run(session: Session, job: str, now: datetime, source_key: str | None = None) -> Run:
    """A new run, stored at once so that a crash leaves a trace."""
    run = Run(job=job, source_key=source_key, started_at=now)
    session.add(run)
    session.flush()
    return run


def count_in_run(session: Session, run_id: int, *, fetched: int = 0, new: int = 0, changed: int = 0, claims: int = 0) -> None:
    """Add to a run's counts, without reading it first."""
    counted = {"fetched": fetched, "new": new, "changed": changed, "claims": claims}
    if any(counted.values()):
        session.connection().execute(_COUNT, {"run": run_id, **{f"more_{name}": n for name, n in counted.items()}})


def note_issue(session: Session, run_id: int, *, kind: str, message: str, at: datetime, address: str | None = None) -> None:
    """Add something odd to a run."""
    run = session.get_one(Run, run_id)  # held by name: the session itself lets go of what nobody holds
    run.issues.append(Issue(kind=kind, address=address, message=message, at=at))


def note_list(session: Session, run_id: int, *, address: str, items: int) -> None:
    """Remember which list a run used and how many releases its first page named."""
    run = session.get_one(Run, run_id)
    run.list_address, run.items = address, items


def end_run(session: Session, run_id: int, outcome: Outcome, now: datetime, trouble: str | None = None) -> Run:
    """Close a run and draw the conclusion for its source's health."""
    run = session.get_one(Run, run_id)
    run.outcome, run.ended_at, run.trouble = outcome, max(now, run.started_at), trouble
    if run.source_key is not None and run.job == "collect":  # a back-fill says nothing of how the source does today
        _note_outcome(session.get_one(SourceState, run.source_key), run)
        session.flush()
        settle_health(session, session.get_one(SourceState, run.source_key), run.ended_at)
    return run


def abort_unfinished_runs(session: Session) -> int:
    """Close the runs that a crash left open. Call it only while holding the worker's lock."""
    unfinished = session.scalars(select(Run).where(Run.outcome == Outcome.RUNNING)).all()
    for run in unfinished:
        run.outcome = Outcome.ABORTED
        run.trouble = "The worker ended before the run did; the next run goes on where it stopped."
    return len(unfinished)


def _note_outcome(state: SourceState, run: Run) -> None:
    state.last_run_at = run.started_at
    if run.outcome in GOOD:
        state.failures, state.failing_since, state.trouble, state.last_ok_at = 0, None, None, run.ended_at
    elif run.outcome in BAD:
        state.failures, state.trouble = state.failures + 1, run.trouble
        state.failing_since = state.failing_since or run.started_at
