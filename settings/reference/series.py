"""Measured series by Land and year (deportations, inhabitants) with the source of each value."""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of an indicator for a region and a year; `value` None means nobody has published it or we did not find it."""

    indicator: str
    region: str
    region_code: str
    period: int
    value: float | None
    source: str
    as_of: str
    note: str


def observations() -> list[Observation]:
    """All shipped values: `deportations` (persons a year) and `population` (persons on 31 December)."""
    return [
        Observation(
            indicator=indicator,
            region=row["land"],
            region_code=row["land_code"],
            period=int(row["year"]),
            value=float(row[column]) if row[column] else None,
            source=row["source"],
            as_of=row[as_of],
            note=row["note"],
        )
        for indicator, column, as_of in (
            ("deportations", "deportations", "source_date"),
            ("population", "population", "reference_date"),
        )
        for row in _rows(f"{indicator}.csv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
