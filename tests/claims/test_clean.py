"""Cleaning: what a line break parted is joined, what belongs together stays, and every place leads back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.text.clean import clean

PIECES = st.sampled_from(
    ["Lehr", "kräfte", "einstei", "gen", "und", "-", " ", "\u00ad", "\u200b", "\u00a0", "\r\n", "\r", "\n", "u\u0308", "a\u0301", "x", "„", ".", "🙂"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("einstei-gen", "einsteigen"),
        ("Bleibe-rechte", "Bleiberechte"),
        ("abge- schafft", "abgeschafft"),
        ("Ver- antwortung", "Verantwortung"),
        ("Nordrhein-West-falen", "Nordrhein-Westfalen"),
        ("Landes-sportbundes", "Landessportbundes"),
        ("sport-politische", "sportpolitische"),
        ("Zukunfts- werkstatt", "Zukunftswerkstatt"),
        ("dar- auf", "darauf"),
        ("Feld-köppel", "Feldköppel"),
        ("Kinder-\ntagesbetreuung", "Kindertagesbetreuung"),
    ],
)
def test_a_word_that_a_line_break_parted_is_joined(written, read):
    assert clean(f"Das {written} ist es.").text == f"Das {read} ist es."


@pytest.mark.parametrize(
    "written",
    [
        "Know-how",
        "Start-up",
        "Pop-up-Radspur",
        "Nordrhein-Westfalen",
        "Haupt- und Realschule",
        "ein- bis zweimal",
        "hin- und herspielten",
        "die Umwandlung von Miet- in Eigentumswohnungen",
        "rot-grüne",
        "deutsch-französische",
        "sozial-ökologische",
        "EU-weit",
        "AfD-nahe",
        "CDU-geführte",
        "CDU-Fraktion",
        "kommt - wie immer - zu spät",
    ],
)
def test_a_hyphen_that_belongs_there_stays(written):
    assert clean(written).text == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Lehr\u00adkräfte", "Lehrkräfte"),
        ("25\u00a0Millionen\u202fEuro", "25 Millionen Euro"),
        ("\ufeffTitel\u200b", "Titel"),
        ("fu\u0308r", "für"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
    ],
)
def test_what_says_nothing_is_gone(written, read):
    assert clean(written).text == read


def test_repairs_name_the_word_and_its_place_in_the_original():
    text = "Die Ver-\u00ad antwortung und die Bleibe-rechte."
    repairs = clean(text).repairs
    assert [(text[r.start : r.end], r.word) for r in repairs] == [("-\u00ad ", "Verantwortung"), ("-", "Bleiberechte")]


def test_a_span_leads_back_to_the_words_as_archived():
    text = "Das\u00a0sind 300 zusätz- liche Pro\u00adfes\u00adsuren."
    cleaned = clean(text)
    start = cleaned.text.index("zusätzliche")
    first, last = cleaned.span(start, len(cleaned.text))
    assert text[first:last] == "zusätz- liche Pro\u00adfes\u00adsuren."


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_character_leads_back_to_its_own_place(text):
    cleaned = clean(text)
    spans = [cleaned.span(place, place + 1) for place in range(len(cleaned.text))]
    assert all(end == start + 1 for start, end in spans)
    assert spans == sorted(set(spans))
    for (start, _), character in zip(spans, cleaned.text, strict=True):
        assert text[start] == character or character in " \n" or not character.isascii()


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_repairs_stand_at_hyphens_in_order(text):
    repairs = clean(text).repairs
    assert all(text[repair.start] == "-" for repair in repairs)
    assert repairs == sorted(repairs)
