"""The invented releases and what the demo's desk did with them, read from TOML."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

RELEASES = Path(__file__).resolve().parent / "releases"
FACTIONS = ("um", "sl", "fm", "oew")
FOUNDING = "nrw"


@dataclass(frozen=True)
class Edit:
    """A page changed without notice."""

    on: date
    body: str


@dataclass(frozen=True)
class DemoRelease:
    """A release as the demo's site shows it; `published` None: on the day the demo goes live."""

    site: str
    slug: str
    title: str
    body: str
    published: date | None
    subtitle: str = ""
    labels: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    gone: date | None = None

    def body_on(self, day: date) -> str:
        """The text as it stands on a day."""
        return next((edit.body for edit in reversed(self.edits) if edit.on <= day), self.body)


@dataclass(frozen=True)
class DeskAction:
    """Something the demo's desk did with a claim on a day."""

    on: date
    release: str
    quote: str
    do: str
    by: str
    given: dict[str, Any] = field(default_factory=dict)


def demo_releases() -> list[DemoRelease]:
    """All dated releases, the oldest first."""
    found = [_release(site, row) for site in (*FACTIONS, FOUNDING) for row in _rows(site)]
    return sorted(found, key=lambda release: (release.published or date.max, release.site, release.slug))


def live_releases() -> list[DemoRelease]:
    """The releases that appear after the demo went live."""
    return [_release(str(row["faction"]).lower().replace("ö", "oe"), row) for row in _load("live")["release"]]


def desk_actions() -> list[DeskAction]:
    """What the desk did, in order of time; the founding release's follow-up included."""
    rows = [*_load("desk")["action"], *_load("founding_desk")["action"]]
    known = {"on", "release", "quote", "do", "by"}
    actions = [
        DeskAction(**{name: row[name] for name in known}, given={name: value for name, value in row.items() if name not in known})
        for row in rows
    ]
    return sorted(actions, key=lambda action: action.on)


@cache
def _load(name: str) -> dict[str, Any]:
    with (RELEASES / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _rows(site: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _load(site)["release"]
    return rows


def _release(site: str, row: dict[str, Any]) -> DemoRelease:
    return DemoRelease(
        site=site,
        slug=row["slug"],
        title=row["title"],
        subtitle=row.get("subtitle", ""),
        body=row["body"].strip(),
        published=row.get("published"),
        labels=tuple(row.get("labels", ())),
        edits=tuple(Edit(on=edit["on"], body=edit["body"].strip()) for edit in row.get("edit", ())),
        gone=row.get("gone"),
    )
