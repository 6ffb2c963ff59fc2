"""The run log: what ran when over which source, how it ended, and what a person should look at."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.words import Outcome


class Run(Base, kw_only=True):
    """One pass of one job, over one source where the job has one."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_start"),
        Index("ix_run_source_key_started_at", "source_key", "started_at"),
        {"comment": "One pass of one job"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the run")
    job: Mapped[str] = mapped_column(comment="collect, reread, fall_due or play")
    source_key: Mapped[str | None] = mapped_column(
        ForeignKey("source_state.key"), default=None, comment="Source, if the job has one"
    )
    started_at: Mapped[datetime] = mapped_column(comment="Start (UTC; in the demo the played moment)")
    ended_at: Mapped[datetime | None] = mapped_column(default=None, comment="End (UTC); null while running or after a crash")
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.RUNNING, comment="How it ended")
    listed: Mapped[int] = mapped_column(default=0, comment="Addresses found on list pages")
    fetched: Mapped[int] = mapped_column(default=0, comment="Release pages fetched")
    new: Mapped[int] = mapped_column(default=0, comment="Releases seen for the first time")
    changed: Mapped[int] = mapped_column(default=0, comment="Releases edited, gone or back")
    failed: Mapped[int] = mapped_column(default=0, comment="Releases that could not be fetched or read")
    claims: Mapped[int] = mapped_column(default=0, comment="New claim candidates")
    trouble: Mapped[str | None] = mapped_column(default=None, comment="Why it failed, in one sentence")
    list_address: Mapped[str | None] = mapped_column(default=None, comment="The list that was used")
    items: Mapped[int | None] = mapped_column(default=None, comment="Releases named on the first page of that list")
    issues: Mapped[list["Issue"]] = relationship(
        back_populates="run", default_factory=list, compare=False, repr=False, order_by="Issue.id"
    )


class Issue(Base, kw_only=True):
    """Something odd met in a run that a person can act on."""

    __tablename__ = "issue"
    __table_args__ = ({"comment": "Something odd met in a run that a person can act on"},)

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the issue")
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), init=False, index=True, comment="Run in which it was met")
    kind: Mapped[str] = mapped_column(comment="Short name of what happened, e.g. selector_found_nothing")
    address: Mapped[str | None] = mapped_column(default=None, comment="Page concerned")
    message: Mapped[str] = mapped_column(comment="What, where and what to do")
    at: Mapped[datetime] = mapped_column(comment="Moment (UTC)")
    run: Mapped[Run] = relationship(back_populates="issues", init=False, compare=False, repr=False)
