"""What the commands on claims share: options, dates, pieces of evidence, and one transaction for all claims that are named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from cli.desk import now, open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, print_row
from models import Claim, Database, Person, actions, queries
from models.actions import NewEvidence, StaleClaim
from models.actions.evidence import LARGEST_FILE
from models.words import EvidenceKind

Id = Annotated[int, typer.Argument(help="Number of the claim, as listed.", show_default=False)]
Ids = Annotated[list[int], typer.Argument(help="Numbers of the claims, as listed.", show_default=False)]
As = Annotated[str, typer.Option("--as", help="Who decides; default: BEIMWORT_PERSON or desk.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why, in one sentence.", show_default=False)]
Address = Annotated[str, typer.Option("--evidence", help="Address of a document; the worker archives it.", show_default=False)]
Sort = Annotated[EvidenceKind, typer.Option("--evidence-kind", help="What sort of document it is.")]
File = Annotated[Path | None, typer.Option("--file", help="A PDF or picture as evidence; counts at once.", show_default=False)]
Note = Annotated[str, typer.Option("--note", help="Pasted text as evidence; counts at once.", show_default=False)]
DocumentOn = Annotated[str, typer.Option("--document-on", help="Day that the document bears, YYYY-MM-DD.", show_default=False)]
ByClaimant = Annotated[bool, typer.Option("--by-claimant", help="The document comes from whoever made the claim.")]
Despite = Annotated[
    list[str] | None,
    typer.Option("--despite", help="A doubt about the evidence that the reason answers; repeatable.", show_default=False),
]
Revision = Annotated[
    int | None,
    typer.Option("--revision", help="Refuse if the claim was changed since this revision (`claims show`).", show_default=False),
]

Act = Callable[[Session, int, Person], object]


def on_claims(claims: list[int], who: str, act: Act, *, revision: int | None = None) -> None:
    """Do the same with each claim in one transaction, then print each with its status and revision.

    If one is refused, none is changed and one sentence says why; of a stale one, what changed meanwhile is printed as JSON.
    """
    if revision is not None and len(claims) != 1:
        fail("--revision goes with one claim only.", WRONG_CALL)
    settings = settings_or_fail()
    with open_database(settings) as database:
        try:
            with database.writing() as session:
                actor = actions.person_named(session, _name(who or settings.person), now())
                for claim in dict.fromkeys(claims):
                    act(session, claim, actor)
        except StaleClaim as error:
            _print_stale(error)
            fail(str(error))
        with database.reading() as session:
            for claim_id in dict.fromkeys(claims):
                changed = session.get_one(Claim, claim_id)
                print_row({"id": changed.id, "status": changed.status, "revision": changed.revision})


def claim_shown(database: Database, claim_id: int) -> Claim:
    """A claim by number, or one line and the end."""
    with database.reading() as session:
        claim = queries.claim_for_page(session, claim_id)
    if claim is None:
        fail(f"There is no claim {claim_id}. `beimwort claims list` shows their numbers.")
    return claim


def pieces(
    kind: EvidenceKind, address: str, note: str, file: Path | None, document_on: str, *, by_claimant: bool
) -> list[NewEvidence]:
    """The evidence that a call gives: none, or one piece."""
    if not address and not note and file is None:
        if document_on or by_claimant:
            fail("--document-on and --by-claimant say something about evidence: give --evidence, --file or --note.", WRONG_CALL)
        return []
    return [
        NewEvidence(
            kind=kind,
            address=address,
            note=note,
            document_on=day_or_fail("--document-on", document_on),
            by_claimant=by_claimant,
            file_name=file.name if file else "",
            content=_content(file) if file else b"",
        )
    ]


def day_or_fail(option: str, text: str) -> date | None:
    """A day as written in a call; None if it is not given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is no date; write it as YYYY-MM-DD.", WRONG_CALL)


def iso(day: date | None) -> str | None:
    """A day as printed."""
    return None if day is None else day.isoformat()


def _name(name: str) -> str:
    if not name.split() or any(not letter.isprintable() for letter in name):
        fail("Say who decides: --as NAME, or BEIMWORT_PERSON.", WRONG_CALL)
    return name


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        fail(f"Cannot read {file}: {error.strerror}.")
    if size > LARGEST_FILE:
        fail(f"{file.name} is larger than {LARGEST_FILE // 2**20} MiB.")
    if not content:
        fail(f"{file} is empty.")
    return content


def _print_stale(error: StaleClaim) -> None:
    """What changed meanwhile, field by field, beside what was wanted."""
    print_row(
        {
            "id": error.claim_id,
            "refused": "stale",
            "meanwhile": [
                {"field": one.field, "then": one.then, "now": one.now, "by": one.actor, "at": one.at.isoformat()}
                for one in error.meanwhile
            ],
            "mine": error.mine,
        }
    )
