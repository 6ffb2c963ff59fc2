"""The one door to the parsers: bytes become a page with selectors that raise by themselves when they find nothing.

Declared selectors run on lexbor. `Page.soup` is the same page in BeautifulSoup, for exploring, made when it is first asked for.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from scrapers.charset import decode

LARGEST = 2 * 1024 * 1024  # bytes
BLOCKS = frozenset(
    """address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr html li main nav ol p pre section summary table tbody tfoot thead tr ul""".split()  # noqa: SIM905  words
)
CELLS = frozenset({"td", "th"})
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "title"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(r" {2,}")


class SelectorError(Exception):
    """A declared selector that found too little; the message names selector, page and count."""

    kind = "selector_found_nothing"


class ReadError(Exception):
    """A page that was fetched but cannot be read; the message says why."""

    kind = "unreadable"


class PageTooLargeError(ReadError):
    """A page that is not parsed at all because of its size."""

    kind = "too_large"


class Element:
    """An element of a page. Two are equal if they are the same place in the same page."""

    __slots__ = ("_node",)

    def __init__(self, node: LexborNode) -> None:
        """Wrap the parser's node."""
        self._node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._node.mem_id == other._node.mem_id

    def __hash__(self) -> int:
        return self._node.mem_id

    def __repr__(self) -> str:
        return f"<{self.name} {self.get('id')!r} {self.get('class')!r}>"

    @property
    def name(self) -> str:
        """Its tag, in lower case."""
        return self._node.tag or ""

    @property
    def text(self) -> str:
        """Its words, see `text_of`."""
        return text_of(self)

    @property
    def source(self) -> str:
        """Its markup."""
        return self._node.html or ""

    @property
    def raw_text(self) -> str:
        """All its characters as they stand, for scripts."""
        return self._node.text(deep=True)

    @property
    def parent(self) -> "Element | None":
        """The element around it; none for the root."""
        around = self._node.parent
        return Element(around) if around is not None and around.is_element_node else None

    def around(self) -> Iterator["Element"]:
        """The elements around it, from the inside out."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def children(self) -> Iterator["Element"]:
        """The elements directly in it."""
        node = self._node.first_child
        while node is not None:
            if node.is_element_node:
                yield Element(node)
            node = node.next

    def walk(self) -> Iterator["tuple[str, Element | None]"]:
        """What it holds in the page's order: ("", element) where one begins, ("/", element) where it ends, (text, None) else.

        Without recursion, since pages may be nested deeper than Python's stack; what is never shown is left out.
        """
        top, node = self._node.mem_id, self._node
        while True:
            inner = None
            if node.is_text_node:
                yield node.text_content or "", None
            elif node.is_element_node and node.tag not in SILENT:
                yield "", Element(node)
                inner = node.first_child
            while inner is None:
                if node.is_element_node and node.tag not in SILENT:
                    yield "/", Element(node)
                if node.mem_id == top:
                    return
                inner = node.next
                if inner is None:
                    around = node.parent
                    assert around is not None, "the walk began below"
                    node = around
            node = inner

    def get(self, name: str) -> str:
        """An attribute; empty if it is missing."""
        return self._node.attributes.get(name) or ""

    def has(self, name: str) -> bool:
        """Whether it bears an attribute, even an empty one."""
        return name in self._node.attributes

    def select(self, selector: str) -> list["Element"]:
        """What a selector finds in it, in the page's order. Raises `SelectorError` for what is no selector."""
        return _selected(self._node, selector)

    def remove(self) -> None:
        """Take it out of its page."""
        self._node.remove()


@dataclass(frozen=True)
class Page:
    """A parsed page and its address."""

    markup: str = field(repr=False)
    address: str
    tree: LexborHTMLParser = field(repr=False, compare=False)

    @classmethod
    def of(cls, content: bytes, charset: str | None, address: str) -> "Page":
        """Parse some bytes. Raises `PageTooLargeError`: a page that was cut would look like an edit."""
        if len(content) > LARGEST:
            raise PageTooLargeError(f"{address or 'The page'} has {len(content)} bytes; more than {LARGEST} are not read.")
        markup, _evidence = decode(content, charset)
        return cls(markup=markup, address=address, tree=LexborHTMLParser(markup))

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as it was served, in BeautifulSoup on lxml: some fifty times slower."""
        return BeautifulSoup(self.markup, "lxml")

    @property
    def source(self) -> str:
        """The markup of what is left of the page, put in order."""
        return self.tree.html or ""

    def find(self, selector: str) -> list[Element]:
        """What a selector finds, in the page's order and each once; finding nothing is fine."""
        return _selected(self.tree, selector)

    def first(self, selector: str) -> Element | None:
        """The first that a selector finds, if any."""
        return next(iter(self.find(selector)), None)

    def select(self, selector: str, what: str, minimum: int = 1) -> list[Element]:
        """The elements of a declared selector. Raises `SelectorError` if there are fewer than `minimum`."""
        found = self.find(selector)
        if len(found) < minimum:
            raise SelectorError(
                f"The selector for {what}, {selector!r}, found {len(found)} of at least {minimum} on {self.address}. "
                "The page may have been redesigned; correct the declaration."
            )
        return found

    def drop(self, selector: str) -> None:
        """Remove elements; finding none is fine."""
        for element in outermost(self.find(selector)):
            element.remove()


def check_selector(selector: str) -> None:
    """Raises `SelectorError` for what the reader does not understand as a selector."""
    _selected(LexborHTMLParser(""), selector)


def _selected(within: LexborHTMLParser | LexborNode, selector: str) -> list[Element]:
    try:
        found = within.css(selector)
    except SelectolaxError as error:
        raise SelectorError(f"{selector!r} is no CSS selector that the reader understands.") from error
    # The parser names a node once for each part of the selector that it meets.
    return list(dict.fromkeys(map(Element, found)))


class Within:
    """Whether an element, or anything around it, is of some kind. It remembers, since pages may be deep."""

    def __init__(self, is_one: Callable[[Element], bool]) -> None:
        """Remember the kind."""
        self._is_one = is_one
        self._known: dict[Element, bool] = {}

    def __call__(self, element: Element) -> bool:
        """The answer for one element."""
        climbed: list[Element] = []
        answer = False
        part: Element | None = element
        while part is not None and not answer:
            if part in self._known:
                answer = self._known[part]
                break
            climbed.append(part)
            answer = self._is_one(part)
            part = part.parent
        self._known.update(dict.fromkeys(climbed, answer))
        return answer


def outermost(elements: list[Element]) -> list[Element]:
    """Of some elements those that stand in none of the others."""
    within = Within(set(elements).__contains__)
    return [element for element in elements if element.parent is None or not within(element.parent)]


def text_of(element: Element) -> str:
    """The words of an element, a line per block and <br>. Cells are a space apart; inline markup adds nothing."""
    parts: list[str] = []
    for text, inner in element.walk():
        if inner is None:
            parts.append(_SPACE.sub(" ", text))
        elif inner.name in BLOCKS or (not text and inner.name == "br"):
            parts.append("\n")
        elif not text and inner.name in CELLS:
            parts.append(" ")
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())
