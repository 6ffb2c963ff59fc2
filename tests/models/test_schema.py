from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import exc, select, text

from models import Base, Change, Database, DatabaseError, Heartbeat, actions, queries
from models.engine import wal_is_safe
from models.schema import _config, drift, engine_name, require_current, schema_state, table_counts, upgrade

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def test_upgrading_again_changes_nothing(database):
    assert upgrade(database, NOW) is None
    assert schema_state(database).is_current
    require_current(database)


def test_the_migrations_tell_the_whole_story(database):
    assert drift(database) == []
    assert set(table_counts(database)) == set(Base.metadata.tables)


def test_a_new_file_is_made_with_its_folder_and_an_old_one_is_to_be_upgraded(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/not/there/x.sqlite3")
    assert upgrade(database, NOW) is None
    assert drift(database) == []
    with database.writing() as session:
        actions.person_named(session, "Kim", NOW)
    with database.writing(visible=False) as session:
        session.execute(text("DELETE FROM alembic_version"))
    assert not schema_state(database).is_current
    with pytest.raises(DatabaseError, match="beimwort db upgrade"):
        require_current(database)
    database.close()


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


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE claim SET stage = 'maybe'",
        "UPDATE claim SET stage = 'tracked'",
        "UPDATE claim SET stage = 'dismissed'",
        "UPDATE claim SET dismiss_reason = 'other'",
        "UPDATE claim SET stage = 'tracked', fulfillment = 'open', verdict = 'correct'",
        'UPDATE claim SET "end" = start',
        "UPDATE claim SET version_id = 99",
        "UPDATE finding SET score = 1.1",
        "UPDATE finding SET amount_min_eur = 2, amount_max_eur = 1",
        "UPDATE finding SET kind = 'promise'",
        "UPDATE release_version SET number = 0",
        "INSERT INTO release_faction SELECT release_id, faction_id FROM release_faction",
        (
            'INSERT INTO finding (claim_id, version_id, current, rules_version, found_at, kind, start, "end", score, reasons, attribution, per_year)'
            " SELECT claim_id, version_id, current, '2', found_at, kind, start, \"end\", score, reasons, attribution, per_year FROM finding"
        ),
    ],
)
def test_the_database_refuses_to_spoil_a_claim(desk, change):
    quote = "Wir werden 25 Millionen Euro zur Verfügung stellen."
    desk.keep(f"Titel\n\n{quote}", [quote])
    with pytest.raises(exc.IntegrityError), desk.database.writing() as session:
        session.execute(text(change))


@pytest.mark.parametrize(
    "change",
    [
        (
            "INSERT INTO review (claim_id, person_id, question, value, reason, holds_for, recorded_at)"
            " VALUES (1, 1, 'fulfillment', 'open', '', '2024-01-01', '2024-01-01')"
        ),
        "UPDATE review SET question = 'taste'",
        "UPDATE dispute SET ground = ''",
        "UPDATE dispute SET resolution = 'done'",
        "UPDATE follow_up SET outcome = 'done'",
        "UPDATE evidence SET note = ''",
        "UPDATE evidence SET state = 'failed'",
        "UPDATE decision SET action = 'like'",
    ],
)
def test_the_database_refuses_to_spoil_a_decision(desk, change):
    quote = "Wir werden 25 Millionen Euro zur Verfügung stellen."
    claim = desk.keep(f"Titel\n\n{quote}", [quote]).new_claims[0].id
    desk.act(actions.judge, claim, value="open", reason="x", evidence=actions.NewEvidence(note="Zitat"))
    desk.act(actions.dispute, claim, ground="nein")
    with pytest.raises(exc.IntegrityError), desk.database.writing() as session:
        session.execute(text(change))


def test_a_newer_database_is_refused_in_one_sentence(database):
    with database.writing(visible=False) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuse in (lambda: upgrade(database, NOW), lambda: require_current(database)):
        with pytest.raises(DatabaseError, match="newer") as error:
            refuse()
        assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "mysql://x/y",
        "sqlite://",
        "sqlite:////proc/nowhere/x.sqlite3",
        "postgresql://nobody@127.0.0.1:1/x",
        "postgresql://nobody@127.0.0.1:port/x",
        "postgresql://nobody@127.0.0.1:1/x?nonsense=1",
    ],
)
def test_an_unusable_address_gives_one_clear_line(address):
    with pytest.raises(DatabaseError) as error:
        upgrade(Database(address), NOW)
    assert "\n" not in str(error.value)
    assert "DATABASE_URL" in str(error.value) or address in str(error.value)


def test_a_folder_that_takes_no_files_gives_one_clear_line(tmp_path):
    (tmp_path / "x.sqlite3.upgrade-lock").mkdir()
    with pytest.raises(DatabaseError, match="Cannot write beside the database"):
        upgrade(Database(f"sqlite:///{tmp_path}/x.sqlite3"), NOW)


def test_a_file_that_is_no_database_is_named(tmp_path):
    file = tmp_path / "x.sqlite3"
    file.write_bytes(b"this is a letter, not a database, and it is long enough to be read as one" * 20)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match=r"x\.sqlite3"):
        upgrade(database, NOW)
    database.close()


@pytest.mark.parametrize("address", ["postgresql://me:secret@127.0.0.1:1/x", "postgresql://me@127.0.0.1:1/x?password=secret"])
def test_the_password_is_never_shown(address):
    with pytest.raises(DatabaseError) as error:
        upgrade(Database(address), NOW)
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


def test_a_database_with_edits_and_pages_of_the_time_before_is_brought_up_to_date(desk):
    for words, days in (("Eins.", 0), ("Zwei.", 1), ("Eins.", 2)):
        desk.keep(f"Titel\n\n{words}", when=NOW.replace(day=1 + days))
    with desk.database.writer.connect() as connection:
        if desk.database.is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            command.downgrade(_config(connection), "0002")
    assert not schema_state(desk.database).is_current
    upgrade(desk.database, NOW)
    assert drift(desk.database) == []
    with desk.database.reading() as session:
        assert [(change.weight, change.stretches) for change in session.scalars(select(Change))] == [(None, [])] * 2
        newest = queries.last_snapshot(session, "https://x.example/1")
        assert newest.content == b"Titel\n\nEins."
        assert newest.validators == {}


def test_messages_that_wait_survive_the_migration_that_lets_them_tell_of_health(tmp_path):
    from alembic import command

    from models.schema import _config

    database = Database(f"sqlite:///{tmp_path}/old.sqlite3")
    with database.writer.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0002")
        connection.execute(
            text(
                "INSERT INTO notice (key, event, channel, recipient, subject, text, html, data, state, attempts, created_at, next_attempt_at)"
                " VALUES ('k', 'release', 'smtp', 'a@example.org', 'S', 'T', 'H', '{}', 'new', 0, '2024-01-01', '2024-01-01')"
            )
        )
        connection.execute(text("INSERT INTO data_version (id, number) VALUES (1, 7)"))
    upgrade(database, NOW)
    with database.writing() as session:
        assert session.execute(text("SELECT key, event FROM notice")).all() == [("k", "release")]
        session.execute(text("UPDATE notice SET event = 'health'"))
    with pytest.raises(exc.IntegrityError), database.writing() as session:
        session.execute(text("UPDATE notice SET event = 'gossip'"))
    with pytest.raises(exc.IntegrityError), database.writing() as session:
        session.execute(text("UPDATE notice SET state = 'sent'"))
    database.close()
