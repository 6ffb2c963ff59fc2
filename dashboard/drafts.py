"""What a person has typed and not yet saved: small files beside the database, one a person, claim and form.

They outlive a reload, another tab and a restart of the server. They are nobody's record: a lost one costs some typing.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time
from typing import Any

KEPT = timedelta(days=30)  # a draft that nobody touched for so long is thrown away
LARGEST = 200_000  # characters of one draft


@dataclass(frozen=True)
class Draft:
    """The fields of a form and the revision of the claim that they were typed against."""

    revision: int
    fields: Mapping[str, Any] = field(default_factory=dict)


def load_draft(folder: Path, person: str, claim_id: int, form: str) -> Draft | None:
    """The draft, if there is a readable one."""
    try:
        row = json.loads(_file(folder, person, claim_id, form).read_text(encoding="utf-8"))
        return Draft(int(row["revision"]), dict(row["fields"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        # Cut short by a full disk, or written by hand: the form then begins empty, as without a draft.
        return None


def keep_draft(folder: Path, person: str, claim_id: int, form: str, draft: Draft) -> None:
    """Write a draft in one step, so that a reader never sees half of one. Raises OSError where the disk refuses."""
    fields = {name: value.isoformat() if isinstance(value, date) else value for name, value in draft.fields.items()}
    words = json.dumps({"revision": draft.revision, "fields": fields}, ensure_ascii=False)
    if len(words) > LARGEST:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, suffix=".tmp", delete=False, encoding="utf-8") as file:
        file.write(words)
    Path(file.name).replace(_file(folder, person, claim_id, form))


def drop_draft(folder: Path, person: str, claim_id: int, form: str) -> None:
    """Throw a draft away, and all that are too old."""
    _file(folder, person, claim_id, form).unlink(missing_ok=True)
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        # Another visit may be throwing the same one away.
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time() - KEPT.total_seconds():
                file.unlink()


def _file(folder: Path, person: str, claim_id: int, form: str) -> Path:
    # Names of people are foreign text and no file names.
    return folder / f"{sha256(json.dumps([person, claim_id, form]).encode()).hexdigest()[:40]}.json"
