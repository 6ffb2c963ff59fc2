"""When a release is looked at again: often while it is young, ever more rarely later. Pure functions of days and the moment."""

from datetime import date, datetime, time, timedelta

from models.days import GERMANY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Up to which age a release is visited how often. Most edits come within hours; an old release is still looked at twice a year.
THINNING = ((DAY, 6 * HOUR), (7 * DAY, DAY), (61 * DAY, 7 * DAY), (730 * DAY, 30 * DAY))
LONGEST_REVISIT = 182 * DAY
GONE_REVISIT = 30 * DAY  # a page that was taken down may come back, at whatever age


def revisit_after(published_on: date | None, first_seen_at: datetime, now: datetime) -> timedelta:
    """How long after a visit the next one is due, by the release's own age: what a back-fill finds is old at first sight."""
    age = now - _born(published_on, first_seen_at)
    return next((interval for up_to, interval in THINNING if age < up_to), LONGEST_REVISIT)


def _born(published_on: date | None, first_seen_at: datetime) -> datetime:
    """When a release came to be, as far as is known: when it was first seen, or the end of an earlier day that it bears."""
    if published_on is None or published_on == date.max:
        return first_seen_at
    return min(first_seen_at, datetime.combine(published_on + DAY, time.min, GERMANY))
