"""The outbox: what is to be told, to whom, which way, and how far that got."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.words import NoticeEvent, NoticeState


class Notice(Base, kw_only=True):
    """One message to one recipient over one channel, written in the transaction of what it tells of and rendered once."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_notice_waiting", "state", "next_attempt_at"),
        {"comment": "Outbox; every row ends in sent, uncertain or dead"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the notice")
    key: Mapped[str] = mapped_column(unique=True, comment="Event, subject, channel and recipient: nothing is told twice")
    event: Mapped[NoticeEvent] = mapped_column(comment="What it tells of")
    channel: Mapped[str] = mapped_column(comment="console, smtp or webhook")
    recipient: Mapped[str] = mapped_column(default="", comment="Mail address or web address")
    subject: Mapped[str] = mapped_column(comment="Subject line")
    text: Mapped[str] = mapped_column(Text, repr=False, comment="Message as plain text")
    html: Mapped[str] = mapped_column(Text, repr=False, comment="Message as HTML, all foreign text escaped")
    data: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, repr=False, comment="Message for machines (webhook body)")
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.NEW, comment="new, sending, sent, retry, uncertain or dead")
    attempts: Mapped[int] = mapped_column(default=0, comment="Attempts so far")
    created_at: Mapped[datetime] = mapped_column(comment="When it was written (UTC)")
    next_attempt_at: Mapped[datetime] = mapped_column(comment="Not before (UTC)")
    leased_until: Mapped[datetime | None] = mapped_column(default=None, comment="A sender holds it until then (UTC)")
    sent_at: Mapped[datetime | None] = mapped_column(default=None, comment="When the receiver took it (UTC)")
    trouble: Mapped[str | None] = mapped_column(default=None, comment="Why the last attempt failed")
