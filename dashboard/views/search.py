"""Releases and claims found by their words; query and kind stand in the address, so that a search can be sent to others."""

import streamlit as st

from dashboard import context, safe, state
from dashboard.labels import PASSAGES
from dashboard.opened import desk
from models import queries
from models.queries import ClaimRow, Hit, Subject

SIZE = 25

t = state.texts()
st.html(f'<div class="bw-kicker">{safe.text(t("Search"))}</div>')
st.title(t("What was said, word by word"), anchor=False)
typed = st.text_input(
    t("Search"),
    key="q",
    placeholder=t('Words, "phrases", beginnings*, -without, this OR that'),
    label_visibility="collapsed",
    bind="query-params",
)
names = {"all": t("Everything"), "claim": t("Claims"), "release": t("Releases")}
asked = st.query_params.get("what", "all")
what = st.segmented_control(
    t("What to search"),
    list(names),
    default=asked if asked in names else "all",
    format_func=lambda name: names[name],
    key="search_kinds",
    label_visibility="collapsed",
    required=True,
)
# The code, not the translated label, stands in the address, so that a link works in every language.
st.query_params["what"] = what or "all"


def row_html(hit: Hit, claim: ClaimRow | None) -> str:
    """One hit: a release under its title, a claim under its quotation."""
    day = t.day(hit.day)
    if claim is None:
        link, head, kind = state.link("release", id=hit.id), context.passage(hit.title), t("Release")
        facts, badge = f"{safe.text(kind)} · {safe.text(day)}", ""
    else:
        link, kind = state.link("claim", id=hit.id), t("Claim")
        head = f"„{context.marked_text(claim.quote, queries.marks_in(claim.quote, typed))}“"
        facts, badge = f"{safe.text(kind)} · {safe.text(day)} · {safe.text(hit.title.text)}", safe.badge(claim.status, t)
    more = "" if hit.passage.field in {"title", "quote"} else f'<div class="bw-text small">{found_in(hit)}</div>'
    return (
        f'<div class="bw-row"><div class="bw-grow"><a href="{safe.text(link)}" target="_self"><div class="bw-quote">{head}</div></a>'
        f'{more}<div class="bw-meta">{facts}</div></div>{badge}</div>'
    )


def found_in(hit: Hit) -> str:
    """The passage that matches, with the name of its field where it is not the text itself."""
    name = "" if hit.passage.field == "text" else f"{safe.text(t(PASSAGES[hit.passage.field]))}: "
    return name + context.passage(hit.passage)


if not typed.strip():
    words = t("Inflected forms, umlauts and hyphens do not matter: Muenchen finds München, Hilfen finds Corona-Hilfe.")
    st.html(f'<div class="bw-lead">{safe.text(words)}</div>')
    st.stop()
kinds = tuple(Subject) if what not in set(Subject) else (Subject(what),)
with desk().database.reading() as session:
    pages = -(-queries.search(session, typed, kinds=kinds, limit=0).total // SIZE)
    page = min(int(st.session_state.get("search_page") or 1), max(1, pages))
    found = queries.search(session, typed, kinds=kinds, limit=SIZE, offset=(page - 1) * SIZE)
    claims = {row.id: row for row in queries.claim_rows_of(session, [hit.id for hit in found.hits if hit.kind is Subject.CLAIM])}
if found.problem:
    st.html(f'<div class="bw-lead">{safe.text(t(found.problem))}</div>')
    st.stop()
st.html(f'<div class="bw-meta">{safe.text(t.count("{n} hit", "{n} hits", found.total))}</div>')
rows = [row_html(hit, claims.get(hit.id) if hit.kind is Subject.CLAIM else None) for hit in found.hits]
st.html("".join(rows) or f'<div class="bw-meta">{safe.text(t("Nothing has these words."))}</div>')
if pages > 1:
    st.pagination(pages, key="search_page")
