"""Redesigns: the rules of an earlier layout stay beside those of today, so that pages of its time remain readable."""

from datetime import UTC, date, datetime

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import SourceError, read_source
from scrapers.page import SelectorError
from scrapers.read import ReadError, read_release

HEAD = """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"
[[list]]
address = "https://muster.invalid/presse"
item = "a"
"""
TODAY = '[[release]]\ntitle = "h1"\ndate = "time"\nbody = ".text p"\n'
BEFORE_2021 = '[[release]]\nuntil = 2021-05-01\ntitle = "h2.titel"\ndate = ".datum"\nbody = ".inhalt p"\n'
BEFORE_2018 = '[[release]]\nuntil = 2018-01-01\ntitle = "td.kopf"\ndate = "td.tag"\nbody = "td.rumpf"\n'
SOURCE = read_source(HEAD + TODAY + BEFORE_2018 + BEFORE_2021, "muster.toml")

WORDS = "Der Landtag Musterland hat heute einstimmig beschlossen, dass die Moore größer werden sollen als je zuvor."
NEW = "<h1>Neu</h1><time>{day}</time><div class=text><p>" + WORDS + "</p></div>"
OLD = "<h2 class=titel>Alt</h2><p class=datum>{day}</p><div class=inhalt><p>" + WORDS + "</p></div>"
OLDEST = "<table><tr><td class=kopf>Uralt<td class=tag>{day}<td class=rumpf>" + WORDS + "</table>"


def read(html, day, fetched, source=SOURCE):
    fetched_at = datetime.fromisoformat(fetched).replace(tzinfo=UTC)
    snapshot = Snapshot(
        address="https://muster.invalid/presse/moore",
        final_address="https://muster.invalid/presse/moore",
        purpose=SnapshotPurpose.RELEASE,
        fetched_at=fetched_at,
        status=200,
        charset="utf-8",
        body=Body.of(html.format(day=day).encode()),
    )
    return read_release(snapshot, source, datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("html", "day", "fetched", "title", "rules"),
    [
        pytest.param(NEW, "3.6.2021", "2021-06-03", "Neu", None, id="a page of today by the rules of today"),
        pytest.param(
            OLD, "3.4.2020", "2020-04-03", "Alt", "until 2021-05-01", id="a page fetched before the redesign by those before it"
        ),
        pytest.param(OLD, "30.4.2021", "2021-04-30", "Alt", "until 2021-05-01", id="up to the last day before"),
        pytest.param(NEW, "1.5.2021", "2021-05-01", "Neu", None, id="and no longer"),
        pytest.param(OLDEST, "3.4.2017", "2017-04-03", "Uralt", "until 2018-01-01", id="by the rules of two redesigns ago"),
        pytest.param(OLD, "3.4.2020", "2024-01-01", "Alt", "until 2021-05-01", id="an old page that the site left as it was"),
        pytest.param(OLDEST, "3.4.2017", "2020-01-01", "Uralt", "until 2018-01-01", id="left as it was through one redesign"),
        pytest.param(OLDEST, "3.4.2017", "2024-01-01", "Uralt", "until 2018-01-01", id="left as it was through two"),
    ],
)
def test_a_page_is_read_by_the_rules_of_its_time(html, day, fetched, title, rules):
    version = read(html, day, fetched)
    assert version.title == title
    assert version.published_on == date(*reversed([int(part) for part in day.split(".")]))
    assert version.origins.get("rules") == rules


def test_a_new_page_in_an_old_layout_is_an_error_of_the_rules_in_force():
    with pytest.raises(SelectorError, match="the title, 'h1', found 0"):
        read(OLD, "3.6.2023", "2023-06-03")


def test_old_rules_do_not_hide_what_is_wrong_with_a_page():
    with pytest.raises(ReadError, match=r"date of .* cannot be read"):
        read(NEW, "heute", "2023-06-03")


def test_a_page_fetched_before_the_redesign_is_not_read_by_rules_of_later():
    with pytest.raises(SelectorError, match=r"'h2\.titel', found 0"):
        read(NEW, "3.4.2020", "2020-04-03")


def test_a_single_rule_is_a_table_or_a_list_of_one():
    single = read_source(HEAD + TODAY.replace("[[release]]", "[release]"), "muster.toml")
    assert single == read_source(HEAD + TODAY, "muster.toml")
    assert single.rules_on(date(1999, 1, 1)) == (single.release,)


def test_the_order_of_the_rules_in_the_file_does_not_count():
    for rules in (BEFORE_2021 + BEFORE_2018 + TODAY, BEFORE_2018 + TODAY + BEFORE_2021):
        assert read_source(HEAD + rules, "x").rules_on(date(2017, 1, 1)) == SOURCE.rules_on(date(2017, 1, 1))
    assert [rule.title for rule in SOURCE.rules_on(date(2026, 1, 1))] == ["h1", "h2.titel", "td.kopf"]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (BEFORE_2021, "muster.toml: release: .*exactly one .* without `until`.* 0 of 1"),
        (TODAY + TODAY, "muster.toml: release: .*2 of 2"),
        (TODAY + BEFORE_2021 + BEFORE_2021, "muster.toml: release: .*two .* the same `until`"),
        (BEFORE_2021.replace("[[release]]", "[release]"), "muster.toml: release: .*none is for today"),
        (TODAY + BEFORE_2021.replace("2021-05-01", '"bald"'), r"muster.toml: release\.1\.until: "),
        (TODAY + BEFORE_2021.replace(".datum", ".datum["), r"muster.toml: release\.1\.date: .*no CSS selector"),
        (BEFORE_2021 + TODAY.replace("h1", "h1:lang(de)"), r"muster.toml: release\.1\.title: .*of a kind that is not understood"),
        (BEFORE_2021.replace("body", "bode") + TODAY, r"muster.toml: release\.0\.body: .*release\.0\.bode: "),
        ("[[release]]\n", "muster.toml: release.0.title: "),
    ],
)
def test_an_error_in_dated_rules_names_file_and_key(rules, message):
    with pytest.raises(SourceError, match=message):
        read_source(HEAD + rules, "muster.toml")
