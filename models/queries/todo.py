"""What waits for a person: appointments whose day has come, deadlines, and claims that would be forgotten otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.deadlines import DUE_SOON
from models.follow_up import FollowUp
from models.methodology import Methodology
from models.person import Person
from models.queries.expressions import claim_last_day, claim_status, is_shown
from models.words import SETTLED, Stage

NOBODY = ""  # in place of a name: what nobody looks after


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to do: `why` is appointment, overdue, due_soon or forgotten; `rule` and `remark` are an appointment's."""

    claim_id: int
    why: str
    on: date | None
    quote: str
    status: str
    assignee: str | None
    rule: str | None = None
    remark: str = ""


def todo_rows(
    session: Session, today: date, *, assignee: str | None = None, within: timedelta = DUE_SOON, limit: int = 1000
) -> list[TodoRow]:
    """What is to be done: overdue and due pledges, appointments that have come, and claims without a next appointment.

    `assignee` narrows to a person's queue, `NOBODY` to what is unassigned. A claim may stand here for several reasons.
    """
    whose: list[ColumnElement[bool]] = []
    if assignee is not None:
        whose.append(Person.name == assignee if assignee else Claim.assignee_id.is_(None))
    rows = [*_deadlines(session, today, within, whose), *_appointments(session, today, whose), *_forgotten(session, today, whose)]
    order = {"overdue": 0, "appointment": 1, "forgotten": 2, "due_soon": 3}
    return sorted(rows, key=lambda row: (order[row.why], row.on or date.min, row.claim_id))[:limit]


def _deadlines(session: Session, today: date, within: timedelta, whose: list[ColumnElement[bool]]) -> Iterator[TodoRow]:
    query = (
        select(Claim.id, claim_last_day.label("last"), Claim.quote, claim_status, Person.name)
        .join(Finding, Finding.claim_id == Claim.id)
        .outerjoin(Person, Person.id == Claim.assignee_id)
        .where(
            is_shown, Claim.stage == Stage.TRACKED, Claim.fulfillment.not_in(SETTLED), claim_last_day <= today + within, *whose
        )
    )
    for claim_id, last, quote, status, name in session.execute(query):
        yield TodoRow(claim_id, "overdue" if last < today else "due_soon", last, quote, status, name)


def _appointments(session: Session, today: date, whose: list[ColumnElement[bool]]) -> Iterator[TodoRow]:
    query = (
        select(Claim.id, FollowUp.due_on, Claim.quote, claim_status, Person.name, FollowUp.rule, FollowUp.reason)
        .join(FollowUp, FollowUp.claim_id == Claim.id)
        .outerjoin(Person, Person.id == Claim.assignee_id)
        .where(FollowUp.done_at.is_(None), FollowUp.due_on <= today, Claim.stage == Stage.TRACKED, *whose)
    )
    for claim_id, on, quote, status, name, rule, remark in session.execute(query):
        yield TodoRow(claim_id, "appointment", on, quote, status, name, rule.value, remark)


def _forgotten(session: Session, today: date, whose: list[ColumnElement[bool]]) -> Iterator[TodoRow]:
    """Tracked claims without an open appointment and without a final judgment, as the scale of the day has it."""
    scale = session.scalars(
        select(Methodology).where(Methodology.in_force_from <= today).order_by(Methodology.in_force_from.desc()).limit(1)
    ).first()
    final = (
        {} if scale is None else {question: [v for v, last in values.items() if last] for question, values in scale.scale.items()}
    )
    query = (
        select(Claim.id, Claim.quote, claim_status, Person.name)
        .outerjoin(Person, Person.id == Claim.assignee_id)
        .where(
            Claim.stage == Stage.TRACKED,
            ~exists().where(FollowUp.claim_id == Claim.id, FollowUp.done_at.is_(None)),
            or_(Claim.fulfillment.not_in(final.get("fulfillment", [])), Claim.verdict.not_in(final.get("verdict", []))),
            *whose,
        )
    )
    for claim_id, quote, status, name in session.execute(query):
        yield TodoRow(claim_id, "forgotten", None, quote, status, name)
