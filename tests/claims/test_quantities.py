"""Amounts and numbers: tables of sentences with what the guideline reads in them, then the rules that a table cannot show."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.figures.quantities import Money, Quantity, is_per_year, main_amount, main_quantity, money, quantities
from claims.text.clean import clean

HERE = Path(__file__).resolve().parent
LONGEST = 1200  # characters of a sentence


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number_or_none(cell):
    return float(cell) if cell else None


def sentence_of(row):
    return row["sentence"]


@pytest.mark.parametrize("row", rows("amounts.csv"), ids=sentence_of)
def test_a_sentence_holds_the_amount_that_the_guideline_reads_in_it(row):
    sentence = clean(row["sentence"]).text
    amount = main_amount(money(sentence))
    read = (amount.low, amount.high, is_per_year(sentence)) if amount else (None, None, False)
    assert read == (
        number_or_none(row["amount_min_eur"]),
        number_or_none(row["amount_max_eur"]),
        row["per_year"] == "true",
    ), row["note"]


@pytest.mark.parametrize("row", rows("quantities.csv"), ids=sentence_of)
def test_a_sentence_is_about_one_number_and_what_it_counts(row):
    quantity = main_quantity(quantities(clean(row["sentence"]).text))
    read = (quantity.value, quantity.unit) if quantity else (None, "")
    assert read == (number_or_none(row["value"]), row["unit"]), row["note"]


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("Wir geben 3 Mio. Euro und der Bund 5 Mio. Euro.", ["3 Mio. Euro", "5 Mio. Euro"]),
        ("Rund 40 bis 50 Millionen Euro stehen bereit.", ["40 bis 50 Millionen Euro"]),
        ("Das 12-Milliarden-Euro-Paket kommt.", ["12-Milliarden-Euro"]),
        ("Ein zweistelliger Millionenbetrag fließt.", ["zweistelliger Millionenbetrag"]),
        ("Der Etat wächst von 20 auf 25 Millionen Euro.", ["20", "25 Millionen Euro"]),
    ],
)
def test_an_amount_knows_its_place(sentence, amounts):
    assert [sentence[amount.start : amount.end] for amount in money(sentence)] == amounts


def test_an_amount_says_whether_it_is_a_level_or_a_change():
    read = {amount.change: amount.high for amount in money("Wir stocken um 5 auf 30 Mio. Euro auf.")}
    assert read == {"by": 5e6, "to": 30e6}


@pytest.mark.parametrize(
    ("changes", "main"),
    [
        (["", "to"], 1),  # the new level
        (["from", ""], 1),  # what is now, not what was
        (["by", ""], 0),  # else the first
        (["from", "from"], 0),
    ],
)
def test_the_main_amount_is_the_new_level_else_the_first_that_is_no_earlier_one(changes, main):
    amounts = [Money(1.0, 1.0, place, place + 1, change) for place, change in enumerate(changes)]
    assert main_amount(amounts) is amounts[main]


@pytest.mark.parametrize(
    ("roles", "main"),
    [
        (["", "to"], 1),  # the later level
        (["by", ""], 1),  # a level before a change
        (["base", "by"], 1),  # a change before the whole it is measured by
        (["scope", ""], 1),  # what is counted before where
        (["scope", "gloss"], 0),  # what is said before the same said again
        (["from", "gloss"], 1),
        (["", ""], 0),
    ],
)
def test_the_main_number_is_the_later_level_before_a_level_before_a_change(roles, main):
    found = [Quantity(1.0, "percent", place, place + 1, role) for place, role in enumerate(roles)]
    assert main_quantity(found) is found[main]


def test_without_numbers_there_is_no_main_one():
    assert main_amount([]) is None
    assert main_quantity([]) is None


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_thin_and_unbreakable_spaces_are_spaces(space):
    assert [amount.high for amount in money(f"Das kostet 1{space}200{space}000{space}Euro.")] == [1.2e6]
    assert [q.value for q in quantities(f"Es fehlen 12{space}500{space}Plätze.")] == [12500.0]


def test_an_amount_is_a_quantity_as_well():
    assert [(q.value, q.unit) for q in quantities("Der Lohn liegt bei 12,80 Euro.")] == [(12.8, "EUR")]


def test_a_number_without_a_noun_takes_it_from_the_sentence():
    assert [(q.value, q.unit) for q in quantities("Die Zahl der Hebammen sank von 380 auf 310.")] == [
        (380.0, "Hebammen"),
        (310.0, "Hebammen"),
    ]


@pytest.mark.parametrize("sentence", ["Das ist gut.", "Wir danken allen, die geholfen haben.", ""])
def test_a_sentence_without_numbers_holds_none(sentence):
    assert (money(sentence), quantities(sentence), is_per_year(sentence)) == ([], [], False)


PIECES = [
    "1", "12.345 ", "1.000.000 ", "2027 ", "ein ", "zweihundert", "tausend", "und ", "Millionen ", "Euro ", "€ ", "EUR ", "Cent ", "bis zu ", "mehr als ",
    "von ", "auf ", "um ", "jede fünfte ", "Hälfte ", "verdopp", "fach ", "mal so ", "a", "A", "- ", "neue ", "Stellen ", "in Spanien ", "%", "Prozent ",
    "zweistellige ", "jährlich ", "je ", "Zahl der ", "sank ", "zurück ", "innen und ", "0 1", "(", "½", ",", ". ", "\u2009", "Bescheid über ", "als ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_every_place_lies_in_it(text):
    for found in (*money(text), *quantities(text)):
        assert 0 <= found.start < found.end <= len(text)
    is_per_year(text)


@pytest.mark.parametrize("piece", [*PIECES, "1 neue neue neue ", "12,5 Prozent mehr, ", "von 1 auf 2 Mio. Euro "])
def test_a_sentence_of_one_word_over_and_over_is_read_in_no_time(piece):
    text = (piece * LONGEST)[:LONGEST]
    began = time.perf_counter()
    money(text)
    quantities(text)
    is_per_year(text)
    assert time.perf_counter() - began < 1
