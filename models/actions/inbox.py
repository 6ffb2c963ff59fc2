"""What a person has read."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.person import Person, ReadMark


def mark_read(session: Session, person: Person, release_ids: Iterable[int], now: datetime) -> None:
    """Mark releases as read; doing it again changes nothing."""
    for release_id in release_ids:
        if session.get(ReadMark, (person.id, release_id)) is None:
            session.add(ReadMark(person_id=person.id, release_id=release_id, read_at=now))


def mark_all_read(session: Session, person: Person, until: datetime) -> None:
    """Everything first seen until a moment counts as read; single marks before are no longer needed."""
    person.caught_up_at = until
    session.execute(delete(ReadMark).where(ReadMark.person_id == person.id))
