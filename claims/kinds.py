"""What kind of claim a sentence is and how sure the rules are: weights of the cues it holds, added up and explained."""

import csv
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.finding import Reason

KINDS = ("funding_pledge", "pledge", "ranking", "statistic", "past_action")
ALL = "all"
CUES = Path(__file__).resolve().parent / "cues.csv"
# Log-odds of a kind before any cue is met: most sentences are no claim.
START = {"funding_pledge": -3.0, "pledge": -2.6, "ranking": -1.9, "statistic": -2.2, "past_action": -1.7}
LONGEST_MATCH = 120


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of the cue table."""

    id: str
    kind: str
    weight: float
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What other readers found in the sentence, as far as it bears on its kind; texts are empty where nothing was found."""

    money: str = ""
    quantity: str = ""
    percent: str = ""
    deadline: str = ""
    vague_deadline: str = ""
    quoted: bool = False
    item: bool = False
    others: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The likeliest kind, its score and the reasons that count for it."""

    kind: str
    score: float
    reasons: tuple[Reason, ...]


@cache
def cue_table() -> tuple[Cue, ...]:
    """The cues of `cues.csv`."""
    with CUES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Cue(row["id"], row["kind"], float(row["weight"]), re.compile(row["pattern"], re.IGNORECASE), row["example"])
            for row in csv.DictReader(file)
        )


def judge_kind(sentence: str, facts: Facts) -> Judged:
    """The kind with the highest sum of weights; a tie goes to the one named first in the guideline's order."""
    reasons = {kind: list(_from_facts(kind, facts)) for kind in KINDS}
    for cue in cue_table():
        match = cue.pattern.search(sentence)
        if match is None:
            continue
        reason = Reason(cue.id, match[0].strip()[:LONGEST_MATCH], cue.weight)
        for kind in KINDS if cue.kind == ALL else (cue.kind,):
            reasons[kind].append(reason)
    sums = {kind: START[kind] + sum(reason.weight for reason in reasons[kind]) for kind in KINDS}
    _bound(sums, facts, sentence)
    kind = max(KINDS, key=lambda name: sums[name])
    return Judged(kind, 1 / (1 + math.exp(-max(-30.0, min(30.0, sums[kind])))), tuple(reasons[kind]))


def _from_facts(kind: str, facts: Facts) -> list[Reason]:
    """What amounts, numbers and deadlines say for a kind."""
    weights: list[tuple[str, str, float]] = []
    if kind == "funding_pledge":
        weights = [("amount", facts.money, 1.5), ("deadline", facts.deadline, 0.8), ("vague deadline", facts.vague_deadline, 0.2)]
        weights.append(("list item with amount", facts.money if facts.item else "", 1.4))
    elif kind == "pledge":
        weights = [
            ("deadline", facts.deadline, 1.0),
            ("number", facts.quantity, 0.7),
            ("vague deadline", facts.vague_deadline, 0.3),
        ]
    elif kind == "ranking":
        weights = [("number", facts.quantity or facts.percent, 0.3)]
    elif kind == "statistic":
        weights = [("number", facts.quantity, 1.6), ("percent", facts.percent, 1.7), ("amount", facts.money, 0.9)]
    return [Reason(name, text, weight) for name, text, weight in weights if text]


def _bound(sums: dict[str, float], facts: Facts, sentence: str) -> None:
    """What a kind cannot do without."""
    if not facts.money and not re.search(
        r"\b(?:Mittel|Geld|Etat|Förderung|Zuschuss|Zuschüsse|Budget|Millionenbetrag|Programm)\b", sentence
    ):
        sums["funding_pledge"] -= 3.0
    elif not facts.money:
        sums["funding_pledge"] -= 1.2
    if not (facts.money or facts.quantity or facts.percent):
        sums["statistic"] -= 3.0
    if re.search(r"\b(?:wird|werden|werde)\b", sentence) and not re.search(r"\b(?:worden|wurde[n]?)\b", sentence):
        # The future is no statistic.
        sums["statistic"] -= 1.2
    if not (facts.deadline or facts.vague_deadline or facts.quantity or facts.percent or facts.money):
        sums["pledge"] -= 0.8
    if sums["ranking"] > 0:
        # A place in an order outranks the number or the act beside it (guideline: ranking before statistic and past action).
        for lesser in ("statistic", "past_action"):
            sums[lesser] = min(sums[lesser], sums["ranking"])
    if facts.others:
        sums["funding_pledge"] -= 1.5
        sums["pledge"] -= 1.5
