"""Putting what was learned in force, taking it out again, and keeping the scores it gives. The rules' own are never touched."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.actions.errors import ActionError
from models.learned import LearnedModel, LearnedScore, LearnedWeight
from models.person import Person
from models.pulse import DataVersion
from models.words import ModelState

KEPT = 5  # former models whose weights stay, so that they can come into force again


def keep_model(session: Session, model: LearnedModel, weights: Sequence[LearnedWeight], *, before: int | None) -> LearnedModel:
    """Store a model with its check, also a rejected one; one that is `in_force` replaces the former, and all scores go.

    `model.version` is set here. `before` is the number of the model it was compared with. Raises ActionError when another one
    is in force by now.
    """
    _alone(session)
    former = in_force(session)
    if (former.id if former else None) != before:
        raise ActionError("Another model came into force meanwhile. Learn again.")
    model.version = (session.scalar(select(func.max(LearnedModel.version))) or 0) + 1
    if model.state is ModelState.IN_FORCE:
        if former is not None:
            former.state = ModelState.SUPERSEDED
            former.reason = f"Version {model.version} took its place."
        session.execute(delete(LearnedScore))
        session.flush()  # before the new one: only one may be in force at any moment
        model.weights = list(weights)
    session.add(model)
    session.flush()
    _forget_old_weights(session)
    return model


def roll_back_model(session: Session, *, reason: str, actor: Person, now: datetime) -> tuple[LearnedModel, LearnedModel | None]:
    """Take the model in force out and put the one before it in, or none; gives both. All scores go, to be given anew."""
    _alone(session)
    taken = in_force(session)
    if taken is None:
        raise ActionError("No learned model is in force.")
    if not reason.strip():
        raise ActionError("Rolling a learned model back needs a reason: one sentence that says why.")
    taken.state, taken.reason = ModelState.ROLLED_BACK, reason.strip()
    taken.rolled_back_at, taken.rolled_back_by = now, actor
    session.execute(delete(LearnedScore))
    session.flush()
    former = session.scalar(
        select(LearnedModel)
        .where(LearnedModel.state == ModelState.SUPERSEDED, LearnedModel.version < taken.version)
        .order_by(LearnedModel.version.desc())
        .limit(1)
    )
    if former is not None:
        former.state = ModelState.IN_FORCE
        former.reason = f"In force again since version {taken.version} was rolled back."
    session.flush()
    _forget_old_weights(session)
    return taken, former


def keep_scores(session: Session, model: int, scores: Sequence[LearnedScore]) -> int:
    """Store scores under a model; gives how many, none when it is no longer the one in force."""
    _alone(session)
    current = in_force(session)
    if current is None or current.id != model:
        return 0
    ids = [score.finding_id for score in scores]
    known = set(session.scalars(select(LearnedScore.finding_id).where(LearnedScore.finding_id.in_(ids))))
    kept = [score for score in scores if score.finding_id not in known]
    session.add_all(kept)
    session.flush()
    return len(kept)


def in_force(session: Session) -> LearnedModel | None:
    """The model in force."""
    return session.scalar(select(LearnedModel).where(LearnedModel.state == ModelState.IN_FORCE))


def _alone(session: Session) -> None:
    """Two who learn at once do so one after the other: both lock the row that every visible write moves."""
    session.execute(select(DataVersion.id).with_for_update())


def _forget_old_weights(session: Session) -> None:
    for state in (ModelState.SUPERSEDED, ModelState.ROLLED_BACK):
        newest = select(LearnedModel.id).where(LearnedModel.state == state).order_by(LearnedModel.version.desc())
        old = session.scalars(newest).all()[KEPT:]
        session.execute(delete(LearnedWeight).where(LearnedWeight.model_id.in_(old)))
