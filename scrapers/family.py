"""Families: what sites built with the same system share. The defaults stand in `families/<name>.toml`; a declaration wins."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FAMILIES = Path(__file__).resolve().parent / "families"
WAYS_ON = frozenset({"next", "pages"})  # who declares one does not want the family's other


class UnknownFamily(ValueError):  # noqa: N818  it reads as what it is
    """No family has that name; the text says which there are."""


def families() -> list[str]:
    """The names of the shipped families."""
    return sorted(path.stem for path in FAMILIES.glob("*.toml"))


def with_family(declared: dict[str, Any]) -> dict[str, Any]:
    """A declaration as written, with what its family adds. Raises `UnknownFamily`.

    Each `[[list]]` gets the defaults of its kind. `[release]` gets the family's; of several, that of today does, since an
    earlier layout may have been another system's. What is not shaped as a declaration is left for its check to name.
    """
    name = declared.get("family", "")
    if not name:
        return declared
    if name not in families():
        raise UnknownFamily(f"there is no family {name!r}; there are: {', '.join(families())}")
    family = _family(name)
    lists, release = declared.get("list"), declared.get("release", {})
    merged = dict(declared)
    if isinstance(lists, list):
        merged["list"] = [_with_defaults(one, family["list"]) for one in lists]
    if isinstance(release, dict):
        merged["release"] = {**family["release"], **release}
    elif isinstance(release, list):
        merged["release"] = [
            {**family["release"], **one} if isinstance(one, dict) and "until" not in one else one for one in release
        ]
    return merged


@cache
def _family(name: str) -> dict[str, Any]:
    return tomllib.loads((FAMILIES / f"{name}.toml").read_text(encoding="utf-8"))


def _with_defaults(one: Any, defaults: dict[str, dict[str, Any]]) -> Any:
    if not isinstance(one, dict):
        return one
    of_kind = defaults.get(str(one.get("kind", "html")), {})
    left_out = WAYS_ON if WAYS_ON & one.keys() else frozenset()
    return {**{key: value for key, value in of_kind.items() if key not in left_out}, **one}
