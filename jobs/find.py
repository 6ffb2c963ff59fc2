"""From a release's text to rows: the one place where what the reading mind found becomes what the database keeps."""

import gc
from datetime import date, datetime
from functools import cache

import claims
from models import Finding
from models.words import Kind, Side
from settings.reference import Record


@cache
def keep_tables() -> None:
    """Load the tables of the rules and take them out of the garbage collector's rounds, which they would make longer.

    For processes that read many texts. Once is enough: the tables stay until the process ends.
    """
    claims.find_claims("Wir schaffen bis 2030 zehn Stellen.", released=date(2024, 1, 1))
    gc.collect()
    gc.freeze()


def find_rows(
    text: str, *, released: date, factions: tuple[str, ...], parliament: str, record: Record, now: datetime
) -> list[tuple[Finding, str | None]]:
    """The findings of a text as rows, each with the speaker's name."""
    found = claims.find_claims(text, released=released, factions=factions, parliament=parliament, record=record)
    return [(_row(finding, now), finding.speaker) for finding in found]


def _row(found: claims.Finding, now: datetime) -> Finding:
    ranking = found.ranking
    return Finding(
        rules_version=found.rules_version,
        found_at=now,
        kind=Kind(found.kind),
        start=found.start,
        end=found.end,
        score=found.score,
        reasons=[{"cue": reason.cue, "text": reason.text, "weight": reason.weight} for reason in found.reasons],
        speaker_faction=found.speaker_faction,
        claimant_side=Side(found.claimant_side) if found.claimant_side else None,
        attribution=found.attribution,
        amount_min_eur=found.amount_min_eur,
        amount_max_eur=found.amount_max_eur,
        per_year=found.per_year,
        value=found.value,
        unit=found.unit,
        deadline=found.deadline,
        deadline_phrase=found.deadline_phrase,
        topic=found.topic,
        ranking=None if ranking is None else ranking.as_row(),
    )
