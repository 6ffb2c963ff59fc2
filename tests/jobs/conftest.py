"""A desk over a press site on loopback whose pages the test writes."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.collect import collect
from jobs.demo.site import DemoSite
from jobs.demo.sources import demo_record, demo_sources
from jobs.demo.texts import DemoRelease
from jobs.desk import open_desk
from models import Issue
from scrapers.declaration import read_source
from scrapers.fetch import Fetcher
from settings.config import load_settings

START = datetime(2024, 3, 1, 8, tzinfo=UTC)


class PressDesk:
    """A site of the faction UM and the desk that watches it. `collect(after)` plays one run so long after the start."""

    def __init__(self, folder, **settings):
        self.settings = load_settings(data=folder, allowed_networks="127.0.0.0/8", host_pause=0, **{"channels": "", **settings})
        self.releases = []
        self.desk = None
        self.after = timedelta(0)
        self.port = 0

    def publish(self, slug, day, sentence, **more):
        text = f"Dazu erklärt der Sprecher der UM-Fraktion, Jonas Ahlers:\n\n„Das ist ein Satz, der nichts behauptet und nur da ist. {sentence}“"
        self.releases.append(DemoRelease(site="um", slug=slug, title=slug.title(), body=text, published=day, **more))

    def collect(self, after=timedelta(0), change=None):
        return self.run(lambda desk, fetcher: collect(desk, fetcher, "um"), after, change)

    def run(self, job, after=timedelta(0), change=None):
        async def once():
            self.after = after
            site = DemoSite(self.releases, (START + after).date())
            await site.start(self.port)
            self.port = site.port
            sources = {"um": demo_sources(site.address)["musterland-um"]}
            if change is not None:
                sources = {"um": change(sources["um"])}
            desk = open_desk(self.settings, sources=sources, record=demo_record(), clock=lambda: START + self.after)
            self.desk = desk
            try:
                async with Fetcher(self.settings) as fetcher:
                    return await job(desk, fetcher)
            finally:
                await site.stop()
                desk.database.close()

        return asyncio.run(once())


@pytest.fixture
def press(tmp_path):
    desk = PressDesk(tmp_path)
    desk.publish("old", date(2024, 2, 1), "Im Land fehlen 48.000 Wohnungen.")
    return desk


class ArchiveDesk:
    """A desk that watches a press site with an archive by the lists it is given."""

    def __init__(self, archive, site, folder, **settings):
        self.settings = load_settings(
            data=folder, allowed_networks="127.0.0.0/8", host_pause=0, fetch_tries=1, **{"channels": "", **settings}
        )
        self.archive = archive
        self.site = site

    def declared(self, *lists, **more):
        return read_source(self.archive.declaration(self.site.address, *lists, **more), "mf.toml")

    def run(self, job, *lists, after=timedelta(0), **more):
        """Do something with the desk, the fetcher and the source's key."""

        async def once():
            desk = open_desk(
                self.settings, sources={"mf": self.declared(*lists, **more)}, record=demo_record(), clock=lambda: START + after
            )
            try:
                async with Fetcher(self.settings) as fetcher:
                    return await job(desk, fetcher, "mf")
            finally:
                desk.database.close()

        return asyncio.run(once())

    def collect(self, *lists, after=timedelta(0), **more):
        return self.run(collect, *lists, after=after, **more)

    def look(self, query):
        """What a query of the database gives."""

        async def ask(desk, _fetcher, _key):
            with desk.database.reading() as session:
                return list(session.scalars(query))

        return self.run(ask, "html")

    def issues(self):
        return [(issue.kind, issue.message) for issue in self.look(select(Issue).order_by(Issue.id))]


@pytest.fixture
def watched(archive, tmp_path):
    with archive.ArchiveSite() as site:
        yield ArchiveDesk(archive, site, tmp_path)
