"""Looking after the sources: what time alone changes in their states, and the morning's report on all of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.desk import Desk
from jobs.schedule import interval_of
from models import actions, queries
from models.health import TROUBLED, is_to_be_told
from models.queries import HealthRow
from models.words import NoticeEvent, Outcome, SourceHealth
from notifications.outbox import write_notices
from notifications.report import Morning, report_message

REPORT = "report"
A_DAY = timedelta(days=1)


def review_sources(desk: Desk) -> int:
    """Draw all states anew; gives how many changed. Silence, a day of failure and the end of a pause come without a run."""
    with desk.database.writing(visible=False) as session:
        changed = len(actions.settle_all(session, desk.clock()))
    if changed:
        with desk.database.writing():
            pass  # only to tell the pages that something changed
    return changed


def report_this_morning(desk: Desk) -> Morning | None:
    """Write the morning's report, once a local date, if there is something to say; None if not or if it was written already.

    A worker that slept in the morning does it when it wakes.
    """
    if desk.settings.morning_report == "never":
        return None
    zone, now = ZoneInfo(desk.settings.timezone), desk.clock()
    today = now.astimezone(zone)
    with desk.database.writing() as session:
        last = queries.last_finished(session, REPORT)
        if today.hour < desk.settings.morning_report_hour or (last and last.astimezone(zone).date() >= today.date()):
            return None
        rows = queries.health_rows(session, now, since=last)
        morning = Morning(rows=rows, not_collected=[row for row in rows if _was_forgotten(desk, row, now)])
        said = desk.settings.morning_report == "always" or bool(morning.not_collected) or any(_is_news(row, now) for row in rows)
        if said:
            write_notices(
                session,
                desk.settings,
                event=NoticeEvent.HEALTH,
                subject_key=today.date().isoformat(),
                message=report_message(morning, desk.settings),
                now=now,
            )
            actions.note_told(session, [row.key for row in rows if row.health in TROUBLED], now)
        run = actions.start_run(session, REPORT, now)
        actions.end_run(session, run.id, Outcome.OK_NEW if said else Outcome.OK_UNCHANGED, now)
    return morning if said else None


def _is_news(row: HealthRow, now: datetime) -> bool:
    return is_to_be_told(row.before, row.health, told_at=row.told_at, acknowledged=row.acknowledged, now=now)


def _was_forgotten(desk: Desk, row: HealthRow, now: datetime) -> bool:
    """Whether a source was not collected although it should have been, whatever the reason."""
    source = desk.sources.get(row.key)
    if source is None or row.health is SourceHealth.PAUSED or row.last_run_at is None:
        return False
    return now - row.last_run_at > max(A_DAY, 2 * interval_of(source, desk.settings))
