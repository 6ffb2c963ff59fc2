"""The people of one release: who they are, whose side they are on, and whom a surname, a role or a pronoun means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from claims.speech.names import DETERMINER, GIVEN, MAY_SAY, NAME, SAYS, Word
from claims.speech.people import Mention, Signers
from claims.text.dictionary import lemma_of
from settings.reference import Record

_PEOPLE = 400  # of one release; whoever comes later in an endless text is not met
_SHORT = 4  # words before a colon: "Müller weiter:"
_RECENT = 40  # people, spoken of last, among whom a role or a pronoun is resolved


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person a release quotes, without title, and the faction it gives."""

    name: str
    faction: str | None = None


@dataclass(slots=True)
class Person:
    """What a release tells of a person in all. `own`: speaks for those who publish it; `office`: a stranger's office is named."""

    name: str
    own: bool | None = None
    office: bool = False
    faction: str | None = None
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)  # "haushaltspolitisch"
    seen: int = 0
    introduced: bool = False  # by a role, a faction or a heading, not by a name alone

    @property
    def speaks(self) -> bool:
        """Whether the person may be the speaker of the release's sentences."""
        return self.own is not False


class Cast:
    """The people of one release."""

    def __init__(self, factions: tuple[str, ...], record: Record) -> None:
        self.factions = factions
        self.record = record
        self.signers = Signers(factions, {faction.casefold(): faction for faction in factions})
        self.headed: set[str] = set()  # surnames before the colon of a heading
        self._people: dict[str, Person] = {}
        self._surnames: dict[str, list[Person]] = {}
        self._speakers: dict[str, Speaker] = {}
        self._clock = 0
        self._only: Person | None = None
        self._only_known = False

    def meet(self, mention: Mention, words: Sequence[Word]) -> Person | None:
        """The person a sentence names, with what it says of them added to what is known; None when there are too many already."""
        person = self._people.get(mention.name)
        if person is None:
            if len(self._people) >= _PEOPLE:
                return None
            person = self._people[mention.name] = Person(mention.name)
            self._surnames.setdefault(_surname(mention.name), []).append(person)
        self._only_known = False
        if person.own is None:
            person.own, person.office = mention.own, mention.office
        if _surname(mention.name) in self.headed and not mention.office and person.own is None:
            person.own = True
        person.introduced = person.introduced or mention.own is not None or person.own is True
        person.faction = person.faction or mention.faction
        person.gender = person.gender or mention.gender
        person.roles.update(mention.roles)
        for word in words[mention.begin - 4 if mention.begin > 4 else 0 : mention.end]:  # noqa: PLR2004  adjectives before a role
            if "politisch" in word.core:
                person.subjects.add(word.core.partition("politisch")[0])
        self.see(person)
        return person

    def see(self, person: Person) -> None:
        """Remember who was spoken of last."""
        self._clock += 1
        person.seen = self._clock
        # The latest stand last.
        self._people[person.name] = self._people.pop(person.name)

    def _recent(self) -> list[Person]:
        return list(islice(reversed(self._people.values()), _RECENT))

    def known(self, name: str) -> Person | None:
        """The person of a full name."""
        return self._people.get(name)

    def by_surname(self, words: Sequence[Word], place: int, floor: Person | None = None) -> Person | None:
        """The person whose surname stands at a place, unless the word before makes it any noun ("im Winter")."""
        surname = words[place].core.rstrip("'’").casefold()
        found = self._surnames.get(surname)
        if not found:
            return self._meet_headed(words, place) if surname in self.headed else None
        before = words[place - 1] if place else None
        if before is not None and before.flags & DETERMINER and not before.tail and not before.core.istitle():
            return None
        if len(found) > 1:
            if before is not None and before.flags & GIVEN:
                same = [person for person in found if person.name.startswith(before.core)]
                found = same or found
            if floor in found:
                return floor
        return max(found, key=lambda person: person.seen)

    def _meet_headed(self, words: Sequence[Word], place: int) -> Person | None:
        """A person of whom nothing but the surname in the heading is known: „...“, sagt Müller. / Müller weiter: ..."""
        word = words[place]
        said = words[place - 1].flags & (SAYS | MAY_SAY) if place else len(words) <= _SHORT and lemma_of(word.core) is None
        if not said or not word.flags & NAME or word.core.isupper():
            return None
        return self.meet(Mention(place, place + 1, word.core, None, None, "", (), place, office=False), words)

    def by_role(self, words: Sequence[Word], place: int, floor: Person | None) -> Person | None:
        """The person meant by "die Sprecherin", "der CDU-Politiker", "der haushaltspolitische Sprecher"."""
        role = words[place].role
        if role is None:
            return None
        gender = role.gender or _gender_of_article(words, place)
        faction = next(
            (f for n in (place, place + 1, place + 2) if n < len(words) and (f := self.signers.named_by(words, n))), None
        )
        found = [p for p in self._recent() if p.speaks and (not p.gender or not gender or p.gender == gender)]
        if faction is not None and len(self.factions) > 1:
            found = [p for p in found if p.faction in {faction, None}]
        subject = next(
            (w.core.partition("politisch")[0] for w in words[max(0, place - 2) : place] if "politisch" in w.core), None
        )
        for narrower in (
            [p for p in found if p.introduced],
            [p for p in found if subject is not None and subject in p.subjects],
            [p for p in found if role.stem in p.roles],
        ):
            if narrower and (len(narrower) > 1 or narrower[0] in found):
                found = [p for p in found if p in narrower] or found
        if floor in found:
            return floor
        return max(found, key=lambda person: person.seen, default=None)

    def by_gender(self, gender: str, floor: Person | None) -> Person | None:
        """The person meant by "er" or "sie"."""
        if floor is not None and floor.gender in {gender, ""}:
            return floor
        found = [person for person in self._recent() if person.speaks and person.gender == gender]
        return max(found, key=lambda person: person.seen, default=None)

    def only(self) -> Person | None:
        """The one person who may speak here, if there is only one."""
        if not self._only_known:
            found = [person for person in self._people.values() if person.speaks]
            found = [person for person in found if person.introduced] or found
            self._only, self._only_known = (found[0] if len(found) == 1 else None), True
        return self._only

    def speaker(self, person: Person) -> Speaker:
        """A person as the speaker of sentences, one object a person."""
        found = self._speakers.get(person.name)
        if found is None:
            faction = person.faction or (self.factions[0] if len(self.factions) == 1 else None)
            found = self._speakers[person.name] = Speaker(person.name, self.record.faction(faction) if faction else None)
        return found

    def faction_of(self, speaker: Speaker | None) -> str | None:
        """A speaker's faction; without one, or for the faction itself, the release's factions joined."""
        if speaker is not None and speaker.faction:
            return speaker.faction
        return "/".join(self.factions) or None


def _surname(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def _gender_of_article(words: Sequence[Word], place: int) -> str:
    """The gender an article gives a role that has both: "die Abgeordnete", "der Abgeordnete", "des Abgeordneten"."""
    role = words[place].core
    for word in reversed(words[max(0, place - 3) : place]):
        small = word.core.casefold()
        if small in {"des", "dem", "den"}:
            return "m"
        if small == "die":
            return "f" if role.endswith("e") else ""
        if small == "der":
            return "m" if role.endswith("e") else "f" if role.endswith("n") else ""
    return ""
