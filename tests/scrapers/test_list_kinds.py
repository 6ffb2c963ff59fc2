"""Each kind of list, as sites serve it and as nobody should."""

import gzip
import json
from datetime import UTC, date, datetime

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.declaration import ListDeclaration
from scrapers.listing import first_request, following, read_list
from scrapers.page import LARGEST, ReadError, SelectorError
from scrapers.pool import list_in_child

HOST = "https://muster.invalid"


def served(content, address=HOST, **headers):
    return Snapshot(
        address=address,
        final_address=address,
        purpose=SnapshotPurpose.LIST,
        fetched_at=datetime(2026, 1, 5, tzinfo=UTC),
        status=200,
        charset="utf-8",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=Body.of(content if isinstance(content, bytes) else content.encode()),
    )


def named(page):
    return [(entry.address.removeprefix(HOST), entry.title, entry.day) for entry in page.entries]


# --- Feeds

FEED = ListDeclaration(kind="feed", address=f"{HOST}/feed")


def rss(*days):
    items = "".join(f"<item><title>M {n}</title><link>{HOST}/{n}</link>{day}</item>" for n, day in enumerate(days))
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wed, 01 Apr 2026 10:00:00 +0200", date(2026, 4, 1)),
        ("Mi, 01 Apr 2026 10:00:00 MESZ", date(2026, 4, 1)),
        ("Mi, 01 Mai 2026", date(2026, 5, 1)),
        # Half past eleven in Greenwich is the next day in Germany.
        ("Wed, 01 Apr 2026 23:30:00 GMT", date(2026, 4, 2)),
        ("Wed, 01 Apr 2026 23:30:00 +0000", date(2026, 4, 2)),
        ("Wed, 01 Apr 2026 00:30:00 +0530", date(2026, 3, 31)),
        ("2026-04-01T23:30:00Z", date(2026, 4, 2)),
        ("demnächst", None),
        ("Wed, 31 Feb 2026 10:00:00 +0200", None),
    ],
)
def test_the_day_of_a_feed_s_entry_is_that_in_germany(written, day):
    page = read_list(served(rss(f"<pubDate>{written}</pubDate>")), FEED)
    assert named(page) == [("/0", "M 0", day)]


def test_an_entry_of_a_feed_without_a_day_has_none():
    assert named(read_list(served(rss("")), FEED)) == [("/0", "M 0", None)]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<!doctype html><html><body><a href='/1'>M</a></body></html>", "It is an HTML page and no feed"),
        ('{"error": 1}', "It is JSON and no feed"),
        ("Wartung", "It is no feed"),
        (rss(), "It is a feed without entries"),
    ],
)
def test_what_is_no_feed_is_called_by_its_name(content, what):
    with pytest.raises(SelectorError, match=what):
        read_list(served(content), FEED)


def test_a_feed_may_have_further_pages():
    declared = ListDeclaration(kind="feed", address=f"{HOST}/feed/", pages="?paged={page}")
    page = read_list(served(rss("", "")), declared)
    assert [after.address for after in following(declared, first_request(declared), page)] == [f"{HOST}/feed/?paged=2"]


# --- Sitemaps

SITEMAP = ListDeclaration(kind="sitemap", address=f"{HOST}/sitemap.xml", match="/presse/*")
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(*entries, kind="url", root="urlset"):
    inside = "".join(
        f"<{kind}><loc> {HOST}{path} </loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{kind}>" for path, day in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {NAMESPACE}>{inside}</{root}>'


ENTRIES = sitemap(
    ("/presse/alt", "2019-01-01"), ("/ueber-uns", "2025-01-01"), ("/presse/neu", "2025-12-31T23:30:00Z"), ("/presse/ohne", "")
)


def test_a_packed_sitemap_that_breaks_off_is_an_error():
    with pytest.raises(ReadError, match="packed and damaged"):
        read_list(served(gzip.compress(ENTRIES.encode())[:-12]), SITEMAP)


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())])
def test_a_sitemap_names_matching_addresses_the_newest_first(pack):
    page = read_list(served(pack(ENTRIES)), SITEMAP)
    assert named(page) == [
        ("/presse/neu", "", date(2026, 1, 1)),
        ("/presse/alt", "", date(2019, 1, 1)),
        ("/presse/ohne", "", None),
    ]


def test_an_index_of_sitemaps_leads_to_those_that_are_wanted_the_newest_first():
    declared = SITEMAP.model_copy(update={"parts": "post-sitemap"})
    index = sitemap(
        ("/post-sitemap1.xml", "2020-01-01"),
        ("/page-sitemap.xml", "2026-01-01"),
        ("/post-sitemap2.xml.gz", "2026-01-01"),
        kind="sitemap",
        root="sitemapindex",
    )
    page = read_list(served(index), declared)
    assert page.entries == ()
    requests = list(following(declared, first_request(declared), page))
    assert [request.address.removeprefix(HOST) for request in requests] == ["/post-sitemap2.xml.gz", "/post-sitemap1.xml"]


def test_a_part_of_an_index_may_name_nothing_but_a_sitemap_alone_must_not():
    nothing = sitemap(("/ueber-uns", ""))
    assert read_list(served(nothing), SITEMAP, number=1).entries == ()
    with pytest.raises(SelectorError, match=r"names 0 releases like '/presse/\*'"):
        read_list(served(nothing), SITEMAP)


@pytest.mark.parametrize("content", ["<html><body>404</body></html>", "", "Wartung", '{"a": 1}', "<urlset><url><loc>http://"])
def test_what_is_no_sitemap_is_a_failure(content):
    with pytest.raises(SelectorError, match="names 0 releases"):
        read_list(served(content), SITEMAP)


def test_a_sitemap_that_bombs_is_refused(monkeypatch):
    monkeypatch.setattr("scrapers.lists.sitemap.LARGEST", 1_000_000)
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_list(served(gzip.compress(b" " * 5_000_000)), SITEMAP)


def test_a_damaged_packed_sitemap_is_an_error():
    with pytest.raises(ReadError, match="packed and damaged"):
        read_list(served(b"\x1f\x8b\x08\x00kaputt"), SITEMAP)


def test_entities_of_a_sitemap_neither_read_files_nor_grow(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("/presse/geheim", encoding="utf-8")
    outside = f'<!DOCTYPE u [<!ENTITY x SYSTEM "file://{secret}">]><urlset><url><loc>{HOST}/presse/&x;</loc></url><url><loc>{HOST}/presse/b</loc></url></urlset>'
    assert all("geheim" not in address for address, *_rest in named(read_list(served(outside), SITEMAP)))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE u [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>{HOST}/presse/&l11;</loc></url></urlset>'
    with pytest.raises(SelectorError, match="names 0 releases"):
        read_list(served(bomb), SITEMAP)


def test_a_sitemap_names_as_many_addresses_as_the_protocol_allows(monkeypatch):
    monkeypatch.setattr("scrapers.lists.sitemap.MOST", 3)
    page = read_list(served(sitemap(*((f"/presse/{n}", f"2020-01-0{n}") for n in range(1, 8)))), SITEMAP)
    assert len(page.entries) == 3
    assert page.cut == 1


# --- WordPress

WORDPRESS = ListDeclaration(kind="wordpress", address=f"{HOST}/wp-json/wp/v2/posts?per_page=2&page={{page}}")
POSTS = [
    {"link": f"{HOST}/moore/", "date": "2026-01-04T23:30:00", "title": {"rendered": "Moore &#8211; <b>größer</b>"}},
    {"link": f"{HOST}/wege/", "date": "2026-01-03T08:00:00", "title": {"rendered": "Wege &amp; Brücken"}},
]


def test_the_posts_of_wordpress_have_address_title_and_day():
    page = read_list(served(json.dumps(POSTS)), WORDPRESS)
    assert named(page) == [("/moore/", "Moore – größer", date(2026, 1, 4)), ("/wege/", "Wege & Brücken", date(2026, 1, 3))]


@pytest.mark.parametrize(("pages", "following_page"), [("1", []), ("2", ["2"]), ("", ["2"]), ("viele", ["2"])])
def test_wordpress_says_how_many_pages_there_are(pages, following_page):
    page = read_list(served(json.dumps(POSTS), x_wp_totalpages=pages), WORDPRESS)
    requests = following(WORDPRESS, first_request(WORDPRESS), page)
    assert [request.address.rpartition("=")[2] for request in requests] == following_page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"code": "rest_no_route", "message": "Keine Route"}', "rest_no_route"),
        ("[]", "names 0 releases"),
        ('[{"id": 1}, 7, null, "x", {"link": {"a": 1}}]', "names 0 releases"),
        ("<html>Cloudflare</html>", "It is an HTML page where JSON was declared"),
        ("[" * 200_000, "names 0 releases"),
        ('{"a": ' * 50_000, "names 0 releases"),
    ],
)
def test_what_is_no_list_of_posts_is_a_failure(content, words):
    with pytest.raises(SelectorError, match=words):
        read_list(served(content), WORDPRESS)


# --- JSON: "Mehr laden"

ARRAY = ListDeclaration(
    kind="json",
    address=f"{HOST}/api?von={{offset}}",
    items="data.results",
    link="attributes.url",
    title="attributes.titel",
    date="attributes.datum",
)
ANSWER = {
    "data": {"results": [{"attributes": {"url": f"/presse/{n}", "titel": f"M {n}", "datum": f"0{n}.01.2026"}} for n in (1, 2)]}
}
DRUPAL = ListDeclaration(
    kind="json",
    address=f"{HOST}/views/ajax?_wrapper_format=drupal_ajax",
    form={"view_name": "presse", "view_display_id": "block_1", "page": "{page}"},
    first_page=0,
    items="*.data",
    item=".views-row h3 a",
)
COMMANDS = [
    {"command": "settings", "settings": {"ajaxTrustedUrl": {}}, "merge": True},
    {"command": "add_css", "data": [{"href": "/a.css"}]},
    {
        "command": "insert",
        "method": "replaceWith",
        "selector": ".js-view-dom-id-1",
        "data": '<div class="views-row"><h3><a href="/presse/moore">Größere Moore</a></h3></div><div class="views-row"><h3><a href="/presse/wege">Wege</a></h3></div>',
    },
    {"command": "viewsScrollTop", "selector": ".x"},
]


def test_an_array_of_entries_is_a_list_and_goes_on_by_offset():
    page = read_list(served(json.dumps(ANSWER)), ARRAY)
    assert named(page) == [("/presse/1", "M 1", date(2026, 1, 1)), ("/presse/2", "M 2", date(2026, 1, 2))]
    first = first_request(ARRAY)
    second = next(following(ARRAY, first, page))
    third = next(following(ARRAY, second, page))
    assert [request.address.rpartition("=")[2] for request in (first, second, third)] == ["0", "2", "4"]


def test_the_commands_of_drupal_are_a_list_and_go_on_by_a_form():
    page = read_list(served(json.dumps(COMMANDS)), DRUPAL)
    assert named(page) == [("/presse/moore", "Größere Moore", None), ("/presse/wege", "Wege", None)]
    first = first_request(DRUPAL)
    assert (first.address, first.form) == (DRUPAL.address, "view_name=presse&view_display_id=block_1&page=0")
    second = next(following(DRUPAL, first, page))
    assert second.archived_as == f"{DRUPAL.address}#view_name=presse&view_display_id=block_1&page=1"


def test_html_in_one_text_is_a_list():
    declared = ListDeclaration(kind="json", address=f"{HOST}/mehr?seite={{page}}", items="html", item="a")
    assert named(read_list(served('{"html": "<a href=/presse/1>M</a>", "more": true}'), declared)) == [("/presse/1", "M", None)]


@pytest.mark.parametrize(
    "content",
    [
        '{"data": {"results": []}}',
        '{"data": null}',
        "null",
        '{"data": {"results": [{"attributes": null}, 3, [], "a"]}}',
        "<html></html>",
        "",
        '{"data": {"results": [{"attributes": {"url": "javascript:alert(1)"}}]}}',
    ],
)
def test_json_without_releases_is_a_failure(content):
    with pytest.raises(SelectorError, match=r"names 0 releases|leads to nothing"):
        read_list(served(content), ARRAY)


def test_json_that_is_too_large_is_refused():
    with pytest.raises(ReadError, match="are not read"):
        read_list(served("[" + " " * LARGEST + "]"), ARRAY)


def test_a_path_into_hostile_json_ends():
    deep = {"a": [{"a": [{"a": [{"a": list(range(18))} for _ in range(18)]} for _ in range(18)]} for _ in range(18)]}
    declared = ListDeclaration(kind="json", address=HOST, items="a.a.a.a", link="x")
    with pytest.raises(SelectorError):
        read_list(served(json.dumps(deep)), declared)


# --- HTML that goes on by numbers, and what all kinds share


def test_numbered_pages_follow_the_first():
    declared = ListDeclaration(address=f"{HOST}/presse/", item="a", pages="page/{page}/")
    page = read_list(served("<a href=/1>M</a>", f"{HOST}/presse/"), declared)
    assert page.next == f"{HOST}/presse/page/2/"
    drupal = ListDeclaration(address=f"{HOST}/presse", item="a", pages=f"{HOST}/presse?page={{page}}", first_page=0)
    assert read_list(served("<a href=/1>M</a>", f"{HOST}/presse"), drupal).next == f"{HOST}/presse?page=1"


@pytest.mark.parametrize(
    ("match", "kept"),
    [
        ("", ["/presse/a", "/presse/b/c", "/blog/a"]),
        ("/presse/*", ["/presse/a", "/presse/b/c"]),
        ("*/blog/?", ["/blog/a"]),
        (f"{HOST}/presse/*", ["/presse/a", "/presse/b/c"]),
        ("/presse/[^/]+$", ["/presse/a"]),
        ("^https://muster.invalid/blog/", ["/blog/a"]),
        (".*/b/.*", ["/presse/b/c"]),
    ],
)
def test_only_addresses_that_match_are_taken(match, kept):
    html = "<a href=/presse/a>1</a><a href=/presse/b/c>2</a><a href=/blog/a>3</a>"
    page = read_list(served(html), ListDeclaration(address=HOST, item="a", match=match))
    assert [address for address, *_rest in named(page)] == kept


def test_a_page_of_endless_links_is_cut_and_says_so():
    html = "".join(f"<a href=/presse/{n}>M</a>" for n in range(1500))
    page = read_list(served(html), ListDeclaration(address=HOST, item="a"))
    assert (len(page.entries), page.cut, page.found) == (1000, 500, 1500)


def test_titles_and_addresses_of_any_length_are_bounded():
    html = f"<a href=/{'x' * 5000}>lang</a><a href=/kurz>{'Wort ' * 5000}</a>"
    ((address, title, _day),) = named(read_list(served(html), ListDeclaration(address=HOST, item="a")))
    assert (address, len(title)) == ("/kurz", 500)


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        ("<div>" * 30_000, ListDeclaration(address=HOST, item="div > a")),
        ("<rss><channel><item>" * 30_000, FEED),
        ("<urlset><url><loc>" * 30_000, SITEMAP),
        ("[" * 500_000, WORDPRESS),
        (
            json.dumps({"html": "<b><i><a href=x>" * 20_000}),
            ListDeclaration(kind="json", address=HOST, items="html", item="p > a"),
        ),
    ],
    ids=["html", "feed", "sitemap", "wordpress", "json"],
)
def test_a_hostile_list_ends_in_its_child_as_an_error(content, declared):
    with pytest.raises((SelectorError, ReadError)):
        list_in_child(served(content), declared)
    assert named(list_in_child(served(rss("")), FEED)) == [("/0", "M 0", None)]
