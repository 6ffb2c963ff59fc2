"""Fits the weights of the cue table to labelled releases, and says how well they carry over to releases that were left out.

    .venv/bin/python benchmarks/weigh.py RELEASES.jsonl ... [--sentences FILE.csv] [--held-out FILE.jsonl ...] [--write]

Each release is a row {"id","text","date","parliament","faction","claims":[{"quote","kind","note"}]}. A sentence is counted for
the claim that it overlaps by half; claims noted as borderline are left out. The model is a softmax over the five kinds against
"no claim" with a quadratic penalty; with --write the rounded weights go into claims/cues.csv.
"""

import argparse
import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from claims.find import read_sentences
from claims.kinds import CUES, KINDS, START, CueTable
from claims.lexicon import shipped_lexicon

NONE = len(KINDS)
Rows = list[dict[str, str]]


@dataclass
class Examples:
    """Sentences as cue hits (`hits[i]`: numbers of cues), the kind of each (NONE for no claim), its weight and its release."""

    hits: list[list[int]] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    missed: int = 0

    def matrix(self, width: int) -> np.ndarray:
        """One row a sentence, one column a cue."""
        matrix = np.zeros((len(self.hits), width))
        for row, hits in enumerate(self.hits):
            matrix[row, hits] = 1
        return matrix


def read_table() -> Rows:
    with CUES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def read_releases(paths: Iterable[Path], table: CueTable, numbers: dict[str, int]) -> Examples:
    """The sentences of labelled releases with their cues."""
    found = Examples()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            release, sentences = read_sentences(
                text, released=date.fromisoformat(row["date"]), factions=row["faction"], parliament=row["parliament"], table=table
            )
            wanted = [(text.index(c["quote"]), text.index(c["quote"]) + len(c["quote"]), c) for c in row["claims"]]
            taken = set()
            for sentence in sentences:
                span = release.cleaned.span(sentence.statement.start, sentence.statement.end)
                match = next((n for n, (a, b, _) in enumerate(wanted) if overlap(span, (a, b)) >= 1 / 2), None)
                kind, weight = NONE, 1.0
                if match is not None:
                    taken.add(match)
                    kind = KINDS.index(wanted[match][2]["kind"])
                    weight = 0.0 if "borderline" in (wanted[match][2].get("note") or "") else 1.0
                found.hits.append([numbers[cue.name] for cue, _ in table.hits(sentence.tokens)])
                found.kinds.append(kind)
                found.weights.append(weight)
                found.groups.append(row["id"])
                found.texts.append(sentence.statement.text)
            found.missed += len(wanted) - len(taken)
    return found


def read_single(path: Path, table: CueTable, numbers: dict[str, int], weight: float) -> Examples:
    """Sentences that stand alone, each in a short release of a governing faction or, if so marked, of the opposition."""
    found = Examples()
    with path.open(encoding="utf-8", newline="") as file:
        for n, row in enumerate(csv.DictReader(file)):
            faction = "SPD" if row["construction"].startswith("opposition") else "CDU"
            text = (
                f"Titel der Meldung\n\nDazu erklärt die Sprecherin der {faction}-Fraktion, Anna Beispiel:\n\n„{row['sentence']}“"
            )
            _, sentences = read_sentences(text, released=date(2024, 3, 5), factions=[faction], parliament="NRW", table=table)
            said = [s for s in sentences if s.statement.text[:20] == row["sentence"][:20]]
            if not said:
                found.missed += row["kind"] != "none"
                continue
            found.hits.append([numbers[cue.name] for cue, _ in table.hits(said[0].tokens)])
            found.kinds.append(NONE if row["kind"] == "none" else KINDS.index(row["kind"]))
            found.weights.append(weight)
            found.groups.append(f"sentence {n % 50}")
            found.texts.append(row["sentence"])
    return found


def fit(x: np.ndarray, y: np.ndarray, weights: np.ndarray, penalty: np.ndarray, rounds: int = 600) -> np.ndarray:
    """Weights (cues x kinds) by accelerated gradient descent; the loss is convex, so where it begins does not matter."""
    w = np.zeros((x.shape[1], len(KINDS)))
    before, step = w.copy(), 1.0
    target = np.eye(NONE + 1)[y][:, :NONE]
    # An upper bound of the curvature: half the largest squared length of a row, times the rows' weight.
    rate = 1.0 / (0.5 * np.linalg.norm(x * np.sqrt(weights)[:, None], 2) ** 2 + penalty.max())
    for _ in range(rounds):
        following = (1 + math.sqrt(1 + 4 * step * step)) / 2
        ahead = w + (step - 1) / following * (w - before)
        gradient = x.T @ (weights[:, None] * (shares(x @ ahead) - target)) + penalty * ahead
        before, step = w, following
        w = ahead - rate * gradient
    return w


def shares(sums: np.ndarray) -> np.ndarray:
    """Probabilities of the five kinds; what is left is "no claim"."""
    top = np.maximum(sums.max(axis=1, keepdims=True), 0)
    e = np.exp(sums - top)
    return e / (e.sum(axis=1, keepdims=True) + np.exp(-top))


def best_scale(sums: np.ndarray, examples: Examples) -> float:
    """The factor of all weights with the smallest log loss on releases left out: the penalty makes a fit too shy."""
    y, weight = np.array(examples.kinds), np.array(examples.weights)

    def loss(scale: float) -> float:
        p = shares(sums * scale)
        full = np.hstack([p, 1 - p.sum(axis=1, keepdims=True)])
        return float(-(weight * np.log(np.maximum(full[np.arange(len(y)), y], 1e-9))).sum())

    return min((1 + n / 10 for n in range(21)), key=loss)


def best_lift(sums: np.ndarray, examples: Examples) -> float:
    """What to add to the start of every kind for the best F1 of any claim: the display asks for balance."""
    y, sure = np.array(examples.kinds), np.array(examples.weights) > 0

    def f1(lift: float) -> float:
        shown, real = (shares(sums + lift).sum(axis=1) >= 1 / 2) & sure, (y != NONE) & sure
        return 2 * int((shown & real).sum()) / (int(shown.sum()) + int(real.sum()) + examples.missed)

    return max((n / 10 for n in range(21)), key=f1)


def only(p: np.ndarray, examples: Examples, source: str) -> tuple[np.ndarray, Examples]:
    """The sentences of the releases whose name begins with a source."""
    kept = [i for i, group in enumerate(examples.groups) if group.startswith(f"{source}-")]
    part = Examples(
        kinds=[examples.kinds[i] for i in kept],
        weights=[examples.weights[i] for i in kept],
        groups=[examples.groups[i] for i in kept],
        texts=[examples.texts[i] for i in kept],
    )
    return p[kept], part


def report(name: str, p: np.ndarray, examples: Examples, *, show: int = 0) -> None:
    """F1 of any claim, macro F1 of kinds and average precision at the threshold of the display."""
    y, score, best = np.array(examples.kinds), p.sum(axis=1), p.argmax(axis=1)
    sure = np.array(examples.weights) > 0
    shown, real = (score >= 1 / 2) & sure, (y != NONE) & sure
    tp = int((shown & real).sum())
    fp, fn = int((shown & ~real).sum()), int((~shown & real).sum()) + examples.missed
    ones = []
    for k in range(NONE):
        t = int((shown & (best == k) & (y == k)).sum())
        f = int((shown & (best == k) & (y != k)).sum())
        n = int((real & (y == k)).sum()) - t
        ones.append(2 * t / (2 * t + f + n) if t else 0.0)
    order = np.argsort(-score[sure])
    hits = real[sure][order]
    average = float((hits * np.cumsum(hits) / np.arange(1, len(hits) + 1)).sum() / max(1, real.sum()))
    kind = float((best[shown & real] == y[shown & real]).mean()) if tp else 0.0
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    print(
        f"{name}: {int(real.sum())} claims, any F1 {2 * tp / (2 * tp + fp + fn):.3f} (P {precision:.3f} R {recall:.3f}), "
        f"macro F1 {sum(ones) / NONE:.3f} {[round(one, 2) for one in ones]}, AP {average:.3f}, kind {kind:.3f}, "
        f"cut off {examples.missed}"
    )
    wrong = [i for i in range(len(y)) if sure[i] and (shown[i] != real[i] or (shown[i] and best[i] != y[i]))]
    for i in sorted(wrong, key=lambda i: -abs(score[i] - 0.5))[:show]:
        label = "none" if y[i] == NONE else KINDS[y[i]]
        print(f"   {score[i]:.2f} {KINDS[best[i]]:15} for {label:15} {examples.groups[i]} {examples.texts[i][:230]}")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("releases", nargs="+", type=Path)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--held-out", nargs="*", type=Path, default=[])
    parser.add_argument("--penalty", type=float, default=0.8)
    parser.add_argument("--least", type=float, default=0.25, help="smaller weights are left out of the table")
    parser.add_argument("--alone", type=float, default=1.0, help="weight of a sentence that stands alone")
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--show", type=int, default=0, help="how many of the worst errors to print")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


class Fit:
    """Labelled releases and single sentences as matrices, and the weights fitted to any part of the releases."""

    def __init__(self, labelled: Examples, single: Examples, width: int, start: int, given: argparse.Namespace) -> None:
        self.width, self.start, self.least = width, start, given.least
        self.x, self.y, self.weight = self.design(labelled), np.array(labelled.kinds), np.array(labelled.weights)
        self.x1, self.y1 = self.design(single), np.array(single.kinds, dtype=int)
        self.weight1 = np.array(single.weights)
        self.penalty = np.full((width, NONE), given.penalty)
        self.penalty[start] = 0.02

    def design(self, examples: Examples) -> np.ndarray:
        """The cue hits as a matrix, with the start that every sentence has."""
        matrix = examples.matrix(self.width)
        matrix[:, self.start] = 1
        return matrix

    def weights(self, mask: np.ndarray) -> np.ndarray:
        """Fitted twice: the second time without the cues that came out small."""
        xs, ys = np.vstack([self.x[mask], self.x1]), np.concatenate([self.y[mask], self.y1])
        ws = np.concatenate([self.weight[mask], self.weight1])
        w = fit(xs, ys, ws, self.penalty)
        small = np.abs(w) < self.least
        small[self.start] = False
        w = fit(xs, ys, ws, self.penalty + small * 1e4)
        w[small] = 0
        return w

    def left_out_in_turn(self, groups: list[str], folds: int) -> np.ndarray:
        """The sums of each release under the weights fitted to releases of the other folds."""
        releases = sorted(set(groups))
        fold = np.array([releases.index(group) % folds for group in groups])
        crossed = np.zeros((len(self.y), NONE))
        for n in range(folds):
            crossed[fold == n] = self.x[fold == n] @ self.weights(fold != n)
        return crossed


def write(rows: Rows, numbers: dict[str, int], w: np.ndarray) -> None:
    for row in rows:
        for k, kind in enumerate(KINDS):
            value = w[numbers[row["cue"]], k]
            row[kind] = f"{value:.1f}" if value else ""
    with CUES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"wrote {CUES}")


def main() -> None:
    given = options()
    rows = read_table()
    table = CueTable(rows, shipped_lexicon(), every_cue=True)
    numbers = {row["cue"]: n for n, row in enumerate(rows)}
    labelled = read_releases(given.releases, table, numbers)
    single = read_single(given.sentences, table, numbers, given.alone) if given.sentences else Examples()
    fitting = Fit(labelled, single, len(rows), numbers[START], given)

    crossed = fitting.left_out_in_turn(labelled.groups, given.folds)
    scale = best_scale(crossed, labelled)
    lift = best_lift(crossed * scale, labelled)
    crossed = shares(crossed * scale + lift)
    report(f"left out in turn, times {scale:.1f}, lifted by {lift:.1f}", crossed, labelled, show=given.show)
    for source in sorted({group.split("-")[0] for group in labelled.groups}):
        report(f"  {source}", *only(crossed, labelled, source))

    w = fitting.weights(np.ones(len(labelled.kinds), bool)) * scale
    w[fitting.start] += lift
    w = np.round(w, 1)
    report("fitted", shares(fitting.x @ w), labelled)
    if single.hits:
        report("sentences", shares(fitting.x1 @ w), single, show=given.show // 2)
    if given.held_out:
        held = read_releases(given.held_out, table, numbers)
        report("held out", shares(fitting.design(held) @ w), held, show=given.show)
    if given.write:
        write(rows, numbers, w)


if __name__ == "__main__":
    main()
