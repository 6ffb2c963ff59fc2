"""`beimwort collect --since`: the archive of a source, with a bar that says how far it is and how long it may take."""

import time
from datetime import date

from rich.progress import Progress, TaskID

from cli.output import WRONG_CALL, fail, print_row, progress_bar
from jobs.back_fill import BackFilled, back_fill
from jobs.desk import Desk
from jobs.estimate import Standing
from models import Run
from scrapers.fetch import Fetcher
from scrapers.trouble import lasting

MOST_PAGES = 500


def day_or_fail(text: str) -> date:
    """The day of an option, or one line and the end."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--since {text!r} is no date; write it as YYYY-MM-DD, for example 2017-01-01.", WRONG_CALL)


async def back_fill_all(desk: Desk, keys: list[str], since: date | None, pages: int, *, dry_run: bool) -> list[Run]:
    """Back-fill sources one after the other, a line each."""
    runs = []
    async with Fetcher(desk.settings) as fetcher:
        # The estimate stands in the description: the bar's own would take all pages for alike.
        with progress_bar(estimate=False) as bar:
            for key in keys:
                show = _Shown(bar, bar.add_task(key, total=pages), key)
                done = await back_fill(desk, fetcher, key, since=since, pages=pages, dry_run=dry_run, progress=show)
                bar.update(show.task, description=key, completed=done.standing.pages, total=done.standing.pages or 1)
                print_row(_row(key, done, dry_run=dry_run))
                runs.append(done.run)
    return runs


class _Shown:
    """Shows where a back-fill stands."""

    def __init__(self, bar: Progress, task: TaskID, key: str) -> None:
        self.bar, self.task, self.key = bar, task, key
        self.began = time.monotonic()

    def __call__(self, standing: Standing) -> None:
        left = standing.seconds_left(time.monotonic() - self.began)
        reached = f", back to {standing.reached.isoformat()}" if standing.reached else ""
        said = f"{self.key}: {standing.releases} releases{reached}, about {lasting(left)} left; list pages"
        total = standing.pages + round(standing.pages_left())
        self.bar.update(self.task, description=said, completed=standing.pages, total=max(total, 1))


def _row(key: str, done: BackFilled, *, dry_run: bool) -> dict[str, object]:
    standing, run = done.standing, done.run
    return {
        "source": key,
        "outcome": "dry_run" if dry_run and done.ended != "trouble" else run.outcome.value,
        "ended": done.ended,
        "list_pages": standing.pages,
        "list_pages_fetched": standing.pages_fetched,
        "releases": standing.releases,
        "new": run.new,
        "failed": run.failed,
        "claims": run.claims,
        "reached": standing.reached.isoformat() if standing.reached else None,
        "seconds_at_least": round(standing.pause * standing.releases) if dry_run else None,
        "trouble": run.trouble if done.ended == "trouble" or not dry_run else None,
    }
