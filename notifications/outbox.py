"""Writing the outbox: one row for each recipient of each channel, in the transaction of what is told."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import actions
from models.words import NoticeEvent
from notifications.messages import Message
from settings.config import Settings


def write_notices(
    session: Session, settings: Settings, *, event: NoticeEvent, subject_key: str, message: Message, now: datetime
) -> int:
    """Put a rendered message into the outbox; gives how many rows are new. The same subject is never told twice to anyone."""
    written = 0
    for channel, recipient in recipients(settings):
        notice = actions.add_notice(
            session,
            key=f"{event.value}:{subject_key}:{channel}:{recipient}",
            event=event,
            channel=channel,
            recipient=recipient,
            subject=message.subject,
            text=message.text,
            html=message.html,
            data=message.data,
            now=now,
        )
        written += notice is not None
    return written


def recipients(settings: Settings) -> list[tuple[str, str]]:
    """Channel and recipient of every message, as the settings name them."""
    every = {
        "console": [("console", "")],
        "smtp": [("smtp", address) for address in settings.smtp_to],
        "webhook": [("webhook", settings.webhook_url)] if settings.webhook_url else [],
    }
    return [pair for channel in settings.channels for pair in every[channel]]
