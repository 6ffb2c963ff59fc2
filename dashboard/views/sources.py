"""The watched press pages and how they are doing, the broken on top."""

import streamlit as st

from dashboard import safe, state
from dashboard.labels import HEALTH, HEALTH_COLOURS, OUTCOMES
from dashboard.opened import desk
from models import actions, queries
from models.words import RequestKind

t = state.texts()
st.html(f'<div class="bw-kicker">{safe.text(t("Sources"))}</div>')
st.title(t("Where it comes from"), anchor=False)
database = desk().database
with database.reading() as session:
    rows = queries.source_rows(session)
    issues = queries.recent_issues(session)
    waiting = queries.open_requests(session)

unverified = sum(not row.verified for row in rows)
if unverified:
    st.warning(
        t.count(
            "{n} source has not been checked live: its addresses and selectors come from stored pages or from similar sites. Check it with",
            "{n} sources have not been checked live: their addresses and selectors come from stored pages or from similar sites. Check them with",
            unverified,
        )
        + " `beimwort sources check`."
    )

for row in rows:
    with st.container(border=True, key=f"source_{row.key}"):
        left, right = st.columns([4, 1], vertical_alignment="center")
        facts = [
            row.parliament,
            t.count("{n} release", "{n} releases", row.releases),
            t("newest of {day}", day=t.day(row.newest)) if row.newest else None,
            t("last run {moment}: {outcome}", moment=t.moment(row.last_run_at), outcome=t(OUTCOMES[row.outcome]))
            if row.last_run_at and row.outcome
            else t("no run yet"),
        ]
        checked = "" if row.verified else safe.chip(t("not checked live"))
        left.html(
            f'<span class="bw-badge"><i style="background:{HEALTH_COLOURS[row.health]}"></i>{safe.text(t(HEALTH[row.health]))}</span> '
            f"<b>{safe.web_link(row.home, row.name)}</b> {checked}"
            f'<div class="bw-meta">{safe.text(" · ".join(fact for fact in facts if fact))}</div>'
            + (f"<div>{safe.text(row.trouble)}</div>" if row.trouble else "")
        )
        asked = row.key in waiting
        if right.button(t("Collect now"), key=f"collect_{row.key}", disabled=asked, icon=":material/sync:"):
            with database.writing() as session:
                actions.ask(session, RequestKind.COLLECT, {"source": row.key}, asked_by=state.person_name(), now=state.now())
            st.toast(t("The worker collects it now."))
            st.rerun()
        if asked:
            right.caption(t("asked for"))

st.subheader(t("What went wrong lately"), anchor=False)
html = "".join(
    f'<div class="bw-row"><div class="bw-grow"><div>{safe.text(issue.message)}</div>'
    f'<div class="bw-meta">{safe.text(" · ".join(x for x in (key, t.moment(issue.at)) if x))}</div></div></div>'
    for issue, key in issues
)
st.html(html or f'<div class="bw-meta">{safe.text(t("Nothing."))}</div>')
