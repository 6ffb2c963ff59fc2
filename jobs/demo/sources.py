"""The demo's sources and public record: declarations like any other, with the address of the site filled in."""

import csv
import tomllib
from datetime import date
from pathlib import Path

from scrapers.declaration import Source
from settings.reference import Faction, Government, LegislativePeriod, Record, shipped_record

HERE = Path(__file__).resolve().parent


def demo_sources(site: str) -> dict[str, Source]:
    """The declared sources of the demo's site at an address."""
    return {
        path.stem: Source.model_validate(tomllib.loads(path.read_text(encoding="utf-8").replace("{site}", site)))
        for path in sorted((HERE / "sources").glob("*.toml"))
    }


def demo_record() -> Record:
    """The public record with the invented parliament added."""
    periods = tuple(
        LegislativePeriod(
            parliament=row["parliament"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end_or_planned_end"]),
            number=int(row["number"]),
            aliases=(row["aliases"],),
            region=row["region"],
        )
        for row in _rows("legislative_periods")
    )
    governments = tuple(
        Government(
            parliament=row["parliament"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            factions=tuple(row["governing_factions"].split(";")),
            region=row["region"],
        )
        for row in _rows("governments")
    )
    factions = tuple(
        Faction(
            parliament=row["parliament"],
            name=row["faction"],
            period=int(row["period"]),
            start=date.fromisoformat(row["period_start"]),
            end=date.fromisoformat(row["period_end"]),
            role=row["role"],
            seats=int(row["seats_at_start"]),
        )
        for row in _rows("factions")
    )
    names = {"UM": "Union Musterland", "SL": "Soziale Liste", "FM": "Freie Mitte", "ÖW": "Ökologische Wende"}
    return shipped_record().plus(
        Record(periods=periods, governments=governments, factions=factions, aliases=tuple(names.items()))
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "record" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
