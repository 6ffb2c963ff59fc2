"""Figures: rows in, Plotly figures out. No Streamlit and no database here; every figure's n is given beside it by its page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import plotly.graph_objects as go

from dashboard.labels import STATUS_COLOURS, STATUSES, status_label
from models.queries import FactionCount, MonthCount, SeriesValue, YearAmount
from settings.texts import Texts

STEPS = {"month": 1, "quarter": 3, "year": 12}
HIGHLIGHT = "#c98f2b"
SECOND = ("#3b6ea8", "#5b9aa0", "#8e4a9e")
OTHERS = "rgba(140,140,135,.45)"
LAENDER = 16


def claims_by_month_figure(rows: Sequence[MonthCount], t: Texts, step: str = "month") -> go.Figure:
    """Claims over time as stacked bars, one colour a status; `step` is month, quarter or year."""
    counts: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counts[row.status][_start(row.month, STEPS[step])] += row.n
    starts = _all_starts([row.month for row in rows], STEPS[step])
    names = [_period_name(start, step, t) for start in starts]
    figure = go.Figure()
    for status in STATUSES:
        if status in counts:
            figure.add_bar(
                x=starts,
                y=[counts[status].get(start, 0) for start in starts],
                name=status_label(status, t),
                marker_color=STATUS_COLOURS[status],
                customdata=names,
                hovertemplate="%{customdata}: %{y}<extra>%{fullData.name}</extra>",
            )
    figure.update_layout(barmode="stack", bargap=0.12, **_layout(t))
    figure.update_xaxes(tickformat="%Y" if step == "year" else "%m/%Y")
    figure.update_yaxes(title=t("Claims"), rangemode="tozero", dtick=_whole_step(_highest(counts)))
    return figure


def claims_by_faction_figure(rows: Sequence[FactionCount], t: Texts) -> go.Figure:
    """Claims by faction as stacked horizontal bars, the most claims on top, with n in the label."""
    totals: dict[str, int] = defaultdict(int)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        totals[row.faction] += row.n
        counts[row.status][row.faction] += row.n
    factions = sorted(totals, key=lambda name: (totals[name], name))
    labels = [f"{faction} (n = {t.number(totals[faction])})" for faction in factions]
    figure = go.Figure()
    for status in STATUSES:
        if status in counts:
            figure.add_bar(
                y=labels,
                x=[counts[status].get(faction, 0) for faction in factions],
                orientation="h",
                name=status_label(status, t),
                marker_color=STATUS_COLOURS[status],
                hovertemplate="%{y}: %{x}<extra>%{fullData.name}</extra>",
            )
    figure.update_layout(barmode="stack", **_layout(t, height=max(180, 60 + 44 * len(factions))))
    figure.update_xaxes(title=t("Claims"), dtick=_whole_step(max(totals.values(), default=0)))
    return figure


def pledged_by_year_figure(rows: Sequence[YearAmount], t: Texts) -> go.Figure:
    """Euros of funding pledges by the year they fall due, stacked by status, with n under each year; undated ones stand last."""
    years = sorted({row.year for row in rows if row.year is not None})
    places: list[int | None] = [*years, *([None] if any(row.year is None for row in rows) else [])]
    n = {year: sum(row.n for row in rows if row.year == year) for year in places}
    labels = [f"{t('no date') if year is None else year}<br><span style='font-size:11px'>n = {n[year]}</span>" for year in places]
    figure = go.Figure()
    for status in STATUSES:
        amounts = {row.year: row for row in rows if row.status == status}
        if amounts:
            figure.add_bar(
                x=labels,
                y=[amounts[year].eur / 1e6 if year in amounts else 0 for year in places],
                name=status_label(status, t),
                marker_color=STATUS_COLOURS[status],
                customdata=[f"{t.euros(amounts[year].eur)}, n = {amounts[year].n}" if year in amounts else "" for year in places],
                hovertemplate="%{customdata}<extra>%{fullData.name}</extra>",
            )
    figure.update_layout(barmode="stack", **_layout(t))
    figure.update_xaxes(type="category")
    figure.update_yaxes(title=t("Million euros"), rangemode="tozero")
    return figure


def deportations_figure(
    rows: Sequence[SeriesValue], t: Texts, *, per_100k: bool, subject: str = "Nordrhein-Westfalen"
) -> go.Figure:
    """Deportations by Land over time: the subject stands out, unknown values are gaps, each year says how many are known."""

    def value(row: SeriesValue) -> float | None:
        return row.per_100k if per_100k else row.absolute

    by_land: dict[str, list[SeriesValue]] = defaultdict(list)
    for row in rows:
        by_land[row.region].append(row)
    years = sorted({row.year for row in rows if value(row) is not None})
    known = {year: sum(1 for row in rows if row.year == year and value(row) is not None) for year in years}
    leaders = _leaders(by_land, subject, value)
    figure = go.Figure()
    for land in sorted(by_land, key=lambda name: (name == subject, name in leaders)):
        colour = HIGHLIGHT if land == subject else SECOND[leaders.index(land)] if land in leaders else OTHERS
        strong = land == subject or land in leaders
        figure.add_scatter(
            x=years,
            y=[value(row) for row in sorted(by_land[land], key=lambda row: row.year) if row.year in known],
            name=land,
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 3.2 if land == subject else 2 if strong else 1},
            marker={"size": 8 if land == subject else 6 if strong else 4, "color": colour},
            showlegend=strong,
            hovertemplate="%{x}: %{y:,.1f}<extra>%{fullData.name}</extra>"
            if per_100k
            else "%{x}: %{y:,.0f}<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(**_layout(t, height=420, legend=True))
    figure.update_xaxes(
        tickvals=years,
        # Short, or the years of a telephone's chart run into each other; the title says what it means.
        ticktext=[f"{year}<br><span style='font-size:10px'>{known[year]}/{LAENDER}</span>" for year in years],
        tickangle=0,
        title={"text": t("below each year: how many of the {all} Länder are known", all=LAENDER), "font": {"size": 11}},
    )
    title = t("Deportations per 100,000 inhabitants") if per_100k else t("Deportations a year")
    figure.update_yaxes(title=title, rangemode="tozero")
    return figure


def _leaders(by_land: dict[str, list[SeriesValue]], subject: str, value: Callable[[SeriesValue], float | None]) -> list[str]:
    best = {
        land: max((found for row in rows if (found := value(row)) is not None), default=0.0)
        for land, rows in by_land.items()
        if land != subject
    }
    return sorted(best, key=lambda land: -best[land])[: len(SECOND)]


def _layout(t: Texts, *, height: int = 340, legend: bool = False) -> dict[str, object]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "showlegend": legend,
        "legend": {"orientation": "h", "y": -0.28, "x": 0},
        "separators": ",." if t.language == "de" else ".,",
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }


def _highest(counts: dict[str, dict[date, int]]) -> int:
    sums: dict[date, int] = defaultdict(int)
    for by_start in counts.values():
        for start, n in by_start.items():
            sums[start] += n
    return max(sums.values(), default=0)


def _whole_step(highest: int) -> int:
    """A distance between ticks that gives about six of them and never a half claim."""
    return max(1, round(highest / 6))


def _start(month: date, size: int) -> date:
    return month.replace(month=(month.month - 1) // size * size + 1, day=1)


def _all_starts(months: Iterable[date], size: int) -> list[date]:
    """Every step from the first to the last, so that empty ones are seen as empty."""
    given = [_start(month, size) for month in months]
    if not given:
        return []
    starts, current, last = [], min(given), max(given)
    while current <= last:
        starts.append(current)
        following = current.month - 1 + size
        current = date(current.year + following // 12, following % 12 + 1, 1)
    return starts


def _period_name(start: date, step: str, t: Texts) -> str:
    if step == "year":
        return str(start.year)
    if step == "quarter":
        return t("Q{quarter} {year}", quarter=(start.month + 2) // 3, year=start.year)
    return t.month(start)
