"""When a source is quiet, failing, broken or paused, on days and runs that the test writes down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import exc, select, text

from models import HealthChange, SourceState, actions, queries
from models.actions import ActionError
from models.health import ALARM_UNLEARNED, Standing, cadence_of, is_to_be_told, silent_days
from models.health_words import reason_of
from models.words import HealthCause, Outcome, SourceHealth
from settings.reference.calendar import counted_days, easter, in_recess, is_holiday
from settings.texts import texts_in

NRW = "Landtag Nordrhein-Westfalen"
NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAILED, GOOD = Outcome.FAILED, Outcome.OK_UNCHANGED


def workdays(until, n):
    """The last n working days up to a day."""
    days = []
    while len(days) < n:
        if not is_holiday(until):
            days.append(until)
        until -= DAY
    return days


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2026, 5, 14), True),  # Ascension
        (date(2026, 5, 25), True),  # Whit Monday
        (date(2025, 10, 3), True),
        (date(2026, 3, 7), True),  # a Saturday
        (date(2026, 3, 4), False),
        (date(2026, 6, 4), False),  # Corpus Christi is a holiday of some Länder only
    ],
)
def test_holidays_of_the_whole_country_are_no_working_days(day, free):
    assert is_holiday(day) is free


@pytest.mark.parametrize(("year", "sunday"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25)), (2285, (3, 22))])
def test_easter_is_found(year, sunday):
    assert (easter(year).month, easter(year).day) == sunday


@pytest.mark.parametrize(
    ("day", "parliament", "rests"),
    [
        (date(2026, 8, 3), NRW, True),
        (date(2026, 9, 10), NRW, False),
        (date(2026, 9, 10), "Bayerischer Landtag", True),
        (date(2025, 12, 23), NRW, True),
        (date(2026, 1, 5), NRW, True),
        (date(2026, 3, 31), NRW, True),  # the week before Easter
        (date(2026, 3, 4), NRW, False),
    ],
)
def test_a_recess_may_go_over_the_turn_of_the_year_and_follow_easter(day, parliament, rests):
    assert in_recess(day, parliament) is rests


def test_a_weekend_counts_nothing_and_a_recess_a_third():
    assert counted_days(date(2026, 3, 6), date(2026, 3, 9), NRW) == 1
    assert counted_days(date(2026, 8, 3), date(2026, 8, 10), NRW) == pytest.approx(5 / 3, abs=0.01)
    assert counted_days(date(1900, 1, 1), date(2026, 3, 4), NRW) < 750


def test_a_source_that_published_every_day_is_missed_after_three_working_days():
    cadence = cadence_of(workdays(date(2026, 3, 4), 60), date(2026, 3, 4), NRW)
    assert cadence.alarm_days == 3
    # A weekend between does not make it four.
    assert silent_days(date(2026, 3, 6), date(2026, 3, 11), NRW) == 3


def test_a_source_with_gaps_is_missed_after_twice_the_longest_of_the_last_90_days():
    days = [date(2026, 3, 4) - n * timedelta(weeks=1) for n in range(13)]
    assert cadence_of(days, date(2026, 3, 4), NRW).alarm_days == 10
    long_ago = [date(2024, 1, 3), *days]
    assert cadence_of(long_ago, date(2026, 3, 4), NRW).alarm_days == 10


def test_too_little_past_teaches_nothing_and_no_release_tells_nothing():
    assert cadence_of([date(2026, 3, 4), date(2026, 3, 3)], date(2026, 3, 4), NRW).alarm_days == ALARM_UNLEARNED
    assert cadence_of([], date(2026, 3, 4), NRW) is None


def test_a_release_of_a_day_to_come_silences_no_alarm():
    days = [*workdays(date(2026, 2, 2), 20), date(2099, 1, 1)]
    assert cadence_of(days, date(2026, 3, 4), NRW).newest == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("failures", "since", "worked", "silent", "health"),
    [
        (0, None, False, False, "new"),
        (0, None, True, False, "ok"),
        (0, None, True, True, "quiet"),
        (1, HOUR, True, True, "failing"),
        (2, 23 * HOUR, True, False, "failing"),
        (3, 3 * HOUR, True, False, "broken"),
        (1, DAY, True, False, "broken"),
        (1, HOUR, False, False, "failing"),
    ],
)
def test_the_state_follows_from_runs_and_silence(failures, since, worked, silent, health):
    standing = Standing(failures=failures, failing_since=NOW - since if since else None, worked=worked, silent=silent)
    assert standing.health(NOW)[0].value == health


@pytest.mark.parametrize(
    ("before", "health", "told", "acknowledged", "news"),
    [
        ("ok", "broken", None, False, True),
        ("broken", "broken", DAY, False, False),
        ("broken", "broken", 7 * DAY, False, True),
        ("broken", "broken", 70 * DAY, True, False),
        ("failing", "broken", DAY, False, True),
        ("broken", "ok", DAY, False, True),
        ("quiet", "ok", DAY, False, True),
        ("ok", "ok", None, False, False),
        (None, "ok", None, False, False),
        ("broken", "paused", DAY, False, False),
        ("paused", "ok", DAY, False, False),
    ],
)
def test_a_report_tells_changes_at_once_and_the_rest_weekly_until_acknowledged(before, health, told, acknowledged, news):
    told_at = NOW - told if told else None
    was = SourceHealth(before) if before else None
    assert is_to_be_told(was, SourceHealth(health), told_at=told_at, acknowledged=acknowledged, now=NOW) is news


def run(desk, outcome, when, trouble="The list names 0 releases."):
    with desk.database.writing() as session:
        started = actions.start_run(session, "collect", when, "x")
        actions.end_run(session, started.id, outcome, when, None if outcome is GOOD else trouble)
        return session.get_one(SourceState, "x").health.value


def row_of(desk, now=NOW, since=None):
    with desk.database.reading() as session:
        return queries.health_rows(session, now, since=since)[0]


def history_of(desk):
    with desk.database.reading() as session:
        return [
            (change.health.value, change.cause.value)
            for change in session.scalars(select(HealthChange).order_by(HealthChange.id))
        ]


def test_each_change_of_a_state_is_kept_with_its_reason(desk):
    states = [run(desk, outcome, NOW + n * HOUR) for n, outcome in enumerate([GOOD, GOOD, FAILED, FAILED, FAILED, FAILED, GOOD])]
    assert states == ["ok", "ok", "failing", "failing", "broken", "broken", "ok"]
    assert history_of(desk) == [
        ("ok", "works"),
        ("failing", "run_failed"),
        ("broken", "failed_repeatedly"),
        ("ok", "works"),
    ]


def test_a_source_that_fails_once_a_day_is_broken_after_a_day_although_nothing_ran(desk):
    run(desk, GOOD, NOW)
    run(desk, FAILED, NOW + HOUR)
    with desk.database.writing() as session:
        assert actions.settle_all(session, NOW + 24 * HOUR) == []
        assert [change.health.value for change in actions.settle_all(session, NOW + 25 * HOUR)] == ["broken"]
    assert history_of(desk)[-1] == ("broken", HealthCause.FAILED_FOR_A_DAY.value)


def test_a_run_that_was_cut_short_counts_against_nobody(desk):
    run(desk, GOOD, NOW)
    assert run(desk, Outcome.ABORTED, NOW + HOUR) == "ok"


def test_a_source_that_works_but_says_nothing_becomes_quiet_and_says_why(desk):
    for n, day in enumerate(workdays(date(2026, 3, 4), 20)):
        desk.keep("T\n\nEs gibt 12 neue Schulen.", address=f"https://x.example/{n}", published=day)
    assert run(desk, GOOD, NOW) == "ok"
    assert run(desk, GOOD, NOW + 5 * DAY) == "ok"  # Monday: three working days
    assert run(desk, GOOD, NOW + 6 * DAY) == "quiet"
    row = row_of(desk, NOW + 6 * DAY)
    assert reason_of(row, texts_in("en")) == "Nothing new since 4 Mar 2026: 4 working days. For this source 3 are an alarm."
    assert reason_of(row, texts_in("de")).startswith("Nichts Neues seit dem 04.03.2026: 4 Arbeitstage.")


def test_a_paused_source_stays_so_whatever_its_runs_say_until_its_time_is_over(desk):
    run(desk, GOOD, NOW)
    desk.act(actions.pause_source, "x", reason="Umbau", until=NOW + 2 * DAY)
    assert run(desk, FAILED, NOW + DAY) == "paused"
    assert "Paused by Kim until" in reason_of(row_of(desk), texts_in("en"))
    with desk.database.reading() as session:
        assert queries.is_paused(session, "x", NOW + DAY)
        assert not queries.is_paused(session, "x", NOW + 2 * DAY)
    with desk.database.writing() as session:
        actions.settle_all(session, NOW + 2 * DAY)
    # It failed more than a day ago and nothing ran since.
    assert row_of(desk).health is SourceHealth.BROKEN
    assert row_of(desk).pause_reason is None


def test_resuming_brings_back_what_the_runs_say_and_who_did_it(desk):
    run(desk, GOOD, NOW)
    desk.act(actions.pause_source, "x", reason="Umbau", now=NOW)
    desk.act(actions.resume_source, "x", now=NOW + DAY, who="Toni")
    assert history_of(desk) == [("ok", "works"), ("paused", "paused"), ("ok", "works")]
    assert row_of(desk).person == "Toni"


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        (actions.pause_source, {"reason": "  "}, "needs a reason"),
        (actions.pause_source, {"reason": "x", "until": NOW}, "is over already"),
        (actions.resume_source, {}, "is not paused"),
        (actions.acknowledge_source, {}, "nothing to acknowledge"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(desk, action, given, says):
    run(desk, GOOD, NOW)
    with pytest.raises(ActionError, match=says):
        desk.act(action, "x", now=NOW, **given)


def test_a_source_that_does_not_exist_cannot_be_paused(desk):
    with pytest.raises(ActionError, match="no source 'y'"):
        desk.act(actions.pause_source, "y", reason="x")


def test_an_acknowledgement_holds_for_the_state_it_was_given_for(desk):
    run(desk, GOOD, NOW)
    run(desk, FAILED, NOW + HOUR)
    desk.act(actions.acknowledge_source, "x", now=NOW + 2 * HOUR)
    assert row_of(desk).acknowledged
    assert row_of(desk).cause is HealthCause.RUN_FAILED  # the acknowledgement is no cause
    run(desk, FAILED, NOW + 3 * HOUR)
    assert row_of(desk).acknowledged
    assert run(desk, FAILED, NOW + 4 * HOUR) == "broken"
    assert not row_of(desk).acknowledged


def test_the_rows_tell_the_state_at_an_earlier_moment(desk):
    run(desk, GOOD, NOW)
    run(desk, FAILED, NOW + 2 * HOUR)
    assert [row_of(desk, since=NOW + after).before for after in (-HOUR, HOUR, 3 * HOUR)] == [
        None,
        SourceHealth.OK,
        SourceHealth.FAILING,
    ]


def test_the_broken_stand_on_top(desk):
    outcomes = {"a": [GOOD], "b": [FAILED], "c": [FAILED] * 3, "d": []}
    for key, its in outcomes.items():
        with desk.database.writing() as session:
            actions.declare_source(session, key=key, name=key, parliament=NRW, home="https://x.example", verified=True)
        for outcome in its:
            with desk.database.writing() as session:
                actions.end_run(session, actions.start_run(session, "collect", NOW, key).id, outcome, NOW, "x")
    with desk.database.reading() as session:
        assert [row.key for row in queries.health_rows(session, NOW)] == ["c", "b", "x", "d", "a"]
        assert [row.key for row in queries.source_rows(session)] == ["c", "b", "x", "d", "a"]


def test_only_good_runs_since_the_last_acknowledgement_measure_a_list(desk):
    def listed(items, outcome, when):
        with desk.database.writing() as session:
            started = actions.start_run(session, "collect", when, "x")
            actions.note_list(session, started.id, address="https://x.example/list", items=items)
            actions.end_run(session, started.id, outcome, when, "x")

    def usual():
        with desk.database.reading() as session:
            return queries.usual_items(session, "x", "https://x.example/list")

    listed(10, GOOD, NOW)
    listed(4, Outcome.SUSPECT, NOW + HOUR)
    assert usual() == [10]
    desk.act(actions.acknowledge_source, "x", now=NOW + 2 * HOUR)
    assert usual() == []
    listed(4, GOOD, NOW + 3 * HOUR)
    assert usual() == [4]


def test_the_bars_are_the_newest_finished_runs_in_order_of_time(desk):
    for n in range(40):
        run(desk, GOOD if n % 4 else FAILED, NOW + n * HOUR)
    with desk.database.reading() as session:
        bars = queries.run_bars(session, NOW - DAY)["x"]
        assert [bar.at for bar in bars] == [NOW + n * HOUR for n in range(10, 40)]
        assert [bar.outcome for bar in bars[2:4]] == ["failed", "ok_unchanged"]
        assert queries.run_bars(session, NOW + 100 * HOUR) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO health_change (source_key, at, health, cause) VALUES ('x', '2026-01-01', 'paused', 'paused')",
        "INSERT INTO health_change (source_key, at, health, cause) VALUES ('x', '2026-01-01', 'fine', 'works')",
        "INSERT INTO health_change (source_key, at, health, cause) VALUES ('nobody', '2026-01-01', 'ok', 'works')",
    ],
)
def test_the_database_refuses_a_history_that_makes_no_sense(desk, statement):
    with pytest.raises(exc.IntegrityError), desk.database.writing() as session:
        session.execute(text(statement))
