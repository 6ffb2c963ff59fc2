import pytest
from sqlalchemy import select

from dashboard import queue
from models import Claim, Decision, actions, queries
from models.words import Action, DismissReason, Stage

PAGE = "views/review.py"


@pytest.fixture
def candidates(desk_database):
    with desk_database.reading() as session:
        return queries.queue_ids(session, queries.ClaimFilter())


def words_of(app):
    return "\n".join(str(element.proto) for element in app.get("html"))


def shown(app):
    return int(words_of(app).split('data-claim=\\"')[1].split("\\")[0])


def stage_of(database, claim_id):
    with database.reading() as session:
        return session.get(Claim, claim_id).stage


def press(app, key):
    app.button(key=f"k_{key}").click().run()
    assert not app.exception
    return app


def test_the_likeliest_candidate_comes_first_with_its_sentence_marked_in_the_release(visit, candidates, desk_database):
    app = visit(PAGE, lang="en")
    assert shown(app) == candidates[0]
    with desk_database.reading() as session:
        card = queries.queue_card(session, candidates[0])
    assert card.text[card.start : card.end] == card.quote
    assert "<mark>" in words_of(app)
    assert "bw-chip for" in words_of(app)


def test_tracking_brings_the_next_candidate_and_undoing_brings_it_back(visit, candidates, desk_database):
    app = press(visit(PAGE, lang="en", person="Kim Beispiel"), "track")
    assert shown(app) == candidates[1]
    assert stage_of(desk_database, candidates[0]) is Stage.TRACKED
    press(app, "undo")
    assert shown(app) == candidates[0]
    assert stage_of(desk_database, candidates[0]) is Stage.CANDIDATE
    with desk_database.reading() as session:
        done = session.scalars(select(Decision).where(Decision.claim_id == candidates[0]).order_by(Decision.id)).all()
    assert [(d.action, d.actor) for d in done] == [(Action.TRACK, "Kim Beispiel"), (Action.UNDO, "Kim Beispiel")]


def test_dismissing_takes_one_more_key_for_the_reason(visit, candidates, desk_database):
    app = press(visit(PAGE, lang="en"), "dismiss")
    assert stage_of(desk_database, candidates[0]) is Stage.CANDIDATE
    press(app, "why2")
    assert shown(app) == candidates[1]
    with desk_database.reading() as session:
        assert session.get(Claim, candidates[0]).dismiss_reason is DismissReason.NOT_CHECKABLE


def test_next_and_previous_decide_nothing_and_stop_at_the_ends(visit, candidates, desk_database):
    app = press(visit(PAGE, lang="en"), "previous")
    assert shown(app) == candidates[0]
    assert shown(press(app, "next")) == candidates[1]
    assert shown(press(app, "previous")) == candidates[0]
    assert stage_of(desk_database, candidates[0]) is Stage.CANDIDATE


def test_a_candidate_that_somebody_else_decided_is_passed_over(visit, candidates, desk_database):
    app = visit(PAGE, lang="en")
    with desk_database.writing() as session:
        from datetime import UTC, datetime

        now = datetime.now(UTC)
        actions.track(session, candidates[1], actor=actions.person_named(session, "Toni Muster", now), now=now)
    assert shown(press(app, "next")) == candidates[2]


def test_filters_stand_in_the_link(visit, desk_database):
    with desk_database.reading() as session:
        wanted = queries.queue_ids(session, queries.ClaimFilter(kind=("statistic",)))
    app = visit(PAGE, lang="en", kind="statistic")
    assert wanted
    assert f"1 of {len(wanted)}" in words_of(app)
    assert shown(app) == wanted[0]


def test_an_empty_queue_says_so(visit, desk_database, monkeypatch):
    monkeypatch.setattr(queue.queries, "queue_ids", lambda *_: [])
    app = visit(PAGE, lang="en")
    assert not app.exception
    assert app.success[0].value == "Nothing waits to be reviewed here."


def test_editing_keeps_the_machines_finding_beside_and_shows_what_holds(visit, candidates, desk_database):
    app = press(visit(PAGE, lang="en"), "edit")
    app.text_area(key=f"edit:{candidates[0]}:summary").set_value("Abgelehnt <i>wie</i> gesagt").run()
    app.button(key=f"edit:{candidates[0]}:save").click().run()
    assert not app.exception
    assert "Abgelehnt &lt;i&gt;wie&lt;/i&gt; gesagt" in words_of(app)
    with desk_database.reading() as session:
        claim = session.get(Claim, candidates[0])
        assert claim.summary == "Abgelehnt <i>wie</i> gesagt"
        assert claim.decided_kind is None
        assert claim.decided_deadline is None
