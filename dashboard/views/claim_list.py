"""All claims, narrowed by filters that stand in the address."""

from collections.abc import Callable

import streamlit as st

from dashboard import learned, safe, state
from dashboard.labels import KINDS, STATUSES, status_label, topic_label
from dashboard.opened import desk
from models import queries
from models.queries import PAGE_SIZE, ClaimFilter

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
        placeholder=t("Words of the quote or the speaker"),
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
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    order = right.selectbox(
        t("Order"), list(orders), format_func=lambda name: orders[name], key="order", label_visibility="collapsed"
    )
    with desk().database.reading() as session:
        n = queries.count_claims(session, wanted)
        pages = max(1, -(-n // PAGE_SIZE))
        page = min(int(st.session_state.get("claims_page") or 1), pages)
        rows = queries.claim_rows(session, wanted, page=page, order=order)
    left.html(f'<div class="bw-meta">n = {t.number(n)}</div>')
    st.html("".join(_row(row) for row in rows) or f'<div class="bw-meta">{safe.text(t("No claim fits these filters."))}</div>')
    if pages > 1:
        st.pagination(pages, key="claims_page")


def _row(row: queries.ClaimRow) -> str:
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
        f'<div class="bw-quote">„{safe.text(row.quote)}“</div></a>'
        f'<div class="bw-meta">{safe.text(" · ".join(fact for fact in facts if fact))}</div></div>{safe.badge(row.status, t)}</div>'
    )


def _likely(row: queries.ClaimRow) -> str:
    rules = t.percent(row.score)
    if row.learned is None:
        return t("{score} sure", score=rules)
    return t("{learned} likely (rules: {rules})", learned=t.percent(row.learned), rules=rules)


learning = state.ask(queries.learning)
with st.expander(f"{t('What the desk’s decisions taught')}: {learned.headline(learning, t)}", icon=":material/school:"):
    st.html(learned.learning_html(learning, t))
listing()
