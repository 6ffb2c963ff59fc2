"""The archive as a whole: every page in the order in which it was had, a few at a time, for export and verification."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.engine import Database
from models.release import Release, ReleaseVersion
from models.snapshot import Body, Snapshot
from models.words import SnapshotPurpose

AT_ONCE = 10  # rows a query: of the largest pages they take 20 MB, of usual ones a quarter of one


@dataclass(frozen=True, slots=True)
class Choice:
    """Which snapshots are meant: those of a source (its releases, and what was had below its sites), and since a moment."""

    source_key: str | None = None
    sites: tuple[str, ...] = ()  # beginnings of addresses, as https://example.org
    since: datetime | None = None
    newest: int | None = None  # the last snapshot's number


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A snapshot with its body as stored; `size` and `compressed` are None where the body is missing."""

    id: int
    address: str
    final_address: str
    purpose: SnapshotPurpose
    fetched_at: datetime
    last_seen_at: datetime
    status: int
    charset: str | None
    headers: dict[str, Any]
    sha256: str
    size: int | None
    compressed: bytes | None
    first: int  # number of the first chosen snapshot with the same body


@dataclass(frozen=True, slots=True)
class StoredBody:
    """Some bytes as stored."""

    sha256: str
    size: int
    compressed: bytes

    def content(self) -> bytes:
        """The bytes as served. Raises `zlib.error` for what is damaged; gives at most one byte more than the size says."""
        unpack = zlib.decompressobj()
        content = unpack.decompress(self.compressed, self.size + 1)
        if len(content) == self.size and not unpack.eof:
            # The checksum at the end is still to be read.
            content += unpack.decompress(unpack.unconsumed_tail, 1) + unpack.flush()
        if len(content) <= self.size and not unpack.eof:
            raise zlib.error("the compressed bytes end too early")
        return content


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a release with the page it was read from; `snapshot_id` or `body` is None where that is missing."""

    id: int
    release_id: int
    address: str
    number: int
    text: str
    text_sha256: str
    snapshot_id: int | None
    charset: str | None
    body: StoredBody | None


def count_snapshots(session: Session, choice: Choice) -> tuple[int, int]:
    """How many snapshots are chosen, and the number of the last one (0 if there is none)."""
    number, newest = session.execute(
        select(func.count(Snapshot.id), func.max(Snapshot.id)).where(*_chosen(Snapshot, choice))
    ).one()
    return number, newest or 0


def archived_pages(database: Database, choice: Choice) -> Iterator[ArchivedPage]:
    """The chosen snapshots by number. Each handful has a transaction of its own, so that nobody waits for a long export."""
    other = aliased(Snapshot)
    first = select(func.min(other.id)).where(other.body_sha256 == Snapshot.body_sha256, *_chosen(other, choice)).scalar_subquery()
    query = (
        select(
            Snapshot.id,
            Snapshot.address,
            Snapshot.final_address,
            Snapshot.purpose,
            Snapshot.fetched_at,
            Snapshot.last_seen_at,
            Snapshot.status,
            Snapshot.charset,
            Snapshot.headers,
            Snapshot.body_sha256,
            Body.size,
            Body.compressed,
            first,
        )
        .outerjoin(Body, Body.sha256 == Snapshot.body_sha256)
        .where(*_chosen(Snapshot, choice))
        .order_by(Snapshot.id)
        .limit(AT_ONCE)
    )
    last = 0
    while True:
        with database.reading() as session:
            pages = [ArchivedPage(*row) for row in session.execute(query.where(Snapshot.id > last))]
        yield from pages
        if len(pages) < AT_ONCE:
            return
        last = pages[-1].id


def place_of(session: Session, snapshot_id: int) -> tuple[str, datetime]:
    """The address a snapshot came from in the end, and when."""
    address, moment = session.execute(select(Snapshot.final_address, Snapshot.fetched_at).where(Snapshot.id == snapshot_id)).one()
    return address, moment


def count_stored(session: Session) -> tuple[int, int, int]:
    """How many snapshots, bodies and versions of releases there are."""
    snapshots, bodies, versions = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (Snapshot, Body, ReleaseVersion)
    )
    return snapshots, bodies, versions


def stored_bodies(database: Database) -> Iterator[StoredBody]:
    """All bodies, by hash."""
    query = select(Body.sha256, Body.size, Body.compressed).order_by(Body.sha256).limit(AT_ONCE)
    last = ""
    while True:
        with database.reading() as session:
            bodies = [StoredBody(*row) for row in session.execute(query.where(Body.sha256 > last))]
        yield from bodies
        if len(bodies) < AT_ONCE:
            return
        last = bodies[-1].sha256


def bodiless_snapshots(session: Session) -> list[tuple[int, str, str]]:
    """Number, address and missing hash of snapshots without a body."""
    query = (
        select(Snapshot.id, Snapshot.address, Snapshot.body_sha256)
        .outerjoin(Body, Body.sha256 == Snapshot.body_sha256)
        .where(Body.sha256.is_(None))
        .order_by(Snapshot.id)
    )
    return [(number, address, sha256) for number, address, sha256 in session.execute(query)]


def stored_versions(database: Database) -> Iterator[StoredVersion]:
    """All versions of all releases, by number of the row."""
    query = (
        select(
            ReleaseVersion.id,
            ReleaseVersion.release_id,
            Release.address,
            ReleaseVersion.number,
            ReleaseVersion.text,
            ReleaseVersion.text_sha256,
            Snapshot.id,
            Snapshot.charset,
            Body.sha256,
            Body.size,
            Body.compressed,
        )
        .join(Release, Release.id == ReleaseVersion.release_id)
        .outerjoin(Snapshot, Snapshot.id == ReleaseVersion.snapshot_id)
        .outerjoin(Body, Body.sha256 == Snapshot.body_sha256)
        .order_by(ReleaseVersion.id)
        .limit(AT_ONCE)
    )
    last = 0
    while True:
        with database.reading() as session:
            versions = [
                StoredVersion(*row[:8], body=None if row[8] is None else StoredBody(*row[8:]))
                for row in session.execute(query.where(ReleaseVersion.id > last))
            ]
        yield from versions
        if len(versions) < AT_ONCE:
            return
        last = versions[-1].id


def _chosen(snapshot: type[Snapshot], choice: Choice) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if choice.since is not None:
        wanted.append(snapshot.fetched_at >= choice.since)
    if choice.newest is not None:
        wanted.append(snapshot.id <= choice.newest)
    if choice.source_key is not None:
        below = (snapshot.address.startswith(f"{site}/", autoescape=True) for site in choice.sites)
        known = snapshot.address.in_(select(Release.address).where(Release.source_key == choice.source_key))
        wanted += [snapshot.purpose != SnapshotPurpose.EVIDENCE, or_(known, *below)]
    return wanted
