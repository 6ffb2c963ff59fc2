"""The table behind the search: one row a release or claim, with its stemmed words and its place in the order of days."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Integer, Text, literal
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

NUMBER_BITS = 38
SHELF_BITS = 2
_NUMBERS = (1 << NUMBER_BITS) - 1
_SHELVES = (1 << SHELF_BITS) - 1


class Shelf(IntEnum):
    """What an entry is of. Candidates that no list shows have none."""

    RELEASE = 0
    CLAIM = 1
    DISMISSED = 2


class SearchEntry(Base, kw_only=True):
    """What can be found of a release (its current version) or of a claim. Made from them, and made anew by `db reindex`.

    The day, shelf and number of an entry are its key, so that both databases give matches newest first without sorting, and
    count and narrow them by shelf and day without reading a row.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_release_id", "release_id"),
        {"comment": "Stemmed words of releases and claims; made from them"},
    )

    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="Day (ordinal), shelf (2 bits) and number of the release or claim (38 bits)",
    )
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), comment="Release that it is, or that the claim stands in")
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), unique=True, comment="Claim; null: the release itself")
    head: Mapped[int] = mapped_column(comment="Characters of `words` that are title or quotation and weigh more")
    words: Mapped[str] = mapped_column(Text, comment="Stems in order, a space before and after each")


def is_ours(name: str | None, kind: str, _parents: Mapping[Any, str | None]) -> bool:
    """Whether Alembic compares a table or index: the index of the search is made by its migration and known to no class."""
    return not (kind in {"table", "index"} and name is not None and name.startswith("search_index"))


def place_of(day: date, shelf: Shelf, number: int) -> int:
    """The key of an entry: later days have greater ones."""
    return (day.toordinal() << SHELF_BITS | shelf) << NUMBER_BITS | number


def shelf_of(place: int) -> Shelf:
    """What the entry at a place is of."""
    return Shelf(place >> NUMBER_BITS & _SHELVES)


def number_of(place: int) -> int:
    """The number of the release or claim at a place."""
    return place & _NUMBERS


def number_column(place: ColumnElement[int]) -> ColumnElement[int]:
    """`number_of` as SQL."""
    return place.bitwise_and(_NUMBERS)


def on_shelves(place: ColumnElement[int], shelves: Iterable[Shelf]) -> ColumnElement[bool]:
    """Whether an entry is on one of some shelves, as SQL."""
    # PostgreSQL shifts by plain integers only.
    return place.bitwise_rshift(literal(NUMBER_BITS, Integer)).bitwise_and(_SHELVES).in_([int(shelf) for shelf in shelves])
