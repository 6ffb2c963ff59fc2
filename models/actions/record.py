"""Carrying the public record into the database; doing it again changes only what the record changed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.faction import Faction, FactionRole
from models.indicator import Indicator, Observation
from models.words import Side
from settings.reference import Observation as PublishedValue
from settings.reference import Record

INDICATORS = {
    "deportations": ("Deportations", "persons a year"),
    "population": ("Inhabitants", "persons on 31 December"),
}

_FACTION = select(Faction.id).where(Faction.parliament == bindparam("parliament"), Faction.name == bindparam("name"))


def store_record(session: Session, record: Record) -> None:
    """Factions and the stretches in which they governed or opposed."""
    for published in record.factions:
        faction = faction_named(session, published.parliament, published.name)
        for side, start, end in _stretches(record, published.parliament, published.name, published.start, published.end):
            role = next((role for role in faction.roles if role.starts_on == start), None)
            if role is None:
                faction.roles.append(FactionRole(period=published.period, side=side, starts_on=start, ends_on=end))
            else:
                role.side, role.ends_on, role.period = side, end, published.period


def faction_named(session: Session, parliament: str, name: str) -> Faction:
    """The faction of that short name, new if need be."""
    faction = session.scalar(select(Faction).where(Faction.parliament == parliament, Faction.name == name))
    if faction is None:
        faction = Faction(parliament=parliament, name=name)
        session.add(faction)
        session.flush()
    return faction


def faction_number(session: Session, parliament: str, name: str) -> int:
    """The number of the faction of that short name, new if need be."""
    number = session.connection().execute(_FACTION, {"parliament": parliament, "name": name}).scalar()
    return faction_named(session, parliament, name).id if number is None else int(number)


def store_series(session: Session, published: Iterable[PublishedValue]) -> None:
    """Measured values with their sources."""
    indicators = {indicator.key: indicator for indicator in session.scalars(select(Indicator))}
    known = {(o.indicator_key, o.region_code, o.year): o for o in session.scalars(select(Observation))}
    for value in published:
        if value.indicator not in indicators:
            name, unit = INDICATORS[value.indicator]
            indicators[value.indicator] = Indicator(key=value.indicator, name=name, unit=unit)
            session.add(indicators[value.indicator])
        row = known.get((value.indicator, value.region_code, value.period))
        if row is None:
            row = Observation(region=value.region, region_code=value.region_code, year=value.period)
            indicators[value.indicator].observations.append(row)
        row.value, row.source, row.as_of, row.note = value.value, value.source, value.as_of, value.note


def _stretches(record: Record, parliament: str, name: str, start: date, end: date) -> list[tuple[Side, date, date]]:
    """One period of a faction, cut where governments changed; days on which the government is unknown are left out."""
    result = []
    for government in record.governments:
        if government.parliament != parliament:
            continue
        first = max(start, government.start)
        last = min(end, government.end or end)
        if first <= last:
            result.append((Side.GOVERNMENT if name in government.factions else Side.OPPOSITION, first, last))
    return result
