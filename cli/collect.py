"""`beimwort collect` and `beimwort reread`: one pass by hand, with a progress bar."""

import asyncio
from datetime import date
from typing import Annotated

import typer
from rich.progress import TaskID

from cli.back_fill import MOST_PAGES, back_fill_all, day_or_fail
from cli.desk import now, settings_or_fail
from cli.output import FAILED, fail, people, print_row, progress_bar
from jobs.collect import collect as collect_source
from jobs.desk import Desk, open_desk
from jobs.lock import WorkerRunningError, worker_lock
from jobs.reread import UnknownRulesVersion
from jobs.reread import reread as reread_archive
from models import DatabaseError, Run, actions, queries
from models.words import Outcome
from scrapers.declaration import SourceError
from scrapers.fetch import Fetcher

GOOD = frozenset({Outcome.OK_NEW, Outcome.OK_UNCHANGED})


def collect(
    source: Annotated[list[str] | None, typer.Argument(help="Keys of sources; none: all.", show_default=False)] = None,
    since: Annotated[
        str, typer.Option("--since", help="Back-fill: go down the lists to this day, YYYY-MM-DD.", show_default=False)
    ] = "",
    pages: Annotated[
        int | None, typer.Option("--pages", min=1, help="Back-fill: list pages at most, per source.", show_default="500")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Back-fill: read the lists only and say what would be fetched.")
    ] = False,
) -> None:
    """Collect sources now: list, fetch, archive, read, find claims. Prints one JSON line per source.

    Without keys, paused sources are left out. The first run of a source is its baseline. Ends with status 1 if a source failed,
    after all of them ran.

    With --since, --pages or --dry-run it is a back-fill: lists are read beyond what an ordinary run reads, until a page names
    only what is older, and nobody is told of a release singly. It can be stopped at any time; the next call goes on.

    Example: beimwort collect --since 2017-01-01 --pages 500 gruene-nrw
    """
    desk = _desk()
    day = day_or_fail(since) if since else None
    unknown = [key for key in source or () if key not in desk.sources]
    if unknown:
        fail(f"There is no source {unknown[0]!r}. Declared are: {', '.join(desk.sources)}.")
    try:
        with worker_lock(desk.database):
            with desk.database.writing() as session:
                actions.abort_unfinished_runs(session)
            keys = source or _not_paused(desk)
            if since or pages is not None or dry_run:
                runs = asyncio.run(back_fill_all(desk, keys, day, pages or MOST_PAGES, dry_run=dry_run))
            else:
                runs = asyncio.run(_collect_all(desk, keys))
    except WorkerRunningError:
        fail("A worker already serves this database and collects on schedule; ask it on the Sources page, or stop it first.")
    except DatabaseError as error:
        fail(str(error))
    bad = [run for run in runs if run.outcome not in GOOD and not (dry_run and run.outcome is Outcome.ABORTED)]
    for run in bad:
        people.print(f"{run.source_key}: {run.trouble}", markup=False)
    if bad:
        raise typer.Exit(FAILED)


def _not_paused(desk: Desk) -> list[str]:
    """The sources to be collected where none is named."""
    with desk.database.reading() as session:
        paused = [key for key in desk.sources if queries.is_paused(session, key, now())]
    for key in paused:
        people.print(f"{key} is paused and left out; name it to collect it all the same.", markup=False)
    return [key for key in desk.sources if key not in paused]


async def _collect_all(desk: Desk, keys: list[str]) -> list[Run]:
    runs = []
    async with Fetcher(desk.settings) as fetcher:
        with progress_bar() as bar:
            for key in keys:
                task = bar.add_task(key, total=None)

                def show(done: int, total: int, task: TaskID = task) -> None:
                    bar.update(task, completed=done, total=total)

                run = await collect_source(desk, fetcher, key, progress=show)
                bar.update(task, completed=run.fetched, total=run.fetched or 1)
                print_row(
                    {
                        "source": key,
                        "outcome": run.outcome.value,
                        "listed": run.listed,
                        "fetched": run.fetched,
                        "new": run.new,
                        "changed": run.changed,
                        "failed": run.failed,
                        "claims": run.claims,
                        "trouble": run.trouble,
                    }
                )
                runs.append(run)
    return runs


def reread(
    since: Annotated[
        str,
        typer.Option(
            help="Compare with what the rules of this version had found; default: with the lists as they are.", show_default=False
        ),
    ] = "",
) -> None:
    """Read the archive anew with today's rules, without the network. What people decided stays as it is; nobody is told.

    Prints one line a claim that is seen differently (found, withdrawn or changed, with the fields before and after), and a
    summary as the last line.

    Example: beimwort reread --since 1
    """
    desk = _desk()
    try:
        with progress_bar() as bar:
            task = bar.add_task("Reading", total=None)
            done = reread_archive(desk, since=since or None, progress=lambda n, total: bar.update(task, completed=n, total=total))
    except (DatabaseError, UnknownRulesVersion) as error:
        fail(str(error))
    for change in done.changes:
        fields = {name: [_plain(before), _plain(after)] for name, (before, after) in change.fields.items()}
        print_row({"claim": change.claim, "what": change.what, "quote": change.quote, "fields": fields})
    print_row(
        {
            "releases": done.releases,
            "new_versions": done.versions,
            "new_claims": done.claims,
            "withdrawn": done.withdrawn,
            "changed": sum(change.what == "changed" for change in done.changes),
            "failed": done.failed,
        }
    )
    if done.failed:
        raise typer.Exit(FAILED)


def _desk() -> Desk:
    try:
        return open_desk(settings_or_fail())
    except (DatabaseError, SourceError) as error:
        fail(str(error))


def _plain(value: object) -> object:
    """A value of a finding as JSON writes it."""
    return value.isoformat() if isinstance(value, date) else value
