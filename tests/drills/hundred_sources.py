"""One worker collects 100 sources on their own schedules while some of their hosts hang, drip, crawl or fail.

    .venv/bin/python tests/drills/hundred_sources.py [--sources 100] [--minutes 8] [--every 60]

Of every ten sources six are healthy; one never answers, one sends for ever, one takes seconds for each page, one fails. `--every`
is the interval of all of them in seconds, far shorter than a desk's. The sites run in a process of their own, limits are the
product's. Prints for each sort how often it was collected, the longest delay of a healthy source beyond its interval, the longest
stall of the process, its CPU and peak memory. Ends with 0 if every healthy source was collected in each of its intervals.
"""

import argparse
import asyncio
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from aiohttp import web
from sqlalchemy import select

from jobs.desk import open_desk
from jobs.schedule import jitter_of
from jobs.worker import Worker
from models import Run
from scrapers.declaration import read_source
from scrapers.fetch import Fetcher
from settings.config import load_settings

SORTS = ("healthy", "healthy", "hanging", "healthy", "endless", "healthy", "slow", "healthy", "failing", "healthy")
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
ITEMS = 8  # on a list
SLOW_SECONDS = 3
GRACE = timedelta(seconds=5)  # beyond interval and jitter
TEXT = (
    "Dazu erklärt die Sprecherin: „Im kommenden Jahr stellen wir 40 Millionen Euro für die Schulen bereit.“ "
    + "So geht es weiter. " * 40
)
SOURCE = """
name = "{sort} {n} (erfunden)"
parliament = "Landtag Musterland"
factions = ["UM"]
home = "http://127.0.0.1:{port}/"
[[list]]
address = "http://127.0.0.1:{port}/"
item = "li a"
[release]
title = "h1"
date = "time"
body = "article p"
"""


@dataclass(frozen=True)
class Report:
    """What came of it: starts of the runs by source, seconds the drill lasted, the process's costs."""

    starts: dict[str, list[datetime]]
    healthy: list[str]
    began: datetime
    ended: datetime
    stall: float
    cpu: float
    memory: float

    def longest_delay(self, interval: timedelta) -> timedelta:
        """The longest that a healthy source waited beyond its interval: between two runs, or at the end for the next one."""
        return (
            max(after - before for key in self.healthy for before, after in pairwise([*self.starts[key], self.ended])) - interval
        )

    def late(self, interval: timedelta) -> list[str]:
        """The healthy sources that missed an interval, or were never collected."""
        most = interval + 2 * jitter_of(interval) + GRACE
        return [
            key
            for key in self.healthy
            if not self.starts[key] or any(b - a > most for a, b in pairwise([*self.starts[key], self.ended]))
        ]


def site(sort: str, began: float) -> web.Application:
    """A press site of one sort; a healthy one publishes a release every 20 seconds."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if sort == "hanging":
            await asyncio.sleep(3600)
        if sort == "endless":
            response = web.StreamResponse(headers={"content-type": "text/html"})
            await response.prepare(request)
            with contextlib.suppress(ConnectionError):  # at last the visitor goes
                while True:
                    await response.write(b"<p>Noch ein Absatz</p>\n")
                    await asyncio.sleep(0.5)
            return response
        if sort == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if sort == "failing":
            raise web.HTTPInternalServerError
        if request.path == "/robots.txt":
            raise web.HTTPNotFound
        return web.Response(text=page(request.path), content_type="text/html")

    def page(path: str) -> str:
        newest = ITEMS + int((time.monotonic() - began) / 20)
        if path == "/":
            items = "".join(f'<li><a href="/r/{n}">Mitteilung {n}</a></li>' for n in range(newest, newest - ITEMS, -1))
            return f"<!doctype html><html><body><h1>Presse</h1><ul>{items}</ul></body></html>"
        return f"<!doctype html><html><body><article><h1>Mitteilung {path[3:]}</h1><time>{datetime.now(UTC):%d.%m.%Y}</time><p>{TEXT}</p></article></body></html>"

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app


async def serve(sources: int) -> None:
    """Serve all sites and print their ports."""
    began, ports = time.monotonic(), []
    for n in range(sources):
        runner = web.AppRunner(site(SORTS[n % len(SORTS)], began), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.append(runner.addresses[0][1])
    print(json.dumps(ports), flush=True)
    await asyncio.sleep(24 * 3600)


def drill(folder: Path, *, sources: int, seconds: float, every: float, apart: float = 2.0, **limits: object) -> Report:
    """Let a worker collect so many sources for so many seconds."""
    servers = subprocess.Popen([sys.executable, __file__, "--serve", str(sources)], stdout=subprocess.PIPE, text=True)
    try:
        ports = json.loads(servers.stdout.readline())
        return asyncio.run(_drill(folder, ports, seconds, timedelta(seconds=every), timedelta(seconds=apart), limits))
    finally:
        servers.kill()
        servers.wait()
        servers.stdout.close()


async def _drill(folder: Path, ports: list[int], seconds: float, every: timedelta, apart: timedelta, limits: dict) -> Report:
    database = f"sqlite:///{folder / 'desk.sqlite3'}"
    settings = load_settings(data=folder, database_url=database, allowed_networks="127.0.0.0/8", channels="", **limits)
    declared = {
        f"{SORTS[n % len(SORTS)]}-{n:03}": read_source(SOURCE.format(sort=SORTS[n % len(SORTS)], n=n, port=port), "drill")
        for n, port in enumerate(ports)
    }
    desk = open_desk(settings, sources=declared)
    before, began = resource.getrusage(resource.RUSAGE_SELF), datetime.now(UTC)
    with patch("jobs.worker.interval_of", lambda *_given: every), patch("jobs.schedule.APART", apart):
        async with Fetcher(settings) as fetcher:
            worker = Worker(desk, fetcher)
            working = asyncio.create_task(worker.run())
            stall = await _watch(seconds)
            ended = datetime.now(UTC)
            worker.stopping.set()
            await working
    used = resource.getrusage(resource.RUSAGE_SELF)
    starts: defaultdict[str, list[datetime]] = defaultdict(list)
    with desk.database.reading() as session:
        for key, at in session.execute(select(Run.source_key, Run.started_at).where(Run.job == "collect").order_by(Run.id)):
            if key is not None:
                starts[key].append(at)
    desk.database.close()
    return Report(
        starts=starts,
        healthy=[key for key in declared if key.startswith("healthy")],
        began=began,
        ended=ended,
        stall=stall,
        cpu=used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
        memory=used.ru_maxrss * UNIT / 2**20,
    )


async def _watch(seconds: float) -> float:
    """Wait so long, and give the longest time in which something kept everything else from running."""
    longest, end = 0.0, time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        await asyncio.sleep(0.02)
        longest = max(longest, time.monotonic() - began - 0.02)
    return longest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--every", type=float, default=60, help="seconds between two runs of a source")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.serve))
    every = timedelta(seconds=given.every)
    with tempfile.TemporaryDirectory() as folder:
        report = drill(Path(folder), sources=given.sources, seconds=60 * given.minutes, every=given.every)
    for sort in dict.fromkeys(SORTS):
        runs = [len(starts) for key, starts in report.starts.items() if key.startswith(sort)]
        print(f"{sort}: {len(runs)} sources, {min(runs, default=0)} to {max(runs, default=0)} runs each")
    late, lasted = report.late(every), (report.ended - report.began).total_seconds()
    print(
        f"{len(report.healthy) - len(late)} of {len(report.healthy)} healthy sources were collected in each of their intervals."
    )
    print(f"Longest delay of a healthy source beyond its {given.every:g} s: {report.longest_delay(every).total_seconds():.1f} s.")
    print(f"Longest stall of the process: {report.stall * 1000:.0f} ms.")
    print(f"CPU: {report.cpu:.1f} s in {lasted:.0f} s ({report.cpu / lasted:.1%}), readers in children not counted.")
    print(f"Peak of memory: {report.memory:.0f} MiB.")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
