"""What the dialogues for assigning, extending and appointing ask for; each gives the values of its action."""

from datetime import timedelta
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from dashboard import state
from dashboard.evidence_fields import evidence_fields
from dashboard.form import Form
from models import Claim, Person, queries
from models.actions import person_named
from models.deadlines import last_day


def assign_form(form: Form, claim: Claim) -> dict[str, Any]:
    """Who looks after a claim."""
    t = state.texts()
    names = ["", *state.ask(queries.people)]
    if state.person_name() not in names:
        names.append(state.person_name())
    now = claim.assignee.name if claim.assignee else ""
    name = form.choice(t("Who looks after it?"), "to", names, now, format_func=lambda name: name or t("nobody"))
    reason = form.words(t("Remark"), "reason")
    return {"to": to_person(name), "reason": reason}


def to_person(name: str) -> Any:
    """The person of a name as an action takes it, who is a row of the writing session; None for nobody."""

    def found(session: Session) -> Person:
        return person_named(session, name, state.now())

    return found if name else None


def extend_form(form: Form, claim: Claim) -> dict[str, Any]:
    """Until when, who said so, and where."""
    t = state.texts()
    last = last_day(claim.deadline, claim.extended_until)
    if last is not None:
        st.text(t("It ends on {day} so far.", day=t.day(last)))
    later = (last or state.today()) + timedelta(days=1)
    until = form.day(t("Extended until"), "until", later)
    reason = form.words(t("Who put it off, and where was that said?"), "reason")
    source = evidence_fields(form)
    return {"until": until or later, "reason": reason, "source": source}


def appoint_form(form: Form) -> dict[str, Any]:
    """When to look again, and at what."""
    t = state.texts()
    tomorrow = state.today() + timedelta(days=1)
    day = form.day(t("Look again on"), "due_on", tomorrow, min_value=state.today())
    reason = form.words(t("At what?"), "reason")
    return {"due_on": day or tomorrow, "reason": reason}
