"""Adding evidence to a claim without judging it."""

import typer

from cli.claims.options import Address, As, ByClaimant, DocumentOn, File, Ids, Note, Reason, Revision, Sort, on_claims, pieces
from cli.desk import now
from cli.output import WRONG_CALL, fail
from models import actions
from models.words import EvidenceKind


def evidence(
    claims: Ids,
    address: Address = "",
    kind: Sort = EvidenceKind.REPORT,
    note: Note = "",
    file: File = None,
    document_on: DocumentOn = "",
    by_claimant: ByClaimant = False,
    reason: Reason = "",
    who: As = "",
    revision: Revision = None,
) -> None:
    """Add evidence: an address (pending until the worker has archived it), a file, or a pasted text; both count at once.

    Example: beimwort claims evidence 2 --evidence https://www.landtag.nrw.de/... --evidence-kind budget --document-on 2019-12-18
    """
    given = pieces(kind, address, note, file, document_on, by_claimant=by_claimant)
    if not given:
        fail("Evidence needs --evidence ADDRESS, --file FILE or --note TEXT.", WRONG_CALL)
    on_claims(
        claims,
        who,
        lambda session, claim, actor: actions.attach(
            session, claim, given[0], actor=actor, now=now(), reason=reason, revision=revision
        ),
        revision=revision,
    )


def add_to(app: typer.Typer) -> None:
    """Make this command known."""
    app.command()(evidence)
