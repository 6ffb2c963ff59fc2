"""The public record that readers and pages share: parliaments, their periods and governments, the calendar, topics and series.

Every row carries its source in the CSV beside this file. An empty cell is unknown, never zero.
"""

from settings.reference.calendar import counted_days
from settings.reference.record import (
    Faction,
    Government,
    LegislativePeriod,
    Record,
    Topic,
    shipped_record,
)
from settings.reference.series import Observation, observations

__all__ = [
    "Faction",
    "Government",
    "LegislativePeriod",
    "Observation",
    "Record",
    "Topic",
    "counted_days",
    "observations",
    "shipped_record",
]
