"""The dashboard asks, the worker answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.request import Request
from models.words import RequestKind, RequestState


def ask(session: Session, kind: RequestKind, payload: dict[str, Any], *, asked_by: str, now: datetime) -> Request:
    """A wish for the worker; one that is already open is not doubled."""
    waiting = session.scalars(select(Request).where(Request.state == RequestState.OPEN, Request.kind == kind))
    same = next((request for request in waiting if request.payload == payload), None)
    if same is not None:
        return same
    request = Request(kind=kind, payload=payload, asked_by=asked_by, asked_at=now)
    session.add(request)
    session.flush()
    return request


def take_request(session: Session) -> Request | None:
    """The oldest open wish, now taken. One that a killed worker had taken is taken again: its job can be repeated."""
    request = session.scalar(
        select(Request).where(Request.state.in_([RequestState.OPEN, RequestState.TAKEN])).order_by(Request.id).limit(1)
    )
    if request is not None:
        request.state = RequestState.TAKEN
    return request


def finish_request(session: Session, request_id: int, *, answer: str, now: datetime, failed: bool = False) -> None:
    """Say what came of a wish."""
    request = session.get_one(Request, request_id)
    request.state = RequestState.FAILED if failed else RequestState.DONE
    request.answer, request.finished_at = answer, now
