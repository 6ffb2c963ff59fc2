"""Which day it is: deadlines and reviews follow the calendar in Germany, wherever a desk and its machines stand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")


def day_of(moment: datetime) -> date:
    """The day in Germany at a moment with time zone."""
    return moment.astimezone(GERMANY).date()
