"""How well an entry answers a query: a number that depends on the two alone, so that every database gives the same order."""

from itertools import pairwise

from models.search.ask import Query, Term
from models.search.entry import Shelf

# Okapi BM25's two constants (Robertson and Zaragoza 2009): how soon repetition stops to count, and how much length counts.
REPETITION, LENGTH = 1.2, 0.75
TYPICAL = {Shelf.RELEASE: 2500, Shelf.CLAIM: 150, Shelf.DISMISSED: 150}  # characters of stems
IN_HEAD = 1.5  # for standing in a title or quotation
PHRASE = 0.5  # for each further word of a phrase
NEXT_TO_EACH_OTHER = 1.0  # for two words of the query that stand side by side


def weight(query: Query, words: str, head: int, shelf: Shelf) -> float:
    """The weight of an entry that matches; greater is better."""
    longer = 1 - LENGTH + LENGTH * len(words) / TYPICAL[shelf]
    total = sum(max(_term(term, words, head, longer) for term in group) for group in query.groups)
    for group, after in pairwise(query.groups):
        if f"{group[0].pattern.rstrip()}{after[0].pattern}" in words:
            total += NEXT_TO_EACH_OTHER
    return round(total, 4)


def _term(term: Term, words: str, head: int, longer: float) -> float:
    first = words.find(term.pattern)
    if first < 0:
        return 0.0
    n = words.count(term.pattern, first)
    found = n * (REPETITION + 1) / (n + REPETITION * longer)
    return found * (1 + PHRASE * (len(term.stems) - 1)) + (IN_HEAD if first < head else 0.0)
