"""The same claim again: make claims appearances of a known one, or take them out."""

from typing import Annotated

import typer

from cli.claims.options import As, Ids, Reason, Revision, on_claims
from cli.desk import now
from models import actions


def merge(
    claims: Ids,
    into: Annotated[int, typer.Option(help="Number of the known claim that they repeat.", show_default=False)],
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Confirm that claims repeat a known one. Example: beimwort claims merge 12 15 --into 4"""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.merge(
            session, claim, into, actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def split(claims: Ids, reason: Reason = "", who: As = "", revision: Revision = None) -> None:
    """Take repetitions out again: they are candidates of their own."""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.split(session, claim, actor=actor, now=now(), reason=reason, revision=revision),
        revision=revision,
    )


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command()(merge)
    app.command()(split)
