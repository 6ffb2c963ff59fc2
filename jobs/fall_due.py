"""Raising the appointments whose day has come, and telling of them in the same transaction."""

from jobs.desk import Desk
from models import actions
from models.words import NoticeEvent
from notifications.messages import due_message
from notifications.outbox import write_notices


def fall_due(desk: Desk) -> int:
    """Raise what is due today and was not raised before; gives how many. It can be repeated on any day."""
    now = desk.clock()
    with desk.database.writing() as session:
        raised = actions.raise_due(session, desk.today(), now)
        for follow_up in raised:
            write_notices(
                session,
                desk.settings,
                event=NoticeEvent.DUE,
                subject_key=str(follow_up.id),
                message=due_message(follow_up, desk.settings),
                now=now,
            )
        return len(raised)
