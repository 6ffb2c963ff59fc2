"""`beimwort sources health`, `pause`, `resume` and `acknowledge` on a small database."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from cli.main import app
from models import Database, actions
from models.schema import upgrade
from models.words import Outcome

NOW = datetime.now(UTC)


def call(*arguments):
    result = CliRunner().invoke(app, list(arguments))
    assert "Traceback" not in result.stderr
    return result


def rows_of(result):
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    database = Database(f"sqlite:///{tmp_path}/desk.sqlite3")
    upgrade(database, NOW)
    monkeypatch.setenv("DATABASE_URL", str(database.url))
    with database.writing() as session:
        for key in ("good", "bad"):
            actions.declare_source(session, key=key, name=key, parliament="P", home="https://x.example", verified=True)
    run(database, "good", Outcome.OK_NEW)
    run(database, "bad", Outcome.FAILED)
    yield database
    database.close()


def run(database, key, outcome):
    with database.writing() as session:
        started = actions.start_run(session, "collect", NOW - timedelta(hours=1), key)
        trouble = None if outcome is Outcome.OK_NEW else "[red]The list[/red] names 0 releases."
        actions.end_run(session, started.id, outcome, NOW, trouble)


def test_health_is_one_line_a_source_the_worst_first_and_status_1_says_that_one_is_broken(desk):
    result = call("sources", "health")
    assert result.exit_code == 0
    assert [(row["key"], row["health"]) for row in rows_of(result)] == [("bad", "failing"), ("good", "ok")]
    for _ in range(2):
        run(desk, "bad", Outcome.FAILED)
    result = call("sources", "health")
    assert result.exit_code == 1
    assert rows_of(result)[0]["why"].startswith("3 runs in a row failed since ")


def test_people_see_a_table_in_which_brackets_are_text(desk, monkeypatch):
    monkeypatch.setattr("cli.health.is_terminal", lambda: True)
    result = call("sources", "health")
    assert "last good run" in result.stdout
    assert "[red]" in result.stdout
    assert rows_of(call("sources", "health", "--json"))[1]["key"] == "good"


def test_a_silent_worker_is_said_and_ends_with_status_1(desk):
    with desk.writing(visible=False) as session:
        actions.beat(session, "worker", NOW - timedelta(minutes=10))
    result = call("sources", "health")
    assert result.exit_code == 1
    assert "worker has been silent" in result.stderr


def test_a_source_is_paused_resumed_and_its_trouble_acknowledged(desk):
    far = (NOW + timedelta(days=30)).date().isoformat()
    paused = call("sources", "pause", "good", "--reason", "Umbau", "--until", far, "--as", "Kim")
    assert paused.exit_code == 0, paused.stderr
    row = rows_of(call("sources", "health"))[-1]
    assert (row["key"], row["health"]) == ("good", "paused")
    assert row["why"].startswith("Paused by Kim until")
    assert rows_of(call("sources", "resume", "good")) == [{"key": "good", "health": "ok"}]
    assert rows_of(call("sources", "acknowledge", "bad")) == [{"key": "bad", "health": "failing", "acknowledged": True}]
    assert rows_of(call("sources", "health"))[0]["acknowledged"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("resume", "good"), "good is not paused"),
        (("acknowledge", "good"), "nothing to acknowledge"),
        (("pause", "nobody", "--reason", "x"), "There is no source 'nobody'"),
        (("pause", "good", "--reason", " "), "needs a reason"),
    ],
)
def test_what_makes_no_sense_is_one_line(desk, arguments, says):
    result = call("sources", *arguments)
    assert result.exit_code == 1
    assert says in result.stderr
