"""The watched press pages and how they are doing, the broken on top."""

from datetime import timedelta

import streamlit as st

from dashboard import safe, source_actions, source_health, state
from dashboard.labels import HEALTH, HEALTH_COLOURS
from dashboard.opened import desk
from models import queries

DRAWN = timedelta(days=30)  # runs before are not drawn
PER_PAGE = 25

t = state.texts()
st.html(f'<div class="bw-kicker">{safe.text(t("Sources"))}</div>')
st.title(t("Where it comes from"), anchor=False)
database = desk().database
with database.reading() as session:
    rows = queries.health_rows(session, state.now())
    sources = {row.key: row for row in queries.source_rows(session)}
    bars = queries.run_bars(session, state.now() - DRAWN)
    issues = queries.recent_issues(session)
    waiting = queries.open_requests(session)

counts = {health: sum(row.health.value == health for row in rows) for health in HEALTH}
shown = [health for health in queries.BROKEN_FIRST if counts[health]]
bar = "".join(f'<span style="flex:{counts[health]};background:{HEALTH_COLOURS[health]}"></span>' for health in shown)
legend = "".join(
    f'<span><i style="background:{HEALTH_COLOURS[health]}"></i>{safe.text(t(HEALTH[health]))} <b>{t.number(counts[health])}</b></span>'
    for health in shown
)
if rows:
    st.html(f'<div class="bw-bar">{bar}</div><div class="bw-legend">{legend}</div>')

unverified = sum(not row.verified for row in sources.values())
if unverified:
    st.warning(
        t.count(
            "{n} source has not been checked live: its addresses and selectors come from stored pages or from similar sites. Check it with",
            "{n} sources have not been checked live: their addresses and selectors come from stored pages or from similar sites. Check them with",
            unverified,
        )
        + " `beimwort sources check`."
    )

# A link of the morning's report leads to one source.
wanted = st.query_params.get("source")
chosen = [row for row in rows if row.key == wanted] or rows
place = int(st.session_state.get("sources_page") or 1)
for row in chosen[(place - 1) * PER_PAGE : place * PER_PAGE]:
    with st.container(border=True, key=f"source_{row.key}"):
        st.html(source_health.card(row, sources[row.key], bars.get(row.key, []), t, state.link("sources", source=row.key)))
        with st.container(horizontal=True):
            source_actions.buttons(row, asked=row.key in waiting)
        if row.key == wanted:
            with database.reading() as session:
                st.html(source_health.history(queries.health_history(session, row.key), t))
if len(chosen) > PER_PAGE:
    st.pagination(-(-len(chosen) // PER_PAGE), key="sources_page")
if len(chosen) < len(rows):
    st.html(f'<a href="{safe.text(state.link("sources"))}" target="_self">{safe.text(t("All sources"))}</a>')

st.subheader(t("What went wrong lately"), anchor=False)
html = "".join(
    f'<div class="bw-row"><div class="bw-grow"><div>{safe.text(issue.message)}</div>'
    f'<div class="bw-meta">{safe.text(" · ".join(x for x in (key, t.moment(issue.at), t("{n} times", n=t.number(n)) if n > 1 else None) if x))}</div></div></div>'
    for issue, key, n in issues
)
st.html(html or f'<div class="bw-meta">{safe.text(t("Nothing."))}</div>')
