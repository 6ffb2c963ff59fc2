"""How one source is doing, drawn: state and reason, its last runs as small bars, its history. Rows in, escaped HTML out."""

from collections.abc import Sequence

from dashboard import safe
from dashboard.labels import CAUSES, HEALTH, HEALTH_COLOURS, OUTCOME_COLOURS, OUTCOMES
from models import HealthChange
from models.health_words import cadence_in_words, reason_of
from models.queries import HealthRow, RunBar, SourceRow
from models.words import SourceHealth
from settings.texts import Texts

LOWEST = 18  # percent of a bar's height; a run that found nothing must be seen too


def card(row: HealthRow, source: SourceRow, bars: Sequence[RunBar], t: Texts, link: str) -> str:
    """A source at a glance; `link` leads to its history."""
    facts = [
        row.parliament,
        t.count("{n} release", "{n} releases", source.releases),
        t("last run {moment}: {outcome}", moment=t.moment(row.last_run_at), outcome=t(OUTCOMES[source.outcome]))
        if row.last_run_at and source.outcome
        else t("no run yet"),
        t("last good run {moment}", moment=t.moment(row.last_ok_at)) if row.last_ok_at and row.failures else None,
    ]
    since = t("since {moment}", moment=t.moment(row.since)) if row.since else ""
    known = safe.chip(t("acknowledged")) if row.acknowledged else ""
    unchecked = "" if source.verified else safe.chip(t("not checked live"))
    cadence = cadence_in_words(row, t) if row.health is not SourceHealth.QUIET else ""
    more = f'<a class="bw-meta" href="{safe.text(link)}" target="_self">{safe.text(t("History"))}</a>'
    return (
        f'<div class="bw-source"><div class="bw-grow">{health_badge(row.health.value, t)} {_meta(since)} {known}'
        f"<div><b>{safe.web_link(row.home, row.name)}</b> {unchecked}</div>"
        f'<div class="bw-why">{safe.text(reason_of(row, t))}</div>'
        f"<div>{_meta(' · '.join(fact for fact in [*facts, cadence] if fact))} {more}</div></div>"
        f"{spark(bars, t)}</div>"
    )


def health_badge(health: str, t: Texts) -> str:
    """A state with its colour."""
    return f'<span class="bw-badge"><i style="background:{HEALTH_COLOURS[health]}"></i>{safe.text(t(HEALTH[health]))}</span>'


def spark(bars: Sequence[RunBar], t: Texts) -> str:
    """The last runs as bars: as high as what their lists named, in the colour of how they ended."""
    if not bars:
        return ""
    highest = max([1, *(bar.listed for bar in bars)])
    drawn = "".join(
        f'<i style="height:{max(LOWEST, round(100 * bar.listed / highest))}%;background:{OUTCOME_COLOURS[bar.outcome]}" '
        f'title="{safe.text(_run_in_words(bar, t))}"></i>'
        for bar in bars
    )
    good = sum(bar.outcome in {"ok_new", "ok_unchanged"} for bar in bars)
    words = t("{good} of the last {all} runs were good", good=t.number(good), all=t.number(len(bars)))
    return f'<div><div class="bw-spark" role="img" aria-label="{safe.text(words)}">{drawn}</div>{_meta(words)}</div>'


def history(changes: Sequence[HealthChange], t: Texts) -> str:
    """What became of a source, newest first."""
    return "".join(
        f'<div class="bw-time"><div>{health_badge(change.health.value, t)} {_meta(t.moment(change.at))}</div>'
        f"<div>{safe.text(_change_in_words(change, t))}</div></div>"
        for change in changes
    )


def _meta(words: str) -> str:
    return f'<span class="bw-meta">{safe.text(words)}</span>'


def _run_in_words(bar: RunBar, t: Texts) -> str:
    listed = t.count("{n} listed", "{n} listed", bar.listed)
    return f"{t.moment(bar.at)}: {t(OUTCOMES[bar.outcome])}, {listed}"


def _change_in_words(change: HealthChange, t: Texts) -> str:
    who = change.person.name if change.person else ""
    return " · ".join(part for part in (t(CAUSES[change.cause.value]), who, change.detail) if part)
