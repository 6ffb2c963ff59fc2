"""Measured series against which claims are checked."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base


class Indicator(Base, kw_only=True):
    """A measured series, e.g. deportations a year."""

    __tablename__ = "indicator"
    __table_args__ = ({"comment": "A measured series"},)

    key: Mapped[str] = mapped_column(primary_key=True, comment="Short name, e.g. deportations")
    name: Mapped[str] = mapped_column(comment="Shown name (English; translated when shown)")
    unit: Mapped[str] = mapped_column(comment="Unit of its values")
    observations: Mapped[list["Observation"]] = relationship(
        back_populates="indicator", default_factory=list, compare=False, repr=False
    )


class Observation(Base, kw_only=True):
    """One value of an indicator for a region and a year; null is unknown, never zero."""

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("indicator_key", "region_code", "year"),
        {"comment": "One value of a series; null is unknown"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the row")
    indicator_key: Mapped[str] = mapped_column(ForeignKey("indicator.key"), init=False, comment="Series")
    region: Mapped[str] = mapped_column(comment="Name of the Land")
    region_code: Mapped[str] = mapped_column(comment="Short name, e.g. NW; DE for the sum of all")
    year: Mapped[int] = mapped_column(comment="Year; stocks count on its last day")
    value: Mapped[float | None] = mapped_column(default=None, comment="Value in the indicator's unit; null: unknown")
    source: Mapped[str] = mapped_column(default="", comment="Where the value was published")
    as_of: Mapped[str] = mapped_column(default="", comment="When it was published, as far as known")
    note: Mapped[str] = mapped_column(default="", comment="Remark on how it was counted")
    indicator: Mapped[Indicator] = relationship(back_populates="observations", init=False, compare=False, repr=False)
