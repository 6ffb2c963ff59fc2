"""My desk: every claim that waits for somebody and why, put off or handed over from its row."""

from collections.abc import Collection
from datetime import timedelta

import streamlit as st

from dashboard import safe, state
from dashboard.acting import act
from dashboard.follow_forms import to_person
from dashboard.labels import WHYS
from models import actions, queries
from models.queries import DeskRow

SIZE = 25
PUT_OFF = {"week": 7, "month": 30, "quarter": 91}  # days
URGENT = frozenset({"evidence_failed", "edited", "gone", "overdue"})

t = state.texts()
today, me = state.today(), state.person_name()
st.html(f'<div class="bw-kicker">{safe.text(t("My desk"))} · {safe.text(me)}</div>')
st.title(t("What waits for us"), anchor=False)
rows = state.ask(queries.desk_rows, today)
waiting = t.count("{n} claim waits.", "{n} claims wait.", len(rows))
mine = t.count("{n} is with you.", "{n} are with you.", sum(1 for row in rows if row.assignee == me))
st.html(f'<div class="bw-lead">{safe.text(waiting)} {safe.text(mine)}</div>')


@st.fragment
def listing(rows: list[DeskRow]) -> None:
    """Whose, why, and the rows; only this part runs again when a filter moves."""
    whose = {"all": t("Everybody’s"), "mine": t("Mine"), "nobody": t("Nobody’s")}
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    chosen = left.segmented_control(
        t("Whose?"),
        list(whose),
        default=_given("whose", whose, "all"),
        format_func=lambda name: whose[name],
        key="desk_whose",
        label_visibility="collapsed",
        required=True,
    )
    of_them = [row for row in rows if chosen == "all" or row.assignee == (me if chosen == "mine" else None)]
    whys = [why for why in queries.WHYS if any(why in row.whys for row in of_them)]
    counts = {why: sum(1 for row in of_them if why in row.whys) for why in whys}
    why = right.selectbox(
        t("Why?"),
        ["", *whys],
        index=["", *whys].index(_given("why", whys, "")),
        format_func=lambda name: f"{t(WHYS[name])} ({counts[name]})" if name else t("All reasons"),
        key="desk_why",
        label_visibility="collapsed",
    )
    _to_address("whose", "" if chosen == "all" else chosen or "")
    _to_address("why", why or "")
    shown = [row for row in of_them if not why or why in row.whys]
    pages = max(1, -(-len(shown) // SIZE))
    page = min(int(st.session_state.get("desk_page") or 1), pages)
    for row in shown[(page - 1) * SIZE : page * SIZE]:
        _draw(row)
    if not shown:
        st.html(f'<div class="bw-meta">{safe.text(t("Nothing waits here."))}</div>')
    if pages > 1:
        st.pagination(pages, key="desk_page")


def _given(name: str, allowed: Collection[str], otherwise: str) -> str:
    value = st.query_params.get(name, otherwise)
    return value if value in allowed else otherwise


def _to_address(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _draw(row: DeskRow) -> None:
    date_box = (
        f'<div class="bw-date">{row.day.day:02d}.{row.day.month:02d}.<small>{row.day.year}</small></div>'
        if row.day
        else '<div class="bw-date">–</div>'
    )
    chips = "".join(
        f'<span class="bw-chip bw-why{" urgent" if why in URGENT else ""}">{safe.text(t(WHYS[why]))}</span>' for why in row.whys
    )
    with_whom = t("with {name}", name=row.assignee) if row.assignee else t("with nobody")
    meta = " · ".join(x for x in (row.speaker, row.faction, with_whom) if x)
    remark = f'<div class="bw-meta">{safe.text(row.remark)}</div>' if row.remark else ""
    with st.container(key=f"desk_row_{row.id}"):
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.html(
            f'<div class="bw-row">{date_box}<div class="bw-grow"><a href="{safe.text(state.link("claim", id=row.id))}" target="_self">'
            f'<div class="bw-quote">„{safe.text(row.quote)}“</div></a><div class="bw-meta">{safe.text(meta)}</div>{chips}{remark}</div>'
            f"{safe.badge(row.status, t)}</div>"
        )
        words = {
            "week": t("Put off a week"),
            "month": t("Put off a month"),
            "quarter": t("Put off three months"),
            "me": t("To me"),
            "nobody": t("To nobody"),
        }
        offered = [
            *(PUT_OFF if row.can_be_put_off else ()),
            *(["me"] if row.assignee != me else []),
            *(["nobody"] if row.assignee else []),
        ]
        todo = right.menu_button(
            t("Do"), offered, format_func=lambda name: words[name], key=f"desk_do_{row.id}", type="tertiary", disabled=not offered
        )
    if todo:
        _do(row, todo)


def _do(row: DeskRow, todo: str) -> None:
    if todo in PUT_OFF:
        outcome = act(actions.snooze, row.id, row.revision, until=today + timedelta(days=PUT_OFF[todo]))
    else:
        outcome = act(actions.assign, row.id, row.revision, to=to_person(me if todo == "me" else ""))
    if outcome.done:
        st.rerun()
    st.error(t("That did not work."))
    st.text(outcome.refused or t("Somebody else changed this claim at the same moment. Reload the page and look again."))


listing(rows)
