"""Making the search anew from what is stored. In everyday writing it is kept in step by itself, see `models.search.keep`."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.search.index import dialect_of
from models.search.keep import index_releases

__all__ = ["index_releases", "rebuild_index"]


def rebuild_index(session: Session) -> None:
    """Make SQLite's index anew from the table of stems, whatever state it is in; PostgreSQL keeps its own in step."""
    if dialect_of(session) == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
