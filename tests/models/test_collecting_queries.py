"""What the archive and the run log tell a run: when a list was last read, and where a back-fill stood."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import Body, Snapshot, actions, queries
from models.release import Release
from models.words import Outcome, SnapshotPurpose

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session(database):
    with database.writing() as session:
        for key in ("mf", "other"):
            actions.declare_source(
                session, key=key, name=key, parliament="Landtag Musterland", home="https://muster.invalid", verified=True
            )
        yield session


def run(session, job, hours, outcome, *, listed=0, new=0, claims=0, key="mf"):
    started = actions.start_run(session, job, START + hours * HOUR, key)
    started.listed, started.new, started.claims = listed, new, claims
    if outcome is not Outcome.RUNNING:
        actions.end_run(session, started.id, outcome, START + hours * HOUR)
    session.flush()


def test_a_list_was_last_read_by_the_last_finished_run_that_named_something(session):
    assert queries.last_listing(session, "mf") is None
    run(session, "collect", 1, Outcome.OK_NEW, listed=9)
    run(session, "collect", 2, Outcome.SUSPECT, listed=9)
    run(session, "collect", 3, Outcome.FAILED)
    run(session, "collect", 4, Outcome.ABORTED, listed=9)
    run(session, "back_fill", 5, Outcome.OK_NEW, listed=9)
    run(session, "collect", 6, Outcome.RUNNING, listed=9)
    run(session, "collect", 7, Outcome.OK_NEW, listed=9, key="other")
    assert queries.last_listing(session, "mf") == START + 2 * HOUR


def test_an_unfinished_back_fill_is_all_since_the_last_that_ended_well(session):
    assert queries.unfinished_back_fill(session, "mf", START) is None
    run(session, "back_fill", 1, Outcome.ABORTED, new=5)
    run(session, "back_fill", 2, Outcome.OK_NEW, new=7)
    assert queries.unfinished_back_fill(session, "mf", START) is None
    run(session, "back_fill", 3, Outcome.ABORTED, new=2, claims=1)
    run(session, "collect", 4, Outcome.OK_NEW, new=100)
    run(session, "back_fill", 5, Outcome.SUSPECT, new=3, claims=4)
    run(session, "back_fill", 6, Outcome.OK_NEW, key="other")
    assert queries.unfinished_back_fill(session, "mf", START) == queries.Unfinished(START + 3 * HOUR, new=5, claims=5)
    assert queries.unfinished_back_fill(session, "mf", START + 4 * HOUR) == queries.Unfinished(START + 5 * HOUR, new=3, claims=4)


def test_a_back_fill_draws_no_conclusion_for_its_source(session):
    run(session, "back_fill", 1, Outcome.FAILED)
    run(session, "collect", 2, Outcome.FAILED)
    run(session, "back_fill", 3, Outcome.OK_NEW)
    (row,) = [row for row in queries.source_rows(session) if row.key == "mf"]
    assert (row.failures, row.last_ok_at, row.last_run_at) == (1, None, START + 2 * HOUR)


def test_the_first_page_since_a_moment_is_the_oldest_that_was_had(session):
    for hours, status in ((0, 200), (1, 500), (2, 200), (3, 200)):
        body = Body.of(f"{hours}".encode())
        actions.keep_snapshot(
            session,
            Snapshot(
                address="https://muster.invalid/",
                final_address="https://muster.invalid/",
                purpose=SnapshotPurpose.LIST,
                fetched_at=START + hours * HOUR,
                status=status,
                body=body,
            ),
        )
    assert queries.first_snapshot(session, "https://muster.invalid/", START + HOUR).content == b"2"
    assert queries.first_snapshot(session, "https://muster.invalid/", START + 4 * HOUR) is None


def test_the_days_of_releases_are_found_among_any_number_of_addresses(session):
    for number, day in ((1, date(2026, 1, 1)), (2, None)):
        session.add(
            Release(
                source_key="mf",
                address=f"https://muster.invalid/{number}",
                parliament="Landtag Musterland",
                first_seen_at=START,
                published_on=day,
                month=date(2026, 1, 1),
                last_visit_at=START,
                next_visit_at=START,
            )
        )
    session.flush()
    addresses = [f"https://muster.invalid/{number}" for number in range(40_000)]
    assert queries.release_days(session, "mf", addresses) == {
        "https://muster.invalid/1": date(2026, 1, 1),
        "https://muster.invalid/2": None,
    }
    assert queries.release_days(session, "other", addresses) == {}
