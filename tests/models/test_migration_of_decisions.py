import itertools
from datetime import UTC, date, datetime

import psycopg
import pytest
from alembic import command
from sqlalchemy import MetaData

from models import Database, queries
from models.schema import _config, upgrade

NOW = datetime(2024, 1, 1, tzinfo=UTC)
NUMBERS = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def old_database(request, tmp_path):
    """A database as it was before decisions were chained."""
    address = f"sqlite:///{tmp_path}/old.sqlite3"
    if request.param == "postgresql":
        postgres, name = request.getfixturevalue("postgres"), f"old_{tmp_path.parent.name}_{next(NUMBERS)}".replace("-", "_")
        with psycopg.connect(postgres("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        address = postgres(name)
    database = Database(address)
    with database.writer.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0002")
    yield database
    database.close()


def insert(connection, tables, table, **given):
    """A row in an old table; what must not be empty and is not given gets something of its type."""
    something = {int: 1, str: "x", bool: False, float: 0.5, date: date(2020, 1, 1), bytes: b"x", dict: {}, object: {}}
    row = {}
    for column in tables[table].columns:
        if column.name in given:
            row[column.name] = given[column.name]
        elif not column.nullable and column.server_default is None:
            kind = column.type.python_type
            row[column.name] = datetime(2020, 1, 1, 10, tzinfo=UTC) if kind is datetime else something[kind]
    connection.execute(tables[table].insert().values(**row))


def test_decisions_made_before_the_chain_get_their_places_in_it_and_the_history_verifies(old_database):
    tables = MetaData()
    with old_database.writer.connect() as connection, connection.begin():
        tables.reflect(connection)
        tables = tables.tables
        insert(connection, tables, "person", id=1, name="Kim")
        insert(connection, tables, "source_state", key="x", health="ok")
        insert(connection, tables, "body", sha256="0" * 64)
        insert(connection, tables, "snapshot", id=1, purpose="release", body_sha256="0" * 64)
        insert(connection, tables, "release", id=1, source_key="x")
        insert(connection, tables, "release_version", id=1, release_id=1, snapshot_id=1, number=1, cause="first")
        insert(
            connection,
            tables,
            "claim",
            id=1,
            release_id=1,
            version_id=1,
            start=0,
            end=5,
            stage="tracked",
            fulfillment="open",
            revision=2,
        )
        moments = [datetime(2020, 1, day, 10, 0, 0, 123, tzinfo=UTC) for day in (1, 2)]
        for number, (action, before, after) in enumerate(
            [
                ("track", {"stage": "candidate"}, {"stage": "tracked", "fulfillment": "open"}),
                ("judge", {"fulfillment": "open"}, {"fulfillment": "open"}),
            ],
            1,
        ):
            insert(
                connection,
                tables,
                "decision",
                id=number,
                claim_id=1,
                person_id=1,
                action=action,
                reason="wegen Ä",
                before=before,
                after=after,
                recorded_at=moments[number - 1],
            )
        insert(
            connection,
            tables,
            "review",
            id=1,
            claim_id=1,
            person_id=1,
            question="fulfillment",
            value="open",
            reason="wegen Ä",
            recorded_at=moments[1],
        )
    upgrade(old_database, NOW)
    with old_database.reading() as session:
        assert queries.check_history(session) == []
        assert [(d.number, d.actor, d.details.get("review")) for d in queries.history(session)] == [
            (1, "Kim", None),
            (2, "Kim", 1),
        ]
        assert [row.version for row in queries.methodologies(session)] == ["1"]
