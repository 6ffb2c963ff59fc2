"""People of the desk; a name that is used for the first time becomes a person."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.person import Person


def person_named(session: Session, name: str, now: datetime) -> Person:
    """The person of that name, new if need be."""
    cleaned = " ".join(name.split())
    person = session.scalar(select(Person).where(Person.name == cleaned))
    if person is None:
        person = Person(name=cleaned, created_at=now, caught_up_at=None)
        session.add(person)
        session.flush()
    return person
