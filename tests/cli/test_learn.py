"""learn, its dry run and roll-back, and extract with what was learned."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from cli.main import app
from models.schema import table_counts

TEXT = "Titel\n\nWir lassen die Sanierung der Schulen bis Ende 2030 prüfen.\n\nIm Land fehlen 3.200 Lehrkräfte.\n"


def call(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert "Traceback" not in result.stderr
    return result


def rows_of(result):
    assert result.exit_code == 0, result.stderr
    assert result.stdout.isascii()
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture
def desk(sqlite_database, simulated, monkeypatch):
    simulated.store(sqlite_database, simulated.decisions(120, 1))
    simulated.store(sqlite_database, [replace(example, tracked=None) for example in simulated.decisions(12, 2)])
    monkeypatch.setenv("DATABASE_URL", str(sqlite_database.url))
    return sqlite_database


def test_it_learns_shows_a_table_and_prints_one_line(desk):
    counts = table_counts(desk)
    (tried,) = rows_of(call("learn", "--dry-run"))
    assert (tried["outcome"], tried["version"], tried["dry_run"]) == ("accepted", None, True)
    assert table_counts(desk) == counts
    result = call("learn")
    (row,) = rows_of(result)
    assert {**row, "version": None, "dry_run": True, "scored": 0} == tried
    assert (row["version"], row["decisions"], row["held_out"], row["scored"]) == (1, 120, 120, 12)
    assert row["ap_after"] > row["ap_rules"]
    assert "average precision" in result.stderr
    assert f"learned {row['ap_after']:.2f}" in result.stderr
    (shown,) = rows_of(call("claims", "show", 121))
    assert 0 < shown["learned_score"] < 1
    assert rows_of(call("learn"))[0]["outcome"] == "nothing_new"


def test_rolling_back_takes_a_reason_and_names_what_is_in_force_now(desk):
    rows_of(call("learn"))
    refused = call("learn", "--roll-back")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "needs a reason" in refused.stderr
    (row,) = rows_of(call("learn", "--roll-back", "--reason", "ausprobiert", "--as", "Kim"))
    assert row == {"rolled_back": 1, "in_force": None, "scored": 0}
    assert rows_of(call("claims", "show", 121))[0]["learned_score"] is None
    assert "No learned model" in call("learn", "--roll-back", "--reason", "noch einmal").stderr
    assert call("learn", "--roll-back", "--dry-run").exit_code == 2


def test_few_decisions_are_said_in_one_line(sqlite_database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(sqlite_database.url))
    result = call("learn")
    assert rows_of(result)[0]["outcome"] == "too_few"
    assert "learning begins at 40" in result.stderr


def test_extract_adds_the_learned_score_only_when_asked(desk, tmp_path):
    file, rows = tmp_path / "release.txt", tmp_path / "rows.jsonl"
    file.write_text(TEXT, encoding="utf-8")
    rows.write_text(json.dumps({"id": "a", "text": TEXT, "date": "2024-01-01"}), encoding="utf-8")
    without = call("extract", file, "--learned", "--json")
    assert (without.exit_code, without.stdout) == (1, "")
    assert "No learned model is in force" in without.stderr
    rows_of(call("learn"))
    (plain,) = rows_of(call("extract", file, "--json", "--date", "2024-01-01"))
    (learned,) = rows_of(call("extract", file, "--json", "--date", "2024-01-01", "--learned"))
    assert plain["claims"]
    assert all("learned_score" not in claim for claim in plain["claims"])
    assert all(0 < claim.pop("learned_score") < 1 for claim in learned["claims"])
    assert learned == plain
    assert "learned_score" in rows_of(call("extract", "--jsonl", rows, "--learned"))[0]["claims"][0]
    assert "learned" in call("extract", file, "--learned").stdout


def test_a_candidate_can_be_tracked_as_another_kind(desk):
    rows_of(call("claims", "track", 121, "--kind", "ranking"))
    (shown,) = rows_of(call("claims", "show", 121))
    assert (shown["kind"], shown["status"]) == ("ranking", "unchecked")
