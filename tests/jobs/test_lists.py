"""Lists of every kind on loopback: paging, bounds, and lists that check each other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.lists import Known, begins_anew
from models import Release, Snapshot
from models.words import Outcome, SnapshotPurpose

DAY = timedelta(days=1)
ALL = 23


def numbers(addresses):
    return sorted(int(address.rpartition("/")[2]) for address in addresses)


@pytest.mark.parametrize(
    ("kind", "releases", "list_requests"),
    [
        ("html", ALL, 5),
        ("numbered", ALL, 6),
        ("wordpress", ALL, 6),
        ("wordpress with a total", ALL, 5),
        ("sitemap", ALL, 3),
        ("feed", 8, 1),
    ],
)
def test_a_first_run_goes_down_the_whole_list(watched, kind, releases, list_requests):
    run = watched.collect(kind)
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, releases, 0)
    assert sum(watched.site.lists_asked().values()) == list_requests
    assert watched.issues() == []
    assert numbers(watched.look(select(Release.address))) == list(range(1, releases + 1))


def test_more_is_loaded_by_posting_a_form_and_each_answer_is_archived_by_itself(watched):
    run = watched.collect("json")
    assert (run.outcome, run.new) == (Outcome.OK_NEW, ALL)
    assert watched.site.forms == [{"view": "presse", "page": str(n)} for n in range(6)]
    lists = watched.look(select(Snapshot.address).where(Snapshot.purpose == SnapshotPurpose.LIST).order_by(Snapshot.id))
    assert lists == [f"{watched.site.address}/mehr#view=presse&page={n}" for n in range(6)]


def test_a_form_that_is_redirected_is_a_clear_error(watched):
    run = watched.collect('kind = "json"\naddress = "{site}/umleitung"\nform = {a = "1"}\nitem = "a"')
    assert run.outcome is Outcome.FAILED
    assert "redirects a form (status 302)" in run.trouble
    assert "/liste" not in watched.site.asked


@pytest.mark.parametrize("kind", ["html", "numbered", "wordpress", "json"])
def test_an_ordinary_run_stops_at_a_page_that_is_wholly_known(watched, kind):
    watched.collect(kind)
    watched.site.asked.clear()
    assert watched.collect(kind, after=timedelta(hours=1)).outcome is Outcome.OK_UNCHANGED
    assert sum(watched.site.lists_asked().values()) == 1


def test_it_never_stops_at_the_first_known_item(watched):
    watched.site.hidden = {2, 7}
    watched.collect("html")
    watched.site.hidden = set()
    assert watched.collect("html", after=timedelta(hours=1)).new == 2


def test_what_appears_far_down_is_found_within_a_week(watched):
    watched.site.hidden = {22}
    watched.collect("html")
    watched.site.hidden = set()
    assert [watched.collect("html", after=after).new for after in (timedelta(hours=1), 7 * DAY)] == [0, 1]


def test_after_a_gap_it_goes_on_beyond_an_ordinary_run_until_something_is_known(watched):
    watched.site.hidden = set(range(1, 21))
    watched.collect("html", max_pages=1)
    watched.site.hidden = set()
    assert watched.collect("html", max_pages=1, after=timedelta(hours=1)).new == 20


def test_a_page_with_something_known_ends_an_ordinary_run_at_its_limit(watched):
    watched.site.hidden = {1, 3, 5, 7, 9, 11, 13}
    watched.collect("html", max_pages=1)
    watched.site.hidden = set()
    assert watched.collect("html", max_pages=1, after=timedelta(hours=1)).new == 3


@pytest.mark.parametrize(("target", "words"), [(1, "names only what the pages before it named"), (2, "says that it goes on at")])
def test_a_list_that_links_to_itself_ends_with_a_clear_issue(watched, target, words):
    watched.site.loops_to = target
    run = watched.collect("html")
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, 10, 0)
    ((kind, message),) = watched.issues()
    assert kind == "list_circles"
    assert words in message
    assert sum(watched.site.lists_asked().values()) <= 3


def test_further_pages_that_do_not_exist_are_told_once_more_was_declared(watched):
    run = watched.collect('address = "{site}/seiten/"\nitem = ".meldung a"\npages = "/nirgends/{page}/"')
    assert (run.outcome, run.new) == (Outcome.OK_NEW, 5)
    assert [kind for kind, _message in watched.issues()] == ["list_does_not_go_on"]


def test_numbers_that_the_site_ignores_are_told(watched):
    run = watched.collect('address = "{site}/seiten/"\nitem = ".meldung a"\npages = "?page={page}"')
    assert (run.outcome, run.new) == (Outcome.OK_NEW, 5)
    ((kind, message),) = watched.issues()
    assert kind == "list_does_not_go_on"
    assert "names only what the pages before it named" in message


def test_a_list_that_breaks_off_is_suspect_and_no_baseline_but_what_it_named_is_visited(watched):
    watched.site.broken["/liste?seite=3"] = 500
    run = watched.collect("html")
    assert (run.outcome, run.new) == (Outcome.SUSPECT, 10)
    assert "broke off after 2 pages" in run.trouble
    watched.site.broken.clear()
    again = watched.collect("html", after=timedelta(hours=1))
    assert (again.outcome, again.new) == (Outcome.OK_NEW, 13)


def test_a_sitemap_whose_part_is_broken_still_gives_the_others(watched):
    watched.site.broken["/sitemap/1.xml.gz"] = 500
    run = watched.collect("sitemap")
    assert (run.outcome, run.new) == (Outcome.SUSPECT, 12)


def test_a_sitemap_without_a_release_is_a_failure(watched):
    run = watched.collect('kind = "sitemap"\naddress = "{site}/index.xml"\nmatch = "/blog/"')
    assert run.outcome is Outcome.FAILED
    assert "its parts name 0 releases like '/blog/'" in run.trouble


def test_the_first_list_that_works_wins_and_the_broken_one_is_told(watched):
    watched.site.broken["/liste"] = 404
    run = watched.collect("html", "feed")
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, 8, 1)
    assert [kind for kind, _message in watched.issues()] == ["bad_status"]


def test_what_the_feed_knows_and_the_list_does_not_is_told_and_visited(watched):
    watched.site.hidden = {2, 4}
    run = watched.collect("html", "feed")
    # The fourth is forty days old on the day of the run: no list has to show it.
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, ALL - 1, 0)
    ((kind, message),) = watched.issues()
    assert kind == "list_incomplete"
    assert f"names 1 releases that {watched.site.address}/liste does not: {watched.site.address}/presse/2." in message


def test_a_checking_list_is_asked_once_a_day(watched):
    for hour in range(0, 24, 4):
        watched.collect("html", "feed", after=timedelta(hours=hour))
    assert 1 <= watched.site.asked["/feed.xml"] <= 2
    watched.site.asked.clear()
    watched.collect("html", "feed", after=timedelta(hours=48))
    assert watched.site.asked["/feed.xml"] == 1


def test_a_broken_checking_list_is_an_issue_and_no_failure(watched):
    watched.site.broken["/feed.xml"] = 500
    run = watched.collect("html", "feed")
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, ALL, 0)
    assert "does not work" in watched.issues()[0][1]


def test_lists_that_do_not_work_are_all_named(watched):
    watched.site.broken = {"/liste": 500, "/feed.xml": 404}
    run = watched.collect("html", "feed")
    assert run.outcome is Outcome.FAILED
    assert "No list could be read" in run.trouble
    assert "500" in run.trouble
    assert "404" in run.trouble


def test_a_known_release_is_known_however_the_site_spells_its_address():
    known = Known(["https://www.muster.invalid/presse/moore/", "https://muster.invalid/?p=7"])
    for address in (
        "http://muster.invalid/presse/moore",
        "https://www.muster.invalid/presse/moore/",
        "https://www.muster.invalid/?p=7",
    ):
        assert address in known
    for address in ("https://muster.invalid/presse/Moore", "https://muster.invalid/?p=8", "https://andere.invalid/presse/moore"):
        assert address not in known


def test_something_begins_anew_once_in_each_stretch_of_time():
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for key in ("cdu-nrw", "spd-nrw", "x"):
        last, begun = start, []
        for hour in range(1, 15 * 24):
            now = start + timedelta(hours=hour)
            if begins_anew(last, now, timedelta(days=7), key):
                begun.append(now)
            last = now
        assert len(begun) == 2
        assert begun[1] - begun[0] == timedelta(days=7)
    assert begins_anew(None, start, timedelta(days=7), "x")
