"""The review queue: one candidate at a time, decided by single keys."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import context, reasons, safe, state
from dashboard.edit_form import edit_form
from dashboard.facts import amount_words, deadline_words, facts_html
from dashboard.labels import DISMISS_REASONS, KINDS, topic_label
from dashboard.queue import WHYS, Queue, card_and_next, queue_of
from models import queries
from models.queries import ClaimFilter, QueueCard, QueueRow
from models.words import DismissReason

t = state.texts()
st.html(f'<div class="bw-kicker">{safe.text(t("Review"))} · {safe.text(state.person_name())}</div>')
st.title(t("Is this a claim of ours?"), anchor=False)


def filters() -> ClaimFilter:
    """The filters, which stand in the address as codes, so that a link works in every language."""
    choices = state.ask(queries.filter_choices)
    offered: dict[str, tuple[str, tuple[str, ...], Callable[[str], str]]] = {
        "faction": (t("Faction"), choices.factions, str),
        "kind": (t("Kind"), tuple(KINDS), lambda value: t(KINDS[value])),
        "topic": (t("Topic"), choices.topics, lambda value: topic_label(value, t)),
    }
    picked: dict[str, tuple[str, ...]] = {}
    place = st.popover(t("Filter"), icon=":material/filter_list:")
    for name, (label, allowed, shown) in offered.items():
        given = [value for value in st.query_params.get_all(name) if value in allowed]
        values = place.multiselect(label, allowed, default=given, format_func=shown, key=f"review_{name}", placeholder=t("All"))
        picked[name] = tuple(values)
        if values:
            st.query_params[name] = list(values)
        elif name in st.query_params:
            del st.query_params[name]
    if chosen := [shown(value) for name, (_label, _allowed, shown) in offered.items() for value in picked[name]]:
        st.html("".join(safe.chip(words) for words in chosen))
    return ClaimFilter(kind=picked["kind"], faction=picked["faction"], topic=picked["topic"])


def _next_html(rows: list[QueueRow]) -> str:
    return "".join(
        f'<div class="bw-next"><div class="bw-clamp">„{safe.text(row.quote)}“</div>'
        f'<div class="bw-meta">{safe.text(" · ".join(x for x in (t(KINDS[row.kind]), row.faction) if x))}</div></div>'
        for row in rows
    )


def _card_html(card: QueueCard) -> str:
    day = t.day(card.published_on, "long") if card.published_on else None
    likely = (
        t("{score} sure", score=t.percent(card.score))
        if card.learned is None
        else t("{learned} likely (rules: {rules})", learned=t.percent(card.learned), rules=t.percent(card.score))
    )
    facts = facts_html(
        {
            t("Kind"): t(KINDS[card.kind]),
            t("Speaker"): card.speaker or t("the faction"),
            t("Faction"): card.faction,
            t("Amount"): amount_words(card.amount_min_eur, card.amount_max_eur, t),
            t("Deadline"): deadline_words(card.deadline, card.deadline_phrase, "", t),
            t("Topic"): topic_label(card.topic, t),
        }
    )
    summary = f'<div class="bw-lead">{safe.text(card.summary)}</div>' if card.summary else ""
    link = f'<a href="{safe.text(state.link("claim", id=card.id))}" target="_self">{safe.text(t("whole claim"))}</a>'
    archived = t("version {n}, archived {moment}", n=card.version, moment=t.moment(card.read_at))
    about = " · ".join(x for x in (card.parliament, day, archived) if x)
    return (
        f'<div class="bw-quote big bw-card" data-claim="{card.id}">„{safe.text(card.quote)}“</div>{summary}{facts}'
        f'<div class="bw-rule"></div><div class="bw-meta"><b>{safe.text(card.title)}</b><br>{safe.text(about)} · {link}</div>'
        f'<div class="bw-text">{context.quote_in_context(card.text, card.start, card.end)}</div><div class="bw-rule"></div>'
        f'{reasons.reasons_html(card.reasons, t)}<div class="bw-meta">{safe.text(likely)}</div>'
    )


def _keys(queue: Queue, card: QueueCard) -> None:
    with st.container(horizontal=True, key="review_keys"):
        st.button(t("Track"), key="k_track", shortcut="T", type="primary", on_click=queue.track, args=(card.revision,))
        st.button(t("Dismiss"), key="k_dismiss", shortcut="D", on_click=queue.choose, args=("dismiss",))
        st.button(t("Edit"), key="k_edit", shortcut="E", on_click=queue.choose, args=("edit",))
        st.button(t("Next"), key="k_next", shortcut="J", on_click=queue.move, args=(1,))
        st.button(t("Previous"), key="k_previous", shortcut="K", on_click=queue.move, args=(-1,))
        _undo(queue)
    if queue.mode == "dismiss":
        with st.container(horizontal=True, key="review_whys"):
            for number, why in enumerate(WHYS, 1):
                decide = (
                    partial(queue.choose, "other") if why is DismissReason.OTHER else partial(queue.dismiss, card.revision, why)
                )
                st.button(t(DISMISS_REASONS[why.value]).capitalize(), key=f"k_why{number}", shortcut=str(number), on_click=decide)
    elif queue.mode == "other":
        with st.form("other", border=False):
            words = st.text_input(t("Which reason?"), key=f"other_{card.id}")
            if st.form_submit_button(t("Dismiss")):
                queue.dismiss(card.revision, DismissReason.OTHER, words)
                st.rerun(scope="fragment")


def _undo(queue: Queue) -> None:
    st.button(t("Undo"), key="k_undo", shortcut="U", disabled=not queue.decided, on_click=queue.undo)


@st.fragment
def review(queue: Queue) -> None:
    """The candidate, the keys and the next ones; a key runs only this part again."""
    card, following = card_and_next(queue)
    if card is None:
        st.success(t("Nothing waits to be reviewed here."))
        _undo(queue)
        return
    left, right = st.columns([5, 2], gap="large")
    with left:
        _keys(queue, card)
        if queue.overtaken:
            st.warning(t("Somebody else changed this claim at the same moment. This is how it stands now."))
        if queue.said:
            st.warning(t("That did not work."))
            st.text(queue.said)
        if queue.mode == "edit":
            edit_form(card.id, card.revision, on_done=lambda: queue.choose("edit"))
        st.html(_card_html(card))
    with right:
        place = t("{at} of {n}", at=t.number(queue.at + 1), n=t.number(len(queue.ids)))
        decided = t.count("{n} decided in this visit", "{n} decided in this visit", len(queue.decided))
        st.html(f'<div class="bw-meta">{safe.text(place)} · {safe.text(decided)}</div>{_next_html(following)}')


review(queue_of(filters()))
