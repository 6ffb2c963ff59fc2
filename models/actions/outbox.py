"""The outbox: add in the transaction of what is told, lease before sending, record how it went."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notice import Notice
from models.words import NoticeEvent, NoticeState

LEASE = timedelta(minutes=5)


def add_notice(
    session: Session,
    *,
    key: str,
    event: NoticeEvent,
    channel: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    data: dict[str, Any],
    now: datetime,
) -> Notice | None:
    """A message to be sent; None if this key was already told."""
    if session.scalar(select(Notice.id).where(Notice.key == key)) is not None:
        return None
    notice = Notice(
        key=key,
        event=event,
        channel=channel,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        data=data,
        created_at=now,
        next_attempt_at=now,
    )
    session.add(notice)
    session.flush()
    return notice


def lease_notices(session: Session, now: datetime, limit: int = 20) -> list[Notice]:
    """Waiting messages, now held for this sender.

    A message whose lease ran out was with a sender that died: a mail may have gone out, so it becomes uncertain; a webhook is
    sent again, its key lets the receiver drop the second one.
    """
    lost = session.scalars(select(Notice).where(Notice.state == NoticeState.SENDING, Notice.leased_until < now))
    for notice in lost:
        if notice.channel == "smtp":
            notice.state, notice.leased_until = NoticeState.UNCERTAIN, None
            notice.trouble = "The sender ended while the mail server had the message; it may have been delivered."
        else:
            notice.state, notice.leased_until = NoticeState.RETRY, None
    session.flush()
    waiting = session.scalars(
        select(Notice)
        .where(Notice.state.in_([NoticeState.NEW, NoticeState.RETRY]), Notice.next_attempt_at <= now)
        .order_by(Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for notice in waiting:
        notice.state, notice.leased_until, notice.attempts = NoticeState.SENDING, now + LEASE, notice.attempts + 1
    return list(waiting)


def notice_sent(session: Session, notice_id: int, now: datetime) -> None:
    """The receiver took it."""
    notice = session.get_one(Notice, notice_id)
    notice.state, notice.sent_at, notice.leased_until, notice.trouble = NoticeState.SENT, now, None, None


def notice_retry(session: Session, notice_id: int, *, trouble: str, at: datetime) -> None:
    """It was surely not taken; try again later."""
    notice = session.get_one(Notice, notice_id)
    notice.state, notice.next_attempt_at, notice.leased_until, notice.trouble = NoticeState.RETRY, at, None, trouble


def notice_uncertain(session: Session, notice_id: int, *, trouble: str) -> None:
    """It may have been taken; it is not sent again by itself."""
    notice = session.get_one(Notice, notice_id)
    notice.state, notice.leased_until, notice.trouble = NoticeState.UNCERTAIN, None, trouble


def notice_dead(session: Session, notice_id: int, *, trouble: str) -> None:
    """It cannot be delivered; shown and counted."""
    notice = session.get_one(Notice, notice_id)
    notice.state, notice.leased_until, notice.trouble = NoticeState.DEAD, None, trouble
