from datetime import UTC, datetime

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import ListDeclaration
from scrapers.listing import canonical, read_list
from scrapers.page import SelectorError

ADDRESS = "https://muster.invalid/presse/?seite=1"
HTML = ListDeclaration(address=ADDRESS, item="li a", next="a.weiter")
FEED = ListDeclaration(kind="feed", address=ADDRESS)
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Presse</title>
<item><title>Größere Moore</title><link>https://muster.invalid/presse/moore?utm_medium=rss</link><guid>1</guid></item>
<item><title>Brücken &amp; Wege</title><link>https://muster.invalid/presse/bruecken#a</link></item>
<item><title>Ohne Adresse</title></item>
<item><title>Noch einmal</title><link>https://muster.invalid/presse/moore</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title>
<entry><title>Größere Moore</title><link href="https://muster.invalid/presse/moore"/><id>urn:1</id></entry>
<entry><title>Brücken</title><link rel="alternate" href="/presse/bruecken"/><id>urn:2</id></entry></feed>"""


def served(content, content_type="text/html", address=ADDRESS):
    return Snapshot(
        address=address,
        final_address=address,
        purpose=SnapshotPurpose.LIST,
        fetched_at=datetime(2026, 1, 5, tzinfo=UTC),
        status=200,
        charset="utf-8",
        headers={"content-type": content_type},
        body=Body.of(content if isinstance(content, bytes) else content.encode()),
    )


def addresses(html, declared=HTML):
    return [entry.address for entry in read_list(served(html), declared).entries]


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        ("moore", "https://muster.invalid/presse/moore"),
        ("../moore", "https://muster.invalid/moore"),
        ("/moore", "https://muster.invalid/moore"),
        ("//andere.invalid/moore", "https://andere.invalid/moore"),
        ("?seite=2", "https://muster.invalid/presse/?seite=2"),
        ("/moore#mehr", "https://muster.invalid/moore"),
        ("/moore?utm_source=a&id=7&fbclid=x&utm_campaign=b", "https://muster.invalid/moore?id=7"),
        ("/moore?utm_source=a", "https://muster.invalid/moore"),
        ("/moore?tx[page]=2&leer=&b", "https://muster.invalid/moore?tx[page]=2&leer=&b"),
        ("/moore?name=M%FCller", "https://muster.invalid/moore?name=M%FCller"),
        ("HTTPS://MUSTER.invalid:443/Moore", "https://muster.invalid/Moore"),
        ("http://muster.invalid:8080", "http://muster.invalid:8080/"),
        ("  /moore\n", "https://muster.invalid/moore"),
    ],
)
def test_an_address_as_identity_is_absolute_and_bare(address, identity):
    assert canonical(address, "https://muster.invalid/presse/") == identity
    assert canonical(identity) == identity


@pytest.mark.parametrize(
    "address", ["mailto:presse@muster.invalid", "javascript:void(0)", "tel:+49", "http://[", "http://a:b/", "http:///x"]
)
def test_what_is_no_web_address_has_no_identity(address):
    assert canonical(address, "https://muster.invalid/") is None


def test_a_list_keeps_its_order_and_names_each_release_once():
    html = """<ul><li><a href="b">Zweite</a></li><li><a href="/presse/a"> Erste
    Meldung</a></li><li><a href="a?utm_source=x#mehr">Mehr »</a></li><li><a href="mailto:x@y">Mail</a></li>
    <li><a>leer</a></li></ul>"""
    page = read_list(served(html), HTML)
    assert [(entry.address, entry.title) for entry in page.entries] == [
        ("https://muster.invalid/presse/b", "Zweite"),
        ("https://muster.invalid/presse/a", "Erste Meldung"),
    ]
    assert page.next is None


def test_relative_links_follow_the_base_a_page_declares():
    assert addresses('<base href="/archiv/"><li><a href="a">A</a></li>') == ["https://muster.invalid/archiv/a"]


def test_a_list_says_where_it_goes_on():
    html = '<li><a href="a">A</a></li><a class="weiter" href="?seite=2">Ältere</a>'
    assert read_list(served(html), HTML).next == "https://muster.invalid/presse/?seite=2"


@pytest.mark.parametrize("target", ["", 'href=""', 'href="javascript:more()"'])
def test_a_link_that_leads_nowhere_is_no_next_page(target):
    html = f'<li><a href="a">A</a></li><a class="weiter" {target}>Ältere</a>'
    assert read_list(served(html), HTML).next is None


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Bitte stimmen Sie der Verwendung von Cookies zu.</p>",
        '<li><a href="mailto:presse@muster.invalid">Mail</a></li>',
        '<li><a href="javascript:void(0)">Mehr</a></li>',
        "<li><a>ohne Adresse</a></li>",
    ],
)
def test_a_list_without_releases_is_a_failure(html):
    with pytest.raises(SelectorError, match=r"muster\.invalid"):
        read_list(served(html), HTML)


def test_fewer_items_than_declared_are_a_failure():
    declared = HTML.model_copy(update={"min_items": 3})
    with pytest.raises(SelectorError, match="names 2 releases, at least 3"):
        read_list(served('<li><a href="a">A</a></li><li><a href="b">B</a></li><li><a href="b#c">C</a></li>'), declared)


def test_an_rss_feed_is_a_list():
    page = read_list(served(RSS, "application/rss+xml; charset=utf-8"), FEED)
    assert [(entry.address, entry.title) for entry in page.entries] == [
        ("https://muster.invalid/presse/moore", "Größere Moore"),
        ("https://muster.invalid/presse/bruecken", "Brücken & Wege"),
    ]


def test_an_atom_feed_is_a_list():
    page = read_list(served(ATOM, "application/atom+xml"), FEED)
    assert [(entry.address, entry.title) for entry in page.entries] == [
        ("https://muster.invalid/presse/moore", "Größere Moore"),
        ("https://muster.invalid/presse/bruecken", "Brücken"),
    ]


def test_a_feed_in_latin_1_keeps_its_umlauts():
    content = RSS.replace("utf-8", "iso-8859-1").encode("latin-1")
    page = read_list(served(content, "application/xml"), FEED)
    assert page.entries[0].title == "Größere Moore"


@pytest.mark.parametrize(
    "content", ["", "Wartungsarbeiten", "<html><body><h1>404</h1></body></html>", "<rss><channel></channel></rss>"]
)
def test_a_feed_that_is_none_is_a_failure(content):
    with pytest.raises(SelectorError, match="names 0 releases"):
        read_list(served(content, "text/xml"), FEED)


def test_a_feed_that_is_the_name_of_a_local_file_does_not_open_it(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    with pytest.raises(SelectorError):
        read_list(served(str(path), "text/xml"), FEED)
