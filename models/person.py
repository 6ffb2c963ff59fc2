"""The people of the desk and what they have read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Person(Base, kw_only=True):
    """Somebody who works at the desk; every decision names one."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name_not_empty"), {"comment": "Somebody who works at the desk"})

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the person")
    name: Mapped[str] = mapped_column(unique=True, comment="Name as chosen")
    created_at: Mapped[datetime] = mapped_column(comment="When first seen (UTC)")
    caught_up_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="Releases first seen until then count as read (UTC)"
    )


class ReadMark(Base, kw_only=True):
    """That a person has read a release."""

    __tablename__ = "read_mark"
    __table_args__ = ({"comment": "Who has read which release"},)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, comment="Person")
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, index=True, comment="Release")
    read_at: Mapped[datetime] = mapped_column(comment="When (UTC)")
