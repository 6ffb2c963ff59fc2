from datetime import UTC, date, datetime, timedelta

import pytest

from models import actions, queries
from models.queries import ClaimFilter
from models.words import DismissReason, Kind
from settings.reference import observations

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."
RATE = "Die Quote ist um 100 % auf 7_3 gestiegen."
UNSURE = "Wir machen gute Politik für alle."


@pytest.fixture
def full(desk):
    first = desk.keep(f"T\n\n{PLEDGE} {UNSURE}", [PLEDGE])
    desk.keep(f"T\n\n{UNSURE}", [UNSURE], address="https://x.example/2", score=0.2)
    second = desk.keep(
        f"T\n\n{RATE}",
        [RATE],
        address="https://x.example/3",
        factions=("SPD",),
        kind=Kind.STATISTIC,
        published=date(2020, 2, 3),
        topic="kita",
        deadline=None,
        amount_min_eur=None,
        amount_max_eur=None,
    )
    desk.act(actions.judge, first.new_claims[0].id, value="in_progress", reason="läuft")
    desk.second = second.new_claims[0].id
    return desk


def answer(desk, query, *given, **more):
    with desk.database.reading() as session:
        return query(session, *given, **more)


def test_candidates_below_the_threshold_are_not_shown(full):
    assert answer(full, queries.count_claims, ClaimFilter()) == 2
    assert answer(full, queries.totals).by_status == {"in_progress": 1, "candidate": 1}


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        (ClaimFilter(status=("candidate",)), 1),
        (ClaimFilter(kind=("statistic", "ranking")), 1),
        (ClaimFilter(faction=("FDP",)), 1),
        (ClaimFilter(topic=("kita",)), 1),
        (ClaimFilter(words="lenzen"), 2),
        (ClaimFilter(words="100 %"), 1),
        (ClaimFilter(words="VERFÜGUNG"), 1),
        (ClaimFilter(words="verfügung quote"), 0),
        (ClaimFilter(status=("dismissed",)), 0),
        (ClaimFilter(words="7_3"), 1),
        (ClaimFilter(words="7%3"), 1),  # marks between words are not looked for
        (ClaimFilter(words="7%"), 1),
        (ClaimFilter(words="%3 _7"), 1),
        (ClaimFilter(words="%4"), 0),
        (ClaimFilter(since=date(2020, 1, 1)), 1),
        (ClaimFilter(until=date(2019, 12, 31)), 1),
        (ClaimFilter(parliament=("Landtag Nirgendwo",)), 0),
    ],
)
def test_filters_narrow_and_know_no_wildcards_of_the_database(full, wanted, n):
    assert answer(full, queries.count_claims, wanted) == n
    assert len(answer(full, queries.claim_rows, wanted)) == n


def test_pages_hold_every_claim_once(full):
    ids = [row.id for page in (1, 2) for row in answer(full, queries.claim_rows, ClaimFilter(), page=page, size=1)]
    assert len(set(ids)) == 2


def test_charts_count_by_the_month_of_the_release(full):
    assert [(row.month, row.status, row.n) for row in answer(full, queries.claims_by_month)] == [
        (date(2019, 11, 1), "in_progress", 1),
        (date(2020, 2, 1), "candidate", 1),
    ]
    assert [(row.faction, row.status) for row in answer(full, queries.claims_by_faction)] == [
        ("FDP", "in_progress"),
        ("SPD", "candidate"),
    ]
    assert [(row.year, row.eur, row.n) for row in answer(full, queries.pledged_by_year)] == [(2020, 25e6, 1)]


def test_the_inbox_is_unread_per_person(full):
    with full.database.writing() as session:
        kim, toni = (actions.person_named(session, name, NOW) for name in ("Kim", "Toni"))
        actions.mark_read(session, kim, [1, 1], NOW)
        assert (queries.count_unread(session, kim), queries.count_unread(session, toni)) == (2, 3)
        actions.mark_all_read(session, toni, NOW)
        assert (queries.count_unread(session, kim), queries.count_unread(session, toni)) == (2, 0)
        assert [row.unread for row in queries.inbox_rows(session, kim)].count(True) == 2
        assert len(queries.inbox_rows(session, kim, unread_only=True)) == 2


def test_due_pledges_stand_with_their_state(full):
    for day, state in ((date(2020, 11, 1), "due_soon"), (date(2021, 1, 1), "overdue")):
        assert [(row.deadline, row.state) for row in answer(full, queries.due_rows, day)] == [(date(2020, 12, 31), state)]
    assert answer(full, queries.due_rows, date(2020, 1, 1)) == []


def test_the_broken_stand_on_top(full):
    with full.database.writing() as session:
        actions.declare_source(session, key="b", name="B", parliament="A", home="h", verified=True)
        for _ in range(3):
            run = actions.start_run(session, "collect", NOW, "b")
            actions.end_run(session, run.id, "failed", NOW, "kaputt")
    assert [(row.key, row.health) for row in answer(full, queries.source_rows)] == [("b", "broken"), ("x", "new")]


def test_deportations_say_what_is_unknown(database):
    with database.writing() as session:
        actions.store_series(session, observations(), NOW)
        session.flush()
        rows = {(row.code, row.year): row for row in queries.deportations_by_land(session)}
    assert rows["NW", 2018].absolute == 6603
    assert rows["NW", 2018].per_100k == pytest.approx(36.8, abs=0.1)
    assert rows["NW", 2020].absolute is None
    assert len({code for code, _year in rows}) == 16


def test_releases_are_due_when_their_visit_is(full):
    assert answer(full, queries.due_releases, "x", NOW) == []
    assert len(answer(full, queries.due_releases, "x", NOW + timedelta(days=1))) == 3


def test_a_disputed_claim_is_called_disputed_everywhere(full):
    claim = answer(full, queries.claim_rows, ClaimFilter(status=("in_progress",)))[0].id
    full.act(actions.dispute, claim, ground="nein")
    assert answer(full, queries.totals).by_status == {"disputed": 1, "candidate": 1}
    assert [row.id for row in answer(full, queries.claim_rows, ClaimFilter(status=("disputed",)))] == [claim]
    assert [row.status for row in answer(full, queries.claims_by_month)] == ["disputed", "candidate"]
    assert answer(full, queries.claim_for_page, claim).status == "disputed"


def test_a_dismissed_claim_counts_nowhere_and_is_found_on_request(full):
    full.act(actions.dismiss, full.second, why=DismissReason.NO_CLAIM)
    assert answer(full, queries.totals).claims == 1
    assert answer(full, queries.count_claims, ClaimFilter()) == 1
    assert answer(full, queries.count_claims, ClaimFilter(dismissed=True)) == 2
    assert [row.faction for row in answer(full, queries.claims_by_faction)] == ["FDP"]


def test_claims_stand_in_the_order_asked_for(full):
    def order(name):
        return [row.kind for row in answer(full, queries.claim_rows, ClaimFilter(), order=name)]

    assert order("newest") == ["statistic", "funding_pledge"]
    assert order("deadline") == ["funding_pledge", "statistic"]


def test_numbers_can_be_asked_for_one_parliament(full):
    assert answer(full, queries.totals, "Landtag Nirgendwo").claims == 0
    assert answer(full, queries.claims_by_month, "Landtag Nirgendwo") == []
    assert answer(full, queries.totals, "Landtag Nordrhein-Westfalen").claims == 2


def test_a_pledge_without_a_day_or_an_amount_is_counted_as_such(full):
    quote = "Wir werden das Programm aufstocken."
    full.keep(f"T\n\n{quote}", [quote], address="https://x.example/4", deadline=None, amount_min_eur=None, amount_max_eur=None)
    rows = {row.year: row for row in answer(full, queries.pledged_by_year)}
    assert (rows[None].eur, rows[None].n, rows[None].without_amount) == (0, 1, 1)
    assert rows[2020].without_amount == 0


def test_filters_offer_what_there_is(full):
    choices = answer(full, queries.filter_choices)
    assert choices.factions == ("FDP", "SPD")
    assert choices.parliaments == ("Landtag Nordrhein-Westfalen",)
    assert choices.topics == ("kita",)
