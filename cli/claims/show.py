"""Looking: lists of claims, one claim, its history, and what is due."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from cli.claims.details import decision_row, print_claim
from cli.claims.options import Id, claim_shown, iso
from cli.desk import now, open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, print_row
from models import queries
from models.days import day_of
from models.queries import ClaimFilter


def list_claims(
    status: Annotated[
        list[str] | None, typer.Option(help="candidate, disputed, open, fulfilled ...; may be repeated.", show_default=False)
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="funding_pledge, pledge, ranking, statistic, past_action.", show_default=False)
    ] = None,
    faction: Annotated[list[str] | None, typer.Option(help="Short name of a faction.", show_default=False)] = None,
    words: Annotated[str, typer.Option(help="Words to look for, as in `claims search`.", show_default=False)] = "",
    dismissed: Annotated[bool, typer.Option("--dismissed", help="Dismissed ones too.")] = False,
    page: Annotated[int, typer.Option(min=1, help="Page of 50.")] = 1,
) -> None:
    """Print claims as JSON lines, the newest first."""
    wanted = ClaimFilter(
        status=tuple(status or ()), kind=tuple(kind or ()), faction=tuple(faction or ()), words=words, dismissed=dismissed
    )
    if problem := queries.search_problem(words):
        fail(problem, WRONG_CALL)
    with open_database(settings_or_fail()) as database, database.reading() as session:
        rows = queries.claim_rows(session, wanted, page=page)
        total = queries.count_claims(session, wanted)
    for row in rows:
        print_row(
            {
                "id": row.id,
                "status": row.status,
                "kind": row.kind,
                "score": row.score,
                "learned_score": row.learned,
                "quote": row.quote,
                "speaker": row.speaker,
                "faction": row.faction,
                "amount_min_eur": row.amount_min_eur,
                "amount_max_eur": row.amount_max_eur,
                "deadline": iso(row.deadline),
                "published_on": iso(row.published_on),
                "title": row.title,
            }
        )
    typer.echo(f"{len(rows)} of {total} claims (page {page}).", err=True)


def show(claim: Id) -> None:
    """Print one claim as JSON: finding, decided fields, deadline, judgments, evidence, disputes, appointments, history."""
    with open_database(settings_or_fail()) as database:
        print_claim(claim_shown(database, claim))


def history(claim: Id) -> None:
    """Print what people did with a claim, the oldest first, each with reason, fields before and after, and place in the chain."""
    with open_database(settings_or_fail()) as database:
        for decision in claim_shown(database, claim).decisions:
            print_row(decision_row(decision))


def due(
    within: Annotated[int, typer.Option(min=0, max=3650, help="Deadlines within so many days count as due soon.")] = 90,
    person: Annotated[str, typer.Option(help="Only what this person looks after.", show_default=False)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only what BEIMWORT_PERSON looks after.")] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help="Only what nobody looks after.")] = False,
) -> None:
    """Print what waits: overdue pledges, appointments whose day has come, claims without a next appointment, what is due soon.

    `why` says which of these it is; a claim may stand there for several reasons. Example: beimwort claims due --within 30
    """
    settings = settings_or_fail()
    whose = queries.NOBODY if unassigned else (person or settings.person) if person or mine else None
    with open_database(settings) as database, database.reading() as session:
        rows = queries.todo_rows(session, day_of(now()), assignee=whose, within=timedelta(days=within))
    for row in rows:
        print_row({**asdict(row), "on": iso(row.on)})
    typer.echo(f"{len(rows)} to do.", err=True)


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command("list")(list_claims)
    app.command()(show)
    app.command()(history)
    app.command()(due)
