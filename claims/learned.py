"""What the desk's decisions teach: a small logistic regression over the rules' score, the cues and the words of a finding.

It starts from the rules: without decisions its score is theirs, and every weight is drawn back towards that. Decisions fall into
three thirds by a hash of quote and address; each weight is learned three times, each time without one third. So a decision can
always be scored by weights that have not seen it, which is how a model is checked, and what nobody decided yet gets the mean.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import repeat
from operator import mul

KINDS = ("funding_pledge", "pledge", "ranking", "statistic", "past_action")
THIRDS = 3
BIAS, RULES = "always", "rules"
FEWEST_EXAMPLES = 3  # in which a feature must occur to be learned
MOST_FEATURES = 4_000
MOST_WORDS = 200  # of one quote
LONGEST_QUOTE = 20_000  # characters
REMEMBERED_WORDS = 50_000
SMALLEST_WEIGHT = 0.01
FEWEST_CORRECTIONS = 5  # of kinds, before those are learned
ROUNDS = 100
PULL = 1.0  # how strongly a weight is drawn back, in examples
BIAS_PULL = 0.01
KIND_PRIOR = 2.0  # log-odds for the kind the rules name, and against the others
_SURE = 1e-6
_LIMIT = 30.0
_WORD = re.compile(r"[^\W\d_]{2,40}")

# Weights of features, each learned without the first, the second and the third third.
Weights = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Example:
    """A finding, and what became of it: tracked, dismissed as no claim of ours (False), or not decided (None).

    `score` is the rules' own, `address` that of the release, `decided_kind` the kind of a tracked claim as the desk sees it.
    """

    quote: str
    kind: str
    score: float
    cues: tuple[str, ...] = ()
    address: str = ""
    tracked: bool | None = None
    decided_kind: str | None = None

    @cached_property
    def third(self) -> int:
        """Which third a decision belongs to: 0, 1 or 2, the same for ever."""
        digest = hashlib.sha256(f"{self.quote}\n{self.address}".encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % THIRDS

    @property
    def logit(self) -> float:
        """The rules' score in log-odds."""
        score = min(1 - _SURE, max(_SURE, self.score))
        return math.log(score / (1 - score))

    @cached_property
    def features(self) -> tuple[str, ...]:
        """What a finding has beside its score: its kind, the names of its cues, and the lemmas of its words."""
        words = dict.fromkeys(map(_lemma, _WORD.findall(self.quote[:LONGEST_QUOTE])[:MOST_WORDS]))
        return (f"kind:{self.kind}", *dict.fromkeys(f"cue:{cue}" for cue in self.cues), *(f"word:{word}" for word in words))


@lru_cache(maxsize=REMEMBERED_WORDS)
def _lemma(word: str) -> str:
    from simplemma import lemmatize  # noqa: PLC0415  its tables take a second to load: only for those who learn

    return str(lemmatize(word, lang="de")).lower()


@dataclass(frozen=True)
class Learned:
    """What was learned: weights for "the desk tracks it", and for each kind that the desk has corrected."""

    weights: Weights
    kinds: Mapping[str, Weights] = field(default_factory=dict)

    def score(self, example: Example, third: int | None = None) -> float:
        """How likely the desk tracks it, 0 to 1; with `third` by the weights that have not seen that third."""
        weights = self._mean if third is None else self._parts[third]
        return _share(_sum(weights, example.features, example.logit))

    def kind(self, example: Example, third: int | None = None) -> str:
        """The kind as the desk would name it; the rules' own where nothing was learned."""
        if not self.kinds:
            return example.kind
        features = example.features
        sums = {kind: _prior(kind, example.kind) for kind in KINDS}
        for kind, parts in self._kind_parts.items():
            sums[kind] = _sum(parts[THIRDS if third is None else third], features, 0.0)
        return max(sums, key=lambda kind: (sums[kind], kind == example.kind))

    def moved(self, example: Example, most: int = 6) -> list[tuple[str, float]]:
        """The features that moved the score most, with their weights in log-odds, the strongest first."""
        weighted = ((feature, self._mean.get(feature, 0.0)) for feature in example.features)
        strongest = sorted(weighted, key=lambda pair: (-abs(pair[1]), pair[0]))
        return [(feature, weight) for feature, weight in strongest[:most] if abs(weight) >= SMALLEST_WEIGHT]

    @cached_property
    def _mean(self) -> dict[str, float]:
        return _mean_of(self.weights)

    @cached_property
    def _parts(self) -> list[dict[str, float]]:
        return _parts_of(self.weights)

    @cached_property
    def _kind_parts(self) -> dict[str, list[dict[str, float]]]:
        return {kind: [*_parts_of(weights), _mean_of(weights)] for kind, weights in self.kinds.items()}


def learn(examples: Iterable[Example]) -> Learned:
    """Learn from what was decided; the same examples give the same weights. Needs no minimum: what is enough, others judge."""
    decided = [example for example in examples if example.tracked is not None]
    rows = [example.features for example in decided]
    weights = _learn_thirds(decided, rows, [float(bool(e.tracked)) for e in decided], {RULES: 1.0}, [e.logit for e in decided])
    return Learned(weights, _learn_kinds(decided, rows))


def _learn_kinds(decided: Sequence[Example], rows: Sequence[tuple[str, ...]]) -> dict[str, Weights]:
    """One against the rest, for the kinds that corrections led from or to."""
    tracked = [(example, row) for example, row in zip(decided, rows, strict=True) if example.tracked and example.decided_kind]
    corrected = [(e.kind, str(e.decided_kind)) for e, _ in tracked if e.kind != e.decided_kind]
    if len(corrected) < FEWEST_CORRECTIONS:
        return {}
    examples, rows = [e for e, _ in tracked], [row for _, row in tracked]
    learned = {}
    for kind in sorted({kind for pair in corrected for kind in pair}):
        prior = {BIAS: 0.0, **{f"kind:{named}": _prior(kind, named) for named in KINDS}}
        labels = [float(example.decided_kind == kind) for example in examples]
        learned[kind] = _learn_thirds(examples, rows, labels, prior, [0.0] * len(examples))
    return learned


def _prior(kind: str, named: str) -> float:
    return KIND_PRIOR if kind == named else -KIND_PRIOR


def _learn_thirds(
    examples: Sequence[Example],
    rows: Sequence[tuple[str, ...]],
    labels: Sequence[float],
    prior: Mapping[str, float],
    logits: Sequence[float],
) -> Weights:
    """The weights of the frequent features, learned without each third in turn."""
    counts = Counter(feature for row in rows for feature in row)
    frequent = sorted((f for f, n in counts.items() if n >= FEWEST_EXAMPLES), key=lambda f: (-counts[f], f))[:MOST_FEATURES]
    names = [BIAS, RULES, *dict.fromkeys([*(f for f in prior if f not in {BIAS, RULES}), *frequent])]
    place = {name: n for n, name in enumerate(names)}
    start = [prior.get(name, 0.0) for name in names]
    thirds = [example.third for example in examples]
    indexed = [[place[feature] for feature in row if feature in place] for row in rows]
    parts = []
    for third in range(THIRDS):
        kept = [n for n, other in enumerate(thirds) if other != third]
        parts.append(_fit([indexed[n] for n in kept], [logits[n] for n in kept], [labels[n] for n in kept], start))
    return {
        name: weights
        for name, weights in zip(names, zip(*parts, strict=True), strict=True)
        if name in {BIAS, RULES} or name in prior or max(map(abs, weights)) >= SMALLEST_WEIGHT
    }


def _fit(rows: Sequence[list[int]], logits: Sequence[float], labels: Sequence[float], start: Sequence[float]) -> list[float]:
    """Logistic regression, drawn back to `start` (L2): full gradients, accelerated, a fixed number of rounds.

    Feature 0 is always there, feature 1 is the logit, the others are there or not. Each has a step of its own, short enough that
    none overshoots: the curvature of the logistic loss is at most 1/4.
    """
    holders: list[list[int]] = [[] for _ in start]
    for n, row in enumerate(rows):
        for name in row:
            holders[name].append(n)
    reach = [1 + abs(logit) + len(row) for row, logit in zip(rows, logits, strict=True)]
    pulls = [BIAS_PULL, *repeat(PULL, len(start) - 1)]
    curves = [sum(reach), sum(map(mul, map(abs, logits), reach)), *(sum(map(reach.__getitem__, held)) for held in holders[2:])]
    steps = [1 / (curve / 4 + pull) for curve, pull in zip(curves, pulls, strict=True)]
    weights = ahead = list(start)
    for turn in range(ROUNDS):
        bias, rules, weight_of = ahead[0], ahead[1], ahead.__getitem__
        errors = [
            _share(bias + rules * logit + sum(map(weight_of, row))) - label
            for row, logit, label in zip(rows, logits, labels, strict=True)
        ]
        error_of = errors.__getitem__
        slopes = [sum(errors), sum(map(mul, errors, logits)), *(sum(map(error_of, held)) for held in holders[2:])]
        latest = [
            at - step * (slope + pull * (at - origin))
            for at, step, slope, pull, origin in zip(ahead, steps, slopes, pulls, start, strict=True)
        ]
        latest[1] = max(latest[1], 0.0)  # what the rules hold for likelier never counts against a finding
        pace = turn / (turn + 3)
        ahead = [new + pace * (new - old) for new, old in zip(latest, weights, strict=True)]
        weights = latest
    return weights


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """The mean precision at each tracked one when sorted by score (1: all on top); equal scores count together. 0 without any."""
    found = seen = 0
    total = 0.0
    at: dict[float, list[bool]] = {}
    for label, score in zip(labels, scores, strict=True):
        at.setdefault(score, []).append(label)
    for score in sorted(at, reverse=True):
        hits = sum(at[score])
        found, seen = found + hits, seen + len(at[score])
        total += hits * found / seen
    return total / found if found else 0.0


def _sum(weights: Mapping[str, float], features: Iterable[str], logit: float) -> float:
    return weights.get(BIAS, 0.0) + weights.get(RULES, 0.0) * logit + sum(weights.get(feature, 0.0) for feature in features)


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-_LIMIT, min(_LIMIT, logit))))


def _parts_of(weights: Weights) -> list[dict[str, float]]:
    return [{name: values[third] for name, values in weights.items()} for third in range(THIRDS)]


def _mean_of(weights: Weights) -> dict[str, float]:
    return {name: sum(values) / THIRDS for name, values in weights.items()}
