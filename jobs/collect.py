"""One pass over one source: read its list, visit what is new and what is due again, write the run log."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from jobs.desk import Desk
from jobs.visit import VisitError, visit
from models import Run, actions, queries
from models.words import NoticeEvent, Outcome, SnapshotPurpose
from notifications.messages import baseline_message
from notifications.outbox import write_notices
from scrapers.declaration import ListDeclaration, Source
from scrapers.fetch import Fetcher, FetchError
from scrapers.listing import ListPage, read_list
from scrapers.page import SelectorError
from scrapers.read import ReadError

SUSPECT_SHARE = 0.2  # of the visits failed: the run is looked at by a person and is no baseline
SUCCESS = 200

# Called with (done, all) after each release; for progress bars.
Progress = Callable[[int, int], None]


class ListError(Exception):
    """No list of the source could be read; the message says why for each."""


@dataclass
class _Pass:
    """The state of one pass."""

    desk: Desk
    fetcher: Fetcher
    source: Source
    key: str
    run_id: int
    baseline: bool


async def collect(desk: Desk, fetcher: Fetcher, key: str, *, progress: Progress | None = None) -> Run:
    """Collect one declared source and give its run. Never raises for what the site does: that ends in the run and its issues.

    It can be killed at any line: every release is one transaction, and the next pass goes on where this one stopped.
    """
    source = desk.sources[key]
    with desk.database.writing() as session:
        run_id = actions.start_run(session, "collect", desk.clock(), key).id
        baseline = queries.baseline_is_open(session, key)
    current = _Pass(desk=desk, fetcher=fetcher, source=source, key=key, run_id=run_id, baseline=baseline)
    try:
        return await _collect(current, progress)
    except asyncio.CancelledError:
        _end(current, Outcome.ABORTED, "The run was cut short; the next one goes on where it stopped.")
        raise


async def _collect(current: _Pass, progress: Progress | None) -> Run:
    try:
        addresses = await _addresses(current)
    except ListError as error:
        return _end(current, Outcome.FAILED, str(error))
    failed = 0
    for done, address in enumerate(addresses, 1):
        try:
            await _visit(current, address)
        except (FetchError, SelectorError, ReadError, VisitError) as error:
            failed += 1
            _note(current, _kind(error), str(error), address)
        if progress is not None:
            progress(done, len(addresses))
    if failed and failed == len(addresses):
        return _end(current, Outcome.FAILED, f"None of {failed} pages could be read; the first issue says why.")
    if failed > len(addresses) * SUSPECT_SHARE:
        return _end(current, Outcome.SUSPECT, f"{failed} of {len(addresses)} pages could not be read.")
    return _end(current, None, None)


async def _visit(current: _Pass, address: str) -> None:
    await visit(
        current.desk, current.fetcher, current.source, address, key=current.key, run_id=current.run_id, baseline=current.baseline
    )


async def _addresses(current: _Pass) -> list[str]:
    """What is to be visited, the oldest first: everything listed that is not known, and known releases whose visit is due."""
    listed: list[str] = []
    troubles: list[str] = []
    for declared in current.source.lists:
        try:
            listed = await _listed(current, declared)
            break
        except (FetchError, SelectorError, ReadError, VisitError) as error:
            troubles.append(str(error))
            _note(current, _kind(error), str(error), declared.address)
    else:
        raise ListError(troubles[0] if len(troubles) == 1 else "No list could be read: " + " | ".join(troubles))
    now = current.desk.clock()
    with current.desk.database.writing(visible=False) as session:
        session.get_one(Run, current.run_id).listed = len(listed)
        known = queries.known_addresses(session, current.key)
        due = queries.due_releases(session, current.key, now)
    new = [address for address in reversed(listed) if address not in known]
    return [*new, *due]


async def _listed(current: _Pass, declared: ListDeclaration) -> list[str]:
    """Addresses on the list pages, newest first; further pages are read until one holds nothing unknown."""
    with current.desk.database.reading() as session:
        known = queries.known_addresses(session, current.key)
    pages = current.source.baseline_pages if current.baseline else current.source.max_pages
    listed: dict[str, None] = {}
    asked: set[str] = set()
    address: str | None = declared.address
    while address is not None and address not in asked and len(asked) < pages:
        asked.add(address)
        page = await _list_page(current, declared, address)
        before = len(listed)
        listed.update(dict.fromkeys(entry.address for entry in page.entries))
        nothing_new = all(entry.address in known for entry in page.entries)
        if len(listed) == before or (nothing_new and not current.baseline):
            break
        address = page.next
    return list(listed)


async def _list_page(current: _Pass, declared: ListDeclaration, address: str) -> ListPage:
    fetched = await current.fetcher.get(address, SnapshotPurpose.LIST, current.desk.clock())
    with current.desk.database.writing(visible=False) as session:
        snapshot = actions.keep_snapshot(session, fetched)
    if snapshot.status != SUCCESS:
        raise VisitError("bad_status", f"The list {address} answered with status {snapshot.status}.")
    return read_list(snapshot, declared)


def _note(current: _Pass, kind: str, message: str, address: str) -> None:
    with current.desk.database.writing() as session:
        run = session.get_one(Run, current.run_id)
        run.failed += 1
        actions.note_issue(session, run.id, kind=kind, message=message, at=current.desk.clock(), address=address)


def _kind(error: Exception) -> str:
    return (
        str(getattr(error, "kind", ""))
        or {"SelectorError": "selector_found_nothing", "ReadError": "unreadable"}[type(error).__name__]
    )


def _end(current: _Pass, outcome: Outcome | None, trouble: str | None) -> Run:
    """Close the run; the end of a source's first good one is told in one summary."""
    desk, now = current.desk, current.desk.clock()
    with desk.database.writing() as session:
        run = session.get_one(Run, current.run_id)
        ended = actions.end_run(
            session, run.id, outcome or (Outcome.OK_NEW if run.new or run.changed else Outcome.OK_UNCHANGED), now, trouble
        )
        if outcome is None and current.baseline:
            state = actions.close_baseline(session, current.key, now)
            releases, claims = queries.baseline_counts(session, current.key)
            write_notices(
                session,
                desk.settings,
                event=NoticeEvent.BASELINE,
                subject_key=current.key,
                message=baseline_message(state, releases, claims, desk.settings),
                now=now,
            )
    return ended
