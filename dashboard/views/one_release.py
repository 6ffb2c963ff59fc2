"""One release: its text with the claims marked, its versions and what changed."""

import streamlit as st

from dashboard import context, edits, safe, state
from dashboard.labels import change_label
from dashboard.opened import desk
from models import actions, queries

t = state.texts()
given = st.query_params.get("id", "")
with desk().database.reading() as session:
    release = (
        queries.release_for_page(session, int(given))
        if given.isascii() and given.isdecimal() and len(given) < len(str(2**62))
        else None
    )
    person = state.reader(session)
    is_read = release is not None and person is not None and queries.is_read(session, person, release)
if release is None:
    st.warning(t("There is no such release. The inbox shows them all."))
    st.page_link("views/inbox.py", label=t("Inbox"), icon=":material/inbox:")
    st.stop()
if not is_read:
    # Opening a release is reading it.
    with desk().database.writing() as session:
        actions.mark_read(session, state.acting(session), [release.id], state.now())

version = release.current
who = ", ".join(faction.name for faction in release.factions)
day = t.day(release.published_on, "long") if release.published_on else ""
st.html(f'<div class="bw-kicker">{safe.text(" · ".join(x for x in (who, release.parliament, day) if x))}</div>')
st.html(f'<h1>{safe.text(version.title)}</h1><div class="bw-meta">{safe.web_link(release.address, release.address)}</div>')
for change in release.changes:
    st.html(
        f'<div class="bw-demo">{safe.text(change_label(change, t))} · {safe.text(t("noticed {moment}", moment=t.moment(change.noticed_at)))}{edits.stretches_html(change.stretches, t)}</div>'
    )

left, right = st.columns([5, 3], gap="large")
with left:
    shown = version
    if len(release.versions) > 1:
        numbers = [v.number for v in release.versions]
        number = st.segmented_control(
            t("Version"), numbers, default=numbers[-1], format_func=lambda n: t("Version {n}", n=n), key="version", required=True
        )
        shown = next(v for v in release.versions if v.number == (number or numbers[-1]))
    spans = [(claim.start, claim.end) for claim in release.claims if claim.version_id == shown.id and queries.is_listed(claim)]
    before = next((v for v in release.versions if v.number == shown.number - 1), None)
    if before is not None:
        st.html(f'<div class="bw-meta">{safe.text(t("Changes against the version before:"))}</div>')
        st.html(f'<div class="bw-text">{context.word_changes(before.text, shown.text)}</div>')
    else:
        st.html(f'<div class="bw-text">{context.marked_text(shown.text, spans)}</div>')
with right:
    st.subheader(t("Claims"), anchor=False)
    html = "".join(
        f'<div class="bw-row"><div class="bw-grow"><a href="{safe.text(state.link("claim", id=claim.id))}" target="_self">'
        f'<div class="bw-quote">„{safe.text(claim.quote)}“</div></a>{safe.badge(claim.status, t)}</div></div>'
        for claim in release.claims
        if queries.is_listed(claim)
    )
    st.html(html or f'<div class="bw-meta">{safe.text(t("No claims found."))}</div>')
