"""One claim: the quotation in its archived context, what the rules found, what became of it, and the decision."""

import streamlit as st

from dashboard import charts, context, edits, learned, reasons, repeats, safe, state
from dashboard.claim_buttons import decision_buttons
from dashboard.claim_words import also_html, claim_facts_html, disputes_html
from dashboard.labels import change_label
from dashboard.opened import desk
from dashboard.timeline import timeline_html
from models import queries
from models.days import day_of
from models.words import ChangeKind

t = state.texts()
given = st.query_params.get("id", "")
with desk().database.reading() as session:
    claim = (
        queries.claim_for_page(session, int(given))
        if given.isascii() and given.isdecimal() and len(given) < len(str(2**62))
        else None
    )
    repeated = queries.repetitions(session, claim.id) if claim is not None else []
if claim is None or not claim.findings:
    st.warning(t("There is no such claim. The list of claims shows them all."))
    st.page_link("views/claim_list.py", label=t("Claims"), icon=":material/format_quote:")
    st.stop()


finding = claim.finding or claim.findings[-1]
release = claim.release
day = t.day(release.published_on, "long") if release.published_on else ""
summary = f'<div class="bw-lead">{safe.text(claim.summary)}</div>' if claim.summary else ""
st.html(
    f'<div class="bw-kicker">{safe.text(t("Claim"))} {claim.id} · {safe.text(day)}</div>'
    f'<div class="bw-quote big">„{safe.text(claim.quote)}“</div>{summary}{safe.badge(claim.status, t)}'
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

for change in edited:
    if stretches := edits.stretches_of(claim, change):
        st.html(
            f'<div class="bw-demo"><b>{safe.text(change_label(change, t))}</b> · {safe.text(t("noticed {moment}", moment=t.moment(change.noticed_at)))}'
            f"<div>{safe.text(t('Changed in this sentence:'))}</div>{edits.stretches_html(stretches, t)}</div>"
        )

st.html(claim_facts_html(claim, state.today(), t))
decision_buttons(claim)

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
    if claim.disputes:
        st.html(disputes_html(claim, t))
    if also := also_html(claim, repeated, t):
        st.subheader(t("Said again"), anchor=False)
        st.html(also)
    st.subheader(t("History"), anchor=False)
    st.html(timeline_html(claim, t))
