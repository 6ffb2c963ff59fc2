"""What we remember about a source and how it did; what it is (address, selectors) stands in its declaration."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.person import Person
from models.words import HealthCause, SourceHealth


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
    failing_since: Mapped[datetime | None] = mapped_column(
        default=None, comment="Start of the first of the failed runs in a row (UTC)"
    )
    newest_on: Mapped[date | None] = mapped_column(
        default=None, comment="Day of its newest release; a day to come does not count"
    )
    alarm_days: Mapped[float | None] = mapped_column(
        Double, default=None, comment="Working days of silence from which it is quiet, learned from its past"
    )
    pause_reason: Mapped[str | None] = mapped_column(default=None, comment="Why a person paused it; null if it is not paused")
    paused_until: Mapped[datetime | None] = mapped_column(
        default=None, comment="When it is collected again (UTC); null: when told"
    )
    acknowledged_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="When a person took note of its present state (UTC); it is not told again"
    )
    told_at: Mapped[datetime | None] = mapped_column(default=None, comment="When a morning report last told its state (UTC)")
    normal_since: Mapped[datetime | None] = mapped_column(
        default=None, comment="Runs before are no measure for the length of its lists any more (UTC)"
    )


class HealthChange(Base, kw_only=True):
    """From when on a source was in a state, and why; what a person did about it stands here too."""

    __tablename__ = "health_change"
    __table_args__ = (
        Index("ix_health_change_source_key_at", "source_key", "at"),
        CheckConstraint("cause NOT IN ('paused', 'acknowledged') OR person_id IS NOT NULL", name="a_person_did_it"),
        {"comment": "History of the states of sources; only added to"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the row")
    source_key: Mapped[str] = mapped_column(ForeignKey("source_state.key"), comment="Source")
    at: Mapped[datetime] = mapped_column(comment="From when on (UTC; in the demo the played moment)")
    health: Mapped[SourceHealth] = mapped_column(comment="State from then on")
    cause: Mapped[HealthCause] = mapped_column(comment="Why")
    detail: Mapped[str | None] = mapped_column(default=None, comment="What went wrong, or a person's reason")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"),
        init=False,
        index=True,
        comment="Who did it, if a person did; of a state after a pause: who ended it",
    )
    person: Mapped[Person | None] = relationship(default=None, compare=False, repr=False)
