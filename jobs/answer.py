"""Answering what the dashboard asked for: collect a source now, archive the page behind a piece of evidence."""

from collections.abc import Awaitable, Callable

from jobs.collect import collect
from jobs.desk import Desk
from models import Evidence, Request, Run, actions
from models.words import EvidenceState, Outcome, RequestKind, SnapshotPurpose
from scrapers.fetch import Fetcher, FetchError

SUCCESS = 200


# Collects one source; the worker's own keeps two passes over one source apart.
Collect = Callable[[Desk, Fetcher, str], Awaitable[Run]]


async def answer_requests(desk: Desk, fetcher: Fetcher, collecting: Collect = collect) -> int:
    """Answer all open requests, the oldest first; gives how many."""
    answered = 0
    while True:
        with desk.database.writing(visible=False) as session:
            request = actions.take_request(session)
        if request is None:
            return answered
        answer, failed = await _answer(desk, fetcher, request, collecting)
        with desk.database.writing() as session:
            actions.finish_request(session, request.id, answer=answer, now=desk.clock(), failed=failed)
        answered += 1


async def _answer(desk: Desk, fetcher: Fetcher, request: Request, collecting: Collect) -> tuple[str, bool]:
    if request.kind is RequestKind.COLLECT:
        key = str(request.payload.get("source"))
        if key not in desk.sources:
            return f"There is no source {key!r}.", True
        try:
            run = await collecting(desk, fetcher, key)
        except TimeoutError:
            return f"{key} is still being collected on schedule; its run will show what came of it.", True
        bad = run.outcome not in {Outcome.OK_NEW, Outcome.OK_UNCHANGED}
        return run.trouble or f"{run.new} new, {run.changed} changed, {run.claims} claims", bad
    return await _archive_evidence(desk, fetcher, int(request.payload["evidence"]))


async def _archive_evidence(desk: Desk, fetcher: Fetcher, evidence_id: int) -> tuple[str, bool]:
    with desk.database.reading() as session:
        evidence = session.get(Evidence, evidence_id)
    if evidence is None or evidence.address is None:
        return f"There is no evidence {evidence_id} with an address.", True
    if evidence.state is EvidenceState.ARCHIVED:
        return "Already archived.", False
    try:
        fetched = await fetcher.get(evidence.address, SnapshotPurpose.EVIDENCE, desk.clock())
        failure = None if fetched.status == SUCCESS else f"the page answered with status {fetched.status}"
    except FetchError as error:
        fetched, failure = None, str(error)
    with desk.database.writing() as session:
        if fetched is None or failure is not None:
            actions.evidence_failed(session, evidence_id, failure or "", desk.today(), desk.clock())
            return failure or "", True
        actions.evidence_archived(session, evidence_id, actions.keep_snapshot(session, fetched), desk.clock())
    return "Archived.", False
