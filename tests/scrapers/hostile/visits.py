"""One collector that visits all hosts that misbehave at once."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from jobs.collect import collect
from jobs.demo.sources import demo_record
from jobs.desk import Desk
from models import Issue, ReleaseVersion, actions
from scrapers.declaration import Source
from scrapers.fetch import Fetcher
from scrapers.politeness import Politeness
from settings.config import Settings

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LIMITS = {"fetch_connect_timeout": 5.0, "fetch_max_bytes": 200_000, "fetch_at_once": 10}
# Those that only time ends get little of it; the others get so much that a busy machine makes no difference.
SLOW, QUICK = {"fetch_timeout": 2.0}, {"fetch_timeout": 20.0}


@dataclass
class Ended:
    """How the visit to one host ended."""

    outcome: str
    kind: str
    message: str
    trouble: str | None
    text: str
    seconds: float


def source_at(behaviour, port):
    """The source that lives at a host."""
    home = f"{'https' if behaviour.https else 'http'}://127.0.0.1:{port}/presse/"
    return Source.model_validate(
        {
            "name": behaviour.name,
            "parliament": "Landtag Musterland",
            "factions": ["UM"],
            "home": home,
            "baseline_pages": 3,
            "list": [{"address": home, "kind": "feed"} if behaviour.feed else {"address": home, "item": ".t a", "next": ".next"}],
            "release": {"title": "h1", "date": "time", "body": "p"},
        }
    )


def fast_politeness(settings):
    """Politeness whose waiting is short; what is decided is the same."""
    return Politeness(settings, sleep=lambda seconds: asyncio.sleep(seconds / 1000), chance=lambda: 0.0)


async def visit_all(database, hosts, **limits):
    """Collect all hosts, given with their ports, at once with one `Fetcher`; gives how each ended, by name."""
    given = {"allowed_networks": "127.0.0.0/8", "host_pause": 0, "fetch_tries": 2, "channels": ""} | limits
    settings = Settings(_env_file=None, **given)
    sources = {behaviour.name: source_at(behaviour, port) for behaviour, port in hosts}
    desk = Desk(settings=settings, database=database, sources=sources, record=demo_record(), clock=lambda: NOW)
    with database.writing() as session:
        for key, source in sources.items():
            actions.declare_source(
                session, key=key, name=source.name, parliament=source.parliament, home=source.home, verified=False
            )
    async with Fetcher(settings, politeness=fast_politeness(settings)) as fetcher:
        return dict(await asyncio.gather(*(visit(desk, fetcher, key, 0.01 * place) for place, key in enumerate(sources))))


async def visit(desk, fetcher, key, wait):
    # As in a worker, not all begin at the very same moment.
    await asyncio.sleep(wait)
    began = time.monotonic()
    run = await collect(desk, fetcher, key)
    seconds = time.monotonic() - began
    with desk.database.reading() as session:
        issue = session.scalars(select(Issue).where(Issue.run_id == run.id).order_by(Issue.id)).first()
        home = desk.sources[key].home
        version = session.scalars(select(ReleaseVersion).where(ReleaseVersion.release.has(address=f"{home}meldung"))).first()
    return key, Ended(
        outcome=run.outcome.value,
        kind=issue.kind if issue else "",
        message=issue.message if issue else "",
        trouble=run.trouble,
        text=version.text if version else "",
        seconds=seconds,
    )
