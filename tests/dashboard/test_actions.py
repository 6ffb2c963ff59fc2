from datetime import UTC, datetime

from models import actions, queries
from models.words import Outcome, SourceHealth


def words_of(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def button(app, key):
    return next(b for b in app.button if b.key == key)


def test_tracking_a_candidate_takes_one_click(visit, desk_database):
    with desk_database.reading() as session:
        candidate = queries.claim_rows(session, queries.ClaimFilter(status=("candidate",)))[0]
    app = visit("views/one_claim.py", lang="en", id=candidate.id)
    button(app, "track").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        assert queries.claim_for_page(session, candidate.id).stage == "tracked"


def test_marking_all_as_read_empties_the_inbox_for_this_person_only(visit, desk_database):
    app = visit("views/inbox.py", lang="en", person="Kim Beispiel")
    button(app, "all_read").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        assert (
            queries.count_unread(session, queries.known_person(session, "desk") or queries.known_person(session, "Kim Beispiel"))
            == 0
        )
        assert queries.count_unread(session, queries.known_person(session, "Toni Muster")) > 0


def test_collect_now_asks_the_worker_once(visit, desk_database):
    app = visit("views/sources.py", lang="en")
    button(app, "collect_musterland-um").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        assert queries.open_requests(session) == {"musterland-um"}


def test_a_broken_source_stands_on_top_says_why_and_is_acknowledged_with_one_click(visit, desk_database):
    now = datetime.now(UTC)
    for _ in range(3):
        with desk_database.writing() as session:
            run = actions.start_run(session, "collect", now, "musterland-um")
            actions.end_run(session, run.id, Outcome.FAILED, now, "<b>The list names 0 releases.</b>")
    app = visit("views/sources.py", lang="en")
    words = words_of(app)
    assert words.index("Union Musterland") < words.index("Soziale Liste")
    assert "3 runs in a row failed since" in words
    assert "&lt;b&gt;The list names 0 releases.&lt;/b&gt;" in words
    button(app, "acknowledge_musterland-um").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        assert queries.health_rows(session, now)[0].acknowledged
    assert "acknowledge_musterland-um" not in {b.key for b in app.button}
    # The first page says it too.
    assert "1 source is broken or fails" in words_of(visit(lang="en"))


def test_a_paused_source_says_who_and_why_and_is_resumed_with_one_click(visit, desk_database):
    now = datetime.now(UTC)
    with desk_database.writing() as session:
        actor = actions.person_named(session, "Kim Beispiel", now)
        actions.pause_source(session, "musterland-um", reason="Umbau der Seite", actor=actor, now=now)
    app = visit("views/sources.py", lang="de", source="musterland-um")
    assert "Angehalten von Kim Beispiel: Umbau der Seite" in words_of(app)
    assert "Kim Beispiel · Umbau der Seite" in words_of(app)  # in its history
    button(app, "resume_musterland-um").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        row = next(row for row in queries.health_rows(session, now) if row.key == "musterland-um")
        assert row.health is not SourceHealth.PAUSED
        assert row.pause_reason is None
