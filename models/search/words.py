"""Words as the search knows them: folded, stemmed, and written in plain letters and digits that every index leaves as they are.

"Häuser", "Haeuser" and "HAUS" are one word, "Bürgerinnen" and "Bürger" too. What is indexed and what is asked for both come
through here, so that no database needs to know German.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

# Between the fields of a text, so that a phrase never reaches from one into the next. No stem begins with a digit.
BREAK = "0"
LONGEST_WORD = 60  # characters; what comes after is no longer told apart
LONGEST_COMPOUND = 5  # parts

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = f"[\u0300-\u036f{_INVISIBLE}]"
_NUMBER = r"\d+(?:\.\d{3}(?!\d))*(?:,\d+)?(?![^\W\d_])"
_WORDS = re.compile(rf"{_NUMBER}|[^\W_](?:[^\W_]|{_MARKS})*")
# "Corona-Hilfen", and "Bürger:innen" in its several spellings.
_JOINT = re.compile(r"[-\u2010\u2011]|[:*_/](?=in(?:nen)?\b)")
_UMLAUT = "\u0308"
_DROPPED = dict.fromkeys(map(ord, _INVISIBLE))
# As Snowball's German stemmer writes umlauts: "ue" is none after "q" and between vowels (Quelle, neue).
_SPELT_OUT = re.compile(r"ae|oe|(?<![aeiouyäöüq])ue")
_PLAIN = str.maketrans("äöü", "aou")
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands and its stem."""

    start: int
    end: int
    stem: str


def words_of(text: str) -> list[Word]:
    """The words of a text in order; offsets count the text's own characters."""
    return [Word(found.start(), found.end(), stem(found[0])) for found in _WORDS.finditer(text)]


def compounds_of(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Words parted by hyphens, written in one: (first word, word after the last, stem), for each stretch of two parts or more.

    "NRW-Corona-Hilfen" gives NRWCorona, CoronaHilfen and NRWCoronaHilfen.
    """
    first = 0
    for i in range(1, len(words) + 1):
        # Matched in the whole text: the mark of a gender form counts by what comes after it.
        joint = _JOINT.match(text, words[i - 1].end) if i < len(words) else None
        joined = joint is not None and joint.end() == words[i].start
        if joined:
            continue
        last = min(i, first + LONGEST_COMPOUND)
        for left in range(first, last - 1):
            for right in range(left + 2, last + 1):
                yield left, right, stem("".join(text[word.start : word.end] for word in words[left:right]))
        first = i


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word as it stands in the index: "Häusern" and "HAUS" give haus, "2,5" gives n2komma5."""
    return _plain_letters(_number(word) or _stemmer().stemWord(fold(word)))


def beginning(word: str) -> str:
    """The first letters of a word, folded but not stemmed: what stems begin with that are asked for by `wort*`."""
    folded = _SPELT_OUT.sub(lambda found: found[0][0], fold(word))
    return _plain_letters(_number(word) or folded)


def fold(word: str) -> str:
    """Small letters without accents; umlauts stay for the stemmer, ß is ss."""
    letters = unicodedata.normalize("NFKC", word.translate(_DROPPED)).casefold()
    if letters.isascii():
        return letters
    kept: list[str] = []
    for mark in unicodedata.normalize("NFD", letters):
        if not unicodedata.combining(mark) or (mark == _UMLAUT and kept and kept[-1] in "aou"):
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept))


def _number(word: str) -> str | None:
    """A number in one spelling: 1.000 is 1000, 2,5 is 2komma5; None for a word."""
    digits = word.replace(".", "").replace(",", "komma", 1)
    return digits if word.isascii() and word.replace(".", "").replace(",", "").isdigit() else None


def _plain_letters(word: str) -> str:
    word = word.translate(_PLAIN)
    if not (word.isascii() and word.isalnum()):
        # Other scripts as hexadecimal bytes: no database then has an opinion about what a letter is.
        word = "x" + word.encode("utf-8", "surrogatepass").hex()
    if word[:1].isdigit():
        # PostgreSQL's parser would read "1e5" and "3e4a" as numbers.
        word = "n" + word
    return word[:LONGEST_WORD]


def _stemmer() -> "Stemmer.Stemmer":
    """One stemmer a thread; they are not made to be shared."""
    found: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if found is None:
        found = _local.stemmer = Stemmer.Stemmer("german", 0)
    return found
