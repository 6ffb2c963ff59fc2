"""What the desk's decisions teach, and what may not come into force."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import held_out
from claims.held_out import check, settle_kinds
from claims.learned import Example, Learned, average_precision, learn

PLEDGE = Example("Wir schaffen 300 Stellen.", "pledge", 0.8, ("own side",), "https://x.example/1", tracked=True)


@pytest.mark.parametrize(
    ("labels", "scores", "precision"),
    [
        ([True, False], [0.9, 0.1], 1.0),
        ([True, False], [0.1, 0.9], 0.5),
        ([True, False, True], [0.9, 0.8, 0.7], (1 + 2 / 3) / 2),
        ([True, False, True, False], [0.5, 0.5, 0.5, 0.5], 0.5),  # all equal: as good as the share of tracked ones
        ([False, True, False], [0.9, 0.5, 0.5], 1 / 3),
        ([False, False], [0.9, 0.1], 0.0),
        ([], [], 0.0),
    ],
)
def test_average_precision_is_one_when_all_tracked_ones_stand_on_top(labels, scores, precision):
    assert average_precision(labels, scores) == pytest.approx(precision)


def test_without_decisions_the_score_is_the_rules_own():
    assert learn([]).score(PLEDGE) == pytest.approx(0.8)
    assert learn([replace(PLEDGE, tracked=None)]).score(PLEDGE) == pytest.approx(0.8)
    assert learn([]).kind(PLEDGE) == "pledge"


def test_a_decision_belongs_to_the_same_third_for_ever():
    assert [replace(PLEDGE, address=f"https://x.example/{n}").third for n in range(8)] == [1, 0, 1, 2, 1, 0, 1, 0]


def test_two_hundred_decisions_improve_the_order_of_held_out_ones(simulated):
    for seed in range(5):
        examples = simulated.decisions(200, seed)
        found = check(examples, learn(examples))
        assert found.accepted
        assert found.after >= found.rules + 0.15


def test_what_was_learned_is_about_words_nobody_put_into_the_rules(simulated):
    learned = learn(simulated.decisions(200, 1))
    study = replace(PLEDGE, quote="Wir lassen die Sanierung der Schulen prüfen.")
    assert learned.score(study) < 0.5 < learned.score(replace(PLEDGE, quote="Wir stellen Millionen für Schulen bereit."))
    assert dict(learned.moved(study))["word:prüfen"] < 0 < dict(learned.moved(study))["word:wir"]


def test_the_same_decisions_give_the_same_weights(simulated):
    examples = simulated.decisions(120, 4)
    assert learn(examples).weights == learn(list(examples)).weights
    assert held_out.fingerprint(examples, "1") == held_out.fingerprint(list(examples), "1")
    changed = [replace(examples[0], tracked=not examples[0].tracked), *examples[1:]]
    assert held_out.fingerprint(changed, "1") != held_out.fingerprint(examples, "1")
    assert held_out.fingerprint(examples, "2") != held_out.fingerprint(examples, "1")


def test_a_decision_is_checked_by_weights_that_have_not_seen_it(simulated):
    examples = simulated.decisions(90, 2)
    third = examples[0].third
    without = [example for example in examples if example.third != third]
    flipped = [example if example.third != third else replace(example, tracked=not example.tracked) for example in examples]
    assert learn(flipped).score(examples[0], third) == pytest.approx(learn(examples).score(examples[0], third))
    assert {example.third for example in without} == {0, 1, 2} - {third}


@pytest.mark.parametrize("batch", ["by lot", "inverted", "all dismissed"])
def test_a_poisoned_batch_is_not_accepted(simulated, batch):
    for seed in range(4):
        older, newest = simulated.decisions(200, seed), simulated.decisions(100, seed + 50)
        if batch == "by lot":
            newest = simulated.poisoned(100, seed + 50)
        else:
            newest = [replace(e, tracked=batch == "inverted" and not e.tracked) for e in newest]
        found = check([*older, *newest], learn([*older, *newest]), learn(older), older=200)
        assert not found.accepted, found


def test_decisions_by_lot_are_not_accepted_even_at_first(simulated):
    for seed in range(4):
        examples = simulated.poisoned(150, seed)
        assert not check(examples, learn(examples)).accepted
        mixed = [*simulated.decisions(100, seed), *simulated.poisoned(50, seed + 9)]
        assert check(mixed, learn(mixed)).ground == held_out.BY_CHANCE


def test_an_honest_batch_comes_into_force(simulated):
    older = simulated.decisions(200, 3)
    grounds = [
        check([*older, *new], learn([*older, *new]), learn(older), 200).ground
        for new in (simulated.decisions(60, seed) for seed in range(60, 66))
    ]
    assert grounds.count(held_out.BETTER) >= 3


@pytest.mark.parametrize(
    ("tracked", "dismissed", "enough"), [(20, 20, True), (19, 20, False), (200, 9, False), (9, 200, False), (10, 30, True)]
)
def test_it_takes_forty_decisions_and_ten_of_each_sort(tracked, dismissed, enough):
    examples = [replace(PLEDGE, tracked=n < tracked) for n in range(tracked + dismissed)]
    assert held_out.are_enough(examples) is enough


def places_called_statistics(number, *, corrected):
    """The rules take places in an order for statistics; the desk corrects them, if it does."""
    found = []
    for n in range(number):
        place = n % 2 == 0
        quote = f"Beim Ausbau liegt das Land auf Platz {n}." if place else f"Im Land fehlen {n} Lehrkräfte."
        kind = "ranking" if place and corrected else "statistic"
        found.append(Example(quote, "statistic", 0.7, (), f"https://x.example/{n}", tracked=n % 5 != 0, decided_kind=kind))
    return found


def test_corrected_kinds_are_learned():
    examples = places_called_statistics(100, corrected=True)
    learned = settle_kinds(learn(examples), None, examples)
    assert learned.kind(replace(PLEDGE, quote="Bei den Kitas liegt es auf Platz 3.", kind="statistic")) == "ranking"
    assert learned.kind(replace(PLEDGE, quote="Im Land fehlen Kitas.", kind="statistic")) == "statistic"
    assert learned.kind(replace(PLEDGE, quote="Wir bauen Kitas.", kind="pledge")) == "pledge"
    found = check(examples, learned)
    assert (found.kinds, found.kind_before, found.kind_after) == (80, 0.5, 1.0)


def test_kinds_nobody_corrected_stay_the_rules_own():
    examples = places_called_statistics(100, corrected=False)
    assert learn(examples).kinds == {}


def test_kinds_that_are_right_less_often_are_not_taken():
    examples = places_called_statistics(100, corrected=False)
    wrong = learn(places_called_statistics(100, corrected=True))
    assert settle_kinds(wrong, None, examples).kinds == {}


def test_five_thousand_decisions_take_seconds_at_most(simulated):
    examples = simulated.decisions(5000, 1)
    learn(examples[:50])
    began = time.process_time()
    learn(examples)
    assert time.process_time() - began < 10


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.floats(0, 1), st.booleans()), max_size=30))
def test_any_text_can_be_learned_from_and_scored(rows):
    examples = [Example(quote, "pledge", score, ("x",), quote, tracked, "pledge") for quote, score, tracked in rows]
    learned = learn(examples)
    for example in examples:
        assert 0 <= learned.score(example) <= 1
        assert learned.kind(example) == "pledge"
    found = check(examples, learned)
    assert 0 <= found.after <= 1


@pytest.mark.parametrize("quote", ["", "\ud800", "ä" * 200_000, "A" * 50 + "-" * 50_000, "wort " * 100_000])
def test_a_quote_of_any_length_is_scored_at_once(quote):
    began = time.process_time()
    example = replace(PLEDGE, quote=quote)
    assert example.third in {0, 1, 2}
    assert Learned({}).score(example) == pytest.approx(0.5)
    assert time.process_time() - began < 2
