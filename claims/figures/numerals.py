"""German numbers as they are written: 500.000, 1,2 Millionen, fünfundzwanzig, anderthalb, eine halbe Milliarde, and what stands before them.

What the numbers count is for `money` and `quantities`. The patterns here are text, to be built into theirs.
"""

import re
from functools import lru_cache
from typing import NamedTuple


def listed(text: str) -> frozenset[str]:
    """The words of a text, as a set: how word lists are written here."""
    return frozenset(text.split())


_UNITS = {
    "ein": 1,
    "eins": 1,
    "zwei": 2,
    "zwo": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
}
_TENS = {
    "zehn": 10, "elf": 11, "zwölf": 12, "sechzehn": 16, "siebzehn": 17, "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40,
    "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
# A number word is a row of these; "dreizehn" is 3 + 10 like "dreiundzwanzig" is 3 + 20.
_MORPHEMES = {**_UNITS, **_TENS, "hundert": 100, "tausend": 1000, "einhalb": 0.5, "anderthalb": 1.5}
_INNER = "|".join(sorted([*_MORPHEMES, "und"], key=len, reverse=True))
# Gathered by their first letter, so that a word with another one is passed by at once.
_FIRST = "|".join(
    f"[{letter.upper()}{letter}](?:{'|'.join(sorted((name[1:] for name in _MORPHEMES if name[0] == letter and name[:3] != 'ein'), key=len, reverse=True))})"
    for letter in sorted({name[0] for name in _MORPHEMES})
)
_MORPHEME = re.compile(_INNER)

_PLAIN = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")  # no-break, thin and narrow no-break space
# What may follow the first digit: thousands set off, an English decimal point before a scale, or neither.
DIGITS_REST = r"[0-9]{0,2}(?:[. ][0-9]{3}){1,4}(?![0-9])(?:,[0-9]{1,6})?|[0-9]{0,2}\.[0-9]{1,2}(?=[ -]?M[ir])|[0-9]{0,11}(?:,[0-9]{1,6}|[½¼¾])?"
DIGITS = rf"[0-9](?:{DIGITS_REST})"
# "ein" alone is an article; it counts only where a pattern says so (ONE).
WORDS = rf"(?:{_FIRST}|[Ee]in(?=und|hundert|tausend|einhalb))(?:{_INNER}){{0,8}}"
ONE = r"[Ee]in(?:e[rmns]?)?"
SCALES = r"Tsd\.?|[Tt]ausend|Mio\.?|Mill\.|[Mm]illion(?:en)?|Mrd\.?|Md\.|[Mm]illiarden?|Bio\.|[Bb]illion(?:en)?"
PARTS = r"halbe[nrs]?|[Dd]rei[ ]?viertel|[Vv]iertel"

_FACTORS = {"tsd": 1e3, "tau": 1e3, "mio": 1e6, "mrd": 1e9, "md.": 1e9, "bio": 1e12, "bil": 1e12}
_PART_VALUES = {"h": 0.5, "d": 0.75, "v": 0.25}

# Words between a qualifier and its number; they change nothing.
_FILLERS = listed(
    "rund knapp gut etwa ca circa zirka ungefähr fast nahezu annähernd beinahe rd schätzungsweise insgesamt zusammen zusätzlich "
    "zusätzliche zusätzlichen weitere weiteren weiterer jeweils je noch einmal nochmals mal sogar jetzt nun nunmehr künftig dann inzwischen "
    "mittlerweile jährlich monatlich allein alleine lediglich nur gerade immerhin den die der dem einen einem einer eine ein stolze stolzen satte "
    "satten ganze ganzen volle vollen genau exakt durchschnittlich schließlich eigene eigenen gute guten knappe knappen bundesweit landesweit jedoch "
    "allerdings aber deutlich weit wesentlich etwas erheblich"
)
_EARLIER = listed(
    "bisher bislang derzeit aktuell aktuellen heute zuletzt ursprünglich einst damals vormals zuvor vorher zunächst"
)
_ARTICLES = frozenset({"der", "die", "den", "dem"})
_BOUNDS = {
    "mindestens": "least", "wenigstens": "least", "mind": "least", "ab": "least", "höchstens": "most", "maximal": "most", "max": "most",
    "unter": "most", "kein": "most", "keine": "most", "keinen": "most",
}  # fmt: skip
# Up to three words after these, "über" names a sum or a subject: "ein Bescheid über 2 Millionen", "sprachen gestern über 5 Millionen".
_ABOUT = (
    "bescheid", "bürgschaft", "anträge", "antrag", "änderungsantr", "vertrag", "verträge", "scheck", "rechnung", "kredit", "darlehen", "anleihe", "zusage", "auftrag",
    "garantie", "quittung", "gutschein", "vereinbarung", "streit", "debatt", "verfüg", "sprach", "sprech", "spricht", "diskut", "berät", "beriet", "entsch", "verhand",
    "stimm", "programm", "paket", "sofortprogramm",
)  # fmt: skip
_ABOUT_ENDS = ("bescheid", "bescheide", "vertrag", "antrag", "anträge", "programm", "paket", "auftrag", "kredit")
_CHANGES = {"auf": "to", "um": "by", "statt": "from", "anstatt": "from", "anstelle": "from"}
_COMPARED = frozenset({"mehr", "weniger", "niedriger", "höher"})
_OPENING = '(„»"‚'
_CLOSING = ",;:!?)"
_REACH = 90  # characters looked back; longer than any chain of qualifiers
_WORDS = 9  # words looked back
_REMEMBERED = 1024  # number words; texts use the same few again and again


def plain(sentence: str) -> str:
    """The sentence with plain spaces; places stay the same."""
    if "\u00a0" in sentence or "\u2009" in sentence or "\u202f" in sentence:
        return sentence.translate(_PLAIN)
    return sentence


_ENGLISH = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SMALL = {"null": 0.0, **dict.fromkeys(("ein", "eine", "einer", "einem", "einen", "eines"), 1.0)}


def number(text: str) -> float | None:
    """The value of a number as written ("500.000", "1,2", "1.5", "anderthalb", "eine"); None if it is none."""
    written = text.strip().lower()
    if written.isdecimal():
        return float(written)
    if written[:1].isdigit():
        half = _VULGAR.get(written[-1], 0.0)
        if not _ENGLISH.fullmatch(written):
            written = written.rstrip("½¼¾").replace(".", "").replace(" ", "").replace(",", ".")
        try:
            return float(written) + half
        except ValueError:
            return None
    return _SMALL[written] if written in _SMALL else _value_of_words(written)


@lru_cache(maxsize=_REMEMBERED)
def _value_of_words(written: str) -> float | None:
    total = current = 0.0
    place = 0
    for match in _MORPHEME.finditer(written):
        if match.start() != place:
            return None
        place = match.end()
        name = match[0]
        if name == "tausend":
            total, current = total + (current or 1.0) * 1000, 0.0
        elif name == "hundert":
            current = (current or 1.0) * 100
        elif name != "und":
            current += _MORPHEMES[name]
    return total + current if written and place == len(written) else None


def scale(word: str | None) -> float:
    """The factor of "Mio.", "Milliarden", "Tsd."; 1 for nothing."""
    written = (word or "").casefold()
    if written.startswith("mil"):
        return 1e9 if written.startswith("milliarde") else 1e6
    return _FACTORS.get(written[:3], 1.0)


def part(word: str | None) -> float:
    """The factor of "halbe", "dreiviertel", "viertel"; 1 for nothing."""
    return _PART_VALUES[word[0].casefold()] if word else 1.0


class Lead(NamedTuple):
    """What the words before a number say about it.

    `bound`: "least", "most" or nothing. `change`: "to" (auf), "by" (um), "from" (von bisher, statt) or nothing. `last`: the word right
    before it, `head`: the word that stopped the search, `governor`: the one before that, all in lower case ("Rückgang", "um": um 5 Prozent).
    `earlier`: "bisher", "derzeit" or the like was among them; `definite`: an article was.
    """

    bound: str = ""
    change: str = ""
    last: str = ""
    head: str = ""
    governor: str = ""
    earlier: bool = False
    definite: bool = False


def lead(sentence: str, start: int) -> Lead:
    """The words before a number, read from the number backwards: "auf insgesamt mehr als" is a level and a lower bound."""
    words = sentence[max(0, start - _REACH) : start].rsplit(None, _WORDS)
    last = words[-1].lower() if words else ""
    bound = change = head = ""
    earlier = definite = False
    while words:
        raw = words.pop()
        word = raw.strip(_OPENING).lower().rstrip(".")
        if raw[-1] in _CLOSING or (raw[-1] == "." and word not in _FILLERS and word not in _BOUNDS):
            break
        head = word
        if word in _FILLERS:
            definite = definite or word in _ARTICLES
        elif word in _EARLIER:
            earlier = True
        elif (limit := _limit(word, words)) is not None:
            bound = bound or limit
        else:
            change = _change(word, words, earlier=earlier)
            break
    return Lead(bound, change, last, head, words[-1].lower() if words else "", earlier, definite)


def _limit(word: str, words: list[str]) -> str | None:
    """The bound that a word sets, together with those before it, which are taken from the list ("mehr als", "bis zu"); None if it sets none."""
    if word in _BOUNDS:
        return _BOUNDS[word]
    previous = words[-1].strip(_OPENING).lower() if words else ""
    if word == "bis":
        return "most"
    if word == "zu" and previous == "bis":
        words.pop()
        return "most"
    if word == "als" and previous in _COMPARED:
        words.pop()
        least = previous in {"mehr", "höher"}
        if words and words[-1].lower() in {"nicht", "kaum"}:
            words.pop()
            least = not least
        return "least" if least else "most"
    if word == "über" and not any(near.startswith(_ABOUT) or near.endswith(_ABOUT_ENDS) for near in map(str.lower, words[-4:])):
        return "least"
    return None


def _change(word: str, words: list[str], *, earlier: bool) -> str:
    if word == "um" and words and words[-1].lower() in {"es", "sich", "geht"}:
        return ""  # "es geht um 4 Millionen", "es handelt sich um": what it is about
    if word in {"von", "aus"}:
        return "from" if earlier else ""
    return _CHANGES.get(word, "")
