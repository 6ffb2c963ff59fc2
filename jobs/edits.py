"""From two readings of a release to a change: the one place where what the weighing found becomes what the database keeps."""

from datetime import date, datetime
from typing import Any

from claims.edits import Edit, Stretch, Touch, weigh
from models import Change, Claim, Release, ReleaseVersion, actions
from models.days import day_of
from models.words import ChangeKind, EditReason, Weight

MOST_STRETCHES = 50  # kept with a change, the graver first; the versions hold the rest
LONGEST = 300  # characters of a stretch that are kept with a change


def weigh_versions(before: ReleaseVersion, after: ReleaseVersion, *, released: date) -> Edit | None:
    """What differs between two readings; None if nobody could read a difference."""
    return None if before.text_sha256 == after.text_sha256 else weigh(before.text, after.text, released=released)


def change_of(edit: Edit | None, before: ReleaseVersion, after: ReleaseVersion, now: datetime) -> Change | None:
    """An edit by the publisher as a row, not yet stored; None if nothing was edited. A moved day is grave as well."""
    stretches = [] if edit is None else [_row(stretch, before.text, after.text) for stretch in edit.stretches]
    if _moved(before, after) and not any(EditReason.DATE in row["reasons"] for row in stretches):
        stretches.insert(0, _moved_day(before, after))
    if not stretches:
        return None
    grave = any(row["weight"] == Weight.GRAVE for row in stretches)
    return Change(
        kind=ChangeKind.EDITED,
        noticed_at=now,
        weight=Weight.GRAVE if grave else Weight.LIGHT,
        stretches=stretches[:MOST_STRETCHES],
    )


def concerned(edit: Edit | None, release: Release, before: ReleaseVersion, after: ReleaseVersion) -> list[Claim]:
    """The claims of a release that an edit concerns: whose sentence it changed gravely, took out, or put back in.

    A light rewording of the claim's own sentence is shown with the claim, but brings nothing back to the desk.
    """
    return [] if edit is None else [claim for claim in release.claims if _is_concerned(claim, edit, before, after)]


def weigh_old_change(change: Change, release: Release) -> bool:
    """Weigh an edit that was noticed before edits were weighed; gives whether there was something to do."""
    if change.kind is not ChangeKind.EDITED or change.weight is not None or change.before is None or change.after is None:
        return False
    edit = weigh_versions(change.before, change.after, released=release.published_on or day_of(release.first_seen_at))
    weighed = change_of(edit, change.before, change.after, change.noticed_at)
    # White space or typography made it a version then; what was told stays told.
    change.weight, change.stretches = (weighed.weight, weighed.stretches) if weighed else (Weight.LIGHT, [])
    return True


def keep_edit(release: Release, edit: Edit | None, change: Change, now: datetime) -> None:
    """Bring the tracked claims that a stored edit concerns back to the desk."""
    if change.before is not None and change.after is not None:
        actions.reopen_claims(concerned(edit, release, change.before, change.after), change, now)


def _is_concerned(claim: Claim, edit: Edit, before: ReleaseVersion, after: ReleaseVersion) -> bool:
    place = _place(claim, before)
    if place is None:
        return claim.quote in after.text
    touch = edit.touch(*place)
    return touch is Touch.GRAVE or (touch is Touch.LOST and _folded(before.text[slice(*place)]) not in _folded(after.text))


def _place(claim: Claim, version: ReleaseVersion) -> tuple[int, int] | None:
    """Where a claim stands in a version: where it was found, else where its words are."""
    for appearance in claim.appearances:
        if appearance.version is version:
            return appearance.start, appearance.end
    start = version.text.find(claim.quote)
    return None if start < 0 else (start, start + len(claim.quote))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _row(stretch: Stretch, before: str, after: str) -> dict[str, Any]:
    return {
        "weight": stretch.weight,
        "reasons": list(stretch.reasons),
        "before": before[stretch.start : stretch.end][:LONGEST],
        "after": after[stretch.to_start : stretch.to_end][:LONGEST],
        "sentence": list(stretch.sentence) if stretch.sentence else None,
        "sentence_after": list(stretch.after) if stretch.after else None,
    }


def _moved(before: ReleaseVersion, after: ReleaseVersion) -> bool:
    """Whether the page bears another day, told at the same place by the same reader."""
    if before.published_on is None or after.published_on is None or before.reader != after.reader:
        return False
    return before.published_on != after.published_on and before.origins.get("published_on") == after.origins.get("published_on")


def _moved_day(before: ReleaseVersion, after: ReleaseVersion) -> dict[str, Any]:
    days = {"before": str(before.published_on), "after": str(after.published_on)}
    return {"weight": Weight.GRAVE.value, "reasons": [EditReason.DATE.value], **days, "sentence": None, "sentence_after": None}
