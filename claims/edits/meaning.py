"""What the words of a sentence weigh: amounts, numbers, percent, dates, negations and names, as the readers of claims see them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from claims.edits.units import Text, Token, Unit
from claims.figures.dates import whens
from claims.figures.money import money
from claims.figures.numerals import number
from claims.figures.quantities import quantities
from claims.speech.names import CAPITAL, GIVEN, NAME, PARTY, ROLE, Word, words_of
from claims.speech.people import Mention, Signers, is_likely_name, people
from claims.text.wordlists import word_list

AMOUNT, NUMBER, PERCENT, DATE, NEGATION, NAME_CHANGED = "amount", "number", "percent", "date", "negation", "name"
# In the order in which they are told.
WEIGHTY = (AMOUNT, NUMBER, PERCENT, DATE, NEGATION, NAME_CHANGED)

_NEGATIONS = re.compile(
    r"(?:nicht|nichts|nie|niemals|niemand\w{0,2}|nirgends|nirgendwo|weder|keine?[rsmn]?|keinerlei|keinesfalls|keineswegs|ohne|nein)", re.IGNORECASE
)  # fmt: skip
_PERCENT_WORD = re.compile(r"%|‰|Prozent(?:punkt(?:en?)?)?")
_SIGNS = frozenset("-+<>±")  # before or behind a figure they change it
_ARTICLES = frozenset(["ein", "eine", "einer", "einem", "einen", "eines", "eins"])
_ADDRESSED = frozenset(["Herr", "Herrn", "Frau", "Kollege", "Kollegin", "Kollegen"])
_PLACES = frozenset(word_list("places"))
_UNSIGNED = Signers((), {})
_WORD = re.compile(r"\S+")
LONGEST_WORD = 60  # letters of a number word
_PEOPLE_LOOKED_FOR_IN = 100_000  # characters of a text

Value = tuple[object, ...]


class Meaning(NamedTuple):
    """What a unit says: for each token its class or "", the value each class has there, and spans to be shown whole."""

    classes: tuple[str, ...]
    values: dict[str, tuple[Value, ...]]
    spans: tuple[tuple[int, int], ...]


def read_meaning(text: Text, unit: Unit, released: date, surnames: frozenset[str]) -> Meaning:
    """A unit read; places are those of the cleaned text."""
    words = text.words(unit)
    spans: list[tuple[int, int, str]] = []
    values: dict[str, list[tuple[int, Value]]] = {reason: [] for reason in WEIGHTY}
    for amount in money(words):
        spans.append((amount.start, amount.end, AMOUNT))
        values[AMOUNT].append((amount.start, (amount.low, amount.high)))
    for when in whens(words, released):
        spans.append((when.start, when.end, DATE))
        values[DATE].append((when.start, (when.first, when.last, when.day)))
    for counted in quantities(words):
        if counted.unit == "EUR" or _is_taken(spans, counted.start, counted.end):
            continue
        reason = PERCENT if counted.unit.startswith("percent") else NUMBER
        spans.append((counted.start, counted.end, reason))
        values[reason].append((counted.start, (abs(counted.value), counted.unit if reason == PERCENT else "")))
    named = _names(words, surnames)
    classes: list[str] = []
    for token in unit.tokens:
        start, end = token.start - unit.start, token.end - unit.start
        reason = next((reason for first, last, reason in spans if first < end and start < last), "")
        if not reason:
            reason, value = _alone(token, start in named)
            if reason and value is not None:
                values[reason].append((start, value))
        classes.append(reason)
    return Meaning(
        tuple(classes),
        {reason: tuple(value for _, value in sorted(found, key=_place)) for reason, found in values.items()},
        tuple((unit.start + first, unit.start + last) for first, last, _ in spans),
    )


def _place(found: tuple[int, Value]) -> int:
    return found[0]


def _is_taken(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last, _ in spans)


def _alone(token: Token, is_name: bool) -> tuple[str, Value | None]:  # noqa: FBT001  asked for every word
    """The class of a word that no reader took, and its value."""
    word = token.key
    if word[0].isdigit():
        value = number(word)
        return NUMBER, (value if value is not None else word, "")
    if is_name:
        return NAME_CHANGED, (word,)
    if _NEGATIONS.fullmatch(word):
        return NEGATION, ("not",)
    if _PERCENT_WORD.fullmatch(word):
        return PERCENT, (word,)
    if word.isalpha() and word.casefold() not in _ARTICLES and (value := _worded(word)) is not None:
        return NUMBER, (value, "")
    return "", None


@lru_cache(maxsize=4096)
def _worded(word: str) -> float | None:
    """The value of a number word; "und", which joins them, is none."""
    value = number(word) if len(word) <= LONGEST_WORD else None
    return value if value or word.casefold() == "null" else None


def is_sign(tokens: Sequence[Token], place: int) -> bool:
    """Whether a mark stands right at a figure and changes it: the hyphen of "3-5" and of "-5"."""
    token = tokens[place]
    if token.key not in _SIGNS:
        return False
    behind = place + 1 < len(tokens) and tokens[place + 1].start == token.end and tokens[place + 1].key[0].isdigit()
    before = place > 0 and tokens[place - 1].end == token.start and tokens[place - 1].key[-1].isdigit()
    return behind or before


def surnames_of(*texts: Text) -> frozenset[str]:
    """The last names of all people whom some texts name in full."""
    found = set()
    for text in texts:
        for line in text.cleaned.text[:_PEOPLE_LOOKED_FOR_IN].split("\n"):
            read = words_of(line)
            found |= {mention.name.split()[-1] for mention in people(read, _UNSIGNED) if _is_likely(mention, read)}
    return frozenset(found)


def _names(words: str, surnames: frozenset[str]) -> set[int]:
    """Where names of people, parties and places stand: the places of the words' first letters."""
    places = [match.start() for match in _WORD.finditer(words)]
    read = words_of(words)
    wanted: set[int] = set()
    for mention in people(read, _UNSIGNED):
        if not _is_likely(mention, read):
            continue
        wanted.update(range(mention.first, min(mention.first + len(mention.name.split()), len(read))))
    wanted |= {n for n, word in enumerate(read) if _is_name(word, read[n - 1] if n else None, surnames)}
    return {places[n] + len(read[n].head) for n in wanted}


def _is_likely(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether it is a person: capitalised words in a row may be none."""
    return bool(mention.roles) or mention.faction is not None or is_likely_name(mention.name, words, mention.first)


def _is_name(word: Word, before: Word | None, surnames: frozenset[str]) -> bool:
    if not word.flags & CAPITAL:
        return False
    if word.flags & (PARTY | GIVEN) or word.core in _PLACES or word.core in surnames:
        return True
    introduced = before is not None and not before.tail and bool(before.flags & ROLE or before.core in _ADDRESSED)
    return introduced and bool(word.flags & NAME)
