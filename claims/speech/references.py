"""Whom words mean: the person, stranger or faction that a piece of a sentence gives as the source of what is said."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from claims.speech.cast import Cast, Person
from claims.speech.names import CAPITAL, COLLECTIVE, HAS, MAY_SAY, PARTY, PRONOUN, REPORTED, ROLE, SAYS, SOURCE, Word
from claims.speech.people import Mention, is_likely_name, people

_OWN_WORDS = frozenset(["ihren", "seinen", "ihrer", "seiner", "ihr", "ihm"])
_ARTICLES = frozenset(["der", "die", "das", "ein", "eine"])
_AT_ONCE = 5  # words before somebody who is named at once: a verb, an article, adjectives
_NEAR = 16  # words between a verb of saying and whom it names


class Voice(Enum):
    """Who speaks if it is none of the release's people."""

    FACTION = "faction"
    STRANGER = "stranger"


class Reference(NamedTuple):
    """Who is meant, by which rule that is known, and at which word."""

    voice: Person | Voice
    rule: str
    place: int = 0
    person: Person | None = None  # the stranger, if named


def person_of(mention: Mention, words: Sequence[Word], cast: Cast) -> Person | None:
    """The person of a mention, if the release treats them as one of its people or nothing speaks against it."""
    known = cast.known(mention.name)
    if known is not None:
        return known
    if mention.own is None and not is_likely_name(mention.name, words, mention.first):
        return None
    return cast.meet(mention, words)


def who(words: Sequence[Word], cast: Cast, floor: Person | None, *, strangers_first: bool = False) -> Reference | None:
    """Whom a piece of a sentence names as speaking. People of the release come before strangers unless `strangers_first`."""
    mentions = {mention.begin: mention for mention in people(words, cast.signers)}
    stranger: Reference | None = None
    place = 0
    while place < len(words):
        word = words[place]
        found: Reference | None = None
        step = 1
        if mention := mentions.get(place):
            step = mention.end - place
            if person := person_of(mention, words, cast):
                found = Reference(person, "so Name", place)
        elif word.flags & ROLE and word.role is not None:
            found = _by_role(words, place, cast, floor)
        elif word.flags & CAPITAL and (person := cast.by_surname(words, place, floor)):
            found = Reference(person, "so Name", place)
        elif word.flags & PRONOUN and _is_subject(words, place):
            person = cast.by_gender("m" if word.core.casefold() == "er" else "f", floor)
            found = Reference(person, "pronoun", place) if person else None
        if found is not None:
            voice = found.voice
            if isinstance(voice, Person) and voice.speaks:
                return found
            named = voice if isinstance(voice, Person) else found.person
            stranger = stranger or Reference(Voice.STRANGER, "third party", place, named)
            if strangers_first:
                return stranger
        place += max(step, 1)
    return stranger or _collective(words)


def _by_role(words: Sequence[Word], place: int, cast: Cast, floor: Person | None) -> Reference | None:
    word = words[place]
    if word.role is None:
        return None
    if word.role.kind == "third" or (place and words[place - 1].core.casefold() in {"ein", "eine", "einer", "eines"}):
        return Reference(Voice.STRANGER, "third party", place)
    if word.role.kind == "chair" and not word.party and "fraktion" not in word.core.casefold():
        known = cast.by_role(words, place, floor)
        return Reference(known, "role", place) if known and word.role.stem in known.roles else None
    person = cast.by_role(words, place, floor)
    return Reference(person, "role", place) if person else None


def _is_subject(words: Sequence[Word], place: int) -> bool:
    """Whether "er" or "sie" is who speaks: beside a verb of saying."""
    around = (*words[max(0, place - 2) : place], *words[place + 1 : place + 3])
    return any(word.flags & (SAYS | MAY_SAY) for word in around)


def _collective(words: Sequence[Word]) -> Reference | None:
    """The faction or its paper as what speaks: "so die Fraktion", "heißt es in dem Beschluss"."""
    for place, word in enumerate(words):
        faction = word.flags & COLLECTIVE or (word.flags & PARTY and not word.flags & ROLE)
        if faction and place <= _AT_ONCE:
            return Reference(Voice.FACTION, "faction", place)
        if word.core == "heißt" and place + 1 < len(words) and words[place + 1].core == "es":
            return Reference(Voice.FACTION, "faction", place)
    return None


def explicit(words: Sequence[Word], flags: int, cast: Cast, floor: Person | None) -> Reference | None:
    """Who says an unquoted sentence by its own words: "..., so Müller", "laut Müller", "Müller erinnerte daran, dass ..."."""
    found = _behind_comma(words, cast, floor) or (_by_source(words, cast, floor) if flags & SOURCE else None)
    if found is not None:
        return found
    found = _by_verb(words, cast, floor)
    # "Die Ministerin müsse sich erklären": in reported speech a stranger is whom it is about, not who says it.
    return None if found is not None and found.voice is Voice.STRANGER and flags & REPORTED else found


def _behind_comma(words: Sequence[Word], cast: Cast, floor: Person | None) -> Reference | None:
    for place in range(len(words) - 2, 0, -1):
        word = words[place]
        if word.flags & (SAYS | MAY_SAY) and words[place - 1].tail.endswith(",") and not word.flags & CAPITAL:
            found = who(words[place:], cast, floor)
            if found is not None and (found.voice is not Voice.FACTION or word.flags & SAYS) and found.place <= _NEAR:
                return found
            if found is None and word.flags & SAYS and words[place + 1].core in _ARTICLES and word.core != "so":
                return Reference(Voice.STRANGER, "third party", place)  # "..., berichtete die Zeitung"
    return None


def _by_source(words: Sequence[Word], cast: Cast, floor: Person | None) -> Reference | None:
    for place, word in enumerate(words):
        if not word.flags & SOURCE:
            continue
        small = word.core.casefold()
        before = words[place - 1].core.casefold() if place else ""
        if before in _OWN_WORDS and (small != "laut"):
            person = cast.by_gender("f" if before.startswith("ihr") else "m", floor)
            return Reference(person, "pronoun", place) if person else None
        if small == "zufolge":
            found = who(words[max(0, place - 6) : place], cast, floor)
        elif small == "laut" or before in {"nach", "aus"} or (place > 1 and words[place - 2].core.casefold() == "nach"):
            found = _first_named(words[place + 1 : place + 1 + _NEAR], cast, floor)
        else:
            continue
        if found is not None and found.voice is not Voice.FACTION:
            return found
    return None


def _first_named(words: Sequence[Word], cast: Cast, floor: Person | None) -> Reference | None:
    """Whom a source names: it stands at once behind "laut", perhaps behind its article and adjectives."""
    found = who(words, cast, floor, strangers_first=True)
    return found if found is not None and found.place < _AT_ONCE else None  # "laut des verkehrspolitischen Sprechers"


def _by_verb(words: Sequence[Word], cast: Cast, floor: Person | None) -> Reference | None:
    for place, word in enumerate(words):
        if not (word.flags & (SAYS | MAY_SAY | HAS)) or word.flags & CAPITAL or word.core == "so":
            continue
        # "weist darauf hin, dass", "hat klargestellt, dass", "macht klar: ..."
        if not word.flags & SAYS and not any(w.core == "dass" or w.tail.endswith(":") for w in words[place:]):
            continue
        found = who(words, cast, floor, strangers_first=True)
        return found if found is not None and found.voice is not Voice.FACTION and abs(found.place - place) <= _NEAR else None
    return None
