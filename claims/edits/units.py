"""A text as sentences of words and marks, spelled so that typography makes no difference.

Silent are white space of every kind, invisible marks and soft hyphens, hyphens that a line break left (all by `claims.text.clean`), and
which of the usual signs stands for a quotation mark, an apostrophe, a dash or an ellipsis. Everything else is said.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from claims.text.clean import Cleaned, clean
from claims.text.sentences import Reader

LONGEST = 1000  # characters; a longer "sentence" is cut, so that no reader is given an endless one

_TOKEN = re.compile(r"\w+(?:[.,:]\d+)*|\.{3,1000}|[^\w\s]")
_SPELLED = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("„“”«»‟〝〞＂", '"'),
    **dict.fromkeys("‘’‚‹›‛`´", "'"),
    "...": "…",
}


class Token(NamedTuple):
    """A word, a number or a mark: how it compares, and its place in the cleaned text."""

    key: str
    start: int
    end: int


class Unit(NamedTuple):
    """A sentence, heading or label: its words, and its place in the cleaned text."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def keys(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(token.key for token in self.tokens)


class Text(NamedTuple):
    """A whole text in units, with the way back to the characters as archived."""

    cleaned: Cleaned
    units: list[Unit]

    def words(self, unit: Unit) -> str:
        """A unit as it stands in the cleaned text."""
        return self.cleaned.text[unit.start : unit.end]


def read_units(text: str) -> Text:
    """A text as units; those without any word or mark are left out."""
    cleaned = clean(text)
    units = [
        Unit(tokens, start, end)
        for first, last in _sentences(cleaned.text)
        for start, end in _cut(cleaned.text, first, last)
        if (tokens := tuple(_tokens(cleaned.text, start, end)))
    ]
    return Text(cleaned, units)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Places that lie close together and hold every character but white space."""
    reader = Reader()
    place = 0
    for line in text.split("\n"):
        after = 0
        reader.open_line(line, 0)
        pieces = reader.split(line, 0) if line.strip() else []
        for piece in pieces:
            # What stands between two sentences, a mark that closes a quotation, belongs to the one before.
            if piece.start > after and line[after : piece.start].strip():
                yield place + after, place + piece.start
            yield place + piece.start, place + max(piece.end, piece.start)
            after = max(after, piece.end)
        if line[after:].strip():
            yield place + after, place + len(line)
        place += len(line) + 1


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = blank if blank > 0 else start + LONGEST
        yield start, middle
        start = middle
    yield start, end


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        key = (
            "…"
            if word.startswith("...")
            else _SPELLED.get(word) or (word if word.isascii() else unicodedata.normalize("NFC", word))
        )
        yield Token(key, match.start(), match.end())
