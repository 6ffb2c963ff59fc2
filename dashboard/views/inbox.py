"""New releases, and which of them this person has not read."""

import streamlit as st

from dashboard import safe, state
from dashboard.opened import desk
from models import actions, queries

SIZE = 25

t = state.texts()
database = desk().database
with database.reading() as session:
    person = state.reader(session)
    unread = queries.count_unread(session, person)

st.html(f'<div class="bw-kicker">{safe.text(t("Inbox"))} · {safe.text(state.person_name())}</div>')
st.title(t("New releases"), anchor=False)
st.html(f'<div class="bw-lead">{safe.text(t.count("{n} unread release", "{n} unread releases", unread))}</div>')

left, right = st.columns([3, 1], vertical_alignment="center")
only = left.toggle(t("Unread only"), key="unread_only", bind="query-params")
if right.button(t("Mark all as read"), disabled=not unread, key="all_read", icon=":material/done_all:"):
    with database.writing() as session:
        actions.mark_all_read(session, state.acting(session), state.now())
    st.rerun()

with database.reading() as session:
    rows = queries.inbox_rows(session, person, unread_only=only, page=int(st.session_state.get("inbox_page") or 1), size=SIZE)
    pages = -(-(unread if only else queries.count_releases(session)) // SIZE)

marks = {False: "", True: f'<span class="bw-unread" title="{safe.text(t("unread"))}"></span>'}
html = ""
for row in rows:
    facts = [
        " · ".join(row.factions),
        row.parliament,
        t.day(row.published_on) if row.published_on else None,
        t.count("{n} claim", "{n} claims", row.claims),
        t("{n} versions", n=row.versions) if row.versions > 1 else None,
        t("no longer at its address") if row.gone else None,
    ]
    html += (
        f'<div class="bw-row"><div class="bw-grow"><a href="{safe.text(state.link("release", id=row.id))}" target="_self">'
        f'<div class="bw-quote">{marks[row.unread]}{safe.text(row.title)}</div></a>'
        f'<div class="bw-meta">{safe.text(" · ".join(fact for fact in facts if fact))}</div></div></div>'
    )
st.html(html or f'<div class="bw-meta">{safe.text(t("Nothing unread."))}</div>')
if pages > 1:
    st.pagination(pages, key="inbox_page")
