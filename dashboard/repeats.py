"""The same claim again: known claims that one may repeat, one click to say so, and how often a claim was announced."""

import streamlit as st

from dashboard import decide, safe, state
from dashboard.labels import status_label
from models import Claim, queries
from models.queries import Suggestion
from models.repeats import Announced, MoneyAgain
from models.words import Stage
from settings.texts import Texts, marked

MONEY_AGAIN = {
    MoneyAgain.RECYCLED: marked("the same amount announced again: {before}"),
    MoneyAgain.INCREASED: marked("announced again, increased: {before} → {after}"),
    MoneyAgain.CUT: marked("announced again, cut: {before} → {after}"),
}


def repeats_block(claim: Claim, t: Texts) -> None:
    """Draw what is known of repetitions of a loaded claim; nothing where there is nothing to say."""
    with st.container(key="repeats"):
        line = announced_line(state.ask(queries.times_announced, claim.same_as_id or claim.id), t)
        if claim.same_as_id is not None:
            known = safe.text(t("repeats claim {id}", id=claim.same_as_id))
            line = " · ".join(part for part in (_link(claim.same_as_id, known), safe.text(line)) if part)
        else:
            line = safe.text(line)
        if line:
            st.html(f'<div class="bw-meta">{line}</div>')
        if may_repeat(claim):
            suggestions(claim, t)


def may_repeat(claim: Claim) -> bool:
    """Whether a claim can become an appearance of another: it has not been judged, disputed or dismissed."""
    return claim.stage is not Stage.DISMISSED and not claim.standing_reviews and not claim.disputed


def suggestions(claim: Claim, t: Texts) -> None:
    """The known claims that a claim may repeat, each with why and with the button that confirms it."""
    found = state.ask(queries.repeat_suggestions, claim.id)
    if found:
        st.subheader(t("Said before?"), anchor=False)
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"repeat_{one.known}"):
            st.html(_suggestion(one, t))
            words = t("The same") if one.comparison.is_same else t("Announced again")
            if st.button(words, key=f"same_{one.known}", icon=":material/link:"):
                decide.merge(claim, one.known, reason_line(one, t))


def announced_line(announced: Announced, t: Texts) -> str:
    """The count in words, "announced 4 times since March 2024, once with another amount"; nothing for a claim made once."""
    if announced.times < 2:  # noqa: PLR2004  once is no repetition
        return ""
    times = t.count("announced once", "announced {n} times", announced.times)
    since = t("since {month}", month=t.month(announced.since)) if announced.since else ""
    other = ""
    if announced.other_amount:
        other = t.count("once with another amount", "{n} times with another amount", announced.other_amount)
    return ", ".join(part for part in (f"{times} {since}".strip(), other) if part)


def reason_line(one: Suggestion, t: Texts) -> str:
    """Why a claim is suggested, in words."""
    parts = []
    again = one.comparison.again
    if again is not None and one.amount is not None and one.later_amount is not None:
        parts.append(t(MONEY_AGAIN[again], before=t.euros(one.amount), after=t.euros(one.later_amount)))
    elif one.comparison.same_number:
        parts.append(t("names the same number"))
    parts.append(t("words {share} alike", share=t.percent(one.comparison.likeness)))
    return " · ".join(parts)


def _suggestion(one: Suggestion, t: Texts) -> str:
    day = t.day(one.published_on) if one.published_on else ""
    meta = " · ".join(part for part in (day, status_label(one.status, t), reason_line(one, t)) if part)
    return (
        f'<div class="bw-text">{_link(one.known, f"„{safe.text(one.quote)}“")}</div><div class="bw-meta">{safe.text(meta)}</div>'
    )


def _link(claim_id: int, words: str) -> str:
    return f'<a href="{safe.text(state.link("claim", id=claim_id))}" target="_self">{words}</a>'
