"""Looking at every stored byte: what of the archive is damaged, and whether a WARC file still holds what was exported."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from jobs.archive.traces import FOUND_SHARE, share_found
from jobs.archive.warc import CHOICE, expected_fingerprint, fingerprint_of, record_id
from models import Database
from models.queries import (
    Choice,
    StoredBody,
    StoredVersion,
    archived_pages,
    bodiless_snapshots,
    count_snapshots,
    count_stored,
    stored_bodies,
    stored_versions,
)
from scrapers.read import text_hash

AT_ONCE = 64 * 1024

# Called with (what is looked at, done, all).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it should be: kind, where (a hash, a snapshot, a version, a record), and a sentence."""

    kind: str
    where: str
    message: str


def verify_archive(database: Database, progress: Progress | None = None) -> Iterator[Damage]:
    """What is damaged in the database's archive: bodies, snapshots without one, versions without page or not found in it."""
    told = progress or (lambda *_: None)
    with database.reading() as session:
        _snapshots, bodies, versions = count_stored(session)
        bodiless = bodiless_snapshots(session)
    for number, address, sha256 in bodiless:
        yield Damage("no_body", f"snapshot {number}", f"Snapshot {number} of {address} has no body; {sha256} is missing.")
    for done, body in enumerate(stored_bodies(database), 1):
        if (wrong := _wrong_with(body)) is not None:
            yield Damage("body", body.sha256, f"Body {body.sha256} {wrong}")
        told("Bodies", done, bodies)
    for done, version in enumerate(stored_versions(database), 1):
        if (damage := _damage_of(version)) is not None:
            yield damage
        told("Versions", done, versions)


def _wrong_with(body: StoredBody) -> str | None:
    try:
        content = body.content()
    except zlib.error as error:
        return f"cannot be unpacked: {error}."
    if len(content) > body.size:
        return f"has more than the {body.size} bytes it should have."
    if len(content) != body.size:
        return f"has {len(content)} bytes and should have {body.size}."
    found = hashlib.sha256(content).hexdigest()
    return None if found == body.sha256 else f"is not what was stored: its bytes have the hash {found}."


def _damage_of(version: StoredVersion) -> Damage | None:
    where = f"version {version.id}"
    name = f"Version {version.number} of release {version.release_id}, {version.address},"
    if text_hash(version.text) != version.text_sha256:
        return Damage("text", where, f"{name} is not what was stored: its text has another hash.")
    if version.snapshot_id is None:
        return Damage("no_snapshot", where, f"{name} has no snapshot it was read from.")
    if version.body is None or _wrong_with(version.body) is not None:
        return None  # told already
    share = share_found(version.text, version.body.content(), version.charset)
    if share < FOUND_SHARE:
        return Damage(
            "not_found", where, f"{name} cannot be found in snapshot {version.snapshot_id}: it holds {share:.0%} of its words."
        )
    return None


@dataclass(slots=True)
class _File:
    """What was met in a WARC file."""

    path: Path
    choice: Choice | None = None
    records: dict[str, bytes] = field(default_factory=dict)  # fingerprints of responses and revisits by name
    payloads: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)  # responses and revisits whose metadata was not met


def verify_warc(database: Database, path: Path, progress: Progress | None = None) -> Iterator[Damage]:
    """What is wrong with a WARC file beside the archive: unreadable, cut off, altered, or holding too little or too much.

    Memory grows by some 200 bytes a snapshot. Raises `OSError` for a file that cannot be opened.
    """
    told = progress or (lambda *_: None)
    met = _File(path)
    yield from _read(met, told)
    if met.choice is None:
        yield Damage(
            "no_info", path.name, f"{path} does not begin by saying what it holds; it is compared with the whole archive."
        )
    choice = met.choice or Choice()
    with database.reading() as session:
        number, _newest = count_snapshots(session, choice)
    for done, page in enumerate(archived_pages(database, choice), 1):
        name = record_id(page)
        found = met.records.pop(name, None)
        where = f"snapshot {page.id}"
        if found is None:
            yield Damage("missing", where, f"{path} has no record of snapshot {page.id}, {page.address}.")
        elif found != expected_fingerprint(page):
            yield Damage(
                "differs", where, f"{path} has another address, date, status or digest for snapshot {page.id}, {page.address}."
            )
        told("Snapshots", done, number)
    for name in met.records:
        yield Damage("unknown", name, f"{path} has record {name}, which is no snapshot of this archive.")


def _read(met: _File, told: Progress) -> Iterator[Damage]:
    size = met.path.stat().st_size
    if (wrong := _wrong_packing(met.path)) is not None:
        yield Damage("packing", met.path.name, f"{met.path} {wrong}")
    with met.path.open("rb") as file:
        records = iter(ArchiveIterator(file, check_digests=True))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                name = record.rec_headers.get_header("WARC-Record-ID") or f"a record before byte {file.tell()}"
                whole = _exhaust(record)
            except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
                said = " ".join(str(error).split())
                yield Damage("unreadable", met.path.name, f"{met.path} cannot be read on at about byte {file.tell()}: {said}.")
                break
            if whole is not None:
                yield Damage("record", name, f"{met.path}: record {name} {whole}")
            yield from _note(met, name, record)
            told("Records", file.tell(), size)
    for name in sorted(met.alone):
        yield Damage("no_metadata", name, f"{met.path}: what else is known of record {name} is missing.")


def _wrong_packing(path: Path) -> str | None:
    """What is wrong with a file as gzip: warcio takes an end that is missing for an end."""
    try:
        with gzip.open(path) as stream:
            while stream.read(AT_ONCE):
                pass
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        return f"is no whole gzip file: {' '.join(str(error).split()).rstrip('.')}."
    return None


def _exhaust(record: ArcWarcRecord) -> str | None:
    """Read a record to its end; gives what is wrong with it."""
    content = record.raw_stream
    begun = content.read(AT_ONCE)
    if record.rec_type == "warcinfo":
        record.content = begun
    while begun:
        begun = content.read(AT_ONCE)
    if content.limit > 0:
        return f"is cut off: {content.limit} bytes are missing."
    if record.digest_checker.passed is False:
        return f"is not what was written: {'; '.join(record.digest_checker.problems)}."
    if record.digest_checker.passed is None and record.rec_type != "revisit":
        return "bears no digest."
    return None


def _note(met: _File, name: str, record: ArcWarcRecord) -> Iterator[Damage]:
    said = record.rec_headers.get_header
    if record.rec_type == "warcinfo" and met.choice is None:
        met.choice = _choice(record.content)
    elif record.rec_type == "metadata":
        met.alone.discard(said("WARC-Concurrent-To"))
    elif record.rec_type in {"response", "revisit"}:
        if name in met.records:
            yield Damage("twice", name, f"{met.path} has record {name} twice.")
        met.records[name] = fingerprint_of(record)
        met.alone.add(name)
        digest = said("WARC-Payload-Digest") or ""
        if record.rec_type == "response":
            met.payloads.add(digest)
        elif digest not in met.payloads:
            yield Damage("no_origin", name, f"{met.path}: record {name} refers to a body that does not stand before it.")


def _choice(info: bytes) -> Choice | None:
    """What a file says it holds."""
    for line in info.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(": ")
        if key == CHOICE:
            try:
                said = json.loads(value)
                since = said["since"]
                return Choice(
                    source_key=said["source_key"],
                    sites=tuple(said["sites"]),
                    since=None if since is None else datetime.fromisoformat(since),
                    newest=said["newest"],
                )
            except (ValueError, KeyError, TypeError):
                return None
    return None
