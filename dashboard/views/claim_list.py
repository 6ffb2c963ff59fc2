"""All claims, narrowed by filters that stand in the address."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy.orm import Session

from dashboard import context, learned, safe, state
from dashboard.labels import KINDS, PASSAGES, STATUSES, status_label, topic_label
from dashboard.opened import desk
from models import queries
from models.queries import PAGE_SIZE, ClaimFilter, Hit, Subject

t = state.texts()
st.html(f'<div class="bw-kicker">{safe.text(t("Claims"))}</div>')
st.title(t("Who said what"), anchor=False)
choices = state.ask(queries.filter_choices)


def chosen(name: str, allowed: tuple[str, ...]) -> list[str]:
    """The values of a filter in the address that exist."""
    return [value for value in st.query_params.get_all(name) if value in allowed]


@st.fragment
def listing() -> None:
    """Filters and rows; only this part runs again when a filter moves."""
    words = st.text_input(
        t("Words"),
        key="words",
        placeholder=t('Words, "phrases", beginnings*, -without, this OR that'),
        label_visibility="collapsed",
        bind="query-params",
    )
    columns = st.columns(4)
    filters: dict[str, tuple[str, tuple[str, ...], Callable[[str], str]]] = {
        "status": (t("Status"), tuple(STATUSES), lambda value: status_label(value, t)),
        "kind": (t("Kind"), tuple(KINDS), lambda value: t(KINDS[value])),
        "faction": (t("Faction"), choices.factions, str),
        "topic": (t("Topic"), choices.topics, lambda value: topic_label(value, t)),
    }
    picked: dict[str, tuple[str, ...]] = {}
    for column, (name, (label, allowed, shown)) in zip(columns, filters.items(), strict=True):
        values = column.multiselect(
            label, allowed, default=chosen(name, allowed), format_func=shown, key=f"filter_{name}", placeholder=t("All")
        )
        picked[name] = tuple(values)
        # The codes, not the translated labels, stand in the address, so that a link works in every language.
        if values:
            st.query_params[name] = list(values)
        elif name in st.query_params:
            del st.query_params[name]
    wanted = ClaimFilter(
        status=picked["status"], kind=picked["kind"], faction=picked["faction"], topic=picked["topic"], words=words
    )
    orders = {"newest": t("Newest first"), "score": t("Most likely first"), "deadline": t("Earliest deadline first")}
    # A list of its own with words, so that neither remembers an order that the other does not have.
    if words.strip():
        orders = {"match": t("Best match first"), **orders}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    order = right.selectbox(
        t("Order"),
        list(orders),
        format_func=lambda name: orders[name],
        key="order_found" if words.strip() else "order",
        label_visibility="collapsed",
    )
    if problem := queries.search_problem(words):
        left.html(f'<div class="bw-meta">{safe.text(t(problem))}</div>')
        return
    with desk().database.reading() as session:
        rows, hits, n = _page(session, wanted, order, int(st.session_state.get("claims_page") or 1))
        releases = queries.search(session, words, kinds=(Subject.RELEASE,), limit=0).total
    pages = -(-n // PAGE_SIZE)
    left.html(f'<div class="bw-meta">n = {t.number(n)}{_releases(releases, words)}</div>')
    html = "".join(_row(row, words, hits.get(row.id)) for row in rows)
    st.html(html or f'<div class="bw-meta">{safe.text(t("No claim fits these filters."))}</div>')
    if pages > 1:
        st.pagination(pages, key="claims_page")


def _page(session: Session, wanted: ClaimFilter, order: str, page: int) -> tuple[list[queries.ClaimRow], dict[int, Hit], int]:
    """A page of claims, where each matches (by the claim's number; in the order of matches only), and how many there are.

    Filters may leave fewer pages than the one that was looked at; then it is the last.
    """
    by_match, kinds = order == "match", (Subject.CLAIM,)
    if by_match:
        n = queries.search(session, wanted.words, kinds=kinds, limit=0, wanted=wanted).total
    else:
        n = queries.count_claims(session, wanted)
    page = min(page, max(1, -(-n // PAGE_SIZE)))
    if not by_match:
        return queries.claim_rows(session, wanted, page=page, order=order), {}, n
    first = (page - 1) * PAGE_SIZE
    found = queries.search(session, wanted.words, kinds=kinds, limit=PAGE_SIZE, offset=first, wanted=wanted)
    hits = {hit.id: hit for hit in found.hits}
    return queries.claim_rows_of(session, list(hits)), hits, n


def _releases(n: int, words: str) -> str:
    if not words.strip():
        return ""
    shown = t.count("{n} release with these words", "{n} releases with these words", n)
    return f' · <a href="{safe.text(state.link("search", q=words, what="release"))}" target="_self">{safe.text(shown)}</a>'


def _row(row: queries.ClaimRow, words: str, hit: Hit | None) -> str:
    amount = row.amount_max_eur if row.amount_max_eur is not None else row.amount_min_eur
    facts = [
        t(KINDS[row.kind]),
        row.speaker,
        row.faction,
        t.euros(amount) if amount is not None else None,
        t("until {day}", day=t.day(row.deadline)) if row.deadline else None,
        t.day(row.published_on) if row.published_on else None,
        _likely(row) if row.status == "candidate" else None,
    ]
    return (
        f'<div class="bw-row"><div class="bw-grow"><a href="{safe.text(state.link("claim", id=row.id))}" target="_self">'
        f'<div class="bw-quote">„{context.marked_text(row.quote, queries.marks_in(row.quote, words))}“</div></a>'
        f'<div class="bw-meta">{safe.text(" · ".join(fact for fact in facts if fact))}</div>{_elsewhere(hit)}</div>'
        f"{safe.badge(row.status, t)}</div>"
    )


def _elsewhere(hit: Hit | None) -> str:
    """Where the words stand, if not in the quotation."""
    if hit is None or hit.passage.field == "quote":
        return ""
    return f'<div class="bw-meta">{safe.text(t(PASSAGES[hit.passage.field]))}: {context.passage(hit.passage)}</div>'


def _likely(row: queries.ClaimRow) -> str:
    rules = t.percent(row.score)
    if row.learned is None:
        return t("{score} sure", score=rules)
    return t("{learned} likely (rules: {rules})", learned=t.percent(row.learned), rules=rules)


learning = state.ask(queries.learning)
with st.expander(f"{t('What the desk’s decisions taught')}: {learned.headline(learning, t)}", icon=":material/school:"):
    st.html(learned.learning_html(learning, t))
listing()
