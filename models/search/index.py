"""Asking the index which entries match: FTS5 on SQLite, a GIN index over `to_tsvector('simple', ...)` on PostgreSQL.

A match is defined over `SearchEntry.words` alone: a term matches where it stands there, with spaces around it. Both indexes hold
exactly these words, so both find the same entries.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from models.search.ask import Group, Query, Term
from models.search.entry import SearchEntry, Shelf, on_shelves

# The virtual table of migration 0005; its rowid is the entry's place.
_fts = table("search_index", column("rowid", BigInteger), column("words"))


def dialect_of(session: Session) -> str:
    """The database a session speaks to: sqlite or postgresql."""
    return session.get_bind().dialect.name


def place_column(dialect: str) -> ColumnElement[int]:
    """The column `place` of `matching` in a database."""
    return _fts.c.rowid if dialect == "sqlite" else SearchEntry.place.expression


def matching(dialect: str, query: Query, shelves: Iterable[Shelf]) -> Select[Any]:
    """The places of all entries that match, one column `place`, unordered. `dialect` is sqlite or postgresql."""
    place = place_column(dialect)
    matches: list[ColumnElement[bool]]
    if not query.groups:
        matches = [false()]
    elif dialect == "sqlite":
        matches = [_fts.c.words.match(fts5_expression(query))]
    else:
        matches = _on_postgresql(query)
    return select(place.label("place")).where(*matches, on_shelves(place, shelves))


def with_words(dialect: str, places: Select[Any]) -> Select[Any]:
    """What `matching` found, perhaps ordered and cut, with the columns place, head and words in any order."""
    columns: list[Any] = [SearchEntry.head, SearchEntry.words]
    if dialect == "postgresql":
        # It reads the rows anyway, and would read the whole table to join them.
        return places.add_columns(*columns)
    return select(SearchEntry.place, *columns).where(SearchEntry.place.in_(places))


def fts5_expression(query: Query) -> str:
    """The query in FTS5's language; phrases are exact there."""
    wanted = " AND ".join(f"({' OR '.join(map(_fts5_term, group))})" for group in query.groups)
    return f"({wanted}) NOT ({' OR '.join(map(_fts5_term, query.excluded))})" if query.excluded else wanted


def ts_query(query: Query) -> str:
    """The query in PostgreSQL's language, with phrases as words in any order: positions beyond 16,383 are not kept there."""
    wanted = [f"({' | '.join(map(_ts_term, group))})" for group in query.groups]
    return " & ".join(wanted + [f"!{_ts_term(term)}" for term in query.excluded if not term.is_phrase])


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.stems)}"' + ("*" if term.begins else "")


def _ts_term(term: Term) -> str:
    parts = [f"'{stem}'" for stem in term.stems]
    return f"({' & '.join(parts)}{':*' if term.begins else ''})"


def _on_postgresql(query: Query) -> list[ColumnElement[bool]]:
    vector = func.to_tsvector(literal_column("'simple'"), SearchEntry.words)
    narrowed = vector.bool_op("@@")(cast(literal(ts_query(query), Text), TSQUERY))
    in_order = [_stands(group) for group in query.groups if any(term.is_phrase for term in group)]
    left_out = [not_(_stands((term,))) for term in query.excluded if term.is_phrase]
    return [narrowed, *in_order, *left_out]


def _stands(group: Group) -> ColumnElement[bool]:
    return or_(*(SearchEntry.words.like(f"%{term.pattern}%") for term in group))
