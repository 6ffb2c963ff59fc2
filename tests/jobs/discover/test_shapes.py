"""Whatever a press site is built with, its list, its paging and title, day and text of its releases are found."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from jobs.demo.site import DemoSite
from jobs.demo.texts import demo_releases
from jobs.discover.write import write_source
from scrapers.declaration import load_sources
from scrapers.discover.declare import Names
from settings.config import load_settings

NAMES = Names(name="Musterfraktion", parliament="Landtag Musterland", factions=("MF",))
SITES = sorted(path.stem for path in (Path(__file__).parent / "sites").glob("*.py"))
WITHOUT_PAGES = {"handmade", "typo3_mehr"}  # one long list; a button of a script


@pytest.fixture(scope="module")
def finds(loopback):
    """The discovery of each site, made when it is first asked for."""
    import asyncio
    from datetime import UTC, datetime

    from jobs.discover import discover
    from scrapers.fetch import Fetcher

    made = {}

    async def ask(address):
        async with Fetcher(load_settings(allowed_networks="127.0.0.0/8", host_pause=0)) as fetcher:
            return await discover(fetcher, address, datetime(2024, 4, 1, 9, tzinfo=UTC), lambda _line: None)

    def find(name):
        if name not in made:
            site, asked = loopback.SITES[name], []
            with loopback.serving(lambda base: site.pages(loopback.TEXTS, base), asked) as base:
                made[name] = (asyncio.run(ask(base + site.START)), asked)
        return made[name]

    return find


@pytest.mark.parametrize("name", SITES)
def test_title_day_and_text_of_all_previewed_releases_are_read(finds, loopback, name):
    discovery, _asked = finds(name)
    assert discovery.is_proven
    assert len(discovery.previews) == 3
    for preview, text in zip(discovery.previews, loopback.TEXTS, strict=False):
        version = preview.version
        assert (version.title, version.published_on) == (text.title, text.day)
        assert [part for part in (text.lead, *text.paragraphs) if part not in version.text] == []


@pytest.mark.parametrize("name", SITES)
def test_nothing_that_stands_around_a_release_is_read(finds, loopback, name):
    discovery, _asked = finds(name)
    for preview, text in zip(discovery.previews, loopback.TEXTS, strict=False):
        assert [words for words in loopback.SITES[name].FURNITURE if words in preview.version.text] == []
        others = [other.title for other in loopback.TEXTS if other is not text and other.title in preview.version.text]
        assert others == []


@pytest.mark.parametrize("name", SITES)
def test_the_list_names_all_releases_of_its_page_in_order_and_nothing_else(finds, loopback, name):
    discovery, _asked = finds(name)
    wanted = loopback.TEXTS[: loopback.SITES[name].ITEMS]
    assert len(discovery.entries) == len(wanted)
    assert all(
        str(text.number) in address or text.slug in address for text, address in zip(wanted, discovery.entries, strict=True)
    )


@pytest.mark.parametrize("name", SITES)
def test_the_way_to_the_next_page_is_found_where_there_is_one(finds, name):
    discovery, _asked = finds(name)
    keys = discovery.found.lists[0].keys
    assert ("next" in keys or "pages" in keys) == (name not in WITHOUT_PAGES)
    assert any("next page" in note for note in discovery.found.notes) == (name in WITHOUT_PAGES)


@pytest.mark.parametrize("name", SITES)
def test_selectors_bear_nothing_that_is_of_one_page_or_one_day(finds, name):
    discovery, _asked = finds(name)
    rules = discovery.found.rules
    selectors = [rules.title, rules.date, rules.body, rules.drop, *map(str, discovery.found.lists[0].keys.values())]
    assert all(len(part) < 80 for selector in selectors[:4] for part in selector.split(", "))
    assert not any(re.search(r"[#.][\w-]*\d{3}|css-|20\d\d", selector) for selector in selectors[:4])


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_asked_politely_each_page_once(finds, name):
    _discovery, asked = finds(name)
    assert len(asked) == len(set(asked)) <= 12


@pytest.mark.parametrize("name", SITES)
def test_what_is_written_loads_and_reads_the_saved_example(finds, loopback, name, tmp_path):
    discovery, _asked = finds(name)
    settings = load_settings(data=tmp_path)
    path = write_source(settings, "muster", discovery, NAMES, discovery.list_page.fetched_at)
    source = load_sources(settings.own_sources)["muster"]
    assert source.verified
    assert path.read_text(encoding="utf-8").startswith("# Found on 2024-04-01")
    folder = settings.own_sources / "examples" / "muster"
    assert {file.name for file in folder.iterdir()} == {"list.html", "release.html", "expected.toml"}
    assert loopback.TEXTS[0].title in (folder / "release.html").read_bytes().decode("utf-8", "replace") or name in {
        "handmade",
        "tt_news",
    }


def test_a_feed_that_names_the_same_releases_checks_the_list(finds):
    discovery, _asked = finds("elementor")
    first, second = discovery.found.lists
    assert (first.kind, second.kind) == ("html", "feed")
    assert "6 of which stand on the list above" in second.note
    assert discovery.found.system == "wordpress"


def test_the_systems_are_told(finds):
    assert [finds(name)[0].found.system for name in ("elementor", "views_table", "typo3_mehr", "tt_news", "months")] == [
        "wordpress", "drupal", "typo3", "typo3", "",
    ]  # fmt: skip


def test_days_fall_in_the_texts_as_they_do_on_press_pages(loopback):
    assert all(first.day > second.day for first, second in pairwise(loopback.TEXTS))


@pytest.mark.parametrize("path", ["/um/presse/", "/um/presse/feed.xml"])
def test_the_demo_site_is_found_by_its_press_page_and_by_its_feed(path):
    import asyncio
    from datetime import UTC, datetime

    from jobs.discover import discover
    from scrapers.fetch import Fetcher

    async def ask():
        site = DemoSite(demo_releases(), date(2024, 6, 1))
        await site.start()
        try:
            async with Fetcher(load_settings(allowed_networks="127.0.0.0/8", host_pause=0)) as fetcher:
                return await discover(
                    fetcher, site.address + path, datetime(2024, 6, 1, tzinfo=UTC), lambda _line: None
                ), site.shown("um")
        finally:
            await site.stop()

    discovery, shown = asyncio.run(ask())
    assert discovery.is_proven
    assert [proposal.kind for proposal in discovery.found.lists] == ["html", "feed"]
    assert [preview.version.title for preview in discovery.previews] == [release.title for release in shown[:3]]
    assert [preview.version.published_on for preview in discovery.previews] == [release.published for release in shown[:3]]
