"""The same claim again: alike in words, and never with another number, period or actor."""

import importlib.util
import re
import sys
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from models.repeats import Appeared, Difference, MoneyAgain, Said, announced, compare
from models.repeats.figures import figures_named
from models.repeats.periods import years_named

ROOT = Path(__file__).resolve().parents[2]
RECALL = 0.9
TEXT = "Wir stellen {} für den Ausbau der Radwege bereit."


def load():
    spec = importlib.util.spec_from_file_location("benchmark_of_repeats", ROOT / "benchmarks" / "repeats.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = load()
PAIRS = BENCHMARK.pairs()
SAME = [(known, later) for expected, known, later in PAIRS if expected == "same"]
NUMERAL = re.compile(r"(?<![0-9.])[0-9]+(?:[.,][0-9]+)?(?![0-9.])")


def test_the_test_set_is_large_enough_and_at_least_half_of_it_merely_looks_alike():
    assert len(PAIRS) >= 60
    assert len(PAIRS) / 3 <= len(SAME) <= len(PAIRS) / 2


@pytest.mark.parametrize(
    ("expected", "known", "later"), [p for p in PAIRS if p[0] != "same"], ids=lambda value: getattr(value, "text", value)[:40]
)
def test_what_differs_in_number_period_or_actor_is_never_the_same(expected, known, later):
    compared = compare(known, later)
    assert not compared.is_same
    assert not compare(later, known).is_same
    # It is the gate that keeps them apart, not that the words were not found alike.
    assert Difference(expected) in compared.differs


def test_nine_of_ten_repetitions_are_recognised():
    assert sum(compare(known, later).is_same for known, later in SAME) / len(SAME) >= RECALL


def other_number(written, step):
    """The number as a slip would have it; a year stays one."""
    if re.fullmatch("(19|20)[0-9]{2}", written):
        return str(int(written) + step)
    return [f"9{written}", f"{written[0]}0{written[1:]}", f"{int(written[0]) % 9 + 1}{written[1:]}"][step - 1]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_no_wrong_number_is_ever_suggested_as_the_same(step):
    changed = 0
    for known, later in SAME:
        for match in NUMERAL.finditer(later.text):
            if match[0] in known.text:
                text = later.text[: match.start()] + other_number(match[0], step) + later.text[match.end() :]
                by = f"{later.faction}/{later.side}/{later.parliament}"
                assert not compare(known, BENCHMARK.said(text, later.made_on.isoformat(), by)).is_same, (known.text, text)
                changed += 1
    assert changed >= 15


def test_across_all_sentences_of_the_set_nothing_with_other_numbers_is_the_same():
    sentences = [said for _, *both in PAIRS for said in both]
    for one, other in product(sentences, sentences):
        if compare(one, other).is_same:
            for mine, theirs in zip(one.figures, other.figures, strict=True):
                assert mine == theirs or not mine or not theirs, (one.text, other.text)
            assert one.parliament == other.parliament
            assert one.years == other.years or not one.years or not other.years, (one.text, other.text)


@pytest.mark.parametrize(
    ("text", "money", "shares", "others"),
    [
        ("25 Mio. Euro", {25e6}, set(), set()),
        ("1,2 Milliarden €", {1.2e9}, set(), set()),
        ("3.000 Euro", {3000}, set(), set()),
        ("20 bis 25 Millionen Euro", {20e6, 25e6}, set(), set()),
        ("fünfundzwanzig Millionen Euro", {25e6}, set(), set()),
        ("eine halbe Million Euro", {5e5}, set(), set()),
        ("40 Prozent von 12.000 Fällen", set(), {40}, {12000}),
        ("ein Drittel der Schulen", set(), {"drittel"}, set()),
        ("zwölftausend Lehrkräfte", set(), set(), {12000}),
        ("bis zum 31. Dezember 2025", set(), set(), set()),
        ("am 1.7.2026 im Haushalt 2027", set(), set(), set()),
        ("2000 neue Stellen", set(), set(), {2000}),
        ("eine Schule", set(), set(), set()),
    ],
)
def test_every_number_is_named_in_its_sort(text, money, shares, others):
    assert figures_named(text) == (money, shares, others)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("im kommenden Jahr", {2025}),
        ("in diesem Jahr", {2024}),
        ("2025/26 und seit 2019", {2019, 2025, 2026}),
        ("2000 neue Stellen im Jahr 2027", {2027}),
        ("im vergangenen Jahr", {2023}),
        ("in den kommenden Jahren", set()),
    ],
)
def test_years_are_named_or_count_from_the_day_of_the_release(text, years):
    assert years_named(text, date(2024, 3, 5)) == years


@pytest.mark.parametrize(
    ("later", "again"),
    [
        ("25 Millionen Euro", MoneyAgain.RECYCLED),
        ("30 Millionen Euro", MoneyAgain.INCREASED),
        ("20 Millionen Euro", MoneyAgain.CUT),
        ("jährlich 25 Millionen Euro", None),
        ("noch einmal", None),
    ],
)
def test_money_for_the_same_purpose_is_announced_again(later, again):
    known = Said(TEXT.format("25 Millionen Euro"), "X")
    compared = compare(known, Said(TEXT.format(later), "X"))
    assert compared.again is again
    if again in {MoneyAgain.INCREASED, MoneyAgain.CUT}:
        assert not compared.is_same


def test_money_for_another_purpose_is_not_announced_again():
    known = Said("Wir geben 25 Millionen Euro für Radwege.", "X")
    assert compare(known, Said("Wir geben 30 Millionen Euro für Frauenhäuser.", "X")).again is None


def test_the_fact_that_a_person_corrected_decides():
    known = Said(TEXT.format("Geld"), "X", amount=(25e6, 25e6))
    assert compare(known, Said(TEXT.format("Mittel"), "X", amount=(25e6, 25e6))).is_same
    assert not compare(known, Said(TEXT.format("Mittel"), "X", amount=(52e6, 52e6))).is_same
    assert not compare(known, replace(known, amount=(None, 25e6), deadline=None, text=TEXT.format("30 Euro"))).differs


def test_the_opposite_is_not_the_same():
    more = Said("Die Zahl der Ärzte auf dem Land ist gestiegen.", "X")
    assert Difference.DIRECTION in compare(more, Said("Die Zahl der Ärzte auf dem Land ist gesunken.", "X")).differs
    assert Difference.DIRECTION in compare(more, Said("Die Zahl der Ärzte auf dem Land ist nicht gestiegen.", "X")).differs


def test_announcements_are_counted_once_a_release_and_by_what_was_named_first():
    count = announced(
        [
            Appeared(3, date(2024, 6, 1), 30e6),
            Appeared(1, date(2024, 3, 1), 25e6),
            Appeared(1, date(2024, 3, 1), None),
            Appeared(2, date(2024, 4, 1), None),
            Appeared(4, None, 20e6),
        ]
    )
    assert (count.times, count.since, count.increased, count.cut, count.other_amount) == (4, date(2024, 3, 1), 1, 1, 2)


@pytest.mark.parametrize("text", ["", " ", "%_\\", "\u202e<script>", "1" * 400, "Mio. " * 500, "und" * 2000, "\x00ä́"])
def test_any_text_can_be_compared(text):
    assert not compare(Said(text), Said("Wir geben 25 Millionen Euro für Radwege.")).is_same
