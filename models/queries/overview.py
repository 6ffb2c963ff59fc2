"""Numbers for the overview and its charts.

Dismissed claims never count; a claim's month is the month its release was published.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from models.claim import Claim, Finding
from models.queries.expressions import claim_deadline, claim_kind, claim_status, is_shown_and_kept
from models.release import Release
from models.source_state import SourceState
from models.words import Kind


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers at the top."""

    releases: int
    claims: int
    sources: int
    by_status: dict[str, int]
    newest_seen: datetime | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Claims of one status in one month (its first day)."""

    month: date
    status: str
    n: int


@dataclass(frozen=True, slots=True)
class FactionCount:
    """Claims of one status by one faction."""

    faction: str
    parliament: str
    status: str
    n: int


@dataclass(frozen=True, slots=True)
class YearAmount:
    """Euros of funding pledges that fall due in a year, with one status; `undated` pledges have year None."""

    year: int | None
    status: str
    eur: float
    n: int
    without_amount: int


def totals(session: Session, parliament: str | None = None) -> Totals:
    """Releases, claims, sources and claims by status."""
    by_status = {
        str(status): int(n)
        for status, n in session.execute(
            select(claim_status, func.count(Claim.id))
            .join(Finding, Finding.claim_id == Claim.id)
            .join(Release, Release.id == Claim.release_id)
            .where(is_shown_and_kept, *_in(parliament))
            .group_by(claim_status)
        )
    }
    return Totals(
        releases=session.scalar(select(func.count(Release.id)).where(*_in(parliament))) or 0,
        claims=sum(by_status.values()),
        sources=session.scalar(select(func.count(SourceState.key)).where(SourceState.declared)) or 0,
        by_status=by_status,
        newest_seen=session.scalar(select(func.max(SourceState.last_run_at))),
    )


def claims_by_month(session: Session, parliament: str | None = None) -> list[MonthCount]:
    """Claims by month and status, in order of time."""
    query = (
        select(Release.month, claim_status, func.count(Claim.id))
        .select_from(Claim)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .where(is_shown_and_kept, *_in(parliament))
        .group_by(Release.month, claim_status)
        .order_by(Release.month)
    )
    return [MonthCount(*row) for row in session.execute(query)]


def releases_by_month(session: Session, parliament: str | None = None) -> dict[date, int]:
    """Releases by month."""
    query = select(Release.month, func.count(Release.id)).where(*_in(parliament)).group_by(Release.month).order_by(Release.month)
    return dict(session.execute(query))


def claims_by_faction(session: Session, parliament: str | None = None) -> list[FactionCount]:
    """Claims by the faction that made them and status."""
    faction = func.coalesce(Finding.speaker_faction, "?")
    query = (
        select(faction, Release.parliament, claim_status, func.count(Claim.id))
        .select_from(Claim)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .where(is_shown_and_kept, *_in(parliament))
        .group_by(faction, Release.parliament, claim_status)
        .order_by(faction)
    )
    return [FactionCount(*row) for row in session.execute(query)]


def pledged_by_year(session: Session, parliament: str | None = None) -> list[YearAmount]:
    """Euros of funding pledges by the year they fall due; of a span the upper end, of a yearly amount one year."""
    year = extract("year", claim_deadline)
    amount = func.coalesce(Finding.amount_max_eur, Finding.amount_min_eur)
    query = (
        select(
            year,
            claim_status,
            func.coalesce(func.sum(amount), 0),
            func.count(Claim.id),
            func.count(Claim.id) - func.count(amount),
        )
        .select_from(Claim)
        .join(Finding, Finding.claim_id == Claim.id)
        .join(Release, Release.id == Claim.release_id)
        .where(is_shown_and_kept, claim_kind.in_([Kind.FUNDING_PLEDGE.value]), *_in(parliament))
        .group_by(year, claim_status)
        .order_by(year)
    )
    return [
        YearAmount(year=None if when is None else int(when), status=status, eur=float(eur), n=n, without_amount=without)
        for when, status, eur, n, without in session.execute(query)
    ]


def _in(parliament: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if parliament is None else (Release.parliament == parliament,)
