"""Signs of life."""

import os
import socket
from datetime import datetime

from sqlalchemy.orm import Session

from models.pulse import Heartbeat


def beat(session: Session, name: str, now: datetime, doing: str = "") -> None:
    """Record that a process lives; a new process number starts a new life."""
    pulse = session.get(Heartbeat, name)
    pid, host = os.getpid(), socket.gethostname()
    if pulse is None:
        session.add(Heartbeat(name=name, at=now, started_at=now, host=host, pid=pid, doing=doing))
        return
    if (pulse.pid, pulse.host) != (pid, host):
        pulse.started_at, pulse.pid, pulse.host = now, pid, host
    pulse.at, pulse.doing = now, doing
