"""`beimwort sources`: which press pages are watched, and whether their declarations work."""

import asyncio
from typing import Annotated, Any

import typer

from cli import health
from cli.desk import now, settings_or_fail
from cli.output import fail, print_row
from models.words import SnapshotPurpose
from scrapers.declaration import SHIPPED, Source, SourceError, load_sources
from scrapers.fetch import Fetcher, FetchError
from scrapers.listing import read_list
from scrapers.page import SelectorError
from scrapers.read import ReadError, read_release
from settings.config import Settings

app = typer.Typer(no_args_is_help=True, help="Which press pages are watched, and whether their declarations work.")
app.command()(health.health)
app.command()(health.pause)
app.command()(health.resume)
app.command()(health.acknowledge)
PREVIEW = 3


def declared_sources(settings: Settings) -> dict[str, Source]:
    """All declarations, shipped and own, or one line and the end."""
    try:
        return load_sources(SHIPPED, settings.own_sources)
    except SourceError as error:
        fail(str(error))


@app.command("list")
def list_sources() -> None:
    """Print the declared sources as JSON lines."""
    for key, source in declared_sources(settings_or_fail()).items():
        print_row(
            {
                "key": key,
                "name": source.name,
                "parliament": source.parliament,
                "factions": list(source.factions),
                "home": source.home,
                "verified": source.verified,
            }
        )


@app.command()
def check(key: Annotated[str, typer.Argument(help="Key of the source, as listed.", show_default=False)]) -> None:
    """Visit a source live, read its list and its three newest releases, and print what was found. Nothing is stored."""
    settings = settings_or_fail()
    sources = declared_sources(settings)
    if key not in sources:
        fail(f"There is no source {key!r}. Declared are: {', '.join(sources)}.")
    rows = asyncio.run(_check(settings, sources[key]))
    for row in rows:
        print_row(row)
    if any("error" in row for row in rows) or not rows:
        fail(f"{key}: the declaration does not work; the rows above say where.")


async def _check(settings: Settings, source: Source) -> list[dict[str, Any]]:
    async with Fetcher(settings) as fetcher:
        rows: list[dict[str, Any]] = []
        for declared in source.lists:
            try:
                page = read_list(await fetcher.get(declared.address, SnapshotPurpose.LIST, now()), declared)
            except (FetchError, SelectorError, ReadError) as error:
                rows.append({"list": declared.address, "error": str(error)})
                continue
            rows.append({"list": declared.address, "items": len(page.entries), "next": page.next})
            rows += [await _preview(fetcher, source, entry.address) for entry in page.entries[:PREVIEW]]
        return rows


async def _preview(fetcher: Fetcher, source: Source, address: str) -> dict[str, Any]:
    try:
        version = read_release(await fetcher.get(address, SnapshotPurpose.RELEASE, now()), source, now())
    except (FetchError, SelectorError, ReadError) as error:
        return {"release": address, "error": str(error)}
    return {
        "release": address,
        "title": version.title,
        "date": version.published_on.isoformat() if version.published_on else None,
        "characters": len(version.text),
    }
