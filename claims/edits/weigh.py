"""Weighing an edit: which stretches of a text changed, and whether one of them changes what was said.

Grave are amounts, numbers, percent, dates, negations and names; wording is light; white space and typography are silent. A number that is
only written differently ("25 Mio." for "25 Millionen") is wording: the readers of claims see the same value, in the same order. A sentence
that only stands elsewhere is wording too. Takes time in proportion to the texts; of two texts beyond a bound only the wholes are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import chain
from typing import NamedTuple

from claims.edits.align import Budget, Gap, gaps
from claims.edits.meaning import NEGATION, NUMBER, WEIGHTY, Meaning, is_sign, read_meaning, surnames_of
from claims.edits.units import Text, Unit, read_units

GRAVE, LIGHT = "grave", "light"
WORDING, MOVED = "wording", "moved"
SURVIVES = 0.4  # share of a sentence's words that are left when it still counts as the same sentence
_ISLAND = 1  # words left between two changed stretches that are told as one
_LIKE = 0.4  # share of common words from which two sentences are compared word by word
_NEXT = 8  # sentences among which the counterpart is looked for


class Touch(Enum):
    """What an edit did to a span of the text before."""

    NOTHING = "nothing"
    LIGHT = "light"
    GRAVE = "grave"
    LOST = "lost"


class Stretch(NamedTuple):
    """Words that were changed, as archived: `start` to `end` before, `to_start` to `to_end` after, one of them possibly empty.

    `sentence` is the place of the sentence or sentences before in which that happened, None for a new sentence; `after` their place now.
    """

    reasons: tuple[str, ...]
    start: int
    end: int
    to_start: int
    to_end: int
    sentence: tuple[int, int] | None
    after: tuple[int, int] | None

    @property
    def weight(self) -> str:
        """How much it changes: GRAVE or LIGHT."""
        return GRAVE if self.reasons[0] in WEIGHTY else LIGHT


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed from one text to another: the graver stretches first; `lost` are places of sentences that are no longer there."""

    stretches: tuple[Stretch, ...]
    lost: tuple[tuple[int, int], ...]

    @property
    def weight(self) -> str:
        """The gravest of its stretches'."""
        return self.stretches[0].weight

    def touch(self, start: int, end: int) -> Touch:
        """What happened to the characters `start` to `end` of the text before."""
        if any(_covers(place, start, end) for place in self.lost):
            return Touch.LOST
        met = [s for s in self.stretches if s.sentence is not None and s.sentence[0] < end and start < s.sentence[1]]
        if any(stretch.weight == GRAVE for stretch in met):
            return Touch.GRAVE
        return Touch.LIGHT if met else Touch.NOTHING


def weigh(before: str, after: str, *, released: date) -> Edit | None:
    """What changed from one text to another, None if nothing did that anybody could read. `released` is the day from which dates count.

    Any two strings are taken; none raises.
    """
    old, new = read_units(before), read_units(after)
    differing, moved = gaps([unit.keys for unit in old.units], [unit.keys for unit in new.units])
    if not differing and not moved:
        return None
    weighing = _Weighing(old, new, released, {i for i, _ in moved}, {j for _, j in moved})
    for gap in differing:
        weighing.compare(gap)
    for i, j in moved:
        weighing.move(old.units[i], new.units[j])
    return weighing.edit() if weighing.stretches else None


def _covers(place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a lost sentence is the better part of a span."""
    return min(place[1], end) - max(place[0], start) > (end - start) / 2


class _Side(NamedTuple):
    """Some sentences of one of the texts, with their words in one row."""

    units: list[Unit]
    keys: list[str]
    owner: list[tuple[int, int]]  # of each word: number of its unit, place in it

    @classmethod
    def of(cls, units: list[Unit]) -> "_Side":
        keys = [token.key for unit in units for token in unit.tokens]
        return cls(units, keys, [(n, place) for n, unit in enumerate(units) for place in range(len(unit.tokens))])


class _Pair(NamedTuple):
    """Sentences, their counterparts, and what both say."""

    before: _Side
    after: _Side
    meant: list[Meaning]
    means: list[Meaning]


class _Weighing:
    """Two texts while they are compared."""

    def __init__(self, old: Text, new: Text, released: date, gone: set[int], come: set[int]) -> None:
        self.old, self.new, self.released, self.gone, self.come = old, new, released, gone, come
        self.budget = Budget()
        self.surnames = surnames_of(old, new)
        self.stretches: list[Stretch] = []
        self.lost: list[tuple[int, int]] = []

    def compare(self, gap: Gap) -> None:
        """Weigh what differs between two places of the texts."""
        before = [self.old.units[i] for i in range(gap.a, gap.b) if i not in self.gone]
        after = [self.new.units[j] for j in range(gap.c, gap.d) if j not in self.come]
        if before and after and len(before) + len(after) > 2:  # noqa: PLR2004  one sentence against one needs no pairing
            for pair in _paired(before, after):
                self._compare(*pair)
        else:
            self._compare(before, after)

    def move(self, before: Unit, after: Unit) -> None:
        """Note a sentence that stands elsewhere now."""
        sentence, now = self._span(self.old, before.start, before.end), self._span(self.new, after.start, after.end)
        self.stretches.append(Stretch((MOVED,), *sentence, *now, sentence, now))

    def edit(self) -> Edit:
        """The result, the graver first and else in the order of the text."""
        ranks = {reason: rank for rank, reason in enumerate((*WEIGHTY, WORDING, MOVED))}
        found = sorted(self.stretches, key=lambda stretch: (ranks[stretch.reasons[0]], stretch.to_start, stretch.start))
        return Edit(tuple(found), tuple(self.lost))

    def _compare(self, units: list[Unit], others: list[Unit]) -> None:
        before, after = _Side.of(units), _Side.of(others)
        changed = self.budget.differences(before.keys, after.keys)
        if changed is None:
            changed = [Gap(0, len(before.keys), 0, len(after.keys))]
        changed = _joined(changed, before.keys)
        self._note_lost(before, changed)
        meant = [read_meaning(self.old, unit, self.released, self.surnames) for unit in units]
        means = [read_meaning(self.new, unit, self.released, self.surnames) for unit in others]
        same = {reason for reason in WEIGHTY if _say_the_same(meant, means, reason)}
        pair = _Pair(before, after, meant, means)
        reasons = [_reasons(gap, pair, same) for gap in changed]
        for reason in WEIGHTY:
            # "bis zu" before an amount changes it, although its own words stayed.
            if reason not in same and reasons and not any(reason in found for found in reasons):
                reasons[0].add(reason)
        for gap, found in zip(changed, reasons, strict=True):
            self.stretches.append(self._stretch(gap, pair, found))

    def _stretch(self, gap: Gap, pair: _Pair, found: set[str]) -> Stretch:
        reasons = tuple(reason for reason in WEIGHTY if reason in found) or (WORDING,)
        start, end = _words(pair.before, pair.meant, gap.a, gap.b, whole=bool(found))
        to_start, to_end = _words(pair.after, pair.means, gap.c, gap.d, whole=bool(found))
        sentence, now = _around(pair.before, gap.a, gap.b), _around(pair.after, gap.c, gap.d)
        return Stretch(
            reasons,
            *self._span(self.old, start, end),
            *self._span(self.new, to_start, to_end),
            None if sentence is None else self._span(self.old, *sentence),
            None if now is None else self._span(self.new, *now),
        )

    def _note_lost(self, before: _Side, changed: list[Gap]) -> None:
        gone = [0] * len(before.units)
        for gap in changed:
            for number, _place in before.owner[gap.a : gap.b]:
                gone[number] += 1
        for unit, n in zip(before.units, gone, strict=True):
            if n > (1 - SURVIVES) * len(unit.tokens):
                self.lost.append(self._span(self.old, unit.start, unit.end))

    @staticmethod
    def _span(text: Text, start: int, end: int) -> tuple[int, int]:
        return text.cleaned.span(start, end)


def _paired(before: list[Unit], after: list[Unit]) -> list[tuple[list[Unit], list[Unit]]]:
    """Sentences with their counterparts, in order; one that was parted or joined goes with all its parts, a new one alone."""
    pairs: list[tuple[list[Unit], list[Unit]]] = []
    bags = [frozenset(unit.keys) for unit in after]
    free = 0
    for unit in before:
        mine = frozenset(unit.keys)
        shares = [(len(mine & bags[j]) / min(len(mine), len(bags[j])), j) for j in range(free, min(free + _NEXT, len(after)))]
        share, best = max(shares, key=lambda pair: (pair[0], -pair[1]), default=(0.0, -1))
        if share >= _LIKE:
            pairs += [([], [after[j]]) for j in range(free, best)]
            pairs.append(([unit], [after[best]]))
            free = best + 1
        elif pairs and pairs[-1][1] and free and len(mine & bags[free - 1]) >= _LIKE * len(mine):
            pairs[-1][0].append(unit)  # joined with the sentence before
        else:
            pairs.append(([unit], []))
    pairs += [([], [unit]) for unit in after[free:]]
    return _with_parts(pairs)


def _with_parts(pairs: list[tuple[list[Unit], list[Unit]]]) -> list[tuple[list[Unit], list[Unit]]]:
    """The same, a new sentence whose words stood in the one before put to it."""
    found: list[tuple[list[Unit], list[Unit]]] = []
    for before, after in pairs:
        if found and not before and found[-1][0]:
            had = {key for unit in found[-1][0] for key in unit.keys} - {key for unit in found[-1][1] for key in unit.keys}
            mine = set(after[0].keys)
            if len(mine & had) >= _LIKE * len(mine):
                found[-1][1].extend(after)
                continue
        found.append((before, after))
    return found


def _joined(changed: list[Gap], before: Sequence[str]) -> list[Gap]:
    """Stretches with hardly a word between them as one."""
    found: list[Gap] = []
    for gap in changed:
        last = found[-1] if found else None
        if last is not None and gap.a - last.b <= _ISLAND and not any(key.isalnum() for key in before[last.b : gap.a]):
            found[-1] = Gap(last.a, gap.b, last.c, gap.d)
        else:
            found.append(gap)
    return found


def _say_the_same(before: Sequence[Meaning], after: Sequence[Meaning], reason: str) -> bool:
    """Whether sentences say the same of one kind; one by one, so that a "nicht" that changed its sentence is seen."""
    told, tell = [reading.values[reason] for reading in before], [reading.values[reason] for reading in after]
    return told == tell if len(told) == len(tell) else [*chain(*told)] == [*chain(*tell)]


def _reasons(gap: Gap, pair: _Pair, same: set[str]) -> set[str]:
    """Why a stretch is grave; `same` are the kinds of which the sentences still say the same."""
    found: set[str] = set()
    for side, readings, first, last in ((pair.before, pair.meant, gap.a, gap.b), (pair.after, pair.means, gap.c, gap.d)):
        found |= {readings[unit].classes[place] for unit, place in side.owner[first:last]}
    found = {reason for reason in found if reason and reason not in same}
    words, others = pair.before.keys[gap.a : gap.b], pair.after.keys[gap.c : gap.d]
    if "bis" not in {*words, *others} and (_has_sign(pair.before, gap.a, gap.b) or _has_sign(pair.after, gap.c, gap.d)):
        found.add(NUMBER)
    if _is_opposite(words, others) or _is_opposite(others, words):
        found.add(NEGATION)
    return found


def _has_sign(side: _Side, first: int, last: int) -> bool:
    return any(is_sign(side.units[unit].tokens, place) for unit, place in side.owner[first:last])


def _is_opposite(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a word was given an "un-": möglich, unmöglich."""
    put_in = {other.casefold() for other in others}
    return any(word.isalpha() and len(word) > 2 and f"un{word.casefold()}" in put_in for word in words)  # noqa: PLR2004  letters


def _words(side: _Side, readings: Sequence[Meaning], first: int, last: int, *, whole: bool) -> tuple[int, int]:
    """The place of some words, with the whole of an amount or a date of which they are a part."""
    if first == last:
        return _edge(side, first)
    (unit, place), (last_unit, last_place) = side.owner[first], side.owner[last - 1]
    start, end = side.units[unit].tokens[place].start, side.units[last_unit].tokens[last_place].end
    if whole:
        wider = [span for n in {unit, last_unit} for span in readings[n].spans if span[0] < end and start < span[1]]
        start, end = min([start, *(a for a, _ in wider)]), max([end, *(b for _, b in wider)])
    return start, end


def _edge(side: _Side, place: int) -> tuple[int, int]:
    """The place at which nothing stands: before a word, or behind the last one."""
    if place < len(side.owner):
        unit, word = side.owner[place]
        at = side.units[unit].tokens[word].start
    elif side.owner:
        at = side.units[-1].end
    else:
        at = 0
    return at, at


def _around(side: _Side, first: int, last: int) -> tuple[int, int] | None:
    """The place of the sentences that some words stand in; what was taken out or put in belongs to the words beside it."""
    if not side.owner:
        return None
    one = side.owner[min(first, len(side.owner) - 1)][0]
    other = side.owner[last - 1][0] if last > first else one
    return side.units[one].start, side.units[other].end
