"""One worker per database: a file lock beside the embedded one, an advisory lock on PostgreSQL.

The system frees both when the process dies.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from models import Database

WORKER_LOCK = 0x77726B72  # "wrkr"


class WorkerRunningError(Exception):
    """Another worker already serves this database."""


@contextmanager
def worker_lock(database: Database) -> Iterator[None]:
    """Hold the worker's lock. Raises `WorkerRunningError` if another process has it."""
    trouble = (
        "Another worker already serves this database. Stop it first, or use another database (BEIMWORT_DATA or DATABASE_URL)."
    )
    if database.file is not None:
        with database.file.with_name(database.file.name + ".worker-lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WorkerRunningError(trouble) from None
            yield
        return
    with database.reader.connect() as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(WORKER_LOCK))):
            raise WorkerRunningError(trouble)
        connection.commit()
        try:
            yield
        finally:
            # The connection goes back to its pool alive, and with it the lock would.
            connection.execute(select(func.pg_advisory_unlock(WORKER_LOCK)))
