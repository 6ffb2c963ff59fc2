"""claims, collect and db on a small database of the embedded kind."""

import asyncio
import json
from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

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


@pytest.fixture
def desk(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path}/desk.sqlite3"
    asyncio.run(
        run_demo(
            load_settings(data=tmp_path, database_url=address, allowed_networks="127.0.0.0/8", host_pause=0),
            0,
            until=date(2019, 12, 1),
            stay=False,
        )
    )
    monkeypatch.setenv("DATABASE_URL", address)
    return Database(address)


def test_claims_are_listed_shown_and_decided(desk):
    ranking, pledge = rows_of(call("claims", "list"))
    assert (ranking["kind"], pledge["kind"], pledge["status"]) == ("ranking", "funding_pledge", "candidate")
    assert rows_of(call("claims", "track", pledge["id"], "--reason", "prüfbar"))[0]["status"] == "open"
    assert (
        rows_of(
            call(
                "claims",
                "judge",
                ranking["id"],
                "depends_on_definition",
                "--reason",
                "je nachdem",
                "--as",
                "Kim",
                "--note",
                "Zahlen",
            )
        )[0]["status"]
        == "depends_on_definition"
    )
    assert rows_of(call("claims", "dispute", ranking["id"], "--ground", "nein"))[0]["status"] == "disputed"
    (shown,) = rows_of(call("claims", "show", ranking["id"]))
    assert [(row["action"], row["by"]) for row in shown["history"]] == [("track", "Kim"), ("judge", "Kim"), ("dispute", "desk")]
    assert shown["evidence"][0]["state"] == "archived"
    assert [row["id"] for row in rows_of(call("claims", "list", "--status", "disputed"))] == [ranking["id"]]
    assert rows_of(call("claims", "resolve", ranking["id"], "--reason", "geklärt"))[0]["status"] == "depends_on_definition"
    desk.close()


def test_a_dismissed_candidate_leaves_the_list_unless_asked_for(desk):
    first, second = rows_of(call("claims", "list"))
    rows_of(call("claims", "dismiss", first["id"], "--why", "not_checkable"))
    assert [row["id"] for row in rows_of(call("claims", "list"))] == [second["id"]]
    assert len(rows_of(call("claims", "list", "--dismissed"))) == 2
    desk.close()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["claims", "show", "77"], 1, "no claim 77"),
        (["claims", "track", "77"], 1, "no claim 77"),
        (["claims", "repeats", "77"], 1, "no claim 77"),
        (["claims", "judge", "1", "fulfilled", "--reason", "x"], 1, "no judgment for a ranking"),
        (["claims", "judge", "1", "correct"], 1, "needs a reason"),
        (["claims", "judge", "1", "correct", "--reason", "x", "--holds-for", "gestern"], 2, "YYYY-MM-DD"),
        (["claims", "judge", "1", "correct", "--reason", "x", "--evidence", "nirgendwo"], 1, "no web address"),
        (["claims", "dismiss", "1", "--why", "boring"], 2, "boring"),
        (["collect", "nobody"], 1, "no source 'nobody'"),
    ],
)
def test_what_is_wrong_is_one_clear_line(desk, arguments, status, words):
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr
    desk.close()


def test_the_database_is_made_and_described(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite3")
    assert call("db", "info").exit_code == 1
    upgraded = rows_of(call("db", "upgrade"))[0]
    about, counts = rows_of(call("db", "info"))
    assert upgraded["schema"] == about["schema"] == about["newest"]
    assert about["engine"].startswith("SQLite 3.")
    assert counts["rows"]["release"] == 0


def test_a_newer_or_unreachable_database_is_said_in_one_line(desk, monkeypatch):
    with desk.writing(visible=False) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    desk.close()
    for command in (["claims", "list"], ["db", "info"], ["db", "upgrade"], ["collect"]):
        result = call(*command)
        assert result.exit_code == 1
        assert "newer" in result.stderr
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/x")
    result = call("claims", "list")
    assert result.exit_code == 1
    assert "secret" not in result.stderr


def test_a_source_that_fails_ends_with_one_after_all_ran(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path))
    monkeypatch.setattr("jobs.desk.SHIPPED", tmp_path / "none")
    (tmp_path / "sources").mkdir()
    for key in ("one", "two"):
        (tmp_path / "sources" / f"{key}.toml").write_text(
            f'name = "{key}"\nparliament = "P"\nfactions = ["X"]\nhome = "http://127.0.0.1:9/"\n[[list]]\naddress = "http://127.0.0.1:9/{key}"\nitem = "a"\n[release]\ntitle = "h1"\nbody = "p"\n'
        )
    result = call("collect")
    assert result.exit_code == 1
    rows = [json.loads(line) for line in result.stdout.split("\n") if line]
    assert [(row["source"], row["outcome"]) for row in rows] == [("one", "failed"), ("two", "failed")]
    assert "BEIMWORT_ALLOWED_NETWORKS" in result.stderr
    desk.close()


def test_the_founding_release_is_worked_through_and_its_history_verified(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path))
    ranking, pledge = (row["id"] for row in rows_of(call("claims", "list")))
    budget = ["--evidence-kind", "budget", "--note", "Haushalt 2020: 25 Mio. Euro veranschlagt.", "--document-on", "2019-12-18"]
    refused = call("claims", "judge", pledge, "partly_fulfilled", "--reason", "Im Haushalt.", *budget)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "budgeted_is_not_spent" in refused.stderr
    reason = "Veranschlagt sind 25 Mio.; was 2020 ausgegeben wurde, ist unbekannt."
    judged = call(
        "claims", "judge", pledge, "partly_fulfilled", "--reason", reason, *budget, "--despite", "budgeted_is_not_spent"
    )
    assert rows_of(judged)[0]["status"] == "partly_fulfilled"
    figures = ["--evidence-kind", "statistic", "--note", "NRW liegt bei vier von dreizehn Definitionen vorn."]
    rows_of(call("claims", "judge", ranking, "depends_on_definition", "--reason", "Je nach Nenner.", *figures))
    rows_of(
        call(
            "claims", "dispute", ranking, "--ground", "Absolut stimmt es.", "--objector", "CDU", "--position", "Rate, nicht Zahl"
        )
    )
    rows_of(call("claims", "reply", ranking, "--received-on", "2020-01-10", "--text", "Gemeint war die absolute Zahl."))
    assert rows_of(call("claims", "resolve", ranking, "--reason", "Antwort vermerkt."))[0]["status"] == "depends_on_definition"
    stale = call("claims", "edit", ranking, "--summary", "NRW vorn", "--revision", 1)
    assert stale.exit_code == 1
    assert json.loads(stale.stdout)["mine"]["summary"] == "NRW vorn"
    assert [row["action"] for row in rows_of(call("claims", "history", ranking))] == [
        "track",
        "judge",
        "dispute",
        "reply",
        "resolve",
    ]
    export = tmp_path / "history.jsonl"
    assert rows_of(call("history", "export", export))[0]["decisions"] == 7
    (verified,) = rows_of(call("history", "verify", "--anchor", export))
    assert (verified["decisions"], verified["anchored_to"], verified["faults"]) == (7, 7, 0)
    with desk.writing() as session:
        session.execute(text("DROP TRIGGER decision_no_delete"))
        session.execute(text("DELETE FROM decision WHERE number = 7"))
    cut = call("history", "verify", "--anchor", export)
    assert (cut.exit_code, "cut off" in cut.stderr) == (1, True)
    desk.close()


def test_of_several_claims_all_are_done_or_none(desk):
    first, second = (row["id"] for row in rows_of(call("claims", "list")))
    assert call("claims", "track", first, second, 77).exit_code == 1
    assert [row["status"] for row in rows_of(call("claims", "list"))] == ["candidate", "candidate"]
    assert [row["status"] for row in rows_of(call("claims", "track", first, second))] == ["unchecked", "open"]
    assert {row["why"] for row in rows_of(call("claims", "due", "--unassigned"))} >= {"overdue", "forgotten"}
    assert [row["status"] for row in rows_of(call("claims", "undo", first, second))] == ["candidate", "candidate"]
    desk.close()
