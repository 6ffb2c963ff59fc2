"""Where a query's words stand in a text as it was written, and the passage of it that is worth showing."""

from bisect import bisect_right
from dataclasses import dataclass

from models.search.ask import Query, Term
from models.search.words import LONGEST_WORD, Word, compounds_of, words_of

AROUND = 240  # characters of a passage

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a field's text with the places that match. All offsets count characters of `text`, the whole field."""

    field: str
    text: str
    start: int
    end: int
    marks: tuple[Span, ...]


def mark_spans(query: Query, text: str) -> list[Span]:
    """The places of a text that match a query, in order, not overlapping. Excluded words and small ones are not marked."""
    words = words_of(text)
    at: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        at.setdefault(word.stem, []).append(i)
    found: set[Span] = set()
    terms = {term for group in query.groups for term in group}
    for term in terms:
        found |= {(i, i + len(term.stems)) for i in _starts(term, words, at)}
    single = {term.stems[0] for term in terms if len(term.stems) == 1 and not term.begins}
    found |= {(left, right) for left, right, joined in compounds_of(text, words) if joined in single}
    spans: list[Span] = []
    for first, after in sorted(found, key=lambda pair: (pair[0], -pair[1])):
        start, end = words[first].start, words[after - 1].end
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def passage(query: Query, field: str, text: str, after: int = 0) -> Passage:
    """The passage with most marks, the first of several; without marks the beginning. Nothing before `after` is shown."""
    marks = [span for span in mark_spans(query, text) if span[0] >= after]
    ends = [end for _, end in marks]
    near = [bisect_right(ends, start + AROUND) - i for i, (start, _) in enumerate(marks)]
    best = marks[near.index(max(near))][0] if marks else after
    start = _word_start(text, max(after, best - AROUND // 4), best)
    last = max((end for mark, end in marks if mark == best), default=0)
    end = _word_end(text, max(min(start + AROUND, len(text)), last))
    return Passage(field, text, start, end, tuple(span for span in marks if start <= span[0] and span[1] <= end))


def _starts(term: Term, words: list[Word], at: dict[str, list[int]]) -> list[int]:
    last = len(term.stems) - 1

    def stands(i: int) -> bool:
        for k, stem in enumerate(term.stems):
            if i + k >= len(words):
                return False
            here = words[i + k].stem
            if here != stem and not (term.begins and k == last and here.startswith(stem)):
                return False
        return True

    if term.begins and last == 0:
        return [i for i, word in enumerate(words) if word.stem.startswith(term.stems[0])]
    return [i for i in at.get(term.stems[0], ()) if stands(i)]


def _word_start(text: str, place: int, latest: int) -> int:
    """The beginning of a word at or after a place, at the latest where the first mark begins."""
    if place == 0 or text[place - 1].isspace():
        return place
    while place < latest and not text[place].isspace():
        place += 1
    while place < latest and text[place].isspace():
        place += 1
    return place


def _word_end(text: str, place: int) -> int:
    """The end of the word that a place cuts, or the place itself in a very long one."""
    end = place
    while end < len(text) and end < place + LONGEST_WORD and not text[end].isspace():
        end += 1
    return end
