"""A small desk: one source, and a way to keep releases with findings."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from models import Body, Database, Finding, ReleaseVersion, Snapshot, actions
from models.words import Kind, Side, SnapshotPurpose, VersionCause

NRW = "Landtag Nordrhein-Westfalen"
NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."


def places(text, quotes):
    """Each quote with its place, a repeated one with its next place."""
    after = {}
    for quote in quotes:
        start = text.index(quote, after.get(quote, 0))
        after[quote] = start + 1
        yield quote, start


class SmallDesk:
    def __init__(self, database):
        self.database = database
        with database.writing() as session:
            actions.declare_source(session, key="x", name="X", parliament=NRW, home="https://x.example", verified=False)

    def snapshot(self, content, when=NOW, address="https://x.example/1", headers=None):
        with self.database.writing() as session:
            return actions.keep_snapshot(
                session,
                Snapshot(
                    address=address,
                    final_address=address,
                    purpose=SnapshotPurpose.RELEASE,
                    fetched_at=when,
                    status=200,
                    headers=headers or {},
                    body=Body.of(content),
                ),
            )

    def keep(
        self,
        text,
        quotes=(),
        when=NOW,
        address="https://x.example/1",
        factions=("FDP",),
        published=date(2019, 11, 27),
        kind=Kind.FUNDING_PLEDGE,
        cause=VersionCause.PUBLISHER,
        title="Titel",
        speaker="Stefan Lenzen",
        **finding,
    ):
        snapshot = self.snapshot(text.encode(), when, address)
        version = ReleaseVersion(
            title=title,
            text=text,
            text_sha256=hashlib.sha256(" ".join(text.split()).encode()).hexdigest(),
            published_on=published,
            reader="1",
            read_at=when,
            snapshot=snapshot,
        )
        facts = {
            "score": 0.9,
            "speaker_faction": factions[0],
            "claimant_side": Side.GOVERNMENT,
            "amount_min_eur": 25e6,
            "amount_max_eur": 25e6,
            "deadline": date(2020, 12, 31),
            **finding,
        }
        found = [
            (
                Finding(
                    rules_version="1",
                    found_at=when,
                    kind=kind,
                    start=start,
                    end=start + len(quote),
                    **facts,
                ),
                speaker,
            )
            for quote, start in places(text, quotes)
        ]
        with self.database.writing() as session:
            return actions.keep_release(
                session,
                source_key="x",
                address=address,
                parliament=NRW,
                factions=list(factions),
                version=version,
                found=found,
                now=when,
                cause=cause,
            )

    def act(self, action, *given, now=NOW, who="Kim", **more):
        with self.database.writing() as session:
            return action(session, *given, actor=actions.person_named(session, who, now), now=now, **more)


@pytest.fixture
def desk(database):
    return SmallDesk(database)


@pytest.fixture
def two_desks(sqlite_database, fresh_postgres):
    """The same small desk on SQLite and on PostgreSQL."""
    there = Database(fresh_postgres)
    yield SmallDesk(sqlite_database), SmallDesk(there)
    there.close()
