"""The first page: what was said, what became of it, what falls due."""

import streamlit as st

from dashboard import charts, safe, state
from dashboard.labels import DEADLINE_STATES, STATUS_COLOURS, STATUSES, status_label
from models import queries

t = state.texts()
today = state.today()
parliaments = state.ask(queries.filter_choices).parliaments
parliament = st.query_params.get("parliament")
totals = state.ask(queries.totals, parliament)

st.html(f'<div class="bw-kicker">{safe.text(t("Overview"))} · {safe.text(t.day(today, "full"))}</div>')
st.title(t("What was promised, and what became of it"), anchor=False)
releases = t.count("{n} release", "{n} releases", totals.releases)
found = t.count("{n} claim", "{n} claims", totals.claims)
sources = t.count("{n} source", "{n} sources", totals.sources)
st.html(
    f'<div class="bw-lead">{safe.text(t("{claims} from {releases} of {sources}.", claims=found, releases=releases, sources=sources))}</div>'
)

troubled = [row for row in state.ask(queries.source_rows) if row.health in {"broken", "failing"}]
if troubled:
    words = t.count("{n} source is broken or fails", "{n} sources are broken or fail", len(troubled))
    names = ", ".join(row.name for row in troubled[:5]) + (" …" if len(troubled) > 5 else "")  # noqa: PLR2004  as many as fit a line
    st.html(
        f'<div class="bw-alarm"><a href="{safe.text(state.link("sources"))}" target="_self">{safe.text(words)}</a>: {safe.text(names)}</div>'
    )

if not totals.releases:
    st.info(t("Nothing has been collected yet. The first releases appear here within minutes."))
    st.stop()

shown = [(status, totals.by_status[status]) for status in STATUSES if totals.by_status.get(status)]
bar = "".join(
    f'<span style="flex:{n};background:{STATUS_COLOURS[status]}" title="{safe.text(status_label(status, t))}: {n}"></span>'
    for status, n in shown
)
legend = "".join(
    f'<span><i style="background:{STATUS_COLOURS[status]}"></i>{safe.text(status_label(status, t))} <b>{t.number(n)}</b></span>'
    for status, n in shown
)
st.html(f'<div class="bw-rule"></div><div class="bw-bar">{bar}</div><div class="bw-legend">{legend}</div>')

kept = sum(totals.by_status.get(s, 0) for s in ("fulfilled", "fulfilled_late", "correct"))
broken = sum(totals.by_status.get(s, 0) for s in ("not_fulfilled", "wrong", "misleading"))
due = state.ask(queries.due_rows, today)
overdue = [row for row in due if row.state == "overdue"]
for column, (label, number) in zip(
    st.columns(4),
    [
        (t("Kept or correct"), kept),
        (t("Broken or wrong"), broken),
        (t("Overdue"), len(overdue)),
        (t("To be reviewed"), totals.by_status.get("candidate", 0)),
    ],
    strict=True,
):
    column.metric(label, t.number(number), border=True)

wide, narrow = st.columns([5, 3], gap="large")
with wide:
    st.subheader(t("Claims by status over time"), anchor=False)
    steps = {"month": t("Month"), "quarter": t("Quarter"), "year": t("Year")}
    step = st.segmented_control(
        t("Step"),
        list(steps),
        default="month",
        format_func=lambda name: steps[name],
        key="step",
        label_visibility="collapsed",
        required=True,
    )
    months = state.ask(queries.claims_by_month, parliament)
    st.plotly_chart(charts.claims_by_month_figure(months, t, step or "month"), key="by_month", config={"displayModeBar": False})
    st.html(
        f'<div class="bw-n">n = {t.number(totals.claims)} · {safe.text(t("by the month in which the release was published; dismissed ones left out"))}</div>'
    )

    st.subheader(t("Pledged euros by the year they fall due"), anchor=False)
    years = state.ask(queries.pledged_by_year, parliament)
    st.plotly_chart(charts.pledged_by_year_figure(years, t), key="by_year", config={"displayModeBar": False})
    without = sum(row.without_amount for row in years)
    n = t.count("{n} funding pledge", "{n} funding pledges", sum(row.n for row in years))
    note = t("of a span the upper end, of a yearly amount one year; {n} without an amount", n=without)
    st.html(f'<div class="bw-n">{safe.text(n)} · {safe.text(note)}</div>')
with narrow:
    st.subheader(t("Falling due"), anchor=False)
    rows = [*(row for row in due if row.state != "overdue"), *overdue][:7]
    rows.sort(
        key=lambda row: (row.state == "overdue", row.deadline if row.state != "overdue" else today - (row.deadline - today))
    )
    html = "".join(
        f'<div class="bw-row"><div class="bw-date">{row.deadline.day:02d}.{row.deadline.month:02d}.<small>{row.deadline.year}</small></div>'
        f'<div class="bw-grow"><a href="{safe.text(state.link("claim", id=row.id))}" target="_self"><div class="bw-quote">„{safe.text(row.quote)}“</div></a>'
        f'<div class="bw-meta">{safe.text(" · ".join(x for x in (row.speaker, row.faction, t(DEADLINE_STATES[row.state])) if x))}</div></div></div>'
        for row in rows
    )
    st.html(html or f'<div class="bw-meta">{safe.text(t("Nothing falls due in the next 90 days."))}</div>')

    st.subheader(t("Claims by faction"), anchor=False)
    factions = state.ask(queries.claims_by_faction, parliament)
    st.plotly_chart(charts.claims_by_faction_figure(factions, t), key="by_faction", config={"displayModeBar": False})
    st.html(
        f'<div class="bw-n">n = {t.number(sum(row.n for row in factions))} · {safe.text(t("by the speaker’s faction"))}</div>'
    )
