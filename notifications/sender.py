"""Sending what waits: lease, send, record. One bad message never holds up the others."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import Database, Notice, actions
from notifications.channels import Channel, MaybeTakenError, NotTakenError

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=6)
MOST_ATTEMPTS = 12


@dataclass
class SendReport:
    """How one round went."""

    sent: int = 0
    retry: int = 0
    uncertain: int = 0
    dead: int = 0

    @property
    def troubled(self) -> bool:
        """Whether a person should hear of it."""
        return bool(self.retry or self.uncertain or self.dead)


def send_waiting(database: Database, channels: Mapping[str, Channel], now: Callable[[], datetime]) -> SendReport:
    """Send every waiting message whose time has come, and record each before the next.

    Only the message in hand is leased: if this sender dies, no other is in doubt.
    """
    report = SendReport()
    while True:
        with database.writing(visible=False) as session:
            waiting = actions.lease_notices(session, now(), limit=1)
        if not waiting:
            return report
        for notice in waiting:
            _send(database, channels, notice, now, report)


def wait_before(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, up to six hours, with jitter so that not all come at once."""
    pause: timedelta = min(FIRST_RETRY * 2 ** (attempts - 1), LAST_RETRY)
    return timedelta(seconds=pause.total_seconds() * random.uniform(0.8, 1.2))  # noqa: S311  jitter, no secret


def _send(
    database: Database, channels: Mapping[str, Channel], notice: Notice, now: Callable[[], datetime], report: SendReport
) -> None:
    channel = channels.get(notice.channel)
    if channel is None:
        state, trouble = "dead", f"There is no channel {notice.channel!r}."
    else:
        state, trouble = _try(channel, notice)
    with database.writing(visible=False) as session:
        if state == "sent":
            actions.notice_sent(session, notice.id, now())
        elif state == "uncertain":
            actions.notice_uncertain(session, notice.id, trouble=trouble)
        elif state == "dead":
            actions.notice_dead(session, notice.id, trouble=trouble)
        else:
            actions.notice_retry(session, notice.id, trouble=trouble, at=now() + wait_before(notice.attempts))
    setattr(report, state, getattr(report, state) + 1)


def _try(channel: Channel, notice: Notice) -> tuple[str, str]:
    """The state that a message is in after an attempt, and what went wrong."""
    try:
        channel.send(notice)
    except MaybeTakenError as error:
        return "uncertain", str(error)
    except NotTakenError as error:
        return ("dead" if error.permanent or notice.attempts >= MOST_ATTEMPTS else "retry"), str(error)
    return "sent", ""
