"""What is called a page and is none, and what only looks like that."""

import time

import pytest

from scrapers.content import doubt_about, unfit_bytes, unfit_type

TEXT = "<p>Die Fraktion fordert für die Moore in Musterland im kommenden Jahr 25 Millionen Euro und sonst nichts weiter.</p>" * 3
BANNER = "<div>Wir verwenden Cookies. Mehr in der Datenschutzerklärung. <button>Alle akzeptieren</button></div>"


def page(title="", h1="", body=""):
    heading = f"<h1 class='x'>{h1}</h1>" if h1 else ""
    return f"<!doctype html><html><head><title>{title}</title></head><body>{heading}{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Seite nicht gefunden", "soft_404"),
        ("404 - Seite nicht gefunden", "soft_404"),
        ("Fehler 404", "soft_404"),
        ("Error 404: Page not found", "soft_404"),
        ("Die Seite, die Sie suchen, existiert nicht", "soft_404"),
        ("Diese Seite gibt es nicht (mehr).", "soft_404"),
        ("Die angeforderte Seite wurde leider nicht gefunden!", "soft_404"),
        ("Die gew&uuml;nschte Seite konnte nicht gefunden werden", "soft_404"),
        ("Ups, diese Seite ist leider nicht mehr verfügbar", "soft_404"),
        ("Nicht gefunden", "soft_404"),
        ("The requested page could not be found.", "soft_404"),
        ("This page doesn't exist", "soft_404"),
        ("Just a moment...", "robot_check"),
        ("Sind Sie ein Mensch?", "robot_check"),
        ("503 Service Unavailable", "error_page"),
        ("Service Temporarily Unavailable", "error_page"),
        ("Fehler 500", "error_page"),
        ("Wartungsarbeiten", "error_page"),
        ("Wir sind gleich wieder da!", "error_page"),
        ("Es ist ein Fehler aufgetreten", "error_page"),
        ("Es ist ein unerwarteter Fehler aufgetreten.", "error_page"),
        ("Error establishing a database connection", "error_page"),
        ("Zugriff verweigert", "error_page"),
    ],
)
def test_a_heading_that_says_nothing_else_is_believed(heading, kind):
    for content in (
        page(h1=heading),
        page(title=heading),
        page(title=f"{heading} | SPD-Fraktion"),
        page("Fraktion", f"<b>{heading}</b>", TEXT),
    ):
        doubt = doubt_about(content)
        assert doubt is not None, content
        assert doubt.kind == kind
        assert "http://muster.invalid/" in doubt.about("http://muster.invalid/")


@pytest.mark.parametrize(("number", "kind"), [("404", "soft_404"), ("500", "error_page"), ("503", "error_page")])
def test_a_number_is_an_error_only_where_it_stands_alone(number, kind):
    assert doubt_about(page(h1=number)).kind == kind
    assert doubt_about(page(title=number)).kind == kind
    assert doubt_about(page(title=f"{number} – SPD-Fraktion", body=TEXT)) is None


@pytest.mark.parametrize(
    "heading",
    [
        "500 Lehrkräfte fehlen",
        "404 Wohnungen fehlen in Musterstadt",
        "Haushalt - 500 - Nachtrag",
        "Inhalt des Gutachtens nicht verfügbar",
        "Dokument der Ministerin nicht verfügbar",
        "Artikel 3 existiert nicht nur auf dem Papier",
        "Error 404 in der Bildungspolitik",
        "Lösung nicht gefunden: Ministerin bleibt ratlos",
        "Dieser Beitrag der Wirtschaft wurde nicht gefunden, sagt Ahlers",
        "Fehler im System",
        "Wartung der Brücken",
        "Ein Fehler ist kein Unfall",
        "Sicherheitsprüfung für alle Brücken",
        "Cookies und Datenschutz: Das Land muss handeln",
        "Seite an Seite",
        "",
    ],
)
def test_a_release_that_speaks_of_errors_stays_a_release(heading):
    assert doubt_about(page(f"{heading} – SPD-Fraktion", heading, TEXT)) is None


@pytest.mark.parametrize(
    "body",
    [
        BANNER,
        "<h1>Wir verwenden Cookies</h1>" + BANNER,
        BANNER + "<script>" + "var x = 1;" * 500 + "</script><style>p { color: red }</style>",
        "<p>Before you continue: we use cookies on this website.</p><button>ACCEPT ALL</button><a>Reject</a><a>Impressum</a>",
    ],
)
def test_a_page_that_only_asks_to_accept_cookies_is_a_wall(body):
    doubt = doubt_about(page("Fraktion Musterland", "", body))
    assert doubt is not None
    assert doubt.kind == "consent_wall"


@pytest.mark.parametrize(
    "content",
    [
        page("Moore", "Moore", TEXT + BANNER),
        page("Moore", "", TEXT + BANNER),
        page("Moore", "Moore", BANNER),
        page("Datenschutz stärken", "Datenschutz stärken", "<p>Die Einwilligung in Cookies muss einfacher werden.</p>" + BANNER),
        page("Cookies", "Cookies: Die Plage", TEXT + BANNER),
    ],
)
def test_a_release_with_a_banner_is_no_wall(content):
    assert doubt_about(content) is None


@pytest.mark.parametrize(
    "content",
    [b"<" * 300_000, b"<title>" * 40_000, b"<h1>" * 70_000, b"cookie i agree" + b"<script>" * 30_000, b"cookie i agree" + b"&amp;" * 60_000,
     b"<title>" + b"die " * 200 + b"</title>", b"<title>" + b"- " * 400 + b"</title>", b"<title>" + b"fehler " * 130 + b"</title>", b""],
)  # fmt: skip
def test_hostile_pages_take_no_time(content):
    began = time.perf_counter()
    doubt_about(content)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "declared",
    ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "application/rss+xml", "application/atom+xml;charset=x", "text/xml", "text/plain",
     "application/json", "application/ld+json", "application/octet-stream", "", " "],
)  # fmt: skip
def test_types_that_can_be_read_or_say_nothing_are_taken(declared):
    assert unfit_type(declared) is None


@pytest.mark.parametrize(
    "declared", ["application/pdf", "image/png", "image/svg+xml", "video/mp4", "application/zip", "application/msword"]
)
def test_types_that_cannot_be_read_are_named(declared):
    assert unfit_type(f"{declared}; x=y") == declared


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"PK\x03\x04", b"\x1f\x8b\x08", b"a\0b", b"RIFF"],
)
def test_bytes_that_cannot_be_read_are_named(content):
    assert unfit_bytes(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", "\ufeff<html>".encode(), "\ufeff<html>".encode("utf-16-le"), "<p>ü".encode("cp1252"), b"x" * 2000 + b"\0"],
)
def test_bytes_that_may_be_a_page_are_taken(content):
    assert unfit_bytes(content) is None
