"""What has been done already: asked by jobs that may have been cut short."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.days import day_of
from models.release import Release
from models.review import Decision
from models.run import Run
from models.words import Action, Outcome


def days_of(session: Session, job: str) -> set[date]:
    """The days on which a job ran to its end."""
    moments = session.scalars(select(Run.started_at).where(Run.job == job, Run.outcome == Outcome.OK_UNCHANGED))
    return {day_of(moment) for moment in moments}


def claim_quoted(session: Session, address: str, quote: str) -> int | None:
    """The claim with that wording in the release at that address."""
    return session.scalar(
        select(Claim.id).join(Release, Release.id == Claim.release_id).where(Release.address == address, Claim.quote == quote)
    )


def was_decided(session: Session, claim_id: int, action: Action, moment: datetime) -> bool:
    """Whether that action was recorded for the claim at that very moment."""
    return (
        session.scalar(
            select(Decision.id).where(Decision.claim_id == claim_id, Decision.action == action, Decision.recorded_at == moment)
        )
        is not None
    )


def any_address(session: Session) -> str | None:
    """The address of the first release, if there is one."""
    return session.scalar(select(Release.address).order_by(Release.id).limit(1))
