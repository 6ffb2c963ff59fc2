"""The walk through a release's sentences in their order: one person at most has the floor, others are let in for a paragraph."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from claims.speech.cast import Cast, Person
from claims.speech.names import HAS, MAY_SAY, REPORTED, SAYS, SOURCE, Word, words_of
from claims.speech.people import Mention, people
from claims.speech.references import Reference, Voice, explicit, person_of, who
from claims.text.lines import BACKGROUND, BODY, HEADING, ITEM, Paragraph, label_of
from claims.text.statements import Statement

# The words of a sentence and the people it names.
Looked = tuple[Sequence[Word], Sequence[Mention]]
LONGEST_HEADING = 300  # characters of a heading that are read
# "Dazu die Sprecherin Anna Beispiel." leads to what follows even without a colon.
_LEADS = frozenset(["dazu", "hierzu", "statement", "nachfolgend", "das"])
# A sentence behind a quotation that tells whose it was.
_THESE_WORDS = (
    "Mit diesen Worten",
    "Mit diesem",
    "So kommentier",
    "So reagier",
    "So äußer",
    "Das sagt",
    "Das erklär",
    "Das beton",
)
_SALUTATIONS = ("Sehr geehrte", "Meine Damen und Herren", "Meine sehr", "Liebe Kolleg", "Verehrte")  # a speech begins
_SHORT = 4  # words before a colon that need no verb: "Sein Fazit:"
_AHEAD = 3  # paragraphs between a speaker's name and the quotation that it introduces
_HEAD = 3  # words in front of whoever a sentence is about: an article, an adjective, an office


def with_role_line(lines: Sequence[Paragraph], number: int) -> str:
    """A heading; a name alone on its line goes with the line below that says who it is."""
    text = lines[number].text[:LONGEST_HEADING]
    below = lines[number + 1] if number + 1 < len(lines) else None
    if below is not None and below.kind == HEADING and text.count(" ") in {1, 2, 3} and text[-1].isalpha():
        first = words_of(below.text[:LONGEST_HEADING])
        if any(word.role for word in first[:4]):
            return f"{text}, {below.text[:LONGEST_HEADING]}"
    return text


def _quoted_lines(sentences: Sequence[Statement]) -> set[int]:
    """Paragraphs that are a quotation from their first to their last sentence."""
    first: dict[int, Statement] = {}
    last: dict[int, Statement] = {}
    for sentence in sentences:
        first.setdefault(sentence.paragraph, sentence)
        last[sentence.paragraph] = sentence
    return {line for line, sentence in first.items() if sentence.quoted and sentence.left < 0 and last[line].quoted}


class Walk:
    """The way through the sentences of one release."""

    def __init__(
        self, lines: Sequence[Paragraph], sentences: Sequence[Statement], cast: Cast, looked: Mapping[int, Looked]
    ) -> None:
        self.lines, self.sentences, self.cast, self.looked = lines, sentences, cast, looked
        self.result: list[Reference | None] = []
        self.quoted_lines = _quoted_lines(sentences)
        self.floor: Person | None = None  # who spoke last
        self.block: Person | Voice | None = None  # whose statement runs without quotation marks
        self.closed = False  # background: nobody speaks any more
        self.stranger: Person | None = None  # who else has the word, to the end of a paragraph at most
        self.stranger_line = -1
        self.title: Person | None = None  # who is named in the headings above the text
        self.held: Person | None = None  # the first of several names above a quotation
        self.intro: Reference | None = None  # who was announced before a quotation
        self.quote, self.quote_from = 0, 0  # the quotation that is being read, and its first sentence
        self.voice: Reference | None = None  # who was named in or before it

    def run(self) -> list[Reference | None]:
        """Who is meant to say each sentence; None where nobody is named and the faction itself speaks."""
        line = 0
        begun = False
        for place, sentence in enumerate(self.sentences):
            while line <= sentence.paragraph:
                self._enter(line, place, begun=begun)
                line += 1
            begun = True
            if sentence.quoted:
                self._quoted(place, sentence)
            else:
                self._end_quotation(sentence)
                self.result.append(self._unquoted(place, sentence))
        self._end_quotation(None)
        return self.result

    # Lines

    def _enter(self, number: int, place: int, *, begun: bool) -> None:
        line = self.lines[number]
        if (
            line.text.startswith(_SALUTATIONS)
            and self.block is None
            and (speaker := self.title or self.floor or self.cast.only())
        ):
            self.block = speaker
        elif line.kind == HEADING:
            self._heading(line, number, place, begun=begun)
        elif line.kind == BACKGROUND or (line.kind in {BODY, ITEM} and label_of(line.text)[0] == "background"):
            self._end_quotation(None)
            self.closed, self.block, self.intro = True, None, None

    def _heading(self, line: Paragraph, number: int, place: int, *, begun: bool) -> None:
        words = words_of(with_role_line(self.lines, number))
        if not words:
            return
        if line.text.endswith(":"):
            self._end_quotation(None)
            self._lead(words, place, whole=True)
            return
        mentions = [m for m in people(words, self.cast.signers) if not m.office]
        person = next((p for m in mentions if (p := self.cast.known(m.name)) and p.speaks), None)
        if person is None:
            return
        first = mentions[0]
        alone = first.begin == 0 and first.end == len(words)
        said = any(word.flags & (SAYS | MAY_SAY) for word in words[: first.begin])
        if line.text.endswith(";"):
            self.held = self.held or person
        elif not begun:
            self.title = self.title or person
            if alone or said:
                self.floor = person
        elif alone or said:
            self._end_quotation(None)
            self._give(Reference(person, "name before colon"), place, announced=True)

    # Quotations

    def _quoted(self, place: int, sentence: Statement) -> None:
        if sentence.quote != self.quote:
            self._end_quotation(None)
            self.quote, self.quote_from = sentence.quote, place
            self.voice, self.intro = self.intro, None
        self.result.append(None)  # until the quotation has ended
        if sentence.left < 0:
            return
        words = words_of(sentence.text[sentence.left : sentence.back])
        found = who(words, self.cast, self._near(sentence))
        if found is None:
            return
        if self.block is not None and not (isinstance(found.voice, Person) and found.voice is not self.block):
            return
        self.voice = found
        self._take(found, sentence.paragraph)
        if sentence.back < len(sentence.text):
            self.intro = found  # „Wir haben“, so Müller, „die Prämie eingeführt.“

    def _end_quotation(self, following: Statement | None) -> None:
        """Give the quotation that has ended to whoever said it."""
        if not self.quote:
            return
        voice = self.voice
        if following is not None and voice is None and following.text.startswith(_THESE_WORDS):
            voice = who(words_of(following.text), self.cast, self._near(following))
            if voice is not None:
                self._take(voice, following.paragraph)
        if voice is None and self.block is not None:
            voice = Reference(self.block, "statement")
        if voice is None:
            voice = self._by_default()
        self.result[self.quote_from :] = [voice] * (len(self.result) - self.quote_from)
        self.quote, self.voice = 0, None

    def _by_default(self) -> Reference | None:
        if self.closed:
            return None
        if self.floor is not None:
            return Reference(self.floor, "speaks on")
        if self.title is not None:
            return Reference(self.title, "heading")
        only = self.cast.only()
        return Reference(only, "only speaker") if only else None

    # Narrative

    def _unquoted(self, place: int, sentence: Statement) -> Reference | None:
        words, mentions = self.looked[place]
        if sentence.text.endswith((":", "–")) and self._lead(words, place, whole=False):
            return None
        if self.closed or label_of(self.lines[sentence.paragraph].text)[0] == "notice":
            return None
        if self.block is not None:
            return Reference(self.block, "statement")
        return None if sentence.item else self._narrated(place, sentence, words, mentions)

    def _narrated(self, place: int, sentence: Statement, words: Sequence[Word], mentions: Sequence[Mention]) -> Reference | None:
        flags = reduce(or_, [word.flags for word in words], 0)
        said = flags & (SAYS | MAY_SAY | SOURCE | HAS)
        found = explicit(words, flags, self.cast, self._near(sentence)) if said else None
        if found is not None:
            self._take(found, sentence.paragraph)
        elif flags & REPORTED and (speaker := self._reported(sentence)):
            return Reference(speaker, "indirect speech")
        else:
            self._notice_people(words, mentions, sentence)
        self._announce(words, mentions, place, sentence)
        return found

    def _reported(self, sentence: Statement) -> Person | None:
        """Whose words a sentence in the form of reported speech gives."""
        if self.stranger_line == sentence.paragraph:
            return None
        return self.floor or (None if sentence.lead else self.cast.only())

    def _announce(self, words: Sequence[Word], mentions: Sequence[Mention], place: int, sentence: Statement) -> None:
        """Give what follows to whoever is announced without a colon: "Dazu erklärt die Sprecherin Anna Beispiel"."""
        if words[0].core.casefold() not in _LEADS or sentence.text.endswith(("!", "?")):
            return
        first = next((m for m in mentions if m.own is not False), None)
        person = person_of(first, words, self.cast) if first else None
        if person is not None and person.speaks:
            follows = self.sentences[place + 1] if place + 1 < len(self.sentences) else None
            if sentence.text.endswith(".") and follows is not None and not follows.quoted:
                self.floor = person
            else:
                self._give(Reference(person, "lead"), place + 1, announced=True)

    def _notice_people(self, words: Sequence[Word], mentions: Sequence[Mention], sentence: Statement) -> None:
        """Who is spoken of gets the floor for the quotations that follow; a stranger at the head of a sentence keeps others from it."""
        for mention in mentions:
            person = self.cast.known(mention.name)
            if person is None:
                continue
            if person.speaks:
                self._let_speak(person)
            elif mention.begin <= _HEAD:
                self._let_in(person, sentence.paragraph)
            return
        person = self.cast.by_surname(words, 0, self.floor)
        if person is not None and person.speaks:
            self._let_speak(person)
        elif person is not None:
            self._let_in(person, sentence.paragraph)

    # Leads

    def _lead(self, words: Sequence[Word], place: int, *, whole: bool) -> bool:
        """Whether words before a colon say who speaks next; the floor is given accordingly."""
        found = self._led(words)
        if found is None or (isinstance(self.block, Person) and not whole and not self._interrupts(found, place)):
            return False
        if self.held is not None:
            found, self.held = Reference(self.held, "lead"), None
        self.closed = False
        self._give(found, place if whole else place + 1, announced=whole)
        return True

    def _interrupts(self, found: Reference, place: int) -> bool:
        """Whether somebody named before a colon ends another's statement: only at the head of a paragraph."""
        first = not place or self.sentences[place - 1].paragraph != self.sentences[place].paragraph
        if not first or found.voice is Voice.FACTION:
            return False
        if found.voice is self.block:
            return found.rule == "name before colon"
        return found.place <= _HEAD or found.rule == "lead"

    def _led(self, words: Sequence[Word]) -> Reference | None:
        if words[0].core == "Frage":
            return Reference(Voice.STRANGER, "third party")
        mentions = people(words, self.cast.signers)
        for accepted in (True, False):
            for mention in mentions:
                if mention.office or (accepted and mention.own is False):
                    continue
                person = person_of(mention, words, self.cast)
                if person is not None and not person.office:
                    return Reference(person, "lead" if mention.begin else "name before colon", mention.begin)
        found = who(words, self.cast, self.floor)
        if found is not None:
            if isinstance(found.voice, Person):
                return found._replace(rule="name before colon" if found.rule == "so Name" else found.rule)
            says = any(word.flags & (SAYS | MAY_SAY) for word in words)
            return found if says or (found.voice is Voice.STRANGER and len(words) <= _SHORT) else None
        if self.floor is not None and len(words) <= _SHORT and self.block is None:  # "Wörtlich:", "Sein Fazit:"
            return Reference(self.floor, "speaks on")
        return None

    def _give(self, found: Reference, following: int, *, announced: bool) -> None:
        """The floor to whoever was announced: for the quotation that follows, or for the text if none does."""
        if isinstance(found.voice, Person):
            self._let_speak(found.voice)
        elif found.voice is Voice.FACTION:
            self.floor = None
        self.closed, self.block, self.intro = False, None, None
        if following >= len(self.sentences):
            return
        sentence = self.sentences[following]
        if sentence.quoted:
            self.intro = found
            return
        previous = self.sentences[following - 1].paragraph if following else -1
        goes_on = not announced and sentence.paragraph == previous
        if goes_on or not self.quoted_lines.intersection(range(sentence.paragraph, sentence.paragraph + _AHEAD)):
            self.block = found.voice

    def _take(self, found: Reference, paragraph: int) -> None:
        if isinstance(found.voice, Person):
            self._let_speak(found.voice)
        elif found.voice is Voice.STRANGER:
            self._let_in(found.person, paragraph)

    def _let_speak(self, person: Person) -> None:
        """One of the release's people has the floor."""
        self.floor, self.stranger, self.stranger_line = person, None, -1
        self.cast.see(person)

    def _let_in(self, stranger: Person | None, paragraph: int) -> None:
        """Somebody else has the word: reported speech is theirs until one of the release's people is named, or the paragraph ends."""
        self.stranger, self.stranger_line = stranger, paragraph

    def _near(self, sentence: Statement) -> Person | None:
        """Whom "er" or "sie" most likely means."""
        if self.stranger is not None and self.stranger_line == sentence.paragraph:
            return self.stranger
        return self.floor
