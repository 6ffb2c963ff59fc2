"""The archive: every page exactly as served. Equal bodies are stored once, compressed, under their SHA-256."""

import hashlib
import zlib
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.words import SnapshotPurpose

LEVEL = 2  # of zlib: 6 takes three times as long and saves a fourteenth of the room
VALIDATORS = ("etag", "last-modified")  # headers by which a host says which state of a page it serves


class Body(Base, kw_only=True):
    """The bytes of a page, zlib-compressed."""

    __tablename__ = "body"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_is_hex"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        {"comment": "Bytes as served, stored once"},
    )

    sha256: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the uncompressed bytes, hexadecimal")
    size: Mapped[int] = mapped_column(comment="Length of the uncompressed bytes")
    compressed: Mapped[bytes] = mapped_column(LargeBinary, repr=False, compare=False, comment="zlib-compressed bytes")

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The row for some bytes."""
        body = cls(sha256=hashlib.sha256(content).hexdigest(), size=len(content), compressed=zlib.compress(content, LEVEL))
        body.__dict__["content"] = content
        return body

    @cached_property
    def content(self) -> bytes:
        """The bytes as served; remembered, since a page is looked at several times."""
        return zlib.decompress(self.compressed)


class Snapshot(Base, kw_only=True):
    """One page at one moment: status, headers, announced charset and body."""

    __tablename__ = "snapshot"
    __table_args__ = (
        Index("ix_snapshot_address_last_seen_at", "address", "last_seen_at"),
        {"comment": "A page as served at a moment"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the snapshot")
    address: Mapped[str] = mapped_column(comment="Address that was asked for")
    final_address: Mapped[str] = mapped_column(comment="Address after redirects")
    purpose: Mapped[SnapshotPurpose] = mapped_column(comment="list, release or evidence")
    fetched_at: Mapped[datetime] = mapped_column(comment="Moment of retrieval (UTC)")
    last_seen_at: Mapped[datetime] = mapped_column(
        init=False,
        comment="When just these bytes were last served there (UTC); the newest page of an address is the last one seen",
    )
    status: Mapped[int] = mapped_column(comment="HTTP status")
    charset: Mapped[str | None] = mapped_column(default=None, comment="Charset the server announced, if any")
    headers: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, comment="Response headers of the first time, names in lower case"
    )
    validators: Mapped[dict[str, Any]] = mapped_column(
        init=False, comment="etag and last-modified as last served with these bytes"
    )
    body_sha256: Mapped[str] = mapped_column(ForeignKey("body.sha256"), init=False, index=True, comment="Hash of the bytes")
    body: Mapped[Body] = relationship(compare=False, repr=False)

    def __post_init__(self) -> None:
        """A new page was last seen when it was first seen."""
        self.last_seen_at = self.fetched_at
        self.validators = {name: self.headers[name] for name in VALIDATORS if name in self.headers}

    @property
    def content(self) -> bytes:
        """The bytes as served."""
        return self.body.content
