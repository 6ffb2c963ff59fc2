"""What is expected of a source, and what is said when it is otherwise. Pure numbers and pages."""

from datetime import date

import pytest

from models.queries import Filled
from models.words import Outcome
from scrapers.contract import Breach, conclusion, weigh_filled, weigh_items, weigh_newest, weigh_page
from scrapers.declaration import SourceError, read_source
from scrapers.expectation import Expectation
from scrapers.page import Page

LIST = "https://x.example/presse"
TODAY = date(2026, 3, 4)


def kinds(breaches):
    return [(breach.kind, breach.grave) for breach in breaches]


@pytest.mark.parametrize(
    ("items", "usual", "found"),
    [
        (10, [], []),
        (10, [10, 10, 10], []),
        (8, [10, 10, 10], []),  # 80 %
        (7, [10, 10, 10], [("fewer_items", True)]),
        (3, [5, 5], []),  # short lists vary
        (2, [5, 5], [("fewer_items", True)]),
        (20, [10], []),  # 200 %
        (21, [10], [("more_items", False)]),
        (5, [1, 1], []),
        (7, [10, 10, 1], [("fewer_items", True)]),  # one odd run among healthy ones moves nothing
    ],
)
def test_a_list_is_measured_by_what_healthy_runs_found(items, usual, found):
    assert kinds(weigh_items(Expectation(), items, usual, LIST)) == found


@pytest.mark.parametrize(("items", "kind"), [(4, "too_few_items"), (31, "too_many_items"), (5, None), (30, None)])
def test_declared_limits_hold_without_any_past(items, kind):
    breaches = weigh_items(Expectation(items_at_least=5, items_at_most=30), items, [], LIST)
    assert [breach.kind for breach in breaches] == ([kind] if kind else [])


def test_a_breach_says_what_where_and_what_to_do():
    breach = weigh_items(Expectation(), 3, [10], LIST)[0]
    assert breach.message.startswith(f"The list {LIST} names 3 releases, a healthy run found 10.")
    assert "acknowledge it" in breach.message
    assert breach.address == LIST


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<body><div class='presse'>Liste</div></body>", []),
        ("<body><div>Liste</div></body>", [("canary_missing", True)]),
        ("<body><div class='presse'>Seite\n nicht  GEFUNDEN</div></body>", [("forbidden_phrase", True)]),
        ("<body><script>'Seite nicht gefunden'</script><p class='presse'>Liste</p></body>", []),
    ],
)
def test_a_page_without_the_canary_or_with_a_forbidden_phrase_is_no_list(html, found):
    expected = Expectation(canary=".presse", never=("Seite nicht gefunden",))
    page = Page.of(f"<!doctype html><html>{html}</html>".encode(), "utf-8", LIST)
    assert kinds(weigh_page(expected, page, LIST)) == found


@pytest.mark.parametrize(("newest", "old"), [(date(2026, 2, 2), False), (date(2026, 2, 1), True), (None, False)])
def test_the_newest_release_may_be_so_many_days_old(newest, old):
    assert bool(weigh_newest(Expectation(newest_days=30), newest, TODAY)) is old
    assert weigh_newest(Expectation(), date(2019, 1, 1), TODAY) == []


@pytest.mark.parametrize(
    ("releases", "missing", "dated", "found"),
    [
        (50, {}, True, []),
        (50, {"title": 1, "date": 2, "body": 2}, True, []),
        (50, {"title": 2}, True, ["title_missing"]),
        (50, {"date": 3, "body": 3}, True, ["date_missing", "body_missing"]),
        (50, {"date": 50}, False, []),  # no selector of a date is declared: such a site bears none
        (9, {"title": 9, "date": 9, "body": 9}, True, []),  # too few to judge by
    ],
)
def test_fields_are_there_in_almost_all_of_the_newest_releases(releases, missing, dated, found):
    filled = Filled(releases=releases, missing={"title": 0, "date": 0, "body": 0, **missing})
    assert [breach.kind for breach in weigh_filled(Expectation(), filled, dated=dated)] == found


def test_a_declared_rate_replaces_the_usual_one():
    filled = Filled(releases=50, missing={"title": 0, "date": 20, "body": 0})
    assert weigh_filled(Expectation(date=0.5), filled, dated=True) == []
    assert "`date`" in weigh_filled(Expectation(), filled, dated=True)[0].message


def test_a_good_run_with_a_grave_breach_is_suspect_and_a_warning_changes_nothing():
    grave, warning = Breach("fewer_items", "Too few."), Breach("more_items", "Many.", grave=False)
    assert conclusion([warning]) == (None, None)
    assert conclusion([warning, grave]) == (Outcome.SUSPECT, "Too few.")
    assert conclusion([grave, grave])[1] == "Too few. And 1 more: see the issues."


DECLARATION = """
name = "X"
parliament = "P"
factions = ["X"]
home = "https://x.example/"
[[list]]
address = "https://x.example/"
item = "a"
[release]
title = "h1"
body = "p"
"""


def test_a_declaration_may_say_what_is_expected():
    source = read_source(
        DECLARATION + '[expect]\nitems_at_least = 5\ndate = 0.5\nnever = ["Wartung"]\ncanary = "#fuss"', "x.toml"
    )
    assert (source.expect.items_at_least, source.expect.date, source.expect.canary) == (5, 0.5, "#fuss")
    assert source.expect.phrase_in("Wegen\nWARTUNG geschlossen") == "Wartung"
    assert read_source(DECLARATION, "x.toml").expect == Expectation()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("items_at_lest = 5", "expect.items_at_lest"),
        ("date = 95", "expect.date"),
        ('canary = "p:has("', "expect.canary"),
        ('never = [" "]', "expect.never"),
        ("items_at_least = 5\nitems_at_most = 4", "items_at_most is less"),
    ],
)
def test_a_wrong_expectation_names_its_key(line, says):
    with pytest.raises(SourceError, match=says):
        read_source(f"{DECLARATION}[expect]\n{line}", "x.toml")
