"""Adopting a scale, and which one holds on a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions.errors import ActionError
from models.methodology import SCALE, Methodology
from models.person import Person
from models.words import Fulfillment, Verdict


def methodology_on(session: Session, day: date) -> Methodology:
    """The scale in force on a day; before the first one, the first."""
    newest_first = select(Methodology).order_by(Methodology.in_force_from.desc())
    found = session.scalar(newest_first.where(Methodology.in_force_from <= day).limit(1))
    return found or session.scalars(select(Methodology).order_by(Methodology.in_force_from).limit(1)).one()


def adopt_methodology(
    session: Session,
    *,
    version: str,
    in_force_from: date,
    actor: Person,
    today: date,
    now: datetime,
    second_look: bool = False,
    without: Mapping[str, list[str]] | None = None,
    final: Mapping[str, dict[str, bool]] | None = None,
    note: str = "",
) -> Methodology:
    """A further scale, from today or a later day on.

    `without` takes values out of the product's scale (by question), `final` says otherwise than it which are final.
    """
    if not version.strip():
        raise ActionError("A methodology needs a short name, for instance 2027.")
    if session.get(Methodology, version.strip()) is not None:
        raise ActionError(f"There is a methodology {version.strip()!r} already; each is written once.")
    if in_force_from < today:
        raise ActionError("A methodology holds from today or a later day on; what was judged before stays as it is.")
    if session.scalar(select(Methodology.version).where(Methodology.in_force_from == in_force_from)):
        raise ActionError(f"Another methodology begins on {in_force_from.isoformat()}.")
    scale = {question: {**values, **(final or {}).get(question, {})} for question, values in SCALE.items()}
    for question, values in (without or {}).items():
        for value in values:
            if value in {Fulfillment.OPEN, Verdict.UNCHECKED} or value not in scale.get(question, {}):
                raise ActionError(f"{value!r} cannot be taken out of the scale for {question}.")
            del scale[question][value]
    row = Methodology(
        version=version.strip(),
        in_force_from=in_force_from,
        scale=_known(scale),
        second_look=second_look,
        note=note.strip(),
        adopted_at=now,
        adopted_by=actor.name,
    )
    session.add(row)
    session.flush()
    return row


def question_of(value: str) -> str | None:
    """Which question a judgment answers: fulfillment or verdict; None for what is no judgment."""
    return next((question for question, values in SCALE.items() if value in values), None)


def _known(scale: dict[str, Any]) -> dict[str, Any]:
    for question, words in (("fulfillment", Fulfillment), ("verdict", Verdict)):
        for value in scale[question]:
            if value not in set(words):
                raise ActionError(f"{value!r} is no {question}. It can be: {', '.join(words)}.")
    return scale
