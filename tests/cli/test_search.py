"""`claims search` and `db reindex` on the two releases of the demo's first days."""

import asyncio
import io
import json
import shutil
from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from cli import output
from cli.main import app
from jobs.demo.worker import run_demo
from models import Database
from settings.config import load_settings


def call(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert "Traceback" not in result.stderr
    return result


def rows_of(result):
    assert result.exit_code == 0, result.stderr
    assert result.stdout.isascii()
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("played")
    settings = load_settings(
        data=folder, database_url=f"sqlite:///{folder}/desk.sqlite3", allowed_networks="127.0.0.0/8", host_pause=0
    )
    asyncio.run(run_demo(settings, 0, until=date(2019, 12, 1), stay=False))
    database = Database(settings.database)
    with database.reader.connect() as connection:
        connection.connection.cursor().execute("VACUUM INTO ?", (str(folder / "played.sqlite3"),))
    database.close()
    return folder / "played.sqlite3"


@pytest.fixture
def desk(played, tmp_path, monkeypatch):
    address = f"sqlite:///{shutil.copy(played, tmp_path / 'desk.sqlite3')}"
    monkeypatch.setenv("DATABASE_URL", address)
    database = Database(address)
    yield database
    database.close()


def test_a_script_gets_a_json_line_a_hit_with_the_places_of_the_marks(desk):
    (hit,) = rows_of(call("claims", "search", "--claims", "abschiebungsraten"))
    assert (hit["kind"], hit["field"]) == ("claim", "quote")
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["Abschiebungsrate"]
    result = call("claims", "search", '"25 Millionen"', "--releases")
    assert {hit["kind"] for hit in rows_of(result)} == {"release"}
    assert result.stderr == "1 of 1 hits.\n"
    both = rows_of(call("claims", "search", "Millionen"))
    assert {hit["kind"] for hit in both} == {"claim", "release"}
    assert rows_of(call("claims", "search", "Millionen", "--limit", 1)) == both[:1]
    assert rows_of(call("claims", "search", "Millionen", "--limit", 1, "--offset", 1)) == both[1:2]


def test_a_word_with_a_minus_is_left_out_and_is_no_option(desk):
    assert rows_of(call("claims", "search", "Millionen", "-Integrationsmanagement", "-Euro")) == []


@pytest.mark.parametrize("typed", ["!!!", '"', "-nur", "x" * 600, "a*"])
def test_what_cannot_be_asked_is_said_in_one_line(desk, typed):
    for command in (("claims", "search", typed), ("claims", "list", "--words", typed)):
        result = call(*command)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""


def test_a_person_sees_marks_and_no_text_can_harm_the_terminal(desk, monkeypatch):
    with desk.writing() as session:
        session.execute(text("UPDATE release_version SET title = title || ' \x1b[31mrot\x07 [bold]Klammer[/bold]'"))
    monkeypatch.setattr("cli.search.is_watched", lambda: True)
    shown = call("claims", "search", "Abschiebungsrate").stdout
    assert "Abschiebungsrate" in shown
    assert "[bold]Klammer[/bold]" in shown
    assert "\x1b[31m" not in shown
    assert "\x07" not in shown
    screen = io.StringIO()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("FORCE_COLOR", "1")
    output.print_marked([output.Text("ab", style="bold reverse")])
    assert "\x1b[" in screen.getvalue()


def test_the_search_is_made_anew_from_what_is_stored(desk):
    before = rows_of(call("claims", "search", "Millionen"))
    with desk.writing() as session:
        session.execute(text("DELETE FROM search_entry WHERE claim_id IS NOT NULL"))
        session.execute(text("UPDATE search_entry SET words = ' 0 '"))
    assert rows_of(call("claims", "search", "Millionen")) == []
    (done,) = rows_of(call("db", "reindex"))
    assert done == {"releases": 1, "entries": 3}
    assert rows_of(call("claims", "search", "Millionen")) == before
