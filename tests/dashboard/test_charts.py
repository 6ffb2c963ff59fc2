from datetime import date

from dashboard import charts
from models.queries import FactionCount, MonthCount, SeriesValue, YearAmount
from settings.texts import texts_in

DE = texts_in("de")


def test_months_without_claims_are_seen_as_empty():
    figure = charts.claims_by_month_figure([MonthCount(date(2024, 1, 1), "open", 2), MonthCount(date(2024, 4, 1), "open", 1)], DE)
    assert list(figure.data[0].y) == [2, 0, 0, 1]


def test_quarters_and_years_add_up_the_months():
    rows = [
        MonthCount(date(2023, 12, 1), "open", 2),
        MonthCount(date(2024, 2, 1), "open", 3),
        MonthCount(date(2024, 3, 1), "wrong", 1),
    ]
    quarters = charts.claims_by_month_figure(rows, DE, "quarter")
    assert {bar.name: list(bar.y) for bar in quarters.data} == {"offen": [2, 3], "falsch": [0, 1]}
    assert list(charts.claims_by_month_figure(rows, DE, "year").data[0].y) == [2, 3]


def test_every_faction_says_its_n():
    figure = charts.claims_by_faction_figure([FactionCount("SL", "ML", "open", 2), FactionCount("SL", "ML", "wrong", 1)], DE)
    assert list(figure.data[0].y) == ["SL (n = 3)"]


def test_pledges_without_a_date_stand_last_with_their_n():
    figure = charts.pledged_by_year_figure([YearAmount(None, "open", 5e6, 2, 1), YearAmount(2024, "open", 25e6, 1, 0)], DE)
    assert [label.split("<")[0] for label in figure.data[0].x] == ["2024", "ohne Frist"]
    assert list(figure.data[0].y) == [25, 5]
    assert "25\xa0Mio.\xa0€, n = 1" in figure.data[0].customdata


def test_unknown_values_are_gaps_and_each_year_says_how_many_are_known():
    rows = [
        SeriesValue("Bayern", "BY", 2019, 10.0, 1.0, "", ""),
        SeriesValue("Bayern", "BY", 2020, None, None, "", ""),
        SeriesValue("Nordrhein-Westfalen", "NW", 2019, 20.0, 2.0, "", ""),
        SeriesValue("Nordrhein-Westfalen", "NW", 2020, 30.0, 3.0, "", ""),
    ]
    figure = charts.deportations_figure(rows, DE, per_100k=False)
    bavaria = next(line for line in figure.data if line.name == "Bayern")
    assert list(bavaria.y) == [10.0, None]
    assert bavaria.connectgaps is False
    assert ["1/16" in text for text in figure.layout.xaxis.ticktext] == [False, True]
    assert "16 Länder" in figure.layout.xaxis.title.text


def test_no_rows_give_an_empty_figure():
    assert not charts.claims_by_month_figure([], DE).data
