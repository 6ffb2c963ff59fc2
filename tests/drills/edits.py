"""Plays every kind of edit against the real collection of a press site on loopback, whose clock is moved by hand.

    .venv/bin/python tests/drills/edits.py

Prints for each edit what was noticed, how grave it is, and which of four tracked claims came back to the desk; ends with 1 if one of
them is not as written here.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from aiohttp import web
from sqlalchemy import select

from jobs.collect import collect
from jobs.demo.sources import demo_record
from jobs.desk import open_desk
from models import Change, Claim, FollowUp, Release, actions, queries
from models.words import FollowUpRule
from scrapers import pool
from scrapers.declaration import Source
from scrapers.fetch import Fetcher
from scrapers.read import read_release
from settings.config import load_settings

START = datetime(2024, 3, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
MONEY = "Im kommenden Jahr stellen wir 2,5 Mio. Euro für die Schulen bereit."
GROUPS = "Im Land fehlen in jeder Gruppe 3-5 Erzieherinnen."
FEES = "Wir werden die Gebühren für die Eltern im nächsten Jahr erhöhen."
ROADS = "Bis zum 31. Dezember 2027 werden wir alle 12 Brücken sanieren."
CLAIMS = {"money": MONEY, "groups": GROUPS, "fees": FEES, "roads": ROADS}
PLAIN = "Darüber hat der Ausschuss heute lange und ernst beraten."


def page(text, day="1. März 2024", speaker="Jonas Ahlers"):
    body = "".join(f"<p>{sentence}</p>" for sentence in text)
    lead = f"<p>Dazu erklärt der Sprecher der UM-Fraktion, {speaker}:</p>"
    return f"<!doctype html><html><body><article><h1>Schulen und Wege</h1><time>{day}</time><div class=text>{lead}{body}</div></article></body></html>"


def said(old="", new="", **more):
    sentences = [f"„{MONEY}", GROUPS, FEES, ROADS, f"{PLAIN}“"]
    assert not old or any(old in sentence for sentence in sentences)
    return page([sentence.replace(old, new) if old else sentence for sentence in sentences], **more)


@dataclass
class Case:
    """What the site serves from visit to visit (None: 404, an address: a redirect to it), and what is to be noticed."""

    name: str
    served: list
    events: list
    reopened: set = field(default_factory=set)
    versions: int = 2
    better_reader: int = 99  # from which visit on the reader reads better
    known: int = 1  # releases on the site


CASES = [
    Case("nothing", [said(), said(), said()], [], versions=1),
    Case('"2,5" to "25 Mio."', [said(), said("2,5", "25")], ["edited grave amount"], {"money"}),
    Case('"3-5" to "35"', [said(), said("3-5", "35")], ["edited grave number"], {"groups"}),
    Case('"nicht" put in', [said(), said("Jahr erhöhen", "Jahr nicht erhöhen")], ["edited grave negation"], {"fees"}),
    Case("a date in a claim moved", [said(), said("31. Dezember 2027", "31. Dezember 2028")], ["edited grave date"], {"roads"}),
    Case("the day of the release moved", [said(), said(day="2. März 2024")], ["edited grave date"]),
    Case("a name changed", [said(), said(speaker="Peter Ahlers")], ["edited grave name"]),
    Case("wording elsewhere", [said(), said("lange und ernst", "sehr lange")], ["edited light wording"]),
    Case("wording in a claim", [said(), said("bereit", "zur Verfügung")], ["edited light wording"]),
    Case("a claim taken out", [said(), said(GROUPS, "")], ["edited grave number"], {"groups"}),
    Case("A-B-A", [said(), said("2,5", "25"), said()], ["edited grave amount"] * 2, {"money"}, versions=3),
    Case("white space only", [said(), said().replace(" ", "\u00a0\n").replace("\u00a0\nclass", " class"), said("3-5", "3–5")], [], versions=1),
    Case("page deleted", [said(), None, None], ["gone"], set(CLAIMS), versions=1),
    Case("page back after an hour", [said(), None, said()], [], versions=1),
    Case("redirected to the list", [said(), "/list", "/list"], ["gone"], set(CLAIMS), versions=1),
    Case("soft 404", [said(), page(["404"]).replace("Schulen und Wege", "Seite nicht gefunden"), None], ["gone"], set(CLAIMS), versions=1),
    Case("reader improved", [said(), said()], [], better_reader=1),
    Case("reader improved, page edited", [said(), said("2,5", "25")], ["edited grave amount"], {"money"}, versions=3, better_reader=1),
    Case("relaunch to the home page", [said(), "/", "/", "/"], [], versions=1, known=8),
]  # fmt: skip


class Site:
    """Eight addresses that serve the same page, of which the list names as many as are known."""

    def __init__(self, case):
        self.case, self.visit = case, 0

    async def start(self):
        app = web.Application()
        app.router.add_get("/", self.home)
        app.router.add_get("/list", self.list)
        app.router.add_get("/release/{n}", self.release)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def home(self, _request):
        return web.Response(text="<h1>Willkommen</h1>", content_type="text/html")

    async def list(self, _request):
        links = "".join(f'<li><a href="/release/{n}">{n}</a></li>' for n in range(self.case.known))
        return web.Response(text=f"<ul>{links}</ul>", content_type="text/html")

    async def release(self, request):
        served = self.case.served[self.visit]
        if served is None:
            raise web.HTTPNotFound
        if served.startswith("/"):
            raise web.HTTPFound(served)
        return web.Response(text=served.replace("Ausschuss", f"Ausschuss {request.match_info['n']}"), content_type="text/html")


def source_of(address):
    declared = {
        "name": "Union Musterland (erfunden)", "parliament": "Landtag Musterland", "factions": ["UM"], "home": f"{address}/",
        "list": [{"address": f"{address}/list", "item": "li a"}],
        "release": {"title": "h1", "date": "time", "body": ".text p"},
    }  # fmt: skip
    return Source.model_validate(declared)


def better(snapshot, source, now):
    """A reader of a later version, which reads a line more."""
    version = read_release(snapshot, source, now)
    version.text += "\n\nSo liest es ein besserer Leser."
    version.reader, version.text_sha256 = "99", f"{hash(version.text):064x}"[-64:]
    return version


async def play(case, folder):
    """All visits of a case, two days apart; gives its events, the claims that came back, and the number of versions."""
    site, moment = Site(case), [START]
    await site.start()
    desk = open_desk(
        load_settings(data=folder, allowed_networks="127.0.0.0/8", host_pause=0, channels=""),
        sources={"um": source_of(site.address)}, record=demo_record(), clock=lambda: moment[0],
    )  # fmt: skip
    try:
        async with Fetcher(desk.settings) as fetcher:
            for site.visit in range(len(case.served)):
                moment[0] = START + site.visit * 2 * DAY
                reads = better if site.visit >= case.better_reader else pool.read_in_child
                version = "99" if site.visit >= case.better_reader else "2"
                with (
                    patch("jobs.visit.read_in_child", reads),
                    patch("jobs.readings.read_in_child", reads),
                    patch("jobs.visit.READER_VERSION", version),
                ):
                    run = await collect(desk, fetcher, "um")
                if site.visit == 0:
                    track(desk)
        return (*noticed(desk), trouble_of(desk, run))
    finally:
        await site.runner.cleanup()
        desk.database.close()


def trouble_of(desk, run):
    """The outcome of the last run and its issues."""
    with desk.database.reading() as session:
        return run.outcome.value, [issue.kind for issue, _, _ in queries.recent_issues(session)]


def track(desk):
    with desk.database.writing() as session:
        actor = actions.person_named(session, "Kim", desk.clock())
        for claim in session.scalars(select(Claim).join(Release).where(Release.address.endswith("/0"))):
            if any(quote in claim.quote for quote in CLAIMS.values()):
                actions.track(session, claim.id, actor=actor, now=desk.clock())


def noticed(desk):
    with desk.database.reading() as session:
        events = [
            " ".join(part for part in (change.kind, change.weight, change.stretches[0]["reasons"][0] if change.stretches else "") if part)
            for change in session.scalars(select(Change).order_by(Change.id))
        ]  # fmt: skip
        back = select(Claim.quote).join(FollowUp).where(FollowUp.rule.in_([FollowUpRule.EDITED, FollowUpRule.GONE]))
        reopened = {name for quote in session.scalars(back) for name, words in CLAIMS.items() if words in quote}
        tracked = {
            name
            for quote in session.scalars(select(Claim.quote).where(Claim.stage == "tracked"))
            for name, words in CLAIMS.items()
            if words in quote
        }
        assert tracked == set(CLAIMS), f"only {tracked} are found"
        release = session.scalars(select(Release).order_by(Release.id)).first()
        return events, reopened, len(release.versions)


def drill(cases, folder):
    """Play cases; gives for each what was noticed and whether it is as expected."""
    for number, case in enumerate(cases):
        place = folder / str(number)
        place.mkdir()
        events, reopened, versions, trouble = asyncio.run(play(case, place))
        as_expected = (events, reopened, versions) == (case.events, case.reopened, case.versions)
        if case.known > 1:
            as_expected = as_expected and trouble[0] == "suspect" and set(trouble[1]) == {"many_missing"}
        yield case, events, reopened, versions, as_expected


def main():
    failed = 0
    print(f"{'edit':32} {'noticed':44} {'came back':28} versions")
    with tempfile.TemporaryDirectory() as folder:
        for case, events, reopened, versions, as_expected in drill(CASES, Path(folder)):
            failed += not as_expected
            back = ", ".join(sorted(reopened)) or "-"
            print(f"{case.name:32} {', '.join(events) or '-':44} {back:28} {versions} {'' if as_expected else 'NOT AS EXPECTED'}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
