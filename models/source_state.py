"""What we remember about a source; what it is (address, selectors) stands in its declaration."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.words import SourceHealth


class SourceState(Base, kw_only=True):
    """One watched press page of a faction and how it is doing."""

    __tablename__ = "source_state"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures_not_negative"), {"comment": "Health of a source"})

    key: Mapped[str] = mapped_column(primary_key=True, comment="File name of the declaration, without .toml")
    name: Mapped[str] = mapped_column(comment="Shown name, from the declaration")
    parliament: Mapped[str] = mapped_column(comment="Full name of the parliament, from the declaration")
    home: Mapped[str] = mapped_column(comment="Address of the press page for people to open")
    verified: Mapped[bool] = mapped_column(comment="Whether a live check has confirmed the declaration")
    health: Mapped[SourceHealth] = mapped_column(default=SourceHealth.NEW, comment="new, ok, quiet, failing, broken, paused")
    failures: Mapped[int] = mapped_column(default=0, comment="Failed runs in a row")
    trouble: Mapped[str | None] = mapped_column(default=None, comment="What went wrong in the last failed run, in one sentence")
    baseline_at: Mapped[datetime | None] = mapped_column(default=None, comment="End of the first successful run (UTC)")
    last_run_at: Mapped[datetime | None] = mapped_column(default=None, comment="Start of the last run (UTC)")
    last_ok_at: Mapped[datetime | None] = mapped_column(default=None, comment="End of the last successful run (UTC)")
    declared: Mapped[bool] = mapped_column(default=True, comment="False once its declaration is gone; its releases stay")
