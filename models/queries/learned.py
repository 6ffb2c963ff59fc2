"""What the desk decided, as something to learn from, and what was learned from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from models.claim import Claim, Finding
from models.learned import LearnedModel, LearnedScore
from models.release import Release
from models.review import Decision
from models.run import Run
from models.words import Action, DismissReason, Kind, ModelState, Outcome, Stage

# The claims package has the same; a test compares them.
MINIMUM_DECISIONS = 40
MINIMUM_OF_EACH = 10  # tracked, and dismissed

# Tracked, or dismissed because it is no claim or cannot be checked: what tells claims from others.
_TELLS = or_(
    Claim.stage == Stage.TRACKED,
    and_(Claim.stage == Stage.DISMISSED, Claim.dismiss_reason.in_([DismissReason.NO_CLAIM, DismissReason.NOT_CHECKABLE])),
)


@dataclass(frozen=True, slots=True)
class LearnableFinding:
    """A finding with what became of its claim; `decided_at` None: nothing yet."""

    id: int
    quote: str
    kind: Kind
    score: float
    cues: tuple[str, ...]
    address: str
    tracked: bool
    decided_kind: Kind | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A learned model as a page shows it; precisions and shares lie between 0 and 1."""

    version: int
    trained_at: datetime
    decisions: int
    positives: int
    held_out: int
    ap_rules: float
    ap_before: float | None
    ap_after: float
    kind_before: float | None
    kind_after: float | None
    state: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class Learning:
    """How learning stands: the model in force, the newest run's if that is another, and the decisions made so far."""

    in_force: ModelRow | None
    last: ModelRow | None
    decisions: int
    tracked: int


def decided_findings(session: Session) -> list[LearnableFinding]:
    """The findings of all claims whose decision says whether they are one, in the order in which that was decided."""
    decided_at = (
        select(Decision.recorded_at)
        .where(Decision.claim_id == Claim.id, Decision.action.in_([Action.TRACK, Action.DISMISS]))
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Claim)
        .scalar_subquery()
    )
    newest = (
        select(Finding.id)
        .where(Finding.claim_id == Claim.id)
        .order_by(Finding.current.desc(), Finding.id.desc())
        .limit(1)
        .correlate(Claim)
        .scalar_subquery()
    )
    moment = func.coalesce(decided_at, Claim.created_at).label("moment")
    query = (
        select(Finding, Claim, Release.address, moment)
        .join(Claim, Claim.id == Finding.claim_id)
        .join(Release, Release.id == Claim.release_id)
        .where(Finding.id == newest, _TELLS)
        .order_by(moment, Claim.id)
    )
    return [_learnable(finding, claim, address, moment) for finding, claim, address, moment in session.execute(query)]


def findings_to_score(session: Session, *, after: int = 0, limit: int = 500) -> list[LearnableFinding]:
    """Current findings of candidates that have no learned score, those with a number above `after`, in order."""
    query = (
        select(Finding, Claim, Release.address)
        .join(Claim, Claim.id == Finding.claim_id)
        .join(Release, Release.id == Claim.release_id)
        .outerjoin(LearnedScore, LearnedScore.finding_id == Finding.id)
        .where(Finding.current, Claim.stage == Stage.CANDIDATE, LearnedScore.finding_id.is_(None), Finding.id > after)
        .order_by(Finding.id)
        .limit(limit)
    )
    return [_learnable(finding, claim, address, None) for finding, claim, address in session.execute(query)]


def model_in_force(session: Session) -> LearnedModel | None:
    """The model in force with its weights, to be used after the session."""
    return _first(session, LearnedModel.state == ModelState.IN_FORCE)


def last_model(session: Session, *states: ModelState) -> LearnedModel | None:
    """The newest model that was learned, of these states or of any."""
    return _first(session, *([LearnedModel.state.in_(states)] if states else []))


def learning(session: Session) -> Learning:
    """How learning stands, for a page."""
    current = session.scalar(select(LearnedModel).where(LearnedModel.state == ModelState.IN_FORCE))
    last = session.scalar(select(LearnedModel).order_by(LearnedModel.version.desc()).limit(1))
    counts = dict(session.execute(select(Claim.stage, func.count(Claim.id)).where(_TELLS).group_by(Claim.stage)).all())
    return Learning(
        in_force=_row(current) if current else None,
        last=_row(last) if last and last is not current else None,
        decisions=sum(counts.values()),
        tracked=counts.get(Stage.TRACKED, 0),
    )


def last_finished(session: Session, job: str) -> datetime | None:
    """When the last good run of a job began."""
    return session.scalar(
        select(Run.started_at)
        .where(Run.job == job, Run.outcome.in_([Outcome.OK_NEW, Outcome.OK_UNCHANGED]))
        .order_by(Run.started_at.desc())
        .limit(1)
    )


def _first(session: Session, *conditions: ColumnElement[bool]) -> LearnedModel | None:
    return session.scalar(
        select(LearnedModel)
        .where(*conditions)
        .options(selectinload(LearnedModel.weights))
        .order_by(LearnedModel.version.desc())
        .limit(1)
    )


def _learnable(finding: Finding, claim: Claim, address: str, moment: datetime | None) -> LearnableFinding:
    tracked = claim.stage is Stage.TRACKED
    return LearnableFinding(
        id=finding.id,
        quote=claim.quote,
        kind=finding.kind,
        score=finding.score,
        cues=tuple(str(reason["cue"]) for reason in finding.reasons),
        address=address,
        tracked=tracked,
        decided_kind=(claim.decided_kind or finding.kind) if tracked else None,
        decided_at=moment,
    )


def _row(model: LearnedModel) -> ModelRow:
    return ModelRow(
        version=model.version,
        trained_at=model.trained_at,
        decisions=model.decisions,
        positives=model.positives,
        held_out=model.held_out,
        ap_rules=model.ap_rules,
        ap_before=model.ap_before,
        ap_after=model.ap_after,
        kind_before=model.kind_before,
        kind_after=model.kind_after,
        state=model.state.value,
        ground=model.ground.value,
        reason=model.reason,
    )
