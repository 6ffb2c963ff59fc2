import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models.days import day_of
from models.deadlines import DUE_SOON, deadline_state, half_way, in_time, last_day
from models.words import SETTLED, Fulfillment

DEADLINE = date(2020, 12, 31)
with (Path(__file__).parent / "deadlines.csv").open(encoding="utf-8") as _file:
    TABLE = list(csv.DictReader(_file, delimiter=";"))


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


def the_day(text):
    return day_of(datetime.fromisoformat(text)) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case['case']}, {case['judgment']}, {case['moment']}")
def test_the_table_of_deadlines_holds(case):
    state = deadline_state(
        date.fromisoformat(case["deadline"]) if case["deadline"] else None,
        Fulfillment(case["judgment"]) if case["judgment"] else None,
        the_day(case["moment"]),
        extended_until=date.fromisoformat(case["extended_until"]) if case["extended_until"] else None,
    )
    assert state == case["state"]


def test_the_table_is_long_enough_and_asks_for_every_state():
    assert len(TABLE) >= 60
    assert {case["state"] for case in TABLE} == {"none", "running", "due_soon", "overdue", "extended", "settled"}


@pytest.mark.parametrize(
    ("said", "holds_for", "stored"),
    [
        ("fulfilled", date(2020, 12, 31), "fulfilled"),
        ("fulfilled", date(2021, 1, 1), "fulfilled_late"),
        ("fulfilled_late", date(2020, 12, 31), "fulfilled"),
        ("partly_fulfilled", date(2021, 1, 1), "partly_fulfilled"),
        ("not_fulfilled", date(2021, 1, 1), "not_fulfilled"),
    ],
)
def test_fulfilled_late_follows_from_the_dates(said, holds_for, stored):
    assert in_time(Fulfillment(said), DEADLINE, holds_for) == stored


def test_without_a_deadline_nothing_is_late():
    assert in_time(Fulfillment.FULFILLED_LATE, None, date(2050, 1, 1)) == "fulfilled_late"


def test_an_extension_moves_the_last_day_and_makes_nothing_timely():
    assert last_day(DEADLINE, date(2021, 7, 1)) == date(2021, 7, 1)
    assert in_time(Fulfillment.FULFILLED, DEADLINE, date(2021, 6, 1)) == "fulfilled_late"


@pytest.mark.parametrize(
    ("made_on", "middle"),
    [
        (date(2019, 11, 27), date(2020, 6, 14)),
        (date(2020, 7, 4), date(2020, 10, 2)),
        (date(2020, 7, 5), None),
        (date(2020, 12, 31), None),
    ],
)
def test_half_way_is_an_appointment_of_long_pledges_only(made_on, middle):
    assert half_way(made_on, DEADLINE) == middle
