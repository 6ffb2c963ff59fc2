"""Statements: sentences of the body with their places, told apart from headings, datelines, labels, captions and press contacts."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from claims.speech.names import FIRST, MAY_SAY, NAME, PARTY, SAYS, TITLE, Word, words_of
from claims.speech.people import Signers, is_likely_name, people
from claims.text.lines import BACKGROUND, BODY, ITEM, Paragraph, item_mark, label_of, paragraphs
from claims.text.sentences import Piece, Reader
from claims.text.wordlists import word_list

__all__ = ["LONGEST", "Paragraph", "Statement", "paragraphs", "statements"]

LONGEST = 1200  # characters; a longer "sentence" is no statement of anybody
_LONGEST_LABEL = 200  # characters before the colon behind a speaker's name

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DATE = rf"(?:den\s)?(?:\d{{1,2}}\.\s?(?:{_MONTHS}|\d{{1,2}}\.)\s?(?:\d{{4}}|\d{{2}}))"
_PLACE = r"(?:[A-ZÄÖÜ][\w-]{1,30}(?:[ /][A-ZÄÖÜ(][\w.)/-]{1,30}){0,2})"
_DATELINE = re.compile(
    rf"(?:\([\d/-]{{3,15}}\)\s)?(?P<place>{_PLACE})(?P<date>,?\s{_DATE})?(?:\s?\((?:ots|dpa)\))?(?:\.|:|\s[–—|-])\s{{1,3}}(?=\S)"
)
# "(2019-113) Zum heute ...", "(Wiesbaden) Die Fraktion ..."
_BRACKETED = re.compile(rf"\((?:[\d/-]{{3,15}}|(?P<place>{_PLACE}))\)\s{{1,3}}")
_PLACES = frozenset(word_list("places"))
_NAMED = re.compile(r"([A-ZÄÖÜ][^\W\d_]{1,30})[ ]([A-ZÄÖÜ][^\W\d_]{1,30})(?![^\W\d_])")
_UNSIGNED = Signers((), {})


class Statement(NamedTuple):
    """One sentence.

    `start` and `end` are places in the cleaned text, `paragraph` the number of its line, `quoted` whether it begins in a quotation,
    `item` whether it is a list item, `lead` whether it stands unquoted before anybody has begun to speak, `position` its number.
    `quote` numbers the quotations (0: none); `left` and `back` are places in `text` between which it tells who speaks (-1: it does not).
    """

    start: int
    end: int
    text: str
    paragraph: int
    quoted: bool
    item: bool = False
    lead: bool = False
    position: int = 0
    quote: int = 0
    left: int = -1
    back: int = -1


def statements(text: str, lines: Sequence[Paragraph] | None = None) -> list[Statement]:
    """The sentences of the body, in order; `lines` are the text's paragraphs if somebody has them already."""
    found: list[Statement] = []
    reader = Reader()
    surnames = _Surnames(text)
    for paragraph in paragraphs(text) if lines is None else lines:
        if paragraph.kind not in {BODY, ITEM}:
            if paragraph.kind == BACKGROUND:
                reader.depth = 0
            continue
        line, item = paragraph.text, paragraph.kind == ITEM
        place = item_mark(line)
        if not item:
            place += _dateline(line, place)
        label, colon = label_of(line)
        if label:
            reader.depth = 0
        reader.open_line(line, place)
        speaker = colon if label == "background" else _speakers_label(line, place, surnames)
        for piece in reader.split(line, place, speaker):
            if piece.end == colon and label == "background":
                continue  # "Hintergrund:" itself says nothing
            if 0 < piece.end - piece.start <= LONGEST:
                found.append(_statement(piece, paragraph, len(found), item=item))
    return _with_leads(found)


def _statement(piece: Piece, paragraph: Paragraph, position: int, *, item: bool) -> Statement:
    start, end, quote, left, back = piece
    words = paragraph.text[start:end]
    if not quote:
        left = back = -1
    elif left >= 0:
        left, back = min(left, end) - start, (min(back, end) if back >= 0 else end) - start
        if not _is_said(words, left):
            quote, left, back = 0, -1, -1
    begin = paragraph.start
    return Statement(begin + start, begin + end, words, paragraph.number, quote > 0, item, False, position, quote, left, back)  # noqa: FBT003  by place: made for every sentence


def _is_said(words: str, left: int) -> bool:
    """Whether what follows a quotation within its sentence tells who said it; else it is a title: „Gute Schule“ hat geholfen."""
    behind = words[left : left + 40].lstrip()
    if behind[:1] in {",", "–", "-", ".", "", ";", ":", "!", "?"} or words[left - 2 : left - 1] in {",", "!", "?", "…", "."}:
        return True
    return bool(words_of(behind.partition(" ")[0])[0].flags & (SAYS | MAY_SAY)) and words.count(" ", 0, left) > 2  # noqa: PLR2004  a title is short


def _with_leads(found: list[Statement]) -> list[Statement]:
    """The statements before anybody speaks marked as such."""
    first = next(
        (s.position for s, after in pairwise(found) if s.quoted or (s.text.endswith(":") and not after.item)),
        0,
    )
    if first:
        found[:first] = [s._replace(lead=True) for s in found[:first]]
    if found and found[first].text.endswith(":") and not found[first].quoted:
        found[first] = found[first]._replace(lead=True)
    return found


def _dateline(line: str, place: int) -> int:
    """The length of "MAINZ. ", "Dresden, 24. Juni 2021. ", "Stuttgart – " at the beginning of a paragraph."""
    found = _DATELINE.match(line, place)
    if found is None:
        found = _BRACKETED.match(line, place)
        return found.end() - place if found and (found["place"] is None or _is_place(found["place"])) else 0
    return found.end() - place if found["date"] or found["place"].isupper() or _is_place(found["place"]) else 0


def _is_place(name: str) -> bool:
    return name.split("/", maxsplit=1)[0].split(maxsplit=1)[0] in _PLACES


class _Surnames:
    """Words that stand behind another capitalised word somewhere in a text; read only if a line begins with a lone name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: frozenset[str] | None = None

    def has(self, word: str) -> bool:
        if self._known is None:
            self._known = frozenset(second for first, second in _NAMED.findall(self._text) if words_of(first)[0].flags & FIRST)
        return word in self._known


def _speakers_label(line: str, place: int, surnames: _Surnames) -> int:
    """The place behind "Anna Beispiel (SPD):" or "Beispiel:" where a speech without quotation marks follows; else 0."""
    dash = line.find(" – „", place, place + _LONGEST_LABEL)
    if dash > 0 and _names_speaker(line[place:dash], surnames):
        return dash + 2
    colon = line.find(": ", place, place + _LONGEST_LABEL)
    if colon < 0 or line[colon + 2 : colon + 3] in set('„“»«" '):
        return 0
    head = line[place:colon]
    ends = "." in head.replace("Dr.", "").replace("Prof.", "")
    return colon + 1 if not ends and _names_speaker(head, surnames) else 0


def _names_speaker(head: str, surnames: _Surnames) -> bool:
    words = [word for word in words_of(head) if not word.flags & TITLE]
    if not words:
        return False
    if len(words) == 1:
        word = words[0]
        return word.core in {"Frage", "Antwort"} or (bool(word.flags & NAME) and surnames.has(word.core))
    if not words[0].flags & FIRST:
        return False
    return _is_person(words)


def _is_person(words: list[Word]) -> bool:
    met = people(words, _UNSIGNED)
    if not met or met[0].begin:
        return False
    rest = words[met[0].end :]
    introduced = bool(met[0].roles) or met[0].faction is not None or any(word.flags & PARTY for word in words)
    said = bool(rest) and (
        bool(rest[-1].flags & (SAYS | MAY_SAY)) or rest[-1].core in {"dazu", "hierzu", "weiter", "abschließend"}
    )
    return (introduced or is_likely_name(met[0].name, words, 0)) and (not rest or said)
