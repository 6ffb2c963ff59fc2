"""What the publisher changed in a release, as chips and marked words, the graver first. HTML out, every word escaped."""

from collections.abc import Iterable
from typing import Any

from dashboard import safe
from dashboard.labels import EDIT_REASONS
from models import Change, Claim
from settings.texts import Texts

MOST = 12  # stretches shown at once


def stretches_html(stretches: Iterable[dict[str, Any]], t: Texts) -> str:
    """Some stretches, each with what it is about, what was taken out and what was put in."""
    return "".join(_html(stretch, t) for stretch in list(stretches)[:MOST])


def stretches_of(claim: Claim, change: Change) -> list[dict[str, Any]]:
    """What an edit changed in a claim's own sentence."""
    place = next(((a.start, a.end) for a in claim.appearances if a.version_id == change.before_id), None)
    if place is None:
        return []
    start, end = place
    return [s for s in change.stretches if s["sentence"] is not None and s["sentence"][0] < end and start < s["sentence"][1]]


def _html(stretch: dict[str, Any], t: Texts) -> str:
    chips = "".join(safe.chip(t(EDIT_REASONS[reason])) for reason in stretch["reasons"])
    before = f"<del>{safe.text(stretch['before'])}</del>" if stretch["before"] else ""
    after = f"<ins>{safe.text(stretch['after'])}</ins>" if stretch["after"] else ""
    return f'<div class="bw-text">{chips} {before} {after}</div>'
