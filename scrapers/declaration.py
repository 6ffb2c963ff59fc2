"""Sources as declarations: one TOML file a faction, checked on loading; errors name file and key."""

import tomllib
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

SHIPPED = Path(__file__).resolve().parent / "sources"


class SourceError(Exception):
    """A declaration that cannot be used; the message names the file, the key and what to do."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _selector(value: str) -> str:
    try:
        compile_selector(value)
    except SelectorSyntaxError as error:
        raise ValueError(f"{value!r} is no CSS selector ({str(error).splitlines()[0]})") from error
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{value!r} is no web address; it must begin with http:// or https://")
    return value


class ListDeclaration(_Strict):
    """Where a source lists its releases and how to read that list."""

    kind: Literal["html", "feed"] = "html"
    address: str
    item: str = Field(default="", description="CSS selector of the links to releases (html)")
    next: str = Field(default="", description="CSS selector of the link to the next page (html)")
    min_items: int = Field(default=1, ge=1, description="Fewer items are a failure")

    _address = field_validator("address")(_web_address)

    @field_validator("item", "next")
    @classmethod
    def _selectors(cls, value: str) -> str:
        return _selector(value) if value else value


class ReleaseDeclaration(_Strict):
    """How to read a release's page: CSS selectors, the first match counts except for `body` and `drop`."""

    title: str
    date: str = ""
    subtitle: str = ""
    body: str = Field(description="CSS selector of the blocks of text, in the page's order")
    drop: str = Field(default="", description="CSS selector of what is removed before reading")

    @field_validator("title", "date", "subtitle", "body", "drop")
    @classmethod
    def _selectors(cls, value: str) -> str:
        return _selector(value) if value else value


class Source(_Strict):
    """One faction's press page."""

    name: str
    parliament: str
    factions: tuple[str, ...] = Field(min_length=1)
    home: str
    verified: bool = Field(default=False, description="A live check has confirmed addresses and selectors")
    note: str = ""
    every_minutes: int = Field(default=60, ge=1)
    max_pages: int = Field(default=3, ge=1, description="List pages read in a normal run")
    baseline_pages: int = Field(default=50, ge=1, description="List pages read in the first run")
    lists: tuple[ListDeclaration, ...] = Field(alias="list", min_length=1)
    release: ReleaseDeclaration

    _home = field_validator("home")(_web_address)


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
        return Source.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where} is not valid TOML: {error}.") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(str(part) for part in p['loc'])}: {p['msg']}" for p in error.errors())
        raise SourceError(f"{where}: {problems}. Correct the file.") from error
