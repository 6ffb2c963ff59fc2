"""`beimwort sources health`, `pause`, `resume`, `acknowledge`: how the sources are doing, and what a person does about it."""

import sys
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.desk import now, open_database, settings_or_fail
from cli.output import FAILED, WRONG_CALL, fail, people, print_row
from models import actions, queries
from models.health_words import cadence_in_words, reason_of
from models.queries import HealthRow
from models.words import SourceHealth
from settings.config import Settings
from settings.texts import texts_in

COLOURS = {
    SourceHealth.BROKEN: "bold red",
    SourceHealth.FAILING: "red",
    SourceHealth.QUIET: "yellow",
    SourceHealth.NEW: "cyan",
    SourceHealth.OK: "green",
    SourceHealth.PAUSED: "dim",
}

Key = Annotated[str, typer.Argument(help="Key of the source, as listed.", show_default=False)]
As = Annotated[str, typer.Option("--as", help="Who does it; default: BEIMWORT_PERSON or desk.", show_default=False)]


def health(
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON lines on a terminal too; elsewhere they are the default.")
    ] = False,
) -> None:
    """Show how the sources are doing, the broken first: state, since when, why, last good run, newest release.

    On a terminal it is a table, elsewhere one JSON line a source. Ends with status 1 if a source is broken or the worker is
    silent, so that a monitor can call it.
    """
    settings = settings_or_fail()
    with open_database(settings) as database, database.reading() as session:
        rows = queries.health_rows(session, now())
        pulse = queries.health(session, now())
    if is_terminal() and not as_json:
        Console(highlight=False).print(_table(rows, settings))
    else:
        for row in rows:
            print_row(_plain(row))
    if pulse.status == "silent":
        people.print(f"The worker has been silent since {pulse.worker_seen_at}: nothing is collected.", markup=False)
    if pulse.status == "silent" or any(row.health is SourceHealth.BROKEN for row in rows):
        raise typer.Exit(FAILED)


def pause(
    key: Key,
    reason: Annotated[str, typer.Option("--reason", help="Why, in one sentence.", show_default=False)],
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="First day on which it is collected again; default: until resumed.", show_default=False
        ),
    ] = None,
    who: As = "",
) -> None:
    """Collect a source no more on schedule. A person can still have it collected by hand.

    Example: beimwort sources pause spd-nrw --reason "the site is being rebuilt" --until 2026-12-01
    """
    settings = settings_or_fail()
    end = until.replace(tzinfo=ZoneInfo(settings.timezone)).astimezone(UTC) if until else None
    with open_database(settings) as database, database.writing() as session:
        actor = actions.person_named(session, who or settings.person, now())
        actions.pause_source(session, key, reason=reason, actor=actor, now=now(), until=end)
    print_row({"key": key, "health": SourceHealth.PAUSED.value, "until": end.isoformat() if end else None})


def resume(key: Key, who: As = "") -> None:
    """End a pause: the source is collected again with its next turn."""
    settings = settings_or_fail()
    with open_database(settings) as database, database.writing() as session:
        actor = actions.person_named(session, who or settings.person, now())
        state = actions.resume_source(session, key, actor=actor, now=now())
    print_row({"key": key, "health": state.health.value})


def acknowledge(key: Key, who: As = "") -> None:
    """Take note of a source's trouble: the morning's report does not repeat it, and what its lists name now is its new normal."""
    settings = settings_or_fail()
    with open_database(settings) as database, database.writing() as session:
        actor = actions.person_named(session, who or settings.person, now())
        change = actions.acknowledge_source(session, key, actor=actor, now=now())
    print_row({"key": key, "health": change.health.value, "acknowledged": True})


def is_terminal() -> bool:
    """Whether people read what is printed."""
    return sys.stdout.isatty()


def _table(rows: list[HealthRow], settings: Settings) -> Table:
    if not rows:
        fail("No sources are declared in this database yet. Start the worker: beimwort up", WRONG_CALL)
    t = texts_in("en", settings.timezone)
    table = Table(box=None, pad_edge=False)
    for head in ("state", "source", "since", "why", "last good run", "newest release"):
        table.add_column(head, overflow="fold")
    for row in rows:
        known = ", acknowledged" if row.acknowledged else ""
        cells = (
            row.key,
            t.moment(row.since) if row.since else "",
            reason_of(row, t),
            t.moment(row.last_ok_at) if row.last_ok_at else "never",
            cadence_in_words(row, t),
        )
        # As Text: brackets in what sites say are no markup.
        table.add_row(Text(row.health.value + known, style=COLOURS[row.health]), *(Text(cell) for cell in cells))
    return table


def _plain(row: HealthRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "health": row.health.value,
        "since": row.since.isoformat() if row.since else None,
        "why": reason_of(row, texts_in("en")),
        "acknowledged": row.acknowledged,
        "last_run_at": row.last_run_at.isoformat() if row.last_run_at else None,
        "last_ok_at": row.last_ok_at.isoformat() if row.last_ok_at else None,
        "newest_on": row.newest_on.isoformat() if row.newest_on else None,
        "silent_days": row.silent_days,
        "alarm_days": row.alarm_days,
        "failures": row.failures,
    }
