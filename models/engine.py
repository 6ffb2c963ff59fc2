"""The database: SQLite in WAL mode by default, PostgreSQL by address; one engine for reading and one for writing.

Writers on SQLite begin with BEGIN IMMEDIATE: a transaction that starts with a read and then writes fails at once when another
process wrote in between, whatever the busy time-out says.
"""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from sqlalchemy import Engine, Table, create_engine, event, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from models.pulse import DataVersion
from models.search.keep import keep_in_step

BUSY_SECONDS = 30

# Two processes writing and checkpointing at once could lose commits in WAL mode before these versions (sqlite.org/wal.html).
WAL_FIXED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))

_VERSION = cast("Table", DataVersion.__table__)
_GROWS = update(_VERSION).values(number=_VERSION.c.number + 1)


class DatabaseError(Exception):
    """A database that cannot be used; the message says which, why, and what to do."""


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the wheel where it is installed (Linux), else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError:
        return sqlite3


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether a SQLite version has the fix for commits lost in WAL mode."""
    return version >= WAL_FIXED[-1] or any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_FIXED)


def shown(url: URL | str) -> str:
    """A database address fit to be printed: the password is hidden, also one given as an option."""
    url = make_url(url)
    hidden = {name: "hidden" for name in url.query if "password" in name}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


class Database:
    """An open database. `reading()` and `writing()` give sessions; a write that pages should see moves the data version."""

    def __init__(self, address: str) -> None:
        """Prepare both engines; nothing is connected yet."""
        try:
            self.url = make_url(address)
            self.writer = self._engine("IMMEDIATE")
            self.reader = self._engine("DEFERRED")
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
            raise DatabaseError(
                f"DATABASE_URL is no address of a database we can use ({error}). Write sqlite:///FILE or postgresql://USER@HOST/NAME."
            ) from error

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of the embedded database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    def close(self) -> None:
        """Close all connections."""
        self.writer.dispose()
        self.reader.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries. Raises `DatabaseError` when the database cannot be reached."""
        with self._named_errors(), Session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self, *, visible: bool = True) -> Iterator[Session]:
        """A session that commits at the end of the block, or leaves no trace if the block raises.

        `visible` moves the data version on which page caches hang; leave it off for heartbeats and leases. What was written of
        releases and claims is indexed for the search.
        """
        with self._named_errors(), Session(self.writer, expire_on_commit=False) as session, session.begin():
            keep_in_step(session)
            yield session
            if visible:
                session.flush()
                session.connection().execute(_GROWS)

    def _engine(self, begin: str) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, pool_pre_ping=True)
        if self.url.database in {None, "", ":memory:"}:
            raise ArgumentError("the embedded database needs a file")
        engine = create_engine(self.url, module=sqlite_module(), connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(f"BEGIN {begin}")

        return engine

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if not _is_unusable(error):
                raise
            raise DatabaseError(
                f"Cannot use the database {shown(self.url)}: {' '.join(str(error.orig).split()).rstrip('.?')}. "
                "Check the address, and that the server runs or the file can be read and written."
            ) from error


def _is_unusable(error: DBAPIError) -> bool:
    """Whether an error tells of the database itself (away, locked, damaged), not of what was asked of it."""
    name = type(error.orig).__name__
    text = str(error.orig)
    if name == "OperationalError":
        return True
    if name == "ProgrammingError" and error.statement is None:  # an option of the address that nobody knows
        return True
    return name == "DatabaseError" and ("malformed" in text or "not a database" in text)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: the "begin" event does.
    connection.isolation_level = None
    # SQLite's own knows the letters A to Z only, so a search without regard to case would not find "Übergang".
    connection.create_function("lower", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    safe = wal_is_safe(tuple(int(part) for part in sqlite_module().sqlite_version.split(".")))
    cursor.execute(f"PRAGMA journal_mode = {'WAL' if safe else 'DELETE'}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
