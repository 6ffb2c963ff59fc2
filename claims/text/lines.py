"""The lines of a release, told apart: running text, list items, headings, background, captions, contacts, and where it all ends."""

import csv
import re
from functools import cache
from typing import NamedTuple

from claims.text.wordlists import LEXICON

BODY, ITEM, HEADING, BACKGROUND, ASIDE = "body", "item", "heading", "background", "aside"

CLOSING = "“”«»\"'‘’›‹)]"
OPENING = "„“”«»\"'‚‘›‹(["
_OPENS = "„»«“"
_STOPS = (".", "!", "?", "…")
_LONG = 200  # characters; nothing that long is a heading
_LONGEST_LABEL = 60  # characters
_LONGEST_CONTACT = 250  # characters
_LONGEST_TITLE = 110  # characters of a title that ends in an exclamation or question mark
_WORDS = 3  # of a line that is a sentence

_ITEM = re.compile(r"(?:[-•–—*·▪■►▶✓✔‣◦→]|[a-z]\)|\d{1,2}\))\s{1,9}(?=\S)")
_NUMBERED = re.compile(
    r"\d{1,2}\.\s{1,9}(?=[A-ZÄÖÜ])(?!Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)
_CONTACT = re.compile(
    r"\S@\S|(?<!\w)(?:Tel|Fax|Telefon|Telefax|Fon|Mobil|T|F)[.:]?\s{0,3}\(?\+?0?\d|Pressesprecher(?:in)?\b.{0,60}\d{3}|[Pp]ressestelle.{0,80}\d{3}|\bwww\."
)
_CONTACT_OPENERS = (
    "Pressestelle", "Pressekontakt", "Pressesprecher", "Kontakt", "Rückfragen", "Für Rückfragen", "Bei Rückfragen", "Ansprechpartner", "Herausgeber",
    "V.i.S.d.P", "Verantwortlich", "Telefon", "Tel.", "F.d.R.", "Redaktion:",
)  # fmt: skip
_INNER_END = re.compile(r"[a-zäöüß%)“\"«»]{2}[.!?][“”\"«»]?\s{1,9}[A-ZÄÖÜ„»\"]")
# A line without a stop is a sentence if it has a verb like these; headings of that length have none.
_VERB = re.compile(r" (?:ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|können|muss|müssen|soll|sollen|will|wollen|darf|dürfen|gibt|bleibt|erklärt|erklären|sagt) ")  # fmt: skip
_BRACKETED = re.compile(r"\s{0,3}\([^()]{0,60}\)")


class Paragraph(NamedTuple):
    """One line of the text: its number, its place in the text, itself without blanks around it, and what it is."""

    number: int
    start: int
    text: str
    kind: str = BODY


@cache
def _labels() -> dict[tuple[str, str], str]:
    with (LEXICON / "lines.csv").open(encoding="utf-8", newline="") as file:
        return {(row["form"], row["words"]): row["class"] for row in csv.DictReader(file)}


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text up to the trailing labels, without blank ones."""
    found: list[Paragraph] = []
    place = 0
    begun = False
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            kind = _kind(stripped, begun=begun)
            if kind is None:
                break
            begun = begun or kind == BODY
            found.append(Paragraph(len(found), place + line.index(stripped[0]), stripped, kind))
        place += len(line) + 1
    return found


def item_mark(line: str) -> int:
    """The length of the mark that makes a line a list item; 0 if it is none."""
    mark = _ITEM.match(line) or _NUMBERED.match(line)
    return mark.end() if mark else 0


def label_of(line: str) -> tuple[str, int]:
    """The class of the label before a line's colon ("background", "notice" ...) and the place behind it; ("", 0) without one."""
    colon = line.find(":", 0, _LONGEST_LABEL)
    if colon < 1:
        return "", 0
    words = _BRACKETED.sub("", line[:colon]).strip("*_# ").casefold()
    return _labels().get(("label", words), ""), colon + 1


def _kind(line: str, *, begun: bool) -> str | None:
    """What a line is; None where the release ends."""
    if len(line) <= _LONGEST_LABEL:
        alone = _labels().get(("alone", line.strip(" :*#_-–|.!").casefold()))
        if alone == "end":
            return None if begun else ASIDE
        if alone:
            return alone
    label, _ = label_of(line)
    if label in {"aside", "contact"}:
        return ASIDE
    if (mark := item_mark(line)) and line.count(" ", mark) >= _WORDS - 1:
        return ITEM
    return _kind_of_text(line, begun=begun)


def _kind_of_text(line: str, *, begun: bool) -> str:
    end = line.rstrip(CLOSING + " *_")
    stops = end.endswith(_STOPS)
    if len(line) <= _LONGEST_CONTACT and (line.startswith(_CONTACT_OPENERS) or not stops) and _CONTACT.search(line):
        return ASIDE
    if stops or end.endswith(":"):
        # One line of a statement may be short: "Das auch." or „Nein.
        enough = _WORDS if not stops or not begun else 2
        if line.count(" ") < enough - 1 and line[0] not in _OPENS:
            return HEADING
        if (
            stops
            and not begun
            and len(line) <= _LONGEST_TITLE
            and end[-1] in "!?"
            and not _INNER_END.search(line)
            and line[0] not in OPENING
        ):
            return HEADING
        return BODY
    closes = len(end) < len(line) and line[-1] in '“”"«»' and not any(mark in line[:-1] for mark in '„“»«"')
    if closes or len(line) > _LONG:
        return BODY
    sentences = len(line) > _LONGEST_TITLE - 20 and _INNER_END.search(line)
    return BODY if sentences or (begun and len(line) > _LONGEST_TITLE and _VERB.search(line)) else HEADING
