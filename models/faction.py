"""Factions, which side of the house they sat on when, and who speaks for them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.words import Side


class Faction(Base, kw_only=True):
    """A parliamentary faction."""

    __tablename__ = "faction"
    __table_args__ = (UniqueConstraint("parliament", "name"), {"comment": "A parliamentary faction"})

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the faction")
    parliament: Mapped[str] = mapped_column(comment="Full name of the parliament")
    name: Mapped[str] = mapped_column(comment="Short name, e.g. SPD")
    roles: Mapped[list["FactionRole"]] = relationship(
        back_populates="faction", default_factory=list, compare=False, repr=False, order_by="FactionRole.starts_on"
    )


class FactionRole(Base, kw_only=True):
    """Government or opposition for a stretch of days, with the legislative period it falls into."""

    __tablename__ = "faction_role"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        UniqueConstraint("faction_id", "starts_on"),
        {"comment": "Which side a faction sat on"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the row")
    faction_id: Mapped[int] = mapped_column(ForeignKey("faction.id"), init=False, index=True, comment="Faction")
    period: Mapped[int | None] = mapped_column(default=None, comment="Number of the legislative period, if known")
    side: Mapped[Side] = mapped_column(comment="government or opposition")
    starts_on: Mapped[date] = mapped_column(comment="First day")
    ends_on: Mapped[date | None] = mapped_column(default=None, comment="Last day; null while it lasts")
    faction: Mapped[Faction] = relationship(back_populates="roles", init=False, compare=False, repr=False)


class Speaker(Base, kw_only=True):
    """A person quoted in releases, as written there without title."""

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("parliament", "name"), {"comment": "A person quoted in releases"})

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the speaker")
    parliament: Mapped[str] = mapped_column(comment="Parliament in whose releases the name stands")
    name: Mapped[str] = mapped_column(comment="Name without title")
