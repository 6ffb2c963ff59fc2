"""Deadlines: a table of sentences with day and phrase, then the past, references, and the choice between several days."""

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.figures.deadlines import find_deadline, past_dates
from claims.text.clean import clean
from settings.reference import shipped_record

HERE = Path(__file__).resolve().parent
RELEASED = date(2021, 6, 10)
END = date(2022, 5, 31)
LONGEST = 1200  # characters of a sentence


def rows():
    with (HERE / "deadlines.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['released']} {row['sentence']}")
def test_a_deadline_is_the_last_day_in_time(row):
    released, record = date.fromisoformat(row["released"]), shipped_record()
    period = record.period(record.parliament(row["parliament"]), released)
    found = find_deadline(clean(row["sentence"]).text, released, period.end if period else None)
    read = (found.day.isoformat() if found.day else "", found.phrase) if found else ("", "")
    assert read == (row["deadline"], clean(row["phrase"]).text), row["note"]


def test_a_deadline_knows_its_place():
    sentence = "Wir schaffen bis Ende 2023 weitere 60 Plätze."
    found = find_deadline(sentence, RELEASED)
    assert sentence[found.start : found.end] == found.phrase == "bis Ende 2023"


def test_until_then_refers_to_the_day_before():
    assert find_deadline("Bis dahin stellen wir 80 Leute ein.", RELEASED, earlier=date(2024, 12, 31)).day == date(2024, 12, 31)
    assert find_deadline("Bis dahin stellen wir 80 Leute ein.", RELEASED).day is None
    assert find_deadline("Bis zum Ende der Laufzeit sind es 80.", RELEASED, earlier=date(2024, 12, 31)).day == date(2024, 12, 31)


def test_an_own_date_in_the_sentence_counts_more_for_until_then_than_the_one_before():
    sentence = "Der Vertrag läuft bis 2028, und bis dahin sanieren wir alles."
    assert find_deadline(sentence, RELEASED, earlier=date(2024, 12, 31)).day == date(2028, 12, 31)


def test_a_legislature_ends_when_the_record_says():
    sentence = "In dieser Wahlperiode schließen wir keine Schule."
    assert find_deadline(sentence, RELEASED, END).day == END
    unknown = find_deadline(sentence, RELEASED)
    assert (unknown.phrase, unknown.day) == ("In dieser Wahlperiode", None)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Im Haushalt 2022 legen wir die Mittel an und bauen bis 2030.", "bis 2030"),
        ("Bis 2025 planen wir, bis 2030 bauen wir.", "bis 2030"),
        ("Wir beginnen 2022 und eröffnen 2024.", "2022"),
        ("Zeitnah legen wir es vor, spätestens am 1. August.", "spätestens am 1. August"),
        ("Noch vor der Sommerpause kommt es, wirksam ab 2023.", "ab 2023"),
    ],
)
def test_of_several_days_until_counts_most_then_the_first_and_vague_words_least(sentence, phrase):
    assert find_deadline(sentence, RELEASED).phrase == phrase


@pytest.mark.parametrize(
    ("sentence", "past"),
    [
        ("Im Jahr 2015 waren es 40.", ["Im Jahr 2015"]),
        ("2015 waren es 40, 2019 schon 60.", ["2015", "2019"]),
        ("Ende 2018 waren 310 Stellen frei.", ["Ende 2018"]),
        ("Seit 2017 sind 26 Kilometer entstanden.", ["Seit 2017"]),
        ("Seit Februar 2019 ist die Halle zu.", ["Seit Februar 2019"]),
        ("Seit dem 1. März 2020 gilt das.", ["Seit dem 1. März 2020"]),
        ("Seit zehn Jahren fehlt das Geld.", ["Seit zehn Jahren"]),
        ("Seit dem Regierungswechsel ist viel geschehen.", ["Seit dem Regierungswechsel"]),
        ("Im vergangenen Jahr stieg die Zahl.", ["Im vergangenen Jahr"]),
        ("Letztes Jahr stieg die Zahl.", ["Letztes Jahr"]),
        ("In den letzten drei Jahren schlossen 17 Kliniken.", ["In den letzten drei Jahren"]),
        ("In der vergangenen Wahlperiode war es anders.", ["In der vergangenen Wahlperiode"]),
        ("Vor zwei Jahren lag der Wert bei 12 Prozent.", ["Vor zwei Jahren"]),
        ("Vor mehr als 20 Jahren begann der Bau.", ["Vor mehr als 20 Jahren"]),
        ("Gestern hat der Landtag entschieden.", ["Gestern"]),
        ("Zwischen 2011 und 2020 entfielen 214 Halte.", ["Zwischen 2011 und 2020"]),
        ("Von 2014 bis 2019 regierte die Koalition.", ["Von 2014 bis 2019"]),
        ("Im Schuljahr 2018/19 fiel viel aus.", ["Im Schuljahr 2018/19"]),
        ("Am 3. November 2020 lehnte die Mehrheit ab.", ["Am 3. November 2020"]),
        ("Gegenüber dem Vorjahr ist das mehr.", ["Gegenüber dem Vorjahr"]),
        ("In den ersten zehn Monaten dieses Jahres kamen acht hinzu.", ["In den ersten zehn Monaten dieses Jahres"]),
        ("Im Sommer 2019 wurde gestoppt.", ["Im Sommer 2019"]),
    ],
)
def test_what_lies_in_the_past_is_found_as_such_and_is_no_deadline(sentence, past):
    assert [sentence[start:end] for start, end in past_dates(sentence, RELEASED)] == past
    assert find_deadline(sentence, RELEASED) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Im März wurde beschlossen.",  # of which year, nobody says
        "Bis 2025 schaffen wir 60 Plätze.",
        "Im kommenden Jahr bauen wir.",
        "Das letzte Kita-Jahr ist beitragsfrei.",
        "Zum letzten Mal steigen die Gebühren.",
        "Die Agenda 2010 wirkt nach.",
        "Vor der Schule gilt Tempo 30.",
        "Es gab 2.015 Anträge.",
    ],
)
def test_what_may_lie_ahead_or_is_no_date_is_no_past(sentence):
    assert past_dates(sentence, RELEASED) == []


@pytest.mark.parametrize("sentence", ["Am 31. Februar 2022 kommt es.", "Am 45.13.2022 kommt es.", "Das ist gut.", ""])
def test_what_is_no_day_is_no_deadline(sentence):
    found = find_deadline(sentence, RELEASED)
    assert found is None or found.day == date(2022, 12, 31)


PIECES = [
    "1. ", "1. Mai ", "1.1.26 ", "31. Februar ", "2027 ", "2026 und ", "2026/", "2026 bis ", "Jahr ", "Jahren ", "des Jahres ", "im ", "im Haushalt ",
    "für das Jahr ", "bis ", "noch ", "spätestens ", "Ende ", "Mai ", "Quartal ", "ersten ", "Schuljahr 2026/27 und ", "Legislatur ", "in den nächsten ",
    "drei ", "so schnell wie möglich ", "seit ", "vor ", "vergangenen ", "hat ", "getan, ", "gegangen ", "morgen ", "Woche ", "kommenden ", "vom ", "an ",
    "ab ", "(", ", ", "bis dahin ", "heute ", "Sommer ", "Lesung ", "9999", "Jahresfrist ", "binnen ", "Doppelhaushalt 25/26 ",
]  # fmt: skip
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200), DAYS)
def test_any_text_is_read_on_any_day_and_every_place_lies_in_it(text, released):
    found = find_deadline(text, released, released, released)
    places = past_dates(text, released) + ([(found.start, found.end)] if found else [])
    for start, end in places:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_sentence_of_one_word_over_and_over_is_read_in_no_time(piece):
    text = (piece * LONGEST)[:LONGEST]
    began = time.perf_counter()
    find_deadline(text, RELEASED, END, END)
    past_dates(text, RELEASED)
    assert time.perf_counter() - began < 1
