"""Known claims that a claim may repeat: suggested here, confirmed by `claims merge`."""

import typer

from cli.claims.options import Id, claim_shown, iso
from cli.desk import open_database, settings_or_fail
from cli.output import print_row
from models import queries


def repeats(claim: Id) -> None:
    """Print the known claims that a claim may repeat, with why, as JSON lines; a person confirms by merging."""
    with open_database(settings_or_fail()) as database:
        claim_shown(database, claim)
        with database.reading() as session:
            found = queries.repeat_suggestions(session, claim)
            announced = queries.times_announced(session, claim)
    for one in found:
        print_row(
            {
                "known": one.known,
                "same": one.comparison.is_same,
                "announced_again": one.comparison.again and one.comparison.again.value,
                "likeness": round(one.comparison.likeness, 2),
                "same_number": one.comparison.same_number,
                "differs": sorted(one.comparison.differs),
                "amount_eur": one.amount,
                "later_amount_eur": one.later_amount,
                "status": one.status,
                "published_on": iso(one.published_on),
                "quote": one.quote,
            }
        )
    typer.echo(
        f"{len(found)} suggested; announced {announced.times} times, {announced.other_amount} with another amount.", err=True
    )


def add_to(app: typer.Typer) -> None:
    """Make the command known."""
    app.command()(repeats)
