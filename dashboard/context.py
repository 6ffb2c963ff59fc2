"""A text with marks: a quotation in its context, and what an edit changed, word by word. HTML out, every word escaped."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from dashboard import safe
from models.queries import Passage

AROUND = 600  # characters shown before and after a quotation


def quote_in_context(text: str, start: int, end: int) -> str:
    """A quotation marked within the text around it, cut at words."""
    first = max(0, start - AROUND)
    last = min(len(text), end + AROUND)
    before = text[first:start] if first == 0 else "… " + text[first:start].split(" ", 1)[-1]
    after = text[end:last] if last == len(text) else text[end:last].rsplit(" ", 1)[0] + " …"
    return f"{safe.text(before)}<mark>{safe.text(text[start:end])}</mark>{safe.text(after)}"


def marked_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A whole text with some spans marked; spans do not overlap."""
    parts: list[str] = []
    place = 0
    for start, end in sorted(spans):
        if start < place:
            continue
        parts += [safe.text(text[place:start]), "<mark>", safe.text(text[start:end]), "</mark>"]
        place = end
    return "".join([*parts, safe.text(text[place:])])


def passage(shown: Passage) -> str:
    """A passage with its marks, and dots where the text goes on."""
    before, after = ("… " if shown.start else ""), (" …" if shown.end < len(shown.text) else "")
    spans = [(start - shown.start, end - shown.start) for start, end in shown.marks]
    return f"{before}{marked_text(shown.text[shown.start : shown.end], spans)}{after}"


def word_changes(before: str, after: str) -> str:
    """What was taken out and put in between two texts, word by word."""
    old, new = re.split(r"(\s+)", before), re.split(r"(\s+)", after)
    parts: list[str] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(safe.text("".join(old[i:j])))
            continue
        if j > i:
            parts.append(f"<del>{safe.text(''.join(old[i:j]))}</del>")
        if m > k:
            parts.append(f"<ins>{safe.text(''.join(new[k:m]))}</ins>")
    return "".join(parts)
