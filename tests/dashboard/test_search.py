"""Searching in the list of claims and on the page for it."""

import pytest

from models import Claim


def html_of(app):
    return "\n".join(str(element.proto) for element in app.get("html"))


def marked(app):
    return [part.split("</mark>")[0] for part in html_of(app).split("<mark>")[1:]]


def rows_of(app):
    return html_of(app).count('class=\\"bw-row')


def test_the_list_of_claims_marks_what_was_looked_for_and_leads_to_the_releases(visit):
    app = visit("views/claim_list.py", words="Abschiebungsraten", lang="en")
    assert not app.exception
    assert marked(app) == ["Abschiebungsrate"]
    assert app.selectbox(key="order_found").value == "match"
    assert "1 release with these words" in html_of(app)
    assert "search?q=Abschiebungsraten&amp;what=release" in html_of(app)


def test_words_in_a_note_are_shown_where_they_stand(visit, desk_database):
    with desk_database.writing() as session:
        session.get_one(Claim, 1).summary = "Spitzenplatz <b>behauptet</b>"
    html = html_of(visit("views/claim_list.py", words="Spitzenplätze", lang="en"))
    assert "Short form: " in html
    assert "<mark>Spitzenplatz</mark> &lt;b&gt;behauptet" in html


def test_every_order_of_the_list_holds_the_same_claims(visit):
    app = visit("views/claim_list.py", words="Millionen")
    before = rows_of(app)
    assert before > 1
    for order in ("newest", "score", "deadline"):
        app.selectbox(key="order_found").select(order).run()
        assert not app.exception
        assert rows_of(app) == before


@pytest.mark.parametrize(("what", "n"), [("all", 2), ("claim", 1), ("release", 1), ("nonsense", 2)])
def test_a_link_to_a_search_shows_the_same_hits_to_everybody(visit, what, n):
    app = visit("views/search.py", q="Abschiebungsrate", what=what)
    assert not app.exception
    assert rows_of(app) == n
    assert set(marked(app)) == {"Abschiebungsrate"}


@pytest.mark.parametrize("page", ["views/search.py", "views/claim_list.py"])
@pytest.mark.parametrize(
    ("typed", "lang", "words"),
    [
        ("-nur", "de", "Es gibt nur auszuschließende Wörter"),
        ('"', "en", "There is nothing to look for"),
        ("x" * 600, "en", "That is too long to look for"),
        ("' OR 1=1 --<script>", "en", "n = 0|Nothing has these words"),
    ],
)
def test_what_cannot_be_found_is_said_in_a_sentence(visit, page, typed, lang, words):
    app = visit(page, lang=lang, q=typed, words=typed)
    assert not app.exception
    assert any(word in html_of(app) for word in words.split("|"))
    assert rows_of(app) == 0
