"""One claim: the quotation in its archived context, what the rules found, what became of it, and the decision."""

import streamlit as st

from dashboard import charts, context, decide, learned, reasons, repeats, safe, state
from dashboard.labels import ACTIONS, DEADLINE_STATES, KINDS, SIDES, status_label, topic_label
from dashboard.opened import desk
from dashboard.timeline import timeline_html
from models import Claim, actions, queries
from models.days import day_of
from models.deadlines import deadline_state
from models.words import ChangeKind, Fulfillment, Stage, Verdict

t = state.texts()
PLEDGE_BUTTONS = (Fulfillment.FULFILLED, Fulfillment.PARTLY_FULFILLED, Fulfillment.NOT_FULFILLED)
VERDICT_BUTTONS = (Verdict.CORRECT, Verdict.MISLEADING, Verdict.WRONG)
given = st.query_params.get("id", "")
with desk().database.reading() as session:
    claim = (
        queries.claim_for_page(session, int(given))
        if given.isascii() and given.isdecimal() and len(given) < len(str(2**62))
        else None
    )
if claim is None or not claim.findings:
    st.warning(t("There is no such claim. The list of claims shows them all."))
    st.page_link("views/claim_list.py", label=t("Claims"), icon=":material/format_quote:")
    st.stop()


def facts(shown: Claim) -> str:
    """What was found, as a list of facts."""
    found = shown.found
    low, high = shown.amount
    amount = None
    if low is not None or high is not None:
        both = [t.euros(value) for value in dict.fromkeys((low, high)) if value is not None]
        amount = (
            t("at least {amount}", amount=both[0])
            if high is None
            else t("up to {amount}", amount=both[0])
            if low is None
            else " – ".join(both)
        )
        amount += f" {t('a year')}" if found.per_year else ""
    deadline = None
    if shown.deadline:
        stand = deadline_state(shown.deadline, shown.fulfillment, state.today(), extended_until=shown.extended_until).value
        deadline = f"{t.day(shown.deadline)} ({t(DEADLINE_STATES[stand])})"
    elif found.deadline_phrase:
        deadline = t("“{phrase}” is no deadline", phrase=found.deadline_phrase)
    rows = {
        t("Kind"): t(KINDS[shown.kind.value]),
        t("Speaker"): shown.speaker.name if shown.speaker else t("the faction"),
        t("Faction"): " · ".join(
            x for x in (found.speaker_faction, t(SIDES[found.claimant_side.value]) if found.claimant_side else None) if x
        ),
        t("Amount"): amount,
        t("Deadline"): deadline,
        t("Topic"): topic_label(shown.topic, t),
    }
    return "".join(f"<div><dt>{safe.text(name)}</dt><dd>{safe.text(value)}</dd></div>" for name, value in rows.items() if value)


finding = claim.finding or claim.findings[-1]
release = claim.release
day = t.day(release.published_on, "long") if release.published_on else ""
st.html(
    f'<div class="bw-kicker">{safe.text(t("Claim"))} {claim.id} · {safe.text(day)}</div>'
    f'<div class="bw-quote big">„{safe.text(claim.quote)}“</div>{safe.badge(claim.status, t)}'
)
if st.session_state.pop("done", False):
    st.toast(t("Saved."), icon=":material/check:")

edited = [change for change in release.changes if change.kind is ChangeKind.EDITED]
if release.gone_at is not None:
    st.warning(
        t(
            "The release is no longer at its address since {day}. The archived version stays here.",
            day=t.day(day_of(release.gone_at)),
        )
    )
reworded = [a for a in claim.appearances if a.version.number > claim.version.number and a.quote != claim.quote]
if reworded:
    st.html(
        f'<div class="bw-demo"><b>{safe.text(t("The sentence was changed after publication:"))}</b>'
        f'<div class="bw-text">{context.word_changes(claim.quote, reworded[-1].quote)}</div></div>'
    )
elif edited and claim.quote not in release.current.text:
    st.warning(t("The sentence no longer stands in the release. The archived version stays here."))

st.html(f'<dl class="bw-facts">{facts(claim)}</dl>')

with st.container(horizontal=True, key="decisions"):
    if claim.stage is not Stage.TRACKED and st.button(
        t("Track"), type="primary", icon=":material/bookmark_add:", shortcut="T", key="track"
    ):
        decide.track(claim.id, claim.revision)
    if claim.stage is not Stage.DISMISSED:
        for value in PLEDGE_BUTTONS if claim.kind.is_pledge else VERDICT_BUTTONS:
            if st.button(status_label(value.value, t).capitalize(), key=f"judge_{value.value}"):
                decide.open_dialog(claim.id, claim.revision, "judge", value.value)
        if claim.disputed:
            if st.button(t("Resolve the dispute"), key="resolve"):
                decide.open_dialog(claim.id, claim.revision, "resolve")
        elif st.button(t("Disputed"), key="dispute", icon=":material/flag:"):
            decide.open_dialog(claim.id, claim.revision, "dispute")
        others = [v for v in (Fulfillment if claim.kind.is_pledge else Verdict) if v not in {*PLEDGE_BUTTONS, *VERDICT_BUTTONS}]
        with st.popover(t("More")):
            for value in others:
                if st.button(status_label(value.value, t).capitalize(), key=f"judge_{value.value}", type="tertiary"):
                    decide.open_dialog(claim.id, claim.revision, "judge", value.value)
            if claim.stage is Stage.CANDIDATE:
                for kind in (kind for kind in KINDS if kind != claim.kind.value):
                    if st.button(t("Track as: {kind}", kind=t(KINDS[kind])), key=f"track_{kind}", type="tertiary"):
                        decide.track(claim.id, claim.revision, kind)
            if not claim.standing_reviews and not claim.disputed and st.button(t("Dismiss"), key="dismiss", type="tertiary"):
                decide.open_dialog(claim.id, claim.revision, "dismiss")

    if (done := actions.last_done(claim)) and st.button(
        t("Undo: {action}", action=t(ACTIONS[done[0].action.value])), key="undo", type="tertiary", icon=":material/undo:"
    ):
        decide.undo(claim.id, claim.revision)

repeats.repeats_block(claim, t)

ranked = f"{claim.quote} {(finding.ranking or {}).get('metric') or ''}"
if claim.kind.value == "ranking" and "abschieb" in ranked.casefold():
    # The one ranking for which figures of all Länder are at hand.
    st.subheader(t("Deportations by Land"), anchor=False)
    measures = {"per_100k": t("per 100,000 inhabitants"), "absolute": t("absolute")}
    measure = st.segmented_control(
        t("Measure"),
        list(measures),
        default="per_100k",
        format_func=lambda name: measures[name],
        key="measure",
        label_visibility="collapsed",
        required=True,
    )
    series = state.ask(queries.deportations_by_land)
    subject = (finding.ranking or {}).get("subject") or release.parliament.removeprefix("Landtag ")
    st.plotly_chart(
        charts.deportations_figure(series, t, per_100k=measure == "per_100k", subject=subject),
        key="deportations",
        config={"displayModeBar": False},
    )
    n = sum(1 for row in series if row.absolute is not None)
    note = t(
        "n = {n} published values of 16 Länder; gaps are unknown, not zero. Sources stand beside each value in settings/reference/deportations.csv; "
        "inhabitants on 31 December. “Rate” has many definitions: by share of all deportations NRW is first, by those obliged to leave others are.",
        n=n,
    )
    st.html(f'<div class="bw-n">{safe.text(note)}</div>')

left, right = st.columns([5, 4], gap="large")
with left:
    st.subheader(t("In its release"), anchor=False)
    address = safe.web_link(release.address, t("original page"))
    inside = f'<a href="{safe.text(state.link("release", id=release.id))}" target="_self">{safe.text(t("whole release"))}</a>'
    st.html(
        f'<div class="bw-meta"><b>{safe.text(claim.version.title)}</b><br>{safe.text(release.parliament)} · '
        f"{safe.text(t('version {n}, archived {moment}', n=claim.version.number, moment=t.moment(claim.version.read_at)))} · {inside} · {address}</div>"
        f'<div class="bw-text">{context.quote_in_context(claim.version.text, claim.start, claim.end)}</div>'
    )
    st.subheader(t("Why it was found"), anchor=False)
    chips = reasons.reasons_html(finding.reasons, t)
    rules = t("{score} sure by rules version {version}", score=t.percent(finding.score), version=finding.rules_version)
    rule = t("speaker by the rule “{rule}”", rule=finding.attribution) if finding.attribution else ""
    by_rules = f'{chips}<div class="bw-meta">{safe.text(" · ".join(x for x in (rules, rule) if x))}</div>'
    st.html(by_rules + learned.learned_html(finding, t))
with right:
    st.subheader(t("History"), anchor=False)
    st.html(timeline_html(claim, t))
