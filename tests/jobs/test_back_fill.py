"""Back-fill: down the lists to a day or a number of pages, and on where it was killed."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from jobs.back_fill import back_fill
from jobs.estimate import Standing
from models import Notice, Release, ReleaseVersion, Run, SourceState
from models.words import Outcome, SourceHealth

ALL = 23


def filled(watched, *lists, since=None, pages=100, dry_run=False, after=timedelta(0), **more):
    def job(desk, fetcher, key):
        return back_fill(desk, fetcher, key, since=since, pages=pages, dry_run=dry_run)

    return watched.run(job, *lists, after=after, **more)


@pytest.mark.parametrize("kind", ["html", "numbered", "wordpress", "json", "sitemap"])
def test_it_goes_down_to_the_end_of_the_list(watched, kind):
    done = filled(watched, kind)
    assert (done.ended, done.run.outcome, done.run.new) == ("end", Outcome.OK_NEW, ALL)
    assert done.standing.reached == watched.archive.day_of(ALL)


@pytest.mark.parametrize("kind", ["html", "numbered", "wordpress"])
def test_it_ends_with_a_page_that_names_only_what_is_older(watched, kind):
    # The seventh is the last that is wanted; the second page holds six to ten, the third only older ones.
    done = filled(watched, kind, since=watched.archive.day_of(7))
    assert done.ended == "since"
    # Without days on the list a release must be read to know that it is older.
    assert done.run.new == (7 if kind == "wordpress" else 15)
    assert done.standing.pages == 3


def test_of_a_sitemap_only_what_is_young_enough_is_visited(watched):
    done = filled(watched, "sitemap", since=watched.archive.day_of(7))
    assert (done.ended, done.run.new) == ("end", 7)


def test_it_ends_at_the_limit_of_pages(watched):
    done = filled(watched, "html", pages=2)
    assert (done.ended, done.run.new, done.standing.pages) == ("pages", 10, 2)


def test_lists_that_go_on_are_preferred_to_those_that_do_not(watched):
    assert filled(watched, "feed", "html").run.new == ALL


def test_what_is_known_is_not_visited_again(watched):
    watched.collect("html", baseline_pages=2)
    watched.site.asked.clear()
    done = filled(watched, "html", after=timedelta(hours=1))
    assert done.run.new == 13
    assert sum(watched.site.releases_asked().values()) == 13


def test_nobody_is_told_singly_but_once_of_all(watched):
    watched.settings = watched.settings.model_copy(update={"channels": ("console",)})
    watched.collect("html", baseline_pages=1)
    done = filled(watched, "html", after=timedelta(hours=1))
    assert done.run.new == 18
    first, second = watched.look(select(Notice).order_by(Notice.id))
    assert [notice.event.value for notice in (first, second)] == ["baseline", "baseline"]
    assert second.data == {"source": "mf", "releases": 18, "claims": done.run.claims, "history": True}
    assert "18 Pressemitteilungen" in second.text
    filled(watched, "html", after=timedelta(hours=2))
    assert len(watched.look(select(Notice))) == 2


def test_a_back_fill_says_nothing_of_how_the_source_does_today(watched):
    watched.site.broken["/liste"] = 500
    watched.collect("html")
    watched.site.broken.clear()
    filled(watched, "html")
    (state,) = watched.look(select(SourceState).where(SourceState.key == "mf"))
    assert (state.health, state.failures, state.baseline_at) == (SourceHealth.FAILING, 1, None)


def test_a_dry_run_visits_nothing_and_its_list_pages_serve_the_real_one(watched):
    tried = filled(watched, "html", since=date(2017, 1, 1), dry_run=True)
    assert (tried.standing.pages, tried.standing.releases, tried.run.new) == (5, ALL, 0)
    assert watched.site.releases_asked() == {}
    watched.site.asked.clear()
    done = filled(watched, "html", since=date(2017, 1, 1), after=timedelta(hours=1))
    assert done.run.new == ALL
    assert watched.site.lists_asked() == {}


def test_after_one_that_came_to_its_end_the_lists_are_asked_again(watched):
    filled(watched, "html")
    watched.site.count += 1
    watched.site.asked.clear()
    assert filled(watched, "html", after=timedelta(days=1)).run.new == 1
    assert sum(watched.site.lists_asked().values()) == 5


def test_an_old_unfinished_one_begins_anew_since_lists_have_moved_on(watched):
    filled(watched, "html", dry_run=True)
    watched.site.asked.clear()
    filled(watched, "html", after=timedelta(days=8))
    assert sum(watched.site.lists_asked().values()) == 5


def test_what_cannot_be_read_is_told_and_tried_again_by_the_next(watched):
    watched.site.broken = {f"/presse/{n}": 500 for n in range(1, 9)}
    done = filled(watched, "html")
    assert (done.run.outcome, done.run.new, done.run.failed) == (Outcome.SUSPECT, 15, 8)
    watched.site.broken.clear()
    watched.site.asked.clear()
    assert filled(watched, "html", after=timedelta(hours=1)).run.new == 8
    assert watched.site.lists_asked() == {}


def test_a_list_that_cannot_be_had_is_a_clear_end(watched):
    watched.site.broken["/liste?seite=3"] = 404
    done = filled(watched, "html")
    assert (done.ended, done.run.outcome, done.run.new) == ("trouble", Outcome.FAILED, 10)
    assert "The next call goes on where it stopped" in done.run.trouble
    assert "404" in done.run.trouble


def test_one_that_is_cancelled_is_closed_and_gone_on_with(watched):
    async def cut(desk, fetcher, key):
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(back_fill(desk, fetcher, key, since=None, pages=100))
        watched.site.on_request = lambda path: path.endswith("/7") and loop.call_soon_threadsafe(task.cancel)
        await asyncio.gather(task, return_exceptions=True)

    watched.run(cut, "html")
    watched.site.on_request = None
    (run,) = watched.look(select(Run))
    assert run.outcome is Outcome.ABORTED
    done = filled(watched, "html", after=timedelta(hours=1))
    assert run.new + done.run.new == ALL
    assert set(watched.site.lists_asked().values()) == {1}


def test_one_that_is_killed_goes_on_without_fetching_again_what_is_known(watched, tmp_path):
    site, killed = watched.site, []
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "mf.toml").write_text(watched.archive.declaration(site.address, "html"), encoding="utf-8")
    environment = {
        **os.environ,
        "BEIMWORT_DATA": str(tmp_path),
        "BEIMWORT_HOST_PAUSE": "0",
        "BEIMWORT_CHANNELS": "",
        "BEIMWORT_ALLOWED_NETWORKS": "127.0.0.0/8",
    }
    deadly = ["/liste?seite=2", "/presse/14"]

    def fill():
        call = [sys.executable, "-m", "cli", "collect", "mf", "--since", "2017-01-01", "--pages", "50"]
        process = subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def kill(path):
            if path in deadly and path not in killed:
                killed.append(path)
                os.kill(process.pid, signal.SIGKILL)

        site.on_request = kill
        out, error = process.communicate(timeout=60)
        return process.returncode, out, error

    codes = []
    while not codes or codes[-1] == -signal.SIGKILL:
        code, out, error = fill()
        codes.append(code)
    assert codes == [-signal.SIGKILL] * len(deadly) + [0], error
    assert killed == deadly
    row = json.loads(out)
    assert (row["outcome"], row["ended"], row["list_pages"], row["reached"]) == (
        "ok_new",
        "end",
        5,
        watched.archive.day_of(ALL).isoformat(),
    )
    # Only what was on its way when the kill came was asked for twice.
    twice = {path for path, times in site.asked.items() if times > 1 and path != "/robots.txt"}
    assert twice <= set(deadly)
    addresses = watched.look(select(Release.address))
    assert len(addresses) == len(set(addresses)) == len(watched.look(select(ReleaseVersion))) == ALL


@pytest.mark.parametrize(
    ("standing", "spent", "seconds"),
    [
        # Nothing known yet: at most the pages themselves.
        (Standing(most_pages=10, since=None, pause=2.0), 0.0, 20.0),
        # Two pages with five releases each, eight to come alike.
        (Standing(most_pages=10, since=None, pause=2.0, pages=2, pages_fetched=2, releases=10), 24.0, 8 * 6 * 2.0),
        # Slower than the pause: what was measured counts.
        (Standing(most_pages=3, since=None, pause=0.0, pages=2, pages_fetched=2, releases=10), 36.0, 6 * 3.0),
        # A hundred days took two pages; the hundred until the day take two more, whatever the limit.
        (
            Standing(
                most_pages=500,
                since=date(2024, 1, 1),
                pause=1.0,
                pages=2,
                pages_fetched=2,
                releases=4,
                newest=date(2024, 7, 19),
                reached=date(2024, 4, 10),
            ),
            6.0,
            2 * 3 * 1.0,
        ),
        # The day is reached: only what waits on this page.
        (
            Standing(
                most_pages=500,
                since=date(2024, 1, 1),
                pause=1.0,
                pages=2,
                releases=8,
                waiting=2,
                newest=date(2024, 7, 1),
                reached=date(2023, 12, 1),
            ),
            8.0,
            2.0,
        ),
    ],
)
def test_the_estimate_follows_the_pause_and_the_pace(standing, spent, seconds):
    assert standing.seconds_left(spent) == pytest.approx(seconds)


def test_the_command_line_says_what_a_back_fill_would_fetch(watched, tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from cli.main import app

    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mf.toml").write_text(
        watched.archive.declaration(watched.site.address, "wordpress"), encoding="utf-8"
    )
    for name, value in {"DATA": str(tmp_path), "HOST_PAUSE": "0", "CHANNELS": "", "ALLOWED_NETWORKS": "127.0.0.0/8"}.items():
        monkeypatch.setenv(f"BEIMWORT_{name}", value)
    result = CliRunner().invoke(app, ["collect", "mf", "--since", watched.archive.day_of(12).isoformat(), "--dry-run"])
    assert result.exit_code == 0, result.stderr
    row = json.loads(result.stdout)
    assert (row["outcome"], row["list_pages"], row["releases"], row["new"]) == ("dry_run", 4, 12, 0)
    wrong = CliRunner().invoke(app, ["collect", "mf", "--since", "gestern"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert re.search("'gestern' is no date", wrong.stderr)
