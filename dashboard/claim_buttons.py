"""The buttons of a claim's page: one click for the usual decisions, the rarer ones under "More"; only what its state allows."""

import streamlit as st

from dashboard import decide, state
from dashboard.labels import ACTIONS, KINDS, status_label
from models import Claim, actions
from models.words import Fulfillment, Stage, Verdict

PLEDGE_BUTTONS = (Fulfillment.FULFILLED, Fulfillment.PARTLY_FULFILLED, Fulfillment.NOT_FULFILLED)
VERDICT_BUTTONS = (Verdict.CORRECT, Verdict.MISLEADING, Verdict.WRONG)


def decision_buttons(claim: Claim) -> None:
    """Track, judge, dispute, undo, and the rest."""
    t = state.texts()
    with st.container(horizontal=True, key="decisions"):
        if claim.stage is not Stage.TRACKED and st.button(
            t("Track"), type="primary", icon=":material/bookmark_add:", shortcut="T", key="track"
        ):
            decide.track(claim)
        if claim.stage is not Stage.DISMISSED:
            _judgments(claim)
            with st.popover(t("More")):
                _rarer(claim)
        elif claim.same_as_id is not None and st.button(t("Take out as a claim of its own"), key="split"):
            decide.at_once(actions.split, claim)
        if (done := actions.last_done(claim)) and st.button(
            t("Undo: {action}", action=t(ACTIONS[done[0].action.value])), key="undo", type="tertiary", icon=":material/undo:"
        ):
            decide.undo(claim)


def _judgments(claim: Claim) -> None:
    t = state.texts()
    for value in PLEDGE_BUTTONS if claim.kind.is_pledge else VERDICT_BUTTONS:
        if st.button(status_label(value.value, t).capitalize(), key=f"judge_{value.value}"):
            decide.open_dialog(claim, "judge", value.value)
    if claim.disputed:
        if st.button(t("Positions and reply"), key="reply", icon=":material/forum:"):
            decide.open_dialog(claim, "reply")
        if st.button(t("Resolve the dispute"), key="resolve"):
            decide.open_dialog(claim, "resolve")
    elif st.button(t("Disputed"), key="dispute", icon=":material/flag:"):
        decide.open_dialog(claim, "dispute")
    if _waits_for_second_look(claim) and st.button(t("Sign off"), key="sign_off", type="primary"):
        decide.open_dialog(claim, "sign_off")
    if st.button(t("Edit"), key="edit", icon=":material/edit:", shortcut="E"):
        decide.open_dialog(claim, "edit")


def _rarer(claim: Claim) -> None:
    t = state.texts()
    is_tracked = claim.stage is Stage.TRACKED
    offered = {
        "assign": (t("Assign"), True),
        "appoint": (t("Make an appointment"), is_tracked),
        "extend": (t("Extend the deadline"), is_tracked and claim.kind.is_pledge and claim.deadline is not None),
        "evidence": (t("Add evidence"), True),
        "reopen": (
            t("Open again"),
            is_tracked and (claim.fulfillment or claim.verdict) not in {Fulfillment.OPEN, Verdict.UNCHECKED},
        ),
        "dismiss": (t("Dismiss"), not claim.standing_reviews and not claim.disputed),
    }
    for do, (label, is_allowed) in offered.items():
        if is_allowed and st.button(label, key=do, type="tertiary"):
            decide.open_dialog(claim, do)
    others = [v for v in (Fulfillment if claim.kind.is_pledge else Verdict) if v not in {*PLEDGE_BUTTONS, *VERDICT_BUTTONS}]
    for value in others:
        if st.button(status_label(value.value, t).capitalize(), key=f"judge_{value.value}", type="tertiary"):
            decide.open_dialog(claim, "judge", value.value)
    if claim.stage is Stage.CANDIDATE:
        for kind in (kind for kind in KINDS if kind != claim.kind.value):
            if st.button(t("Track as: {kind}", kind=t(KINDS[kind])), key=f"track_{kind}", type="tertiary"):
                decide.track(claim, kind)


def _waits_for_second_look(claim: Claim) -> bool:
    standing = claim.standing_reviews
    return bool(standing) and standing[-1].second_look and actions.signed_by(claim, standing[-1]) is None
