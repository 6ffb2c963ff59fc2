"""Reading the history of decisions in its order, and its head."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.chain import FIRST
from models.methodology import Methodology
from models.review import Decision

BATCH = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain at a moment: number and hash of the newest decision; number 0 before the first."""

    number: int
    hash: str


def history(session: Session) -> Iterator[Decision]:
    """All decisions in their order, read piece by piece."""
    last = 0
    while True:
        rows = session.scalars(
            select(Decision)
            .where(Decision.number > last)
            .order_by(Decision.number)
            .limit(BATCH)
            .options(selectinload(Decision.person))
        ).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].number
        session.expunge_all()


def methodologies(session: Session) -> list[Methodology]:
    """All scales, the oldest first."""
    return list(session.scalars(select(Methodology).order_by(Methodology.in_force_from)))


def history_head(session: Session) -> Anchor:
    """The newest link."""
    row = session.execute(select(Decision.number, Decision.hash).order_by(Decision.number.desc()).limit(1)).first()
    return Anchor(row.number, row.hash) if row else Anchor(0, FIRST)
