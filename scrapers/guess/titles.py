"""The headline of a page nobody has declared: the visible heading that agrees with what the page calls itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scrapers.dates import DAY
from scrapers.guess.furniture import is_surely_furniture
from scrapers.guess.lines import Line, key_of
from scrapers.guess.metadata import Metadata
from scrapers.guess.words import one_of, pattern
from scrapers.page import Element, Page, Within, text_of

# "Pressemitteilung: ...", "PM 12/2021 | ...", "Gemeinsame Presseinformation vom 3.4.2021 - ...", "08.11.2021 | ..."
_LABEL = pattern(
    rf"(?:{one_of('titles', 'labels')}(?:\s*(?:nr\.?|nummer)?\s*\d[\d/.-]*)?(?:\s+vom\s+{DAY})?|(?:vom\s+)?{DAY})"
    r"\s*(?:[:|–—»›]|-\s)\s*"
)
_SECTION = pattern(one_of("titles", "sections"))
SITE_SEPARATOR = re.compile(r"\s+[|–—»›·•ǀ<:-]+\s+|\s*[|›»ǀ]\s+")
SEPARATOR = re.compile(r"\s+[|–—»›·•ǀ/<>:-]+\s+|\s*[|›»ǀ]\s+|:\s+")
LOOSE = frozenset({"span", "div", "small", "p"})  # parts of a heading that may be a line of their own
AKIN_SHARE = 0.34  # of the long words of a heading, for it to say in other words what the page calls itself
NAMED_SHARE = 0.5  # of the long words of a part of a title, for the address to name it
LONG_WORD = 4  # letters
WINDOW = "title"  # the element
LONGEST = 300  # characters
HEADINGS, NAMES = 100, 20  # looked at; a page has no more that could be its own
WHOLE, SEGMENT, WITHIN, AKIN = 4, 3, 2, 1
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Title:
    """A headline, where it was found, and the heading that shows it, if one does."""

    text: str
    origin: str
    heading: Element | None = None

    def places(self, lines: list[Line]) -> set[int]:
        """The places of the lines that show it in its heading, or else of those that say the same."""
        if self.heading is not None:
            inside = {self.heading, *self.heading.select("*")}
            return {place for place, line in enumerate(lines) if line.block in inside}
        key = key_of(self.text)
        return {place for place, line in enumerate(lines) if key and line.key == key and not line.linked}


def guess_title(page: Page, said: Metadata) -> Title:
    """The headline of a page; empty if it bears none.

    Machines are often told other words than readers (shorter, for search), with names of sites, labels and kickers. So what is
    said to machines decides which of the visible headings it is, and stands in for it where none fits.
    """
    named = _named(page, said)
    sites = {key_of(site) for site in said.sites()}
    headings = _headings(page, sites)
    slug = set(_long_words(unquote(urlsplit(page.address).path)))
    best = max(_ranked(headings, named, sites, slug), key=lambda found: found[0], default=None)
    if best is not None:
        _rank, text, heading = best
        return Title(text=without_label(text), origin=heading.name, heading=heading)
    for name, origin in named:
        text = without_label(without_site(name, sites, slug if origin == WINDOW else None))
        if not _SECTION.fullmatch(text):
            return Title(text=text, origin=origin)
    if headings:
        return Title(text=without_label(_line(headings[0])), origin=headings[0].name, heading=headings[0])
    return Title(text=named[0][0] if named else "", origin=named[0][1] if named else "")


def without_label(title: str) -> str:
    """A headline without "Pressemitteilung:" or a day before it."""
    label = _LABEL.match(title)
    short = title[label.end() :].strip() if label else ""
    return short if len(short) > LONG_WORD else title


def without_site(name: str, sites: set[str], slug: set[str] | None = None) -> str:
    """A page's name without that of its site in front or behind.

    With the words of an address it is the title of a window, where the site is named in most cases, known or not: it is the
    parts that the address names too, or else the longest.
    """
    parts = SITE_SEPARATOR.split(name)
    while len(parts) > 1 and key_of(parts[-1]) in sites | {""}:
        parts.pop()
    while len(parts) > 1 and key_of(parts[0]) in sites | {""}:
        parts.pop(0)
    if slug is not None and len(parts) > 1:
        in_address = [part for part in parts if _share(_long_words(part), slug) >= NAMED_SHARE]
        parts = in_address or [max(parts, key=len)]
    return name[name.index(parts[0]) : name.rindex(parts[-1]) + len(parts[-1])].strip()


def _named(page: Page, said: Metadata) -> list[tuple[str, str]]:
    """What the page calls itself, to machines and in its window's title."""
    named = list(said.headlines())
    window = page.first("title")
    if window is not None and (text := " ".join(window.raw_text.split())):
        named.append((text, WINDOW))
    return [(text[:LONGEST], origin) for text, origin in named[-NAMES:]]


def _headings(page: Page, sites: set[str]) -> list[Element]:
    """Visible headings that do not name the site or a part of it."""
    elsewhere = Within(_is_elsewhere)
    return [
        heading
        for heading in page.find("h1, h2, h3, [itemprop=headline]")[:HEADINGS]
        if _may_be_title(_line(heading), sites) and not elsewhere(heading)
    ]


def _is_elsewhere(element: Element) -> bool:
    return element.name in {"aside", "footer"} or (element.name not in {"html", "body"} and is_surely_furniture(element))


def _may_be_title(text: str, sites: set[str]) -> bool:
    return len(text) <= LONGEST and key_of(text) not in sites | {""} and not _SECTION.fullmatch(text)


def _ranked(
    headings: list[Element], named: list[tuple[str, str]], sites: set[str], slug: set[str]
) -> Iterator[tuple[tuple[int, bool, bool, int], str, Element]]:
    """The headings that fit what the page calls itself, each with its rank."""
    mains = [heading for heading in headings if heading.name == "h1"]
    only_window = all(origin == WINDOW for _text, origin in named)
    for heading in headings:
        text, score = _best_part(heading, [text for text, _origin in named], sites)
        if not score and mains == [heading] and only_window:
            score = AKIN
        if score > AKIN or (score and heading in mains):
            in_address = _share(_long_words(text), slug) >= NAMED_SHARE
            yield (score, in_address, heading.name == "h1", len(text)), text, heading


def _line(element: Element) -> str:
    return " ".join(text_of(element).split())


def _best_part(heading: Element, names: list[str], sites: set[str]) -> tuple[str, int]:
    """The headline in a heading, without a kicker that machines are told apart or not at all, and how well it agrees."""
    whole = _line(heading)
    parts = _parts(heading)
    for first in range(1, len(parts)):
        rest = " ".join(parts[first:])
        if parts[first - 1].endswith((":", ",", "–", "-", "|")) or SEPARATOR.match(f" {rest[:2]}"):
            continue
        score = max((_agreement(rest, name, sites) for name in names), default=0)
        if score >= SEGMENT:
            return rest, score
    return whole, max((_agreement(whole, name, sites) for name in names), default=0)


def _parts(heading: Element) -> list[str]:
    """The texts of the elements that a heading is made of; none if it holds other text too."""
    inner = list(heading.children())
    while len(inner) == 1 and text_of(inner[0]) == text_of(heading):
        heading, inner = inner[0], list(inner[0].children())
    if len(inner) == 0 or any(part.name not in LOOSE | {"br"} for part in inner):
        return []
    texts = [_line(part) for part in inner]
    rest = _line(heading)
    parts = []
    for text in filter(None, texts):
        before, _found, rest = rest.partition(text)
        parts += [before.strip(), text]
    return [part for part in (*parts, rest.strip()) if part]


def _agreement(text: str, name: str, sites: set[str]) -> int:
    """How a heading agrees with a name of the page: it is all of it but the site, some parts of it, within it, or akin."""
    key, parts = key_of(text), [key_of(part) for part in SEPARATOR.split(name)]
    own = [part for part in parts if part and part not in sites]
    if key in {" ".join(own), key_of(name)}:
        return WHOLE
    if any(" ".join(own[first:last]) == key for first in range(len(own)) for last in range(first + 1, len(own) + 1)):
        return SEGMENT
    if " " in key and f" {key} " in f" {key_of(name)} ":
        return WITHIN
    return AKIN if _share(_long_words(text), set(_long_words(name))) >= AKIN_SHARE else 0


def _long_words(text: str) -> list[str]:
    return [word for word in key_of(text).translate(UMLAUTS).split() if len(word) >= LONG_WORD]


def _share(words: list[str], among: set[str]) -> float:
    return sum(word in among for word in words) / len(words) if words else 0.0
