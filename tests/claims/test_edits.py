import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.edits import Touch, weigh

DAY = date(2024, 3, 1)
TEXT = (
    "Mehr Geld für Schulen\n\n1. März 2024\n\nDazu erklärt die Sprecherin Anna Beispiel: „Das Land gibt 2,5 Mio. Euro für die Schulen. "
    "Die Gruppen haben 3-5 Kinder. Wir werden die Gebühren erhöhen. Bis Ende 2027 sind alle Wege gebaut. Das ist möglich und gut.“"
)


def edit(old, new):
    assert old in TEXT
    return weigh(TEXT, TEXT.replace(old, new), released=DAY)


def touch(found, sentence):
    start = TEXT.index(sentence)
    return found.touch(start, start + len(sentence))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2,5 Mio.", "25 Mio.", "amount"),
        ("Mio.", "Mrd.", "amount"),
        ("gibt 2,5", "gibt bis zu 2,5", "amount"),
        ("3-5", "35", "number"),
        ("3-5", "3 5", "number"),
        ("alle Wege", "12 Wege", "number"),
        ("alle Wege", "70 Prozent der Wege", "percent"),
        ("Ende 2027", "Ende 2028", "date"),
        ("1. März", "2. März", "date"),
        ("werden die", "werden die nicht", "negation"),
        ("möglich", "unmöglich", "negation"),
        ("alle Wege", "keine Wege", "negation"),
        ("Anna Beispiel", "Anna Muster", "name"),
        ("Anna", "Berta", "name"),
        ("Die Gruppen haben 3-5 Kinder. ", "", "number"),
        ("Das ist", "Das gilt ohne Ausnahme. Das ist", "negation"),
        ("möglich und gut", "möglich und kostet 3 Euro", "amount"),
    ],
)
def test_what_changes_what_was_said_is_grave(old, new, reason):
    found = edit(old, new)
    assert (found.weight, found.stretches[0].reasons[0]) == ("grave", reason)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2,5 Mio. Euro", "2,5 Millionen Euro"),
        ("1. März 2024", "01.03.2024"),
        ("3-5", "3 bis 5"),
        ("erhöhen", "anheben"),
        ("Kinder. Wir", "Kinder, und wir"),
        (" Das ist möglich und gut.", ""),
        ("Mehr Geld", "Viel Geld"),
        (
            "Die Gruppen haben 3-5 Kinder. Wir werden die Gebühren erhöhen.",
            "Wir werden die Gebühren erhöhen. Die Gruppen haben 3-5 Kinder.",
        ),
    ],
)
def test_wording_is_light(old, new):
    assert edit(old, new).weight == "light"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ", "  "),
        (" gut", "\u00a0gut"),
        ("Gebühren", "Ge\u00adbühren"),
        ("„", '"'),
        ("3-5", "3–5"),
        ("\n\n", "\n"),
        ("ü", "u\u0308"),
    ],
)
def test_white_space_and_typography_are_silent(old, new):
    assert edit(old, new) is None


def test_figures_that_change_places_are_grave():
    found = weigh("Der Bund gibt 5 Euro. Das Land gibt 7 Euro.", "Der Bund gibt 7 Euro. Das Land gibt 5 Euro.", released=DAY)
    assert [stretch.reasons for stretch in found.stretches] == [("amount",), ("amount",)]


def test_a_negation_that_moves_to_another_sentence_is_grave():
    found = weigh("Wir bauen nicht die Straße. Wir sparen Geld.", "Wir bauen die Straße. Wir sparen nicht Geld.", released=DAY)
    assert [stretch.reasons for stretch in found.stretches] == [("negation",), ("negation",)]


def test_only_the_sentence_that_was_changed_is_touched_and_the_amount_is_told_whole():
    found = edit("2,5", "25")
    stretch = found.stretches[0]
    after = TEXT.replace("2,5", "25")
    assert TEXT[stretch.start : stretch.end] == "2,5 Mio. Euro"
    assert after[stretch.to_start : stretch.to_end] == "25 Mio. Euro"
    assert touch(found, "Das Land gibt 2,5 Mio. Euro für die Schulen.") is Touch.GRAVE
    assert touch(found, "Die Gruppen haben 3-5 Kinder.") is Touch.NOTHING


def test_a_word_put_in_touches_its_sentence_and_a_new_sentence_none():
    assert touch(edit("werden die", "werden die nicht"), "Wir werden die Gebühren erhöhen.") is Touch.GRAVE
    new = edit(" Wir werden", " Niemand zahlt 12 Euro. Wir werden")
    assert {touch(new, s) for s in ("Die Gruppen haben 3-5 Kinder.", "Wir werden die Gebühren erhöhen.")} == {Touch.NOTHING}


def test_a_sentence_taken_out_is_lost_and_a_reworded_one_touched_lightly():
    assert touch(edit(" Das ist möglich und gut.", ""), "Das ist möglich und gut.") is Touch.LOST
    assert touch(edit("möglich und gut", "möglich und auch gut"), "Das ist möglich und gut.") is Touch.LIGHT


def test_the_graver_stretches_come_first():
    found = weigh(TEXT, TEXT.replace("Mehr", "Viel").replace("erhöhen", "nicht erhöhen").replace("2,5", "25"), released=DAY)
    assert [stretch.reasons[0] for stretch in found.stretches] == ["amount", "negation", "wording"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_are_weighed_and_every_place_lies_in_them(before, after):
    found = weigh(before, after, released=DAY)
    assert weigh(before, before, released=DAY) is None
    for stretch in found.stretches if found else ():
        assert 0 <= stretch.start <= stretch.end <= len(before)
        assert 0 <= stretch.to_start <= stretch.to_end <= len(after)
        assert found.touch(0, len(before)) in Touch


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b ", "b a "), ("a. ", "b. "), ("„", "“"), ("x", "y"), ("1 ", "2 "), ("Nicht 1. ", "2 nicht. "), ("<div>\n", "\n</div>")],
)
def test_hostile_texts_take_time_in_proportion(before, after):
    began = time.process_time()
    weigh(before * 20_000, after * 20_000, released=DAY)
    assert time.process_time() - began < 20
