"""Where else a claim was made: the claims that a person recognised as its repetitions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.release import Release


@dataclass(frozen=True, slots=True)
class Repetition:
    """A claim that repeats another."""

    id: int
    quote: str
    published_on: date | None


def repetitions(session: Session, claim_id: int) -> list[Repetition]:
    """The repetitions of a claim, in the order of their days."""
    query = (
        select(Claim.id, Claim.quote, Release.published_on)
        .join(Release, Release.id == Claim.release_id)
        .where(Claim.same_as_id == claim_id)
        .order_by(Release.published_on, Claim.id)
    )
    return [Repetition(*row) for row in session.execute(query)]
