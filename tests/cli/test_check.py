"""`beimwort sources check` against a press site on loopback."""

import json
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from cli.check import tables
from cli.main import app


@pytest.fixture
def site(archive, tmp_path, monkeypatch):
    for name, value in {"DATA": str(tmp_path), "HOST_PAUSE": "0", "FETCH_TRIES": "1", "ALLOWED_NETWORKS": "127.0.0.0/8"}.items():
        monkeypatch.setenv(f"BEIMWORT_{name}", value)
    (tmp_path / "sources").mkdir()
    with archive.ArchiveSite() as site:

        def declare(*lists):
            (tmp_path / "sources" / "mf.toml").write_text(archive.declaration(site.address, *lists), encoding="utf-8")
            return site

        yield declare


def check():
    result = CliRunner().invoke(app, ["sources", "check", "mf"])
    assert "Traceback" not in result.stderr
    return result, [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.mark.parametrize(
    ("kind", "hints", "goes_on"),
    [
        ("html", (5, 5, 0), "/liste?seite=2"),
        ("numbered", (5, 5, 0), "/seiten/2/"),
        ("feed", (8, 8, 8), None),
        ("sitemap", (11, 0, 11), None),
        ("wordpress", (5, 5, 5), "/wp-json/wp/v2/posts?page=2"),
        ("json", (5, 5, 0), "/mehr#view=presse&page=1"),
    ],
)
def test_what_each_kind_of_list_names_is_said(site, kind, hints, goes_on):
    served = site(kind)
    result, rows = check()
    assert result.exit_code == 0, result.stderr
    listed, *releases = rows
    assert (listed["items"], listed["titles"], listed["days"]) == hints
    assert listed["next"] == (served.address + goes_on if goes_on else None)
    assert len(releases) == 3
    for release in releases:
        assert release["title"].startswith("Meldung ")
        assert release["date"].startswith("20")
        assert release["characters"] > 200
        assert release["origins"] == {"title": "h1", "published_on": "time", "text": ".text p"}


def test_three_releases_are_read_whatever_the_number_of_lists(site):
    site("html", "feed", "wordpress")
    _result, rows = check()
    assert ["list" in row for row in rows] == [True] * 3 + [False] * 3


def test_a_list_or_release_that_does_not_work_says_why(site):
    served = site("html", "feed")
    served.broken = {"/feed.xml": 500, "/presse/2": 404}
    result, rows = check()
    assert result.exit_code == 1
    assert "the declaration does not work" in result.stderr
    assert [row["error"] for row in rows if "error" in row] == [
        f"{served.address}/feed.xml answered with status 500.",
        f"{served.address}/presse/2 answered with status 404.",
    ]


def test_nothing_is_stored(site, tmp_path):
    site("html")
    check()
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]


def test_the_tables_for_people_show_foreign_text_as_it_stands():
    rows = [
        {"list": "https://muster.invalid/presse", "kind": "html", "items": 5, "titles": 5, "days": 0, "next": None},
        {"list": "https://muster.invalid/feed", "kind": "feed", "error": "It is no feed"},
        {
            "release": "https://muster.invalid/presse/1",
            "title": "[bold]Moore[/bold]",
            "date": None,
            "characters": 700,
            "origins": {"title": "h1", "text": ".text p"},
        },
        {"release": "https://muster.invalid/presse/2", "error": "404"},
    ]
    console = Console(width=160, record=True, file=StringIO())
    for table in tables(rows):
        console.print(table)
    text = console.export_text()
    for words in ("[bold]Moore[/bold]", "It is no feed", "title: h1", "text: .text p", "700", "404", "–"):
        assert words in text
