"""What the dashboard asks of the worker; the two never talk in any other way."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.words import RequestKind, RequestState


class Request(Base, kw_only=True):
    """One wish, and what came of it."""

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_state", "state", "id"), {"comment": "What the dashboard asks of the worker"})

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the request")
    kind: Mapped[RequestKind] = mapped_column(comment="collect or archive_evidence")
    payload: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, comment="What it is about, e.g. the source's key")
    asked_by: Mapped[str] = mapped_column(comment="Name of the person")
    asked_at: Mapped[datetime] = mapped_column(comment="When (UTC)")
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN, comment="open, taken, done or failed")
    answer: Mapped[str | None] = mapped_column(default=None, comment="What came of it, in one sentence")
    finished_at: Mapped[datetime | None] = mapped_column(default=None, comment="When it ended (UTC)")
