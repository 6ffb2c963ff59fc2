"""Which readers a sentence needs: one look at the beginnings of its words, so that most sentences cost next to nothing.

The readers of amounts, numbers and dates ask here first. A sign is necessary, never sufficient: "März" may be a name.
"""

import re
from functools import lru_cache, reduce
from operator import or_

from claims.figures.numerals import plain

(DIGIT, NUMBER, MONEY, YEARLY, SHARE, MONTH, PART_OF_YEAR, SCHOOL, BUDGET, SEASON, YEAR, LEGISLATURE, SPAN, NEAR, MORROW, REFERENCE, VAGUE, EVENT, PAST) = (
    1 << place for place in range(19)
)  # fmt: skip

# Beginnings of words, each as written; "_" is a blank, so that "vor_" is a whole word.
_BEGINNINGS = {
    MONEY: "Euro EUR € Cent Mio Mrd Mill TEUR T€ Bill",
    NUMBER: "zwei drei vier fünf sechs sechz sieb acht neun zehn elf zwölf zwanzig hundert tausend anderth einund einhundert eintausend eineinh "
    "Zwei Drei Vier Fünf Sechs Sechz Sieb Acht Neun Zehn Elf Zwölf Zwanzig Hundert Tausend Anderth Einund Einhundert Eintausend Eineinh null Null "
    "Mill Mio Mrd Dutzend Prozent Drittel Zwanzigstel",
    YEARLY: "jährlich Jährlich alljährlich Alljährlich Jahr Haushaltsjahr Kalenderjahr Schuljahr Studienjahr jeweils Jeweils p.",
    SHARE: "jede Jede Hälfte doppel Doppel doppelt Doppelt verdopp Verdopp verdrei verzehn vervier verfünff versechsf Verdrei Verzehn Vervier Verfünff "
    "halb Halb",
    MONTH: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    PART_OF_YEAR: "Quartal Halbjahr Jahreshälfte Q1 Q2 Q3 Q4",
    SCHOOL: "Schuljahr Schulhalbjahr Kita-Jahr Kitajahr Kindergartenjahr Ausbildungsjahr Wintersemester Sommersemester",
    BUDGET: "Haushalt Landeshaushalt Bundeshaushalt Nachtragshaushalt Doppelhaushalt Etat Landesetat Bundesetat Kernhaushalt Gesamthaushalt",
    SEASON: "Frühjahr Frühling Sommer Herbst Winter",
    YEAR: "Jahr Haushaltsjahr Kalenderjahr",
    LEGISLATURE: "Legislatur Wahlperiode",
    SPAN: "Jahr Monat Woche Tage",
    NEAR: "Woche Monat Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Jahrzehnt",
    MORROW: "morgen Morgen übermorgen Übermorgen heute heuer Heuer",
    REFERENCE: "dahin Laufzeit dieser diesem",
    VAGUE: "zeitnah Zeitnah demnächst Demnächst kurzfristig Kurzfristig mittelfristig Mittelfristig langfristig Langfristig perspektivisch Perspektivisch "
    "umgehend Umgehend unverzüglich Unverzüglich ab_sofort Ab_sofort wie_möglich möglichst Möglichst schnellst Schnellst baldm baldigst Baldm Baldigst bald Bald "
    "frühestm raschestm alsbald Alsbald in_Kürze In_Kürze in_Bälde In_Bälde in_nah In_nah in_abs In_abs in_nächster In_nächster",
    EVENT: "Sommer Herbst Winter Weihnacht Oster Pfingst Heizperiode Europawahl Bundestagswahl Landtagswahl Kommunalwahl Bürgerschaftswahl Abgeordnetenhauswahl "
    "Neuwahl Haushaltsberatung Etatberatung Lesung Sitzung Plenar Plenum Ferien",
    PAST: "vergangen Vergangen letzte Letzte vorig Vorig zurückliegend vorvergangen abgelaufen seit_ Seit_ seitdem Seitdem seither Seither vor_ Vor_ gestern Gestern vorgestern Vorgestern Vorjahr "
    "damals Damals ersten",
}  # fmt: skip


def _tree(words: set[str]) -> str:
    """A pattern for the words that shares their beginnings: an alternation of two hundred words would be tried word by word."""
    branches = []
    for letter in sorted({word[0] for word in words if word}):
        rest = {word[1:] for word in words if word.startswith(letter)}
        longer, optional = _tree(rest - {""}), "?" if "" in rest else ""
        branches.append(
            ("(?= )" if letter == "_" and not longer else re.escape(letter.replace("_", " ")))
            + (f"(?:{longer}){optional}" if longer else "")
        )
    return "|".join(branches)


def _bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for bit, words in _BEGINNINGS.items():
        for word in words.split():
            bits[word] = bits.get(word, 0) | bit
    # What begins with "Sommersemester" begins with "Sommer" as well.
    return {
        word.rstrip("_").replace("_", " "): reduce(or_, (bits[other] for other in bits if word.startswith(other)))
        for word in bits
    }


_BITS = _bits()
_SIGN = re.compile(f" (?:{_tree({word for words in _BEGINNINGS.values() for word in words.split()})})")
_DIGIT = re.compile("[0-9]")


@lru_cache(maxsize=32)
def signs(sentence: str) -> int:
    """The signs of a sentence, as bits."""
    bits = DIGIT if _DIGIT.search(sentence) else 0
    for match in _SIGN.finditer(f" {plain(sentence)}"):
        bits |= _BITS[match[0][1:]]
    return bits
