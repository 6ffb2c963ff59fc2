"""The calendar by which silence is counted: days of work, holidays, and the weeks in which a parliament does not sit.

Recesses are an approximation of ours, said row by row in `recesses.csv`: parliaments publish calendars year by year, but all of
them rest at about the same time. Holidays of single Länder are left out; a day more or less makes no alarm.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
EVERYWHERE = "*"  # the row for parliaments that have none of their own
EASTER = "easter"
SATURDAY = 5
IN_RECESS = 1 / 3  # of a day: factions go on to publish in a recess, but less; so even the summer hides no silence for ever
LONGEST = timedelta(days=750)  # counted day by day; a longer silence is one anyway
DAY = timedelta(days=1)

# Holidays of the whole country: fixed ones as month and day, with the two days before that are none by law but free of work ...
FIXED = frozenset({(1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)})
# ... and days from Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday.
FROM_EASTER = (-2, 1, 39, 50)


@dataclass(frozen=True, slots=True)
class Recess:
    """A recess of every year. Its ends are month and day (`07-05`), or a distance from Easter Sunday in days (`easter-7`)."""

    parliament: str
    name: str
    first: str
    last: str

    def holds(self, day: date) -> bool:
        """Whether a day lies within it; it may begin in one year and end in the next."""
        first, last = _day(self.first, day.year), _day(self.last, day.year)
        return first <= day <= last if first <= last else day <= last or day >= first


def counted_days(after: date, until: date, parliament: str) -> float:
    """How many days of work lie in a span (without its first day, with its last), days in recess counted in part."""
    if until - after > LONGEST:
        return counted_days(until - LONGEST, until, parliament)
    return round(sum(_worth(after + n * DAY, parliament) for n in range(1, (until - after).days + 1)), 2)


def is_holiday(day: date) -> bool:
    """Whether nobody works on a day anywhere in the country, weekends included."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED:
        return True
    return (day - easter(day.year)).days in FROM_EASTER


def in_recess(day: date, parliament: str) -> bool:
    """Whether a parliament is probably in recess."""
    rows = recesses()
    own = [recess for recess in rows if recess.parliament == parliament]
    return any(recess.holds(day) for recess in own or [recess for recess in rows if recess.parliament == EVERYWHERE])


@cache
def recesses() -> tuple[Recess, ...]:
    """The recesses of `recesses.csv`."""
    with (HERE / "recesses.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Recess(row["parliament"], row["name"], row["first"], row["last"]) for row in csv.DictReader(file))


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, within = divmod(year, 100)
    golden = year % 19
    lunar = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (within // 4) - lunar - within % 4) % 7
    late = (golden + 11 * lunar + 22 * to_sunday) // 451
    month, day = divmod(lunar + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def _worth(day: date, parliament: str) -> float:
    if is_holiday(day):
        return 0.0
    return IN_RECESS if in_recess(day, parliament) else 1.0


@cache
def _day(written: str, year: int) -> date:
    if written.startswith(EASTER):
        return easter(year) + timedelta(days=int(written.removeprefix(EASTER)))
    month, day = written.split("-")
    return date(year, int(month), int(day))
