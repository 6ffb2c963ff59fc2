"""Every shipped source reads an example page in the shape of its site."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import SHIPPED, load_sources
from scrapers.listing import read_list
from scrapers.read import read_release

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOURCES = load_sources(SHIPPED)
EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))


def example(key, name, address):
    path = PAGES / key / name
    assert path.is_file(), f"The source {key!r} has no example page {path.relative_to(PAGES.parent)}."
    return Snapshot(
        address=address,
        final_address=address,
        purpose=SnapshotPurpose.LIST,
        fetched_at=NOW,
        status=200,
        charset="utf-8",
        body=Body.of(path.read_bytes()),
    )


def test_sources_are_shipped_and_each_example_has_its_source():
    assert SOURCES
    assert set(EXPECTED) <= set(SOURCES)


@pytest.mark.parametrize("key", SOURCES)
def test_a_shipped_source_reads_the_example_of_its_site(key):
    source = SOURCES[key]
    assert key in EXPECTED, f"The source {key!r} has no section in pages/expected.toml."
    expected = EXPECTED[key]

    page = read_list(example(key, "list.html", source.lists[0].address), source.lists[0])
    assert [entry.address for entry in page.entries] == expected["items"]
    assert page.next == expected["next"]

    version = read_release(example(key, "release.html", expected["address"]), source, NOW)
    assert version.title == expected["title"]
    assert version.published_on == expected["published_on"]
    title, day, body = version.text.split("\n\n", 2)
    assert (title, day) == (expected["title"], version.published_raw)
    assert body.startswith(expected["first_words"])
    assert body.endswith(expected["last_words"])


@pytest.mark.parametrize("key", SOURCES)
def test_a_shipped_source_says_that_nobody_checked_it_live(key):
    assert SOURCES[key].verified or "not checked live" in SOURCES[key].note
