"""What a person types into the search box, read: words, "phrases", beginnings*, -exclusions and OR. Nothing typed is an error."""

import re
from dataclasses import dataclass

from models.search.words import beginning, compounds_of, fold, stem, words_of
from settings.texts import marked

LONGEST = 500  # characters
MOST_TERMS = 40
SHORTEST_BEGINNING = 2  # letters before the *

NOTHING = marked("There is nothing to look for: write at least one word.")
ONLY_EXCLUDED = marked("There are only words to leave out: write at least one to look for.")
TOO_LONG = marked("That is too long to look for: at most 500 characters and 40 words.")
TOO_SHORT = marked("A beginning needs at least two letters before the *.")

# Words without which a question means the same: only inside a phrase they count.
_ARTICLES = "der die das den dem des ein eine einen einem einer eines"
_PREPOSITIONS = "in im an am auf aus bei mit nach von vom zu zum zur für über"
_OTHERS = "und als auch so dass es er sie wir sich ist sind wird werden hat haben"
_SMALL_WORDS = frozenset(f"{_ARTICLES} {_PREPOSITIONS} {_OTHERS}".split())
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟", '"'))
_PIECE = re.compile(r'([-\u2212\u2013]?)(?:"([^"]*)"?|([^\s"]+))')
_OR = frozenset({"OR", "ODER", "|", "||"})


@dataclass(frozen=True, slots=True)
class Term:
    """Stems that stand one after the other; the last may be only a beginning."""

    stems: tuple[str, ...]
    begins: bool = False

    @property
    def is_phrase(self) -> bool:
        """Whether the order of words matters."""
        return len(self.stems) > 1

    @property
    def pattern(self) -> str:
        """The term as it stands in an entry's words, where each word has a space on both sides."""
        return f" {' '.join(self.stems)}" + ("" if self.begins else " ")


Group = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: of every group one term, and none of the excluded; `problem` says why nothing can be found."""

    groups: tuple[Group, ...] = ()
    excluded: tuple[Term, ...] = ()
    problem: str | None = None


def read_query(text: str) -> Query:
    """The query that was typed. Whatever was typed, it never raises; a `problem` is a sentence for the person."""
    if len(text) > LONGEST:
        return Query(problem=TOO_LONG)
    reading = _Reading()
    for minus, phrase, chunk in _PIECE.findall(text.translate(_QUOTES)):
        reading.take(minus, phrase, chunk)
    return reading.query()


class _Reading:
    """A query while its pieces are read one after the other."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.small: list[Group] = []
        self.excluded: list[Term] = []
        self.either = self.too_short = False

    def take(self, minus: str, phrase: str, chunk: str) -> None:
        """Read one piece: a phrase, or a chunk without spaces, perhaps after a minus."""
        if chunk in _OR and not minus:
            self.either = bool(self.groups)
            return
        found = _chunk(chunk) if chunk else _phrase(phrase)
        if found is None:
            self.too_short = True
        elif not found:
            return
        elif minus:
            self.excluded += found
        elif self.either:
            self.groups[-1] += found
        elif fold(chunk) in _SMALL_WORDS:
            self.small.append(found)
        else:
            self.groups.append(found)
        self.either = False

    def query(self) -> Query:
        """What was read; small words count where there is nothing else."""
        groups = self.groups or self.small
        if sum(map(len, groups)) + len(self.excluded) > MOST_TERMS:
            return Query(problem=TOO_LONG)
        if not groups or self.too_short:
            return Query(problem=TOO_SHORT if self.too_short else ONLY_EXCLUDED if self.excluded else NOTHING)
        return Query(tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(self.excluded)))


def _phrase(text: str) -> Group:
    stems = tuple(word.stem for word in words_of(text))
    return (Term(stems),) if stems else ()


def _chunk(text: str) -> Group | None:
    """What a piece without spaces can mean; None for a beginning that is too short."""
    words = words_of(text)
    if not words:
        return ()
    stems = tuple(word.stem for word in words)
    if text[words[-1].end :].startswith("*"):
        last = text[words[-1].start : words[-1].end]
        if len(last) < SHORTEST_BEGINNING:
            return None
        before = stems[:-1]
        # "Verfügungen*" is longer than the stem of "Verfügung", which is meant as well.
        return (Term((*before, beginning(last)), begins=True), Term((*before, stem(last))))
    whole = [joined for left, right, joined in compounds_of(text, words) if (left, right) == (0, len(words))]
    return (Term(stems), *(Term((joined,)) for joined in whole))
