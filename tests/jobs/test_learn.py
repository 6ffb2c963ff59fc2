"""Learning from a desk's database: a simulated desk teaches it, a poisoned batch does not."""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from claims import held_out
from jobs.desk import Desk
from jobs.learn import JOB, learn_from_desk, learn_tonight, learned_in_force, score_findings
from jobs.worker import Worker
from models import Database, Finding, LearnedModel, LearnedScore, LearnedWeight, Run, actions, queries
from models.queries import learned as learned_queries
from models.schema import table_counts
from models.words import ModelState
from scrapers.fetch import Fetcher
from settings.config import load_settings
from settings.reference import shipped_record

DAY = datetime(2024, 1, 9, 9, tzinfo=UTC)


def teach(database, simulated):
    """200 decisions and 60 candidates."""
    simulated.store(database, simulated.decisions(200, 1))
    simulated.store(database, [replace(example, tracked=None) for example in simulated.decisions(60, 2)])
    return database


@pytest.fixture(scope="session")
def taught_template(sqlite_template, tmp_path_factory, simulated):
    file = tmp_path_factory.mktemp("taught") / "taught.sqlite3"
    shutil.copy(sqlite_template, file)
    teach(Database(f"sqlite:///{file}"), simulated).close()
    return file


@pytest.fixture
def taught(taught_template, tmp_path):
    """A desk that has not learned yet."""
    file = tmp_path / "taught.sqlite3"
    shutil.copy(taught_template, file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture
def taught_anywhere(database, simulated):
    """The same on SQLite and on PostgreSQL."""
    return teach(database, simulated)


def scores(database):
    with database.reading() as session:
        return {row.finding_id: (row.model_id, row.score, row.kind) for row in session.scalars(select(LearnedScore))}


def models(database):
    with database.reading() as session:
        return [(m.version, m.state.value) for m in session.scalars(select(LearnedModel).order_by(LearnedModel.version))]


def test_two_hundred_simulated_decisions_improve_held_out_average_precision(taught_anywhere):
    taught = taught_anywhere
    with taught.reading() as session:
        by_rules = dict(session.execute(select(Finding.id, Finding.score)).all())
    lesson = learn_from_desk(taught, DAY)
    assert (lesson.outcome, lesson.version, lesson.decisions, lesson.scored) == ("accepted", 1, 200, 60)
    with taught.reading() as session:
        model = queries.model_in_force(session)
        assert (model.held_out, model.positives, model.ap_before) == (200, lesson.tracked, None)
        assert model.ap_after >= model.ap_rules + 0.15
        assert f"{model.ap_after:.2f}" in model.reason
        assert dict(session.execute(select(Finding.id, Finding.score)).all()) == by_rules
        listed = queries.claim_rows(session, queries.ClaimFilter(status=("candidate",)), order="score", size=100)
    # What the desk dismisses elsewhere stands below.
    unwanted = [
        any(word in row.quote for word in ("prüfen", "Gutachten", "Gespräche", "Arbeitsgruppen", "Bund")) for row in listed
    ]
    assert sum(unwanted[:30]) <= 2
    assert sum(unwanted[30:]) >= 15


def test_learning_again_changes_nothing(taught):
    learn_from_desk(taught, DAY)
    before, counts = scores(taught), table_counts(taught)
    lesson = learn_from_desk(taught, DAY + timedelta(days=1))
    assert (lesson.outcome, lesson.version, lesson.scored) == ("nothing_new", None, 0)
    assert scores(taught) == before
    assert table_counts(taught) == {**counts, "run": counts["run"] + 1}


def test_a_poisoned_batch_is_rejected_and_the_scores_stay_as_before(taught_anywhere, simulated):
    taught = taught_anywhere
    learn_from_desk(taught, DAY)
    before = scores(taught)
    simulated.store(taught, simulated.poisoned(100, 3), DAY + timedelta(days=1))
    lesson = learn_from_desk(taught, DAY + timedelta(days=2))
    assert (lesson.outcome, lesson.version) == ("rejected", 2)
    assert scores(taught) == before
    assert models(taught) == [(1, "in_force"), (2, "rejected")]
    with taught.reading() as session:
        assert {row.model_id for row in session.scalars(select(LearnedWeight))} == {queries.model_in_force(session).id}


def test_what_was_accepted_can_be_rolled_back_and_stays_so(taught, simulated):
    learn_from_desk(taught, DAY)
    before = scores(taught)
    first = learned_in_force(taught)
    simulated.store(taught, simulated.decisions(100, 9), DAY + timedelta(days=1))
    lesson = learn_from_desk(taught, DAY + timedelta(days=2))
    assert lesson.outcome == "accepted"
    assert {finding: row[1] for finding, row in scores(taught).items()} != {finding: row[1] for finding, row in before.items()}
    with taught.writing() as session:
        actor = actions.person_named(session, "Kim", DAY)
        actions.roll_back_model(session, reason="Los entschied", actor=actor, now=DAY + timedelta(days=3))
    score_findings(taught)
    assert scores(taught) == before
    assert learned_in_force(taught) == first
    assert learn_from_desk(taught, DAY + timedelta(days=4)).outcome == "nothing_new"
    assert models(taught) == [(1, "in_force"), (2, "rolled_back")]


def test_few_decisions_are_said_and_nothing_is_done(sqlite_database, simulated):
    database = sqlite_database
    simulated.store(database, simulated.decisions(39, 1))
    lesson = learn_from_desk(database, DAY)
    assert (lesson.outcome, lesson.check) == ("too_few", None)
    assert "39 decisions" in lesson.reason
    assert "begins at 40" in lesson.reason
    assert models(database) == []


def test_few_new_decisions_wait(taught, simulated):
    learn_from_desk(taught, DAY)
    simulated.store(taught, simulated.decisions(9, 7), DAY + timedelta(days=1))
    lesson = learn_from_desk(taught, DAY + timedelta(days=2))
    assert (lesson.outcome, lesson.reason) == ("nothing_new", "9 decisions since version 1: learning goes on at 10.")


def test_a_dry_run_shows_the_figures_and_writes_nothing(taught):
    counts = table_counts(taught)
    lesson = learn_from_desk(taught, DAY, dry_run=True)
    assert (lesson.outcome, lesson.version) == ("accepted", None)
    assert table_counts(taught) == counts


def test_what_a_kill_left_unscored_is_scored_by_the_next_run(taught, simulated):
    learn_from_desk(taught, DAY)
    before = scores(taught)
    with taught.writing() as session:
        for finding in list(before)[::2]:
            session.delete(session.get_one(LearnedScore, finding))
    simulated.store(taught, [replace(example, tracked=None) for example in simulated.decisions(5, 8)])
    assert learn_from_desk(taught, DAY + timedelta(days=1)).scored == 30 + 5
    assert before.items() <= scores(taught).items()


def test_corrected_kinds_are_learned_beside_the_rules_own(sqlite_database, simulated):
    database = sqlite_database

    def shown(example):
        return replace(
            example, decided_kind="ranking" if example.tracked and example.kind == "statistic" else example.decided_kind
        )

    simulated.store(database, [shown(example) for example in simulated.decisions(160, 5)])
    simulated.store(database, [replace(example, tracked=None) for example in simulated.decisions(30, 6)])
    lesson = learn_from_desk(database, DAY)
    assert lesson.check.kind_before < lesson.check.kind_after == 1.0
    with database.reading() as session:
        for score, finding in session.execute(select(LearnedScore, Finding).join(Finding, Finding.id == LearnedScore.finding_id)):
            assert finding.kind in {"pledge", "statistic"}
            if finding.kind == "pledge":
                assert score.kind == "pledge"
        assert "ranking" in set(session.scalars(select(LearnedScore.kind)))


def test_the_page_and_the_mind_name_the_same_minimum():
    assert learned_queries.MINIMUM_DECISIONS == held_out.MINIMUM_DECISIONS
    assert learned_queries.MINIMUM_OF_EACH == held_out.MINIMUM_EACH


def a_desk(database, moment):
    return Desk(load_settings(), database, {}, shipped_record(), lambda: moment)


def test_it_learns_once_a_night_and_by_day_what_the_night_missed(sqlite_database):
    def at(day, hour):  # Berlin is an hour ahead in winter
        return learn_tonight(a_desk(sqlite_database, datetime(2024, 1, day, hour, 30, tzinfo=UTC)))

    assert at(9, 1) is None
    assert at(9, 3).outcome == "too_few"
    assert at(9, 15) is None
    assert at(9, 23) is None
    assert at(10, 8).outcome == "too_few"
    with sqlite_database.reading() as session:
        assert [run.job for run in session.scalars(select(Run))] == [JOB, JOB]


def test_the_worker_has_it_among_its_jobs(sqlite_database):
    async def once():
        desk = a_desk(sqlite_database, DAY)
        async with Fetcher(desk.settings) as fetcher:
            worker = Worker(desk, fetcher)
            scheduler = worker._scheduler()
            worker._schedule_collecting(scheduler)
            names = {job.id for job in scheduler.get_jobs()}
            await worker.learn()
            return names

    assert "learn" in asyncio.run(once())
    with sqlite_database.reading() as session:
        assert queries.last_finished(session, JOB) == DAY
        assert queries.last_model(session, ModelState.IN_FORCE) is None
