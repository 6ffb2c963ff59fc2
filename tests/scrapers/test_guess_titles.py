"""Headlines of pages nobody declared: what readers see as the headline, found by what machines are told."""

import json

import pytest

from scrapers.guess.metadata import Metadata
from scrapers.guess.titles import guess_title
from scrapers.page import Page

ADDRESS = "https://muster.invalid/presse/mehr-geld-fuer-moore"
WANTED = "Mehr Geld für Moore"


def page(body="", title="", address=ADDRESS, **meta):
    metas = "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in meta.items())
    head = f"<head>{metas}<title>{title}</title></head>" if title else f"<head>{metas}</head>"
    return Page.of(f"<!doctype html><html>{head}<body>{body}</body></html>".encode(), "utf-8", address)


def title_of(subject):
    return guess_title(subject, Metadata(subject)).text


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(page(f"<h1>{WANTED}</h1>"), id="the only heading"),
        pytest.param(page(f"<h1> {WANTED.replace(' ', '<br> ')}</h1>"), id="a heading in lines"),
        pytest.param(page(f"<h1>Musterfraktion</h1><h2>{WANTED}</h2>", f"{WANTED} | Musterfraktion"), id="below the site's name"),
        pytest.param(
            page(f"<h1>Presse</h1><h2>{WANTED}</h2>", "Presse | Musterfraktion"), id="below the name of a part of the site"
        ),
        pytest.param(page(f"<h1>Pressemitteilungen</h1><h1>{WANTED}</h1>", f"{WANTED} - MF"), id="below another main heading"),
        pytest.param(page(f"<h3>{WANTED}</h3><h1>Kontakt</h1>", f"Musterfraktion - Presse - {WANTED}"), id="no main heading"),
        pytest.param(page("", f"{WANTED} | Musterfraktion", og_title=WANTED), id="said to machines only"),
        pytest.param(
            page("", f"{WANTED} | MF", og_title=f"{WANTED} - Musterfraktion", og_site_name="Musterfraktion"), id="with its site"
        ),
        pytest.param(page("", f"Musterfraktion im Landtag von Musterland: Start - {WANTED}"), id="named in the address"),
        pytest.param(page("", f"{WANTED} › MF", address=""), id="the longer part, without an address"),
        pytest.param(
            page(f"<h1>{WANTED}</h1>", f"Pressemitteilung: {WANTED}", og_title=f"Pressemitteilung: {WANTED}"),
            id="a label for machines",
        ),
        pytest.param(page(f"<h1>Pressemitteilung: {WANTED}</h1>"), id="a label"),
        pytest.param(page(f"<h1>Gemeinsame Pressemitteilung vom 3.4.2021 – {WANTED}</h1>"), id="a label with a day"),
        pytest.param(page(f"<h1>PM 12/2021 | {WANTED}</h1>"), id="a label with a number"),
        pytest.param(page(f"<h1>03. April 2021 | {WANTED}</h1>"), id="a day before it"),
        pytest.param(
            page(f"<h1><span>Umwelt</span> <span>{WANTED}</span></h1>", f"Umwelt: {WANTED}"), id="a kicker within the heading"
        ),
        pytest.param(
            page(f"<h1><span class=k>Aus dem Landtag</span>{WANTED}</h1>", og_title=WANTED),
            id="a kicker that machines are not told",
        ),
        pytest.param(page(f"<nav><h2>{WANTED}</h2></nav><h1>{WANTED}</h1>", og_title=WANTED), id="twice"),
        pytest.param(
            page(f'<h1 class="sr-only">Navigation</h1><h1 class="sr-only">Inhalt</h1><h1>{WANTED}</h1>', "x"),
            id="beside hidden ones",
        ),
        pytest.param(
            page(f"<h1>{WANTED}</h1>", "So viel Geld gibt es jetzt für unsere Moore", og_title="Moore: mehr Geld"),
            id="in other words for machines",
        ),
        pytest.param(page(f'<div itemprop="headline">{WANTED}</div>', f"MF - {WANTED}"), id="marked as headline"),
        pytest.param(
            page(f"<aside><h1>{WANTED} – und weiter</h1></aside><h1>{WANTED}</h1>", f"{WANTED} | MF"),
            id="beside an advertisement",
        ),
    ],
)
def test_a_headline_is_what_readers_see_as_such(subject):
    assert title_of(subject) == WANTED


@pytest.mark.parametrize(
    "whole",
    [
        "Birnbaum: Mehr Geld für Moore",
        "Moore – mehr Geld als je zuvor",
        "„Mehr Geld“ | ein Wort, ein Moor",
        "Bericht zur Lage vom 22.04.2020 – worauf wartet die Regierung?",
    ],
)
def test_a_headline_is_not_cut_where_it_looks_like_a_name_of_a_site(whole):
    assert title_of(page(f"<h1>{whole}</h1>", f"{whole} | Musterfraktion", og_title=whole)) == whole
    assert title_of(page("", f"{whole} | Musterfraktion", og_title=whole)) == whole


def test_a_name_before_a_colon_is_no_kicker():
    subject = page(f"<h1><span>Birnbaum:</span> <span>{WANTED}</span></h1>", f"Birnbaum: {WANTED}")
    assert title_of(subject) == f"Birnbaum: {WANTED}"


def test_emphasis_is_no_kicker():
    assert title_of(page("<h1><em>Torfmoos</em> – ein Wunder</h1>", "Torfmoos – ein Wunder")) == "Torfmoos – ein Wunder"


def test_what_is_said_in_json_ld_stands_in_for_a_heading_that_says_something_else():
    said = json.dumps({"@type": "PressRelease", "headline": WANTED, "publisher": {"name": "Musterfraktion"}})
    subject = page(f'<h1>Ganz anderes</h1><script type="application/ld+json">{said}</script>')
    found = guess_title(subject, Metadata(subject))
    assert (found.text, found.origin, found.heading) == (WANTED, "json-ld", None)


def test_a_page_without_any_name_has_an_empty_headline():
    assert title_of(page("<p>Text</p>")) == ""
    assert title_of(page("<p>Text</p>", "Presse")) == "Presse"
