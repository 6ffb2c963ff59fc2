"""archive export and verify, as typed."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from cli.main import app
from models import Body, Snapshot, actions
from models.words import SnapshotPurpose

PAGES = {
    "https://www.cdu-nrw-fraktion.de/artikel/eins": (b"<h1>Eins</h1>", datetime(2024, 5, 30, 21, 59, tzinfo=UTC)),
    "https://www.spd-fraktion-nrw.de/pressemeldung/zwei": (b"<h1>Zwei</h1>", datetime(2024, 5, 30, 22, 1, tzinfo=UTC)),
}


@pytest.fixture
def archive(sqlite_database, monkeypatch):
    with sqlite_database.writing() as session:
        for address, (content, when) in PAGES.items():
            fields = {"purpose": SnapshotPurpose.RELEASE, "fetched_at": when, "status": 200, "body": Body.of(content)}
            actions.keep_snapshot(session, Snapshot(address=address, final_address=address, **fields))
    monkeypatch.setenv("DATABASE_URL", str(sqlite_database.url))
    return sqlite_database


def call(*arguments):
    result = CliRunner().invoke(app, ["archive", *map(str, arguments)])
    assert "Traceback" not in result.stderr
    return result


def rows_of(result, status=0):
    assert result.exit_code == status, result.stderr
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def test_what_is_exported_can_be_verified(archive, tmp_path):
    file = tmp_path / "a.warc.gz"
    (row,) = rows_of(call("export", "--warc", file))
    assert row == {"file": str(file), "snapshots": 2, "revisits": 0, "bytes": file.stat().st_size, "damaged": 0}
    assert rows_of(call("verify", file)) == [{"verified": str(file), "damaged": 0, "kinds": {}}]
    assert rows_of(call("verify")) == [{"verified": "archive", "damaged": 0, "kinds": {}}]
    assert "--force replaces it" in call("export", "--warc", file).stderr
    assert rows_of(call("export", "--warc", file, "--force"))[0]["snapshots"] == 2


@pytest.mark.parametrize("chosen", [("--source", "spd-nrw"), ("--since", "2024-05-31")])
def test_a_source_or_the_time_since_a_german_day_is_chosen(archive, tmp_path, chosen):
    file = tmp_path / "a.warc.gz"
    assert rows_of(call("export", "--warc", file, *chosen))[0]["snapshots"] == 1
    assert rows_of(call("verify", file))[0]["damaged"] == 0


def test_damage_is_told_and_ends_with_status_1(archive, tmp_path):
    file = tmp_path / "a.warc.gz"
    call("export", "--warc", file)
    other = Body.of(b"<h1>Drei</h1>")
    with archive.writing() as session:
        session.execute(update(Body).where(Body.sha256 == Body.of(b"<h1>Eins</h1>").sha256).values(compressed=other.compressed))
    damage, summary = rows_of(call("verify"), status=1)
    assert (damage["kind"], summary) == ("body", {"verified": "archive", "damaged": 1, "kinds": {"body": 1}})
    assert rows_of(call("verify", file))[0]["damaged"] == 0
    partial = call("export", "--warc", tmp_path / "b.warc.gz")
    assert rows_of(partial, status=1)[0]["damaged"] == 1
    assert "Snapshot 1 of https://www.cdu-nrw-fraktion.de/artikel/eins is damaged" in partial.stderr
    file.write_bytes(file.read_bytes()[:-20])
    assert rows_of(call("verify", file), status=1)[-1]["kinds"]["packing"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--warc", "a.warc"), "does not end in .warc.gz"),
        (("export", "--warc", "a.warc.gz", "--source", "nobody"), "There is no source 'nobody'"),
        (("export", "--warc", "a.warc.gz", "--since", "gestern"), "'gestern' is no day"),
        (("verify", "nowhere.warc.gz"), "Cannot read nowhere.warc.gz"),
    ],
)
def test_a_wrong_call_ends_in_one_line(archive, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    result = call(*arguments)
    assert result.exit_code in {1, 2}
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
