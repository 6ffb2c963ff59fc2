"""The little language of the cue table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.kinds import cue_table
from claims.lexicon import shipped_lexicon
from claims.patterns import PatternError, read_patterns
from claims.tokens import Tokens

LEXICON = shipped_lexicon()


def holds(pattern, sentence):
    patterns = read_patterns(pattern, LEXICON)
    tokens = Tokens(sentence, LEXICON)
    return any(p.find(tokens) is not None for p in patterns)


def met(pattern, sentence):
    tokens = Tokens(sentence, LEXICON)
    place = next(place for p in read_patterns(pattern, LEXICON) if (place := p.find(tokens)) is not None)
    return tokens.text_between(*place)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("wir werden", "Dann werden, wie wir hören, wir werden sehen."),
        ("wir .. geld", "Wir haben kein Geld."),
        ("wir ..2 geld", "Wir haben kein Geld."),
        ("^ wir", "„Wir haben kein Geld.“"),
        ("wir ~ geld", "Heute ist es so, wir haben Geld."),
        ("geld & wir", "Wir haben kein Geld."),
        ("geld & ! mut", "Wir haben kein Geld."),
        ("mut || geld", "Wir haben kein Geld."),
        ("*quote", "Die Abschiebequote steigt."),
        ("rekord*", "Das ist ein Rekordhaushalt."),
        ("kein|keine geld", "Wir haben kein Geld."),
    ],
)
def test_a_pattern_holds(pattern, sentence):
    assert holds(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("wir geld", "Wir haben kein Geld."),
        ("wir ..1 geld", "Wir haben kein Geld."),
        ("^ haben", "Wir haben kein Geld."),
        ("wir ~ geld", "Wir sagen, das Geld fehlt."),
        ("geld & ! kein", "Wir haben kein Geld."),
        ("geld & ! wir haben", "Wir haben kein Geld."),
        ("*quote", "Die Quoten steigen."),
    ],
)
def test_a_pattern_does_not_hold(pattern, sentence):
    assert not holds(pattern, sentence)


def test_the_words_between_first_and_last_step_are_the_reason():
    assert met("<we> .. <give.part>", "Gestern haben wir 3 Millionen Euro bewilligt.") == "wir 3 Millionen Euro bewilligt"


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("Wir stellen 5 Millionen Euro bereit.", {"give.fin"}),
        ("Sie hebt den Satz im Mai an und hofft.", {"raise.fin"}),
        ("dass das Land die Mittel aufstockt", {"raise.fin"}),
        ("Die Mittel wurden aufgestockt.", {"raise.part"}),
        ("um die Mittel aufzustocken", {"raise.zu"}),
        ("Der Bund strich das Programm.", {"act.pret", "cut.pret"}),
        ("Die gestrichenen Stellen", {"cut.adj"}),
    ],
)
def test_verbs_are_known_in_all_their_forms(sentence, classes):
    mask = Tokens(sentence, LEXICON).mask
    assert {name for name in classes if mask & LEXICON.bit(name)} == classes


def test_case_tells_posts_from_the_verb():
    assert LEXICON.mask("Stellen") & LEXICON.bit("posts")
    assert not LEXICON.mask("stellen") & LEXICON.bit("posts")


@pytest.mark.parametrize("pattern", ["wir ..", "<>", "a||b", "!"])
def test_a_pattern_that_cannot_be_read_says_so(pattern):
    with pytest.raises(PatternError):
        read_patterns(pattern, LEXICON)


def test_every_cue_has_a_name_of_its_own_and_an_example():
    cues = cue_table().cues
    assert len({cue.name for cue in cues}) == len(cues)
    assert [cue.name for cue in cues if not cue.example] == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["wir", "Wir", "werden", "stellen", "bereit", ",", "25", "Euro", "und", "kein", "Land", "mehr", "„", "."]
        ),
        max_size=40,
    )
)
def test_the_index_finds_what_trying_every_cue_finds(words):
    tokens = Tokens(" ".join(words), LEXICON)
    table = cue_table()
    slowly = {cue.name for cue in table.cues if cue.speaks and any(p.find(tokens) is not None for p in cue.patterns)}
    assert {cue.name for cue, _ in table.hits(tokens)} == slowly
