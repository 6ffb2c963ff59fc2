"""One pass over one source: read its list, visit what is new and what is due again, write the run log."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from yarl import URL

from jobs.contract import Watch
from jobs.desk import Desk
from jobs.lists import CHECK_EVERY, FULL_DEPTH_EVERY, Known, ListError, SourceLists, begins_anew
from jobs.visit import Visited, visit
from jobs.walk import TROUBLES, Note, kind_of
from models import Run, actions, queries
from models.words import NoticeEvent, Outcome
from notifications.messages import baseline_message
from notifications.outbox import write_notices
from scrapers.declaration import Source
from scrapers.fetch import Fetcher, FetchError
from scrapers.politeness import host_of
from scrapers.trouble import lasting, outcome_of

SUSPECT_SHARE = 0.2  # of the visits failed: the run is looked at by a person and is no baseline

# Called with (done, all) after each release; for progress bars.
Progress = Callable[[int, int], None]


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
    list_trouble: str = ""  # why the list broke off after some of its pages


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
    skipped = relaunched = 0
    held: set[str] = set()
    for done, address in enumerate(addresses, 1):
        if held and _host(address) in held:
            skipped += 1
        else:
            try:
                relaunched += (await _visit(current, address)).held
            except TROUBLES as error:
                failed.append(kind_of(error))
                _note(current, failed[-1], str(error), address)
                if isinstance(error, FetchError) and error.host:
                    # It would be the same for every page of the host: one issue is enough, and nothing is asked in vain.
                    held.add(error.host)
        if progress is not None:
            progress(done, len(addresses))
    if relaunched:
        return _end(current, Outcome.SUSPECT, _note_relaunch(current, relaunched))
    outcome, trouble = _conclusion(failed, skipped, len(addresses))
    if outcome is None and current.list_trouble:
        outcome, trouble = Outcome.SUSPECT, current.list_trouble
    return _end(current, *current.watch.conclude(outcome, trouble))


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
    now, key = current.desk.clock(), current.key
    with current.desk.database.reading() as session:
        known = Known(queries.known_addresses(session, key))
        last = queries.last_listing(session, key)
    lists = SourceLists(
        current.desk,
        current.fetcher,
        current.source,
        known,
        partial(_tell, current),
        current.watch,
        baseline=current.baseline,
        full=current.baseline or begins_anew(last, now, FULL_DEPTH_EVERY, key),
        check=begins_anew(last, now, CHECK_EVERY, key),
    )
    listed = await lists.read()
    current.list_trouble = listed.trouble
    with current.desk.database.writing(visible=False) as session:
        session.get_one(Run, current.run_id).listed = listed.named
        due = queries.due_releases(session, key, now)
    new = [address for address in reversed(listed.addresses) if address not in known]
    return [*new, *due]


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


def _tell(current: _Pass, note: Note) -> None:
    _note(current, note.kind, note.message, note.address, failed=note.failed)


def _note(current: _Pass, kind: str, message: str, address: str, *, failed: bool = True) -> None:
    with current.desk.database.writing() as session:
        run = session.get_one(Run, current.run_id)
        run.failed += failed
        actions.note_issue(session, run.id, kind=kind, message=message, at=current.desk.clock(), address=address)


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
