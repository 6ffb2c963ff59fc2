"""Cleaning that never loses its place: what was cut out of the text as archived is remembered, so every span leads back.

Characters are either kept, replaced one for one (spaces, line breaks, letters written as letter and accent), or cut out (soft
hyphens, invisible marks, hyphens that a line break left). Only the cuts are stored: a text without any costs nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from typing import NamedTuple

from claims.text.hyphens import parting_hyphens

_SPACES = "\u00a0\u202f\u2007\u2009\u200a\u2008\u2006\u2005\u2004\u2003\u2002\u3000\t"
_BREAKS = "\u2028\u2029\u0085\x0b\x0c"
# Soft hyphen, zero-width marks, directions of writing and the byte-order mark say nothing.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
_CUT = re.compile(f"[{_INVISIBLE}]{{1,1000}}|\r(?=\n)")
# Accents that some programs write behind their letter ("u\u0308" for "ü").
_ACCENTS = "\u0308\u0301\u0300\u0302\u0303\u0327\u030c"
_ACCENTED = re.compile(f"[A-Za-z][{_ACCENTS}]")
_LETTERS = re.compile(r"[^\W\d_]{0,60}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{0,60}\Z")
_REACH = 60  # characters of a word around a repair


class Repair(NamedTuple):
    """A word that a line break had parted: the place of hyphen and blank in the original, and the word as it reads now."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text that knows its way back to the original."""

    text: str
    # Cut n stands before character places[n] of the cleaned text; with it, lengths[n] characters are gone up to there.
    _places: "array[int]"
    _lengths: "array[int]"
    _joined: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the cleaned text in the original, the last character included whole."""
        first = self._origin(start)
        return first, self._origin(end - 1) + 1 if end > start else first

    @property
    def repairs(self) -> list[Repair]:
        """The words that were joined, in order."""
        return [self._repair(number) for number in self._joined]

    def _origin(self, place: int) -> int:
        number = bisect_right(self._places, place)
        return place + self._lengths[number - 1] if number else place

    def _repair(self, number: int) -> Repair:
        place, before = self._places[number], self._lengths[number - 1] if number else 0
        left = _LETTERS_BEFORE.search(self.text, max(0, place - _REACH), place)
        right = _LETTERS.match(self.text, place)
        word = (left[0] if left else "") + (right[0] if right else "")
        # Hyphen, blank and what invisible stood between them are cuts of their own, all at one place.
        last = bisect_right(self._places, place) - 1
        return Repair(place + before, place + self._lengths[last], word)


def clean(text: str) -> Cleaned:
    """Spaces made plain, invisible marks cut out, words joined that a line break had parted."""
    plain = _replace(text)
    marks = array("q")
    bare = plain
    if "\r" in plain or any(mark in plain for mark in _INVISIBLE):
        marks.extend(chain.from_iterable(match.span() for match in _CUT.finditer(plain)))
        # Hyphens are judged by the words around them, so invisible marks have to be gone first.
        bare = _CUT.sub("", plain).replace("\r", "\n")
    hyphens = array("q", chain.from_iterable(parting_hyphens(bare) if "-" in bare else ()))
    return _cleaned(_without(bare, hyphens), plain, marks, hyphens)


def _cleaned(text: str, plain: str, marks: "array[int]", hyphens: "array[int]") -> Cleaned:
    """The cuts of both passes put together; `marks` are places in the plain text, `hyphens` in the text without the marks."""
    places, lengths, joined = array("q"), array("q"), array("q")
    gone = 0
    for start, end in merge(_pairs(marks), _singles(hyphens, marks)):
        if plain[start] == "-":
            joined.append(len(places))
        places.append(start - gone)
        gone += end - start
        lengths.append(gone)
    return Cleaned(text, places, lengths, joined)


def _pairs(edges: "array[int]") -> Iterator[tuple[int, int]]:
    return ((edges[n], edges[n + 1]) for n in range(0, len(edges), 2))


def _singles(hyphens: "array[int]", marks: "array[int]") -> Iterator[tuple[int, int]]:
    """The characters of the hyphens one by one, at their places before the marks were cut out."""
    cuts = _pairs(marks)
    following = next(cuts, None)
    gone = 0
    for start, end in _pairs(hyphens):
        for place in range(start, end):
            while following is not None and following[0] - gone <= place:
                gone += following[1] - following[0]
                following = next(cuts, None)
            yield place + gone, place + gone + 1


def _replace(text: str) -> str:
    """The text with characters replaced one for one."""
    for mark in _SPACES:
        if mark in text:
            text = text.replace(mark, " ")
    for mark in _BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    if any(accent in text for accent in _ACCENTS):
        text = _ACCENTED.sub(_compose, text)
    return text


def _compose(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", match[0])
    # The soft hyphen takes the accent's place and is cut out with the others.
    return letter + "\u00ad" if len(letter) == 1 else match[0]


def _without(text: str, cuts: "array[int]") -> str:
    return "".join(_between(text, cuts)) if cuts else text


def _between(text: str, cuts: "array[int]") -> Iterator[str]:
    place = 0
    for start, end in _pairs(cuts):
        yield text[place:start]
        place = end
    yield text[place:]
