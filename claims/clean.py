"""Cleaning that never loses its place: every character of the cleaned text knows where it stood in the text as archived."""

import re
from array import array
from dataclasses import dataclass

import simplemma

# Soft hyphen, zero-width marks and the byte-order mark say nothing.
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SPACES = frozenset("\u00a0\u202f\u2007\u2009\u2003\u2002\t")
_HYPHEN = re.compile(r"([A-Za-zÄÖÜäöüß]{2,30})-( ?)([a-zäöüß]{2,30})")
_KEPT_BEFORE = frozenset({"und", "oder", "bzw", "sowie", "bis", "als", "wie", "noch"})
_PREFIXES = frozenset({"ein", "aus", "an", "auf", "ab", "vor", "zu", "um", "ver", "be", "er", "ent", "zer", "über", "unter"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text; `origin[i]` is the place of character i in the original, with one entry more for the end."""

    text: str
    origin: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the cleaned text in the original, the last character included whole."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def clean(text: str) -> Cleaned:
    """Spaces made plain, invisible marks dropped, words joined that a line break had parted."""
    joined = _hyphens(text)
    kept: list[str] = []
    origin = array("q")
    for place, character in enumerate(text):
        if character in _DROPPED or place in joined:
            continue
        kept.append(" " if character in _SPACES else "\n" if character in "\r\u2028\u2029\x0b\x0c" else character)
        origin.append(place)
    origin.append(len(text))
    return Cleaned("".join(kept), origin)


def _hyphens(text: str) -> set[int]:
    """Places of hyphens (and the blank behind) that only part a word in two."""
    places: set[int] = set()
    for match in _HYPHEN.finditer(text):
        left, blank, right = match.groups()
        if right in _KEPT_BEFORE or not _is_one_word(left, right, bool(blank)):
            continue
        places.update(range(match.end(1), match.start(3)))
    return places


def _is_one_word(left: str, right: str, blank: bool) -> bool:  # noqa: FBT001  a fact about the text, not a switch
    if simplemma.is_known(left + right, lang="de"):
        return True
    if left.casefold() in _PREFIXES and simplemma.is_known((left + right).capitalize(), lang="de"):
        return True
    return blank or not simplemma.is_known(left, lang="de")
