"""A desk over a press site on loopback whose pages the test writes."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.collect import collect
from jobs.demo.site import DemoSite
from jobs.demo.sources import demo_record, demo_sources
from jobs.demo.texts import DemoRelease
from jobs.desk import open_desk
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
