"""Appointments to look at a claim again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.claim import Claim
from models.release import Change
from models.words import FollowUpRule


class FollowUp(Base, kw_only=True):
    """An appointment: day, reason, and what came of it."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done_has_outcome"),
        Index("ix_follow_up_open", "due_on", "raised_at"),
        {"comment": "Appointments to look at a claim again"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the follow-up")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    due_on: Mapped[date] = mapped_column(comment="Day to look again")
    rule: Mapped[FollowUpRule] = mapped_column(comment="Why it was made")
    reason: Mapped[str] = mapped_column(Text, default="", comment="Remark")
    created_at: Mapped[datetime] = mapped_column(comment="When it was made (UTC)")
    raised_at: Mapped[datetime | None] = mapped_column(default=None, comment="When the worker raised it (UTC)")
    done_at: Mapped[datetime | None] = mapped_column(default=None, comment="When it was dealt with (UTC)")
    outcome: Mapped[str | None] = mapped_column(default=None, comment="What came of it")
    change_id: Mapped[int | None] = mapped_column(
        ForeignKey("change.id"), init=False, index=True, comment="Edit or disappearance that made it, if one did"
    )
    change: Mapped[Change | None] = relationship(default=None, compare=False, repr=False)
    claim: Mapped[Claim] = relationship(back_populates="follow_ups", init=False, compare=False, repr=False)
