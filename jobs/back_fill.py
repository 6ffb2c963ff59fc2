"""Back-fill: going down a source's lists beyond what an ordinary run reads, and visiting what is unknown. Nobody is told singly.

Where it stood is known from the archive: known releases are not visited again, and list pages that were archived since an
unfinished back-fill began are read from there. So it can be killed at any line, and the next call goes on.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from yarl import URL

from jobs.desk import Desk
from jobs.estimate import Standing
from jobs.lists import Known
from jobs.visit import visit
from jobs.walk import TROUBLES, Note, Walk, kind_of
from models import Run, SourceState, actions, queries
from models.words import NoticeEvent, Outcome
from notifications.messages import history_message
from notifications.outbox import write_notices
from scrapers.declaration import ListDeclaration, Source
from scrapers.fetch import Fetcher, FetchError
from scrapers.listing import Entry, ListPage
from scrapers.politeness import host_of
from scrapers.trouble import outcome_of

GOES_ON_FOR = timedelta(days=7)  # an older unfinished back-fill begins anew: its list pages have moved on
SUSPECT_SHARE = 0.2  # of the visits failed: a person should look, and the next call tries them again

Progress = Callable[[Standing], None]


@dataclass
class BackFilled:
    """How far a back-fill came: `ended` says why it stopped (since, pages, end or trouble)."""

    run: Run
    standing: Standing
    ended: str


@dataclass
class _BackFill:
    desk: Desk
    fetcher: Fetcher
    source: Source
    key: str
    since: date | None
    most_pages: int
    dry_run: bool
    progress: Progress
    run_id: int
    earlier: queries.Unfinished | None
    known: Known
    standing: Standing
    troubles: list[Exception] = field(default_factory=list)


async def back_fill(
    desk: Desk,
    fetcher: Fetcher,
    key: str,
    *,
    since: date | None,
    pages: int,
    dry_run: bool = False,
    progress: Progress = lambda _standing: None,
) -> BackFilled:
    """Go down the list of a source to a day or a number of list pages, visiting what is unknown. Never raises for the site.

    The walk ends with a page whose entries are all older than `since`, by the list's own days or those that were read; entries
    without a day never end it. With `dry_run` only the list is read: what would be fetched is counted, nothing is visited; the
    run stays unfinished, so that the real one takes the list pages from the archive.
    """
    now = desk.clock()
    with desk.database.writing() as session:
        earlier = queries.unfinished_back_fill(session, key, now - GOES_ON_FOR)
        run_id = actions.start_run(session, queries.BACK_FILL, now, key).id
        known = Known(queries.known_addresses(session, key))
    pause = fetcher.politeness.pause_at(host_of(URL(desk.sources[key].lists[0].address)))
    one = _BackFill(
        desk=desk,
        fetcher=fetcher,
        source=desk.sources[key],
        key=key,
        since=since,
        most_pages=pages,
        dry_run=dry_run,
        progress=progress,
        run_id=run_id,
        earlier=earlier,
        known=known,
        standing=Standing(most_pages=pages, since=since, pause=pause),
    )
    try:
        ended = await _go_down(one)
    except asyncio.CancelledError:
        _end(one, Outcome.ABORTED, "The back-fill was cut short; the next one goes on where it stopped.")
        raise
    return BackFilled(_conclude(one, ended), one.standing, ended)


async def _go_down(one: _BackFill) -> str:
    """Read the first list that works, those first that go on; gives why it ended."""
    for declared in sorted(one.source.lists, key=lambda declared: not declared.goes_on):
        walk = Walk(one.desk, one.fetcher, declared, archived_since=one.earlier.since if one.earlier else None)
        try:
            return await _down(one, walk, declared)
        except TROUBLES as error:
            one.troubles.append(error)
            _note(one, Note(kind_of(error), str(error), declared.address, failed=True))
            if walk.pages:
                return "trouble"
        finally:
            for note in walk.notes:
                _note(one, note)
    return "trouble"


async def _down(one: _BackFill, walk: Walk, declared: ListDeclaration) -> str:
    while walk.pages < one.most_pages:
        page = await walk.next_page()
        if page is None:
            return "end"
        # Of a sitemap each part is read: they are not in the order of their days.
        if await _take(one, walk, page) and declared.kind != "sitemap":
            return "since"
    return "pages"


async def _take(one: _BackFill, walk: Walk, page: ListPage) -> bool:
    """Visit what is unknown on a page, the oldest first; gives whether everything with a day is older than is wanted."""
    wanted = [entry for entry in page.entries if entry.address not in one.known and not _is_older(one, entry.day)]
    standing = one.standing
    standing.pages, standing.pages_fetched, standing.waiting = walk.pages, walk.fetched, len(wanted)
    one.progress(standing)
    for entry in reversed(wanted):
        if not one.dry_run:
            await _visit(one, entry)
            one.progress(standing)
        standing.releases += 1
        standing.waiting -= 1
    days = _days(one, page.entries)
    if days:
        standing.newest = max([*days, standing.newest] if standing.newest else days)
        standing.reached = min([*days, standing.reached] if standing.reached else days)
    one.progress(standing)
    return bool(days) and all(_is_older(one, day) for day in days)


async def _visit(one: _BackFill, entry: Entry) -> None:
    try:
        await visit(one.desk, one.fetcher, one.source, entry.address, key=one.key, run_id=one.run_id, baseline=True)
    except TROUBLES as error:
        if isinstance(error, FetchError) and error.host:
            raise  # the whole host: nothing else of it is asked for in vain
        one.standing.failed += 1
        one.troubles.append(error)
        _note(one, Note(kind_of(error), str(error), entry.address, failed=True))


def _days(one: _BackFill, entries: tuple[Entry, ...]) -> list[date]:
    """The days of some entries: as read, else as the list says; those without are left out."""
    with one.desk.database.reading() as session:
        read = queries.release_days(session, one.key, [entry.address for entry in entries])
    days = (read.get(entry.address) or entry.day for entry in entries)
    return [day for day in days if day is not None]


def _is_older(one: _BackFill, day: date | None) -> bool:
    return day is not None and one.since is not None and day < one.since


def _note(one: _BackFill, note: Note) -> None:
    with one.desk.database.writing() as session:
        run = session.get_one(Run, one.run_id)
        run.failed += note.failed
        actions.note_issue(session, run.id, kind=note.kind, message=note.message, at=one.desk.clock(), address=note.address)


def _conclude(one: _BackFill, ended: str) -> Run:
    standing = one.standing
    if ended == "trouble":
        outcome = outcome_of([kind_of(error) for error in one.troubles])
        return _end(one, outcome, f"The back-fill stopped: {one.troubles[-1]} The next call goes on where it stopped.")
    if one.dry_run:
        return _end(one, Outcome.ABORTED, "This was a dry run; the real one takes the list pages from the archive.")
    if standing.failed > standing.releases * SUSPECT_SHARE:
        said = f"{standing.failed} of {standing.releases} pages could not be read; the first issue says why."
        return _end(one, Outcome.SUSPECT, said)
    return _end(one, None, None)


def _end(one: _BackFill, outcome: Outcome | None, trouble: str | None) -> Run:
    """Close the run; what a back-fill that came to its end brought is told in one summary, with what its cut-short parts did."""
    now = one.desk.clock()
    with one.desk.database.writing() as session:
        run = session.get_one(Run, one.run_id)
        run.listed = one.standing.pages
        good = Outcome.OK_NEW if run.new or run.changed else Outcome.OK_UNCHANGED
        ended = actions.end_run(session, run.id, outcome or good, now, trouble)
        releases = run.new + (one.earlier.new if one.earlier else 0)
        claims = run.claims + (one.earlier.claims if one.earlier else 0)
        if outcome is None and releases:
            message = history_message(session.get_one(SourceState, one.key), releases, claims, one.desk.settings)
            subject = f"{one.key}:{run.id}"
            write_notices(session, one.desk.settings, event=NoticeEvent.BASELINE, subject_key=subject, message=message, now=now)
    return ended
