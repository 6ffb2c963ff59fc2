"""What waits at the desk, and why: nothing that a person took up is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.deadlines import DUE_SOON, deadline_state
from models.faction import Speaker
from models.follow_up import FollowUp
from models.person import Person
from models.queries.expressions import claim_deadline, claim_status
from models.review import Evidence
from models.words import SETTLED, EvidenceState, FollowUpRule, Fulfillment, Stage, Verdict

MOST = 1000  # rows of each sort; a desk with more due at once has other troubles
# Why a claim is on the desk, the most pressing first.
WHYS = (
    "evidence_failed",
    "edited",
    "gone",
    "second_look",
    "overdue",
    "deadline",
    "half_way",
    "legislature_end",
    "new_figures",
    "broken",
    "by_hand",
    "due_soon",
    "evidence_pending",
    "forgotten",
)
DUE_WHYS = frozenset(rule.value for rule in FollowUpRule)  # those that can be put off


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A claim that waits: all reasons, the most pressing first; `day` is the earliest day that one of them is about."""

    id: int
    revision: int
    quote: str
    status: str
    speaker: str | None
    faction: str | None
    assignee: str | None
    deadline: date | None
    whys: tuple[str, ...]
    day: date | None
    remark: str
    is_tracked: bool

    @property
    def can_be_put_off(self) -> bool:
        """Whether an appointment of it is due; a date that passes cannot be put off by us."""
        return self.is_tracked and any(why in DUE_WHYS for why in self.whys)


def desk_rows(session: Session, today: date, *, within_days: int = DUE_SOON.days) -> list[DeskRow]:
    """Every claim that waits for somebody, once, the most pressing first, and of those the longest waiting."""
    found: dict[int, list[tuple[str, date | None, str]]] = {}
    for claim_id, why, day, remark in _whys(session, today, within_days):
        found.setdefault(claim_id, []).append((why, day, remark))
    rows = [_row(row, found[row.id], today) for row in _claims(session, found)]
    return sorted(rows, key=lambda row: (WHYS.index(row.whys[0]), row.day or today, row.id))


def _whys(session: Session, today: date, within_days: int) -> Iterable[tuple[int, str, date | None, str]]:
    due = (
        select(FollowUp.claim_id, FollowUp.rule, FollowUp.due_on, FollowUp.reason)
        .join(Claim, Claim.id == FollowUp.claim_id)
        .where(FollowUp.done_at.is_(None), FollowUp.due_on <= today, Claim.stage != Stage.DISMISSED)
        .order_by(FollowUp.due_on)
        .limit(MOST)
    )
    for claim_id, rule, day, remark in session.execute(due):
        yield claim_id, rule.value, day, remark
    last, until = func.coalesce(Claim.extended_until, claim_deadline), today + timedelta(days=within_days)
    clocks = (
        select(Claim.id, claim_deadline, Claim.fulfillment, Claim.extended_until)
        .join(Finding, Finding.claim_id == Claim.id)
        .where(
            Finding.current,
            Claim.stage == Stage.TRACKED,
            Claim.fulfillment.not_in(SETTLED),
            last <= until,
        )
        .order_by(last)
        .limit(MOST)
    )
    for claim_id, deadline, fulfillment, extended_until in session.execute(clocks):
        state = deadline_state(deadline, Fulfillment(fulfillment), today, extended_until=extended_until).value
        if state in WHYS:
            yield claim_id, state, extended_until or deadline, ""
    for forgotten in session.scalars(_forgotten().limit(MOST)):
        yield forgotten, "forgotten", None, ""
    pending = (
        select(Evidence.claim_id)
        .join(Claim, Claim.id == Evidence.claim_id)
        .where(Evidence.state == EvidenceState.PENDING, Claim.stage != Stage.DISMISSED)
        .distinct()
        .limit(MOST)
    )
    for waiting in session.scalars(pending):
        yield waiting, "evidence_pending", None, ""


def _forgotten() -> Select[int]:
    """Tracked claims that have neither an appointment nor a final judgment."""
    appointed = exists().where(FollowUp.claim_id == Claim.id, FollowUp.done_at.is_(None))
    unsettled = or_(Claim.fulfillment.not_in(SETTLED), Claim.verdict == Verdict.UNCHECKED)
    return select(Claim.id).where(and_(Claim.stage == Stage.TRACKED, unsettled, ~appointed)).order_by(Claim.id)


def _claims(session: Session, ids: Iterable[int]) -> Iterable[Any]:
    query = (
        select(
            Claim.id,
            Claim.revision,
            Claim.quote,
            Claim.summary,
            claim_status,
            Claim.stage,
            Speaker.name.label("speaker"),
            Finding.speaker_faction,
            Person.name.label("assignee"),
            claim_deadline,
        )
        .join(Finding, Finding.claim_id == Claim.id)
        .outerjoin(Speaker, Speaker.id == func.coalesce(Claim.decided_speaker_id, Finding.speaker_id))
        .outerjoin(Person, Person.id == Claim.assignee_id)
        .where(Finding.current)
    )
    numbers = sorted(ids)
    for first in range(0, len(numbers), MOST // 2):
        yield from session.execute(query.where(Claim.id.in_(numbers[first : first + MOST // 2])))


def _row(row: Any, whys: list[tuple[str, date | None, str]], today: date) -> DeskRow:
    ordered = sorted(whys, key=lambda why: (WHYS.index(why[0]), why[1] or today))
    return DeskRow(
        id=row.id,
        revision=row.revision,
        quote=row.summary or row.quote,
        status=row.status,
        speaker=row.speaker,
        faction=row.speaker_faction,
        assignee=row.assignee,
        deadline=row.deadline,
        whys=tuple(dict.fromkeys(why for why, _day, _remark in ordered)),
        day=min((day for _why, day, _remark in ordered if day is not None), default=None),
        remark=next((remark for _why, _day, remark in ordered if remark), ""),
        is_tracked=row.stage is Stage.TRACKED,
    )
