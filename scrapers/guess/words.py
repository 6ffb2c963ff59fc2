"""The words of `words.toml`, ready for use."""

import re
import tomllib
from pathlib import Path

_TABLES = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def names(*lists: str) -> frozenset[str]:
    """The words of some lists of names or classes, all of `names` but the special ones if none is given."""
    return frozenset(word for name in lists for word in {**_TABLES["names"], **_TABLES["classes"]}[name].split())


def one_of(table: str, name: str) -> str:
    """A regular expression that matches what any of a list does."""
    return "(?:" + "|".join(_TABLES[table][name]) + ")"


def pattern(expression: str) -> re.Pattern[str]:
    """An expression for which capitals do not count."""
    return re.compile(expression, re.IGNORECASE)
