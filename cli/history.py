"""`beimwort history`: check that the history of decisions stands as it was written, and export it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from cli.claims.details import decision_row
from cli.desk import now, open_database, settings_or_fail
from cli.output import FAILED, fail, people, print_row
from jobs.anchors import AnchorError, anchor_folder, anchor_row, read_anchors, write_whole
from models import queries
from models.queries import Anchor

app = typer.Typer(no_args_is_help=True, help="Check and export the history of decisions.")


@app.command()
def verify(
    anchor: Annotated[
        list[Path] | None,
        typer.Option(
            help="An anchor or an earlier export; repeatable. Default: all in the data folder's anchors/.", show_default=False
        ),
    ] = None,
) -> None:
    """Check the chain of decisions, and judgments, evidence and claims against it. Ends with 1 if something does not fit.

    Finds decisions that were changed, taken out, put in or exchanged. What was cut off at the end after the last anchor cannot be
    noticed, so keep copies of the anchors elsewhere.
    """
    settings = settings_or_fail()
    files = anchor or sorted(anchor_folder(settings.data).glob("*.json"))
    try:
        anchors = read_anchors(files)
    except AnchorError as error:
        fail(str(error))
    with open_database(settings) as database, database.reading() as session:
        head = queries.history_head(session)
        faults = queries.check_history(session, anchors)
    for fault in faults:
        people.print(fault.sentence, markup=False)
    newest = max((one.number for one in anchors), default=0)
    print_row(
        {"decisions": head.number, "head": head.hash, "anchors": len(anchors), "anchored_to": newest, "faults": len(faults)}
    )
    if faults:
        raise typer.Exit(FAILED)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; without: standard output.", show_default=False)] = None,
) -> None:
    """Write all decisions as JSON lines, the head of the chain as the last line. The file is there whole or not at all."""
    with open_database(settings_or_fail()) as database, database.reading() as session:
        if file is None:
            for row in _rows(session):
                print_row(row)
            return
        try:
            lines = write_whole(file, _rows(session))
        except AnchorError as error:
            fail(str(error))
    print_row({"file": str(file), "decisions": lines - 1})


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    head = queries.history_head(session)
    for decision in queries.history(session):
        if decision.number > head.number:  # written while we read
            break
        yield decision_row(decision)
    yield anchor_row(Anchor(head.number, head.hash), now())
