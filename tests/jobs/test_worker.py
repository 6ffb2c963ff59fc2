import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.desk import open_desk
from jobs.lock import WorkerRunningError, worker_lock
from jobs.up import UpError, require_free_port
from jobs.worker import Worker
from models import Heartbeat, Request, Run, actions
from models.words import Outcome, RequestKind, RequestState
from scrapers.fetch import Fetcher
from settings.config import load_settings


def test_only_one_worker_serves_a_database(database):
    with worker_lock(database), pytest.raises(WorkerRunningError, match="Another worker"), worker_lock(database):
        pytest.fail("two workers at once")
    with worker_lock(database):
        pass


def test_a_worker_shows_a_sign_of_life_and_stops_on_sigterm(tmp_path):
    environment = {**os.environ, "BEIMWORT_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}
    program = "import sys; from scrapers import declaration; from pathlib import Path; declaration.SHIPPED = Path('none'); import jobs.desk as d; d.SHIPPED = Path('none'); from jobs.__main__ import main; sys.exit(main())"
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "Worker started" in line:
            break
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Worker stopped." in err
    desk = open_desk(load_settings(data=tmp_path, database_url=environment["DATABASE_URL"]), sources={})
    with desk.database.reading() as session:
        assert session.get_one(Heartbeat, "worker").pid == process.pid
    desk.database.close()


def test_a_job_that_fails_is_an_issue_in_the_run_log(tmp_path):
    desk = open_desk(load_settings(data=tmp_path), sources={})

    class Event:
        job_id, code, exception = "collect x", 0, KeyError("x")

    async def once():
        async with Fetcher(desk.settings) as fetcher:
            Worker(desk, fetcher)._missed(Event())

    asyncio.run(once())
    with desk.database.reading() as session:
        run = session.scalars(select(Run)).one()
        assert (run.job, run.outcome) == ("collect", Outcome.FAILED)
        assert "collect x ended with an error" in run.issues[0].message
    desk.database.close()


def test_a_port_in_use_is_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UpError, match=f"Port {port} .* --port"):
            require_free_port(port, "--port")


def test_a_paused_source_is_left_alone_by_the_schedule(press):
    def pause(desk):
        with desk.database.writing() as session:
            actor = actions.person_named(session, "Kim", desk.clock())
            actions.pause_source(session, "um", reason="Umbau", actor=actor, now=desk.clock())

    async def twice(desk, fetcher):
        worker = Worker(desk, fetcher)
        await worker.collect("um")
        pause(desk)
        await worker.collect("um")

    press.run(twice)
    with press.desk.database.reading() as session:
        assert [run.outcome for run in session.scalars(select(Run))] == [Outcome.OK_NEW]


def test_a_wish_for_a_source_that_is_being_collected_is_answered_in_time(press, monkeypatch):
    monkeypatch.setattr("jobs.worker.ANSWER_DEADLINE", timedelta(seconds=0.05))

    async def while_it_is_collected(desk, fetcher):
        worker = Worker(desk, fetcher)
        async with worker.turns["um"]:
            with desk.database.writing() as session:
                actions.ask(session, RequestKind.COLLECT, {"source": "um"}, asked_by="Kim", now=desk.clock())
            await worker.answer()

    press.run(while_it_is_collected)
    with press.desk.database.reading() as session:
        request = session.scalars(select(Request)).one()
        assert request.state is RequestState.FAILED
        assert "still being collected" in request.answer
