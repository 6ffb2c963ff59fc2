"""The dialogues in which a person decides about a claim. They ask only for what the decision needs, and keep what is typed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.acting import act, say_refused
from dashboard.edit_form import edit_form, forget_edit
from dashboard.evidence_fields import evidence_fields
from dashboard.follow_forms import appoint_form, assign_form, extend_form
from dashboard.form import Form
from dashboard.labels import DISMISS_REASONS, status_label
from dashboard.merge import merge_html
from dashboard.opened import desk
from models import Claim, actions, queries
from models.words import DismissReason, EvidenceState, Fulfillment, Kind, Verdict


def open_dialog(claim: Claim, do: str, value: str = "") -> None:
    """Open the dialogue for one action on a claim as it was drawn."""
    t = state.texts()
    titles = {
        "judge": t("Judge: {value}", value=status_label(value, t)) if value else "",
        "dispute": t("Mark as disputed"),
        "dismiss": t("Dismiss"),
        "resolve": t("Resolve the dispute"),
        "reply": t("Positions and reply"),
        "edit": t("Correct the finding"),
        "assign": t("Assign"),
        "extend": t("Extend the deadline"),
        "appoint": t("Make an appointment"),
        "sign_off": t("Sign off"),
        "reopen": t("Open again"),
        "evidence": t("Add evidence"),
    }
    forget_edit(claim.id, claim.revision)
    Form(_name(do, value), claim.id, claim.revision).forget()
    st.dialog(titles[do], width="medium")(_draw)(do, claim.id, claim.revision, value)


def _draw(do: str, claim_id: int, revision: int, value: str) -> None:
    if do == "edit":
        edit_form(claim_id, revision)
        return
    form = Form(_name(do, value), claim_id, revision)
    with desk().database.reading() as session:
        claim = queries.claim_for_page(session, claim_id)
    if claim is not None:
        _FORMS[do](form, claim, value)


def _name(do: str, value: str) -> str:
    return f"{do}_{value}" if value else do


def _judge(form: Form, claim: Claim, value: str) -> None:
    t = state.texts()
    reason = form.words(t("Why? One sentence is enough."), "reason")
    with desk().database.reading() as session:
        methodology = actions.methodology_on(session, state.today())
    judgment = Fulfillment(value) if claim.kind.is_pledge else Verdict(value)
    evidence = None
    if methodology.is_final(judgment):
        there = [e for e in claim.evidence if e.state is not EvidenceState.FAILED]
        if there:
            rests = t.count(
                "It can rest on {n} piece of evidence that is here already.",
                "It can rest on {n} pieces of evidence that are here already.",
                len(there),
            )
            st.caption(rests)
        evidence = evidence_fields(form)
    day = form.day(t("Holds for"), "holds_for", state.today(), max_value=state.today())
    form.finish(actions.judge, value=value, reason=reason, holds_for=day, evidence=evidence, answered=form.answered)


def _dispute(form: Form, _claim: Claim, _value: str) -> None:
    t = state.texts()
    ground = form.words(t("What is objected to?"), "ground")
    objector = form.words(t("Who objects? (empty: the desk)"), "objector")
    position = form.paragraph(t("What do we hold?"), "position")
    with st.expander(t("Evidence for it")):
        evidence = evidence_fields(form)
    form.finish(actions.dispute, ground=ground, objector=objector, position=position, evidence=evidence)


def _reply(form: Form, claim: Claim, _value: str) -> None:
    t = state.texts()
    raised = next(d for d in reversed(claim.disputes) if d.resolved_at is None)
    st.text(f"{raised.objector or t('the desk')}: {raised.ground}")
    position = form.paragraph(t("What do we hold?"), "position", raised.position)
    asked = form.day(t("Reply asked on"), "asked_on", raised.reply_asked_on, max_value=state.today())
    received = form.day(t("Reply received on"), "received_on", raised.reply_received_on, max_value=state.today())
    reply = form.paragraph(t("The reply in its own words"), "reply", raised.reply)
    form.finish(actions.note_reply, asked_on=asked, received_on=received, reply=reply, position=position)


def _resolve(form: Form, _claim: Claim, _value: str) -> None:
    t = state.texts()
    resolution = form.words(t("How did it end?"), "resolution")
    form.finish(actions.resolve, resolution=resolution)


def _dismiss(form: Form, _claim: Claim, _value: str) -> None:
    t = state.texts()
    why = form.choice(t("Why?"), "why", list(DISMISS_REASONS), "no_claim", format_func=lambda word: t(DISMISS_REASONS[word]))
    reason = form.words(t("Remark"), "reason")
    form.finish(actions.dismiss, why=DismissReason(why), reason=reason)


def _sign_off(form: Form, claim: Claim, _value: str) -> None:
    t = state.texts()
    review = claim.standing_reviews[-1]
    st.text(f"{review.person.name}: {status_label(review.value, t)}. {review.reason}")
    reason = form.words(t("Remark"), "reason")
    form.finish(actions.sign_off, reason=reason)


def _reopen(form: Form, _claim: Claim, _value: str) -> None:
    t = state.texts()
    reason = form.words(t("What is new?"), "reason")
    form.finish(actions.reopen, reason=reason)


def _evidence(form: Form, _claim: Claim, _value: str) -> None:
    t = state.texts()
    given = evidence_fields(form, needed=True)
    reason = form.words(t("Remark"), "reason")
    form.finish(actions.attach, given=given, reason=reason)


_FORMS: dict[str, Callable[[Form, Claim, str], None]] = {
    "judge": _judge,
    "dispute": _dispute,
    "dismiss": _dismiss,
    "resolve": _resolve,
    "reply": _reply,
    "sign_off": _sign_off,
    "reopen": _reopen,
    "evidence": _evidence,
    "assign": lambda form, claim, _value: form.finish(actions.assign, **assign_form(form, claim)),
    "extend": lambda form, claim, _value: form.finish(actions.extend, **extend_form(form, claim)),
    "appoint": lambda form, _claim, _value: form.finish(actions.appoint_by_hand, **appoint_form(form)),
}


def at_once(action: Callable[..., Any], claim: Claim, **given: Any) -> None:
    """Do what needs nothing but the click; where somebody else was faster, show what changed."""
    t = state.texts()
    outcome = act(action, claim.id, claim.revision, **given)
    if outcome.done:
        st.session_state["done"] = True
        st.rerun()
    if outcome.refused:
        say_refused(outcome.refused)
    if outcome.overtaken:
        st.warning(t("Somebody else changed this claim at the same moment. Reload the page and look again."))
        st.html(merge_html(outcome.meanwhile, outcome.mine, t))


def track(claim: Claim, kind: str | None = None) -> None:
    """Follow a claim up, where need be as another kind than was found."""
    at_once(actions.track, claim, kind=Kind(kind) if kind else None)


def undo(claim: Claim) -> None:
    """Take back what was done last with a claim."""
    at_once(actions.undo, claim)


def merge(claim: Claim, known_id: int, reason: str) -> None:
    """Make a claim an appearance of a known one; the reason is what the suggestion said."""
    at_once(actions.merge, claim, known_id=known_id, reason=reason)
