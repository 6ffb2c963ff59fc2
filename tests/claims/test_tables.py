"""Tables of our own sentences: kinds, deadlines, amounts."""

import csv
from datetime import date
from pathlib import Path

import pytest

from claims import DISPLAY_THRESHOLD, find_claims
from claims.deadlines import find_deadline
from claims.kinds import cue_table
from claims.quantities import is_per_year, main_amount, money, quantities

HERE = Path(__file__).resolve().parent
RELEASED = date(2021, 6, 10)


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found_in(sentence):
    text = f"Überschrift\n\nDazu erklärt die Sprecherin der SPD-Fraktion, Anna Beispiel:\n\n„{sentence}“"
    return [
        finding
        for finding in find_claims(text, released=RELEASED, factions=["SPD"], parliament="NRW")
        if finding.quote == sentence
    ]


@pytest.mark.parametrize("row", rows("sentences.csv"), ids=lambda row: row["sentence"][:50])
def test_a_sentence_is_the_claim_that_a_reader_would_see_in_it(row):
    shown = [finding.kind for finding in found_in(row["sentence"]) if finding.score >= DISPLAY_THRESHOLD]
    assert shown == ([] if row["kind"] == "none" else [row["kind"]])


@pytest.mark.parametrize("row", rows("deadlines.csv"), ids=lambda row: row["phrase"])
def test_a_deadline_is_the_last_day_in_time(row):
    found = find_deadline(row["sentence"], RELEASED, date(2022, 5, 31))
    assert (found.phrase.casefold(), found.day and found.day.isoformat()) == (row["phrase"].casefold(), row["day"] or None)


@pytest.mark.parametrize("sentence", ["Seit 2015 ist viel geschehen.", "Im vergangenen Jahr war es anders.", "Das ist gut."])
def test_the_past_is_no_deadline(sentence):
    assert find_deadline(sentence, RELEASED) is None


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("25 Millionen Euro", 25e6, 25e6),
        ("rund 25 Mio. Euro", 25e6, 25e6),
        ("1,2 Milliarden Euro", 1.2e9, 1.2e9),
        ("40 bis 50 Millionen Euro", 40e6, 50e6),
        ("mehr als 25 Mio. Euro", 25e6, None),
        ("mindestens 500.000 Euro", 500e3, None),
        ("bis zu 4,5 Millionen Euro", None, 4.5e6),
        ("eine halbe Milliarde Euro", 0.5e9, 0.5e9),
        ("anderthalb Millionen Euro", 1.5e6, 1.5e6),
        ("ein zweistelliger Millionenbetrag", 10e6, 99e6),
        ("ein dreistelliger Millionenbetrag", 100e6, 999e6),
        ("das 12-Milliarden-Euro-Paket", 12e9, 12e9),
        ("EUR 300.000", 300e3, 300e3),
        ("85.000 €", 85e3, 85e3),
        ("um 4,5 Millionen Euro auf 25 Millionen Euro", 25e6, 25e6),
        ("800 Tsd. Euro", 800e3, 800e3),
    ],
)
def test_an_amount_is_read_as_written(sentence, low, high):
    amount = main_amount(money(f"Wir geben {sentence} aus."))
    assert (amount.low, amount.high) == (low, high)


@pytest.mark.parametrize("sentence", ["5 Millionen Dollar", "25 Millionen Menschen", "im Jahr 2024", "Es gibt kein Geld."])
def test_what_is_no_euro_amount_is_none(sentence):
    assert money(sentence) == []


def test_a_yearly_amount_says_so():
    assert is_per_year("jährlich 5 Millionen Euro")
    assert not is_per_year("im Jahr 2024 einmal 5 Millionen Euro")


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("Jede fünfte Schule ist betroffen.", 20, "percent"),
        ("Drei Viertel der Betriebe klagen.", 75, "percent"),
        ("Die Hälfte fehlt.", 50, "percent"),
        ("Sie stieg um 18,3 Prozent.", 18.3, "percent"),
        ("Die Zahl hat sich verdoppelt.", 2, "factor"),
        ("Es fehlen 15.600 Plätze.", 15600, "Plätze"),
    ],
)
def test_a_number_has_its_unit(sentence, value, unit):
    assert [(q.value, q.unit) for q in quantities(sentence)] == [(value, unit)]


def test_every_cue_matches_its_own_example():
    assert [cue.id for cue in cue_table() if not cue.pattern.search(cue.example)] == []
