"""One visit to one release: fetch, archive, read, find, keep, tell. Each is a step that can be repeated."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin

from sqlalchemy.orm import Session

from jobs.desk import Desk
from jobs.edits import keep_edit
from jobs.find import find_rows
from jobs.readings import Reading, readings_since
from models import Claim, Finding, ReleaseVersion, actions, queries
from models.actions import Kept
from models.words import DISPLAY_THRESHOLD, NoticeEvent, SnapshotPurpose
from notifications.messages import change_message, release_message
from notifications.outbox import write_notices
from scrapers.addresses import place_of
from scrapers.content import doubt_about
from scrapers.contract import phrase_found
from scrapers.declaration import Source
from scrapers.fetch import NOT_MODIFIED, Fetcher
from scrapers.pool import read_in_child
from scrapers.read import READER_VERSION

GONE = frozenset({404, 410})
DENIED = frozenset({401, 403, 407, 429, 451})
SUCCESS = 200


class VisitError(Exception):
    """A page that answered, but not with a release; `kind` names the trouble."""

    def __init__(self, kind: str, message: str) -> None:
        """Remember the short name of the trouble beside the sentence."""
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Visited:
    """What a visit brought, in numbers for the run."""

    new: int = 0
    changed: int = 0
    claims: int = 0
    held: int = 0  # missing pages that are not believed to be gone, because so many are missing

    def plus(self, other: "Visited") -> "Visited":
        """Both together."""
        return Visited(self.new + other.new, self.changed + other.changed, self.claims + other.claims, self.held + other.held)


async def visit(desk: Desk, fetcher: Fetcher, source: Source, address: str, *, key: str, run_id: int, baseline: bool) -> Visited:
    """Visit a release, known or not.

    Raises `FetchError`, `SelectorError`, `ReadError` or `VisitError`; the snapshot, if one was had, is archived all the same.
    """
    now = desk.clock()
    with desk.database.reading() as session:
        last = queries.last_snapshot(session, address)
    fetched = await fetcher.get(address, SnapshotPurpose.RELEASE, now, known=last)
    if fetched.status in GONE:
        return _missed(desk, key, address, run_id)
    if fetched.status not in {SUCCESS, NOT_MODIFIED}:
        raise status_error(address, fetched.status)
    with desk.database.writing(visible=False) as session:
        if last is not None and fetched.status == NOT_MODIFIED:
            # The page is as in the archive, so what stands there is read, as if it had come again.
            snapshot = session.merge(last, load=False)
        else:
            snapshot = actions.keep_snapshot(session, fetched)
            actions.count_in_run(session, run_id, fetched=1)
        if last is not None and actions.keep_unchanged_visit(
            session, key, address, snapshot_id=snapshot.id, reader=READER_VERSION, now=now
        ):
            return Visited()
        known = actions.release_at(session, key, address)
        current = None if known is None else _with_page(known.current)
        content = snapshot.content
    doubt = doubt_about(content)
    if (doubt is not None and doubt.kind == "soft_404") or _leads_to_list(fetched.final_address, address, source):
        return _missed(desk, key, address, run_id)
    if doubt is not None:
        raise VisitError(doubt.kind, doubt.about(address))
    version = await asyncio.to_thread(read_in_child, snapshot, source, now)
    phrase = source.expect.phrase_in(version.text)
    if phrase is not None:
        raise VisitError("forbidden_phrase", phrase_found(phrase, address))
    readings = [Reading(version)] if current is None else await readings_since(desk, source, current, version)
    found = [_found(desk, source, reading.version) for reading in readings]
    with desk.database.writing() as session:
        visited = Visited()
        for reading, findings in zip(readings, found, strict=True):
            kept = _keep(session, desk, source, key, address, reading=reading, found=findings, baseline=baseline)
            seen = Visited(new=int(kept.is_new), changed=int(kept.change is not None), claims=len(_shown(kept)))
            visited = visited.plus(seen)
            if not baseline:
                _tell(session, desk, kept)
        _count(session, run_id, visited)
    return visited


def _with_page(current: ReleaseVersion) -> ReleaseVersion:
    """A version that can be used after its session, with the page it was read from."""
    if current.snapshot is not None:
        _ = current.snapshot.body
    return current


def _found(desk: Desk, source: Source, version: ReleaseVersion) -> list[tuple[Finding, str | None]]:
    return find_rows(
        version.text,
        released=version.published_on or desk.today(),
        factions=tuple(source.factions),
        parliament=source.parliament,
        record=desk.record,
        now=desk.clock(),
    )


def _keep(
    session: Session,
    desk: Desk,
    source: Source,
    key: str,
    address: str,
    *,
    reading: Reading,
    found: list[tuple[Finding, str | None]],
    baseline: bool,
) -> Kept:
    """Store one reading: a version where something can be read differently, else the visit."""
    now = desk.clock()
    if reading.is_silent and (release := actions.release_at(session, key, address)) is not None:
        return actions.confirm_release(release, reading.version, now)
    kept = actions.keep_release(
        session,
        source_key=key,
        address=address,
        parliament=source.parliament,
        factions=source.factions,
        version=reading.version,
        found=found,
        now=now,
        baseline=baseline,
        cause=reading.cause,
        edit=reading.change,
    )
    if reading.change is not None:
        keep_edit(kept.release, reading.edit, reading.change, now)
    return kept


def status_error(address: str, status: int) -> VisitError:
    """What an answer means that is no success."""
    if status in DENIED:
        return VisitError("denied", f"{address} is denied to us (status {status}); it is tried again in the next run.")
    return VisitError("bad_status", f"{address} answered with status {status}; it is tried again in the next run.")


def _leads_to_list(final: str, address: str, source: Source) -> bool:
    """Whether a release's address leads to the list, the first page or the press page: many sites do so with what is gone."""
    if final == address:
        return False
    lists = {place_of(declared.address) for declared in source.lists} | {place_of(source.home), place_of(urljoin(final, "/"))}
    return place_of(final) in lists


def _missed(desk: Desk, key: str, address: str, run_id: int) -> Visited:
    """A page that is not there: nothing for an unknown address, a step towards `gone` for a known one."""
    with desk.database.writing() as session:
        release = actions.release_at(session, key, address)
        if release is None:
            raise VisitError(
                "listed_but_missing", f"{address} is listed, but the page is not there; it is tried again in the next run."
            )
        held = queries.looks_relaunched(session, key, desk.clock())
        change = actions.miss_release(release, desk.clock(), held=held)
        visited = Visited(changed=int(change is not None), held=int(held))
        _count(session, run_id, visited)
        if change is not None:
            session.flush()
            write_notices(
                session,
                desk.settings,
                event=NoticeEvent.CHANGE,
                subject_key=str(change.id),
                message=change_message(change, desk.settings),
                now=desk.clock(),
            )
    return visited


def _tell(session: Session, desk: Desk, kept: Kept) -> None:
    """Write what people are to be told into the outbox, in the transaction of what it tells of."""
    session.flush()
    if kept.is_new:
        message = release_message(kept.release, _shown(kept), desk.settings)
        event, subject = NoticeEvent.RELEASE, str(kept.release.id)
    elif kept.change is not None:
        message, event, subject = change_message(kept.change, desk.settings), NoticeEvent.CHANGE, str(kept.change.id)
    else:
        return
    write_notices(session, desk.settings, event=event, subject_key=subject, message=message, now=desk.clock())


def _shown(kept: Kept) -> list[Claim]:
    """The new claims that reach the display threshold."""
    return [claim for claim in kept.new_claims if claim.finding is not None and claim.finding.score >= DISPLAY_THRESHOLD]


def _count(session: Session, run_id: int, visited: Visited) -> None:
    actions.count_in_run(session, run_id, new=visited.new, changed=visited.changed, claims=visited.claims)
