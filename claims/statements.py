"""Statements: sentences of the body with their places, told apart from headings, labels and press contacts."""

import re
from dataclasses import dataclass

LONGEST = 1200  # characters; a longer "sentence" is no statement of anybody

_ABBREVIATIONS = frozenset(
    [
        "z.b",
        "u.a",
        "d.h",
        "o.ä",
        "i.d.r",
        "bzw",
        "ca",
        "etc",
        "evtl",
        "ggf",
        "inkl",
        "insb",
        "mio",
        "mrd",
        "nr",
        "rd",
        "sog",
        "st",
        "str",
        "tel",
        "tsd",
        "usw",
        "v.a",
        "vgl",
        "zzgl",
        "abs",
        "art",
        "dr",
        "prof",
        "dipl",
        "med",
        "jur",
        "hr",
        "fr",
        "jan",
        "feb",
        "aug",
        "sept",
        "okt",
        "nov",
        "dez",
        "bd",
        "s",
        "a",
        "b",
        "d",
        "h",
        "u",
        "z",
        "i",
        "o",
        "drs",
        "lt",
        "bspw",
        "max",
        "min",
        "mind",
        "s.o",
        "s.u",
        "u.u",
        "v",
        "ing",
        "rer",
        "nat",
        "phil",
        "hon",
    ]
)
_CAPITAL_AFTER_NUMBER = re.compile(
    r"\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Legislatur|Wahlperiode|Jahrhundert|"
    r"Platz|Rang|Mal|Quartal|Halbjahr|Lebensjahr|Klasse|Plenar|Bundes|Stelle|Sitzung|Schuljahr|[a-zäöüß])"
)
# A sentence ends at its stop, and what leads to a quotation ends at its colon.
_END = re.compile(r"[.!?…]+|:(?=\s?[„»\"])")
_CLOSING = "“”«»\"'‘’)]"
_OPENING = "„“«»\"'‚‘(["
_LABEL_END = re.compile(
    r"(?:Themen|Autoren|Schlagwörter|Weitere Pressemitteilungen|Presseakkreditierung|Kontakt zum Presseteam|Pressekontakt|Kontakt|"
    r"Ansprechpartner(?:in)?|Empfehlen Sie uns!?|Teilen|Downloads?|Anlagen?|Impressum|Pressestelle)\s*:?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:Telefon|Telefax|\bTel\.|\bFax\b|E-Mail|\S@\S|Pressestelle|Pressesprecher(?:in)?\b.{0,40}\d{4})", re.IGNORECASE
)
_ITEM = re.compile(r"[-•–*·]\s+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: its place in the cleaned text, its paragraph, whether it stands in a quotation, and whether it is a list item."""

    start: int
    end: int
    text: str
    paragraph: int
    quoted: bool
    item: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text with its place and number."""

    number: int
    start: int
    text: str


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text up to the trailing labels, without blank ones."""
    found: list[Paragraph] = []
    place = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if _LABEL_END.fullmatch(stripped) and found:
            break
        if stripped:
            found.append(Paragraph(len(found), place + line.index(stripped[0]), stripped))
        place += len(line) + 1
    return found


def statements(text: str) -> list[Statement]:
    """The sentences of the body, in order. Headings, date lines, labels and contacts are left out."""
    found: list[Statement] = []
    open_quote = False
    for paragraph in paragraphs(text):
        line = paragraph.text
        item = _ITEM.match(line)
        if _CONTACT.search(line) or not (item or _is_body(line)):
            continue
        if line[0] in "„»" or (open_quote and line[0] == '"'):
            open_quote = False
        offset = item.end() if item else 0
        for start, end in _sentences(line[offset:]):
            quoted = open_quote
            for character in line[offset + start - 2 if start > 1 else offset : offset + start]:
                quoted = True if character in '„»"' else quoted
            piece = line[offset + start : offset + end]
            if 0 < len(piece) <= LONGEST:
                begin = paragraph.start + offset + start
                found.append(Statement(begin, begin + len(piece), piece, paragraph.number, quoted, bool(item)))
            open_quote = _still_open(line[offset + max(0, start - 2) : offset + end + 1], open_quote)
    return found


def _is_body(line: str) -> bool:
    """Whether a line is running text: it ends like a sentence, not like a heading, and is more than a word or two."""
    ending = line.rstrip(_CLOSING + " ")
    return len(line.split()) > 2 and (ending.endswith((".", "!", "?", ":", "…")) or len(line) > 200)  # noqa: PLR2004  measured on releases


def _still_open(piece: str, before: bool) -> bool:  # noqa: FBT001  a fact about the text
    state = before
    for character in piece:
        if character in "„»":
            state = True
        elif character in "“”«":
            state = False
        elif character == '"':
            state = not state
    return state


def _sentences(line: str) -> list[tuple[int, int]]:
    """Places of the sentences in a line: from the first word to the final stop, quotation marks around left out."""
    found: list[tuple[int, int]] = []
    start = _skip(line, 0)
    for match in _END.finditer(line):
        end = match.end()
        if end <= start or not _is_end(line, match.start(), end):
            continue
        found.append((start, end))
        start = _skip(line, end)
    if start < len(line):
        rest = line[start:].rstrip(_CLOSING + " ")
        if rest:
            found.append((start, start + len(rest)))
    return found


def _skip(line: str, place: int) -> int:
    while place < len(line) and (line[place].isspace() or line[place] in _CLOSING or line[place] in _OPENING):
        place += 1
    return place


def _is_end(line: str, stop: int, end: int) -> bool:
    if line[stop] == ":":
        return True
    rest = line[end : end + 40]
    after = rest.lstrip(_CLOSING)
    if not after.strip():
        return True
    if after[0] in ",;–-" or (not after[0].isspace() and after is rest and not _is_glued(line, stop, rest)):
        return False
    following = after.lstrip()
    if line[stop] == ".":
        word = re.split(r"[\s(„“\"/]", line[max(0, stop - 20) : stop])[-1]
        if word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
            return False
        if word.isdigit() and len(word) <= 2 and _CAPITAL_AFTER_NUMBER.match(after):  # noqa: PLR2004  ordinals have one or two digits
            return False
    if following[:1].islower() or following[:1] in ",;":
        return False
    # An inquit belongs to its quotation: „Das ist so.“, sagte sie / „Stimmt das?“ fragte er.
    return not (len(rest) > len(after) and following[:1].islower())


def _is_glued(line: str, stop: int, rest: str) -> bool:
    """Two sentences joined without a blank: a small letter or digit, a stop, a capital followed by a small letter."""
    before = line[stop - 1 : stop]
    return (before.islower() or before.isdigit() or before in _CLOSING) and rest[:1].isupper() and rest[1:2].islower()
