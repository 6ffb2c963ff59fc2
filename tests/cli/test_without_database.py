"""extract and read: formats, exit statuses, one clear line and never a traceback."""

import json
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from cli.main import app
from cli.sources import source_table
from jobs.demo.texts import demo_releases
from scrapers.declaration import SHIPPED, load_sources

CLAIM_KEYS = {
    "quote", "start", "end", "kind", "score", "speaker", "speaker_faction", "claimant_side", "amount_min_eur", "amount_max_eur", "per_year", "value", "unit",
    "deadline", "deadline_phrase", "topic", "ranking", "reasons",
}  # fmt: skip
PAGE = (
    "<html><head><title>Titel | Seite</title></head><body><article><h1>Titel</h1><time>27.11.2019</time>"
    + "<p>Ein langer Absatz mit Text, der zu lesen ist.</p>" * 5
    + "</article></body></html>"
)


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows_of(result):
    assert result.stdout.isascii()
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture
def founding(tmp_path):
    release = next(release for release in demo_releases() if release.site == "nrw")
    file = tmp_path / "founding.txt"
    file.write_text(f"{release.title}\n\n{release.body}", encoding="utf-8")
    return file


def test_extract_prints_one_object_with_every_key(founding):
    result = call(
        "extract", founding, "--date", "2019-11-27", "--faction", "CDU", "--faction", "FDP", "--parliament", "NRW", "--json"
    )
    assert result.exit_code == 0
    (row,) = rows_of(result)
    claims = sorted(row["claims"], key=lambda claim: -claim["score"])
    assert all(set(claim) == CLAIM_KEYS for claim in claims)
    assert (claims[0]["amount_min_eur"], claims[0]["deadline"], claims[0]["claimant_side"]) == (
        25_000_000,
        "2020-12-31",
        "government",
    )
    assert set(claims[1]["ranking"]) == {"metric", "subject", "direction", "place", "comparators", "scope", "since"}
    assert set(claims[0]["reasons"][0]) == {"cue", "text", "weight"}


def test_extract_for_people_shows_reasons(founding):
    result = call("extract", founding, "--date", "2019-11-27")
    assert "funding_pledge" in result.stdout
    assert "at disposal “zur Verfügung stellen”" in result.stdout


def test_rows_are_answered_by_id_and_a_bad_one_never_stops_the_rest(tmp_path):
    good = {
        "id": "a",
        "text": "Titel\n\nIm Land fehlen 3.200\u2028Lehrkräfte.",
        "date": "2024-01-01",
        "parliament": None,
        "faction": ["SPD"],
    }
    lines = [
        json.dumps(good, ensure_ascii=False),
        "not json",
        json.dumps({"id": "b"}),
        json.dumps({**good, "date": "gestern"}),
        "[]",
        json.dumps({**good, "id": "c", "faction": "SPD"}),
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = call("extract", "--jsonl", file)
    assert result.exit_code == 1
    assert [row["id"] for row in rows_of(result)] == ["a", "c"]
    assert [f"line {n}:" in result.stderr for n in (1, 2, 3, 4, 5, 6)] == [False, True, True, True, True, False]


def test_an_empty_text_gives_no_claims(tmp_path):
    file = tmp_path / "empty.txt"
    file.write_text("")
    assert rows_of(call("extract", file, "--json")) == [{"claims": []}]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["extract", "FILE", "--date", "27.11.2019"], 2, "YYYY-MM-DD"),
        (["extract"], 2, "FILE"),
        (["extract", "FILE", "--jsonl", "FILE"], 2, "FILE"),
        (["extract", "FILE", "--nonsense"], 2, "--nonsense"),
        (["nonsense"], 2, "nonsense"),
        (["extract", "/nowhere/x.txt"], 1, "Cannot read /nowhere/x.txt"),
        (["read", "/nowhere/x.html"], 1, "Cannot read /nowhere/x.html"),
        (["extract", "LATIN"], 1, "is not UTF-8"),
        (["sources", "check", "nobody"], 1, "no source 'nobody'"),
        (["up", "--fresh"], 2, "--demo"),
    ],
)
def test_what_is_wrong_is_one_clear_line(tmp_path, founding, arguments, status, words):
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Töne".encode("latin-1"))
    result = call(*(founding if a == "FILE" else latin if a == "LATIN" else a for a in arguments))
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_read_prints_title_date_and_text(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    (row,) = rows_of(call("read", file))
    assert (row["title"], row["date"]) == ("Titel", "2019-11-27")
    assert "Ein langer Absatz" in row["text"]


def test_read_rows_end_well_whatever_is_in_them(tmp_path):
    page, broken = tmp_path / "page.html", tmp_path / "broken.html"
    page.write_text(PAGE, encoding="utf-8")
    broken.write_text("<p>kurz")
    file = tmp_path / "in.jsonl"
    rows = [
        {"id": 1, "url": "https://x.example/", "html_path": str(page)},
        {"id": 2, "url": "", "html_path": "/nowhere"},
        {"id": 3, "url": "", "html_path": str(broken)},
    ]
    file.write_text("\n".join([*map(json.dumps, rows), "junk"]))
    result = call("read", "--jsonl", file)
    assert result.exit_code == 0
    assert [(row["id"], "error" in row) for row in rows_of(result)] == [(1, False), (2, True), (3, True), (None, True)]


@pytest.mark.parametrize(
    "command",
    [
        "",
        "up",
        "collect",
        "reread",
        "learn",
        "extract",
        "read",
        "claims",
        "claims list",
        "claims judge",
        "claims dispute",
        "sources",
        "sources check",
        "sources add",
        "db",
        "db info",
    ],
)
def test_every_command_explains_itself(command):
    result = call(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.stdout) > 200


def test_the_shipped_sources_are_listed_as_not_yet_verified():
    rows = rows_of(call("sources", "list"))
    assert {row["key"] for row in rows} == set(load_sources(SHIPPED))
    assert {row["verified"] for row in rows} == {False}
    assert all(row["note"].startswith("Not checked live: ") for row in rows)


def test_people_see_the_sources_by_parliament_and_a_name_is_never_markup():
    row = {"key": "b", "parliament": "Landtag [bold]Musterland", "factions": ["SL"], "lists": ["html", "feed"], "verified": False}
    console = Console(file=StringIO(), width=120)
    console.print(source_table([row, {**row, "key": "a", "factions": ["FM"], "verified": True}]))

    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in console.file.getvalue().splitlines() if "│" in line]

    assert lines == [
        ["Landtag [bold]Musterland", "FM", "a", "html, feed", "yes"],
        ["", "SL", "b", "html, feed", "not yet"],
    ]


def test_a_malformed_source_is_named_with_file_and_key(tmp_path, monkeypatch):
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own.toml").write_text('name = "x"\ncolour = "red"\n')
    result = call("sources", "list")
    assert result.exit_code == 1
    assert "own.toml" in result.stderr
    assert "colour" in result.stderr
