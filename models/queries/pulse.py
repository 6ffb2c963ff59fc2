"""Signs of life and the number that caches hang on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.notice import Notice
from models.person import Person
from models.pulse import DataVersion, Heartbeat
from models.queries.claims import ClaimFilter, count_claims
from models.release import Release

WORKER_SILENT_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the installation works: `starting` before the worker's first sign of life, `silent` 3 minutes after its last."""

    status: str
    releases: int
    claims: int
    worker_seen_at: datetime | None
    doing: str

    @property
    def is_ok(self) -> bool:
        """Whether a health check should pass."""
        return self.status == "ok"


def health(session: Session, now: datetime) -> Health:
    """The state of worker and data at a moment of the real clock."""
    pulse = session.get(Heartbeat, "worker")
    status = "starting" if pulse is None else "silent" if now - pulse.at > WORKER_SILENT_AFTER else "ok"
    return Health(
        status=status,
        releases=session.scalar(select(func.count(Release.id))) or 0,
        claims=count_claims(session, ClaimFilter()),
        worker_seen_at=pulse.at if pulse else None,
        doing=pulse.doing if pulse else "",
    )


def data_version(session: Session) -> int:
    """The number of visible writes so far."""
    return session.scalar(select(DataVersion.number)) or 0


def count_notices(session: Session) -> dict[str, int]:
    """Messages by state; uncertain and dead ones are shown."""
    return {state.value: n for state, n in session.execute(select(Notice.state, func.count(Notice.id)).group_by(Notice.state))}


def people(session: Session) -> list[str]:
    """The names to choose from."""
    return list(session.scalars(select(Person.name).order_by(Person.name)))


def known_person(session: Session, name: str) -> Person | None:
    """The person of that name, if there is one."""
    return session.scalar(select(Person).where(Person.name == name))
