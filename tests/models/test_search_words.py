"""Stems, what a person can type, and hostile questions."""

from itertools import pairwise

import psycopg
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import queries
from models.search.ask import NOTHING, ONLY_EXCLUDED, TOO_LONG, TOO_SHORT, read_query
from models.search.index import fts5_expression, ts_query
from models.search.marks import AROUND, mark_spans, passage
from models.search.words import LONGEST_WORD, beginning, compounds_of, stem, words_of

HOSTILE = [
    "",
    "   ",
    '"',
    '""""',
    '"" ""',
    "'",
    "-",
    "--",
    "*",
    "a*",
    "-Wort",
    '-"zwei Worte"',
    "OR",
    "OR OR ODER",
    "AND NOT NEAR(a b, 2)",
    "words: München",
    "{words} : x",
    "^München",
    "a + b",
    "München)",
    "((München",
    "München;DROP TABLE claim;--",
    "' OR 1=1 --",
    "%' OR '1'='1",
    "%",
    "_",
    "\\",
    "a & b | !c",
    "'x':*",
    "\x00",
    "Mün\x00chen",
    "\ud800",
    "😀",
    "👩‍👩‍👧 Familie",
    "Привет",
    "日本語",
    "\u202eneteiM",
    "<script>alert(1)</script>",
    "[bold]x[/bold]",
    "x" * 10_000,
    "wort " * 2_000,
    '"' * 10_000,
    "-" * 400,
    "a-" * 200,
    "1" * 400,
    "ä" * 400,
    "1e5 0x1f 3e4a",
    "0",
    "0*",
]


@pytest.mark.parametrize(
    ("alike", "stemmed"),
    [
        ("München Muenchen MÜNCHEN mu\u0308nchen Mün\u00adchen", "munch"),
        ("Häuser Haeuser Hauses HAUS", "haus"),
        ("Straße Strasse Straßen STRASSE", "strass"),
        ("Bürger Bürgerinnen Bürgern", "burg"),
        ("Quelle Quellen", "quell"),
        ("neue neuer neues", "neu"),
        ("Café cafe", "caf"),
        ("1.000 1000", "n1000"),
        ("2,5", "n2komma5"),
        ("1.234.567,89", "n1234567komma89"),
    ],
)
def test_words_that_are_one_have_one_stem(alike, stemmed):
    assert {word.stem for word in words_of(alike)} == {stemmed}


def test_a_date_and_a_list_of_numbers_stay_apart():
    assert [word.stem for word in words_of("am 27.11.2019 um 8.30 Uhr")] == [
        "am",
        "n27",
        "n11",
        "n2019",
        "um",
        "n8",
        "n30",
        "uhr",
    ]


def test_hyphens_and_gender_marks_make_compounds():
    text = "NRW-Corona-Hilfen für Bürger:innen, Lehrer*innen - und mehr"
    joined = [word for _, _, word in compounds_of(text, words_of(text))]
    assert joined == [stem("NRWCorona"), stem("NRWCoronaHilfen"), stem("CoronaHilfen"), stem("Bürgerinnen"), stem("Lehrerinnen")]


@pytest.mark.parametrize(
    ("typed", "begins"), [("Muench", "munch"), ("Mün", "mun"), ("Verfügungen", "verfugungen"), ("Quel", "quel"), ("25", "n25")]
)
def test_a_beginning_is_folded_and_not_stemmed(typed, begins):
    assert beginning(typed) == begins


@given(st.text(max_size=200))
@example("\ud800")
@example("½ ① ﷺ ㏂ m² ǅ ŉ İ ß\u0301")
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_plain_words_at_their_places(text):
    for word in words_of(text):
        assert word.stem.isascii()
        assert word.stem.isalnum()
        assert word.stem == word.stem.lower()
        assert not word.stem[0].isdigit()
        assert len(word.stem) <= LONGEST_WORD
        assert stem(text[word.start : word.end]) == word.stem


@given(st.text(max_size=80), st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_question_can_be_asked_of_any_text(typed, text):
    query = read_query(typed)
    assert bool(query.problem) != bool(query.groups)
    spans = mark_spans(query, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    shown = passage(query, "text", text)
    assert 0 <= shown.start <= shown.end <= len(text)
    assert bool(shown.marks) == bool(spans)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NOTHING),
        ("?!", NOTHING),
        ('"', NOTHING),
        ("😀", NOTHING),
        ("-Wort", ONLY_EXCLUDED),
        ("x" * 501, TOO_LONG),
        ("ab " * 41, TOO_LONG),
        ("a*", TOO_SHORT),
        ("die", None),
        ("OR", NOTHING),
        ("Haus OR", None),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(typed, problem):
    assert read_query(typed).problem == problem


def test_small_words_count_only_in_phrases_and_where_there_is_nothing_else():
    assert read_query("die Schule") == read_query("der Schulen") == read_query("Schule")
    assert read_query('"die Schule"') != read_query("Schule")
    assert len(read_query("für die").groups) == 2


def test_a_passage_shows_the_densest_place_whole_words_and_nothing_of_the_title():
    text = "Haus und Hof\n\n" + "Leere Worte. " * 60 + "Das Haus neben dem Haus am Hang. " + "Noch mehr Worte. " * 60
    shown = passage(read_query("Haus"), "text", text, after=len("Haus und Hof"))
    assert [text[start:end] for start, end in shown.marks] == ["Haus", "Haus"]
    assert shown.end - shown.start <= AROUND * 2
    assert not text[shown.start].isspace()
    assert text[shown.start - 1].isspace()
    assert text[shown.end].isspace()
    assert passage(read_query("Turm"), "text", text, after=12).start == 12


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_question_finds_nothing_or_says_why(desk, typed):
    desk.keep("Titel\n\nNichts davon steht hier.", ["Nichts davon steht hier."])
    with desk.database.reading() as session:
        found = queries.search(session, typed)
        assert found.total == len(found.hits) == 0
        assert found.problem in {None, NOTHING, ONLY_EXCLUDED, TOO_LONG, TOO_SHORT}
        if typed.strip():
            assert queries.count_claims(session, queries.ClaimFilter(words=typed)) == 0
        assert queries.search_problem(typed) == (found.problem if typed.strip() else None)


def test_postgresql_takes_every_word_as_it_is(fresh_postgres):
    words = {word.stem for typed in HOSTILE for word in words_of(typed)}
    words |= {stem(text) for text in ("1e5", "3e4a", "0x1f", "2,5", "1.000", "5G", "a1e5", "e5", "x", "http", "www", "München")}
    with psycopg.connect(fresh_postgres.replace("postgresql+psycopg", "postgresql")) as connection:
        (kept,) = connection.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", (f" {' '.join(words)} ",)).fetchone()
    assert set(kept) == words


def test_what_is_asked_of_an_index_holds_letters_digits_and_its_own_signs_only():
    query = read_query('Haus* Corona-Hilfe OR "rotes Dach" -\'Wand\' -"am Ende"')
    assert (
        fts5_expression(query)
        == '(("haus"* OR "haus") AND ("corona hilf" OR "coronahilf" OR "rot dach")) NOT ("wand" OR "am end")'
    )
    assert ts_query(query) == "(('haus':*) | ('haus')) & (('corona' & 'hilf') | ('coronahilf') | ('rot' & 'dach')) & !('wand')"
