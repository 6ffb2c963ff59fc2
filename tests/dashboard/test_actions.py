from models import queries


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
