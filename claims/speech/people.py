"""People as a sentence introduces them: name, role, faction, and whether they belong to those who publish the release."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claims.speech.names import (
    CAPITAL,
    COLLECTIVE,
    DETERMINER,
    FIRST,
    GIVEN,
    MAY_SAY,
    MEMBER,
    PARTY,
    ROLE,
    SAYS,
    TITLE,
    Word,
    gather_name,
    gender_of,
    is_political,
)
from claims.text.dictionary import lemma_of

_BEFORE = 16  # words between a role and the name it belongs to
_BEHIND = 20  # words of an apposition
_ENDS = (".", ":", ";", "!", "?")
_OWN_PLACES = (
    "fraktion", "ausschuss", "ausschusses", "arbeitskreis", "arbeitskreises", "parlamentskreises", "gruppe", "kommission", "landtag", "landtags", "landtages",
    "bundestag", "bundestags", "bundestages", "abgeordnetenhaus", "abgeordnetenhauses", "bürgerschaft", "parlaments",
)  # fmt: skip
_GENITIVES = frozenset(["der", "des", "vom", "von", "im", "beim", "bei", "einer", "eines"])
_CONJUNCTIONS = frozenset(["sowie", "und", "oder", "wie", "aber", "alle", "beide"])
# Nouns that say what somebody is: "Mediziner", "Schulleiterin", "Landwirt".
_PERSONS = ("er", "in", "ent", "ist", "or", "eur", "at", "oge", "arzt", "wirt", "mann", "frau", "chef", "rat", "ant")
_ARTICLES = frozenset(["der", "die", "den", "dem", "des", "Der", "Die", "Den", "Dem", "ein", "eine", "einem", "einer"])
_THEIRS = frozenset(["dessen", "deren", "sein", "seine", "seinem", "seinen", "seiner", "ihr"])


class Mention(NamedTuple):
    """A person named in a sentence, words `begin` to `end`; `own` is None where nothing tells whose side the person is on."""

    begin: int
    end: int
    name: str
    own: bool | None
    faction: str | None
    gender: str
    roles: tuple[str, ...]
    first: int  # the first word of the name itself
    office: bool  # a stranger's office, not merely another faction, speaks against the person's being one of ours


class Signers(NamedTuple):
    """The factions that publish a release, and how words name them: small-letter name -> short name."""

    factions: tuple[str, ...]
    names: Mapping[str, str]

    def named_by(self, words: Sequence[Word], place: int) -> str | None:
        """The faction, signed or not, that a word names."""
        word = words[place]
        before = words[place - 1].core if place else ""
        if word.core.startswith("Wähler") and before.startswith("Frei"):
            return self._short("FW")
        if word.core.startswith("Demokraten") and before.startswith("Frei"):
            return self._short("FDP")
        if word.party:
            return self._short(word.party)
        if self.names and word.flags & CAPITAL:
            small = word.core.casefold()
            return self.names.get(small) or self.names.get(small.partition("-")[0])
        return None

    def _short(self, party: str) -> str:
        # CDU and CSU sit in one faction where that faction signs.
        return "CDU/CSU" if party in {"CDU", "CSU"} and "CDU/CSU" in self.factions else party

    def has(self, faction: str) -> bool:
        """Whether a faction is one of those that sign; without any every faction may be."""
        return not self.factions or faction in self.factions


def people(words: Sequence[Word], signers: Signers) -> list[Mention]:
    """The people named with first name and surname, in order."""
    found: list[Mention] = []
    behind = 0
    for first in [place for place, word in enumerate(words) if word.flags & FIRST and not word.tail]:
        if first < behind or (name := gather_name(words, first)) is None:
            continue
        # "Landwirt Peter Hansen": an office may be taken for a first name.
        if not words[first].flags & GIVEN and words[first + 1].flags & GIVEN and (later := gather_name(words, first + 1)):
            mention = _introduced(words, first + 1, later, behind, signers)
            behind = max(mention.end, later[1])
        else:
            mention = _introduced(words, first, name, behind, signers)
            behind = max(mention.end, name[1])
        found.append(mention)
    return found


def _introduced(words: Sequence[Word], first: int, name: tuple[str, int], behind: int, signers: Signers) -> Mention:
    role_at = _role_before(words, first, behind)
    begin = first if role_at is None else role_at
    while begin > behind and role_at is None and words[begin - 1].flags & TITLE and not words[begin - 1].tail.startswith(","):
        begin -= 1
    phrase = list(range(role_at, first)) if role_at is not None else []
    end, party = _member_and_bracket(words, name[1], signers)
    if not phrase or words[first - 1].tail.startswith(","):
        end, apposition = _apposition(words, end, signers)
        phrase += apposition
    roles = [(place, word.role) for place in phrase if (word := words[place]).role]
    if party is None:
        # "die bündnisgrüne Abgeordnete": the adjective in front of the role counts too.
        around = (_words_before_role(words, role_at) if role_at is not None else []) + phrase
        party = next((f for place in around if (f := signers.named_by(words, place))), None)
    own: bool | None = None
    if roles:
        own = any(_is_own(words, place, phrase, party, signers) for place, _ in roles)
    elif (first and _is_office(words, first - 1)) or (party is None and _is_from_elsewhere(words, end)):
        own = False
    office = own is False and (not roles or any(role.kind == "third" for _, role in roles))
    if party is not None:
        own = signers.has(party) and not office
    elif own is None and any(w.flags & MEMBER for w in words[max(0, first - 1) : end]):
        own = True
    gender = next((role.gender for _, role in roles if role.gender), "") or gender_of(name[0])
    return Mention(begin, end, name[0], own, party, gender, tuple(role.stem for _, role in roles), first, office)


def _role_before(words: Sequence[Word], first: int, behind: int) -> int | None:
    """The word that says what the person is, in front of the name: "die Sprecherin der X-Fraktion, Dr. Anna Beispiel"."""
    last = first - 1
    while last >= behind and words[last].flags & TITLE and not words[last].tail.startswith(","):
        if words[last].role:
            return last
        last -= 1
    if last < behind:
        return None
    word = words[last]
    if word.role and word.tail in {"", ","}:
        return last
    if not (word.tail == "," or word.flags & (PARTY | COLLECTIVE) or word.core.startswith(("Demokraten", "Wähler"))):
        return None
    for place in range(last, max(behind, last - _BEFORE) - 1, -1):
        word = words[place]
        if word.role:
            return place
        if place < last and (word.flags & SAYS or (word.tail.endswith(_ENDS) and not word.flags & TITLE)):
            return None
    return None


def _words_before_role(words: Sequence[Word], place: int) -> list[int]:
    """Where in front of a role a faction may stand: in its adjective, or before "deren" ("für die SPD-Fraktion deren Obmann")."""
    if any(word.core in {"deren", "dessen"} for word in words[max(0, place - 2) : place]):
        return list(range(max(0, place - 6), place))
    return [place - 1] if place else []


def _member_and_bracket(words: Sequence[Word], place: int, signers: Signers) -> tuple[int, str | None]:
    """What follows a name directly: "MdL", "(CDU, Wahlkreis Unna)", "von der SPD"; the place behind it and the faction."""
    while place < len(words) and words[place].flags & MEMBER and words[place - 1].tail in {"", ","}:
        place += 1
    if place >= len(words) or words[place - 1].tail.rstrip(","):
        return place, None
    if words[place].head.startswith("("):
        for last in range(place, min(place + 8, len(words))):
            if ")" in words[last].tail:
                return last + 1, next((f for n in range(place, last + 1) if (f := signers.named_by(words, n))), None)
        return place, None
    if words[place].core in {"von", "aus"} and not words[place - 1].tail:
        for last in range(place + 1, min(place + 4, len(words))):
            if faction := signers.named_by(words, last):
                return last + 1, faction
    return place, None


def _apposition(words: Sequence[Word], place: int, signers: Signers) -> tuple[int, list[int]]:
    """What stands between commas behind a name: "Anna Beispiel, schulpolitische Sprecherin der X-Fraktion,"."""
    if place >= len(words) or "," not in words[place - 1].tail:
        return place, []
    first = words[place]
    opens = (
        first.flags & (ROLE | PARTY | DETERMINER)
        or first.core.endswith(("e", "er", "en", "em", "-"))
        or first.core.startswith("FREIE")
    )
    if (
        not opens
        or first.core in _CONJUNCTIONS
        or first.flags & (SAYS | MAY_SAY)
        or (signers.named_by(words, place) is None and first.flags & FIRST and not first.role)
    ):
        return place, []
    phrase: list[int] = []
    seen = False
    for last in range(place, min(place + _BEHIND, len(words))):
        word = words[last]
        if word.flags & SAYS and not word.flags & CAPITAL:
            break
        phrase.append(last)
        seen = seen or bool(word.role) or signers.named_by(words, last) is not None
        if word.tail.endswith(_ENDS) or (seen and word.tail.startswith(",")):
            break
    return (phrase[-1] + 1, phrase) if seen else (place, [])


def _is_own(words: Sequence[Word], place: int, phrase: Sequence[int], party: str | None, signers: Signers) -> bool:
    """Whether a role is one within the factions that publish the release."""
    word = words[place]
    assert word.role is not None
    if word.role.kind == "third":
        return False
    if party is not None:
        return signers.has(party)
    small = word.core.casefold()
    political = any(is_political(words[n]) for n in range(max(0, place - 4), place))
    inside = any(words[n].core.casefold().endswith(_OWN_PLACES) for n in phrase) or any(p in small for p in _OWN_PLACES)
    if political or inside:
        return True
    if place and words[place - 1].core.casefold() in _THEIRS and word.role.kind == "chair":
        return False
    following = words[place + 1] if place + 1 < len(words) and not word.tail else None
    of_others = following is not None and following.core in _GENITIVES
    if word.role.kind == "chair":
        parliamentary = place > 0 and words[place - 1].core.startswith("Parlamentarische")
        landed = word.role.bare or small.startswith(("landes", "partei", "kreis", "gruppen"))
        return parliamentary or (landed and not of_others)
    return not (word.role.stem == "sprec" and of_others)


def _is_office(words: Sequence[Word], place: int) -> bool:
    """Whether a noun right before a name says what a stranger is: "den Mediziner Dr. Crump", "Landwirt Peter Hansen"."""
    while place > 0 and words[place].flags & TITLE and not words[place].role:
        place -= 1
    word = words[place]
    if (
        not word.flags & CAPITAL
        or word.tail
        or word.flags & (PARTY | COLLECTIVE | DETERMINER)
        or not word.core.endswith(_PERSONS)
    ):
        return False
    if place == 0 or word.core in {"Frau", "Herrn"} or word.core.casefold() in _THEIRS:
        return False
    before = words[place - 1].core
    return before in _ARTICLES or (
        before[:1].islower() and before.endswith(("e", "er", "en", "em")) and not words[place - 1].flags & SAYS
    )


def _is_from_elsewhere(words: Sequence[Word], place: int) -> bool:
    """Whether a name is followed by a body that is no faction: "Max Muster vom Landesbauernverband"."""
    return place < len(words) and not words[place - 1].tail and words[place].core in {"vom", "beim"}


def is_likely_name(name: str, words: Sequence[Word], first: int) -> bool:
    """Whether two capitalised words that nothing introduces are a name: a known first name, or words that German does not have."""
    if words[first].flags & GIVEN:
        return True
    parts = name.split()
    if len(parts) > 3 or words[first].core.isupper():  # noqa: PLR2004  "Anna von Muster" has three parts
        return False
    return all(_is_unlike_a_noun(part) for part in parts)


def _is_unlike_a_noun(part: str) -> bool:
    lemma = lemma_of(part)
    return lemma is None and not part.endswith(
        ("ung", "ungen", "heit", "keit", "schaft", "schaften", "tion", "ionen", "ern", "heiten", "keiten")
    )
