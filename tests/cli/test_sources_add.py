"""`beimwort sources add`: shown first, written only if agreed, at once ready to be collected."""

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.output import people
from scrapers.declaration import load_sources

HERE = Path(__file__).resolve().parent
WHO = ("--parliament", "Landtag Musterland", "--faction", "Musterfraktion", "--key", "muster")


@pytest.fixture(scope="module")
def loopback():
    spec = importlib.util.spec_from_file_location("sites_for_cli", HERE.parent / "jobs" / "discover" / "loopback.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(loopback, monkeypatch):
    monkeypatch.setenv("BEIMWORT_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("BEIMWORT_HOST_PAUSE", "0")
    with loopback.serving(lambda base: loopback.SITES["views_table"].pages(loopback.TEXTS, base)) as base:
        yield base + loopback.SITES["views_table"].START


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    monkeypatch.setattr(people, "width", 220)


@pytest.fixture
def own(tmp_path):
    return tmp_path / "data" / "sources"


def call(*arguments, **more):
    return CliRunner().invoke(app, [*map(str, arguments)], **more)


def test_what_was_found_is_written_loads_and_is_collected_at_once(site, own, loopback):
    result = call("sources", "add", site, "--yes", *WHO)
    assert result.exit_code == 0, result.stderr
    row = json.loads(result.stdout)
    assert (row["key"], row["verified"], row["previewed"]) == ("muster", True, 3)
    assert "Next: beimwort sources check muster" in result.stderr
    source = load_sources(own)["muster"]
    assert (source.family, source.factions, source.verified) == ("drupal", ("Musterfraktion",), True)
    checked = call("sources", "check", "muster")
    assert checked.exit_code == 0, checked.stderr
    collected = call("collect", "muster")
    assert collected.exit_code == 0, collected.stderr
    assert json.loads(collected.stdout.strip().split("\n")[-1])["new"] == len(loopback.TEXTS)


def test_the_preview_shows_title_day_text_and_where_each_came_from(site, own, loopback):
    result = call("sources", "add", site, "--dry-run")
    assert result.exit_code == 0
    for shown in (loopback.TEXTS[0].title[:20], "2024-03-21", "(h1)", ".datetime", "Drupal", "3 of 3 previewed releases"):
        assert shown in result.stderr
    assert not own.exists()
    assert result.stdout == ""


def test_nothing_is_written_without_agreement(site, own):
    for answer in ("n\n", ""):
        result = call("sources", "add", site, *WHO, input=answer)
        assert result.exit_code == 1
        assert "Nothing was written" in result.stderr
    assert not own.exists()
    assert call("sources", "add", site, *WHO, input="y\n").exit_code == 0
    assert (own / "muster.toml").is_file()


def test_a_source_is_replaced_only_by_force(site, own):
    own.mkdir(parents=True)
    assert call("sources", "add", site, "--yes", *WHO).exit_code == 0
    before = (own / "muster.toml").read_bytes()
    (own / "muster.toml").write_bytes(before + b"# mine\n")
    again = call("sources", "add", site, "--yes", *WHO)
    assert again.exit_code == 1
    assert "--force" in again.stderr
    assert (own / "muster.toml").read_bytes().endswith(b"# mine\n")
    shipped = call("sources", "add", site, "--yes", *WHO[:4], "--key", "cdu-nrw")
    assert shipped.exit_code == 1
    assert call("sources", "add", site, "--yes", "--force", *WHO).exit_code == 0
    assert (own / "muster.toml").read_bytes() == before


def test_an_unknown_parliament_or_faction_is_asked_for_by_its_option(site, own):
    nowhere = call("sources", "add", site, "--yes")
    assert nowhere.exit_code == 2
    assert "--parliament" in nowhere.stderr
    assert "Landtag Nordrhein-Westfalen" in nowhere.stderr
    nobody = call("sources", "add", site, "--yes", "--parliament", "NRW")
    assert nobody.exit_code == 2
    assert "--faction" in nobody.stderr
    assert not own.exists()


@pytest.mark.parametrize("key", ["../evil", "Groß", "a b", ".hidden"])
def test_a_key_that_is_no_name_of_a_file_is_refused_before_anything_is_asked(key):
    result = call("sources", "add", "https://muster.invalid", "--key", key)
    assert result.exit_code == 2
    assert "is no key" in result.stderr


def test_words_of_a_page_are_no_markup_and_move_no_cursor(loopback, monkeypatch):
    monkeypatch.setenv("BEIMWORT_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("BEIMWORT_HOST_PAUSE", "0")
    evil = "Der [bold]Deich[/nonsense] bleibt \x1b[2J stehen"
    text = f"<p>{'Die Musterfraktion im Landtag Musterland spricht über den Deich und seine Sanierung. ' * 4}</p>"
    links = "".join(f"<li><time>1{n}.03.2024</time> <a href='/presse/deich-{n}'>{evil} {n}</a></li>" for n in range(4))
    pages = {
        "/presse": f"<ul>{links}</ul>",
        **{
            f"/presse/deich-{n}": f"<h1>{evil} {n}</h1><time>1{n}.03.2024</time><div class=text>{text * 2}</div>"
            for n in range(4)
        },
    }
    with loopback.serving(lambda _base: pages) as base:
        result = call("sources", "add", f"{base}/presse", "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "[bold]Deich[/nonsense]" in result.stderr
    assert "\x1b[2J" not in result.stderr


def test_what_fails_is_one_clear_line(monkeypatch):
    monkeypatch.setenv("BEIMWORT_HOST_PAUSE", "0")
    result = call("sources", "add", "http://127.0.0.1:9/presse")
    assert result.exit_code == 1
    assert "BEIMWORT_ALLOWED_NETWORKS" in result.stderr
    assert "Traceback" not in result.stderr
