from datetime import UTC, date, datetime

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import ReleaseDeclaration, read_source
from scrapers.page import SelectorError
from scrapers.read import ReadError, read_any, read_release, text_hash

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ADDRESS = "https://muster.invalid/presse/moore"
SOURCE = read_source(
    """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"
[[list]]
address = "https://muster.invalid/presse"
item = "a"
[release]
title = "h1"
date = "time"
subtitle = ".unterzeile"
body = ".text p, .text li, .text blockquote"
drop = ".teilen"
""",
    "muster.toml",
)
PAGE = """<html><head><title>x</title></head><body>
<h1> Mehr  Geld
 für <em>Moore</em></h1><time>27. November 2019</time><p class=unterzeile>Landtag Musterland beschließt</p>
<div class=text><p>Adele Birnbaum, Sprecherin für Moore der Musterfraktion, erklärt:</p>
<blockquote><p>„Wir geben im kommenden Jahr 25 Millionen Taler.“</p></blockquote>
<p>   </p>
<ul><li>Vierzig Moore.<ul><li>Zwölf trocken.</li></ul></li><li>Drei Inseln.</li></ul>
<p>Das ist gut.</p><p class=teilen>Teilen</p></div></body></html>"""
TEXT = """Mehr Geld für Moore

27. November 2019
Landtag Musterland beschließt

Adele Birnbaum, Sprecherin für Moore der Musterfraktion, erklärt:

„Wir geben im kommenden Jahr 25 Millionen Taler.“

- Vierzig Moore.
Zwölf trocken.
- Drei Inseln.

Das ist gut."""


def served(html):
    return Snapshot(
        address=ADDRESS,
        final_address=ADDRESS,
        purpose=SnapshotPurpose.RELEASE,
        fetched_at=NOW,
        status=200,
        charset="utf-8",
        body=Body.of(html.encode()),
    )


def read(html, **release):
    source = SOURCE.model_copy(update={"release": SOURCE.release.model_copy(update=release)})
    return read_release(served(html), source, NOW)


def test_a_release_is_title_day_subtitle_and_body_apart_by_blank_lines():
    version = read(PAGE)
    assert version.text == TEXT
    assert version.title == "Mehr Geld für Moore"
    assert version.subtitle == "Landtag Musterland beschließt"
    assert version.published_on == date(2019, 11, 27)
    assert version.published_raw == "27. November 2019"
    assert version.read_at == NOW
    assert version.origins == {"title": "h1", "published_on": "time", "text": ".text p, .text li, .text blockquote"}
    assert version.snapshot.final_address == ADDRESS


def test_a_day_that_nobody_declared_is_the_one_the_page_bears():
    version = read(PAGE, date="", subtitle="")
    assert version.published_on == date(2019, 11, 27)
    assert version.published_raw == "27. November 2019"
    assert version.origins["published_on"] == "beside the headline"
    # The text is what is declared.
    assert version.text.startswith("Mehr Geld für Moore\n\nAdele Birnbaum")


def test_a_page_that_bears_no_day_gives_a_release_without_one():
    version = read(PAGE.replace("27. November 2019", ""), date="", subtitle="")
    assert version.published_on is None
    assert version.published_raw is None
    assert "published_on" not in version.origins


def test_what_a_page_says_to_machines_of_its_day_comes_before_what_it_shows():
    html = PAGE.replace("<title>", '<meta property="article:published_time" content="2019-12-24T10:00:00+01:00"><title>')
    version = read(html, date="")
    assert version.published_on == date(2019, 12, 24)
    assert version.origins["published_on"] == "article:published_time"
    assert read(html).published_on == date(2019, 11, 27), "what is declared comes before both"


def test_a_day_after_the_page_was_fetched_is_none_of_publication():
    assert read(PAGE.replace("27. November 2019", "27. November 2031"), date="").published_on is None


def test_a_missing_subtitle_is_no_error():
    version = read(PAGE.replace("unterzeile", "andere"))
    assert version.subtitle is None
    assert "\n\n27. November 2019\n\nAdele" in version.text


@pytest.mark.parametrize(("field", "name"), [("title", "the title"), ("date", "the date"), ("body", "the body")])
def test_a_selector_that_finds_nothing_is_named(field, name):
    with pytest.raises(SelectorError, match=rf"{name}, '\.fehlt', found 0 of at least 1 on {ADDRESS}"):
        read(PAGE, **{field: ".fehlt"})


@pytest.mark.parametrize("written", ["heute", "", "31.02.2019 und 30.02.2020"])
def test_a_day_that_cannot_be_read_is_an_error_never_today(written):
    html = PAGE.replace("27. November 2019", written)
    if not written:
        # An empty element bears no day, as on pages that leave it out now and then.
        assert read(html).published_on is None
        return
    with pytest.raises(ReadError, match=f"date of {ADDRESS}"):
        read(html)


def test_hardly_any_text_is_an_error_page():
    with pytest.raises(ReadError, match="Only 22 characters"):
        read("<h1>Fehler</h1><time>1.1.2020</time><div class=text><p>Seite nicht gefunden.!</p></div>")


def test_white_space_does_not_change_the_hash_and_a_word_does():
    first = read(PAGE)
    assert (
        read(PAGE.replace("</p>", "  \n</p>\n\n").replace("Das ist gut", "Das&nbsp;ist\n  gut")).text_sha256 == first.text_sha256
    )
    assert read(PAGE.replace("25 Millionen", "24 Millionen")).text_sha256 != first.text_sha256
    assert text_hash("a b") != text_hash("ab")


def test_a_body_nested_20_000_deep_is_read_in_reasonable_time():
    html = PAGE.replace("<div class=text>", "<div class=text><p>" + "<div>" * 20_000)
    assert "25 Millionen Taler" in read(html, body=".text div").text


ARTICLE = (
    "<p>Der Landtag Musterland hat heute über die Moore beraten und einstimmig beschlossen, dass sie größer werden sollen.</p>"
    * 3
)


def test_what_a_page_says_of_itself_comes_first():
    html = f"""<html><head><title>Falsch | Musterzeitung</title>
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite"}},
{{"@type": ["NewsArticle"], "headline": "Moore  wachsen", "datePublished": "2021-03-03T23:30:00Z"}}]}}</script></head>
<body><nav>Menü</nav><article><h1>Anders</h1>{ARTICLE}</article></body></html>"""
    version = read_any(html.encode(), ADDRESS)
    assert version.title == "Moore wachsen"
    assert version.published_on == date(2021, 3, 4)
    assert "einstimmig beschlossen" in version.text
    assert "Menü" not in version.text
    assert version.origins["title"] == version.origins["published_on"] == "json-ld"


@pytest.mark.parametrize(
    "script", ["", "{kaputt", "[[]]", '{"@type": 7}', '{"@graph": "x"}', "[" * 5000, '{"@type": "Article", "headline": 5}']
)
def test_a_page_that_says_nothing_of_itself_is_read_as_well_as_can_be(script):
    html = f"""<html><head><title>Moore wachsen | Musterzeitung</title>
<meta property="article:published_time" content="2021-03-03T10:00:00+01:00">
<script type="application/ld+json">{script}</script></head>
<body><article><h1>Moore wachsen</h1>{ARTICLE}</article></body></html>"""
    version = read_any(html.encode(), ADDRESS)
    assert version.title == "Moore wachsen"
    assert version.published_on == date(2021, 3, 3)
    assert version.origins["title"] == "h1"
    assert version.origins["published_on"] == "article:published_time"


def test_a_page_that_bears_no_day_has_none():
    html = f"<html><head><title>Moore</title></head><body><article><h1>Moore</h1>{ARTICLE}</article></body></html>"
    version = read_any(html.encode())
    assert version.published_on is None
    assert version.origins["published_on"] == ""


def test_a_page_with_hardly_any_text_cannot_be_read():
    with pytest.raises(ReadError, match=f"characters of text on {ADDRESS}"):
        read_any(b"<html><body><h1>404</h1><p>Nicht gefunden</p></body></html>", ADDRESS)


def test_a_day_written_for_machines_is_believed_before_words():
    html = PAGE.replace("<time>27. November 2019", "<time datetime='2024-02-29T23:30:00+00:00'>vor drei Tagen")
    version = read(html)
    assert version.published_on == date(2024, 3, 1)
    assert version.published_raw == "vor drei Tagen"


def test_a_title_or_text_without_a_selector_is_what_the_page_says_and_the_day_is_read_all_the_same():
    rules = ReleaseDeclaration(title="", date="time", body="", drop=".teilen")
    page = PAGE.replace("<title>x", "<title>Mehr Geld für Moore")
    version = read_release(served(page), SOURCE.model_copy(update={"release": rules}), NOW)
    assert (version.title, version.published_on) == ("Mehr Geld für Moore", date(2019, 11, 27))
    assert "25 Millionen Taler" in version.text
    assert "Teilen" not in version.text
    assert version.origins["title"] == "h1"
    assert version.origins["published_on"] == "time"
    assert version.origins["text"] in {"trafilatura", "lines"}
