"""When a release is visited again, as a table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.revisits import revisit_after

SEEN = datetime(2024, 3, 1, 8, tzinfo=UTC)  # a Friday morning
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "age", "interval"),
    [
        # found on the day it bears: hours, days, weeks, months, half-years
        (date(2024, 3, 1), 0 * DAY, 6 * HOUR),
        (date(2024, 3, 1), 23 * HOUR, 6 * HOUR),
        (date(2024, 3, 1), 1 * DAY, 1 * DAY),
        (date(2024, 3, 1), 6 * DAY, 1 * DAY),
        (date(2024, 3, 1), 7 * DAY, 7 * DAY),
        (date(2024, 3, 1), 60 * DAY, 7 * DAY),
        (date(2024, 3, 1), 61 * DAY, 30 * DAY),
        (date(2024, 3, 1), 729 * DAY, 30 * DAY),
        (date(2024, 3, 1), 730 * DAY, 182 * DAY),
        # found late: its own age counts, from the end of its day in Germany
        (date(2024, 2, 29), 0 * DAY, 6 * HOUR),
        (date(2024, 2, 29), 16 * HOUR, 1 * DAY),
        (date(2024, 2, 27), 0 * DAY, 1 * DAY),
        (date(2024, 2, 1), 0 * DAY, 7 * DAY),
        (date(2023, 12, 1), 0 * DAY, 30 * DAY),
        (date(2017, 5, 15), 0 * DAY, 182 * DAY),
        # no day, or one to come: since it was first seen
        (None, 0 * DAY, 6 * HOUR),
        (None, 8 * DAY, 7 * DAY),
        (date(2031, 1, 1), 2 * DAY, 1 * DAY),
        (date.max, 2 * DAY, 1 * DAY),
    ],
)
def test_a_release_is_visited_the_more_rarely_the_older_it_is(published, age, interval):
    assert revisit_after(published, SEEN, SEEN + age) == interval
