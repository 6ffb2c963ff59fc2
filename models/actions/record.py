"""Carrying the public record into the database; doing it again changes only what the record changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from models.actions.follow import appoint
from models.claim import Claim
from models.days import day_of
from models.faction import Faction, FactionRole
from models.indicator import Indicator, Observation
from models.words import FollowUpRule, Kind, Side, Stage
from settings.reference import Observation as PublishedValue
from settings.reference import Record

INDICATORS = {
    "deportations": ("Deportations", "persons a year"),
    "population": ("Inhabitants", "persons on 31 December"),
}
# By which parts of words a claim names an indicator, in small letters.
NAMED_BY = {
    "deportations": ("abschieb", "abgeschob", "rückführung"),
    "population": ("einwohner", "bevölkerung", "pro kopf"),
}
# The kinds that figures can prove or disprove.
MEASURED = (Kind.RANKING, Kind.STATISTIC)

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


def store_series(session: Session, published: Iterable[PublishedValue], now: datetime) -> None:
    """Measured values with their sources. A new or revised value brings back the tracked claims that name its indicator."""
    indicators = {indicator.key: indicator for indicator in session.scalars(select(Indicator))}
    known = {(o.indicator_key, o.region_code, o.year): o for o in session.scalars(select(Observation))}
    fresh: dict[str, set[int]] = {}
    for value in published:
        if value.indicator not in indicators:
            name, unit = INDICATORS[value.indicator]
            indicators[value.indicator] = Indicator(key=value.indicator, name=name, unit=unit)
            session.add(indicators[value.indicator])
        row = known.get((value.indicator, value.region_code, value.period))
        if row is None:
            row = Observation(region=value.region, region_code=value.region_code, year=value.period)
            indicators[value.indicator].observations.append(row)
        if value.value is not None and value.value != row.value:
            fresh.setdefault(value.indicator, set()).add(value.period)
        row.value, row.source, row.as_of, row.note = value.value, value.source, value.as_of, value.note
    if fresh:
        _look_again(session, fresh, now)


def _look_again(session: Session, fresh: Mapping[str, set[int]], now: datetime) -> None:
    """An appointment for each tracked ranking or statistic that names an indicator with new figures, whatever its verdict."""
    tracked = select(Claim).where(Claim.stage == Stage.TRACKED, Claim.verdict.is_not(None)).options(selectinload(Claim.findings))
    for claim in session.scalars(tracked):
        named = [key for key in sorted(fresh) if any(part in claim.quote.lower() for part in NAMED_BY.get(key, ()))]
        if claim.kind in MEASURED and named:
            years = "; ".join(f"{INDICATORS[key][0]}: {', '.join(map(str, sorted(fresh[key])))}" for key in named)
            appoint(claim, due_on=day_of(now), rule=FollowUpRule.NEW_FIGURES, now=now, reason=years)


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
