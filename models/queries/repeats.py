"""Known claims that a claim may repeat, and how often a known one was announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.claim import Appearance, Claim, Finding
from models.queries.expressions import is_shown_and_kept
from models.release import Release, ReleaseVersion
from models.repeats import Announced, Appeared, Comparison, Said, announced, compare, patterns
from models.repeats.compare import money_of
from models.words import Stage

LOOKED_AT = 150  # claims that share the most words are compared one by one
SUGGESTED = 5


@dataclass(frozen=True)
class Suggestion:
    """A known claim that a later one may repeat, how the two compare, and the amount of each (EUR)."""

    known: int
    quote: str
    status: str
    published_on: date | None
    comparison: Comparison
    amount: float | None
    later_amount: float | None


def repeat_suggestions(session: Session, claim_id: int, most: int = SUGGESTED) -> list[Suggestion]:
    """The known claims of the same parliament that this one may repeat, the same ones first, then money announced again.

    Known is what is followed up, and candidates that were said before. Nothing for a claim that repeats another already.
    """
    claim = session.scalar(_loaded().where(Claim.id == claim_id))
    if claim is None or not claim.findings or claim.same_as_id is not None:
        return []
    later = said(claim)
    found = [(known, compare(said(known), later)) for known in _known(session, claim)]
    good = [(known, compared) for known, compared in found if compared.is_same or compared.again is not None]
    good.sort(key=lambda pair: (not pair[1].is_same, -pair[1].likeness, not pair[1].same_number, pair[0].id))
    return [
        Suggestion(
            known=known.id,
            quote=known.quote,
            status=known.status,
            published_on=known.release.published_on,
            comparison=compared,
            amount=money_of(said(known)),
            later_amount=money_of(later),
        )
        for known, compared in good[:most]
    ]


def times_announced(session: Session, claim_id: int) -> Announced:
    """How often a claim was made, by the appearances that stand and the repetitions that people confirmed."""
    claims = session.scalars(
        _loaded()
        .where(or_(Claim.id == claim_id, Claim.same_as_id == claim_id))
        .options(selectinload(Claim.appearances).joinedload(Appearance.version).joinedload(ReleaseVersion.release))
    ).all()
    return announced(
        Appeared(release.id, release.published_on, money_of(said(claim)))
        for claim in claims
        if claim.findings
        for release in [claim.release, *(appearance.version.release for appearance in claim.appearances)]
    )


def said(claim: Claim) -> Said:
    """A loaded claim as the comparison takes it; what a person set goes before what was found."""
    found = claim.found
    return Said(
        text=claim.quote,
        parliament=claim.release.parliament,
        faction=found.speaker_faction,
        side=found.claimant_side.value if found.claimant_side else None,
        made_on=claim.release.published_on,
        amount=claim.amount,
        per_year=found.per_year,
        value=found.value,
        unit=found.unit,
        deadline=claim.deadline,
        subject=(found.ranking or {}).get("subject"),
    )


def _known(session: Session, claim: Claim) -> Sequence[Claim]:
    # LIKE of the embedded database knows no case as it is; lower() around the quotes would take most of the time.
    like = Claim.quote.like if session.get_bind().dialect.name == "sqlite" else Claim.quote.ilike
    likes = [like(pattern) for pattern in patterns(claim.quote)]
    if not likes:
        return []
    day = claim.release.published_on or claim.release.month
    said_on = func.coalesce(Release.published_on, Release.month)
    before = or_(Claim.stage == Stage.TRACKED, said_on < day, (said_on == day) & (Claim.id < claim.id))
    shared = sum((case((one, 1), else_=0) for one in likes[1:]), case((likes[0], 1), else_=0)).label("shared")
    # Counted in a step of its own, so that each quote is looked through once.
    counted = (
        select(Claim.id, Claim.stage, shared)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .where(is_shown_and_kept, Claim.id != claim.id, Release.parliament == claim.release.parliament, before)
        .limit(2**31 - 1)
        .subquery("counted")
    )
    ids = session.scalars(
        select(counted.c.id)
        .where(counted.c.shared > 0)
        .order_by(counted.c.shared.desc(), (counted.c.stage == Stage.TRACKED).desc(), counted.c.id.desc())
        .limit(LOOKED_AT)
    ).all()
    return session.scalars(_loaded().where(Claim.id.in_(ids))).all()


def _loaded() -> Select[Claim]:
    return select(Claim).options(joinedload(Claim.release), selectinload(Claim.findings))
