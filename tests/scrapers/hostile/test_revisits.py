"""What a later visit makes of validators, of pages that are gone without saying so, and of hosts that want to be left alone."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import select

from jobs.collect import collect
from jobs.demo.sources import demo_record
from jobs.desk import Desk
from models import Change, Issue, Release, ReleaseVersion, Run, Snapshot, actions
from models.words import ChangeKind, Outcome
from scrapers.declaration import Source
from scrapers.fetch import Fetcher
from scrapers.politeness import Politeness
from scrapers.validators import Validators
from settings.config import Settings

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = "Die Fraktion fordert für die Moore in Musterland im kommenden Jahr {n} Millionen Euro und sonst nichts weiter, sagt sie."
WALL = "<title>Fraktion</title><p>Wir verwenden Cookies.</p><button>Alle akzeptieren</button>"


def page(amount="25", title="Moore"):
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><time>5. Januar 2026</time><p>{TEXT.format(n=amount)}</p>"


class Site:
    """A press site: `pages` by name, `answers` for what is no plain page. With `lies`, an ETag never changes."""

    def __init__(self, database):
        self.database = database
        self.pages = {"moore": page()}
        self.answers = {}
        self.robots = None
        self.lies = False
        self.served = []
        self.now = START
        self.settings = Settings(_env_file=None, allowed_networks="127.0.0.0/8", host_pause=0, channels="", fetch_tries=1)
        self.validators = Validators(every=4)
        self.port = 0

    async def serve(self, request):
        name = request.match_info["name"]
        if name in self.answers:
            self.served.append(name)
            status, headers = self.answers[name]
            return web.Response(status=status, headers=headers)
        if name == "presse":
            body = "".join(f'<p class="t"><a href="/{key}">x</a></p>' for key in self.pages)
        elif name == "robots.txt" and self.robots is not None:
            body = self.robots
        elif name in self.pages:
            body = self.pages[name]
        else:
            return web.Response(status=404)
        tag = '"same"' if self.lies else f'"{hash(body)}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        self.served.append(name)
        return web.Response(text=body, content_type="text/html", headers={"ETag": tag})

    def visit(self, after=timedelta(0)):
        """One run so long after the start; `served` holds the pages whose body was sent. The port stays, so the memory counts."""
        self.now = START + after
        self.served.clear()
        return asyncio.run(self._visit())

    async def _visit(self):
        app = web.Application()
        app.router.add_get("/{name}", self.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = runner.addresses[0][1]
        home = f"http://127.0.0.1:{self.port}/presse"
        source = Source.model_validate(
            {
                "name": "Fraktion",
                "parliament": "Landtag Musterland",
                "factions": ["UM"],
                "home": home,
                "list": [{"address": home, "item": ".t a"}],
                "release": {"title": "h1", "date": "time", "body": "p"},
            }
        )
        desk = Desk(self.settings, self.database, {"um": source}, demo_record(), lambda: self.now)
        with self.database.writing() as session:
            actions.declare_source(session, key="um", name="UM", parliament=source.parliament, home=home, verified=False)
        # Each run has a loop of its own, and with it new politeness; what is known of validators stays.
        politeness = Politeness(self.settings, sleep=lambda _seconds: asyncio.sleep(0))
        try:
            async with Fetcher(self.settings, politeness=politeness, validators=self.validators) as fetcher:
                return await collect(desk, fetcher, "um")
        finally:
            await runner.cleanup()

    def all(self, query):
        with self.database.reading() as session:
            return list(session.scalars(query))

    def versions(self):
        return [
            version.text.split("Jahr ")[1].split()[0] for version in self.all(select(ReleaseVersion).order_by(ReleaseVersion.id))
        ]


@pytest.fixture
def site(sqlite_database):
    return Site(sqlite_database)


def test_a_second_visit_with_nothing_new_fetches_no_page_and_is_a_visit_all_the_same(site):
    site.visit()
    assert site.served == ["presse", "moore"]
    run = site.visit(DAY)
    assert site.served == []
    assert (run.outcome, run.listed, run.fetched) == (Outcome.OK_UNCHANGED, 1, 0)
    release = site.all(select(Release))[0]
    assert release.last_visit_at == START + DAY
    assert release.next_visit_at > START + DAY
    assert len(site.all(select(Snapshot))) == 2


def test_an_edit_is_seen_and_going_back_is_a_third_version(site):
    site.visit()
    for number, amount in enumerate(("40", "25"), 1):
        site.pages["moore"] = page(amount)
        assert site.visit(number * 3 * DAY).changed == 1
    assert site.visit(9 * DAY).outcome is Outcome.OK_UNCHANGED
    assert site.versions() == ["25", "40", "25"]


def test_a_tag_that_lies_for_ever_is_found_out_and_then_not_believed_any_more(site):
    site.lies = True
    site.visit()
    site.pages["moore"] = page("40")
    changed = [site.visit(n * n * DAY).changed for n in range(1, 5)]
    assert changed == [0, 0, 0, 1]
    site.pages["moore"] = page("50")
    assert site.visit(40 * DAY).changed == 1
    assert site.versions() == ["25", "40", "50"]


def test_a_page_that_was_away_and_is_as_before_is_no_longer_missing(site):
    site.visit()
    site.answers["moore"] = (404, {})
    site.visit(DAY)
    assert site.all(select(Release))[0].missing_since == START + DAY
    del site.answers["moore"]
    site.visit(3 * DAY)
    assert site.served == []
    assert site.all(select(Release))[0].missing_since is None


def test_a_page_that_cannot_be_read_stays_an_issue_although_it_did_not_change(site):
    site.pages["short"] = "<h1>Kurz</h1><time>5. Januar 2026</time><p>Kurz.</p>"
    site.visit()
    run = site.visit(DAY)
    assert "short" not in site.served
    assert run.failed == 1
    assert [issue.kind for issue in site.all(select(Issue))] == ["unreadable", "unreadable"]


def test_a_page_that_says_it_is_not_there_counts_as_gone_after_two_visits_a_day_apart(site):
    site.pages["older"] = page("1", "Alt")
    site.visit()
    site.pages["moore"] = page(title="Seite nicht gefunden")
    assert site.visit(DAY).changed == 0
    assert site.visit(3 * DAY).changed == 1
    assert [change.kind for change in site.all(select(Change))] == [ChangeKind.GONE]
    assert sorted(site.versions()) == ["1", "25"]
    site.pages["moore"] = page()
    assert site.visit(40 * DAY).outcome is not Outcome.FAILED
    assert site.all(select(Release).where(Release.gone_at.is_not(None))) == []


def test_a_release_that_leads_to_the_list_counts_as_gone_too(site):
    site.visit()
    site.answers["moore"] = (301, {"Location": "/presse"})
    site.visit(DAY)
    assert site.visit(3 * DAY).changed == 1
    assert site.all(select(Release))[0].gone_at == START + 3 * DAY


def test_a_wall_before_a_known_release_is_suspect_and_changes_nothing(site):
    site.visit()
    site.pages["moore"] = WALL
    run = site.visit(DAY)
    assert (run.outcome, run.changed) == (Outcome.SUSPECT, 0)
    assert [issue.kind for issue in site.all(select(Issue))] == ["consent_wall"]
    assert site.versions() == ["25"]
    # The page is in the archive all the same.
    assert len(site.all(select(Snapshot).where(Snapshot.address.endswith("/moore")))) == 2


def test_a_host_that_wants_to_be_left_alone_is_told_once_and_the_rest_waits_for_the_next_run(site):
    for number in range(20):
        site.pages[f"p{number}"] = page(str(number + 1), f"Nr. {number}")
    site.answers["p9"] = (429, {"Retry-After": "3600"})
    run = site.visit()
    assert (run.outcome, run.new, run.failed) == (Outcome.BLOCKED, 10, 1)
    assert run.trouble == "11 of 21 pages could not be read, 10 were not even asked for; the first issue says why."
    assert [issue.kind for issue in site.all(select(Issue))] == ["deferred"]
    del site.answers["p9"]
    assert site.visit(DAY).new == 11


def test_a_host_that_goes_down_in_a_run_is_left_alone(site):
    for number in range(20):
        site.pages[f"p{number}"] = page(str(number + 1), f"Nr. {number}")
        site.answers[f"p{number}"] = (503, {})
    run = site.visit()
    assert (run.outcome, run.failed) == (Outcome.FAILED, 4)
    assert [issue.kind for issue in site.all(select(Issue))] == ["bad_status"] * 3 + ["resting"]
    assert len([name for name in site.served if name.startswith("p") and name != "presse"]) == 3


def test_one_page_that_is_denied_does_not_hold_up_the_others(site):
    for number in range(9):
        site.pages[f"p{number}"] = page(str(number + 1), f"Nr. {number}")
    site.answers["p3"] = (403, {})
    run = site.visit()
    assert (run.outcome, run.new, run.failed) == (Outcome.OK_NEW, 9, 1)


def test_a_release_that_robots_txt_forbids_is_not_asked_for(site):
    site.robots = "User-agent: *\nDisallow: /moore\nCrawl-delay: 7"
    run = site.visit()
    assert run.outcome is Outcome.BLOCKED
    assert "moore" not in site.served
    assert site.all(select(Run))[0].trouble == "None of 1 pages could be read; the first issue says why."
