"""`beimwort archive`: hand the archive on as WARC, and look at every stored byte."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID
from yarl import URL

from cli.desk import now, open_database, settings_or_fail
from cli.output import FAILED, WRONG_CALL, fail, people, print_row, progress_bar
from jobs.archive.export import ExportError, export_warc
from jobs.archive.verify import verify_archive, verify_warc
from models.days import GERMANY
from models.queries import Choice
from scrapers.declaration import SHIPPED, SourceError, load_sources
from settings.config import Settings

app = typer.Typer(no_args_is_help=True, help="Hand the archive on as WARC, and verify every stored byte.")


@app.command()
def export(
    warc: Annotated[Path, typer.Option(help="File to write, ending in .warc.gz.")],
    source: Annotated[
        str, typer.Option(help="Only what was had from this source: lists, releases, unread pages.", show_default=False)
    ] = "",
    since: Annotated[str, typer.Option(help="Only what was had on or after this day (YYYY-MM-DD).", show_default=False)] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write every page as it was served into a WARC/1.1 file, which other archives and replay tools read.

    The file appears under its name when it is whole. Ends with status 1 if a damaged page had to be left out.

    Example: beimwort archive export --warc 2024.warc.gz --since 2024-01-01
    """
    if not warc.name.endswith(".warc.gz"):
        fail(f"{warc} does not end in .warc.gz.", WRONG_CALL)
    settings = settings_or_fail()
    choice = Choice(source_key=source or None, sites=_sites(settings, source) if source else (), since=_moment(since))
    with open_database(settings) as database, progress_bar() as bar:
        task = bar.add_task("Writing", total=None)
        try:
            done = export_warc(
                database,
                settings,
                warc,
                choice,
                now(),
                force=force,
                progress=lambda n, total: bar.update(task, completed=n, total=total),
            )
        except ExportError as error:
            fail(str(error))
    print_row(
        {
            "file": str(warc),
            "snapshots": done.snapshots,
            "revisits": done.revisits,
            "bytes": done.bytes,
            "damaged": len(done.damaged),
        }
    )
    for message in done.damaged:
        people.print(message, markup=False)
    if done.damaged:
        raise typer.Exit(FAILED)


@app.command()
def verify(
    file: Annotated[
        Path | None, typer.Argument(help="A WARC file to compare with the archive; none: the archive itself.", show_default=False)
    ] = None,
) -> None:
    """Look at every stored byte. Prints one line for each damage and a summary; ends with status 1 if there is any.

    Without a file: bodies against their hashes and sizes, snapshots without a body, versions without a page or whose words it
    does not hold. With one: whether it can be read, its digests, and whether it holds each snapshot it was written for.
    """
    found: dict[str, int] = {}
    with open_database(settings_or_fail()) as database, progress_bar() as bar:
        shown = _shown(bar)
        try:
            for damage in verify_archive(database, shown) if file is None else verify_warc(database, file, shown):
                found[damage.kind] = found.get(damage.kind, 0) + 1
                print_row(asdict(damage))
        except OSError as error:
            fail(f"Cannot read {file}: {error.strerror}.")
    print_row({"verified": "archive" if file is None else str(file), "damaged": sum(found.values()), "kinds": found})
    if found:
        raise typer.Exit(FAILED)


def _shown(bar: Progress) -> Callable[[str, int, int], None]:
    """A bar for each thing that is looked at."""
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)

    return show


def _sites(settings: Settings, key: str) -> tuple[str, ...]:
    """The sites on which a declared source lists, as beginnings of addresses."""
    try:
        sources = load_sources(SHIPPED, settings.own_sources)
    except SourceError as error:
        fail(str(error))
    if key not in sources:
        fail(f"There is no source {key!r}. Declared are: {', '.join(sources)}.")
    declared = sources[key]
    return tuple(sorted({str(URL(address).origin()) for address in (declared.home, *(one.address for one in declared.lists))}))


def _moment(day: str) -> datetime | None:
    """The beginning of a day in Germany."""
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), GERMANY)
    except ValueError:
        fail(f"{day!r} is no day; write it as 2024-05-31.", WRONG_CALL)
