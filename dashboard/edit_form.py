"""The form for what a person corrects in a finding; only fields that the person touched are sent."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.form import Form
from dashboard.labels import KINDS, topic_label
from dashboard.opened import desk
from models import Claim, actions, queries
from models.actions import Edit
from models.words import Kind
from settings.reference import shipped_record


def edit_form(claim_id: int, revision: int, *, on_done: Callable[[], None] | None = None) -> None:
    """Summary, kind, deadline, amount, topic and speaker; `on_done` is called once it is saved, before the page is drawn."""
    t = state.texts()
    with desk().database.reading() as session:
        claim = queries.claim_for_page(session, claim_id)
    if claim is None:
        return
    form = Form("edit", claim_id, revision)
    # What the fields were filled with: a field that somebody else changed meanwhile is not put back by leaving it alone.
    base: dict[str, Any] = st.session_state.setdefault(form.key("base"), _as_it_stands(claim))
    topics = ["", *(row.id for row in shipped_record().topics)]
    typed: dict[str, Any] = {"summary": form.paragraph(t("Summary in our words"), "summary", base["summary"])}
    left, right = st.columns(2)
    with left:
        typed["kind"] = form.choice(t("Kind"), "kind", list(KINDS), base["kind"], format_func=lambda kind: t(KINDS[kind]))
        typed["deadline"] = form.day(t("Deadline"), "deadline", base["deadline"])
        typed["speaker"] = form.words(t("Speaker"), "speaker", base["speaker"])
    with right:
        typed["topic"] = form.choice(
            t("Topic"), "topic", topics, base["topic"], format_func=lambda topic: topic_label(topic, t) or "–"
        )
        typed["low"] = form.number(t("At least, euros"), "low", base["low"], step=1e6)
        typed["high"] = form.number(t("At most, euros"), "high", base["high"], step=1e6)
    reason = form.words(t("Why? (may be empty)"), "edit_reason")

    form.finish(actions.edit, given=_touched(base, typed), reason=reason, on_done=on_done)


def forget_edit(claim_id: int, revision: int) -> None:
    """Begin the form anew, with its draft if there is one."""
    form = Form("edit", claim_id, revision)
    form.forget()
    st.session_state.pop(form.key("base"), None)


def _as_it_stands(claim: Claim) -> dict[str, Any]:
    low, high = claim.amount
    return {
        "summary": claim.summary or "",
        "kind": claim.kind.value,
        "deadline": claim.deadline,
        "topic": claim.topic or "",
        "speaker": claim.speaker.name if claim.speaker else "",
        "low": None if low is None else float(low),
        "high": None if high is None else float(high),
    }


def _touched(base: dict[str, Any], typed: dict[str, Any]) -> Edit:
    """The fields that differ from what they were filled with."""
    given: dict[str, Any] = {}
    for name in ("summary", "topic", "speaker"):
        if typed[name].strip() != base[name]:
            given[name] = typed[name]
    if typed["kind"] != base["kind"]:
        given["kind"] = Kind(typed["kind"])
    if typed["deadline"] != base["deadline"]:
        given["deadline"] = typed["deadline"] or ""
    if (typed["low"], typed["high"]) != (base["low"], base["high"]):
        if typed["low"] is None and typed["high"] is None:
            given["no_amount"] = True
        else:
            given["amount"] = (typed["low"], typed["high"])
    return Edit(**given)
