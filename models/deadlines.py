"""Where a deadline stands on a day. Overdue is a fact about a date, never a verdict. Pure: dates in, a state out."""

from datetime import date, timedelta

from models.words import SETTLED, DeadlineState, Fulfillment

DUE_SOON = timedelta(days=90)
# From this many days on a pledge is looked at half way as well; a shorter one falls due soon enough.
LONG = timedelta(days=180)


def deadline_state(
    deadline: date | None, fulfillment: Fulfillment | None, today: date, *, extended_until: date | None = None
) -> DeadlineState:
    """The state of a pledge's clock.

    Settled once it is judged for good; overdue from the day after the last day, which an extension moves; due soon within
    DUE_SOON of it; extended while an extension gives more time than that. A vague phrase has no deadline and no clock.
    """
    if fulfillment in SETTLED:
        return DeadlineState.SETTLED
    last = last_day(deadline, extended_until)
    if last is None:
        return DeadlineState.NONE
    if today > last:
        return DeadlineState.OVERDUE
    if last - today <= DUE_SOON:
        return DeadlineState.DUE_SOON
    return DeadlineState.EXTENDED if extended_until is not None else DeadlineState.RUNNING


def last_day(deadline: date | None, extended_until: date | None) -> date | None:
    """The day by which the pledge is to be kept now: the deadline, or what it was extended to."""
    return extended_until if extended_until is not None else deadline


def in_time(judgment: Fulfillment, deadline: date | None, holds_for: date) -> Fulfillment:
    """Fulfilled, or fulfilled late: that follows from the dates. An extension makes nothing timely."""
    if judgment not in {Fulfillment.FULFILLED, Fulfillment.FULFILLED_LATE} or deadline is None:
        return judgment
    return Fulfillment.FULFILLED_LATE if holds_for > deadline else Fulfillment.FULFILLED


def half_way(made_on: date, deadline: date | None) -> date | None:
    """The day half way from a pledge to its deadline, where that is LONG; else None."""
    if deadline is None or deadline - made_on < LONG:
        return None
    return made_on + (deadline - made_on) / 2
