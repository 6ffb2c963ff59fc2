"""`python -m jobs`: the worker as a process of its own. Settings come from the environment."""

import asyncio
import logging
import sys

from jobs.demo.play import DemoError
from jobs.demo.worker import run_demo
from jobs.desk import open_desk
from jobs.lock import WorkerRunningError, worker_lock
from jobs.worker import Worker
from models import DatabaseError
from scrapers.declaration import SourceError
from scrapers.fetch import Fetcher
from settings.config import Settings, SettingsError, load_settings


async def work(settings: Settings) -> None:
    """Work on the real factions until stopped."""
    desk = open_desk(settings)
    with worker_lock(desk.database):
        async with Fetcher(settings) as fetcher:
            await Worker(desk, fetcher).run()


def main() -> int:
    """Run the worker; 1 with one clear line if it cannot."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)
    for noisy in ("apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        settings = load_settings()
        asyncio.run(run_demo(settings, settings.demo_site_port) if settings.demo else work(settings))
    except (SettingsError, DatabaseError, SourceError, WorkerRunningError, DemoError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The worker cannot start: {error}. If a port is in use, stop what uses it or choose another one.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
