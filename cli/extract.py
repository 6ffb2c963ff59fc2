"""`beimwort extract`: the claims of a text; without a database, unless what the desk taught is asked for."""

import gc
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.desk import open_database, settings_or_fail
from cli.output import FAILED, WRONG_CALL, fail, print_row, read_rows, read_text

if TYPE_CHECKING:
    from claims.learned import Learned


def extract(
    file: Annotated[Path | None, typer.Argument(help="Text of a release (UTF-8).", show_default=False)] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help='Rows {"id","text","date","parliament","faction":[...]}, one a line.', show_default=False),
    ] = None,
    day: Annotated[
        str, typer.Option("--date", help="Day of the release, YYYY-MM-DD; deadlines count from it.", show_default="today")
    ] = "",
    faction: Annotated[
        list[str] | None, typer.Option("--faction", help="Faction that signed it; may be repeated.", show_default=False)
    ] = None,
    parliament: Annotated[
        str | None, typer.Option(help="Its parliament, by name or alias (NRW, Bundestag).", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help='Print one object {"claims": [...]}.')] = False,
    learned: Annotated[
        bool, typer.Option("--learned", help="Add learned_score: what the decisions in the desk's database taught.")
    ] = False,
) -> None:
    """Find checkable claims in a German press release and say why.

    Every candidate from score 0.05 on is printed; 0.5 is the score from which the dashboard shows one. Nothing is stored.
    With --learned each claim has a second score beside it; `score` stays the rules' own.

    Example: beimwort extract release.txt --date 2019-11-27 --faction CDU --faction FDP --parliament NRW
    """
    if (file is None) == (jsonl is None):
        fail("Give either a FILE or --jsonl FILE.", WRONG_CALL)
    taught = _taught() if learned else None
    if jsonl is not None:
        _extract_rows(jsonl, taught)
        return
    assert file is not None
    released = _date_of_option(day)
    claims = _claims(read_text(file), released, faction or [], parliament, taught)
    if as_json:
        print_row({"claims": claims})
    else:
        _show(claims)


def _extract_rows(path: Path, taught: "Learned | None") -> None:
    """Print the claims of each row; a bad row is named and the rest goes on."""
    bad = 0
    _claims("", date.min, [], None, None)
    gc.freeze()  # the tables that this has loaded stay: no need to look through them again and again
    for number, row in read_rows(path):
        trouble = row if isinstance(row, str) else _trouble(row)
        if trouble is None and not isinstance(row, str):
            factions = row.get("faction") or []
            released = date.fromisoformat(row["date"])
            names = [factions] if isinstance(factions, str) else factions
            claims = _claims(row["text"], released, names, row.get("parliament"), taught)
            print_row({"id": row["id"], "claims": claims})
            continue
        bad += 1
        typer.echo(trouble if isinstance(row, str) else f"{path}, line {number}: {trouble}", err=True)
    if bad:
        raise typer.Exit(FAILED)


def _trouble(row: dict[str, Any]) -> str | None:
    """What is wrong with a row; None if nothing is."""
    missing = [key for key in ("id", "text", "date") if key not in row]
    if missing:
        return f"the key {missing[0]!r} is missing."
    if not isinstance(row["text"], str):
        return "text must be a string."
    factions = row.get("faction") or []
    if not isinstance(factions, str) and not (isinstance(factions, list) and all(isinstance(name, str) for name in factions)):
        return "faction must be a list of names."
    if not isinstance(row.get("parliament"), str | None):
        return "parliament must be a name."
    try:
        date.fromisoformat(row["date"])
    except (TypeError, ValueError):
        return f"date must be YYYY-MM-DD, not {row['date']!r}."
    return None


def _claims(
    text: str, released: date, factions: list[str], parliament: str | None, taught: "Learned | None"
) -> list[dict[str, Any]]:
    # Imported here: the other commands need not wait for the tables of the language.
    from claims import find_claims  # noqa: PLC0415  the tables of the language take a moment
    from claims.learned import Example  # noqa: PLC0415  as above

    rows = []
    for finding in find_claims(text, released=released, factions=factions, parliament=parliament):
        row = finding.as_row()
        if taught is not None:
            cues = tuple(reason.cue for reason in finding.reasons)
            row["learned_score"] = round(taught.score(Example(finding.quote, finding.kind, finding.score, cues)), 4)
        rows.append(row)
    return rows


def _taught() -> "Learned":
    """The weights in force in the desk's database, or one line and the end."""
    from jobs.learn import learned_in_force  # noqa: PLC0415  only --learned needs the database

    with open_database(settings_or_fail()) as database:
        found = learned_in_force(database)
    if found is None:
        fail("No learned model is in force in the desk's database. `beimwort learn` makes one from its decisions.")
    version, learned = found
    typer.echo(f"learned_score: version {version} of what the desk's decisions taught.", err=True)
    return learned


def _date_of_option(day: str) -> date:
    if not day:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(day)
    except ValueError:
        fail(f"--date {day!r} is no date; write it as YYYY-MM-DD, for example 2019-11-27.", WRONG_CALL)


def _show(claims: list[dict[str, Any]]) -> None:
    for claim in sorted(claims, key=lambda claim: -claim["score"]):
        who = " · ".join(str(part) for part in (claim["speaker"], claim["speaker_faction"], claim["claimant_side"]) if part)
        learned = f" (learned {claim['learned_score']:.2f})" if "learned_score" in claim else ""
        typer.echo(f"{claim['score']:.2f}{learned}  {claim['kind']}  {who}")
        typer.echo(f"      {claim['quote']}")
        facts = [
            f"{name} {claim[name]}"
            for name in ("amount_min_eur", "amount_max_eur", "deadline", "topic")
            if claim[name] is not None
        ]
        if facts:
            typer.echo(f"      {', '.join(facts)}")
        typer.echo("      " + "; ".join(f"{r['cue']} “{r['text']}” {r['weight']:+.1f}" for r in claim["reasons"]) + "\n")
    if not claims:
        typer.echo("No claims found.", err=True)
