"""Whether what was learned may come into force: measured on decisions that each set of weights has not seen.

Average precision may not fall, neither below the rules' own nor below that of the weights in force, on all decisions and on the
older ones alone; and the newest decisions must follow some rule. Decisions drawn by lot, or made to spoil the list, fail here.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.learned import Example, Learned, Weights, average_precision

MINIMUM_DECISIONS = 40
MINIMUM_EACH = 10  # tracked, and dismissed
MINIMUM_NEW = 10  # decisions since the weights in force, before they are learned anew
DIGITS = 2  # figures are compared as they are shown; smaller differences are chance
BY_LOT = 2.33  # standard deviations above chance that one batch in a hundred reaches by lot

BETTER = "better"
WORSE_THAN_RULES = "worse_than_rules"
WORSE_THAN_BEFORE = "worse_than_before"
WORSE_ON_OLDER = "worse_on_older"
BY_CHANCE = "newest_by_chance"


@dataclass(frozen=True, slots=True)
class Check:
    """The figures of one check. Average precisions and shares lie between 0 and 1; `before` is None without weights in force.

    `older_before` is what is in force, the rules where nothing else is. `agreement` is the share of pairs among the newest
    decisions in which the tracked one has the higher score (chance: 0.5); None where all went one way.
    """

    held_out: int
    positives: int
    rules: float
    before: float | None
    after: float
    older: int
    older_before: float
    older_after: float
    newest: int
    agreement: float | None
    kinds: int
    kind_before: float | None
    kind_after: float | None
    ground: str

    @property
    def accepted(self) -> bool:
        """Whether the candidate may come into force."""
        return self.ground == BETTER


def decided_ones(examples: Sequence[Example]) -> list[Example]:
    """The examples that somebody decided on, in their order."""
    return [example for example in examples if example.tracked is not None]


def named_ones(examples: Sequence[Example]) -> list[Example]:
    """The tracked examples whose kind somebody stands for."""
    return [example for example in examples if example.tracked and example.decided_kind]


def are_enough(examples: Sequence[Example]) -> bool:
    """Whether there are enough decisions of both sorts to learn from."""
    tracked = sum(bool(example.tracked) for example in examples)
    return len(examples) >= MINIMUM_DECISIONS and min(tracked, len(examples) - tracked) >= MINIMUM_EACH


def check(examples: Sequence[Example], candidate: Learned, before: Learned | None = None, older: int | None = None) -> Check:
    """Measure a candidate on decided examples in order of time; the first `older` were known to the weights in force.

    Without weights in force the older ones are the first two thirds.
    """
    older = len(examples) * 2 // 3 if older is None else older
    labels = [bool(example.tracked) for example in examples]
    by_rules = [example.score for example in examples]
    after = _unseen(candidate, examples)
    in_force = by_rules if before is None else _unseen(before, examples)
    named = named_ones(examples)
    found = Check(
        held_out=len(examples),
        positives=sum(labels),
        rules=_figure(labels, by_rules),
        before=None if before is None else _figure(labels, in_force),
        after=_figure(labels, after),
        older=older,
        older_before=_figure(labels[:older], in_force[:older]),
        older_after=_figure(labels[:older], after[:older]),
        newest=len(examples) - older,
        agreement=_agreement(labels[older:], after[older:]),
        kinds=len(named),
        kind_before=kind_accuracy(before or Learned({}), named),
        kind_after=kind_accuracy(candidate, named),
        ground=BETTER,
    )
    return replace(found, ground=_ground(found, sum(labels[older:])))


def settle_kinds(candidate: Learned, before: Learned | None, examples: Sequence[Example]) -> Learned:
    """The candidate with the kinds that are right most often on unseen claims: the rules' own, those in force, or its own."""
    named = named_ones(examples)
    choices: list[Mapping[str, Weights]] = [{}, before.kinds if before else {}, candidate.kinds]
    best = max(choices, key=lambda kinds: kind_accuracy(Learned({}, kinds), named) or 0.0)
    return Learned(candidate.weights, best)


def kind_accuracy(learned: Learned, named: Sequence[Example]) -> float | None:
    """The share of tracked claims whose kind is named as the desk sees it, by weights that have not seen them."""
    if not named:
        return None
    right = sum(learned.kind(example, example.third) == example.decided_kind for example in named)
    return round(right / len(named), DIGITS)


def fingerprint(examples: Sequence[Example], rules_version: str) -> str:
    """A hash of everything that learning depends on: the same hash, the same weights."""
    digest = hashlib.sha256(rules_version.encode())
    for e in examples:
        line = repr((e.quote, e.kind, round(e.score, 6), e.cues, e.address, e.tracked, e.decided_kind))
        digest.update(line.encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _unseen(learned: Learned, examples: Sequence[Example]) -> list[float]:
    return [learned.score(example, example.third) for example in examples]


def _figure(labels: Sequence[bool], scores: Sequence[float]) -> float:
    return round(average_precision(labels, scores), DIGITS)


def _ground(found: Check, tracked_newest: int) -> str:
    if found.after < found.rules:
        return WORSE_THAN_RULES
    if found.before is not None and found.after < found.before:
        return WORSE_THAN_BEFORE
    if found.older_after < found.older_before:
        return WORSE_ON_OLDER
    if found.newest >= MINIMUM_NEW and not _follow_a_rule(found.newest, tracked_newest, found.agreement):
        return BY_CHANCE
    return BETTER


def _agreement(labels: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Mann and Whitney's share of pairs in the right order; equal scores count half."""
    tracked = sum(labels)
    pairs = tracked * (len(labels) - tracked)
    if not pairs:
        return None
    ranks: dict[float, list[bool]] = {}
    for label, score in zip(labels, scores, strict=True):
        ranks.setdefault(score, []).append(label)
    below, right = 0, 0.0
    for score in sorted(ranks):
        hits = sum(ranks[score])
        misses = len(ranks[score]) - hits
        right += hits * (below + misses / 2)
        below += misses
    return right / pairs


def _follow_a_rule(decisions: int, tracked: int, agreement: float | None) -> bool:
    """Whether an order this good would be rare by lot (normal approximation of the rank sum test)."""
    if agreement is None:
        return False
    deviation = math.sqrt((decisions + 1) / 12 / tracked / (decisions - tracked))
    return agreement - 0.5 >= BY_LOT * deviation
