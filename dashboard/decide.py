"""The dialogues in which a person decides about a claim. They ask only for what the decision needs."""

from typing import Any

import streamlit as st
from sqlalchemy.orm.exc import StaleDataError

from dashboard import state
from dashboard.labels import DISMISS_REASONS, DOUBTS, EVIDENCE_KINDS, status_label
from dashboard.opened import desk
from models import actions
from models.actions import ActionError, EvidenceDoubted, NewEvidence
from models.words import DismissReason, EvidenceKind, Kind


def open_dialog(claim_id: int, revision: int, do: str, value: str = "") -> None:
    """Open the dialogue for one action on a claim as it was drawn (`revision`)."""
    t = state.texts()
    titles = {
        "judge": t("Judge: {value}", value=status_label(value, t)) if value else "",
        "dispute": t("Mark as disputed"),
        "dismiss": t("Dismiss"),
        "resolve": t("Resolve the dispute"),
    }
    st.session_state.pop("doubts", None)
    st.dialog(titles[do])(_FORMS[do])(claim_id, revision, value)


def _judge(claim_id: int, revision: int, value: str) -> None:
    t = state.texts()
    with st.form("judge", border=False):
        reason = st.text_area(t("Why? One sentence is enough."), key="judge_reason")
        evidence = _evidence_fields()
        day = st.date_input(
            t("Holds for"),
            value=state.today(),
            max_value=state.today(),
            format="DD.MM.YYYY" if t.language == "de" else "DD/MM/YYYY",
        )
        doubts = st.session_state.get("doubts", [])
        for doubt in doubts:
            st.warning(t(DOUBTS[doubt]), icon=":material/balance:")
        answered = bool(doubts) and st.checkbox(t("The reason says why it is enough all the same."), key="doubts_answered")
        if st.form_submit_button(t("Save"), type="primary"):
            _do(
                actions.judge,
                claim_id,
                revision,
                value=value,
                reason=reason,
                holds_for=day,
                evidence=_given(evidence),
                answered=doubts if answered else [],
            )


def _dispute(claim_id: int, revision: int, _value: str) -> None:
    t = state.texts()
    with st.form("dispute", border=False):
        ground = st.text_area(t("What is objected to?"), key="dispute_ground")
        objector = st.text_input(t("Who objects? (empty: the desk)"), key="dispute_objector")
        position = st.text_area(t("What do we hold?"), key="dispute_position", height="content")
        evidence = _evidence_fields()
        if st.form_submit_button(t("Save"), type="primary"):
            _do(
                actions.dispute,
                claim_id,
                revision,
                ground=ground,
                objector=objector,
                position=position,
                evidence=_given(evidence),
            )


def _dismiss(claim_id: int, revision: int, _value: str) -> None:
    t = state.texts()
    with st.form("dismiss", border=False):
        why = st.radio(t("Why?"), list(DISMISS_REASONS), format_func=lambda word: t(DISMISS_REASONS[word]))
        reason = st.text_input(t("Remark"), key="dismiss_reason")
        if st.form_submit_button(t("Save"), type="primary"):
            _do(actions.dismiss, claim_id, revision, why=DismissReason(why), reason=reason)


def _resolve(claim_id: int, revision: int, _value: str) -> None:
    t = state.texts()
    with st.form("resolve", border=False):
        resolution = st.text_area(t("How did it end?"), key="resolve_reason")
        if st.form_submit_button(t("Save"), type="primary"):
            _do(actions.resolve, claim_id, revision, resolution=resolution)


_FORMS = {"judge": _judge, "dispute": _dispute, "dismiss": _dismiss, "resolve": _resolve}


def track(claim_id: int, revision: int, kind: str | None = None) -> None:
    """Follow a claim up, where need be as another kind than was found; needs nothing but the click."""
    _do(actions.track, claim_id, revision, kind=Kind(kind) if kind else None)


def undo(claim_id: int, revision: int) -> None:
    """Take back what was done last with a claim."""
    _do(actions.undo, claim_id, revision)


def merge(claim_id: int, revision: int, known_id: int, reason: str) -> None:
    """Make a claim an appearance of a known one; the reason is what the suggestion said."""
    _do(actions.merge, claim_id, revision, known_id=known_id, reason=reason)


def _evidence_fields() -> NewEvidence:
    """What a judgment rests on; empty where nothing is given, which the gate then says."""
    t = state.texts()
    left, right = st.columns([3, 2])
    address = left.text_input(t("Address of a document"), key="evidence_address", placeholder="https://")
    kind = right.selectbox(t("Sort of document"), list(EVIDENCE_KINDS), index=5, format_func=lambda word: t(EVIDENCE_KINDS[word]))
    with st.expander(t("File or text instead")):
        file = st.file_uploader(t("PDF or picture"), type=["pdf", "png", "jpg", "jpeg", "gif", "webp"], key="evidence_file")
        note = st.text_area(t("Text of the document, as it stands there"), key="evidence_note", height="content")
    return NewEvidence(
        kind=EvidenceKind(kind),
        address=address,
        note=note,
        file_name=file.name if file else "",
        content=file.getvalue() if file else b"",
    )


def _given(evidence: NewEvidence) -> NewEvidence | None:
    return evidence if evidence.address.strip() or evidence.note.strip() or evidence.content else None


def _do(action: Any, claim_id: int, revision: int, **given: Any) -> None:
    t = state.texts()
    try:
        with desk().database.writing() as session:
            action(session, claim_id, actor=state.acting(session), now=state.now(), revision=revision, **given)
    except EvidenceDoubted as error:
        st.session_state["doubts"] = list(error.doubts)
        st.rerun(scope="fragment")
    except ActionError as error:
        st.error(t("That did not work."))
        st.text(str(error))
        return
    except StaleDataError:
        st.error(t("Somebody else changed this claim at the same moment. Reload the page and look again."))
        return
    st.session_state["done"] = True
    st.rerun()
