"""What pages share: the opened desk, the visitor's language and name, and answers cached until data change."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st
from sqlalchemy.orm import Session

from dashboard.opened import desk
from models import DatabaseError, Person, queries
from models.actions import person_named
from models.days import day_of
from models.schema import require_current
from settings.texts import LANGUAGES, Texts, texts_in

T = TypeVar("T")


def now() -> datetime:
    """The moment, in UTC: a page is where the dashboard reads the clock."""
    return datetime.now(UTC)


def today() -> date:
    """The day at the desk's place."""
    return day_of(now())


def trouble() -> str | None:
    """Why nothing can be shown yet, in one sentence; None when the database is ready."""
    if st.session_state.get("ready"):
        return None
    try:
        require_current(desk().database)
    except DatabaseError as error:
        return str(error)
    st.session_state["ready"] = True
    return None


def language() -> str:
    """The visitor's language: chosen in the sidebar, else in the address, else as it was, else the installation's."""
    chosen = _kept("lang", desk().settings.language)
    return chosen if chosen in LANGUAGES else "en"


def _kept(name: str, otherwise: str) -> str:
    """A choice that outlives a click on another page, even one that cuts off the first drawing of its widget."""
    kept = f"kept_{name}"
    chosen = st.session_state.get(name) or st.query_params.get(name) or st.session_state.get(kept) or otherwise
    st.session_state[kept] = chosen
    return str(chosen)


def texts() -> Texts:
    """Our words in the visitor's language."""
    return texts_in(language(), desk().settings.timezone)


def person_name() -> str:
    """Who is at the desk."""
    return _kept("person", desk().settings.person)


def acting(session: Session) -> Person:
    """The person of this visit, for an action in a writing session."""
    return person_named(session, person_name(), now())


def reader(session: Session) -> Person | None:
    """The person of this visit, if the desk knows the name already."""
    return queries.known_person(session, person_name())


def ask(query: Callable[..., T], *args: object) -> T:
    """The answer of a query, cached until somebody writes."""
    with desk().database.reading() as session:
        version = queries.data_version(session)
    answer: T = _answer(f"{query.__module__}.{query.__qualname__}", version, repr(args), query, args)
    return answer


@st.cache_data(max_entries=300, show_spinner=False)
def _answer(name: str, version: int, given: str, _query: Callable[..., T], _args: tuple[object, ...]) -> T:  # noqa: ARG001  the key
    with desk().database.reading() as session:
        return _query(session, *_args)


def link(page: str, **parameters: object) -> str:
    """The address of a page that keeps the visitor's language and name."""
    return f"{page}?{urlencode({**parameters, 'lang': language(), 'person': person_name()})}"
