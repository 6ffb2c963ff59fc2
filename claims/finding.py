"""What is found: one record a claim, with the reasons that speak for and against it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """A cue met in the sentence: its name in the cue table, the words, and its weight in log-odds."""

    cue: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place in an order, against others or over time."""

    metric: str | None
    subject: str | None
    direction: str
    place: int | None
    comparators: str | None
    scope: str
    since: str | None

    def as_row(self) -> dict[str, Any]:
        """The ranking as plain values."""
        return asdict(self)


class Finding(NamedTuple):
    """A checkable statement. `quote == text[start:end]`, always; amounts are EUR; `deadline` is the last day in time."""

    quote: str
    start: int
    end: int
    kind: str
    score: float
    speaker: str | None
    speaker_faction: str | None
    claimant_side: str | None
    attribution: str
    amount_min_eur: float | None
    amount_max_eur: float | None
    per_year: bool
    value: float | None
    unit: str | None
    deadline: date | None
    deadline_phrase: str | None
    topic: str | None
    ranking: Ranking | None
    reasons: tuple[Reason, ...]
    rules_version: str

    def as_row(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "score": round(self.score, 4),
            "speaker": self.speaker,
            "speaker_faction": self.speaker_faction,
            "claimant_side": self.claimant_side,
            "amount_min_eur": _whole(self.amount_min_eur),
            "amount_max_eur": _whole(self.amount_max_eur),
            "per_year": self.per_year,
            "value": _whole(self.value),
            "unit": self.unit,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "deadline_phrase": self.deadline_phrase,
            "topic": self.topic,
            "ranking": self.ranking.as_row() if self.ranking else None,
            "reasons": [reason._asdict() for reason in self.reasons],
        }


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
