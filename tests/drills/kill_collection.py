"""Kills (SIGKILL) a collection of 500 releases with edits at 100 random points, and compares it with an undisturbed one.

    .venv/bin/python tests/drills/kill_collection.py [--kills 100] [--releases 500] [--seed 1]

A press site in a process of its own publishes, edits, deletes and brings back releases over six days, on five of which they are
collected. Of ten kills nine hit somewhere in a visit, one the start or the list. Prints what was compared, figure by figure, and ends
with 0 if both databases hold the same and every kill hit a working process.
"""

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from jobs.collect import collect
from jobs.demo.sources import demo_record
from jobs.desk import open_desk
from models import (
    Appearance,
    Body,
    Change,
    Claim,
    Finding,
    FollowUp,
    HealthChange,
    Issue,
    Notice,
    Release,
    ReleaseVersion,
    Run,
    Snapshot,
    SourceState,
    actions,
)
from models.words import Outcome
from scrapers.declaration import Source
from scrapers.fetch import Fetcher
from settings.config import load_settings

START = datetime(2024, 3, 1, 8, tzinfo=UTC)
DAYS = (0, 1, 2, 4, 6)  # on which the site is collected
LATER = 5  # of a hundred releases, so many are published on each later day
IN_A_VISIT = 0.9  # of the kills
FORK = multiprocessing.get_context("fork")  # loads nothing anew, so that the kills meet the work and not the start of Python


def published_at(number, releases):
    """The collection before which a release is published: most before the first, some before each later one."""
    later = releases * LATER // 100
    return max(0, len(DAYS) - 1 - (releases - 1 - number) // later) if later else 0


def page_of(number, when, releases):
    """What the site serves for a release at a collection; None: 404. What becomes of it depends on its last digit."""
    money, roads, word, space, day = "2,5 Mio. Euro", "werden wir", "lange", " ", 1 + DAYS[published_at(number, releases)]
    kind = number % 10
    if kind == 0:  # A-B-A
        money = "25 Mio. Euro" if when == 1 else money
    elif kind == 1:
        roads = "werden wir nicht" if when >= 1 else roads
    elif kind == 2:
        space = "\n   " if when >= 1 else space
    elif kind == 3 and when >= 2 and published_at(number, releases) < 2:  # deleted; every other one comes back at last
        if when < len(DAYS) - 1 or number % 20 == 3:
            return None
    elif kind == 4:
        day += when >= 3
    elif kind == 5:  # edited again and again
        money = f"{2 + when},5 Mio. Euro"
    elif kind == 6:
        word = "sehr lange" if when >= 2 else word
    said = (
        f"„Im kommenden Jahr stellen wir {money} für die Schule {number} bereit. Bis zum 31. Dezember 2027 {roads} alle {number + 2} "
        f"Brücken sanieren. Darüber hat der Ausschuss heute {word} beraten, und viele haben dazu etwas zu sagen gehabt.“"
    )
    text = f"<p>Dazu erklärt der Sprecher der UM-Fraktion, Jonas Ahlers:</p><p>{said.replace(' ', space)}</p>"
    title = f"<h1>Schulen und Wege {number}</h1><time>{day}. März 2024</time>"
    return f"<!doctype html><html><body><article>{title}<div class=text>{text}</div></article></body></html>"


class Site:
    """The press site. It is told by a file at which collection it is, and writes a byte into a pipe for each release asked for."""

    def __init__(self, folder, releases, asked):
        self.folder, self.releases, self.asked = folder, releases, asked

    def serve(self, ready):
        asyncio.run(self._serve(ready))

    async def _serve(self, ready):
        app = web.Application()
        app.router.add_get("/list", self._list)
        app.router.add_get("/release/{n}", self._release)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ready.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
        await asyncio.Event().wait()

    def _when(self):
        return int((self.folder / "when").read_text())

    async def _list(self, _request):
        when = self._when()
        published = [n for n in reversed(range(self.releases)) if published_at(n, self.releases) <= when]
        shown = [n for n in published if page_of(n, when, self.releases) is not None]
        links = "".join(f'<li><a href="/release/{n}">{n}</a></li>' for n in shown)
        return web.Response(text=f"<ul>{links}</ul>", content_type="text/html")

    async def _release(self, request):
        number = int(request.match_info["n"])
        os.write(self.asked, b".")
        page = page_of(number, self._when(), self.releases)
        if page is None:
            raise web.HTTPNotFound
        # Two of three releases are asked for with their ETag next time.
        headers = {"ETag": f'"{hashlib.sha256(page.encode()).hexdigest()[:16]}"'} if number % 3 else {}
        if headers and request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(text=page, content_type="text/html", headers=headers)


def open_at(folder, address, when):
    moment = START + timedelta(days=DAYS[when])
    declared = {
        "name": "Union Musterland (erfunden)", "parliament": "Landtag Musterland", "factions": ["UM"], "home": f"{address}/",
        "list": [{"address": f"{address}/list", "item": "li a"}],
        "release": {"title": "h1", "date": "time", "body": ".text p"},
    }  # fmt: skip
    settings = load_settings(
        data=folder, database_url=f"sqlite:///{folder / 'beimwort.sqlite3'}", allowed_networks="127.0.0.0/8", host_pause=0,
        channels="console,webhook", webhook_url="https://desk.example/hook",
    )  # fmt: skip
    return open_desk(settings, sources={"um": Source.model_validate(declared)}, record=demo_record(), clock=lambda: moment)


def work(folder, address, when):
    """What the worker does at a start and at a source's turn. Ends with 1 if the run is not a good one."""
    desk = open_at(folder, address, when)

    async def once():
        with desk.database.writing() as session:
            actions.abort_unfinished_runs(session)
        async with Fetcher(desk.settings) as fetcher:
            return await collect(desk, fetcher, "um")

    run = asyncio.run(once())
    desk.database.close()
    sys.exit(run.outcome not in {Outcome.OK_NEW, Outcome.OK_UNCHANGED})


def track_some(folder, address):
    """A person tracks the first claim of releases that will be edited and deleted."""
    desk = open_at(folder, address, 0)
    with desk.database.writing() as session:
        kim = actions.person_named(session, "Kim", desk.clock())
        for release in session.scalars(select(Release).order_by(Release.address)).all():
            if int(release.address.rpartition("/")[2]) % 10 in {0, 1, 3} and release.claims:
                actions.track(session, release.claims[0].id, actor=kim, now=desk.clock())
    desk.database.close()


@dataclass
class Played:
    """What one play of all collections took, visit by visit and start by start."""

    visits: int = 0
    starts: int = 0
    kills: int = 0
    seconds: float = 0.0
    failed: list = field(default_factory=list)


@dataclass
class Drill:
    """One press site, and the pipe by which it tells of each release that is asked for."""

    folder: Path
    releases: int

    def __enter__(self):
        self.heard, asked = os.pipe()
        os.set_blocking(self.heard, False)
        ready, theirs = FORK.Pipe()
        self.site = FORK.Process(target=Site(self.folder, self.releases, asked).serve, args=(theirs,), daemon=True)
        self.site.start()
        os.close(asked)
        self.address = ready.recv()
        return self

    def __exit__(self, *_error):
        self.site.kill()
        self.site.join()
        os.close(self.heard)

    def play(self, name, points=(), early=0, chance=None):
        """All collections in turn, each started until it ended well; killed when so many visits were asked for, and at some starts."""
        place = self.folder / name
        place.mkdir()
        played, began, points = Played(), time.monotonic(), list(points)
        early_at = set(chance.sample(range(len(points)), early)) if early else set()
        for when in range(len(DAYS)):
            (self.folder / "when").write_text(str(when))
            while True:
                worker = FORK.Process(target=work, args=(place, self.address, when))
                worker.start()
                played.starts += 1
                is_early = bool(points) and played.kills in early_at
                early_at.discard(played.kills)
                if is_early:
                    time.sleep(chance.uniform(0, 0.8))
                elif points:
                    self._wait_for(worker, played, points[0])
                    time.sleep(chance.uniform(0, 0.03))
                else:
                    worker.join()
                if points and worker.is_alive():
                    os.kill(worker.pid, signal.SIGKILL)
                worker.join()
                self._listen(played)
                if worker.exitcode == -signal.SIGKILL:
                    played.kills += 1
                    if not is_early:
                        points.pop(0)
                    continue
                if worker.exitcode:
                    played.failed.append((when, worker.exitcode))
                break
            if when == 0:
                track_some(place, self.address)
        played.seconds = time.monotonic() - began
        return played

    def _wait_for(self, worker, played, visits):
        while worker.is_alive() and played.visits < visits:
            self._listen(played)
            time.sleep(0.001)

    def _listen(self, played):
        try:
            played.visits += len(os.read(self.heard, 1 << 16))
        except BlockingIOError:
            return

    def state(self, name):
        """All that must not depend on where a collection was killed, in order of its content."""
        desk = open_at(self.folder / name, self.address, len(DAYS) - 1)
        try:
            with desk.database.reading() as session:
                return state_of(session)
        finally:
            desk.database.close()


def state_of(session):
    def rows(*columns, join=()):
        query = select(*columns)
        for table, condition, outer in join:
            query = query.join(table, condition, isouter=outer)
        return sorted(json.dumps([str(value) for value in row]) for row in session.execute(query))

    before, after = aliased(ReleaseVersion), aliased(ReleaseVersion)
    of_release = lambda table: (Release, Release.id == table.release_id, False)  # noqa: E731  one expression, used again and again
    of_claim = lambda table: (Claim, Claim.id == table.claim_id, False)  # noqa: E731  as above
    in_version = lambda table: (ReleaseVersion, ReleaseVersion.id == table.version_id, False)  # noqa: E731  as above
    moments = (Release.first_seen_at, Release.last_visit_at, Release.next_visit_at, Release.missing_since, Release.gone_at)
    version = (
        ReleaseVersion.number,
        ReleaseVersion.cause,
        ReleaseVersion.title,
        ReleaseVersion.text,
        ReleaseVersion.published_on,
    )
    changed = (Change.kind, Change.noticed_at, Change.weight, Change.stretches, before.number, after.number)
    told = (Notice.event, Notice.channel, Notice.recipient, Notice.subject, Notice.text, Notice.state, Notice.created_at)
    did = (func.sum(Run.new), func.sum(Run.changed), func.sum(Run.claims), func.sum(Run.failed))
    return {
        "releases": rows(Release.address, Release.published_on, Release.baseline, *moments),
        "versions": rows(Release.address, *version, ReleaseVersion.read_at, join=[of_release(ReleaseVersion)]),
        "changes": rows(Release.address, *changed, join=[of_release(Change), (before, before.id == Change.before_id, True), (after, after.id == Change.after_id, True)]),
        "claims": rows(Release.address, Claim.quote, Claim.start, Claim.stage, Claim.created_at, ReleaseVersion.number, join=[of_release(Claim), in_version(Claim)]),
        "findings": rows(Release.address, Claim.quote, Finding.kind, Finding.score, Finding.current, ReleaseVersion.number, join=[of_claim(Finding), of_release(Claim), in_version(Finding)]),
        "appearances": rows(Release.address, Claim.quote, Appearance.quote, Appearance.first, ReleaseVersion.number, join=[of_claim(Appearance), of_release(Claim), in_version(Appearance)]),
        "follow-ups": rows(Release.address, Claim.quote, FollowUp.rule, FollowUp.due_on, FollowUp.raised_at, join=[of_claim(FollowUp), of_release(Claim)]),
        "notices": rows(*told),
        "pages": rows(Snapshot.address, Snapshot.status, Snapshot.body_sha256, Snapshot.fetched_at, Snapshot.last_seen_at),
        "bodies": rows(Body.sha256),
        "counted": [json.dumps([str(value) for value in row]) for row in session.execute(select(Run.started_at, *did).group_by(Run.started_at).order_by(Run.started_at))],
        "issues": rows(Issue.kind, Issue.address, Issue.at),
        "health": rows(SourceState.key, SourceState.health, SourceState.failures, SourceState.baseline_at, SourceState.last_ok_at),
        "health changes": rows(HealthChange.health, HealthChange.cause, HealthChange.at),
        "open runs": [str(number) for number in session.scalars(select(Run.id).where(Run.outcome == Outcome.RUNNING))],
    }  # fmt: skip


def drill(folder, *, kills, releases, seed):
    """Play once undisturbed and once with kills; gives both plays and both states."""
    chance = random.Random(seed)
    with Drill(folder, releases) as site:
        calm = site.play("calm")
        points = sorted(chance.sample(range(1, calm.visits), min(kills, calm.visits - 1)))
        early = round(kills * (1 - IN_A_VISIT))
        shaken = site.play("shaken", points[early:], early, chance)
        return calm, shaken, site.state("calm"), site.state("shaken")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--releases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calm, shaken, wanted, had = drill(Path(folder), kills=given.kills, releases=given.releases, seed=given.seed)
    for name, played in (("undisturbed", calm), ("killed", shaken)):
        print(f"{name}: {played.starts} starts, {played.kills} kills, {played.visits} releases asked for, {played.seconds:.0f} s")
    for name, rows in wanted.items():
        print(
            f"{name}: {len(rows)} undisturbed, {len(had[name])} after the kills, {'equal' if rows == had[name] else 'DIFFERENT'}"
        )
        for sign, some in (("-", Counter(rows) - Counter(had[name])), ("+", Counter(had[name]) - Counter(rows))):
            print(*(f"  {sign} {row[:300]}" for row in sorted(some.elements())[:5]), sep="\n", end="\n" if some else "")
    as_wanted = wanted == had and not calm.failed and not shaken.failed and shaken.kills == given.kills
    print("as undisturbed" if as_wanted else f"NOT AS UNDISTURBED; failed runs: {calm.failed + shaken.failed}")
    return 0 if as_wanted else 1


if __name__ == "__main__":
    sys.exit(main())
