"""The hash chain that makes the history of decisions tamper-evident: each link's hash covers its fields and the hash before it.

Rows that were changed, taken out, put in or exchanged no longer fit. Rows cut off at the end fit, so heads are exported as
anchors from time to time; what was cut off after the last anchor cannot be noticed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

FIRST = "0" * 64  # the hash before the first link


def link_hash(previous: str, fields: Sequence[object]) -> str:
    """The SHA-256 of a link, hexadecimal: the hash before it and its fields, each with its length in front.

    The lengths keep apart what would read the same when run together: ("ab", "c") and ("a", "bc").
    """
    digest = hashlib.sha256()
    for field in (previous, *fields):
        written = canonical(field).encode()
        digest.update(str(len(written)).encode() + b":" + written)
    return digest.hexdigest()


def canonical(value: object) -> str:
    """A field as it is hashed: one way to write each value, whatever database it comes from."""
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(value)


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): item for key, item in value.items()}
