import json
from datetime import UTC, datetime, timedelta

import pytest

from dashboard import app, opened
from models import Heartbeat


@pytest.mark.parametrize(("minutes", "status", "word"), [(1, 200, "ok"), (4, 503, "silent")])
def test_the_health_check_fails_when_the_worker_is_silent(desk_database, minutes, status, word):
    with desk_database.writing() as session:
        session.get_one(Heartbeat, "worker").at = datetime.now(UTC) - timedelta(minutes=minutes)
    answer = app._health()
    row = json.loads(answer.body)
    assert (answer.status_code, row["status"]) == (status, word)
    assert row["releases"] > 0
    assert row["claims"] > 0
    assert row["worker_seen_at"]


def test_the_health_check_says_starting_before_there_is_a_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none/x.sqlite3")
    opened.desk.cache_clear()
    answer = app._health()
    opened.desk.cache_clear()
    assert answer.status_code == 503
    assert json.loads(answer.body)["status"] == "starting"


def test_only_the_inline_scripts_of_streamlit_itself_may_run():
    policy = app.HEADERS["content-security-policy"]
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "sha256-" in policy
