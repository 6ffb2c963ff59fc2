"""The one door to the parser: bytes become a page with selectors that raise by themselves when they find nothing."""

import codecs
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from charset_normalizer import from_bytes

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
META_WITHIN = 4096
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What browsers read under these names (WHATWG Encoding Standard).
SAME_AS = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
}
BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "table",
        "tr",
        "dl",
        "dt",
        "dd",
        "figure",
    }
)
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
        (declared.group(1).decode("ascii") if declared else None, "meta"),
        ("utf-8", "detection"),
    ]
    for charset, evidence in candidates:
        if charset is None:
            continue
        try:
            return content.decode(SAME_AS.get(charset.lower(), charset)), evidence
        except (LookupError, UnicodeDecodeError):
            continue
    best = from_bytes(content[: 64 * 1024]).best()
    return content.decode(best.encoding if best else "windows-1252", errors="replace"), "detection"


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
    """The words of an element in one line per line break: inline markup adds no spaces, blocks and <br> do."""
    parts: list[str] = []
    # Without recursion: pages may be nested deeper than Python's stack.
    for node in element.descendants:
        if isinstance(node, PreformattedString):
            continue
        if isinstance(node, NavigableString):
            if not (node.parent and node.parent.name in SILENT):
                parts.append(_SPACE.sub(" ", str(node)))
        elif isinstance(node, Tag) and (node.name == "br" or node.name in BLOCKS):
            parts.append("\n")
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())
