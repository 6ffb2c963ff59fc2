"""The archive as one WARC file: written beside its place, and put there when it is whole."""

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from jobs.archive.warc import CHOICE, Origin, SnapshotWriter
from models import Database
from models.queries import ArchivedPage, Choice, StoredBody, archived_pages, count_snapshots, place_of
from settings.config import Settings

# Called with (done, all) after each snapshot.
Progress = Callable[[int, int], None]


class ExportError(Exception):
    """A file that cannot be written; the message says why."""


@dataclass(slots=True)
class Exported:
    """What an export wrote, and which snapshots it had to leave out because the archive is damaged."""

    snapshots: int = 0
    revisits: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)


def export_warc(
    database: Database,
    settings: Settings,
    target: Path,
    choice: Choice,
    now: datetime,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the chosen snapshots as WARC/1.1. What comes in meanwhile is left to the next export.

    A body that was written before becomes a revisit that refers to it. Only one body is in memory at a time, with a handful of
    compressed ones. A damaged snapshot is left out and told. Raises `ExportError` for a file that is there or cannot be written.
    """
    with database.reading() as session:
        number, newest = count_snapshots(session, choice)
    choice = Choice(choice.source_key, choice.sites, choice.since, newest)
    done = Exported()
    with _put_in_place(target, force=force) as file:
        writer = SnapshotWriter(file)
        writer.write_info(target.name, _info(settings, choice), now)
        for count, page in enumerate(archived_pages(database, choice), 1):
            _write(database, writer, page, done)
            if progress is not None:
                progress(count, number)
        done.bytes = file.tell()
    return done


def _write(database: Database, writer: SnapshotWriter, page: ArchivedPage, done: Exported) -> None:
    if (content := _content(page)) is None:
        done.damaged.append(
            f"Snapshot {page.id} of {page.address} is damaged and was left out; `beimwort archive verify` says more."
        )
        return
    origin = None
    if page.first != page.id:
        with database.reading() as session:
            origin = Origin(*place_of(session, page.first))
    writer.write(page, content, origin)
    done.snapshots += 1
    done.revisits += origin is not None


def _content(page: ArchivedPage) -> bytes | None:
    """The bytes of a page if they are what they should be."""
    if page.compressed is None or page.size is None:
        return None
    try:
        content = StoredBody(page.sha256, page.size, page.compressed).content()
    except zlib.error:
        return None
    return content if len(content) == page.size and hashlib.sha256(content).hexdigest() == page.sha256 else None


def _info(settings: Settings, choice: Choice) -> dict[str, str]:
    chosen = {name: str(value) if isinstance(value, datetime) else value for name, value in asdict(choice).items()}
    return {
        "software": f"beimwort/{version('beimwort')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "operator": settings.contact or "unknown",
        "isPartOf": settings.installation,
        "description": "Press releases of parliamentary factions and lists of them, bodies as served and unpacked. "
        "Equal bodies at one address are one snapshot, of the first time.",
        CHOICE: json.dumps(chosen),
    }


@contextmanager
def _put_in_place(target: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file that takes the target's place at the end of the block, or leaves no trace if the block raises."""
    if target.exists() and not force:
        raise ExportError(f"{target} is there already; --force replaces it.")
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                part.chmod(0o644)
                part.replace(target)
            except BaseException:  # also when it is cut short: half a file stays nowhere; raised again
                part.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ExportError(f"Cannot write {target}: {error.strerror or error}.") from error
