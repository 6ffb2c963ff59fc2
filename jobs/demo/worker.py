"""The demo's worker: serve the invented site, play its years, then go live like any other worker."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

from jobs.demo.play import DemoError, play, published_live
from jobs.demo.site import DemoSite
from jobs.demo.sources import demo_record, demo_sources
from jobs.demo.texts import demo_releases, live_releases
from jobs.desk import Desk, open_desk, real_clock
from jobs.lock import worker_lock
from jobs.worker import Worker
from models import actions, queries
from models.words import Outcome
from scrapers.fetch import Fetcher
from settings.config import Settings

LIVE = "live"
LIVE_AFTER_SECONDS = (45, 180)


def forget_demo(settings: Settings) -> None:
    """Delete the demo's database, so that it starts over."""
    for file in Path(settings.data).glob("beimwort.sqlite3*"):
        file.unlink()


async def run_demo(settings: Settings, site_port: int, *, until: date | None = None, stay: bool = True) -> None:
    """Serve, play and go live; with `stay` off, end after the play.

    Raises `OSError` if the site's port is in use, `WorkerRunningError` if a demo runs already, and `DemoError` if the database
    belongs to a demo whose site had another address.
    """
    site = DemoSite(demo_releases(), date(2019, 1, 1))
    await site.start(site_port)
    try:
        desk = open_desk(settings, sources=demo_sources(site.address), record=demo_record())
        _require_same_site(desk, site)
        with worker_lock(desk.database):
            async with Fetcher(settings) as fetcher:
                worker = Worker(desk, fetcher)
                await worker.run(lambda: _prepare(worker, site, until or desk.today()), stay=stay)
    finally:
        await site.stop()


async def _prepare(worker: Worker, site: DemoSite, until: date) -> None:
    def show(done: int, days: int, day: date) -> None:
        worker.doing = f"play {day.isoformat()} {done}/{days}"

    await play(worker.desk, worker.fetcher, site, until, progress=show)
    worker.doing = ""
    _go_live(worker, site)


def _go_live(worker: Worker, site: DemoSite) -> None:
    """From here on the real clock runs; two releases appear within the first minutes of the first live day."""
    desk = worker.desk
    with desk.database.reading() as session:
        live_days = queries.days_of(session, LIVE)
    site.day = date.max - timedelta(days=1)
    if live_days:
        site.releases += published_live(live_releases(), min(live_days))
        return
    now = real_clock()
    with desk.database.writing() as session:
        run = actions.start_run(session, LIVE, now)
        actions.end_run(session, run.id, Outcome.OK_UNCHANGED, now)
    loop = asyncio.get_running_loop()
    for seconds, release in zip(LIVE_AFTER_SECONDS, published_live(live_releases(), desk.today()), strict=True):
        loop.call_later(seconds, site.releases.append, release)


def _require_same_site(desk: Desk, site: DemoSite) -> None:
    with desk.database.reading() as session:
        address = queries.any_address(session)
    if address is not None and not address.startswith(f"{site.address}/"):
        raise DemoError(
            f"This demo's database was collected from {address.split('/presse/')[0]}, but its site is now at {site.address}. "
            "Use the same --site-port as before, or start over with --fresh."
        )
