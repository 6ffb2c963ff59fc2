"""What kind of claim a sentence is and how sure the rules are: weights of the cues it holds, added up and explained.

`cues.csv` has one line a cue: name, pattern (`claims/patterns.py`), an example, and its weight for each kind in log-odds against
"no claim". The sums of the five kinds and of "no claim" (0) are made shares by a softmax: the score is what the claims have together.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from claims.finding import Reason
from claims.lexicon import Lexicon, shipped_lexicon
from claims.patterns import UNPLACED, Pattern, Step, classes_named, find_pair, read_patterns
from claims.tokens import Tokens

KINDS = ("funding_pledge", "pledge", "ranking", "statistic", "past_action")
CUES = Path(__file__).resolve().parent / "cues.csv"
START = "start"
LONGEST_MATCH = 120
_LIMIT = 30.0
_WHOLE = 1000  # weights are added as thousandths
_FIELD = 32  # bits of one sum in the sums of all kinds
_FULL, _ZERO = (1 << _FIELD) - 1, 1 << (_FIELD - 1)
_SHIFTS = tuple(_FIELD * n for n in range(len(KINDS)))


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the cue table: patterns of which one must hold; `weights` in the order of KINDS, `speaks`: the kinds with a weight that is not zero."""

    name: str
    patterns: tuple[Pattern, ...]
    example: str
    weights: tuple[float, ...]
    speaks: tuple[tuple[int, float], ...]


class Judged(NamedTuple):
    """The likeliest kind, its score and the reasons that count for it."""

    kind: str
    score: float
    reasons: tuple[Reason, ...]


# Where a pattern holds: its first and last word.
_Place = tuple[Pattern, tuple[int, int]]
# The quick test (the classes that it looks at, those of them that must occur, one of each), the number of the cue, its pair of steps
# if it is one, whether the test decides, the pattern.
_Entry = tuple[int, int, tuple[int, ...], int, tuple[int, Step] | None, bool, Pattern]


class CueTable:
    """The cues of a table, with the lexicon they were read with.

    Most cues need some word that a sentence does not have. So each pattern stands in an index under the classes of its rarest
    step, and only patterns whose classes occur are tried.
    """

    def __init__(self, rows: list[dict[str, str]], lexicon: Lexicon, *, every_cue: bool = False) -> None:
        """`rows` as in `cues.csv`; `every_cue`: look also for cues without any weight. Raises PatternError."""
        self.lexicon = lexicon
        self.start = [0.0] * len(KINDS)
        cues: list[Cue] = []
        for row in rows:
            weights = tuple(float(row[kind] or 0) for kind in KINDS)
            if row["cue"] == START:
                self.start = list(weights)
                continue
            speaks = tuple((n, weight) for n, weight in enumerate(weights) if weight)
            cues.append(Cue(row["cue"], read_patterns(row["pattern"], lexicon), row["example"], weights, speaks))
        self.cues = tuple(cues)
        # Whole numbers, so that a sum does not depend on its order and a tie is one; the sums of all kinds are added up at once.
        self._begins = _packed([round(weight * _WHOLE) + _ZERO for weight in self.start])
        self._weights = [_packed([round(weight * _WHOLE) for weight in cue.weights]) for cue in cues]
        # For each kind the cues that speak for it or against it, strongest first, and each cue's rank among them (-1: none).
        self._strongest = [_strongest_first(cues, kind) for kind in range(len(KINDS))]
        self._ranks = [[-1] * len(cues) for _ in KINDS]
        for ranks, strongest in zip(self._ranks, self._strongest, strict=True):
            for rank, number in enumerate(strongest):
                ranks[number] = rank
        # By bit; a cue without any weight is not looked for.
        self._index: dict[int, list[_Entry]] = {}
        # Of these the class alone decides.
        self._sure: dict[int, list[tuple[int, _Place]]] = {}
        self._indexed = 0  # the union of its bits
        self._always: list[tuple[int, Pattern]] = []
        self._fill_index(every_cue=every_cue)

    def _fill_index(self, *, every_cue: bool) -> None:
        # How common a class is, is told by the table's own example sentences.
        seen: Counter[int] = Counter()
        for cue in self.cues:
            seen.update(_bits(Tokens(cue.example, self.lexicon).mask))
        for number, cue in enumerate(self.cues):
            if not (cue.speaks or every_cue):
                continue
            for pattern in cue.patterns:
                if not pattern.needs:
                    self._always.append((number, pattern))
                    continue
                key = min(pattern.needs, key=lambda need: sum(seen[bit] for bit in _bits(need)))
                self._indexed |= key
                for bit in _bits(key):
                    entries = self._index.setdefault(bit, [])
                    all_of = pattern.all_of & ~bit
                    one_of = tuple(need for need in pattern.one_of if not need & bit)
                    if not (all_of or one_of or pattern.forbids or pattern.checked):
                        self._sure.setdefault(bit, []).append((number, (pattern, UNPLACED)))
                    else:
                        entries.append(
                            (all_of | pattern.forbids, all_of, one_of, number, pattern.pair, not pattern.checked, pattern)
                        )

    def hits(self, tokens: Tokens) -> list[tuple[Cue, Pattern]]:
        """The cues that a sentence holds, in the order of the table, each with the pattern that holds."""
        found = self._found(tokens)
        return [(self.cues[number], found[number][0]) for number in sorted(found)]

    def judge(self, tokens: Tokens, least: float) -> Judged:
        """As `judge_kind`."""
        found = self._found(tokens)
        counts = _unpacked(sum(map(self._weights.__getitem__, found), self._begins))
        best = counts.index(max(counts))
        score = share_of_claims([count / _WHOLE for count in counts])
        return Judged(KINDS[best], score, () if score < least else self._reasons(tokens, found, best))

    def _reasons(self, tokens: Tokens, found: dict[int, _Place], kind: int) -> tuple[Reason, ...]:
        cues, strongest = self.cues, self._strongest[kind]
        ranks = sorted([rank for rank in map(self._ranks[kind].__getitem__, found) if rank >= 0])
        reasons: list[Reason] = []
        texts: dict[int, str] = {}  # many cues begin with the same class
        for rank in ranks:
            number = strongest[rank]
            pattern, place = found[number]
            if place is not UNPLACED:
                text = _words(tokens, *place)
            elif pattern.opening in texts:
                text = texts[pattern.opening]
            else:
                text = texts[pattern.opening] = _words(tokens, *pattern.opening_in(tokens))
            reasons.append(Reason(cues[number].name, text, cues[number].weights[kind]))
        return tuple(reasons)

    def _found(self, tokens: Tokens) -> dict[int, _Place]:  # noqa: C901  the innermost loop: calls would cost more than it does
        index, sure, mask = self._index, self._sure, tokens.mask
        found: dict[int, _Place] = {}
        for number, pattern in self._always:
            if not mask & pattern.forbids and number not in found and (place := pattern.place(tokens)) is not None:
                found[number] = pattern, place
        left = mask & self._indexed
        # `Pattern.may_hold` and `_bits` written out: this loop runs fifty times a sentence.
        while left:
            bit = left & -left
            left ^= bit
            if bit in sure:
                found.update(sure[bit])
            for tested, all_of, one_of, number, pair, is_certain, pattern in index[bit]:
                if mask & tested != all_of or number in found:
                    continue
                for need in one_of:
                    if not mask & need:
                        break
                else:
                    if is_certain:
                        found[number] = pattern, UNPLACED
                    elif (place := find_pair(*pair, tokens) if pair else pattern.place(tokens)) is not None:
                        found[number] = pattern, place
        return found


def _strongest_first(cues: Sequence[Cue], kind: int) -> list[int]:
    speaking = [number for number, cue in enumerate(cues) if cue.weights[kind]]
    return sorted(speaking, key=lambda number: (-abs(cues[number].weights[kind]), number))


def _packed(values: Sequence[int]) -> int:
    """Whole numbers, one a kind, as one number: to add them up at once costs a fifth."""
    return sum(value << (_FIELD * n) for n, value in enumerate(values))


def _unpacked(packed: int) -> list[int]:
    """The sums of the kinds; _ZERO was added to each in the beginning, so that none is negative."""
    return [(packed >> shift & _FULL) - _ZERO for shift in _SHIFTS]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask ^= lowest


@cache
def cue_table() -> CueTable:
    """The cues of `cues.csv`."""
    with CUES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = Counter(name for row in rows for name in classes_named(row["pattern"]))
    return CueTable(rows, shipped_lexicon(tuple(name for name, _ in named.most_common())))


def judge_kind(tokens: Tokens, least: float = 0.0) -> Judged:
    """The kind with the highest sum; a tie goes to the one named first in the guideline's order.

    A sentence with a score below `least` gets no reasons: nobody will read them.
    """
    return cue_table().judge(tokens, least)


def share_of_claims(sums: list[float]) -> float:
    """The share of all claims against "no claim", from the sums of the kinds."""
    total = 0.0
    for value in sums:
        total += math.exp(min(value, _LIMIT))
    return total / (1 + total)


def _words(tokens: Tokens, first: int, last: int) -> str:
    """The words a cue was met in; one that ends inside an amount or a date takes all of it."""
    if first < 0:
        return ""
    read = tokens.read
    if read:
        masks = tokens.masks
        while first > 0 and masks[first - 1] & masks[first] & read:
            first -= 1
        while last + 1 < len(masks) and masks[last + 1] & masks[last] & read:
            last += 1
    return tokens.text_between(first, last)[:LONGEST_MATCH]
