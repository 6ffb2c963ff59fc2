"""The head of the history, written once a day into a file of its own: what is cut off the history later is found by it.

Keep copies of the folder elsewhere: who can change the database can change these files too.
"""

import json
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jobs.desk import Desk
from models import queries
from models.queries import Anchor


class AnchorError(Exception):
    """A file that is no anchor, or that cannot be read or written; the message names it."""


def anchor_today(desk: Desk) -> Path | None:
    """Write the day's anchor unless there is one, or no decision yet; gives its file. Raises `AnchorError`."""
    now = desk.clock()
    file = anchor_folder(desk.settings.data) / f"{now.astimezone(ZoneInfo(desk.settings.timezone)):%Y-%m-%d}.json"
    if file.exists():
        return None
    with desk.database.reading() as session:
        head = queries.history_head(session)
    if not head.number:
        return None
    write_whole(file, [anchor_row(head, now)])
    return file


def anchor_folder(data: Path) -> Path:
    """Where the anchors of an installation lie."""
    return data / "anchors"


def anchor_row(head: Anchor, now: datetime) -> dict[str, Any]:
    """The head as it is written."""
    return {"head": {"number": head.number, "hash": head.hash}, "exported_at": now.isoformat()}


def read_anchors(files: Iterable[Path]) -> list[Anchor]:
    """The anchors in files: daily ones, or exports of the history, of which every line is one. Raises `AnchorError`."""
    anchors: list[Anchor] = []
    for file in files:
        try:
            lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
            rows = [json.loads(line) for line in lines]
            anchors += [Anchor(int(head["number"]), str(head["hash"])) for head in (row.get("head", row) for row in rows)]
        except OSError as error:
            raise AnchorError(f"Cannot read {file}: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnchorError(f"{file} is no anchor and no export of the history.") from error
        if not lines:
            raise AnchorError(f"{file} is empty.")
    return anchors


def write_whole(file: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write JSON lines into a file that is there whole or not at all; gives how many lines. Raises `AnchorError`."""
    count = 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="ascii", delete=False) as half:
            try:
                for row in rows:
                    half.write(json.dumps(row) + "\n")
                    count += 1
                half.flush()
                os.fsync(half.fileno())
                Path(half.name).replace(file)
            except BaseException:  # also when it is cut short: half a file stays nowhere; raised again
                Path(half.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise AnchorError(f"Cannot write {file}: {error.strerror}.") from error
    return count
