"""Learning from the desk: gather what it decided, learn, check, put in force or reject, and score what nobody decided yet.

It can be killed at any line and repeated at will: without new decisions a run changes nothing but scores what came meanwhile.
Findings that come during the day get their learned score in the next run; until then lists go by the rules' own.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from claims import RULES_VERSION, held_out
from claims.held_out import MINIMUM_DECISIONS, MINIMUM_EACH, MINIMUM_NEW, Check
from claims.learned import Example, Learned, Weights, learn
from jobs.desk import Desk
from models import Database, LearnedModel, LearnedScore, LearnedWeight, actions, queries
from models.queries import LearnableFinding
from models.words import Kind, LearningGround, ModelState, Outcome

JOB = "learn"
CLAIM = "claim"
NIGHT = 3  # o'clock at the desk's place, from which the day's learning is due
BATCH = 500  # findings scored in one transaction


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one run of learning came to: `outcome` is too_few or nothing_new, then without a check, or accepted or rejected."""

    outcome: str
    reason: str
    decisions: int
    tracked: int
    check: Check | None = None
    version: int | None = None
    scored: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to learn from, in order of time, and what was learned before."""

    examples: list[Example]
    moments: list[datetime]
    current: LearnedModel | None
    last: LearnedModel | None
    used: LearnedModel | None

    @property
    def fingerprint(self) -> str:
        return held_out.fingerprint(self.examples, RULES_VERSION)

    def since(self, model: LearnedModel | None) -> int:
        """How many decisions are newer than a model's."""
        return sum(model is None or moment > model.newest_decision_at for moment in self.moments)


def learn_tonight(desk: Desk) -> Lesson | None:
    """Learn once a night; a worker that slept then does it when it wakes. None: not due."""
    zone = ZoneInfo(desk.settings.timezone)
    now = desk.clock().astimezone(zone)
    with desk.database.reading() as session:
        last = queries.last_finished(session, JOB)
    if now.hour < NIGHT or (last is not None and last.astimezone(zone).date() >= now.date()):
        return None
    return learn_from_desk(desk.database, desk.clock())


def learn_from_desk(database: Database, now: datetime, *, dry_run: bool = False) -> Lesson:
    """One run of learning; a dry run writes nothing. Raises `ActionError` when somebody else learned at the same moment."""
    with database.reading() as session:
        known = _known(session)
    lesson, candidate = _lesson(known)
    if dry_run:
        return lesson
    version = None
    if candidate is not None and lesson.check is not None:
        row = _model_row(known, lesson.check, lesson.reason, now)
        with database.writing() as session:
            before = known.current.id if known.current else None
            version = actions.keep_model(session, row, _weight_rows(candidate), before=before).version
    scored = score_findings(database)
    with database.writing(visible=False) as session:
        run = actions.start_run(session, JOB, now)
        actions.end_run(session, run.id, Outcome.OK_NEW if lesson.outcome == "accepted" else Outcome.OK_UNCHANGED, now)
    return replace(lesson, version=version, scored=scored)


def score_findings(database: Database) -> int:
    """Give the candidates' current findings their score under the model in force, batch by batch; gives how many were without."""
    with database.reading() as session:
        current = queries.model_in_force(session)
    if current is None:
        return 0
    learned, scored, last = learned_of(current), 0, 0
    while True:
        with database.reading() as session:
            found = queries.findings_to_score(session, after=last, limit=BATCH)
        if not found:
            return scored
        scores = [_score_row(finding, learned, current.id) for finding in found]
        with database.writing() as session:
            scored += actions.keep_scores(session, current.id, scores)
        last = found[-1].id


def learned_in_force(database: Database) -> tuple[int, Learned] | None:
    """Version and weights of the model in force."""
    with database.reading() as session:
        current = queries.model_in_force(session)
    return None if current is None else (current.version, learned_of(current))


def learned_of(model: LearnedModel) -> Learned:
    """What the rows of a model say."""
    weights: dict[str, Weights] = {}
    for row in model.weights:
        weights.setdefault(row.speaks_for, {})[row.feature] = (row.without_first, row.without_second, row.without_third)
    return Learned(weights.pop(CLAIM, {}), weights)


def _known(session: Session) -> _Known:
    rows = queries.decided_findings(session)
    used = queries.last_model(session, ModelState.IN_FORCE, ModelState.SUPERSEDED, ModelState.ROLLED_BACK)
    return _Known(
        examples=[_example(row) for row in rows],
        moments=[row.decided_at for row in rows if row.decided_at is not None],
        current=queries.model_in_force(session),
        last=queries.last_model(session),
        used=used,
    )


def _lesson(known: _Known) -> tuple[Lesson, Learned | None]:
    """What there is to be learned now, and what was."""
    n, tracked = len(known.examples), sum(bool(example.tracked) for example in known.examples)
    if not held_out.are_enough(known.examples):
        reason = (
            f"{n} decisions, {tracked} tracked and {n - tracked} dismissed: "
            f"learning begins at {MINIMUM_DECISIONS}, {MINIMUM_EACH} of each."
        )
        return Lesson("too_few", reason, n, tracked), None
    if known.last is not None and known.last.fingerprint == known.fingerprint:
        return Lesson("nothing_new", f"Nothing was decided since version {known.last.version} was learned.", n, tracked), None
    used = known.used
    if used is not None and used.rules_version == RULES_VERSION and known.since(used) < MINIMUM_NEW:
        reason = f"{known.since(used)} decisions since version {used.version}: learning goes on at {MINIMUM_NEW}."
        return Lesson("nothing_new", reason, n, tracked), None
    before = learned_of(known.current) if known.current else None
    candidate = held_out.settle_kinds(learn(known.examples), before, known.examples)
    older = n - known.since(known.current) if known.current else None
    check = held_out.check(known.examples, candidate, before, older)
    return Lesson("accepted" if check.accepted else "rejected", _in_words(check), n, tracked, check), candidate


def _in_words(check: Check) -> str:
    measured = f"On {check.held_out} held-out decisions average precision is {check.after:.2f}"
    before = "" if check.before is None else f", before it was {check.before:.2f}"
    older = f"On the {check.older} older decisions average precision would fall from {check.older_before:.2f} "
    newest = f"The newest {check.newest} decisions follow no rule that can be learned: "
    return {
        held_out.BETTER: f"{measured}{before}; the rules' own is {check.rules:.2f}.",
        held_out.WORSE_THAN_RULES: f"{measured}, below the rules' own {check.rules:.2f}.",
        held_out.WORSE_THAN_BEFORE: f"{measured}{before}.",
        held_out.WORSE_ON_OLDER: f"{older}to {check.older_after:.2f}: the newest {check.newest} speak against them.",
        held_out.BY_CHANCE: f"{newest}they look as if drawn by lot, or all went one way.",
    }[check.ground]


def _model_row(known: _Known, check: Check, reason: str, now: datetime) -> LearnedModel:
    return LearnedModel(
        version=0,  # given when it is stored
        trained_at=now,
        rules_version=RULES_VERSION,
        decisions=check.held_out,
        positives=check.positives,
        newest_decision_at=known.moments[-1],
        fingerprint=known.fingerprint,
        held_out=check.held_out,
        ap_rules=check.rules,
        ap_before=check.before,
        ap_after=check.after,
        older=check.older,
        ap_older_before=check.older_before,
        ap_older_after=check.older_after,
        agreement=check.agreement,
        kind_before=check.kind_before,
        kind_after=check.kind_after,
        ground=LearningGround(check.ground),
        state=ModelState.IN_FORCE if check.accepted else ModelState.REJECTED,
        reason=reason,
    )


def _weight_rows(learned: Learned) -> list[LearnedWeight]:
    return [
        LearnedWeight(
            speaks_for=speaks_for,
            feature=feature,
            weight=sum(parts) / len(parts),
            without_first=parts[0],
            without_second=parts[1],
            without_third=parts[2],
        )
        for speaks_for, weights in {CLAIM: learned.weights, **learned.kinds}.items()
        for feature, parts in weights.items()
    ]


def _score_row(finding: LearnableFinding, learned: Learned, model: int) -> LearnedScore:
    example = _example(finding)
    moved = [{"feature": feature, "weight": round(weight, 2)} for feature, weight in learned.moved(example)]
    return LearnedScore(
        finding_id=finding.id, model_id=model, score=learned.score(example), kind=Kind(learned.kind(example)), moved=moved
    )


def _example(finding: LearnableFinding) -> Example:
    decided = finding.decided_at is not None
    return Example(
        quote=finding.quote,
        kind=finding.kind.value,
        score=finding.score,
        cues=finding.cues,
        address=finding.address,
        tracked=finding.tracked if decided else None,
        decided_kind=finding.decided_kind.value if finding.decided_kind else None,
    )
