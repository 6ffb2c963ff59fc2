import pytest

PAGES = {
    "": ("Was versprochen wurde – und was daraus wurde", "What was promised, and what became of it"),
    "views/inbox.py": ("Neue Mitteilungen", "New releases"),
    "views/my_desk.py": ("Was auf uns wartet", "What waits for us"),
    "views/review.py": ("Ist das eine Aussage für uns?", "Is this a claim of ours?"),
    "views/claim_list.py": ("Wer hat was gesagt", "Who said what"),
    "views/search.py": ("Was gesagt wurde, Wort für Wort", "What was said, word by word"),
    "views/sources.py": ("Woher es kommt", "Where it comes from"),
}


def words_of(app):
    return "\n".join(str(element.proto) for element in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("lang", "place"), [("de", 0), ("en", 1)])
def test_every_page_opens_in_both_languages(visit, page, lang, place):
    app = visit(page, lang=lang)
    assert not app.exception
    assert app.title[0].value == PAGES[page][place]


@pytest.mark.parametrize("page", [*PAGES, "views/one_claim.py", "views/one_release.py"])
def test_every_page_says_that_it_is_a_demo_and_how_to_start_for_real(visit, page):
    words = words_of(visit(page, lang="en", id=1))
    assert "This is a demo" in words
    assert "beimwort up" in words


def test_the_founding_claim_shows_quote_reasons_history_and_figures(visit):
    app = visit("views/one_claim.py", id=1)
    words = words_of(app)
    assert not app.exception
    assert "Abschiebungsrate" in words
    assert "Toni Muster" in words
    assert "„keinem anderen Bundesland“" in words
    assert len(app.get("plotly_chart")) == 1


def test_a_claim_that_does_not_exist_is_said_in_a_sentence(visit):
    for wrong in (99999, "x", "-1", "9" * 40):
        app = visit("views/one_claim.py", lang="en", id=wrong)
        assert not app.exception
        assert "no such claim" in app.warning[0].value


def test_without_a_database_the_page_says_how_to_start(visit, tmp_path, monkeypatch):
    from dashboard import opened

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    opened.desk.cache_clear()
    app = visit(lang="en")
    assert not app.exception
    assert "beimwort up" in app.warning[0].value


def test_a_silent_worker_is_said_on_every_page(visit, desk_database):
    from datetime import UTC, datetime, timedelta

    from models import Heartbeat

    with desk_database.writing() as session:
        session.get_one(Heartbeat, "worker").at = datetime.now(UTC) - timedelta(minutes=4)
    for page in PAGES:
        assert "has been silent" in visit(page, lang="en").error[0].value


def test_what_the_worker_is_at_is_said_in_the_visitor_s_language(visit, desk_database):
    from datetime import UTC, datetime

    from models import actions

    with desk_database.writing(visible=False) as session:
        actions.beat(session, "worker", datetime.now(UTC), "play 2021-03-04 3/40")
    assert "er spielt den 04.03.2021 (3 von 40)" in words_of(visit(lang="de"))
    assert "it plays 4 Mar 2021 (3 of 40)" in words_of(visit(lang="en"))
