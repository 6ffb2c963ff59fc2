"""Every shipped source reads the example pages of its site; `pages/<key>/expected.toml` says what a person reads there.

Of each list: `page` (the file), `addresses` in its order, `next` (what is asked for the following page; none where it ends).
Of the release: `page`, `address`, `title`, `date`, `subtitle`, `begins` and `ends` of the text below them, `never` (words of the
page that are no part of it), `characters` at least, and `date_from` where no selector for the day is declared.
"""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import SHIPPED, load_sources
from scrapers.listing import first_request, following, read_list
from scrapers.page import Page
from scrapers.read import read_release
from settings.reference import shipped_record

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SOURCES = load_sources(SHIPPED)
RECORD = shipped_record()
TYPES = {".html": "text/html", ".xml": "application/xml", ".json": "application/json"}
INVENTED = "Erfundenes Beispiel"
each_source = pytest.mark.parametrize("key", SOURCES)


def expected(key):
    path = PAGES / key / "expected.toml"
    assert path.is_file(), f"The source {key!r} has no example: {path.relative_to(PAGES.parent)} is missing. See docs/sources.md."
    return tomllib.loads(path.read_text(encoding="utf-8"))


def example(key, name, address):
    path = PAGES / key / name
    assert path.is_file(), f"The source {key!r} has no example page {path.relative_to(PAGES.parent)}."
    return Snapshot(
        address=address,
        final_address=address,
        purpose=SnapshotPurpose.LIST,
        fetched_at=NOW,
        status=200,
        headers={"content-type": TYPES[path.suffix]},
        charset="utf-8",
        body=Body.of(path.read_bytes()),
    )


def words_of(key, name):
    page = Page.of((PAGES / key / name).read_bytes(), "utf-8", "")
    return page.first("body").text


@each_source
def test_a_shipped_source_reads_exactly_the_releases_of_its_lists_and_the_way_on(key):
    declared, of_lists = SOURCES[key].lists, expected(key)["list"]

    assert len(of_lists) == len(declared), "each [[list]] has its example, in the same order"
    for one, of_list in zip(declared, of_lists, strict=True):
        asked = first_request(one)
        page = read_list(example(key, of_list["page"], asked.address), one)
        assert [entry.address for entry in page.entries] == of_list["addresses"]
        assert [request.archived_as for request in following(one, asked, page)] == (
            [of_list["next"]] if "next" in of_list else []
        )
        assert len(page.entries) > 1


@each_source
def test_a_shipped_source_reads_a_release_by_its_declared_selectors(key):
    source, of_release = SOURCES[key], expected(key)["release"]

    version = read_release(example(key, of_release["page"], of_release["address"]), source, NOW)

    assert version.title == of_release["title"]
    assert version.published_on == of_release["date"]
    assert version.subtitle == of_release.get("subtitle")
    assert version.origins["title"] == source.release.title
    assert version.origins["text"] == source.release.body
    assert version.origins["published_on"] == (source.release.date or of_release["date_from"])
    head = [version.published_raw if source.release.date else "", version.subtitle]
    before = "\n\n".join(part for part in (version.title, "\n".join(line for line in head if line)) if part)
    body = version.text.removeprefix(before).strip()
    assert body.startswith(of_release["begins"])
    assert body.endswith(of_release["ends"])
    assert len(body) >= of_release["characters"] >= 400
    for words in of_release["never"]:
        assert words in words_of(key, of_release["page"]), f"{words!r} does not stand on the page, so that it proves nothing"
        assert words not in version.text


@each_source
def test_the_release_of_an_example_stands_on_its_list(key):
    of_source = expected(key)

    assert any(of_source["release"]["address"] in of_list["addresses"] for of_list in of_source["list"])


@each_source
def test_a_careless_selector_would_fail_on_the_example(key):
    source, of_source = SOURCES[key], expected(key)
    of_release = of_source["release"]

    for one, of_list in zip(source.lists, of_source["list"], strict=True):
        if one.kind == "html":
            careless = one.model_copy(update={"item": "a[href]", "match": ""})
            page = read_list(example(key, of_list["page"], one.address), careless)
            assert len(page.entries) >= len(of_list["addresses"]) + 3
    careless = source.model_copy(update={"release": source.release.model_copy(update={"body": "p, li, h2", "drop": ""})})
    version = read_release(example(key, of_release["page"], of_release["address"]), careless, NOW)
    assert sum(words in version.text for words in of_release["never"]) >= 2
    assert len(of_release["never"]) >= 4


@pytest.mark.parametrize(
    "page",
    [path for path in sorted(PAGES.glob("*/*")) if path.suffix in TYPES],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_an_example_page_says_that_it_is_invented_and_is_read_by_a_source(page):
    of_source = expected(page.parent.name)

    assert INVENTED in page.read_text(encoding="utf-8")
    assert page.name in {of_list["page"] for of_list in of_source["list"]} | {of_source["release"]["page"]}


def test_each_example_has_its_source():
    assert SOURCES
    assert {path.name for path in PAGES.iterdir()} == set(SOURCES)


@each_source
def test_a_shipped_source_names_a_parliament_and_factions_of_the_public_record(key):
    source = SOURCES[key]

    assert source.parliament in {period.parliament for period in RECORD.periods}
    assert all(RECORD.is_faction(name) for name in source.factions)
    seated = {one.name for one in RECORD.factions if one.parliament == source.parliament}
    assert not seated or set(source.factions) <= seated


def test_the_five_factions_of_the_landtag_nrw_are_shipped():
    seated = {one.name for one in RECORD.factions if one.parliament == "Landtag Nordrhein-Westfalen" and one.period == 18}

    assert {name for key, source in SOURCES.items() if key.endswith("-nrw") for name in source.factions} == seated


@each_source
def test_the_addresses_of_a_source_are_those_of_its_home(key):
    source = SOURCES[key]
    host = source.home.split("/")[2]

    assert all(one.address.split("/")[2] == host for one in source.lists)


@each_source
def test_a_source_that_nobody_checked_live_says_what_of_it_is_uncertain(key):
    source = SOURCES[key]

    assert source.verified or source.note.startswith("Not checked live: ")
