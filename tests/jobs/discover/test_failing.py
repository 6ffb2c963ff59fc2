"""What cannot be collected ends in a sentence that says what is missing and what to do."""

import time
from datetime import date

import pytest

from jobs.discover import DiscoverError
from scrapers.discover.study import study_page
from scrapers.pool import PAGE_SECONDS
from scrapers.read import ServedPage

PROSE = "Die Musterfraktion im Landtag Musterland arbeitet für alle Menschen im Land, in Stadt und Dorf. " * 6
ARTICLE = (
    "<article><h1>{title}</h1><time datetime='{day}'>{day}</time><div class=text>" + f"<p>{PROSE}</p>" * 2 + "</div></article>"
)


def page(body, head=""):
    return f"<!doctype html><html lang=de><head><meta charset=utf-8><title>Musterfraktion</title>{head}</head><body>{body}</body></html>"


def many_links(number):
    return page("".join(f"<a href='/seite/{n}-ein-wort-und-noch-eins'>Ein Wort und noch eins {n}</a> " for n in range(number)))


PAGES = {
    "a page without a list": (page(f"<h1>Willkommen</h1><p>{PROSE}</p><a href='/kontakt'>Kontakt</a>"), "holds no list of releases", "address of the page that lists"),
    "a login wall": (page("<h1>Anmelden</h1><form><input name=u><input type=password name=p><button>Los</button></form>"), "asks for a login", "public press page or feed"),
    "a page that is filled by a script": (page("<div id=root></div><noscript>Bitte JavaScript einschalten.</noscript><script src=/app.js></script>"), "filled by a script", "feed"),
    "a list of one release": (page("<ul><li><time>12.03.2024</time> <a href='/presse/der-deich-muss-saniert-werden'>Der Deich muss saniert werden</a></li></ul>" + f"<p>{PROSE}</p>"), "a single release ('Der Deich muss saniert werden')", "lists several"),
    "two MiB of links": (many_links(22_000), "links; more than 3000", "press page itself, or of a feed"),
    "more than we take": (many_links(40_000), "2097152", ""),
    "an error page with status 200": (page("<h1>Seite nicht gefunden</h1>"), "status is 200", "look at it in a browser"),
    "no page": (500, "500", ""),
    "a page that is denied": (403, "does not let us in without a login", "public press page"),
    "a page that is not there": (404, "status 404", "Check the address"),
    "a picture": (("image/png", b"\x89PNG\r\n\x1a\n"), "image/png", ""),
    "an empty feed": (("application/rss+xml", "<rss version='2.0'><channel><title>x</title></channel></rss>"), "names no releases now", "press page"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_failure_says_what_is_missing_and_what_to_do(loopback, discovered, name):
    content, missing, to_do = PAGES[name]
    with loopback.serving(lambda _base: {"/presse": content}) as base, pytest.raises(DiscoverError) as caught:
        discovered(f"{base}/presse")
    assert missing in str(caught.value)
    assert to_do in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_private_network_is_not_visited_unless_an_operator_allows_it(loopback, discovered):
    with loopback.serving(lambda _base: {"/presse": page("")}) as base, pytest.raises(DiscoverError, match="ALLOWED_NETWORKS"):
        discovered(f"{base}/presse", allowed="")


def test_robots_txt_is_obeyed(loopback, discovered):
    asked = []
    pages = {"/robots.txt": ("text/plain", "User-agent: *\nDisallow: /presse\n"), "/presse": page("")}
    with loopback.serving(lambda _base: pages, asked) as base, pytest.raises(DiscoverError, match=r"robots\.txt"):
        discovered(f"{base}/presse")
    assert asked == ["/robots.txt"]


def test_releases_that_are_not_there_are_named(loopback, discovered):
    links = "".join(
        f"<li><time>1{n}.03.2024</time> <a href='/presse/der-deich-muss-saniert-werden-{n}'>Der Deich muss saniert werden {n}</a></li>"
        for n in range(5)
    )
    with (
        loopback.serving(lambda _base: {"/presse": page(f"<ul>{links}</ul>")}) as base,
        pytest.raises(DiscoverError, match="none of its releases"),
    ):
        discovered(f"{base}/presse")


SCRIPTED = page("<div id=root></div><script src=/app.js></script>")


def articles(number=4):
    return {
        f"/presse/2024/der-deich-bleibt-{n}": page(ARTICLE.format(title=f"Der Deich bleibt, Teil {n}", day=f"2024-03-1{n}"))
        for n in range(number)
    }


def test_without_a_list_a_feed_carries_the_source(loopback, discovered):
    def pages(base):
        items = "".join(f"<item><title>x</title><link>{base}{path}</link></item>" for path in articles())
        return {
            "/presse": SCRIPTED,
            "/presse/feed/": ("application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>"),
            **articles(),
        }

    with loopback.serving(pages) as base:
        discovery = discovered(f"{base}/presse")
    assert [proposal.kind for proposal in discovery.found.lists] == ["feed"]
    assert discovery.is_proven
    assert any("older ones are not collected" in note for note in discovery.found.notes)


def test_without_a_list_and_a_feed_the_interface_of_wordpress_carries_the_source(loopback, discovered):
    def pages(base):
        import json

        head = f"<link rel='https://api.w.org/' href='{base}/wp-json/'>"
        posts = [{"link": base + path, "title": {"rendered": "x"}, "date": "2024-03-10T08:00:00"} for path in articles()]
        scripted = SCRIPTED.replace("<title>", head + "<title>")
        return {
            "/presse": scripted,
            "/wp-json/wp/v2/posts?per_page=20&page=1": ("application/json", json.dumps(posts)),
            **articles(),
        }

    with loopback.serving(pages) as base:
        discovery = discovered(f"{base}/presse")
    assert [proposal.kind for proposal in discovery.found.lists] == ["wordpress"]
    assert discovery.found.lists[0].keys["address"].endswith("/wp-json/wp/v2/posts?per_page=20&page={page}")
    assert discovery.is_proven


def test_the_last_resort_is_a_sitemap_with_the_folder_of_the_releases(loopback, discovered):
    def pages(base):
        places = [*articles(), "/", "/kontakt", "/ueber-uns/team", "/termine/sommerfest"]
        xml = (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            + "".join(f"<url><loc>{base}{place}</loc></url>" for place in places)
            + "</urlset>"
        )
        robots = ("text/plain", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n")
        return {"/presse": SCRIPTED, "/robots.txt": robots, "/sitemap.xml": ("application/xml", xml), **articles()}

    with loopback.serving(pages) as base:
        discovery = discovered(f"{base}/presse")
    (found,) = discovery.found.lists
    assert (found.kind, found.keys["match"]) == ("sitemap", "*/presse/*")
    assert len(discovery.entries) == 4
    assert discovery.is_proven


def test_a_list_of_two_thousand_releases_is_looked_at_within_the_time_that_a_page_has():
    rows = "".join(
        f"<div><span>1{n % 9}.03.2024</span> <a href='/presse/{n}-ein-deich'>Ein Deich wird nun saniert {n}</a><p>{PROSE[:90]}</p></div>"
        for n in range(2000)
    )
    served = ServedPage(page(rows).encode(), "utf-8", "https://muster.invalid/presse", date(2024, 4, 1))
    began = time.process_time()
    (found,) = study_page(served).lists
    assert len(found.entries) == 2000
    assert time.process_time() - began < PAGE_SECONDS / 2
