"""A sentence as words with their places and classes: what the cues are matched against."""

import re
from bisect import bisect_left

from claims.lexicon import Lexicon

_TOKEN = re.compile(r"\w+(?:[.,:/'’+-]\w+)*|[^\w\s]")
_BREAKS = frozenset(",;:–—()")
_BEFORE_FIRST = frozenset(':„»"‚(')
_LINKS = frozenset({"und", "oder", "sowie"})


class Tokens:
    """Words and marks of a sentence: `words[i]` in lower case, its place `starts[i]:ends[i]`, its classes `masks[i]`.

    `read` are classes that readers gave to spans of words (an amount, a deadline), `flags` are classes of the whole sentence ("quoted"), `mask` is the union of all classes; `clauses` numbers the stretches between
    commas and the like.
    """

    __slots__ = ("_clauses", "ends", "flags", "mask", "masks", "read", "starts", "words")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        masks: list[int] = []
        mask_of, known, begins = lexicon.mask, lexicon.known, True
        for match in _TOKEN.finditer(text):
            word = match[0]
            starts.append(match.start())
            ends.append(match.end())
            mask = None if begins else known.get(word)
            masks.append(mask if mask is not None else lexicon.either(word) if begins else mask_of(word))
            words.append(word.lower())
            begins = word in _BEFORE_FIRST or (begins and not word[0].isalnum())
        self.words, self.starts, self.ends, self.masks = words, starts, ends, masks
        self._join_split_verbs(lexicon)
        self.flags = self.mask = self.read = 0
        for mask in self.masks:
            self.mask |= mask
        self._clauses: list[int] | None = None

    def _join_split_verbs(self, lexicon: Lexicon) -> None:
        """Give "stellt ... bereit" the classes of "bereitstellen": the particle closes a clause, the verb stands before it."""
        words, split, particles = self.words, lexicon.split, lexicon.particles
        last = len(words) - 1
        searched = 0
        for i, word in enumerate(words):
            if word not in particles or not (i == last or not words[i + 1][0].isalnum() or words[i + 1] in _LINKS):
                continue
            for j in range(i - 1, searched - 1, -1):
                by_particle = split.get(words[j])
                if by_particle is not None and word in by_particle:
                    self.masks[j] |= by_particle[word]
                    break
            # Each word is looked at for one particle only, or a line of particles costs its square.
            searched = i

    def add(self, start: int, end: int, bits: int) -> None:
        """Give the words that begin within a span further classes (an amount, a deadline)."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
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

    def text_between(self, first: int, last: int, text: str) -> str:
        """The words from one to another as they stand in the text."""
        return text[self.starts[first] : self.ends[last]]
