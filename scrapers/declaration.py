"""Sources as declarations: one TOML file a faction, checked on loading; errors name file and key."""

import tomllib
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from scrapers.checked import Selector, Strict, WebAddress
from scrapers.expectation import Expectation
from scrapers.family import UnknownFamily, with_family
from scrapers.lists.declared import ListDeclaration

__all__ = [
    "EARLIER",
    "SHIPPED",
    "ListDeclaration",
    "ReleaseDeclaration",
    "Source",
    "SourceError",
    "load_source",
    "load_sources",
    "read_source",
]

SHIPPED = Path(__file__).resolve().parent / "sources"
EARLIER = "[[release]] with until"  # where the rules of earlier layouts are put; no key that a file could have


class SourceError(Exception):
    """A declaration that cannot be used; the message names the file, the key and what to do."""


class ReleaseDeclaration(Strict):
    """How to read a release's page: CSS selectors, the first match counts except for `body` and `drop`.

    Rules of an earlier layout stay, with the day on which it ended, so that pages of its time remain readable.
    """

    # Stands first: below, `date` is a selector.
    until: date | None = Field(default=None, description="First day on which the page no longer looked like this")
    title: Selector = Field(description="Empty: what the page says of itself, else the heading that it shows")
    date: Selector = ""
    subtitle: Selector = ""
    body: Selector = Field(description="CSS selector of the blocks of text, in the page's order; empty: general extraction")
    drop: Selector = Field(default="", description="CSS selector of what is removed before reading")


class Source(Strict):
    """One faction's press page."""

    name: str
    parliament: str
    factions: tuple[str, ...] = Field(min_length=1)
    home: WebAddress
    family: str = Field(default="", description="What the site is built with; its defaults stand in scrapers/families")
    verified: bool = Field(default=False, description="A live check has confirmed addresses and selectors")
    note: str = ""
    every_minutes: int | None = Field(default=None, ge=1, description="Minutes between two runs; default: the desk's setting")
    max_pages: int = Field(default=3, ge=1, description="List pages read in a normal run")
    baseline_pages: int = Field(default=50, ge=1, description="List pages read in the first run")
    lists: tuple[ListDeclaration, ...] = Field(alias="list", min_length=1)
    release: ReleaseDeclaration
    expect: Expectation = Field(default_factory=Expectation, description="What it looks like when it is well")
    earlier: dict[int, ReleaseDeclaration] = Field(
        default_factory=dict, alias=EARLIER, description="Reading rules of earlier layouts by their place in the file"
    )

    @model_validator(mode="before")
    @classmethod
    def _one_or_several(cls, declared: Any) -> Any:
        rules = declared.get("release") if isinstance(declared, dict) else None
        if not isinstance(rules, list):
            return declared
        today = _places_of_today(rules)
        if len(today) != 1:
            raise ValueError(f"exactly one [[release]] is for today, without `until`; here it is {len(today)} of {len(rules)}")
        earlier = {place: rule for place, rule in enumerate(rules) if place not in today}
        return {**declared, "release": rules[today[0]], EARLIER: earlier}

    @model_validator(mode="after")
    def _each_day_has_one_rule(self) -> Self:
        days = [rule.until for rule in self.earlier.values()]
        if len(set(days)) < len(days):
            raise ValueError("two [[release]] have the same `until`")
        if self.release.until is not None:
            raise ValueError("the only [release] has an `until`, so none is for today; add a [[release]] without")
        return self

    def rules_on(self, day: date) -> tuple[ReleaseDeclaration, ...]:
        """The rules for a page as it was on some day: those in force first, then those of the layouts before, newest first."""
        dated = sorted(((rule.until, rule) for rule in self.earlier.values() if rule.until), key=itemgetter(0), reverse=True)
        in_force = sum(day < until for until, _rule in dated)
        return tuple([self.release, *(rule for _until, rule in dated)][in_force:])


def _places_of_today(rules: Sequence[Any]) -> list[int]:
    return [place for place, rule in enumerate(rules) if not (isinstance(rule, dict) and "until" in rule)]


def load_sources(*folders: Path) -> dict[str, Source]:
    """All declarations of some folders by key (the file's name); a later folder wins. A missing folder holds none."""
    return {path.stem: load_source(path) for folder in folders for path in sorted(folder.glob("*.toml"))}


def load_source(path: Path) -> Source:
    """One declaration. Raises `SourceError`."""
    try:
        return read_source(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise SourceError(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8. Save it as UTF-8.") from error


def read_source(text: str, where: str) -> Source:
    """A declaration given as text; `where` names it in errors."""
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where} is not valid TOML: {error}.") from error
    try:
        return Source.model_validate(with_family(declared))
    except UnknownFamily as error:
        raise SourceError(f"{where}: family: {error}. Correct the file.") from error
    except ValidationError as error:
        problems = "; ".join(f"{_key(p['loc'], declared)}: {p['msg']}" for p in error.errors())
        raise SourceError(f"{where}: {problems}. Correct the file.") from error


def _key(place: Sequence[int | str], declared: dict[str, Any]) -> str:
    """A key as it stands in the file; several `[[release]]` are counted from 0."""
    rules = declared.get("release")
    path = list(place) or ["release"]
    if path[0] == EARLIER:
        path[0] = "release"
    elif path[0] == "release" and isinstance(rules, list) and place:
        path.insert(1, _places_of_today(rules)[0])
    return ".".join(map(str, path))
