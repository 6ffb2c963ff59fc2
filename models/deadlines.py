"""Where a deadline stands on a day. Overdue is a fact about a date, never a verdict."""

from datetime import date, timedelta

from models.words import SETTLED, DeadlineState, Fulfillment

DUE_SOON = timedelta(days=90)


def deadline_state(deadline: date | None, fulfillment: Fulfillment | None, today: date) -> DeadlineState:
    """The state of a pledge's clock: settled once it is judged for good, overdue from the day after the deadline."""
    if fulfillment in SETTLED:
        return DeadlineState.SETTLED
    if deadline is None:
        return DeadlineState.NONE
    if today > deadline:
        return DeadlineState.OVERDUE
    return DeadlineState.DUE_SOON if deadline - today <= DUE_SOON else DeadlineState.RUNNING
