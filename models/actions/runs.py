"""Writing the run log."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.run import Issue, Run
from models.source_state import SourceState
from models.words import Outcome, SourceHealth

BROKEN_AFTER = 3  # failed runs in a row (collecting rule 6)


def start_run(session: Session, job: str, now: datetime, source_key: str | None = None) -> Run:
    """A new run, stored at once so that a crash leaves a trace."""
    run = Run(job=job, source_key=source_key, started_at=now)
    session.add(run)
    session.flush()
    return run


def note_issue(session: Session, run_id: int, *, kind: str, message: str, at: datetime, address: str | None = None) -> None:
    """Add something odd to a run."""
    session.get_one(Run, run_id).issues.append(Issue(kind=kind, address=address, message=message, at=at))


def end_run(session: Session, run_id: int, outcome: Outcome, now: datetime, trouble: str | None = None) -> Run:
    """Close a run and draw the conclusion for its source's health."""
    run = session.get_one(Run, run_id)
    run.outcome, run.ended_at, run.trouble = outcome, max(now, run.started_at), trouble
    if run.source_key is not None and run.job == "collect":  # a back-fill says nothing of how the source does today
        state = session.get_one(SourceState, run.source_key)
        state.last_run_at = run.started_at
        if outcome in {Outcome.OK_NEW, Outcome.OK_UNCHANGED}:
            state.health, state.failures, state.trouble, state.last_ok_at = SourceHealth.OK, 0, None, run.ended_at
        elif outcome is not Outcome.ABORTED:
            state.failures += 1
            state.health = SourceHealth.BROKEN if state.failures >= BROKEN_AFTER else SourceHealth.FAILING
            state.trouble = trouble
    return run


def abort_unfinished_runs(session: Session) -> int:
    """Close the runs that a crash left open. Call it only while holding the worker's lock."""
    unfinished = session.scalars(select(Run).where(Run.outcome == Outcome.RUNNING)).all()
    for run in unfinished:
        run.outcome = Outcome.ABORTED
        run.trouble = "The worker ended before the run did; the next run goes on where it stopped."
    return len(unfinished)
