from datetime import date, timedelta

import pytest

from models.deadlines import DUE_SOON, deadline_state
from models.words import SETTLED, Fulfillment

DEADLINE = date(2020, 12, 31)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (DEADLINE - DUE_SOON - timedelta(days=1), "running"),
        (DEADLINE - DUE_SOON, "due_soon"),
        (DEADLINE, "due_soon"),
        (DEADLINE + timedelta(days=1), "overdue"),
    ],
)
def test_a_pledge_falls_due_on_the_last_day_of_its_year(today, state):
    assert deadline_state(DEADLINE, Fulfillment.OPEN, today) == state


@pytest.mark.parametrize("judgment", Fulfillment)
def test_only_a_judgment_for_good_stops_the_clock(judgment):
    state = deadline_state(DEADLINE, judgment, date(2030, 1, 1))
    assert state == ("settled" if judgment in SETTLED else "overdue")


def test_without_a_deadline_there_is_no_clock():
    assert deadline_state(None, Fulfillment.OPEN, DEADLINE) == "none"
