"""Press releases, their versions, and what changed after publication."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.faction import Faction
from models.snapshot import Snapshot
from models.words import ChangeKind, VersionCause, Weight

if TYPE_CHECKING:
    from models.claim import Claim

release_faction = Table(
    "release_faction",
    Base.metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True, comment="Release"),
    Column("faction_id", ForeignKey("faction.id"), primary_key=True, index=True, comment="One of the factions that signed it"),
    comment="Which factions a release is of; joint releases have several",
)


class Release(Base, kw_only=True):
    """A press release at its address. Identity is source and address; its words stand in its versions."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("source_key", "address"),
        Index("ix_release_first_seen_at", "first_seen_at"),
        Index("ix_release_next_visit_at", "source_key", "next_visit_at"),
        {"comment": "A press release; never deleted"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the release")
    source_key: Mapped[str] = mapped_column(ForeignKey("source_state.key"), comment="Source on which it was found")
    address: Mapped[str] = mapped_column(comment="Address of the page, as listed, in canonical form")
    parliament: Mapped[str] = mapped_column(comment="Full name of the parliament")
    first_seen_at: Mapped[datetime] = mapped_column(comment="When we first fetched it (UTC)")
    published_on: Mapped[date | None] = mapped_column(default=None, index=True, comment="Day it bears; null if it bears none")
    month: Mapped[date] = mapped_column(
        index=True, comment="First of the month in which it was published, or first seen if it bears no day"
    )
    baseline: Mapped[bool] = mapped_column(
        default=False, comment="Found in the source's first run, so nobody was told of it singly"
    )
    last_visit_at: Mapped[datetime] = mapped_column(comment="When we last fetched it (UTC)")
    next_visit_at: Mapped[datetime] = mapped_column(comment="When to look at it again (UTC)")
    missing_since: Mapped[datetime | None] = mapped_column(default=None, comment="First visit in a row that found it gone (UTC)")
    gone_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="When its absence was confirmed, a day or more later (UTC)"
    )
    factions: Mapped[list[Faction]] = relationship(
        secondary=release_faction, default_factory=list, compare=False, repr=False, order_by="Faction.name"
    )
    versions: Mapped[list["ReleaseVersion"]] = relationship(
        back_populates="release", default_factory=list, compare=False, repr=False, order_by="ReleaseVersion.number"
    )
    changes: Mapped[list["Change"]] = relationship(
        back_populates="release", default_factory=list, compare=False, repr=False, order_by="Change.id"
    )
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="release", default_factory=list, compare=False, repr=False, order_by="Claim.start"
    )

    @property
    def current(self) -> "ReleaseVersion":
        """The newest version."""
        return self.versions[-1]


class ReleaseVersion(Base, kw_only=True):
    """What a release said when a snapshot was read. Claims are pinned to characters of `text`; it is never rewritten."""

    __tablename__ = "release_version"
    __table_args__ = (
        UniqueConstraint("release_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"comment": "A release as read from one snapshot"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the version row")
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), init=False, index=True, comment="Release")
    number: Mapped[int] = mapped_column(default=1, comment="1 for the first version")
    cause: Mapped[VersionCause] = mapped_column(
        default=VersionCause.FIRST, comment="first, publisher (an edit) or reader (read anew)"
    )
    title: Mapped[str] = mapped_column(comment="Headline")
    subtitle: Mapped[str | None] = mapped_column(default=None, comment="Second headline, if any")
    text: Mapped[str] = mapped_column(
        Text, repr=False, comment="Title, date line and body, paragraphs apart by blank lines; offsets count its characters"
    )
    text_sha256: Mapped[str] = mapped_column(
        comment="Hash of the text with white space folded: decides whether something changed"
    )
    published_on: Mapped[date | None] = mapped_column(default=None, comment="Day the page bears")
    published_raw: Mapped[str | None] = mapped_column(default=None, comment="The date as written on the page")
    origins: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, comment="Where each field came from, e.g. selector, meta, trafilatura"
    )
    reader: Mapped[str] = mapped_column(comment="Version of the reading rules")
    read_at: Mapped[datetime] = mapped_column(comment="When it was read (UTC)")
    snapshot_id: Mapped[int | None] = mapped_column(
        ForeignKey("snapshot.id"), init=False, index=True, comment="Snapshot it was read from"
    )
    release: Mapped[Release] = relationship(back_populates="versions", init=False, compare=False, repr=False)
    snapshot: Mapped[Snapshot | None] = relationship(default=None, compare=False, repr=False)


class Change(Base, kw_only=True):
    """What the publisher did to a release after we first saw it."""

    __tablename__ = "change"
    __table_args__ = ({"comment": "An edit, disappearance or return of a release"},)

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the change")
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), init=False, index=True, comment="Release")
    kind: Mapped[ChangeKind] = mapped_column(comment="edited, gone or back")
    noticed_at: Mapped[datetime] = mapped_column(comment="When we noticed (UTC)")
    weight: Mapped[Weight | None] = mapped_column(
        default=None, comment="grave or light, of an edit; null if it was never weighed, and for what is no edit"
    )
    stretches: Mapped[list[dict[str, Any]]] = mapped_column(
        default_factory=list,
        comment="What an edit changed, the graver first: weight, reasons, before, after, and the places of the sentences",
    )
    before_id: Mapped[int | None] = mapped_column(ForeignKey("release_version.id"), init=False, comment="Version before an edit")
    after_id: Mapped[int | None] = mapped_column(ForeignKey("release_version.id"), init=False, comment="Version after an edit")
    release: Mapped[Release] = relationship(back_populates="changes", init=False, compare=False, repr=False)
    before: Mapped[ReleaseVersion | None] = relationship(foreign_keys=[before_id], default=None, compare=False, repr=False)
    after: Mapped[ReleaseVersion | None] = relationship(foreign_keys=[after_id], default=None, compare=False, repr=False)
