"""Two rows that tell others how things stand: that the worker lives, and that data changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Heartbeat(Base, kw_only=True):
    """When a process was last seen alive."""

    __tablename__ = "heartbeat"
    __table_args__ = ({"comment": "When a process was last seen alive"},)

    name: Mapped[str] = mapped_column(primary_key=True, comment="worker")
    at: Mapped[datetime] = mapped_column(comment="Last sign of life (UTC, never the played clock)")
    started_at: Mapped[datetime] = mapped_column(comment="Start of the process (UTC)")
    host: Mapped[str] = mapped_column(default="", comment="Machine")
    pid: Mapped[int] = mapped_column(default=0, comment="Process number there")
    doing: Mapped[str] = mapped_column(default="", comment="What it is at, for the status line, e.g. play 2023-04-01")


class DataVersion(Base, kw_only=True):
    """A number that grows with every write that pages should see; caches hang on it."""

    __tablename__ = "data_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), {"comment": "Grows with every visible write"})

    id: Mapped[int] = mapped_column(primary_key=True, default=1, comment="Always 1")
    number: Mapped[int] = mapped_column(default=0, comment="Counts writes")
