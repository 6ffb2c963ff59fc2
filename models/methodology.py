"""By which scale the desk judges, from which day on. A later one leaves judgments made by an earlier one as they are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.words import SETTLED, Fulfillment, Verdict

# The scale the product comes with: each value, and whether it is final, which asks for evidence.
SCALE: dict[str, Any] = {
    "fulfillment": {value.value: value in SETTLED for value in Fulfillment},
    "verdict": {value.value: value is not Verdict.UNCHECKED for value in Verdict},
}


class Methodology(Base, kw_only=True):
    """A dated scale: which judgments there are, which of them are final, and whether a second person signs those off."""

    __tablename__ = "methodology"
    __table_args__ = (
        CheckConstraint("length(version) > 0", name="has_version"),
        {"comment": "Scales by which the desk judges, each from a day on; never rewritten"},
    )

    version: Mapped[str] = mapped_column(primary_key=True, comment="Short name of the version")
    in_force_from: Mapped[date] = mapped_column(unique=True, comment="First day on which it holds")
    scale: Mapped[dict[str, Any]] = mapped_column(comment="For each question the values, and whether each is final")
    second_look: Mapped[bool] = mapped_column(default=False, comment="Whether a second person signs final judgments off")
    note: Mapped[str] = mapped_column(default="", comment="What is new in it")
    adopted_at: Mapped[datetime] = mapped_column(comment="When it was recorded (UTC)")
    adopted_by: Mapped[str] = mapped_column(default="", comment="Who recorded it; empty: it came with the product")

    def is_final(self, judgment: Fulfillment | Verdict) -> bool:
        """Whether a judgment says that nothing more is to come."""
        return bool(self._values(judgment).get(judgment.value))

    def knows(self, judgment: Fulfillment | Verdict) -> bool:
        """Whether the scale has a judgment."""
        return judgment.value in self._values(judgment)

    def _values(self, judgment: Fulfillment | Verdict) -> dict[str, bool]:
        return self.scale["fulfillment" if isinstance(judgment, Fulfillment) else "verdict"]  # type: ignore[no-any-return]
