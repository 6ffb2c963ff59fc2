"""Days of pages nobody declared: of publication, never of a change, an event or today."""

import json
from datetime import date

import pytest

from scrapers.guess.days import guess_day
from scrapers.guess.metadata import Metadata
from scrapers.guess.titles import guess_title
from scrapers.page import Page

PROSE = "<p>Der Landtag Musterland hat heute über die Moore beraten und einstimmig beschlossen, dass sie größer werden sollen als je zuvor.</p>"
WANTED = date(2021, 3, 4)


def page(body, head="", address="https://muster.invalid/presse/moore"):
    return Page.of(f"<!doctype html><head>{head}</head><body>{body}</body>".encode(), "utf-8", address)


def found(subject, latest=None):
    said = Metadata(subject)
    return guess_day(subject, said, guess_title(subject, said), latest)


def day_of(subject, latest=None):
    day = found(subject, latest)
    return day.day if day else None


def beside(line, place="behind"):
    headline = "<h1>Mehr Geld für Moore</h1>"
    return page((headline + line if place == "behind" else line + headline) + PROSE * 3)


@pytest.mark.parametrize(
    "line",
    [
        "<p>04.03.2021</p>",
        "<p>4. März 2021</p>",
        "<p>Donnerstag, 4. März 2021, 14:30 Uhr</p>",
        "<p>Do, 4. Mär. 2021</p>",
        "<div>Musterstadt, den 4. März 2021</div>",
        "<div>04.03.2021 Musterstadt</div>",
        "<div>Veröffentlicht am 04.03.2021 von Adele Birnbaum</div>",
        "<div>Von Adele Birnbaum am 4. März 2021</div>",
        "<div>Adele Birnbaum / 04.03.2021 / 06:15</div>",
        "<div>Pressemitteilung Nr. 12/2021 vom 04.03.2021</div>",
        "<div>Veröffentlicht: 04.03.2021, aktualisiert: 05.03.2021</div>",
        "<div>Zuletzt aktualisiert am 05.03.2021, erschienen am 04.03.2021</div>",
        "<time datetime='2021-03-04T23:30:00+01:00'>4.3.2021</time>",
        "<p>Stand: 04.03.2021</p>",
        "<p>(Musterstadt, 4. März 2021) Der Landtag hat heute über die Moore beraten, und zwar länger als je zuvor in diesem Jahr.</p>",
        "<p>Pressemitteilung vom 4. März 2021 | Musterstadt – Der Landtag hat über die Moore beraten, und zwar länger als je zuvor.</p>",
        "<p>04.03.2021 – Der Landtag hat über die Moore beraten, und zwar länger als je zuvor, sagt die Sprecherin, und das sei gut.</p>",
    ],
)
@pytest.mark.parametrize("place", ["behind", "before"])
def test_a_day_beside_the_headline_is_the_day_of_publication(line, place):
    assert day_of(beside(line, place)) == WANTED


@pytest.mark.parametrize(
    "line",
    [
        "<p>Termin: Montag, 15. März 2021, 10 Uhr</p>",
        "<p>von 12.03.2021 bis 14.03.2021</p>",
        "<p>Bis zum 31.12.2030 läuft die Frist.</p>",
        "<p>Zuletzt geändert am 05.03.2021</p>",
        "<p>Am 15. März 2021 berät der Landtag Musterland abermals über die Moore, und zwar auf Antrag der Musterfraktion, heißt es dort.</p>",
        "<p>Mittwoch</p>",
    ],
)
def test_days_of_events_and_changes_are_none_of_publication(line):
    assert day_of(beside(line)) is None


def test_the_day_nearest_to_the_headline_counts():
    assert day_of(beside("<p>04.03.2021</p><p>Meldung</p><p>01.01.2020</p>")) == WANTED
    teasers = "".join(f"<li><a href=/{n}>Meldung {n}</a> {n}.4.2021</li>" for n in range(1, 20))
    assert day_of(page(f"<ul>{teasers}</ul><h1>Mehr Geld</h1><p>04.03.2021</p>{PROSE}<ul>{teasers}</ul>")) == WANTED


def json_ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **fields})}</script>'


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        (
            json_ld(**{"@type": "NewsArticle", "datePublished": "2021-03-04T09:00:00+01:00", "dateModified": "2021-05-05"}),
            "json-ld",
        ),
        (json_ld(**{"@graph": [{"@type": "WebSite"}, {"@type": "WebPage", "datePublished": "2021-03-04"}]}), "json-ld"),
        (json_ld(**{"@type": ["Article"], "datePublished": "2021-03-03T23:30:00Z"}), "json-ld"),
        ('<meta property="article:published_time" content="2021-03-04T09:00:00+01:00">', "article:published_time"),
        ('<meta name="DC.date.issued" content="2021-03-04">', "dc.date.issued"),
        ('<meta itemprop="datePublished" content="2021-03-04">', "datepublished"),
        ('<meta name="date" content="2021-03-04">', "date"),
        (
            '<meta property="article:modified_time" content="2021-05-05"><meta name="dcterms.created" content="2021-03-04">',
            "dcterms.created",
        ),
    ],
)
def test_a_day_is_what_machines_are_told(head, origin):
    day = found(page(f"<h1>Mehr Geld für Moore</h1>{PROSE}", head))
    assert (day.day, day.origin) == (WANTED, origin)


def test_what_machines_are_told_of_publication_counts_more_than_another_day_beside_the_headline():
    head = json_ld(**{"@type": "Article", "datePublished": "2021-03-04"})
    assert day_of(page(f"<h1>Mehr Geld</h1><p>24.12.2020</p>{PROSE}", head)) == WANTED


def test_the_day_beside_the_headline_counts_more_than_a_moment_one_day_off():
    head = '<meta property="article:published_time" content="2021-03-03T10:00:00+00:00">'
    assert day_of(page(f"<h1>Mehr Geld</h1><p>04.03.2021</p>{PROSE}", head)) == WANTED


def test_of_two_days_that_may_be_of_a_change_the_earlier_counts():
    head = '<meta name="date" content="2021-03-05T11:00:00">'
    assert day_of(page(f"<h1>Mehr Geld</h1><p>Stand: 04.03.2021</p>{PROSE}", head)) == WANTED


@pytest.mark.parametrize(
    ("subject", "origin"),
    [
        (page(f"{PROSE}<time itemprop=datePublished datetime=2021-03-04>vor drei Tagen</time>"), "time"),
        (page(f"{PROSE}<span class='news-list-date'>4. März 2021</span>"), "span"),
        (page(f"<h1>Mehr Geld</h1>{PROSE * 4}<p>Musterstadt, den 4. März 2021</p>"), "dateline"),
        (page(f"<h1>Mehr Geld</h1>{PROSE}", address="https://muster.invalid/2021/03/04/mehr-geld/"), "address"),
        (page(f"<h1>Mehr Geld</h1>{PROSE}", address="https://muster.invalid/20210304_mehr-geld.html"), "address"),
    ],
)
def test_elsewhere_a_day_must_be_marked_as_such(subject, origin):
    day = found(subject)
    assert (day.day, day.origin) == (WANTED, origin)


@pytest.mark.parametrize(
    "subject",
    [
        page(f"<h1>Mehr Geld</h1>{PROSE}<p>Am 4. März 2021 wird weiter beraten.</p>"),
        page(f"<h1>Mehr Geld</h1>{PROSE * 3}<div class=comments><time datetime=2021-03-04>4.3.2021</time></div>"),
        page(f"<h1>Mehr Geld</h1>{PROSE * 3}<div class='event-list'><span class=date>4.3.2021</span></div>"),
        page(f"<h1>Mehr Geld</h1>{PROSE}<p>© 2021 Musterfraktion</p>"),
        page(f"<h1>Mehr Geld</h1>{PROSE}", address="https://muster.invalid/drucksache/17-20210399"),
        page(f"<h1>Mehr Geld</h1><p>31.02.2021</p>{PROSE}"),
        page(""),
    ],
)
def test_a_page_that_bears_no_day_has_none(subject):
    assert found(subject) is None


def test_no_day_is_later_than_the_latest():
    subject = beside("<p>04.03.2021</p><p>05.02.2021</p>")
    assert day_of(subject, date(2021, 3, 4)) == WANTED
    assert day_of(subject, date(2021, 3, 3)) == date(2021, 2, 5)
