"""What was found as a declaration: as a `Source` that reads, and as the TOML text that is written."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scrapers.declaration import Source
from scrapers.discover.release import FoundRules
from scrapers.family import with_family

ONE_LINE = 80  # characters of a list
SYSTEMS = {"wordpress": "WordPress", "drupal": "Drupal", "typo3": "TYPO3"}


@dataclass(frozen=True)
class ListProposal:
    """One way to list the releases; `keys` are those of its declaration, `note` says how it was found and checked."""

    keys: dict[str, str | int]
    note: str = ""

    @property
    def kind(self) -> str:
        """Its kind as declared; html if it does not say."""
        return str(self.keys.get("kind", "html"))


@dataclass(frozen=True)
class FoundSource:
    """All that a declaration needs but the names."""

    home: str
    lists: tuple[ListProposal, ...]
    rules: FoundRules
    system: str = ""
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Names:
    """Whose releases they are."""

    name: str
    parliament: str
    factions: tuple[str, ...]


def source_of(found: FoundSource, names: Names, *, verified: bool = False) -> Source:
    """What was found as a source that reads."""
    declared = {
        "name": names.name,
        "parliament": names.parliament,
        "factions": names.factions,
        "home": found.home,
        "family": found.system,
        "verified": verified,
        "list": [proposal.keys for proposal in found.lists],
        "release": _rules(found),
    }
    return Source.model_validate(with_family(declared))


def toml_of(found: FoundSource, names: Names, *, verified: bool, day: date, notes: Sequence[str] = ()) -> str:
    """What was found as the text of a declaration, with comments that say when and how."""
    system = f" The site is built with {SYSTEMS[found.system]}." if found.system else ""
    proof = (
        "Title, day and text of all previewed releases were read." if verified else "Not all previewed releases were read whole."
    )
    lines = [f"# Found on {day.isoformat()} by `beimwort sources add`.{system} {proof}"]
    lines += [f"# {_one_line(note)}" for note in (*found.notes, *found.rules.notes, *notes)]
    lines += _pairs({"name": names.name, "parliament": names.parliament, "factions": list(names.factions), "home": found.home})
    lines += _pairs({"family": found.system or None})
    lines += [f"verified = {str(verified).lower()}"]
    for proposal in found.lists:
        lines += ["", "[[list]]", *([f"# {_one_line(proposal.note)}"] if proposal.note else []), *_pairs(proposal.keys)]
    lines += ["", "[release]", *_pairs(_rules(found))]
    return "\n".join(lines) + "\n"


def expected_of(
    key: str, *, list_page: str, address: str, items: Iterable[str], following: str, title: str, day: date | None, body: str
) -> str:
    """What the saved example pages say, as the tests of shipped sources want it."""
    first, last = body.split("\n\n", 1)[0], body.rsplit("\n\n", 1)[-1]
    lines = [
        "# What the example pages beside this file say, as it was read when they were saved. Read it through: it is the",
        f"# expectation. To ship {key}, write pages in the same shape with invented words into tests/scrapers/pages/{key}.",
        "[[list]]",
        *_pairs({"page": list_page, "addresses": list(items), "next": following or None}),
        "",
        "[release]",
        *_pairs({"page": "release.html", "address": address, "title": title}),
        *([f"date = {day.isoformat()}"] if day is not None else []),
        *_pairs({"begins": first[:60].rstrip(), "ends": last[-60:].lstrip(), "never": [], "characters": len(body) * 9 // 10}),
    ]
    return "\n".join(lines) + "\n"


def _rules(found: FoundSource) -> dict[str, str]:
    """The keys of the reading rules; with a family also those that are empty, so that its defaults do not come in unchecked."""
    rules = {"title": found.rules.title, "date": found.rules.date, "body": found.rules.body, "drop": found.rules.drop}
    return {key: value for key, value in rules.items() if value or found.system or key in {"title", "body"}}


def _pairs(values: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in values.items() if value is not None]


def _value(value: str | int | list[str]) -> str:
    """A TOML value. JSON writes strings as TOML reads them, but for the delete character."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if len(value) <= 1:
        return "[" + ", ".join(map(_value, value)) + "]"
    inner = (
        "".join(f"\n    {_value(part)}," for part in value) if sum(map(len, value)) > ONE_LINE else ", ".join(map(_value, value))
    )
    return f"[{inner}\n]" if inner.startswith("\n") else f"[{inner}]"


def _one_line(text: str) -> str:
    """A comment; what is no printable character in it is left out, since a page may have written it."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
