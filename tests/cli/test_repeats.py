"""`beimwort claims repeats` on a small database."""

import json
from datetime import UTC, date, datetime

from typer.testing import CliRunner

from cli.main import app
from models import Database, Finding, ReleaseVersion, actions
from models.schema import upgrade
from models.words import Kind

NOW = datetime(2024, 3, 5, 8, tzinfo=UTC)
QUOTE = "Für den Ausbau der Radwege stellen wir {} Millionen Euro bereit."


def keep(database, number, amount, day):
    text = QUOTE.format(amount)
    with database.writing() as session:
        kept = actions.keep_release(
            session,
            source_key="x",
            address=f"https://x.example/{number}",
            parliament="P",
            factions=["UM"],
            version=ReleaseVersion(title="T", text=text, text_sha256="0" * 64, reader="1", read_at=NOW, published_on=day),
            found=[
                (
                    Finding(
                        rules_version="1", found_at=NOW, kind=Kind.FUNDING_PLEDGE, start=0, end=len(text), score=0.9,
                        amount_min_eur=amount * 1e6, amount_max_eur=amount * 1e6,
                    ),
                    None,
                )
            ],
            now=NOW,
        )  # fmt: skip
        session.flush()
        return kept.new_claims[0].id


def test_known_claims_are_listed_with_why(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path}/desk.sqlite3"
    database = Database(address)
    upgrade(database, NOW)
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="https://x.example", verified=False)
    same, less = keep(database, 1, 25, date(2024, 3, 1)), keep(database, 2, 20, date(2024, 3, 2))
    later = keep(database, 3, 25, date(2024, 6, 1))
    database.close()
    monkeypatch.setenv("DATABASE_URL", address)
    result = CliRunner().invoke(app, ["claims", "repeats", str(later)])
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["known"], row["same"], row["announced_again"], row["differs"]) for row in rows] == [
        (same, True, "recycled", []),
        (less, False, "increased", ["number"]),
    ]
    assert (rows[1]["amount_eur"], rows[1]["later_amount_eur"], rows[0]["published_on"]) == (20e6, 25e6, "2024-03-01")
    assert "2 suggested; announced 1 times" in result.stderr
