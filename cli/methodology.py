"""`beimwort methodology`: by which scale the desk judges, from which day on, and whether a second person signs off."""

from typing import Annotated

import typer

from cli.claims.options import As, day_or_fail
from cli.desk import now, open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, print_row
from models import Methodology, actions, queries
from models.days import day_of

app = typer.Typer(no_args_is_help=True, help="The desk's dated scales: list them, adopt a new one.")

QUESTIONS = ("fulfillment", "verdict")


@app.command("list")
def list_methodologies() -> None:
    """Print all scales, the oldest first; `in_force` marks the one that judgments are made by today."""
    with open_database(settings_or_fail()) as database, database.reading() as session:
        current = actions.methodology_on(session, day_of(now())).version
        for row in queries.methodologies(session):
            print_row({**_row(row), "in_force": row.version == current})


@app.command()
def adopt(
    version: Annotated[str, typer.Argument(help="Short name of the new scale.", show_default=False)],
    since: Annotated[str, typer.Option("--from", help="First day on which it holds.", show_default="today")] = "",
    second_look: Annotated[bool, typer.Option("--second-look", help="A second person signs final judgments off.")] = False,
    without: Annotated[
        list[str] | None, typer.Option(help="A judgment that is no longer used; repeatable.", show_default=False)
    ] = None,
    final: Annotated[list[str] | None, typer.Option(help="A judgment that is final; repeatable.", show_default=False)] = None,
    not_final: Annotated[
        list[str] | None, typer.Option(help="A judgment that is not final; repeatable.", show_default=False)
    ] = None,
    note: Annotated[str, typer.Option(help="What is new in it.", show_default=False)] = "",
    who: As = "",
) -> None:
    """Adopt a scale from a day on; judgments made before keep theirs. It is written once and never changed.

    Example: beimwort methodology adopt 2 --second-look --note "Final judgments are signed off by a second person."
    """
    settings = settings_or_fail()
    day = day_or_fail("--from", since) or day_of(now())
    ends: dict[str, dict[str, bool]] = {question: {} for question in QUESTIONS}
    for values, is_final in ((final, True), (not_final, False)):
        for value in values or ():
            ends[_question(value)][value] = is_final
    out: dict[str, list[str]] = {question: [] for question in QUESTIONS}
    for value in without or ():
        out[_question(value)].append(value)
    with open_database(settings) as database, database.writing() as session:
        row = actions.adopt_methodology(
            session,
            version=version,
            in_force_from=day,
            actor=actions.person_named(session, who or settings.person, now()),
            today=day_of(now()),
            now=now(),
            second_look=second_look,
            without=out,
            final=ends,
            note=note,
        )
        print_row(_row(row))


def _question(value: str) -> str:
    question = actions.question_of(value)
    if question is None:
        fail(f"{value!r} is no judgment.", WRONG_CALL)
    return question


def _row(row: Methodology) -> dict[str, object]:
    return {
        "version": row.version,
        "in_force_from": row.in_force_from.isoformat(),
        "second_look": row.second_look,
        "scale": row.scale,
        "note": row.note,
        "adopted_by": row.adopted_by,
        "adopted_at": row.adopted_at.isoformat(),
    }
