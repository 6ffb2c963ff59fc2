"""A sentence as words with their places and classes: what the cues are matched against."""

import re
from bisect import bisect_left
from functools import reduce
from operator import or_

from claims.lexicon import Lexicon

_TOKEN = re.compile(r"\w+(?:[.,:/'’+-]\w+)*|[^\w\s]")
_BREAKS = frozenset(",;:–—()")
_BEFORE_FIRST = frozenset(':„»"‚(')
_LINKS = frozenset({"und", "oder", "sowie"})


class Tokens:
    """Words and marks of a sentence: `words[i]` as written, its place `places[i]`, its classes `masks[i]`.

    `begins_at` is the place of the first word, perhaps behind a mark; -1: there is none.
    `read` are classes that readers gave to spans of words (an amount, a deadline), `flags` are classes of the whole sentence
    ("quoted"), `mask` is the union of all classes; `clauses` numbers the stretches between commas and the like.
    """

    __slots__ = ("_clauses", "_places", "_text", "begins_at", "flags", "mask", "masks", "read", "words")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        words = _TOKEN.findall(text)
        masks = list(map(lexicon.known.__getitem__, words))
        self.words, self.masks, self._text = words, masks, text
        self._places: list[tuple[int, int]] | None = None
        self._weigh_beginnings(lexicon)
        self._join_split_verbs(lexicon)
        self.flags = self.read = 0
        self.mask = reduce(or_, masks, 0)
        self._clauses: list[int] | None = None
        is_word = [word[0].isalnum() for word in words[:2]]
        self.begins_at = is_word.index(True) if True in is_word else -1

    @property
    def begin(self) -> int:
        """The classes of the first word."""
        return self.masks[self.begins_at] if self.begins_at >= 0 else 0

    def _weigh_beginnings(self, lexicon: Lexicon) -> None:
        """Give the first word of the sentence, and of a quotation or a bracket in it, the classes of a noun and of a verb."""
        words, begins = self.words, True
        inner = not _BEFORE_FIRST.isdisjoint(words)
        for i, word in enumerate(words):
            if begins:
                self.masks[i] = lexicon.either(word)
            begins = word in _BEFORE_FIRST or (begins and not word[0].isalnum())
            if not (begins or inner):
                return

    @property
    def places(self) -> list[tuple[int, int]]:
        """For each word where it starts and ends in the text; asked for by few sentences, so read when asked for."""
        if self._places is None:
            self._places = [match.span() for match in _TOKEN.finditer(self._text)]
        return self._places

    def _join_split_verbs(self, lexicon: Lexicon) -> None:
        """Give "stellt ... bereit" the classes of "bereitstellen": the particle closes a clause, the verb stands before it."""
        words, split, particles = self.words, lexicon.split, lexicon.particles
        if particles.isdisjoint(words):
            return
        last = len(words) - 1
        searched = 0
        for i, word in enumerate(words):
            if word not in particles or not (i == last or not words[i + 1][0].isalnum() or words[i + 1] in _LINKS):
                continue
            for j in range(i - 1, searched - 1, -1):
                by_particle = split.get(words[j].lower())
                if by_particle is not None and word in by_particle:
                    self.masks[j] |= by_particle[word]
                    break
            # Each word is looked at for one particle only, or a line of particles costs its square.
            searched = i

    def add(self, start: int, end: int, bits: int) -> None:
        """Give the words that begin within a span further classes (an amount, a deadline)."""
        places = self.places
        for i in range(bisect_left(places, (start,)), bisect_left(places, (end,))):
            self.masks[i] |= bits
        self.mask |= bits
        self.read |= bits

    def raise_flags(self, bits: int) -> None:
        """Give the sentence as a whole further classes."""
        self.flags |= bits
        self.mask |= bits

    def take_sides(self, own: int, others: int, own_bit: int, others_bit: int) -> None:
        """Mark the words that mean the own side and those that mean others; a word that could mean both means others."""
        mine, theirs = bool(self.mask & own), bool(self.mask & others)
        if not (mine or theirs):
            return
        for i, mask in enumerate(self.masks):
            if theirs and mask & others:
                self.masks[i] = mask | others_bit
                self.mask |= others_bit
            elif mine and mask & own:
                self.masks[i] = mask | own_bit
                self.mask |= own_bit

    @property
    def clauses(self) -> list[int]:
        """For each word the number of its clause."""
        if self._clauses is None:
            number, found = 0, []
            for word in self.words:
                if word in _BREAKS:
                    number += 1
                found.append(number)
            self._clauses = found
        return self._clauses

    def text_between(self, first: int, last: int) -> str:
        """The words from one to another as they stand in the text."""
        places = self.places
        return self._text[places[first][0] : places[last][1]]
