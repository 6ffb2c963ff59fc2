"""Words as far as they tell who speaks: parts of names, roles, parties, verbs of saying, forms of reported speech.

A word is looked at once and remembered, so reading a sentence costs one look-up a word and no search of patterns.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from claims.text.wordlists import LEXICON, word_list

REMEMBERED = 16_384  # words; texts of made-up words must not fill the memory
LONGEST = 60  # characters; a longer word is nobody's name

NAME = 1 << 0  # may be part of a name
FIRST = 1 << 1  # may begin a name
GIVEN = 1 << 2  # is a known first name
PARTICLE = 1 << 3  # von, van, zu
ARTICLE_PART = 1 << 4  # der, den: only behind a particle
TITLE = 1 << 5
MEMBER = 1 << 6  # MdL
SAYS = 1 << 7
MAY_SAY = 1 << 8  # says something beside a name only
REPORTED = 1 << 9  # a verb in the form of reported speech
PRONOUN = 1 << 10  # er, sie
COLLECTIVE = 1 << 11  # the faction, its paper
SOURCE = 1 << 12  # laut, zufolge, Angaben, Ansicht
DETERMINER = 1 << 13
INITIAL = 1 << 14
ROLE = 1 << 15
PARTY = 1 << 16
CAPITAL = 1 << 17
HAS = 1 << 18  # hat, haben: with "dass" behind it says something

_GOES_ON = NAME | INITIAL | PARTICLE | ARTICLE_PART | ROLE  # may stand behind the beginning of a name
_PARTS = 4  # parts that hyphens join in a name
_CAPITALS = 3  # letters of a name in capitals
_PUNCTUATION = "„“”\"»«›‹‚‘'’()[]{}*,;:.!?…–—-|/·+#_"
_PART = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]{2,30}['’]?")
# Inflected adjectives of frequent forms: "Schriftliche Anfrage" is no person.
_ADJECTIVE = re.compile(r"(?:isch|lich|ig|sam|bar|los|weit|voll|haft|end|ell|iv|ös|ät)e[rnms]?$")
_POLITICAL = re.compile(r"politische[rnms]?$")


class Role(NamedTuple):
    """What somebody is called: `own` to the faction, `third` (minister, mayor, expert), or `chair`, which the words around decide."""

    kind: str
    gender: str
    stem: str
    bare: bool  # the word is nothing but the role: no "Landes-", "Verbands-" in front


class Word(NamedTuple):
    """A word without the punctuation around it, and what it may mean."""

    core: str
    head: str
    tail: str
    flags: int
    role: Role | None = None
    party: str | None = None


_NO_NAME = frozenset(word[1:] for word in word_list("not_names") if word.startswith("!"))
_NO_FIRST = frozenset(word.lstrip("!") for word in word_list("not_names")) | frozenset(word_list("places"))
_GIVEN = {
    word: gender
    for gender, group in zip("fm", " ".join(word_list("first_names")).removeprefix("[f] ").split(" [m] "), strict=True)
    for word in group.split()
}
_PARTICLES = frozenset(
    ["von", "van", "de", "del", "di", "da", "ten", "ter", "zu", "graf", "gräfin", "freiherr", "freifrau", "al", "el"]
)
_ARTICLES = frozenset(["der", "den", "dem", "la", "und"])
_TITLES = frozenset(
    ["dr", "prof", "professor", "professorin", "dipl", "ing", "dipl.-ing", "dr.-ing", "med", "jur", "h.c", "h", "c", "rer", "nat", "phil", "habil", "mag", "pol"]
)  # fmt: skip
_MEMBERS = frozenset(["MdL", "MdB", "MdBB", "MdHB", "MdA", "MdEP", "MDL", "MDB", "M.A", "LL.M"])
_DETERMINERS = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "im",
        "am",
        "zum",
        "zur",
        "beim",
        "vom",
        "diesem",
        "dieser",
        "diesen",
        "dieses",
        "jedem",
        "jeden",
        "jeder",
        "unserem",
        "unserer",
        "unseren",
        "ihrem",
        "ihrer",
        "ihren",
        "seinem",
        "seiner",
        "seinen",
        "keinem",
        "keinen",
        "keiner",
        "vergangenen",
        "letzten",
        "kommenden",
        "nächsten",
    ]
)
_COLLECTIVES = ("fraktion", "papier", "beschluss", "antrag", "partei", "verband")
_SOURCES = frozenset(
    [
        "laut",
        "zufolge",
        "angaben",
        "auffassung",
        "ansicht",
        "worten",
        "meinung",
        "einschätzung",
        "überzeugung",
        "sicht",
        "aussage",
        "aussagen",
        "informationen",
    ]
)
_PARTIES = {
    "cdu/csu": "CDU/CSU", "union": "CDU/CSU", "unionsfraktion": "CDU/CSU", "cdu": "CDU", "csu": "CSU", "spd": "SPD", "fdp": "FDP", "fdp/dvp": "FDP",
    "afd": "AfD", "bsw": "BSW", "ssw": "SSW", "fw": "FW", "piraten": "PIRATEN", "piratenfraktion": "PIRATEN", "grüne": "GRÜNE", "grünen": "GRÜNE", "grüner": "GRÜNE",
    "bündnisgrüne": "GRÜNE", "bündnisgrünen": "GRÜNE", "bündnisgrüner": "GRÜNE", "linke": "LINKE", "linken": "LINKE", "linker": "LINKE",
    "linksfraktion": "LINKE", "linkspartei": "LINKE", "sozialdemokrat": "SPD", "sozialdemokraten": "SPD", "sozialdemokratin": "SPD",
    "christdemokrat": "CDU", "christdemokraten": "CDU", "christdemokratin": "CDU", "christsoziale": "CSU", "christsozialer": "CSU",
    "liberale": "FDP", "liberaler": "FDP", "liberalen": "FDP", "bvb/fw": "BVB/FW",
}  # fmt: skip


@cache
def _roles() -> dict[str, Role]:
    with (LEXICON / "roles.csv").open(encoding="utf-8", newline="") as file:
        return {row["ending"]: Role(row["class"], row["gender"], row["ending"][:5], bare=True) for row in csv.DictReader(file)}


@cache
def _role_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(ending) for ending in _roles()}, reverse=True))


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Verbs that say, verbs that may say beside a name, and forms of reported speech."""
    says: set[str] = set()
    may: set[str] = set()
    for entry in word_list("sayings"):
        if entry.startswith("~="):
            may.add(entry[2:])
        elif entry.startswith("="):
            says.add(entry[1:])
        else:
            says.update(_regular_forms(entry))
    reported = {entry[1:] if entry.startswith("=") else entry[:-1] for entry in word_list("reported")}
    return frozenset(says), frozenset(may), frozenset(reported)


def _regular_forms(stem: str) -> list[str]:
    """Present and past, singular and plural: sag -> sagt, sagen, sagte, sagten; antwort -> antwortet; erinner -> erinnern."""
    link = "e" if stem.endswith(("t", "d", "gn", "chn", "ffn")) else ""
    plural = "n" if stem.endswith(("er", "el")) and not stem.endswith("ier") else "en"
    return [f"{stem}{link}t", f"{stem}{plural}", f"{stem}{link}te", f"{stem}{link}ten"]


def words_of(text: str) -> list[Word]:
    """The words of a text, each with what it may mean."""
    return list(map(_LOOKED.__getitem__, text.split()))


_NOTHING = Word("", "", "", 0)


class _Looked(dict[str, Word]):
    """Words met before; a new one is looked at when it is asked for."""

    def __missing__(self, token: str) -> Word:
        if len(token) > LONGEST:
            return _NOTHING
        if len(self) >= REMEMBERED:
            self.clear()
        word = self[token] = _look(token)
        return word


_LOOKED = _Looked()


def _look(token: str) -> Word:
    core = token.strip(_PUNCTUATION)
    if not core:
        return Word("", token, "", 0)
    start = token.index(core)
    head, tail = token[:start], token[start + len(core) :]
    small = core.casefold()
    if core[0].islower() or not core[0].isalpha():
        return Word(core, head, tail, _small_word(small), *_role_and_party(core, small))
    return _capital_word(core, small, head, tail)


def _small_word(small: str) -> int:
    says, may, reported = _verbs()
    flags = (SAYS if small in says else 0) | (MAY_SAY if small in may else 0) | (REPORTED if small in reported else 0)
    if small in {"hat", "haben", "hatte", "hatten"}:
        flags |= HAS
    if small in _TITLES:
        flags |= TITLE
    return flags | _word(small)


def _word(small: str) -> int:
    """What a word means however it is written."""
    flags = PRONOUN if small in {"er", "sie"} else 0
    if small in _PARTICLES:
        flags |= PARTICLE
    if small in _ARTICLES:
        flags |= ARTICLE_PART
    if small in _DETERMINERS:
        flags |= DETERMINER
    if small in _SOURCES:
        flags |= SOURCE
    return flags


def _capital_word(core: str, small: str, head: str, tail: str) -> Word:
    role, party = _role_and_party(core, small)
    flags = CAPITAL | (ROLE if role else 0) | (PARTY if party else 0) | _word(small)
    if core in _MEMBERS:
        return Word(core, head, tail, flags | MEMBER)
    if small in _TITLES and len(core) > 1:
        return Word(core, head, tail, flags | TITLE, role)
    if len(core) == 1 and tail.startswith("."):
        return Word(core, head, tail.removeprefix("."), flags | INITIAL)
    if small.endswith(_COLLECTIVES):
        flags |= COLLECTIVE
    elif not role and not party and core not in _NO_NAME and _is_name_part(core):
        flags |= _name(core)
    return Word(core, head, tail, flags, role, party)


def _name(core: str) -> int:
    """Which part of a name a word may be."""
    given = core.title() if core.isupper() else core
    if given in _GIVEN:
        return NAME | GIVEN | FIRST
    begins = core not in _NO_FIRST and not core.isupper() and not _ADJECTIVE.search(core)
    return NAME | FIRST if begins else NAME


def _is_name_part(core: str) -> bool:
    parts = core.split("-")
    return len(parts) <= _PARTS and all(_PART.fullmatch(part) is not None and _is_spelled_like_a_name(part) for part in parts)


def _is_spelled_like_a_name(part: str) -> bool:
    """Whether it is "Neuhoff", "McAllister" or "NEUHOFF", but neither "GmbH" nor "EU"."""
    return part.istitle() or part.startswith("Mc") or (part.isupper() and len(part) >= _CAPITALS)


def _role_and_party(core: str, small: str) -> tuple[Role | None, str | None]:
    party = _PARTIES.get(small) if core[0].isupper() or small.startswith("bündnisgrün") else None
    if party is None:
        first, _, last = small.partition("-")
        if last and first in _PARTIES:
            party = _PARTIES[first]
        elif small.endswith(("-grünen", "-grüne")):
            party = "GRÜNE"
        elif small.startswith(("unionsfraktion", "linksfraktion")):
            party = _PARTIES[small[:14] if small.startswith("u") else small[:13]]
        elif core.startswith("WÄHLER"):
            party = "FW"
    if not core[0].isupper():
        return None, party
    roles = _roles()
    for length in _role_lengths():
        if length <= len(small) and (role := roles.get(small[-length:])):
            return role._replace(bare=length == len(small)), party
    return None, party


def is_political(word: Word) -> bool:
    """Whether a word is an adjective like "schulpolitische"."""
    return _POLITICAL.search(word.core) is not None


def gender_of(name: str) -> str:
    """The gender a first name suggests, "f" or "m", or "" if it is not known."""
    return _GIVEN.get(name.split(maxsplit=1)[0], "") or _GIVEN.get(name.split(maxsplit=1)[0].split("-", maxsplit=1)[0], "")


def _begins_name(words: Sequence[Word], start: int) -> bool:
    """Whether a name may begin at a place, by the word there and the next: most words with a capital are mere nouns."""
    if not words[start].flags & FIRST or words[start].tail or start + 1 == len(words):
        return False
    return bool(words[start + 1].flags & _GOES_ON) and not words[start + 1].head


def gather_name(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """A name of two to four words that begins at a place: the name without titles, and the place behind it."""
    if not _begins_name(words, start):
        return None
    parts, place, surnames = [words[start].core], start + 1, 0
    while place < len(words) and len(parts) < 6 and surnames < 3:  # noqa: PLR2004  "Albrecht von und zu der Heyde"
        word = words[place]
        if word.head:
            break
        if word.flags & INITIAL:
            parts.append(word.core + ".")
        elif word.flags & PARTICLE and not surnames and place + 1 < len(words):
            parts.append(word.core.lower() if word.core.isupper() or len(word.core) <= 3 else word.core)  # noqa: PLR2004  "VON"
        elif word.flags & ARTICLE_PART and words[place - 1].flags & PARTICLE:
            parts.append(word.core)
        elif word.flags & NAME or (word.role and word.role.bare and not surnames and words[place - 1].flags & GIVEN):
            # "Anna Richter": behind a first name what is otherwise an office is a surname.
            parts.append(word.core)
            surnames += 1
        else:
            break
        place += 1
        if word.tail:
            break
    if not surnames or words[place - 1].flags & (PARTICLE | ARTICLE_PART):
        return None
    return " ".join(_spelled(part) for part in parts), place


def _spelled(part: str) -> str:
    """A part of a name in ordinary spelling: "NEUHOFF" is Neuhoff."""
    part = part.rstrip("'’")
    if part.isupper() and len(part) > 2:  # noqa: PLR2004  initials stay
        return "-".join(piece.capitalize() for piece in part.split("-"))
    return part
