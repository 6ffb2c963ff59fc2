"""What of a page is furniture and no part of a release: navigation, share buttons, teasers, contact boxes, comments."""

import re
from collections import defaultdict
from itertools import pairwise

from scrapers.guess.lines import lines_of
from scrapers.guess.words import names
from scrapers.page import Element, Page, outermost

TAGS = frozenset(
    {"nav", "aside", "form", "dialog", "button", "select", "footer", "iframe", "object", "figcaption", "menu", "audio", "video"}
)
NEVER = frozenset({"html", "body", "main", "p", "h1", "br"})
HIDDEN = names("hidden")
NAVIGATION = names("navigation")
FURNITURE = names("navigation", "passing_on", "other_pages", "readers", "desk", "beside")
LINKED = names("linked")
THREADS = names("threads")
NEGATIONS = names("negations")
SHARE = 0.35  # of a page's prose; a part that holds more is no furniture, whatever it is called
THREADS_SHARE = 0.9  # of a page's prose; readers write more than the desk
LEFT = 300  # characters of prose; if less would be left, only what surely is furniture goes
PROSE = 60  # characters; shorter lines are labels
LINK_SHARE = 0.3  # of a line or a part; more makes it a list of links
LONGEST_NAMES = 1000  # characters of class, id and role
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def remove_furniture(page: Page, headline: Element | None = None) -> None:
    """Take the furniture out of a page. What is around the headline stays, and what would leave hardly any prose is not done."""
    body = page.first("body")
    if body is None:
        return
    measured = _Measured(body)
    kept = {headline, *headline.around()} if headline is not None else set()
    candidates = [element for element in measured.elements if element not in kept and measured.may_go(element)]
    for is_furniture in (measured.is_furniture, is_surely_furniture):
        found = outermost([element for element in candidates if is_furniture(element)])
        left = measured.everything - sum(measured.prose[element] for element in found)
        if left >= min(LEFT, measured.everything * SHARE):
            for element in found:
                element.remove()
            return


def is_surely_furniture(element: Element) -> bool:
    """Whether readers do not see it, or it leads elsewhere."""
    return is_hidden(element) or is_navigation(element)


def is_hidden(element: Element) -> bool:
    """Whether readers do not see it, as far as its own attributes tell."""
    if element.has("hidden") or element.get("aria-hidden") == "true":
        return True
    style = element.get("style").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or not HIDDEN.isdisjoint(element.get("class").lower().split())


def is_navigation(element: Element) -> bool:
    """Whether it leads elsewhere."""
    return element.name == "nav" or not NAVIGATION.isdisjoint(parts_of_names(element))


def parts_of_names(element: Element) -> set[str]:
    """The parts of its class, id and role, and neighbours joined: `share-buttons` is share, buttons and sharebuttons."""
    found: set[str] = set()
    for name in f"{element.get('class')} {element.get('id')} {element.get('role')}"[:LONGEST_NAMES].split():
        parts = [part.lower() for part in _PART.findall(name)]
        if NEGATIONS.isdisjoint(parts):
            found.update(parts, (first + second for first, second in pairwise(parts)))
    return found


class _Measured:
    """How many characters of prose, text and links each part of a page holds."""

    def __init__(self, body: Element) -> None:
        self.elements = body.select("*")
        self.prose: dict[Element, int] = defaultdict(int)
        self.size: dict[Element, int] = defaultdict(int)
        self.linked: dict[Element, int] = defaultdict(int)
        for line in lines_of(body):
            size = len(line.text)
            self.size[line.block] += size
            self.linked[line.block] += line.linked
            self.prose[line.block] += size if size >= PROSE and line.linked <= size * LINK_SHARE else 0
        # What is inside stands behind what is around it.
        for element in reversed(self.elements):
            around = element.parent
            if around is not None:
                for counted in (self.prose, self.size, self.linked):
                    counted[around] += counted[element]
        self.everything = self.prose[body]

    def may_go(self, element: Element) -> bool:
        """Whether it is not so much of the page that it must be its text, whatever it is called."""
        if element.name in NEVER:
            return False
        share = self.prose[element] / max(self.everything, 1)
        return share <= SHARE or (share <= THREADS_SHARE and not THREADS.isdisjoint(parts_of_names(element)))

    def is_furniture(self, element: Element) -> bool:
        """Whether it is called so; what may be a teaser or a lead is a teaser if it holds links."""
        if element.name in TAGS or is_surely_furniture(element):
            return True
        parts = parts_of_names(element)
        if not FURNITURE.isdisjoint(parts):
            return True
        return not LINKED.isdisjoint(parts) and self.linked[element] > self.size[element] * LINK_SHARE
