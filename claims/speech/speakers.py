"""Who says a sentence, and the rule that tied it to its speaker.

A release is read twice. First everybody whom headings, narrative and the words behind quotations introduce is met; then its
sentences are walked through in order, with one person at most having the floor. What stands inside a quotation is not looked
into: a quotation is given as a whole to whoever is named in front of it, behind it, or spoke before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.speech.cast import Cast, Person, Speaker
from claims.speech.names import Word, words_of
from claims.speech.people import Mention, is_likely_name, people
from claims.speech.references import Reference, Voice
from claims.speech.walk import LONGEST_HEADING, Looked, Walk, with_role_line
from claims.text.lines import HEADING, Paragraph
from claims.text.statements import Statement
from settings.reference import Record

__all__ = ["Attribution", "Cast", "Speaker", "attribute"]

# How far a rule is to be trusted: what names a person in so many words more than what is inferred. "" is the faction's own narrative.
CONFIDENCE = {
    "name before colon": 0.97,
    "so Name": 0.97,
    "lead": 0.95,
    "role": 0.9,
    "statement": 0.9,
    "speaks on": 0.85,
    "pronoun": 0.85,
    "indirect speech": 0.8,
    "heading": 0.75,
    "faction": 0.75,
    "": 0.7,
    "third party": 0.6,
    "only speaker": 0.6,
}
_TITLE_LINES = 8  # headings in front that may name who speaks
# What stands before the colon of a heading may be its subject: "Gebäudeenergiegesetz: ...".
_SUBJECT_MATTER = re.compile(
    r"(?:gesetze?s?|politik|reform|ordnung|keit|heit|schaft|tion|tät|ungen|haushalt|programm|debatte|steuer|geld|bericht|statistik|preise|kosten)$"
)
_BYLINES = frozenset(["von", "statement", "abgeordnete", "abgeordneten"])
_HEADED = frozenset(["zu", "zur", "zum", "kritisiert", "fordert", "warnt", "begrüßt"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence, which rule said so and how sure it is (0 to 1); no speaker: the faction or a stranger speaks."""

    speaker: Speaker | None
    rule: str = ""
    confidence: float = CONFIDENCE[""]


def attribute(
    lines: Sequence[Paragraph], sentences: Sequence[Statement], factions: tuple[str, ...], record: Record
) -> tuple[list[Attribution], Cast]:
    """One attribution a sentence, in order; equal ones are one object.

    `lines` are the paragraphs of the text, `factions` those that publish the release.
    """
    cast = Cast(factions, record)
    _meet_in_headings(lines, cast)
    looked = _meet_in_sentences(sentences, cast)
    shared: dict[tuple[int, str], Attribution] = {}
    return [_attribution(found, cast, shared) for found in Walk(lines, sentences, cast, looked).run()], cast


def _attribution(found: Reference | None, cast: Cast, shared: dict[tuple[int, str], Attribution]) -> Attribution:
    person = found.voice if found is not None and isinstance(found.voice, Person) else None
    rule = "" if found is None else found.rule if person else "third party" if found.voice is Voice.STRANGER else "faction"
    key = (id(person), rule)
    if key not in shared:
        shared[key] = Attribution(cast.speaker(person) if person else None, rule, CONFIDENCE[rule])
    return shared[key]


def _meet_in_headings(lines: Sequence[Paragraph], cast: Cast) -> None:
    headings = [number for number, line in enumerate(lines) if line.kind == HEADING]
    for number in headings[:_TITLE_LINES]:
        cast.headed.update(_headed_surnames(words_of(lines[number].text[:LONGEST_HEADING])))
    for number in headings:
        words = words_of(with_role_line(lines, number))
        for mention in people(words, cast.signers):
            before = words[mention.begin - 1].core.casefold() if mention.begin else "von"
            if mention.own is not None or (before in _BYLINES and _is_name(mention, words)):
                cast.meet(mention, words)


def _meet_in_sentences(sentences: Sequence[Statement], cast: Cast) -> dict[int, Looked]:
    """Everybody whom narrative and the words behind quotations introduce; who is named inside quotations does not speak here.

    Gives what was read in the unquoted sentences, by their places.
    """
    looked: dict[int, Looked] = {}
    for place, sentence in enumerate(sentences):
        if sentence.quoted and sentence.left < 0:
            continue
        words = words_of(sentence.text[sentence.left : sentence.back] if sentence.quoted else sentence.text)
        leads = sentence.quoted or sentence.text.endswith(":")
        mentions = people(words, cast.signers)
        if not sentence.quoted:
            looked[place] = words, mentions
        for mention in mentions:
            # A name that nothing introduces counts where speakers stand: behind a quotation, before a colon, as the subject.
            if mention.own is not None or ((leads or mention.begin == 0) and _is_name(mention, words)):
                cast.meet(mention, words)
    return looked


def _is_name(mention: Mention, words: Sequence[Word]) -> bool:
    return is_likely_name(mention.name, words, mention.first)


def _headed_surnames(words: Sequence[Word]) -> set[str]:
    """Words that a heading gives as speaking: "Müller: ...", "WITTKAMP/GERLACH: ...", "DR. OSTERKAMP zur Lage"; in small letters."""
    found: set[str] = set()
    for place, word in enumerate(words):
        follows = words[place + 1].core if place + 1 < len(words) else ""
        if (
            word.core[:1].isupper()
            and not _SUBJECT_MATTER.search(word.core)
            and (word.tail.startswith(":") or follows in _HEADED)
        ):
            found.update(part.casefold() for part in word.core.split("/"))
    return found
