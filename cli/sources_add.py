"""`beimwort sources add`: from the address of a press page to a declaration that works, shown before it is written."""

import asyncio
import sys
from datetime import datetime
from typing import Annotated

import typer

from cli.check import declared_sources
from cli.desk import now, settings_or_fail
from cli.discovered import show_discovery
from cli.output import WRONG_CALL, fail, people, print_row
from jobs.demo.sources import demo_record
from jobs.discover import DiscoverError, Discovery, discover
from jobs.discover.write import write_source
from models.days import day_of
from scrapers.discover.declare import Names
from scrapers.discover.names import (
    KEY,
    LONGEST_KEY,
    factions_known,
    guess_factions,
    guess_key,
    guess_parliament,
    parliaments_known,
)
from scrapers.fetch import Fetcher
from settings.config import Settings
from settings.reference import Record, shipped_record


def add(
    url: Annotated[
        str, typer.Argument(help="Address of a press page, of the home page of a faction, or of a feed.", show_default=False)
    ],
    key: Annotated[
        str, typer.Option(help="Key of the source; without it, made of faction and parliament.", show_default=False)
    ] = "",
    name: Annotated[str, typer.Option(help="What the source is called.", show_default=False)] = "",
    parliament: Annotated[str, typer.Option(help="Parliament, by name or alias.", show_default=False)] = "",
    faction: Annotated[list[str] | None, typer.Option(help="Faction; may be repeated.", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what was found.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a declaration that has this key.")] = False,
) -> None:
    """Find out how a press page can be collected, show it with three releases as they are read, and write the declaration.

    Looks for the list and its next page, a feed that checks it, and what holds title, day and text of a release. Nothing is
    written unless you agree (or say --yes). The declaration and the pages it was made from go to `sources/` in the data folder.
    """
    settings = settings_or_fail()
    if key and not (KEY.fullmatch(key) and len(key) <= LONGEST_KEY):
        fail(f"{key!r} is no key: lower case letters, digits and single hyphens, for example spd-nrw.", WRONG_CALL)
    address = url.strip() if "://" in url else f"https://{url.strip()}"
    taken = set(declared_sources(settings))
    if key in taken and not force and not dry_run:
        fail(f"There is a source {key!r} already. Choose another --key, or replace it with --force.")
    moment = now()
    try:
        discovery = asyncio.run(_discover(settings, address, moment))
    except DiscoverError as error:
        fail(str(error))
    record = demo_record() if settings.demo else shipped_record()
    show_discovery(discovery)
    if dry_run:
        return
    names = _names(record, discovery, moment, name=name, parliament=parliament, factions=tuple(faction or ()))
    key = key or guess_key(record, names.factions, names.parliament)
    if key in taken and not force:
        fail(f"There is a source {key!r} already. Choose another --key, or replace it with --force.")
    people.print(f"\n{names.name}: factions {', '.join(names.factions)} in {names.parliament}, key {key}", markup=False)
    if not yes and not _agreed():
        fail("Nothing was written.")
    path = write_source(settings, key, discovery, names, moment)
    print_row({"key": key, "path": str(path), "verified": discovery.is_proven, "previewed": len(discovery.previews)})
    people.print(f"Written to {path}. Next: beimwort sources check {key}, then: beimwort collect {key}", markup=False)


async def _discover(settings: Settings, address: str, moment: datetime) -> Discovery:
    async with Fetcher(settings) as fetcher:
        return await discover(fetcher, address, moment, lambda line: people.print(line, markup=False, style="dim"))


def _names(
    record: Record, discovery: Discovery, moment: datetime, *, name: str, parliament: str, factions: tuple[str, ...]
) -> Names:
    """Whose releases they are: as given, or as the record tells from host and title; what nobody says is asked for."""
    address = discovery.found.home
    where = record.parliament(parliament) or guess_parliament(record, address, discovery.title)
    if where is None:
        known = ", ".join(parliaments_known(record, day_of(moment)))
        where = record.parliament(_asked("--parliament", "Which parliament is it?", known))
    assert where is not None, "an empty answer is asked for again"
    who = tuple(record.faction(one) for one in factions) or guess_factions(record, address, discovery.title, where)
    if not who:
        known = ", ".join(factions_known(record, where))
        who = tuple(record.faction(one) for one in _asked("--faction", "Which faction is it?", known).split(",") if one.strip())
    if where not in parliaments_known(record, day_of(moment)):
        people.print(
            f"Note: the public record knows no parliament {where!r}; government and opposition stay unknown.", markup=False
        )
    strange = [one for one in who if not record.is_faction(one)]
    if strange:
        people.print(f"Note: the public record knows no faction {', '.join(strange)}.", markup=False)
    return Names(name=name or f"{'/'.join(who)}-Fraktion, {where}", parliament=where, factions=who)


def _asked(option: str, question: str, known: str) -> str:
    """A person's answer; where nobody can be asked, one line and the end."""
    if not sys.stdin.isatty():
        fail(f"Neither host nor title of the page says it: give {option}. Known are: {known}.", WRONG_CALL)
    people.print(f"Known are: {known}", markup=False)
    answer: str = typer.prompt(question, err=True)
    return answer


def _agreed() -> bool:
    try:
        return typer.confirm("Write this declaration?", err=True)
    except typer.Abort:
        fail("Nothing was written: nobody answered. Add --yes to write without asking.")
