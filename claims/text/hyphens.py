"""Hyphens that a line break left inside a word ("einstei-gen", "Ver- antwortung"), told apart from those that belong there."""

import re
from collections.abc import Iterator
from functools import lru_cache

from claims.text.dictionary import REMEMBERED, is_noun, is_word
from claims.text.wordlists import word_list

# From the hyphen on: it is a rare character, so the text is searched at the speed of a byte search.
_HYPHEN = re.compile(r"-[ \n]?([a-zäöüß]{2,30})(?![^\W\d_])")
_LEFT = re.compile(r"(?<![^\W\d_])[A-Za-zÄÖÜäöüß]{2,30}\Z")
_REACH = 31  # characters before a hyphen that are looked at

# Behind these the hyphen stands for a part that is said only once: "Haupt- und Realschule", "zwei- bis dreimal".
_SHARED = frozenset(["und", "oder", "bzw", "beziehungsweise", "sowie", "bis", "wie", "als", "noch"])
# Small words that are no part of a word unless the dictionary has it: "Miet- in Eigentumswohnungen", but "dar- auf".
_SMALL = frozenset(
    [
        "aber",
        "am",
        "an",
        "auch",
        "auf",
        "aus",
        "bei",
        "beim",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "durch",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "er",
        "es",
        "für",
        "gegen",
        "hat",
        "haben",
        "ich",
        "ihr",
        "im",
        "in",
        "ist",
        "man",
        "mit",
        "nach",
        "nicht",
        "nur",
        "ob",
        "ohne",
        "sie",
        "sind",
        "so",
        "statt",
        "um",
        "uns",
        "unter",
        "vom",
        "von",
        "vor",
        "war",
        "was",
        "weil",
        "wenn",
        "wer",
        "wir",
        "wird",
        "zu",
        "zum",
        "zur",
    ]
)
_PREFIXES = frozenset(
    [
        "ab",
        "an",
        "auf",
        "aus",
        "be",
        "bei",
        "ein",
        "ent",
        "er",
        "ge",
        "her",
        "hin",
        "miss",
        "mit",
        "nach",
        "über",
        "um",
        "unter",
        "ver",
        "vor",
        "weg",
        "weiter",
        "zer",
        "zu",
        "zurück",
        "zusammen",
    ]
)
_COLOURS = ("rot", "grün", "schwarz", "gelb", "blau", "weiß", "links", "rechts", "liberal", "bürgerlich")
_ADJECTIVE = re.compile(r"(?:isch|lich|ig|al|iv|ell|är|ös|sch|los|sam|bar)(?:e[rnms]?)?$")
# What is put behind a name with a hyphen: "CDU-geführt", "Merkel-nahe", "Corona-bedingt".
_ATTACHED = re.compile(
    r"(?:weit|nah|treu|frei|geführt|bedingt|gestützt|freundlich|kritisch|spezifisch|orientiert|basiert|affin|ähnlich|regiert|intern"
    r"|eigen|typisch|neutral|konform|relevant|finanziert|gefördert|fähig|feindlich|müde)(?:e[rnms]?)?$"
)
_KEPT = frozenset(word_list("hyphenated"))


def parting_hyphens(text: str) -> Iterator[tuple[int, int]]:
    """Places (start, end) of hyphens that only part a word in two, with the blank or line break behind them."""
    for match in _HYPHEN.finditer(text):
        place = match.start()
        left = _LEFT.search(text, max(0, place - _REACH), place)
        if left is not None and parts_a_word(left[0], match[1], spaced=match.start(1) - place > 1):
            yield place, match.start(1)


@lru_cache(maxsize=REMEMBERED)
def parts_a_word(left: str, right: str, *, spaced: bool) -> bool:
    """Whether `left` and `right`, found with a hyphen between them and perhaps a blank behind it, are one word."""
    if right in _SHARED or f"{left}-{right}".casefold() in _KEPT or not left[1:].islower():
        return False  # "EU-weit", "AfD-nahe": capitals inside stand for a name or an abbreviation
    joined = left + right
    if right in _SMALL:
        return is_word(joined)
    if not spaced and _are_two_adjectives(left.casefold(), right):
        return False
    if is_word(joined) or left.casefold() in _PREFIXES:
        return True
    if left[0].isupper() and _ATTACHED.search(right):
        return False
    # A part that is no word by itself, or a noun that would have to be written with a capital if it were one.
    return spaced or not is_word(left) or not is_word(right) or is_noun(right) or (left[0].islower() and is_noun(left))


def _are_two_adjectives(left: str, right: str) -> bool:
    """Whether both are adjectives that a hyphen joins: "rot-grün", "deutsch-französisch", "sozial-ökologisch"."""
    if left in _COLOURS and right.startswith(_COLOURS):
        return True
    adjectives = _ADJECTIVE.search(left) is not None and _ADJECTIVE.search(right) is not None
    return adjectives and is_word(left) and is_word(right)
