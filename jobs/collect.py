"""One pass over one source: read its list, visit what is new and what is due again, write the run log."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from yarl import URL

from jobs.contract import Watch
from jobs.desk import Desk
from jobs.visit import VisitError, status_error, visit
from models import Run, Snapshot, actions, queries
from models.words import NoticeEvent, Outcome, SnapshotPurpose
from notifications.messages import baseline_message
from notifications.outbox import write_notices
from scrapers.content import doubt_about
from scrapers.declaration import ListDeclaration, Source
from scrapers.fetch import NOT_MODIFIED, Fetcher, FetchError
from scrapers.listing import ListPage, read_list
from scrapers.page import SelectorError
from scrapers.politeness import host_of
from scrapers.read import ReadError
from scrapers.trouble import lasting, outcome_of

SUSPECT_SHARE = 0.2  # of the visits failed: the run is looked at by a person and is no baseline
SUCCESS = 200

# Called with (done, all) after each release; for progress bars.
Progress = Callable[[int, int], None]


class ListError(Exception):
    """No list of the source could be read; the message says why for each, the outcome how the run ends."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        """Remember the outcome beside the sentence."""
        super().__init__(message)
        self.outcome = outcome


@dataclass
class _Pass:
    """The state of one pass."""

    desk: Desk
    fetcher: Fetcher
    source: Source
    key: str
    run_id: int
    baseline: bool
    watch: Watch


async def collect(
    desk: Desk, fetcher: Fetcher, key: str, *, progress: Progress | None = None, deadline: timedelta | None = None
) -> Run:
    """Collect one declared source and give its run. Never raises for what the site does: that ends in the run and its issues.

    It can be killed at any line: every release is one transaction, and the next pass goes on where this one stopped. A run that
    is not over by the deadline is cut short; it has failed if it brought nothing new.
    """
    source = desk.sources[key]
    with desk.database.writing() as session:
        run_id = actions.start_run(session, "collect", desk.clock(), key).id
        baseline = queries.baseline_is_open(session, key)
    watch = Watch(desk=desk, source=source, key=key, run_id=run_id)
    current = _Pass(desk=desk, fetcher=fetcher, source=source, key=key, run_id=run_id, baseline=baseline, watch=watch)
    try:
        async with asyncio.timeout(deadline.total_seconds() if deadline else None) as limit:
            return await _collect(current, progress)
    except TimeoutError:
        if deadline is None or not limit.expired():
            raise
        return _too_long(current, deadline)
    except asyncio.CancelledError:
        _end(current, Outcome.ABORTED, "The run was cut short; the next one goes on where it stopped.")
        raise


async def _collect(current: _Pass, progress: Progress | None) -> Run:
    try:
        addresses = await _addresses(current)
    except ListError as error:
        return _end(current, error.outcome, str(error))
    failed: list[str] = []
    skipped = 0
    held: set[str] = set()
    for done, address in enumerate(addresses, 1):
        if held and _host(address) in held:
            skipped += 1
        else:
            try:
                await _visit(current, address)
            except (FetchError, SelectorError, ReadError, VisitError) as error:
                failed.append(_kind(error))
                _note(current, failed[-1], str(error), address)
                if isinstance(error, FetchError) and error.host:
                    # It would be the same for every page of the host: one issue is enough, and nothing is asked in vain.
                    held.add(error.host)
        if progress is not None:
            progress(done, len(addresses))
    return _end(current, *current.watch.conclude(*_conclusion(failed, skipped, len(addresses))))


def _host(address: str) -> str:
    """The host of an address as politeness counts hosts; nothing for what is no web address, which its visit will say."""
    try:
        return host_of(URL(address))
    except ValueError:
        return ""


def _conclusion(failed: list[str], skipped: int, visits: int) -> tuple[Outcome | None, str | None]:
    """The outcome of a run whose list was read, and its trouble, by the kinds of what failed; two None if it went well."""
    unread = len(failed) + skipped
    if unread <= visits * SUSPECT_SHARE:
        return None, None
    everything = unread == visits
    what = f"None of {visits} pages could be read" if everything else f"{unread} of {visits} pages could not be read"
    unasked = f", {skipped} were not even asked for" if skipped else ""
    outcome = outcome_of(failed)
    partly = Outcome.BLOCKED if outcome is Outcome.BLOCKED else Outcome.SUSPECT
    return outcome if everything else partly, f"{what}{unasked}; the first issue says why."


async def _visit(current: _Pass, address: str) -> None:
    await visit(
        current.desk, current.fetcher, current.source, address, key=current.key, run_id=current.run_id, baseline=current.baseline
    )


async def _addresses(current: _Pass) -> list[str]:
    """What is to be visited, the oldest first: everything listed that is not known, and known releases whose visit is due."""
    listed: list[str] = []
    troubles: list[Exception] = []
    for declared in current.source.lists:
        try:
            listed = await _listed(current, declared)
            break
        except (FetchError, SelectorError, ReadError, VisitError) as error:
            troubles.append(error)
            _note(current, _kind(error), str(error), declared.address)
    else:
        said = str(troubles[0]) if len(troubles) == 1 else "No list could be read: " + " | ".join(map(str, troubles))
        raise ListError(said, outcome_of([_kind(error) for error in troubles]))
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
        if len(asked) == 1:
            current.watch.list_used(declared, len(page.entries))
        before = len(listed)
        listed.update(dict.fromkeys(entry.address for entry in page.entries))
        nothing_new = all(entry.address in known for entry in page.entries)
        if len(listed) == before or (nothing_new and not current.baseline):
            break
        address = page.next
    return list(listed)


async def _list_page(current: _Pass, declared: ListDeclaration, address: str) -> ListPage:
    desk = current.desk
    with desk.database.reading() as session:
        last = queries.last_snapshot(session, address)
    fetched = await current.fetcher.get(address, SnapshotPurpose.LIST, desk.clock(), known=last)
    with desk.database.writing(visible=False) as session:
        if last is not None and fetched.status == NOT_MODIFIED:
            snapshot = session.get_one(Snapshot, last.id)
        else:
            snapshot = actions.keep_snapshot(session, fetched)
        content = snapshot.content
    if snapshot.status != SUCCESS:
        raise status_error(f"The list {address}", snapshot.status)
    try:
        # In a thread: a hostile page may keep the parser busy for seconds, and the other sources wait for nobody.
        page = await asyncio.to_thread(read_list, snapshot, declared)
        if address == declared.address:
            await current.watch.list_read(declared, snapshot, len(page.entries))
    except SelectorError as error:
        doubt = doubt_about(content)
        raise (VisitError(doubt.kind, doubt.about(address)) if doubt is not None else error) from error
    return page


def _too_long(current: _Pass, deadline: timedelta) -> Run:
    """End a run at its deadline. One that got on goes on next time; one that did not would never end, and that is a failure."""
    with current.desk.database.reading() as session:
        run = session.get_one(Run, current.run_id)
        got_on = bool(run.new or run.changed)
    what = f"The run was cut short after {lasting(deadline.total_seconds())}"
    if got_on:
        return _end(current, Outcome.ABORTED, f"{what}; the next one goes on where it stopped.")
    message = f"{what} and had brought nothing. The site may be very slow, or its lists may not end; look at its pages."
    _note(current, "too_slow", message, current.source.home)
    return _end(current, Outcome.FAILED, message)


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
