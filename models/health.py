"""How a source is doing, decided from its past: pure functions of days, runs and the moment.

Silence is counted in days of work (`settings.reference.counted_days`), so that weekends, holidays and recess make no alarm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from models.words import HealthCause, Outcome, SourceHealth
from settings.reference import counted_days

GOOD = frozenset({Outcome.OK_NEW, Outcome.OK_UNCHANGED})
BAD = frozenset({Outcome.SUSPECT, Outcome.FAILED, Outcome.BLOCKED})
TROUBLED = frozenset({SourceHealth.BROKEN, SourceHealth.FAILING, SourceHealth.QUIET})

BROKEN_AFTER_RUNS = 3  # failed in a row ...
BROKEN_AFTER = timedelta(days=1)  # ... or since the first of them
LEARNED_FROM = timedelta(days=90)  # before the newest release
LEAST_PAST = 5  # days with releases; less teaches nothing
SHORTEST_ALARM = 3.0  # working days
ALARM_UNLEARNED = 15.0  # working days: three weeks
REPEATED_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cadence:
    """What a source's past says about its silences: its newest day, and the working days without news that are an alarm."""

    newest: date
    alarm_days: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a source at a moment, and what health and cause follow from it."""

    failures: int  # bad runs in a row
    failing_since: datetime | None  # start of the first of them
    worked: bool  # there was a good run
    silent: bool

    def health(self, now: datetime) -> tuple[SourceHealth, HealthCause]:
        """The state of a source that nobody paused. Failure goes before silence: what fails cannot be heard."""
        if self.failures >= BROKEN_AFTER_RUNS:
            return SourceHealth.BROKEN, HealthCause.FAILED_REPEATEDLY
        if self.failures and self.failing_since is not None and now - self.failing_since >= BROKEN_AFTER:
            return SourceHealth.BROKEN, HealthCause.FAILED_FOR_A_DAY
        if self.failures:
            return SourceHealth.FAILING, HealthCause.RUN_FAILED
        if not self.worked:
            return SourceHealth.NEW, HealthCause.NOT_COLLECTED
        if self.silent:
            return SourceHealth.QUIET, HealthCause.SILENT
        return SourceHealth.OK, HealthCause.WORKS


def cadence_of(days: Iterable[date], today: date, parliament: str) -> Cadence | None:
    """What the days of a source's releases teach; days to come teach nothing. None without a release.

    The alarm comes after twice the longest gap of the 90 days before the newest release, and never before 3 working days. A
    source with fewer than 5 days of releases in that time has 15 working days, or longer if its gaps were.
    """
    past = sorted({day for day in days if day <= today})
    if not past:
        return None
    newest = past[-1]
    recent = [day for day in past if newest - day <= LEARNED_FROM]
    # Of a gap that reaches into the 90 days, what lies in them counts.
    start = newest - LEARNED_FROM
    gaps = [counted_days(max(before, start), after, parliament) for before, after in pairwise(past) if after > start]
    least = SHORTEST_ALARM if len(recent) >= LEAST_PAST else ALARM_UNLEARNED
    return Cadence(newest=newest, alarm_days=max([least, *(2 * gap for gap in gaps)]))


def silent_days(newest: date, today: date, parliament: str) -> float:
    """Working days since the newest release."""
    return counted_days(newest, today, parliament)


def is_to_be_told(
    before: SourceHealth | None, health: SourceHealth, *, told_at: datetime | None, acknowledged: bool, now: datetime
) -> bool:
    """Whether a morning report has something to say of a source: its state changed, or its trouble is to be said again.

    `before` is its state at the last report; a source that did not exist then was new. A trouble that nobody acknowledged is
    repeated every week. What a person paused or resumed is not news to the desk, unless it is then in trouble.
    """
    was = before or SourceHealth.NEW
    if health in TROUBLED:
        if acknowledged:
            return False
        return health is not was or told_at is None or now - told_at >= REPEATED_AFTER
    return was in TROUBLED and health is SourceHealth.OK
