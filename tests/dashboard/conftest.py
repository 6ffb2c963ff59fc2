"""The pages over a database that the demo has played into for its first years."""

import asyncio
import shutil
import warnings
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import opened
from jobs.demo.worker import run_demo
from models import Database
from settings.config import load_settings

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("played")
    settings = load_settings(
        data=folder, database_url=f"sqlite:///{folder}/beimwort.sqlite3", allowed_networks="127.0.0.0/8", host_pause=0
    )
    asyncio.run(run_demo(settings, 0, until=date(2021, 4, 2), stay=False))
    return folder / "beimwort.sqlite3"


@pytest.fixture
def desk_database(played, tmp_path, monkeypatch):
    file = tmp_path / "beimwort.sqlite3"
    shutil.copy(played, file)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("BEIMWORT_DATA", str(tmp_path))
    monkeypatch.setenv("BEIMWORT_DEMO", "true")
    monkeypatch.setenv("STREAMLIT_RUNNER_POST_SCRIPT_GC", "false")
    opened.desk.cache_clear()
    st.cache_data.clear()
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()
    opened.desk().database.close()
    opened.desk.cache_clear()
    st.cache_data.clear()


@pytest.fixture
def visit(desk_database):
    """Open a page: visit("views/inbox.py", lang="en", id=3)."""

    def open_page(page="", *, lang="de", **parameters):
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.query_params["lang"] = lang
        for name, value in parameters.items():
            app.query_params[name] = str(value)
        with warnings.catch_warnings():
            app.run()
            if page:
                app.switch_page(page)
                for name, value in {"lang": lang, **parameters}.items():
                    app.query_params[name] = str(value)
                app.run()
        return app

    return open_page


def html_of(app):
    """All words a page wrote as HTML."""
    return "\n".join(
        element.proto.html.body if hasattr(element.proto, "html") else str(element.value) for element in app.get("html")
    )
