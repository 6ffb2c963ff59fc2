"""Searching releases and claims: which ones match, the best first, and where in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.claim import Claim
from models.queries.claims import ClaimFilter, joined
from models.search.ask import Query, read_query
from models.search.entry import Shelf, number_column, number_of, on_shelves, shelf_of
from models.search.fields import TEXT, TITLE, Fields, claim_fields, release_fields
from models.search.index import dialect_of, matching, place_column, with_words
from models.search.marks import Passage, mark_spans, passage
from models.search.weigh import weight

# So many matches are weighed, the newest; a query that more match is too common for weights to mean much.
WEIGHED = 1000


__all__ = ["Found", "Hit", "Passage", "Subject", "marks_in", "search", "search_problem"]


class Subject(StrEnum):
    """What can be searched."""

    RELEASE = "release"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Hit:
    """A release or claim that matches. `score` is its weight, 0 beyond the newest thousand; `title` is the release's."""

    kind: Subject
    id: int
    release_id: int
    score: float
    day: date
    title: Passage
    passage: Passage


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and a sentence (English, for the catalogue) where nothing can be found."""

    hits: list[Hit]
    total: int
    problem: str | None = None


def search(
    session: Session,
    text: str,
    *,
    kinds: Sequence[Subject] = tuple(Subject),
    limit: int = 50,
    offset: int = 0,
    wanted: ClaimFilter | None = None,
) -> Found:
    """Releases and claims that match what a person typed; see `models.search.ask` for what that can be.

    The newest thousand matches come in the order of their weight, equal ones newest first; all others follow, newest first.
    `wanted` narrows claims (its own `words` are not read); without it all claims are searched that lists show. Nothing typed
    raises.
    """
    query = read_query(text)
    if query.problem:
        return Found([], 0, query.problem)
    places = _matches(session, query, kinds, wanted)
    if not limit:
        return Found([], _count(session, places))
    newest_first = places.order_by(place_column(dialect_of(session)).desc())
    best = _best(session, query, newest_first.limit(WEIGHED))
    total = len(best) if len(best) < WEIGHED else _count(session, places)
    page = best[offset : offset + limit]
    if len(page) < limit and offset + limit > WEIGHED:
        older = session.scalars(newest_first.offset(max(offset, WEIGHED)).limit(limit - len(page)))
        page += [(0.0, place) for place in older]
    return Found(_hits(session, query, page), total)


def search_problem(text: str) -> str | None:
    """A sentence (English, for the catalogue) that says why nothing can be found with what was typed; None if all is well."""
    return read_query(text).problem if text.strip() else None


def marks_in(text: str, typed: str) -> list[tuple[int, int]]:
    """The places of a text that match what was typed: (first character, character after the last)."""
    return mark_spans(read_query(typed), text)


def _matches(session: Session, query: Query, kinds: Sequence[Subject], wanted: ClaimFilter | None) -> Select[Any]:
    """All places that match, one column `place`."""
    shelves = {Shelf.RELEASE} if Subject.RELEASE in kinds else set()
    if Subject.CLAIM in kinds:
        shelves |= {Shelf.CLAIM, Shelf.DISMISSED} if wanted and wanted.takes_dismissed else {Shelf.CLAIM}
    dialect = dialect_of(session)
    places = matching(dialect, query, shelves)
    if wanted is None or replace(wanted, words="", dismissed=False) == ClaimFilter():
        return places
    place = place_column(dialect)
    conditions = replace(wanted, words="").conditions(dialect)
    narrowed = joined(select(Claim.id)).where(Claim.id == number_column(place), *conditions).exists()
    return places.where(or_(on_shelves(place, [Shelf.RELEASE]), narrowed))


def _count(session: Session, places: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(places.subquery())) or 0


def _best(session: Session, query: Query, places: Select[Any]) -> list[tuple[float, int]]:
    """Some places with their weights, in that order."""
    entries = session.execute(with_words(dialect_of(session), places))
    weighed = [(weight(query, words, head, shelf_of(place)), place) for place, head, words in entries]
    return sorted(weighed, reverse=True)


def _hits(session: Session, query: Query, page: Sequence[tuple[float, int]]) -> list[Hit]:
    places = [place for _, place in page]
    releases = [number_of(place) for place in places if shelf_of(place) is Shelf.RELEASE]
    claims = [number_of(place) for place in places if shelf_of(place) is not Shelf.RELEASE]
    fields = {
        Shelf.RELEASE: release_fields(session, releases) if releases else {},
        Shelf.CLAIM: claim_fields(session, claims) if claims else {},
    }
    fields[Shelf.DISMISSED] = fields[Shelf.CLAIM]
    return [_hit(query, fields[shelf_of(place)][number_of(place)], score) for score, place in page]


def _hit(query: Query, fields: Fields, score: float) -> Hit:
    title = Passage(TITLE, fields.title, 0, len(fields.title), tuple(mark_spans(query, fields.title)))
    passages = []
    for name, text in fields:
        # A release's text begins with its title, which is shown as such.
        after = len(fields.title) if name == TEXT and text.startswith(fields.title) else 0
        if name != TITLE:
            passages.append(passage(query, name, text, after))
    best = next((found for found in passages if found.marks), passages[-1 if fields.claim_id is None else 0])
    kind, number = (Subject.RELEASE, fields.release_id) if fields.claim_id is None else (Subject.CLAIM, fields.claim_id)
    return Hit(kind, number, fields.release_id, score, fields.day, title, best)
