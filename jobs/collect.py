"""One pass over one source: read its list, visit what is new and what is due again, write the run log."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from yarl import URL

from jobs.desk import Desk
from jobs.visit import Visited, VisitError, status_error, visit
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
from scrapers.trouble import outcome_of

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
        return _end(current, error.outcome, str(error))
    failed: list[str] = []
    skipped = relaunched = 0
    held: set[str] = set()
    for done, address in enumerate(addresses, 1):
        if held and _host(address) in held:
            skipped += 1
        else:
            try:
                relaunched += (await _visit(current, address)).held
            except (FetchError, SelectorError, ReadError, VisitError) as error:
                failed.append(_kind(error))
                _note(current, failed[-1], str(error), address)
                if isinstance(error, FetchError) and error.host:
                    # It would be the same for every page of the host: one issue is enough, and nothing is asked in vain.
                    held.add(error.host)
        if progress is not None:
            progress(done, len(addresses))
    if relaunched:
        return _end(current, Outcome.SUSPECT, _note_relaunch(current, relaunched))
    return _end(current, *_conclusion(failed, skipped, len(addresses)))


def _note_relaunch(current: _Pass, missing: int) -> str:
    """One issue for all releases that are missing at once; gives its sentence."""
    message = (
        f"{missing} known releases are missing at once, so none is taken for deleted. The site may have been rebuilt: "
        "check it and correct the declaration."
    )
    with current.desk.database.writing() as session:
        actions.note_issue(session, current.run_id, kind="many_missing", message=message, at=current.desk.clock())
    return message


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


async def _visit(current: _Pass, address: str) -> Visited:
    return await visit(
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
        return await asyncio.to_thread(read_list, snapshot, declared)
    except SelectorError as error:
        doubt = doubt_about(content)
        raise (VisitError(doubt.kind, doubt.about(address)) if doubt is not None else error) from error


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
