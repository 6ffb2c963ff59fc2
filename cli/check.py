"""`beimwort sources check`: what a declaration reads from its site now; rows for scripts, tables for people."""

import asyncio
import sys
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from cli.desk import now, settings_or_fail
from cli.output import fail, people, print_row
from models import Snapshot
from models.words import SnapshotPurpose
from scrapers.content import doubt_about
from scrapers.declaration import SHIPPED, ListDeclaration, Source, SourceError, load_sources
from scrapers.fetch import Fetcher, FetchError
from scrapers.listing import ListPage, ListRequest, first_request, following
from scrapers.page import SelectorError
from scrapers.pool import list_in_child, read_in_child
from scrapers.read import ReadError
from settings.config import Settings

PREVIEW = 3
SUCCESS = 200
TROUBLES = (FetchError, SelectorError, ReadError)
Row = dict[str, Any]


def declared_sources(settings: Settings) -> dict[str, Source]:
    """All declarations, shipped and own, or one line and the end."""
    try:
        return load_sources(SHIPPED, settings.own_sources)
    except SourceError as error:
        fail(str(error))


def check(key: Annotated[str, typer.Argument(help="Key of the source, as listed.", show_default=False)]) -> None:
    """Visit a source live, read its lists and three of its newest releases, and show what was found. Nothing is stored.

    Prints a JSON line for each list and release; on a terminal also tables, with what each field was read from.
    """
    settings = settings_or_fail()
    sources = declared_sources(settings)
    if key not in sources:
        fail(f"There is no source {key!r}. Declared are: {', '.join(sources)}.")
    rows = asyncio.run(_check(settings, sources[key]))
    if sys.stderr.isatty():
        for table in tables(rows):
            people.print(table)
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        for row in rows:
            print_row(row)
    if any("error" in row for row in rows) or not rows:
        fail(f"{key}: the declaration does not work; the rows above say where.")


def tables(rows: list[Row]) -> list[Table]:
    """The rows as tables for people: one of the lists, one of the releases. Foreign text is never markup."""
    lists = Table("list", "kind", "items", "with title", "with day", "goes on at", title="Lists", title_justify="left")
    releases = Table("release", "title", "date", "characters", "read from", title="Releases", title_justify="left")
    for row in rows:
        if "list" in row:
            names = ("kind", "items", "titles", "days", "next")
            lists.add_row(*_cells([row["list"], *_values(row, names)]))
        else:
            read_from = "\n".join(f"{name}: {origin}" for name, origin in row.get("origins", {}).items())
            releases.add_row(*_cells([row["release"], *_values(row, ("title", "date", "characters")), read_from]))
    return [table for table in (lists, releases) if table.row_count]


def _values(row: Row, names: tuple[str, ...]) -> list[Any]:
    """The values of a row; of one that failed only why, beside the address."""
    return [row["error"], *[""] * (len(names) - 1)] if "error" in row else [row[name] for name in names]


def _cells(values: list[Any]) -> list[Text]:
    return [Text("–" if value is None else str(value)) for value in values]


async def _check(settings: Settings, source: Source) -> list[Row]:
    async with Fetcher(settings) as fetcher:
        lists: list[Row] = []
        newest: dict[str, None] = {}
        for declared in source.lists:
            row, addresses = await _list(fetcher, declared)
            lists.append(row)
            newest = newest or dict.fromkeys(addresses)
        return [*lists, *[await _release(fetcher, source, address) for address in list(newest)[:PREVIEW]]]


async def _list(fetcher: Fetcher, declared: ListDeclaration) -> tuple[Row, list[str]]:
    """What the first page of a list holds; of an index of sitemaps that of its newest part."""
    request = first_request(declared)
    try:
        page = await _page(fetcher, declared, request)
        if page.parts:
            request = next(following(declared, request, page))
            page = await _page(fetcher, declared, request)
    except TROUBLES as error:
        return {"list": declared.address, "kind": declared.kind, "error": str(error)}, []
    after = next(following(declared, request, page), None)
    row = {
        "list": declared.address,
        "kind": declared.kind,
        "items": len(page.entries),
        "titles": sum(bool(entry.title) for entry in page.entries),
        "days": sum(entry.day is not None for entry in page.entries),
        "next": after.archived_as if after else None,
    }
    return row, [entry.address for entry in page.entries]


async def _page(fetcher: Fetcher, declared: ListDeclaration, request: ListRequest) -> ListPage:
    packed = declared.kind == "sitemap"
    snapshot = await fetcher.get(request.address, SnapshotPurpose.LIST, now(), form=request.form, packed=packed)
    _require_page(snapshot)
    return await asyncio.to_thread(list_in_child, snapshot, declared, request.number)


async def _release(fetcher: Fetcher, source: Source, address: str) -> Row:
    try:
        snapshot = await fetcher.get(address, SnapshotPurpose.RELEASE, now())
        _require_page(snapshot)
        version = await asyncio.to_thread(read_in_child, snapshot, source, now())
    except TROUBLES as error:
        return {"release": address, "error": str(error)}
    return {
        "release": address,
        "title": version.title,
        "date": version.published_on.isoformat() if version.published_on else None,
        "characters": len(version.text),
        "origins": version.origins,
    }


def _require_page(snapshot: Snapshot) -> None:
    """Raises `ReadError` for an answer that is no page of the source, whatever a selector may find in it."""
    if snapshot.status != SUCCESS:
        raise ReadError(f"{snapshot.address} answered with status {snapshot.status}.")
    if doubt := doubt_about(snapshot.content):
        raise ReadError(doubt.about(snapshot.address).replace("It is kept in the archive and not read; look", "Look"))
