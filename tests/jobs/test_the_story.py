"""The whole way of a release on one screen: press page, notice, judgment, chart."""

import asyncio
import hashlib
import socket
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from jobs.collect import collect
from jobs.demo.site import DemoSite
from jobs.demo.sources import demo_record, demo_sources
from jobs.demo.texts import DemoRelease
from jobs.desk import open_desk
from models import Claim, actions, queries
from notifications.channels import channels_for
from notifications.sender import send_waiting
from scrapers.fetch import Fetcher
from settings.config import load_settings

FILLER = "Die Fraktion hat heute über ihre Arbeit gesprochen und dankt allen, die daran mitgewirkt haben. "
PLEDGE = "Im kommenden Jahr stellen wir 25 Millionen Euro für die Schulen bereit."


def a_release(slug, day, sentence=""):
    body = f"Dazu erklärt der Sprecher der UM-Fraktion, Jonas Ahlers:\n\n„{FILLER}{sentence}“"
    return DemoRelease(site="um", slug=slug, title=slug.title(), body=body, published=day)


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd calls it so
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_from_press_page_to_chart(tmp_path, where, request):
    mailbox = Mailbox()
    mail_port = a_free_port()
    mail_server = Controller(mailbox, hostname="127.0.0.1", port=mail_port)
    mail_server.start()
    address = request.getfixturevalue("fresh_postgres") if where == "postgresql" else ""
    settings = load_settings(
        data=tmp_path,
        database_url=address, allowed_networks="127.0.0.0/8", host_pause=0, channels="smtp", smtp_port=mail_port, smtp_security="none",
        smtp_to="desk@example.org",
    )  # fmt: skip
    start = datetime(2024, 3, 1, 8, tzinfo=UTC)

    async def press_days():
        site = DemoSite(
            [a_release("one", date(2024, 2, 1)), a_release("two", date(2024, 2, 9)), a_release("news", date(2024, 3, 4), PLEDGE)],
            start.date(),
        )
        await site.start()
        moment = [start]
        sources = {"um": demo_sources(site.address)["musterland-um"]}
        desk = open_desk(settings, sources=sources, record=demo_record(), clock=lambda: moment[0])
        runs = []
        async with Fetcher(settings) as fetcher:
            runs.append(await collect(desk, fetcher, "um"))
            for hours in (72, 73):
                moment[0], site.day = start + timedelta(hours=hours), date(2024, 3, 4)
                runs.append(await collect(desk, fetcher, "um"))
        await site.stop()
        return desk, runs

    try:
        desk, (first, second, third) = asyncio.run(press_days())
        assert (first.new, second.new, third.new) == (2, 1, 0)
        assert (second.claims, third.claims) == (1, 0)
        for _ in range(2):
            asyncio.run(asyncio.to_thread(send_waiting, desk.database, channels_for(settings), desk.clock))
    finally:
        mail_server.stop()

    baseline, news = sorted((mail["Subject"] for _to, mail in mailbox.mails), key=lambda subject: "Quelle" not in subject)
    assert len(mailbox.mails) == 2
    assert "Neue Quelle" in baseline
    assert news == "[beimwort] UM: News"

    with desk.database.writing() as session:
        claim = queries.claim_rows(session, queries.ClaimFilter())[0]
        assert (claim.quote, claim.kind, claim.speaker, claim.amount_max_eur) == (
            PLEDGE,
            "funding_pledge",
            "Jonas Ahlers",
            25_000_000,
        )
        actions.dispute(
            session,
            claim.id,
            ground="Steht so nicht im Haushalt.",
            actor=actions.person_named(session, "Kim", start),
            now=desk.clock(),
        )
    with desk.database.reading() as session:
        assert queries.claims_by_month(session) == [queries.MonthCount(date(2024, 3, 1), "disputed", 1)]
        assert [(row.year, row.status, row.eur, row.n) for row in queries.pledged_by_year(session)] == [
            (2025, "disputed", 25_000_000, 1)
        ]
        page = session.get_one(Claim, claim.id).version.snapshot
        assert hashlib.sha256(page.content).hexdigest() == page.body_sha256
    desk.database.close()
