"""When each source is collected: its own interval, and beginnings that are spread so that nobody comes all at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from scrapers.declaration import Source
from settings.config import Settings

APART = timedelta(seconds=2)  # between the first runs of sources that are due
JITTER_SHARE = 0.1  # of the interval, so that our visits do not come like clockwork ...
MOST_JITTER = timedelta(minutes=1)  # ... and at most


def interval_of(source: Source, settings: Settings) -> timedelta:
    """The time between two runs of a source."""
    return timedelta(minutes=source.every_minutes or settings.collect_every)


def jitter_of(interval: timedelta) -> timedelta:
    """By how much a run may come earlier or later."""
    return min(MOST_JITTER, interval * JITTER_SHARE)


def first_runs(intervals: Mapping[str, timedelta], last_runs: Mapping[str, datetime], start: datetime) -> dict[str, datetime]:
    """When each source is collected for the first time since a worker's start.

    A source that was collected not long ago waits for the rest of its interval, so a worker that is started often is no more of
    a burden to anybody. What is due comes one after the other, the longest unseen first.
    """
    due = {key: _due(interval, last_runs.get(key), start) for key, interval in intervals.items()}
    late = sorted((key for key, moment in due.items() if moment <= start), key=lambda key: (due[key], key))
    return {**due, **{key: start + place * APART for place, key in enumerate(late)}}


def _due(interval: timedelta, last: datetime | None, start: datetime) -> datetime:
    """When a source is due; a last run in the future (a clock was wrong) holds up nobody for longer than an interval."""
    return datetime.min.replace(tzinfo=start.tzinfo) if last is None else min(last, start) + interval
