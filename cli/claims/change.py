"""Correcting what the machine found, saying who looks after a claim, noting an extension."""

from typing import Annotated

import typer

from cli.claims.options import (
    Address,
    As,
    ByClaimant,
    DocumentOn,
    File,
    Id,
    Ids,
    Note,
    Reason,
    Revision,
    Sort,
    day_or_fail,
    on_claims,
    pieces,
)
from cli.desk import now
from cli.output import WRONG_CALL, fail
from models import actions
from models.actions import Edit
from models.words import EvidenceKind, Kind


def edit(
    claim: Id,
    summary: Annotated[str | None, typer.Option(help="Short form in your words.", show_default=False)] = None,
    kind: Annotated[Kind | None, typer.Option(help="Its kind.", show_default=False)] = None,
    deadline: Annotated[str | None, typer.Option(help='Last day, YYYY-MM-DD; "" for none.', show_default=False)] = None,
    amount_min: Annotated[float | None, typer.Option(help="At least so many euros.", show_default=False)] = None,
    amount_max: Annotated[float | None, typer.Option(help="At most so many euros.", show_default=False)] = None,
    no_amount: Annotated[bool, typer.Option("--no-amount", help="It names no amount.")] = False,
    topic: Annotated[str | None, typer.Option(help='Subject area, id as listed; "" for none.', show_default=False)] = None,
    speaker: Annotated[str | None, typer.Option(help='Who said it; "" for the faction.', show_default=False)] = None,
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Correct fields of a claim; what the machine found stays beside (`found` in `claims show`).

    Example: beimwort claims edit 2 --deadline 2020-12-31 --amount-min 25000000 --amount-max 25000000
    """
    has_amount = amount_min is not None or amount_max is not None
    if no_amount and has_amount:
        fail("Give either an amount or --no-amount.", WRONG_CALL)
    given = Edit(
        summary=summary,
        kind=kind,
        deadline="" if deadline == "" else day_or_fail("--deadline", deadline or ""),
        amount=(amount_min, amount_max) if has_amount else None,
        no_amount=no_amount,
        topic=topic,
        speaker=speaker,
    )
    on_claims(
        [claim],
        who,
        lambda session, number, actor: actions.edit(
            session, number, given, actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def assign(
    claims: Ids,
    to: Annotated[str, typer.Option(help="Who looks after them; empty: nobody.", show_default=False)] = "",
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Say who looks after claims. Example: beimwort claims assign 4 7 --to Kim"""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.assign(
            session,
            claim,
            to=actions.person_named(session, to, now()) if to.strip() else None,
            actor=actor,
            now=now(),
            reason=reason,
            revision=revision,
        ),
        revision=revision,
    )


def extend(
    claim: Id,
    until: Annotated[str, typer.Option(help="New last day, YYYY-MM-DD.", show_default=False)],
    reason: Reason = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.ANNOUNCEMENT,
    note: Note = "",
    file: File = None,
    document_on: DocumentOn = "",
    by_claimant: ByClaimant = False,
    who: As = "",
    revision: Revision = None,
) -> None:
    """Note that the claimant put a deadline off, with the source. What was promised stays; later is "fulfilled late"."""
    day = day_or_fail("--until", until)
    if day is None:
        fail("--until needs a day, YYYY-MM-DD.", WRONG_CALL)
    given = pieces(evidence_kind, evidence, note, file, document_on, by_claimant=by_claimant)
    on_claims(
        [claim],
        who,
        lambda session, number, actor: actions.extend(
            session,
            number,
            until=day,
            reason=reason,
            actor=actor,
            now=now(),
            source=given[0] if given else None,
            revision=revision,
        ),
        revision=revision,
    )


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    for command in (edit, assign, extend):
        app.command()(command)
