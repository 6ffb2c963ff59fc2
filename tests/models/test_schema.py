from datetime import UTC, datetime

import pytest
from sqlalchemy import exc, text

from models import Base, Database, DatabaseError, Heartbeat
from models.engine import wal_is_safe
from models.schema import drift, engine_name, require_current, schema_state, table_counts, upgrade

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def test_upgrading_again_changes_nothing(database):
    assert upgrade(database, NOW) is None
    assert schema_state(database).is_current
    require_current(database)


def test_the_migrations_tell_the_whole_story(database):
    assert drift(database) == []
    assert set(table_counts(database)) == set(Base.metadata.tables)


def test_every_table_and_column_says_what_it_holds():
    for table in Base.metadata.tables.values():
        assert table.comment, table.name
        assert [column.name for column in table.columns if not column.comment] == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO data_version (id, number) VALUES (2, 0)",
        "INSERT INTO person (name, created_at) VALUES ('', '2024-01-01')",
        "INSERT INTO body (sha256, size, compressed) VALUES ('short', 1, '')",
        "INSERT INTO source_state (key, name, parliament, home, verified, health, failures, declared) VALUES ('a', 'A', 'P', 'h', true, 'fine', 0, true)",
        "INSERT INTO source_state (key, name, parliament, home, verified, health, failures, declared) VALUES ('a', 'A', 'P', 'h', true, 'ok', -1, true)",
        "INSERT INTO run (job, started_at, ended_at, outcome, listed, fetched, new, changed, failed, claims) VALUES ('collect', '2024-01-02', '2024-01-01', 'ok_new', 0, 0, 0, 0, 0, 0)",
        "INSERT INTO observation (indicator_key, region, region_code, year, source, as_of, note) VALUES ('none', 'R', 'R', 2024, '', '', '')",
    ],
)
def test_the_database_refuses_wrong_rows(database, statement):
    with pytest.raises(exc.IntegrityError), database.writing() as session:
        session.execute(text(statement))


def test_a_newer_database_is_refused_in_one_sentence(database):
    with database.writing(visible=False) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuse in (lambda: upgrade(database, NOW), lambda: require_current(database)):
        with pytest.raises(DatabaseError, match="newer") as error:
            refuse()
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://x/y", "sqlite://", "postgresql://nobody@127.0.0.1:1/x", "sqlite:////proc/nowhere/x.sqlite3"]
)
def test_an_unusable_address_gives_one_clear_line(address):
    with pytest.raises(DatabaseError) as error:
        upgrade(Database(address), NOW)
    assert "Traceback" not in str(error.value)


def test_a_file_that_is_no_database_is_named(tmp_path):
    file = tmp_path / "x.sqlite3"
    file.write_bytes(b"this is a letter, not a database, and it is long enough to be read as one" * 20)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match=r"x\.sqlite3"):
        upgrade(database, NOW)
    database.close()


def test_the_password_is_never_shown():
    with pytest.raises(DatabaseError) as error:
        upgrade(Database("postgresql://me:secret@127.0.0.1:1/x"), NOW)
    assert "secret" not in str(error.value)


def test_moments_without_a_zone_are_refused_and_others_come_back_equal(database):
    with pytest.raises(exc.StatementError, match="time zone"), database.writing() as session:
        session.add(Heartbeat(name="a", at=NOW.replace(tzinfo=None), started_at=NOW))
    with database.writing() as session:
        session.add(Heartbeat(name="a", at=NOW, started_at=NOW))
    with database.reading() as session:
        assert session.get_one(Heartbeat, "a").at == NOW
        assert session.get_one(Heartbeat, "a").at.tzinfo is UTC


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 50, 6), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 0), True)],
)
def test_wal_is_used_only_on_a_sqlite_that_loses_nothing(version, safe):
    assert wal_is_safe(version) is safe


def test_the_engine_says_what_it_is(database):
    name, warning = engine_name(database)
    assert name.startswith(("SQLite 3.", "PostgreSQL 1"))
    assert warning is None
