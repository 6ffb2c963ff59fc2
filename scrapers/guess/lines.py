"""A page as a reader sees it: lines, each with the block that holds it, and how much of it is links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scrapers.page import BLOCKS, CELLS, Element

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Line:
    """One line of a page; `block` is the innermost block around it, `linked` the characters of it that are links."""

    text: str
    block: Element
    linked: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether it is set as a heading."""
        return self.block.name in HEADINGS

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list."""
        return self.block.name == "li"

    @cached_property
    def key(self) -> str:
        """What is compared, see `key_of`."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Letters and digits of a text in lower case, words apart by one space: how it is set and punctuated does not count."""
    return _NOT_LETTERS.sub(" ", text.replace(SOFT_HYPHEN, "")).strip().casefold()


def lines_of(element: Element | None) -> list[Line]:
    """The lines of an element, as `text_of` gives them."""
    return list(_lines(element)) if element is not None else []


def _lines(element: Element) -> Iterator[Line]:
    blocks = [element]
    parts: list[str] = []
    linked = links = 0

    def ended() -> Iterator[Line]:
        nonlocal linked
        text = _SPACES.sub(" ", "".join(parts)).strip(" ")
        if text.strip():
            yield Line(text=text, block=blocks[-1], linked=linked)
        parts.clear()
        linked = 0

    for text, inner in element.walk():
        begins = not text
        if inner is None:
            parts.append(text)
            linked += len(text.strip()) if links else 0
        elif inner.name in BLOCKS:
            yield from ended()
            if begins:
                blocks.append(inner)
            else:
                blocks.pop()
        elif inner.name == "a":
            links += 1 if begins else -1
        elif begins and inner.name == "br":
            yield from ended()
        elif begins and inner.name in CELLS:
            parts.append(" ")
    yield from ended()
