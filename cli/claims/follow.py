"""Appointments by hand: look at a claim again on a day, or put off what is due."""

from datetime import date
from typing import Annotated

import typer

from cli.claims.options import As, Ids, Reason, Revision, day_or_fail, on_claims
from cli.desk import now
from cli.output import WRONG_CALL, fail
from models import actions


def appoint(
    claims: Ids,
    on: Annotated[str, typer.Option(help="Day to look again, YYYY-MM-DD.", show_default=False)],
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Make an appointment to look at tracked claims again."""
    day = _day("--on", on)
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.appoint_by_hand(
            session, claim, due_on=day, actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def snooze(
    claims: Ids,
    until: Annotated[str, typer.Option(help="Day until which it is put off, YYYY-MM-DD.", show_default=False)],
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Put off what is due of claims; the appointments keep their rule and remark."""
    day = _day("--until", until)
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.snooze(
            session, claim, until=day, actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def _day(option: str, text: str) -> date:
    day = day_or_fail(option, text)
    if day is None:
        fail(f"{option} needs a day, YYYY-MM-DD.", WRONG_CALL)
    return day


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    app.command()(appoint)
    app.command()(snooze)
