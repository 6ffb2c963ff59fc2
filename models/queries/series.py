"""Measured series beside claims."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models.indicator import Observation

PER = 100_000


@dataclass(frozen=True, slots=True)
class SeriesValue:
    """Deportations of a Land in a year; None is unknown."""

    region: str
    code: str
    year: int
    absolute: float | None
    per_100k: float | None
    source: str
    note: str


def deportations_by_land(session: Session) -> list[SeriesValue]:
    """Deportations by Land and year, absolute and per 100,000 inhabitants (of 31 December of that year), the 16 Länder only."""
    persons, people = aliased(Observation), aliased(Observation)
    query = (
        select(persons, people.value)
        .outerjoin(
            people,
            (people.indicator_key == "population") & (people.region_code == persons.region_code) & (people.year == persons.year),
        )
        .where(persons.indicator_key == "deportations", persons.region_code != "DE")
        .order_by(persons.region, persons.year)
    )
    return [
        SeriesValue(
            region=row.region,
            code=row.region_code,
            year=row.year,
            absolute=row.value,
            per_100k=row.value / inhabitants * PER if row.value is not None and inhabitants else None,
            source=row.source,
            note=row.note,
        )
        for row, inhabitants in session.execute(query)
    ]
