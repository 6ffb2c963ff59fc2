"""`beimwort claims`: list, show and decide without a browser."""

from datetime import date
from typing import Annotated

import typer

from cli.desk import now, open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, print_row
from models import Claim, Database, actions, queries
from models.actions import NewEvidence
from models.queries import ClaimFilter
from models.words import DismissReason, EvidenceKind, Kind

app = typer.Typer(no_args_is_help=True, help="List claims, look at one, and decide.")

Id = Annotated[int, typer.Argument(help="Number of the claim, as listed.", show_default=False)]
As = Annotated[str, typer.Option("--as", help="Who decides; default: BEIMWORT_PERSON or desk.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why, in one sentence.", show_default=False)]
Address = Annotated[str, typer.Option("--evidence", help="Address of a document; the worker archives it.", show_default=False)]
Sort = Annotated[EvidenceKind, typer.Option("--evidence-kind", help="What sort of document it is.")]


@app.command("list")
def list_claims(
    status: Annotated[
        list[str] | None, typer.Option(help="candidate, disputed, open, fulfilled ...; may be repeated.", show_default=False)
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="funding_pledge, pledge, ranking, statistic, past_action.", show_default=False)
    ] = None,
    faction: Annotated[list[str] | None, typer.Option(help="Short name of a faction.", show_default=False)] = None,
    words: Annotated[str, typer.Option(help="Words that quote or speaker must contain.", show_default=False)] = "",
    dismissed: Annotated[bool, typer.Option("--dismissed", help="Dismissed ones too.")] = False,
    page: Annotated[int, typer.Option(min=1, help="Page of 50.")] = 1,
) -> None:
    """Print claims as JSON lines, the newest first."""
    wanted = ClaimFilter(
        status=tuple(status or ()), kind=tuple(kind or ()), faction=tuple(faction or ()), words=words, dismissed=dismissed
    )
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
                "deadline": _iso(row.deadline),
                "published_on": _iso(row.published_on),
                "title": row.title,
            }
        )
    typer.echo(f"{len(rows)} of {total} claims (page {page}).", err=True)


@app.command()
def show(claim: Id) -> None:
    """Print one claim with its reasons and its history as JSON."""
    with open_database(settings_or_fail()) as database:
        _show(database_claim(database, claim))


@app.command()
def track(
    claim: Id,
    kind: Annotated[Kind | None, typer.Option(help="Its kind, where the rules named a wrong one.", show_default=False)] = None,
    reason: Reason = "",
    who: As = "",
) -> None:
    """Follow a candidate up."""
    settings = settings_or_fail()
    with open_database(settings) as database:
        with database.writing() as session:
            actor = actions.person_named(session, who or settings.person, now())
            actions.track(session, claim, actor=actor, now=now(), reason=reason, kind=kind)
        _say(database, claim)


@app.command()
def dismiss(
    claim: Id,
    why: Annotated[DismissReason, typer.Option(help="Why it is no claim of ours.")] = DismissReason.NO_CLAIM,
    reason: Reason = "",
    who: As = "",
) -> None:
    """Say that a candidate is no claim of ours."""
    settings = settings_or_fail()
    with open_database(settings) as database:
        with database.writing() as session:
            actor = actions.person_named(session, who or settings.person, now())
            actions.dismiss(session, claim, why=why, actor=actor, now=now(), reason=reason)
        _say(database, claim)


@app.command()
def judge(
    claim: Id,
    value: Annotated[
        str,
        typer.Argument(help="fulfilled, not_fulfilled, in_progress ... or correct, wrong, misleading ...", show_default=False),
    ],
    reason: Reason = "",
    holds_for: Annotated[
        str, typer.Option("--holds-for", help="Day the judgment holds for, YYYY-MM-DD.", show_default="today")
    ] = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.REPORT,
    note: Annotated[str, typer.Option("--note", help="Pasted text as evidence; counts at once.", show_default=False)] = "",
    who: As = "",
) -> None:
    """Judge a claim. A candidate is tracked by it."""
    settings = settings_or_fail()
    day = _day(holds_for)
    with open_database(settings) as database:
        with database.writing() as session:
            actions.judge(
                session,
                claim,
                value=value,
                reason=reason,
                actor=actions.person_named(session, who or settings.person, now()),
                now=now(),
                holds_for=day,
                evidence=NewEvidence(kind=evidence_kind, address=evidence, note=note) if evidence or note else None,
            )
        _say(database, claim)


@app.command()
def dispute(
    claim: Id,
    ground: Annotated[str, typer.Option("--ground", "--reason", help="What is objected to.", show_default=False)] = "",
    objector: Annotated[str, typer.Option(help="Who objects; empty: the desk itself.", show_default=False)] = "",
    position: Annotated[str, typer.Option(help="What we hold.", show_default=False)] = "",
    evidence: Address = "",
    evidence_kind: Sort = EvidenceKind.REPORT,
    who: As = "",
) -> None:
    """Raise the flag "disputed"; it stands beside the judgment."""
    settings = settings_or_fail()
    with open_database(settings) as database:
        with database.writing() as session:
            actions.dispute(
                session,
                claim,
                ground=ground,
                objector=objector,
                position=position,
                actor=actions.person_named(session, who or settings.person, now()),
                now=now(),
                evidence=NewEvidence(kind=evidence_kind, address=evidence) if evidence else None,
            )
        _say(database, claim)


@app.command()
def resolve(claim: Id, reason: Reason = "", who: As = "") -> None:
    """Take the flag "disputed" down and say how it ended."""
    settings = settings_or_fail()
    with open_database(settings) as database:
        with database.writing() as session:
            actor = actions.person_named(session, who or settings.person, now())
            actions.resolve(session, claim, resolution=reason, actor=actor, now=now())
        _say(database, claim)


@app.command()
def repeats(claim: Id) -> None:
    """Print the known claims that a claim may repeat, with why, as JSON lines; a person confirms by merging."""
    with open_database(settings_or_fail()) as database:
        database_claim(database, claim)
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
                "published_on": _iso(one.published_on),
                "quote": one.quote,
            }
        )
    typer.echo(
        f"{len(found)} suggested; announced {announced.times} times, {announced.other_amount} with another amount.", err=True
    )


def database_claim(database: Database, claim_id: int) -> Claim:
    """A claim by number, or one line and the end."""
    with database.reading() as session:
        claim = queries.claim_for_page(session, claim_id)
    if claim is None:
        fail(f"There is no claim {claim_id}. `beimwort claims list` shows their numbers.")
    return claim


def _say(database: Database, claim_id: int) -> None:
    claim = database_claim(database, claim_id)
    print_row({"id": claim.id, "status": claim.status})


def _show(claim: Claim) -> None:
    finding = claim.finding or claim.findings[-1]
    print_row(
        {
            "id": claim.id,
            "status": claim.status,
            "stage": claim.stage.value,
            "kind": claim.kind.value,
            "quote": claim.quote,
            "score": finding.score,
            "learned_score": finding.learned.score if finding.learned else None,
            "speaker": finding.speaker.name if finding.speaker else None,
            "speaker_faction": finding.speaker_faction,
            "claimant_side": finding.claimant_side and finding.claimant_side.value,
            "amount_min_eur": finding.amount_min_eur,
            "amount_max_eur": finding.amount_max_eur,
            "deadline": _iso(claim.deadline),
            "topic": finding.topic,
            "ranking": finding.ranking,
            "reasons": finding.reasons,
            "rules_version": finding.rules_version,
            "release": {
                "id": claim.release.id,
                "address": claim.release.address,
                "published_on": _iso(claim.release.published_on),
            },
            "history": [
                {
                    "action": decision.action.value,
                    "by": decision.person.name,
                    "reason": decision.reason,
                    "after": decision.after,
                    "holds_for": decision.holds_for.isoformat(),
                    "recorded_at": decision.recorded_at.isoformat(),
                }
                for decision in claim.decisions
            ],
            "evidence": [
                {"kind": e.kind.value, "address": e.address, "note": e.note, "state": e.state.value, "failure": e.failure}
                for e in claim.evidence
            ],
        }
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--holds-for {text!r} is no date; write it as YYYY-MM-DD.", WRONG_CALL)
