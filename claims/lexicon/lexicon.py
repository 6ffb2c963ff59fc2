"""From a word to the classes it belongs to."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from claims.lexicon.verbs import verb_forms

_PARTICIPLE = re.compile(
    r"(?:an|auf|aus|ab|ein|bei|bereit|durch|fest|frei|fort|her|hin|mit|nach|statt|um|vor|weg|weiter|zu|zurück|zusammen)?ge[a-zäöüß]{3,}(?:t|en)$"
)
_ORDINAL_DIGITS = 2
HERE = Path(__file__).resolve().parent
# A class that holds whatever has some form: `anypart` every participle of a known verb, and every word that looks like one.
_FORMS = ("part", "fin", "inf")
REMEMBERED = 60_000  # words whose classes are kept; texts of made-up words must not fill the memory


class _Table:
    """Words, and beginnings and ends of words, with their bits."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.starts: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        self._lengths: tuple[list[int], list[int]] | None = None

    def learn(self, word: str, bits: int) -> None:
        if word.startswith("*") and len(word) > 1:
            table, word = self.ends, word[1:]
        elif word.endswith("*") and len(word) > 1:
            table, word = self.starts, word[:-1]
        else:
            table = self.words
        table[word] = table.get(word, 0) | bits
        self._lengths = None

    def find(self, word: str) -> int:
        if self._lengths is None:
            self._lengths = sorted({len(w) for w in self.starts}), sorted({len(w) for w in self.ends})
        mask = self.words.get(word, 0)
        for length in self._lengths[0]:
            if length < len(word):
                mask |= self.starts.get(word[:length], 0)
        for length in self._lengths[1]:
            if length < len(word):
                mask |= self.ends.get(word[-length:], 0)
        if "-" in word:
            # Of "SPD-Fraktion" and "Corona-Hilfen" the last part says what it is.
            mask |= self.words.get(word.rpartition("-")[2], 0)
        return mask


class _Known(dict[str, int]):
    """Words met before with their classes; a new one is looked up when it is asked for."""

    def __init__(self, look_up: Callable[[str], int]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> int:
        return self.remember(word, self._look_up(word))

    def remember(self, word: str, mask: int) -> int:
        if len(self) > REMEMBERED:
            self.clear()
        self[word] = mask
        return mask


class Lexicon:
    """Classes as bits: `bit("we")` is the bit of a class, `mask("wir")` all bits of a word as written.

    Case tells nouns from verbs ("Stellen" are posts, "stellen" is a verb): classes of nouns hold for capitals only, verb forms for
    small letters only; `either` is for the first word of a sentence, where case says nothing. The class `=word` holds exactly
    one word; patterns use it for words that no class needs.
    """

    def __init__(
        self,
        words: Iterable[tuple[str, str, str]],
        verbs: Iterable[tuple[str, str]],
        strong: Mapping[str, tuple[str, str, str]],
        first: Iterable[str] = (),
    ) -> None:
        """`words`: class, case ("noun" or ""), word in lower case; `verbs`: class, infinitive.

        `first`: classes that get the lowest bits, since small numbers are compared faster than large ones.
        """
        self._bits: dict[str, int] = {}
        self._any, self._nouns, self._verbs = _Table(), _Table(), _Table()
        # Words met before, as written, with their classes; " word" for one whose case says nothing.
        self.known = _Known(self._classes_of)
        # word -> particle -> bits that the word has when the particle closes its clause
        self.split: dict[str, dict[str, int]] = {}
        self.particles: set[str] = set()
        for name in first:
            self.bit(name)
        for name, case, word in words:
            (self._nouns if case == "noun" else self._any).learn(word, self.bit(name))
        for name, verb in verbs:
            any_form = self.bit(name)
            for form in verb_forms(verb, strong):
                bits = any_form | self.bit(f"{name}.{form.form}")
                if form.particle:
                    by_particle = self.split.setdefault(form.word, {})
                    by_particle[form.particle] = by_particle.get(form.particle, 0) | bits
                    self.particles.add(form.particle)
                else:
                    self._verbs.learn(form.word, bits)
        self._unions = [(self.bit(f"any{form}"), self._of_form(form)) for form in _FORMS]
        self._split_unions()

    def _of_form(self, form: str) -> int:
        union = 0
        for name, bit in self._bits.items():
            if name.endswith(f".{form}"):
                union |= bit
        return union

    def _split_unions(self) -> None:
        for by_particle in self.split.values():
            for particle, mask in by_particle.items():
                by_particle[particle] = mask | self._unions_of(mask)

    def _unions_of(self, mask: int) -> int:
        found = 0
        for bit, members in self._unions:
            if mask & members:
                found |= bit
        return found

    def _classes(self, word: str, mask: int) -> int:
        """Classes that follow from a word's other classes or its shape."""
        mask |= self._unions_of(mask)
        if word.isdigit() and len(word) <= _ORDINAL_DIGITS:
            mask |= self.bit("ordnum")
        elif _PARTICIPLE.match(word):
            mask |= self.bit("anypart")
        return mask

    def bit(self, name: str) -> int:
        """The bit of a class, made when first asked for; `=word` also learns its word (with wildcards)."""
        if name not in self._bits:
            self._bits[name] = 1 << len(self._bits)
            if name.startswith("="):
                self._any.learn(name[1:], self._bits[name])
                self.known.clear()
        return self._bits[name]

    def mask(self, word: str) -> int:
        """All classes of a word as written."""
        return self.known[word]

    def _classes_of(self, word: str) -> int:
        lower = word.lower()
        found = self._any.find(lower) | (self._nouns if word[0].isupper() else self._verbs).find(lower)
        return self._classes(word, found)

    def either(self, word: str) -> int:
        """All classes of a word whose case says nothing."""
        key = f" {word}"
        known = self.known.get(key)
        if known is None:
            lower = word.lower()
            known = self._any.find(lower) | self._nouns.find(lower) | self._verbs.find(lower)
            known = self._classes(lower, known)
            self.known.remember(key, known)
        return known


def _cells(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def shipped_lexicon(first: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon that comes with the product; `first` as in `Lexicon`."""
    strong = {row["infinitive"]: (row["present"], row["preterite"], row["participle"]) for row in _cells("strong.csv")}
    words = [(row["class"], row["case"], word) for row in _cells("words.csv") for word in row["words"].split()]
    verbs = [(row["classes"], verb) for row in _cells("verbs.csv") for verb in row["verbs"].split()]
    return Lexicon(words, verbs, strong, first)
