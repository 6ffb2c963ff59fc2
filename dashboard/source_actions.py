"""What a person does about a source: pause, resume, acknowledge, collect now."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import state
from dashboard.opened import desk
from models import actions
from models.actions import ActionError
from models.health import TROUBLED
from models.queries import HealthRow
from models.words import RequestKind, SourceHealth


def buttons(row: HealthRow, *, asked: bool) -> None:
    """The buttons that a source's state allows."""
    t = state.texts()
    if st.button(t("Collect now"), key=f"collect_{row.key}", disabled=asked, icon=":material/sync:"):
        with desk().database.writing() as session:
            actions.ask(session, RequestKind.COLLECT, {"source": row.key}, asked_by=state.person_name(), now=state.now())
        st.toast(t("The worker collects it now."))
        st.rerun()
    if asked:
        st.caption(t("asked for"))
    if row.health is SourceHealth.PAUSED:
        if st.button(t("Resume"), key=f"resume_{row.key}", icon=":material/play_arrow:"):
            _do(actions.resume_source, row.key)
        return
    if st.button(t("Pause"), key=f"pause_{row.key}", icon=":material/pause:"):
        st.dialog(t("Pause this source"))(_pause)(row.key, row.name)
    if row.health in TROUBLED and not row.acknowledged:
        explained = t("The morning's report does not repeat it, and what its lists name now is its new normal.")
        if st.button(t("Acknowledge"), key=f"acknowledge_{row.key}", icon=":material/check:", help=explained):
            _do(actions.acknowledge_source, row.key)


def _pause(key: str, name: str) -> None:
    t = state.texts()
    st.text(name)
    with st.form("pause", border=False):
        reason = st.text_input(t("Why? One sentence is enough."), key="pause_reason")
        until = st.date_input(
            t("Collect again from (empty: until resumed)"),
            value=None,
            min_value=state.today() + timedelta(days=1),
            format="DD.MM.YYYY" if t.language == "de" else "DD/MM/YYYY",
        )
        if st.form_submit_button(t("Pause"), type="primary"):
            zone = ZoneInfo(desk().settings.timezone)
            end = datetime.combine(until, time(), zone).astimezone(UTC) if until else None
            _do(actions.pause_source, key, reason=reason, until=end)


def _do(action: Callable[..., object], key: str, **given: Any) -> None:
    t = state.texts()
    try:
        with desk().database.writing() as session:
            action(session, key, actor=state.acting(session), now=state.now(), **given)
    except ActionError as error:
        st.error(t("That did not work."))
        st.text(str(error))
        return
    st.rerun()
