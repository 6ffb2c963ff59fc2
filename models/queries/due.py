"""What falls due."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.deadlines import DUE_SOON, deadline_state
from models.faction import Speaker
from models.queries.expressions import claim_amount_max, claim_deadline, claim_last_day, claim_speaker_id, is_shown
from models.release import Release
from models.words import SETTLED, Fulfillment, Stage


@dataclass(frozen=True, slots=True)
class DueRow:
    """A tracked pledge with its deadline and where that stands."""

    id: int
    quote: str
    speaker: str | None
    faction: str | None
    deadline: date
    state: str
    amount_max_eur: float | None
    disputed: bool
    parliament: str
    extended_until: date | None = None


def due_rows(session: Session, today: date, *, within: timedelta = DUE_SOON, limit: int = 50) -> list[DueRow]:
    """Tracked, unsettled pledges that are overdue or fall due within a span, the latest deadline first."""
    query = (
        select(
            Claim.id,
            Claim.quote,
            Speaker.name,
            Finding.speaker_faction,
            func.coalesce(claim_deadline, Claim.extended_until).label("deadline"),
            Claim.extended_until,
            Claim.fulfillment,
            claim_amount_max.label("amount_max_eur"),
            Claim.disputed,
            Release.parliament,
        )
        .select_from(Claim)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .outerjoin(Speaker, Speaker.id == claim_speaker_id)
        .where(
            is_shown,
            Claim.stage == Stage.TRACKED,
            Claim.fulfillment.not_in(SETTLED),
            claim_last_day.is_not(None),
            today + within >= claim_last_day,
        )
        .order_by(claim_last_day.desc(), Claim.id)
        .limit(limit)
    )
    return [
        DueRow(
            id=row.id,
            quote=row.quote,
            speaker=row.name,
            faction=row.speaker_faction,
            deadline=row.deadline,
            state=deadline_state(row.deadline, Fulfillment(row.fulfillment), today, extended_until=row.extended_until).value,
            amount_max_eur=row.amount_max_eur,
            disputed=row.disputed,
            parliament=row.parliament,
            extended_until=row.extended_until,
        )
        for row in session.execute(query)
    ]
