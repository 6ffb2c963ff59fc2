"""`beimwort learn`: learn from the desk's decisions now, look at what it would do, or take it back."""

from typing import Annotated

import typer

from cli.desk import now, open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, people, print_row, table_lines
from jobs.learn import Lesson, learn_from_desk, score_findings
from models import Database, actions
from settings.config import Settings


def learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would come to; nothing is written.")] = False,
    roll_back: Annotated[
        bool, typer.Option("--roll-back", help="Put the former model in force, or none; needs --reason.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is rolled back, in one sentence.", show_default=False)] = "",
    who: Annotated[str, typer.Option("--as", help="Who rolls back; default: BEIMWORT_PERSON or desk.", show_default=False)] = "",
) -> None:
    """Learn from what the desk tracked and dismissed, which words and cues make a claim. The worker does so every night.

    What was learned comes into force only if, on decisions it has not seen, it puts the tracked ones on top at least as well as
    the rules alone and as what is in force. It gives candidates a second score; the rules' own stays as it is.

    Prints a table for people and one JSON line with the figures. Example: beimwort learn --dry-run
    """
    if dry_run and roll_back:
        fail("Give either --dry-run or --roll-back.", WRONG_CALL)
    settings = settings_or_fail()
    with open_database(settings) as database:
        if roll_back:
            _roll_back(database, settings, reason, who)
        else:
            _show(learn_from_desk(database, now(), dry_run=dry_run), dry_run=dry_run)


def _roll_back(database: Database, settings: Settings, reason: str, who: str) -> None:
    with database.writing() as session:
        actor = actions.person_named(session, who or settings.person, now())
        taken, former = actions.roll_back_model(session, reason=reason, actor=actor, now=now())
    row = {"rolled_back": taken.version, "in_force": former.version if former else None, "scored": score_findings(database)}
    instead = f"version {former.version} is in force again" if former else "the rules stand alone again"
    people.print(f"Version {taken.version} was rolled back; {instead}.", markup=False)
    print_row(row)


def _show(lesson: Lesson, *, dry_run: bool) -> None:
    check = lesson.check
    rows = [
        ("decisions", f"{lesson.decisions} ({lesson.tracked} tracked, {lesson.decisions - lesson.tracked} dismissed)"),
    ]
    if check is not None:
        rows += [
            ("average precision", f"rules {check.rules:.2f}, in force {_figure(check.before)}, learned {check.after:.2f}"),
            ("on the older ones", f"{check.older}: {check.older_before:.2f} -> {check.older_after:.2f}"),
            ("newest in right order", f"{check.newest}: {_figure(check.agreement)} (by lot 0.50)"),
            ("kinds named rightly", f"{check.kinds}: {_figure(check.kind_before)} -> {_figure(check.kind_after)}"),
        ]
    rows += [("outcome", lesson.outcome.replace("_", " ")), ("why", lesson.reason)]
    if not dry_run:
        rows.append(("scored", str(lesson.scored)))
    for line in table_lines(rows):
        people.print(line, markup=False)
    print_row(
        {
            "outcome": lesson.outcome,
            "reason": lesson.reason,
            "dry_run": dry_run,
            "version": lesson.version,
            "decisions": lesson.decisions,
            "tracked": lesson.tracked,
            "dismissed": lesson.decisions - lesson.tracked,
            "held_out": check and check.held_out,
            "ap_rules": check and check.rules,
            "ap_before": check and check.before,
            "ap_after": check and check.after,
            "older": check and check.older,
            "ap_older_before": check and check.older_before,
            "ap_older_after": check and check.older_after,
            "newest": check and check.newest,
            "agreement": check and check.agreement and round(check.agreement, 4),
            "kind_before": check and check.kind_before,
            "kind_after": check and check.kind_after,
            "scored": lesson.scored,
        }
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
