"""Disputes: raise the flag, note question and reply, resolve."""

from typing import Annotated

import typer

from cli.claims.options import (
    Address,
    As,
    ByClaimant,
    DocumentOn,
    File,
    Id,
    Note,
    Reason,
    Revision,
    Sort,
    day_or_fail,
    on_claims,
    pieces,
)
from cli.desk import now
from models import actions
from models.words import EvidenceKind


def dispute(
    claim: Id,
    ground: Annotated[str, typer.Option("--ground", "--reason", help="What is objected to.", show_default=False)] = "",
    objector: Annotated[str, typer.Option(help="Who objects; empty: the desk itself.", show_default=False)] = "",
    position: Annotated[str, typer.Option(help="What we hold.", show_default=False)] = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.REPORT,
    note: Note = "",
    file: File = None,
    document_on: DocumentOn = "",
    by_claimant: ByClaimant = False,
    who: As = "",
    revision: Revision = None,
) -> None:
    """Raise the flag "disputed"; it stands beside the judgment and does not change it."""
    given = pieces(evidence_kind, evidence, note, file, document_on, by_claimant=by_claimant)
    on_claims(
        [claim],
        who,
        lambda session, number, actor: actions.dispute(
            session,
            number,
            ground=ground,
            objector=objector,
            position=position,
            actor=actor,
            now=now(),
            evidence=given,
            revision=revision,
        ),
        revision=revision,
    )


def reply(
    claim: Id,
    text: Annotated[str, typer.Option("--text", help="What the other side replied.", show_default=False)] = "",
    asked_on: Annotated[str, typer.Option(help="Day we asked, YYYY-MM-DD.", show_default=False)] = "",
    received_on: Annotated[str, typer.Option(help="Day the reply came, YYYY-MM-DD.", show_default=False)] = "",
    position: Annotated[str | None, typer.Option(help="What we hold by now.", show_default=False)] = None,
    who: As = "",
    revision: Revision = None,
) -> None:
    """Note for a disputed claim that the other side was asked, what it replied, or what we hold by now."""
    asked, received = day_or_fail("--asked-on", asked_on), day_or_fail("--received-on", received_on)
    on_claims(
        [claim],
        who,
        lambda session, number, actor: actions.note_reply(
            session,
            number,
            actor=actor,
            now=now(),
            asked_on=asked,
            received_on=received,
            reply=text,
            position=position,
            revision=revision,
        ),
        revision=revision,
    )


def resolve(claim: Id, reason: Reason = "", who: As = "", revision: Revision = None) -> None:
    """Take the flag "disputed" down and say how it ended."""
    on_claims(
        [claim],
        who,
        lambda session, number, actor: actions.resolve(
            session, number, resolution=reason, actor=actor, now=now(), revision=revision
        ),
        revision=revision,
    )


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    for command in (dispute, reply, resolve):
        app.command()(command)
