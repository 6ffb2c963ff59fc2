"""Any string at all gives an answer, the same each time, with quotations that are really there."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import find_claims

DAY = date(2024, 5, 1)
WORDS = st.sampled_from(
    ["Wir werden", "im kommenden Jahr", "25 Millionen Euro", "bereitstellen", ".", "!", "?", "„", "“", "\n\n", "\n", "Anna Beispiel (SPD):", "so", "Kein anderes Land", "-", "\u00ad", "\u00a0", "z. B.", "12,5 Prozent", "(", ")", "», «", "1.", "…", "Dr.", "bis 2027", "\x00", "🙂", "\u202e"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_quotations_are_verbatim_apart_and_the_same_each_time(text):
    found = find_claims(text, released=DAY, factions=["SPD"], parliament="Bundestag")
    assert [text[f.start : f.end] for f in found] == [f.quote for f in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(f.reasons and 0 <= f.score <= 1 for f in found)
    assert found == find_claims(text, released=DAY, factions=["SPD"], parliament="Bundestag")


HOSTILE = {
    "one word": lambda n: "a" * n,
    "digits": lambda n: "1" * n,
    "dotted digits": lambda n: "1." * (n // 2),
    "quotes": lambda n: "„" * (n // 2) + "“" * (n // 2),
    "capitals": lambda n: "Aa Bb-Cc " * (n // 9),
    "commas": lambda n: "Sprecherin a, " * (n // 14),
    "hyphens": lambda n: "ab-cd" * (n // 5),
    "stops": lambda n: "A. " * (n // 3),
    "wir werden": lambda n: "wir werden " * (n // 11),
    "lines": lambda n: "Das ist ein Satz.\n" * (n // 18),
    "hyphenated names": lambda n: "Anna-" * (n // 5),
    "a long name": lambda n: "A" + "nna-nna" * (n // 7),
    "roles after words": lambda n: "„Gut“, sagt der " + "die Sprecherin Anna Beispiel, " * (n // 31),
    "control": lambda n: "\x00\x1b\u202e" * (n // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_about_as_much_as_it_is_long(name):
    def seconds(size):
        text = HOSTILE[name](size)
        began = time.process_time()
        find_claims(text, released=DAY, factions=["SPD"])
        return time.process_time() - began

    seconds(1000)
    small, large = seconds(20_000), seconds(160_000)
    # Eight times the text; quadratic cost would be sixty-four times.
    assert large < 30 * max(small, 0.02), f"{small:.3f} s, then {large:.3f} s"
