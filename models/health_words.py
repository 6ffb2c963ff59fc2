"""Why a source is in its state, in one sentence: the same on the dashboard, on the command line and in messages."""

from models.queries.health import HealthRow
from models.words import SourceHealth
from settings.texts import Texts


def reason_of(row: HealthRow, t: Texts) -> str:
    """The reason for a source's state. What went wrong in a run is said as the run log says it."""
    if row.health is SourceHealth.PAUSED:
        return _paused(row, t)
    if row.health in {SourceHealth.BROKEN, SourceHealth.FAILING}:
        failed = t.count("The last run failed", "{n} runs in a row failed", row.failures)
        since = f" {t('since {moment}', moment=t.moment(row.failing_since))}" if row.failing_since and row.failures > 1 else ""
        return f"{failed}{since}: {row.trouble or ''}".rstrip(" :")
    if row.health is SourceHealth.QUIET and row.newest_on is not None:
        return t(
            "Nothing new since {day}: {silent} working days. For this source {alarm} are an alarm.",
            day=t.day(row.newest_on),
            silent=_days(row.silent_days, t),
            alarm=_days(row.alarm_days, t),
        )
    if row.health is SourceHealth.NEW:
        return t("Not collected yet.")
    return t("Works.")


def cadence_in_words(row: HealthRow, t: Texts) -> str:
    """The newest release and how long a silence may last; nothing for a source without releases."""
    if row.newest_on is None or row.alarm_days is None:
        return ""
    return t(
        "newest of {day}: silent for {silent} working days, alarm after {alarm}",
        day=t.day(row.newest_on),
        silent=_days(row.silent_days, t),
        alarm=_days(row.alarm_days, t),
    )


def _paused(row: HealthRow, t: Texts) -> str:
    who, why = row.person or "?", row.pause_reason or ""
    if row.paused_until is None:
        return t("Paused by {who}: {why}", who=who, why=why)
    return t("Paused by {who} until {moment}: {why}", who=who, moment=t.moment(row.paused_until), why=why)


def _days(days: float | None, t: Texts) -> str:
    """Working days, those of a recess counted in part, as whole ones."""
    return t.number(days or 0.0)
