"""What two sequences have in common: anchors that occur once in both, and the shortest way between them. Bounded for any input."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

FURTHEST = 400  # words put in and taken out; a stretch that differs by more is taken as rewritten
BUDGET = 1_000_000  # steps spent on one pair of texts, about a second


class Gap(NamedTuple):
    """Places of two sequences between which they differ: `a` to `b` in the first, `c` to `d` in the second."""

    a: int
    b: int
    c: int
    d: int


def gaps(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[list[Gap], list[tuple[int, int]]]:
    """Where two sequences differ, and the pairs of places of what was moved. Takes n log n steps."""
    once = _once(before).items() & _once(after).items()  # (what, 1): occurs once on both sides
    where = {what: place for place, what in enumerate(after) if (what, 1) in once}
    pairs = [(place, where[what]) for place, what in enumerate(before) if what in where]
    kept = _rising(pairs)
    anchors = set(kept)
    moved = [pair for pair in pairs if pair not in anchors]
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    found: list[Gap] = []
    for (i, j), (k, m) in pairwise([(-1, -1), *kept, (len(before), len(after))]):
        a, b, c, d = i + 1, k, j + 1, m
        while a < b and c < d and before[a] == after[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and before[b - 1] == after[d - 1]:
            b, d = b - 1, d - 1
        if any(place not in gone for place in range(a, b)) or any(place not in come for place in range(c, d)):
            found.append(Gap(a, b, c, d))
    return found, moved


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    return {what: n for what, n in Counter(items).items() if n == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides; they come in the order of the first."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(last[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            last.append(number)
        else:
            tails[length], last[length] = place, number
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


class Budget:
    """Steps that are left for one pair of texts."""

    def __init__(self, steps: int = BUDGET) -> None:
        """Begin with all of them."""
        self.left = steps

    def differences(self, before: Sequence[str], after: Sequence[str]) -> list[Gap] | None:
        """The shortest way from one sequence to the other (Myers 1986), None if it is too long or no steps are left."""
        a, b, c, d = 0, len(before), 0, len(after)
        while a < b and c < d and before[a] == after[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and before[b - 1] == after[d - 1]:
            b, d = b - 1, d - 1
        if a == b or c == d:
            return [Gap(a, b, c, d)] if (a, c) != (b, d) else []
        kept = self._kept(before[a:b], after[c:d])
        if kept is None:
            return None
        found: list[Gap] = []
        for (i, j), (k, m) in pairwise([(-1, -1), *kept, (b - a, d - c)]):
            if k - i > 1 or m - j > 1:
                found.append(Gap(a + i + 1, a + k, c + j + 1, c + m))
        return found

    def _kept(self, before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]] | None:
        n, m = len(before), len(after)
        furthest: dict[int, int] = {1: 0}
        trace: list[dict[int, int]] = []
        for d in range(min(n + m, FURTHEST) + 1):
            self.left -= 2 * d + 1
            if self.left < 0:
                return None
            trace.append(furthest.copy())
            for k in range(-d, d + 1, 2):
                down = k == -d or (k != d and furthest[k - 1] < furthest[k + 1])
                x = furthest[k + 1] if down else furthest[k - 1] + 1
                first = x
                while x < n and x - k < m and before[x] == after[x - k]:
                    x += 1
                self.left -= x - first
                furthest[k] = x
                if x >= n and x - k >= m:
                    return _walked(trace, n, m)
        return None


def _walked(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """The pairs of equal places on the way that was found."""
    kept: list[tuple[int, int]] = []
    for d in range(len(trace) - 1, -1, -1):
        furthest, k = trace[d], x - y
        down = k == -d or (k != d and furthest[k - 1] < furthest[k + 1])
        before_k = k + 1 if down else k - 1
        from_x = furthest[before_k]
        from_y = from_x - before_k
        while x > from_x and y > from_y and x > 0 and y > 0:
            x, y = x - 1, y - 1
            kept.append((x, y))
        x, y = from_x, from_y
    return kept[::-1]
