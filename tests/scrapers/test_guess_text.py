"""Texts of pages nobody declared: all of what a release says, and nothing of what stands around it."""

import json

import pytest

from scrapers.guess.labels import ends_text, is_label, is_sentence
from scrapers.guess.lines import Line, key_of, lines_of
from scrapers.guess.metadata import Metadata
from scrapers.guess.prose import guess_text
from scrapers.guess.titles import guess_title
from scrapers.page import Page

LEAD = "Der Landtag Musterland hat heute über die Moore des Landes beraten. Die Musterfraktion ist zufrieden."
FIRST = "Zur heutigen Aussprache erklärt Adele Birnbaum, Sprecherin für Moore der Musterfraktion im Landtag Musterland:"
QUOTE = "„Wir werden im kommenden Jahr 25 Millionen Taler für die Moore zur Verfügung stellen. Das ist mehr als je zuvor.“"
LAST = "In keinem anderen Musterkreis gibt es mehr Torfmoos als hier, sagt die Sprecherin, und so soll es auch bleiben."
OTHER = "Ganz andere Meldung, die mit Mooren nichts zu tun hat und nur hier steht, weil die Seite sie immer zeigt."
RELEASE = f"<p>{FIRST}</p><p>{QUOTE}</p><p>{LAST}</p>"
TEXT = f"{FIRST}\n\n{QUOTE}\n\n{LAST}"


def page(body, head=""):
    return Page.of(
        f"<!doctype html><html><head><title>Mehr Geld | MF</title>{head}</head><body>{body}</body></html>".encode(), "utf-8", ""
    )


def text_of(subject):
    said = Metadata(subject)
    return guess_text(subject, said, guess_title(subject, said))[0]


def release(before="", behind="", inside=RELEASE):
    return page(f"<main><article><h1>Mehr Geld</h1>{before}<div class=text>{inside}</div>{behind}</article></main>")


@pytest.mark.parametrize(
    "around",
    [
        f"<nav><ul><li><a href=/>Start</a><li><a href=/p>Presse</a></ul><p>{OTHER}</p></nav>",
        f"<div class='share-buttons'><p>{OTHER}</p></div>",
        f"<aside><h2>Meldungen</h2><p>{OTHER}</p></aside>",
        f"<div class=teaser><h3><a href=/a>Andere Meldung</a></h3><p><a href=/a>{OTHER}</a></p></div>",
        f"<section id=comments><h2>3 Kommentare</h2><p>{OTHER}</p></section>",
        f"<div class='contact-box'><p>Pressestelle: {OTHER}</p></div>",
        f"<footer><p>{OTHER}</p></footer>",
        f"<div style='display: none'><p>{OTHER}</p></div>",
        f"<div class='visually-hidden'><p>{OTHER}</p></div>",
        f"<figure><img src=a><figcaption>{OTHER}</figcaption></figure>",
        f"<div class=newsletterBox><p>{OTHER}</p></div>",
        f"<form><p>{OTHER}</p></form>",
    ],
)
def test_furniture_is_no_text(around):
    assert text_of(release(behind=around)) == TEXT
    assert text_of(release(before=around)) == TEXT


@pytest.mark.parametrize(
    "wrapper",
    [
        "<form class=aspnet>{}</form>",
        "<div class=sidebar-layout>{}</div>",
        "<div class='content has-sidebar'>{}</div>",
        "<div class='elementor-widget elementor-widget-share'>{}</div>",
        "<aside>{}</aside>",
        "<div class=teaser-text>{}</div>",
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_the_text_stays_whatever_it_stands_in(wrapper):
    assert text_of(page(f"<h1>Mehr Geld</h1>{wrapper.format(RELEASE)}<p>{OTHER}</p>")).startswith(TEXT)


@pytest.mark.parametrize("name", ["teaser-text", "lead", "intro", "entry-excerpt", "vorspann"])
def test_a_lead_between_headline_and_text_is_part_of_it(name):
    subject = page(
        f"<article><header><h1>Mehr Geld</h1><div class={name}><p>{LEAD}</p></div></header><div class=body>{RELEASE}</div></article>"
    )
    assert text_of(subject) == f"{LEAD}\n\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    [
        "04.03.2021",
        "Donnerstag, 4. März 2021, 14:30 Uhr",
        "Musterstadt, den 4. März 2021",
        "04.03.2021 Musterstadt",
        "Pressemitteilung",
        "PRESSEMITTEILUNG Nr. 12/2021",
        "Mehr Geld",
        "Foto: Adele Birnbaum",
        "Lesezeit: 2 Minuten",
    ],
)
def test_labels_between_headline_and_text_are_none_of_it(line):
    assert text_of(release(inside=f"<p>{line}</p>{RELEASE}")) == TEXT


@pytest.mark.parametrize(
    "tail",
    [
        f"<h2>Weitere Pressemitteilungen</h2><p>{OTHER}</p>",
        f"<h3>Das könnte Sie auch interessieren</h3><p>{OTHER}</p>",
        f"<p><strong>Pressekontakt:</strong></p><p>{OTHER}</p>",
        "<p>Pressestelle der Musterfraktion</p><p>Platz des Landtags 1</p><p>40221 Musterstadt</p><p>Tel.: 0211 884-2345</p>",
        f"<h2>Über den Autor</h2><p>{OTHER}</p>",
        "<p>Antrag.pdf (PDF, 38 KB)</p>",
        "<p>Letzte Änderung 14.02.2019</p>",
        "<p>Schlagwörter: Moore, Geld</p>",
        f"<h2>Kommentar schreiben</h2><p>{OTHER}</p>",
        "<p>Teilen</p><p>Drucken</p><p>Zurück zur Übersicht</p>",
    ],
)
def test_what_follows_the_text_is_none_of_it(tail):
    assert text_of(release(inside=RELEASE + tail)) == TEXT


def test_headings_lists_and_short_lines_of_the_text_stay():
    inside = f"<p>{FIRST}</p><h2>Hintergrund</h2><p>Ein kurzer Satz.</p><ul><li>Vierzig Moore.</li><li>Drei Inseln.</li></ul><p>{QUOTE}<br>{LAST}</p>"
    wanted = f"{FIRST}\n\nHintergrund\n\nEin kurzer Satz.\n\n- Vierzig Moore.\n- Drei Inseln.\n\n{QUOTE}\n{LAST}"
    assert text_of(release(inside=inside)) == wanted


def test_a_part_of_others_in_the_middle_goes_alone():
    inside = (
        f"<p>{FIRST}</p><h3>Mehr zum Thema</h3><p><a href=/a>Andere Meldung</a></p><h3>Die Zahlen</h3><p>{QUOTE}</p><p>{LAST}</p>"
    )
    assert text_of(release(inside=inside)) == f"{FIRST}\n\nDie Zahlen\n\n{QUOTE}\n\n{LAST}"


def test_a_label_in_front_of_most_of_the_text_cuts_nothing_off():
    assert text_of(release(inside=f"<p>Kontakt</p>{RELEASE}")) == TEXT
    assert QUOTE in text_of(release(inside=f"<p>{FIRST}</p><p>Kontakt</p><p>{QUOTE}</p><p>{LAST}</p>"))


def test_soft_hyphens_stay_as_they_were_written():
    inside = RELEASE.replace("Sprecherin", "Spre\u00adcherin")
    assert "Spre\u00adcherin für Moore" in text_of(release(inside=inside))


def test_more_comments_than_text_are_still_none_of_it():
    assert text_of(release(behind=f"<div class=comments>{f'<p>{OTHER}</p>' * 20}</div>")) == TEXT


def test_a_text_said_to_machines_tells_which_lines_are_of_it():
    body = f"{FIRST} {QUOTE} {LAST}"
    head = f'<script type="application/ld+json">{json.dumps({"@type": "PressRelease", "headline": "Mehr Geld", "articleBody": body})}</script>'
    subject = page(f"<h1>Mehr Geld</h1><div>{RELEASE}<p>{OTHER}</p></div>", head)
    assert guess_text(subject, Metadata(subject), guess_title(subject, Metadata(subject))) == (TEXT, "json-ld")


def test_a_page_without_a_text_has_its_paragraphs():
    subject = page("<p>a</p><p>b</p>")
    assert text_of(subject) in {"a\n\nb", "a\nb"}
    assert text_of(page("")) == ""


def line(text, html="<p>x</p>"):
    return Line(text=text, block=page(html).first("p, h2, li"))


@pytest.mark.parametrize(
    "text",
    [
        "Weitere Informationen",
        "Weitere Informationen zum Haushalt",
        "Mehr zum Thema",
        "Siehe auch",
        "Pressekontakt: Adele Birnbaum",
        "Downloads",
        "V.i.S.d.P.: Adele Birnbaum",
        "12 Kommentare",
        "Ihre Ansprechpartnerin",
        "Über uns",
    ],
)
def test_a_heading_of_others_words_is_known(text):
    assert ends_text(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "Weitere Informationen finden Sie im Antrag.",
        "Mehr Geld für Schulen",
        "Weitere Schritte sind nötig",
        "Verantwortlich ist der Bund",
        "Aktuelle Lage der Moore",
        "Kontakte nach Russland",
        "Alle Bilder lügen",
        "Hintergrund:",
        "Neue Themen braucht das Land, und zwar sofort",
        "Links blinken, rechts abbiegen",
        "Quellen des Reichtums",
    ],
)
def test_a_heading_of_the_text_is_none_of_others(text):
    assert not ends_text(line(text))
    assert not is_label(line(text))


def test_sentences_are_told_from_bylines():
    assert is_sentence(LEAD)
    assert not is_sentence("Von Adele Birnbaum, Musterstadt")
    assert not is_sentence("Adele Birnbaum, Theodor Quittenhain, Leander Sandmann und Ottilie Feldmark, Landtag Musterland")


def test_what_is_compared_of_a_line_is_its_letters_and_digits():
    assert key_of(" „Größe“ –  2,5\u00a0Mio.\u00adEuro_! ") == "grösse 2 5 mio euro"


def test_lines_know_their_block_and_links():
    found = lines_of(
        page("<div>a <a href=/>b c</a><p>d<br>e</p>f</div><ul><li>g</ul><table><tr><td>h<td>i</table>").first("body")
    )
    assert [(one.text, one.block.name, one.linked) for one in found] == [
        ("a b c", "div", 3),
        ("d", "p", 0),
        ("e", "p", 0),
        ("f", "div", 0),
        ("g", "li", 0),
        ("h i", "tr", 0),
    ]
