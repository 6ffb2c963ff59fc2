from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Notice, Run, SourceState, actions, queries
from models.actions.outbox import LEASE
from models.schema import table_counts
from models.words import NoticeEvent, Outcome, RequestKind, RequestState, SourceHealth
from settings.reference import observations, shipped_record

NOW = datetime(2024, 1, 1, 8, tzinfo=UTC)


def add(session, key="k", channel="smtp"):
    return actions.add_notice(
        session,
        key=key,
        event=NoticeEvent.RELEASE,
        channel=channel,
        recipient="a@example.org",
        subject="S",
        text="T",
        html="H",
        data={},
        now=NOW,
    )


def test_a_key_is_told_once(database):
    with database.writing() as session:
        assert add(session) is not None
        assert add(session) is None


@pytest.mark.parametrize(("channel", "state"), [("smtp", "uncertain"), ("webhook", "sending")])
def test_a_message_whose_sender_died_is_uncertain_by_mail_and_sent_again_by_webhook(database, channel, state):
    with database.writing() as session:
        add(session, channel=channel)
    with database.writing() as session:
        assert len(actions.lease_notices(session, NOW)) == 1
    with database.writing() as session:
        assert actions.lease_notices(session, NOW + LEASE / 2) == []
    with database.writing() as session:
        actions.lease_notices(session, NOW + 2 * LEASE)
        assert session.scalars(select(Notice)).one().state == state


def test_three_failed_runs_break_a_source_and_a_good_one_mends_it(database):
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="h", verified=True)
    seen = []
    for outcome in [Outcome.FAILED] * 3 + [Outcome.OK_UNCHANGED]:
        with database.writing() as session:
            run = actions.start_run(session, "collect", NOW, "x")
            actions.end_run(session, run.id, outcome, NOW, "trouble" if outcome is Outcome.FAILED else None)
            seen.append(session.get_one(SourceState, "x").health)
    assert seen == [SourceHealth.FAILING, SourceHealth.FAILING, SourceHealth.BROKEN, SourceHealth.OK]


def test_a_run_that_a_crash_left_open_is_closed_as_aborted(database):
    with database.writing() as session:
        actions.start_run(session, "collect", NOW)
    with database.writing() as session:
        assert actions.abort_unfinished_runs(session) == 1
        assert session.scalars(select(Run)).one().outcome is Outcome.ABORTED


def test_a_request_that_a_killed_worker_had_taken_is_taken_again(database):
    with database.writing() as session:
        actions.ask(session, RequestKind.COLLECT, {"source": "x"}, asked_by="Kim", now=NOW)
    for _ in range(2):
        with database.writing() as session:
            request = actions.take_request(session)
            assert request.state is RequestState.TAKEN
    with database.writing() as session:
        actions.finish_request(session, request.id, answer="ok", now=NOW)
    with database.writing() as session:
        assert actions.take_request(session) is None


def test_the_data_version_moves_with_visible_writes_only(database):
    def version():
        with database.reading() as session:
            return queries.data_version(session)

    before = version()
    with database.writing(visible=False) as session:
        actions.beat(session, "worker", NOW)
    assert version() == before
    with database.writing() as session:
        actions.person_named(session, "Kim", NOW)
    assert version() == before + 1


def test_a_writing_block_that_raises_leaves_no_trace(database):
    def fail():
        with database.writing() as session:
            actions.person_named(session, "Kim", NOW)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.reading() as session:
        assert queries.people(session) == []


def test_health_is_starting_then_ok_then_silent(database):
    def status(after):
        with database.reading() as session:
            return queries.health(session, NOW + after).status

    assert status(timedelta(0)) == "starting"
    with database.writing(visible=False) as session:
        actions.beat(session, "worker", NOW)
    assert [status(timedelta(minutes=m)) for m in (1, 3, 4)] == ["ok", "ok", "silent"]


def test_a_message_waits_until_its_next_attempt_and_ends_in_one_of_three_ways(database):
    with database.writing() as session:
        ids = [add(session, key).id for key in "abc"]
    with database.writing() as session:
        assert [notice.id for notice in actions.lease_notices(session, NOW, limit=2)] == ids[:2]
        actions.notice_retry(session, ids[0], trouble="busy", at=NOW + LEASE)
        actions.notice_dead(session, ids[1], trouble="no such box")
    with database.writing() as session:
        assert [notice.id for notice in actions.lease_notices(session, NOW)] == ids[2:]
        actions.notice_uncertain(session, ids[2], trouble="cut off")
    with database.writing() as session:
        assert [notice.attempts for notice in actions.lease_notices(session, NOW + LEASE)] == [2]
        actions.notice_sent(session, ids[0], NOW)
    with database.reading() as session:
        assert queries.count_notices(session) == {"sent": 1, "dead": 1, "uncertain": 1}
        assert session.get_one(Notice, ids[0]).trouble is None


def test_a_wish_is_not_doubled_while_it_is_open(database):
    with database.writing() as session:
        ids = [actions.ask(session, RequestKind.COLLECT, {"source": key}, asked_by="Kim", now=NOW).id for key in ("x", "x", "y")]
        assert queries.open_requests(session) == {"x", "y"}
        actions.finish_request(session, ids[0], answer="nein", now=NOW, failed=True)
        assert queries.open_requests(session) == {"y"}
    assert ids[0] == ids[1] != ids[2]


def test_a_source_whose_declaration_is_gone_leaves_the_list_and_comes_back_as_it_was(database):
    def declare(session):
        return actions.declare_source(session, key="x", name="X", parliament="P", home="h", verified=True)

    with database.writing() as session:
        declare(session)
        actions.close_baseline(session, "x", NOW)
        actions.retire_sources(session, ["y"])
        session.flush()
        assert queries.source_rows(session) == []
        assert declare(session).baseline_at == NOW
        session.flush()
        assert [row.key for row in queries.source_rows(session)] == ["x"]


def test_an_issue_is_listed_with_its_source_newest_first(database):
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="h", verified=True)
        run = actions.start_run(session, "collect", NOW, "x")
        for kind in ("first", "second"):
            actions.note_issue(session, run.id, kind=kind, message="m", at=NOW)
            session.flush()
        assert [(issue.kind, key) for issue, key, _times in queries.recent_issues(session)] == [("second", "x"), ("first", "x")]
        assert queries.recent_issues(session, "y") == []


def test_the_record_is_stored_twice_without_doubling(database):
    counts = []
    for _ in range(2):
        with database.writing() as session:
            actions.store_record(session, shipped_record())
            actions.store_series(session, observations(), NOW)
        counts.append(table_counts(database))
    assert counts[0] == counts[1]
    assert counts[0]["faction_role"] > 0 < counts[0]["observation"]


def test_what_is_met_in_every_run_is_one_issue_with_its_times(database):
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="h", verified=True)
    for address in ("a", "a", "b", "a"):
        with database.writing() as session:
            run = actions.start_run(session, "collect", NOW, "x")
            actions.note_issue(session, run.id, kind="timeout", message="m", at=NOW, address=address)
    with database.reading() as session:
        assert [(issue.address, n) for issue, _key, n in queries.recent_issues(session)] == [("a", 3), ("b", 1)]
