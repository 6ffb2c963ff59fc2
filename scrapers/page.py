"""The one door to the parser: bytes become a page with selectors that raise by themselves when they find nothing."""

import codecs
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from charset_normalizer import from_bytes

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
META_WITHIN = 4096
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What browsers read under these names (WHATWG Encoding Standard); the names are Python's.
SAME_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
# Python knows them, but no page is written in them; some are slow or fail in their own ways.
NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "unicode_escape", "utf-7"})
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tr",
        "ul",
    }
)
CELLS = frozenset({"td", "th"})
SILENT = frozenset({"script", "style", "noscript", "template", "svg"})


class SelectorError(Exception):
    """A declared selector that found too little; the message names selector, page and count."""

    kind = "selector_found_nothing"


def decode(content: bytes, announced: str | None) -> tuple[str, str]:
    """The text of some bytes and what decided its charset: bom, header, meta or detection."""
    for bom, name in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, errors="replace"), "bom"
    declared = _META.search(content[:META_WITHIN])
    candidates = [
        (announced, "header"),
        (_said_within(declared.group(1).decode("ascii")) if declared else None, "meta"),
        ("utf-8", "detection"),
    ]
    for charset, evidence in candidates:
        try:
            name = codecs.lookup(charset or "").name
            if name not in NO_CHARSETS:
                return content.decode(SAME_AS.get(name, name)), evidence
        except (LookupError, ValueError):
            continue
    best = from_bytes(content[: 64 * 1024]).best()
    return content.decode(best.encoding if best else "windows-1252", errors="replace"), "detection"


def _said_within(charset: str) -> str:
    """What a meta element can mean: one that could be read as single bytes is not in UTF-16 (WHATWG HTML)."""
    return "utf-8" if charset.lower().startswith("utf-16") else charset


@dataclass(frozen=True)
class Page:
    """A parsed page and its address."""

    soup: BeautifulSoup
    address: str

    @classmethod
    def of(cls, content: bytes, charset: str | None, address: str) -> "Page":
        """Parse some bytes."""
        text, _evidence = decode(content, charset)
        return cls(soup=BeautifulSoup(text, "lxml"), address=address)

    def select(self, selector: str, what: str, minimum: int = 1) -> list[Tag]:
        """The elements of a selector in the page's order. Raises `SelectorError` if there are fewer than `minimum`."""
        found = list(self.soup.select(selector))
        if len(found) < minimum:
            raise SelectorError(
                f"The selector for {what}, {selector!r}, found {len(found)} of at least {minimum} on {self.address}. "
                "The page may have been redesigned; correct the declaration."
            )
        return found

    def drop(self, selector: str) -> None:
        """Remove elements; finding none is fine."""
        for element in self.soup.select(selector):
            element.decompose()


def text_of(element: Tag) -> str:
    """The words of an element, a line per block and <br>. Cells are a space apart; inline markup adds nothing."""
    parts: list[str] = []
    # Without recursion: pages may be nested deeper than Python's stack.
    waiting: list[PageElement | None] = [element]
    while waiting:
        node = waiting.pop()
        if node is None:  # the end of a block
            parts.append("\n")
        elif isinstance(node, Tag) and node.name not in SILENT:
            if node.name in BLOCKS:
                waiting.append(None)
            parts.append("\n" if node.name == "br" or node.name in BLOCKS else " " if node.name in CELLS else "")
            waiting.extend(reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(_SPACE.sub(" ", str(node)))
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())
