"""Bringing a database to the schema of this code: upgrade under a lock with a backup before, refusal of a newer one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.orm import Session

from models.base import Base
from models.engine import Database, DatabaseError, shown, sqlite_module, wal_is_safe
from models.pulse import DataVersion
from models.release import Release
from models.search.entry import SearchEntry, is_ours
from models.search.keep import AT_ONCE, index_releases

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
UPGRADE_LOCK = 0x6265696D  # "beim": advisory lock on PostgreSQL


@dataclass(frozen=True)
class SchemaState:
    """Where a database stands against this code; `found` None: no schema yet."""

    found: str | None
    newest: str
    known: bool

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return self.found == self.newest

    @property
    def is_newer(self) -> bool:
        """Whether a newer version of the program has written this database."""
        return self.found is not None and not self.known


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def schema_state(database: Database) -> SchemaState:
    """Where the database stands. Raises `DatabaseError` when it cannot be reached."""
    script = ScriptDirectory.from_config(_config())
    with database.reading() as session:
        found = MigrationContext.configure(session.connection()).get_current_revision()
    return SchemaState(
        found=found, newest=str(script.get_current_head()), known=found in {r.revision for r in script.walk_revisions()}
    )


def upgrade(database: Database, now: datetime) -> Path | None:
    """Create or bring up to date; a second call changes nothing. Gives the backup's file if one was made (SQLite only).

    Raises `DatabaseError` for a database that is newer than this code or cannot be used.
    """
    if database.file is not None:
        try:
            database.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(
                f"Cannot create the folder of the database {shown(database.url)}: {error}. Set BEIMWORT_DATA."
            ) from error
    with _upgrade_lock(database):
        state = schema_state(database)
        if state.is_newer:
            raise DatabaseError(
                f"The database {shown(database.url)} was written by a newer version "
                f"(schema {state.found}, this program knows {state.newest}). "
                "Update the program, or use another database."
            )
        if state.is_current:
            return None
        backup = _back_up(database, now) if state.found else None
        with database.writer.connect() as connection:
            _run_migrations(connection, is_sqlite=database.is_sqlite)
        return backup


def require_current(database: Database) -> None:
    """Raise `DatabaseError` unless the database has exactly this code's schema."""
    state = schema_state(database)
    if state.is_newer:
        raise DatabaseError(
            f"The database {shown(database.url)} is newer than this program "
            f"(schema {state.found}, known is {state.newest}). Update the program."
        )
    if not state.is_current:
        raise DatabaseError(
            f"The database {shown(database.url)} has schema {state.found or 'none'}, not {state.newest}. "
            "Run `beimwort db upgrade`."
        )


def drift(database: Database) -> list[object]:
    """Differences between the tables in the database and in the code; empty when the migrations tell the whole story."""
    with database.reader.connect() as connection:
        return list(
            compare_metadata(
                MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours}), Base.metadata
            )
        )


def table_counts(database: Database) -> dict[str, int]:
    """Rows in each table, for `db info`."""
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)
        }


def engine_name(database: Database) -> tuple[str, str | None]:
    """The database's product and version, and a warning where it cannot run in its safe mode."""
    if not database.is_sqlite:
        with database.reading() as session:
            return f"PostgreSQL {session.scalar(text('SHOW server_version'))}", None
    version = sqlite_module().sqlite_version
    if wal_is_safe(tuple(int(part) for part in version.split("."))):
        return f"SQLite {version}, WAL", None
    return f"SQLite {version}, DELETE", (
        f"SQLite {version} can lose commits in WAL mode, so the slower DELETE mode is used. Install pysqlite3 or a newer Python."
    )


def _run_migrations(connection: Connection, *, is_sqlite: bool) -> None:
    # Batch migrations rebuild tables; with foreign keys on, that has emptied child tables elsewhere.
    if is_sqlite:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        command.upgrade(_config(connection), "head")
        if connection.scalar(select(func.count()).select_from(DataVersion)) == 0:
            connection.execute(insert(DataVersion).values(id=1, number=0))
        _fill_search(connection)
        if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise DatabaseError(f"The migration left {len(broken)} broken references and was taken back. Please report this.")
    if is_sqlite:
        connection.connection.cursor().execute("PRAGMA foreign_keys = ON")


def _fill_search(connection: Connection) -> None:
    """Index what there is when the search's table is new. Not in its migration, as this code knows the newest schema only."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        if session.scalar(select(SearchEntry.place).limit(1)) is None:
            ids = session.scalars(select(Release.id).order_by(Release.id)).all()
            for first in range(0, len(ids), AT_ONCE):
                index_releases(session, ids[first : first + AT_ONCE])
        session.commit()


def _back_up(database: Database, now: datetime) -> Path | None:
    if database.file is None:
        return None
    target = database.file.with_name(f"{database.file.stem}-before-upgrade-{now:%Y%m%dT%H%M%S}{database.file.suffix}")
    with database.reader.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("VACUUM INTO ?", (str(target),))
    return target


@contextmanager
def _upgrade_lock(database: Database) -> Iterator[None]:
    """One upgrade at a time: a file lock beside the embedded database, an advisory lock on PostgreSQL."""
    if database.file is not None:
        file = database.file.with_name(database.file.name + ".upgrade-lock")
        try:
            lock = file.open("w")
        except OSError as error:
            raise DatabaseError(f"Cannot write beside the database {shown(database.url)}: {error}.") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with database.reading() as session:
        session.execute(select(func.pg_advisory_lock(UPGRADE_LOCK)))
        try:
            yield
        finally:
            session.execute(select(func.pg_advisory_unlock(UPGRADE_LOCK)))
