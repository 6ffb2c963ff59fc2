"""Deciding: track, dismiss, judge, correct, reopen, sign off, undo."""

from typing import Annotated

import typer

from cli.claims.options import (
    Address,
    As,
    ByClaimant,
    Despite,
    DocumentOn,
    File,
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
from models import actions
from models.words import DismissReason, EvidenceKind, Kind

Value = Annotated[
    str, typer.Argument(help="fulfilled, not_fulfilled, in_progress ... or correct, wrong, misleading ...", show_default=False)
]
HoldsFor = Annotated[
    str,
    typer.Option(
        "--holds-for",
        help="Day that the judgment holds for, YYYY-MM-DD; fulfilled after the deadline becomes fulfilled_late.",
        show_default="today",
    ),
]


def track(
    claims: Ids,
    kind: Annotated[Kind | None, typer.Option(help="Their kind, where the rules named a wrong one.", show_default=False)] = None,
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Follow candidates up; a dismissed one is taken back in. Example: beimwort claims track 4 7 9"""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.track(
            session, claim, actor=actor, now=now(), reason=reason, kind=kind, revision=revision
        ),
        revision=revision,
    )


def dismiss(
    claims: Ids,
    why: Annotated[DismissReason, typer.Option(help="Why it is no claim of ours.")] = DismissReason.NO_CLAIM,
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Say that candidates are no claims of ours. A judged or disputed claim cannot be dismissed."""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.dismiss(
            session, claim, why=why, actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def judge(
    claims: Ids,
    value: Value,
    reason: Reason = "",
    holds_for: HoldsFor = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.REPORT,
    note: Note = "",
    file: File = None,
    document_on: DocumentOn = "",
    by_claimant: ByClaimant = False,
    despite: Despite = None,
    who: As = "",
    revision: Revision = None,
) -> None:
    """Judge claims by their scale. A candidate is tracked by it; an earlier judgment stays visible and is replaced.

    A final judgment needs evidence, given here or before (`claims evidence`). Where the rules of evidence doubt it, the call is
    refused and names the doubts; answer them in the reason and repeat the call with --despite DOUBT for each.

    Example: beimwort claims judge 2 in_progress --reason "Im Haushalt." --note "Einzelplan 07" --evidence-kind budget
    """
    given = pieces(evidence_kind, evidence, note, file, document_on, by_claimant=by_claimant)
    day = day_or_fail("--holds-for", holds_for)
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.judge(
            session,
            claim,
            value=value,
            reason=reason,
            actor=actor,
            now=now(),
            holds_for=day,
            evidence=given,
            answered=despite or (),
            revision=revision,
        ),
        revision=revision,
    )


def correct(
    claims: Ids,
    value: Value,
    reason: Reason = "",
    holds_for: HoldsFor = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.REPORT,
    note: Note = "",
    file: File = None,
    document_on: DocumentOn = "",
    by_claimant: ByClaimant = False,
    despite: Despite = None,
    who: As = "",
    revision: Revision = None,
) -> None:
    """Replace a judgment openly; both stay visible. As `judge`, for claims that have been judged."""
    given = pieces(evidence_kind, evidence, note, file, document_on, by_claimant=by_claimant)
    day = day_or_fail("--holds-for", holds_for)
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.correct(
            session,
            claim,
            value=value,
            reason=reason,
            actor=actor,
            now=now(),
            holds_for=day,
            evidence=given,
            answered=despite or (),
            revision=revision,
        ),
        revision=revision,
    )


def reopen(claims: Ids, reason: Reason = "", who: As = "", revision: Revision = None) -> None:
    """Take judged claims up again: open or unchecked, with their appointments; the judgments stay visible."""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.reopen(session, claim, reason=reason, actor=actor, now=now(), revision=revision),
        revision=revision,
    )


def sign_off(claims: Ids, reason: Reason = "", who: As = "", revision: Revision = None) -> None:
    """Confirm final judgments as a second person, where the desk's methodology asks for one."""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.sign_off(session, claim, reason=reason, actor=actor, now=now(), revision=revision),
        revision=revision,
    )


def undo(claims: Ids, reason: Reason = "", who: As = "", revision: Revision = None) -> None:
    """Take back what was done last with claims: their fields are as before, the history tells of both. Evidence stays."""
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.undo(session, claim, reason=reason, actor=actor, now=now(), revision=revision),
        revision=revision,
    )


def add_to(app: typer.Typer) -> None:
    """Make these commands known."""
    for command in (track, dismiss, judge, correct, reopen, undo):
        app.command()(command)
    app.command("sign-off")(sign_off)
