"""Runs held against their contract over a press site on loopback, and the morning's report."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobs.collect import collect
from jobs.health import report_this_morning, review_sources
from jobs.schedule import APART, first_runs, jitter_of
from models import Issue, Notice, Run, SourceState, actions, queries
from models.words import NoticeEvent, Outcome, SourceHealth
from scrapers.expectation import Expectation

START = datetime(2024, 3, 1, 8, tzinfo=UTC)  # a Friday, 9 o'clock in Berlin
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "Es gibt 12 neue Schulen. " * 10


def expecting(**expected):
    return lambda source: source.model_copy(update={"expect": Expectation(**expected)})


def publish(press, n, **more):
    for place in range(n):
        press.publish(f"{more.get('stem', 'r')}-{place}", date(2024, 2, 1) + place * DAY, TEXT)


def issues_of(press):
    with press.desk.database.reading() as session:
        return [issue.kind for issue in session.scalars(select(Issue).order_by(Issue.id))]


def test_a_list_that_lost_a_part_is_suspect_no_measure_for_others_and_normal_once_acknowledged(press):
    publish(press, 4)
    assert press.collect().outcome is Outcome.OK_NEW
    with press.desk.database.reading() as session:
        assert session.scalars(select(Run.items)).one() == 5
    press.releases = press.releases[:2]
    runs = [press.collect(n * HOUR) for n in (1, 2)]
    assert [run.outcome for run in runs] == [Outcome.SUSPECT] * 2
    assert "a healthy run found 5" in runs[0].trouble
    with press.desk.database.writing() as session:
        actions.acknowledge_source(session, "um", actor=actions.person_named(session, "Kim", START), now=START + 2.5 * HOUR)
    assert press.collect(3 * HOUR).outcome is Outcome.OK_UNCHANGED
    assert issues_of(press) == ["fewer_items"] * 2


def test_a_suspect_first_run_is_no_baseline(press):
    assert press.collect(change=expecting(canary=".nowhere")).outcome is Outcome.SUSPECT
    with press.desk.database.reading() as session:
        assert queries.baseline_is_open(session, "um")
    assert press.collect(HOUR).outcome is Outcome.OK_UNCHANGED
    with press.desk.database.reading() as session:
        assert not queries.baseline_is_open(session, "um")


def test_a_release_that_says_what_none_may_say_is_not_kept(press):
    publish(press, 8)
    press.publish("wall", date(2024, 2, 20), f"{TEXT} Bitte stimmen Sie zu.")
    run = press.collect(change=expecting(never=("Bitte stimmen Sie zu",)))
    assert (run.new, run.failed, run.outcome) == (9, 1, Outcome.OK_NEW)
    assert issues_of(press) == ["forbidden_phrase"]


def test_releases_that_lost_their_text_make_the_run_suspect_until_somebody_mends_it(press):
    for n in range(12):
        press.publish(f"r-{n}", date(2024, 2, 1) + n * DAY, "Es gibt 12 neue Schulen.")
    runs = [press.collect(n * HOUR, change=expecting(body_characters=5000)) for n in (0, 1)]
    assert [run.outcome for run in runs] == [Outcome.SUSPECT] * 2
    assert "lack a text of 5000 characters" in runs[0].trouble
    assert press.collect(2 * HOUR, change=expecting(body=0)).outcome is Outcome.OK_UNCHANGED


def test_a_source_whose_newest_release_is_older_than_declared_is_suspect(press):
    assert press.collect(change=expecting(newest_days=30)).outcome is Outcome.OK_NEW
    run = press.collect(2 * DAY, change=expecting(newest_days=30))
    assert run.outcome is Outcome.SUSPECT
    assert "31 days ago" in run.trouble


def test_a_run_without_end_fails_at_its_deadline_and_one_that_got_on_goes_on_next_time(press):
    async def without_end(*_given):
        await asyncio.sleep(60)

    def cut(after):
        return press.run(lambda desk, fetcher: collect(desk, fetcher, "um", deadline=timedelta(seconds=0.2)), after)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jobs.collect._addresses", without_end)
        run = cut(timedelta(0))
    assert run.outcome is Outcome.FAILED
    assert "cut short after 1 seconds and had brought nothing" in run.trouble
    with pytest.MonkeyPatch.context() as patch:
        publish(press, 2)

        async def first_then_never(current, address):
            with current.desk.database.writing() as session:
                session.get_one(Run, current.run_id).new += 1
            await asyncio.sleep(60)

        patch.setattr("jobs.collect._visit", first_then_never)
        run = cut(HOUR)
    assert run.outcome is Outcome.ABORTED
    with press.desk.database.reading() as session:
        assert session.get_one(SourceState, "um").failures == 1


def reported(press, after):
    """Whether the worker writes a report so long after the start, and the subjects in the outbox by then."""
    press.after = after
    review_sources(press.desk)
    written = report_this_morning(press.desk) is not None
    with press.desk.database.reading() as session:
        notices = session.scalars(select(Notice).where(Notice.event == NoticeEvent.HEALTH).order_by(Notice.id))
        return written, [notice.subject for notice in notices]


@pytest.fixture
def told(press):
    press.settings = press.settings.model_copy(update={"channels": ("console",)})
    press.publish("last", date(2024, 2, 29), TEXT)  # with the one of 1 February: weeks of silence are nothing strange
    press.collect()
    return press


def test_a_morning_on_which_all_is_well_is_silent_unless_the_desk_wants_to_hear_it(told):
    assert reported(told, HOUR) == (False, [])
    object.__setattr__(told.desk, "settings", told.settings.model_copy(update={"morning_report": "always"}))
    assert reported(told, DAY) == (True, ["[beimwort] Allen Quellen geht es gut"])


def test_troubles_of_a_day_are_one_message_on_the_next_morning_and_told_again_weekly_until_acknowledged(told):
    there, told.releases = told.releases, []
    for n in range(1, 6):
        told.collect(n * HOUR)
    assert reported(told, 20 * HOUR) == (False, [])  # 5 o'clock: before the hour
    assert reported(told, DAY) == (True, ["[beimwort] 1 Quelle ist kaputt"])
    assert reported(told, DAY + HOUR) == (False, ["[beimwort] 1 Quelle ist kaputt"])
    written = []
    for day in range(2, 20):
        told.collect(day * DAY - HOUR)
        if day == 10:
            with told.desk.database.writing() as session:
                actor = actions.person_named(session, "Kim", START)
                actions.acknowledge_source(session, "um", actor=actor, now=told.desk.clock())
        if reported(told, day * DAY)[0]:
            written.append(day)
    assert written == [8]
    told.releases = there
    told.collect(20 * DAY - HOUR)
    assert reported(told, 20 * DAY)[1][-1] == "[beimwort] 1 Quelle läuft wieder"


def test_a_source_that_was_not_collected_although_it_should_have_been_is_told(told):
    assert reported(told, 2 * DAY) == (True, ["[beimwort] 1 Quelle wurde nicht gesammelt"])
    with told.desk.database.writing() as session:
        actor = actions.person_named(session, "Kim", START)
        actions.pause_source(session, "um", reason="Umbau", actor=actor, now=START + 2 * DAY)
    assert not reported(told, 3 * DAY)[0]


def test_nobody_is_told_who_does_not_want_to_be(told):
    told.releases = []
    told.collect(HOUR)
    object.__setattr__(told.desk, "settings", told.settings.model_copy(update={"morning_report": "never"}))
    assert reported(told, DAY) == (False, [])


def test_two_reports_of_one_morning_are_one(told):
    told.releases = []
    told.collect(HOUR)
    assert reported(told, DAY)[0]
    with told.desk.database.writing() as session:
        session.delete(session.scalars(select(Run).where(Run.job == "report").order_by(Run.id.desc())).first())
    assert len(reported(told, DAY)[1]) == 1


def test_what_is_due_begins_one_after_the_other_the_longest_unseen_first_and_the_rest_waits_for_its_turn():
    intervals = dict.fromkeys("abcd", HOUR)
    last = {"a": START - HOUR / 2, "b": START - 2 * HOUR, "c": START + 100 * DAY}
    assert first_runs(intervals, last, START) == {
        "d": START,
        "b": START + APART,
        "a": START + HOUR / 2,
        "c": START + HOUR,
    }
    assert jitter_of(timedelta(minutes=1)) == timedelta(seconds=6)
    assert jitter_of(DAY) == timedelta(minutes=1)


def test_a_paused_source_stays_paused_after_a_run_by_hand(told):
    with told.desk.database.writing() as session:
        actor = actions.person_named(session, "Kim", START)
        actions.pause_source(session, "um", reason="Umbau", actor=actor, now=START + HOUR)
    told.collect(2 * HOUR)
    with told.desk.database.reading() as session:
        assert session.get_one(SourceState, "um").health is SourceHealth.PAUSED
