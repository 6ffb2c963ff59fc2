"""What every job needs at hand: settings, database, sources, the public record, and the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models import Database, actions
from models.days import day_of
from models.schema import upgrade
from scrapers.declaration import SHIPPED, Source, load_sources
from settings.config import Settings
from settings.reference import Record, observations, shipped_record

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """One installation, opened."""

    settings: Settings
    database: Database
    sources: Mapping[str, Source]
    record: Record
    clock: Clock = real_clock

    def today(self) -> date:
        """The day by which deadlines are counted."""
        return day_of(self.clock())


def open_desk(
    settings: Settings, *, clock: Clock = real_clock, sources: Mapping[str, Source] | None = None, record: Record | None = None
) -> Desk:
    """Bring the database up to date and carry declarations and public record into it.

    Raises `DatabaseError` for an unusable or newer database and `SourceError` for a malformed declaration.
    """
    declared = load_sources(SHIPPED, settings.own_sources) if sources is None else sources
    database = Database(settings.database)
    upgrade(database, real_clock())
    desk = Desk(settings=settings, database=database, sources=declared, record=record or shipped_record(), clock=clock)
    with database.writing() as session:
        actions.store_record(session, desk.record)
        actions.store_series(session, observations(), desk.clock())
        for key, source in declared.items():
            actions.declare_source(
                session, key=key, name=source.name, parliament=source.parliament, home=source.home, verified=source.verified
            )
        actions.retire_sources(session, list(declared))
    return desk
