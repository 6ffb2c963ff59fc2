"""What stands in or beside the text of samples and is none of it (share buttons, contacts, other releases), and its selectors."""

from collections.abc import Iterator, Sequence
from itertools import islice

from scrapers.discover.known import Known
from scrapers.discover.links import day_in
from scrapers.discover.selectors import found_by, proposals
from scrapers.discover.tokens import own_tokens
from scrapers.guess.furniture import FURNITURE, TAGS, parts_of_names
from scrapers.page import Element, Within, outermost

DROPS = 12
TRIED = 200  # selectors for each
LINKED = 0.5  # share of a part; more leads elsewhere
# Elements that say nothing of what they hold; dropping them all would take text of pages that were not seen.
NAMELESS = frozenset(
    "p div span li ul ol a section td tr table tbody dd dt dl blockquote h2 h3 h4 h5 h6 strong b em i font center br hr".split()  # noqa: SIM905  words
)
LEAST_REPEATED = 40  # characters; shorter ones that come again are labels of the text ("Hintergrund:")


class Beside:
    """What is none of the text on some samples, found once for all ways to read it."""

    def __init__(self, known: Sequence[Known]) -> None:
        """Find the parts of each page that are plainly something else."""
        self._known = known
        self._parts = [_parts(page) for page in known]

    def left(self, reading: str) -> int:
        """Characters that are none of the text and would be read all the same if the rest were dropped."""
        left = 0
        for page, dropped in zip(self._known, self._dropped(reading), strict=True):
            inside = Within(set(dropped).__contains__)
            read = [element for element in outermost(found_by(page.page, reading)) if not inside(element)]
            left += sum(page.bad[element] for element in read)
            within = Within(set(read).__contains__)
            left -= sum(page.bad[element] for element in dropped if within(element))
        return left

    def selectors(self, reading: str, container: str) -> list[str]:
        """Selectors of what is dropped, each of which takes nothing of text, headline and day on any sample."""
        found: list[str] = []
        for page, dropped in zip(self._known, self._dropped(reading), strict=True):
            for element in dropped:
                if any(element in found_by(page.page, selector) for selector in found):
                    continue
                named = [css for _cost, css in own_tokens(element) if css not in NAMELESS]
                longer = (
                    css for _cost, css in islice(proposals([element]), TRIED) if " " in css and css.split()[-1] not in NAMELESS
                )
                choice = [*named, *(f"{container} {css}" for css in named), *longer]
                selector = next((css for css in choice if takes_no_text(self._known, css)), None)
                if selector is not None:
                    found.append(selector)
        return list(dict.fromkeys(found))[:DROPS]

    def _dropped(self, reading: str) -> Iterator[list[Element]]:
        """On each page the parts that a way to read the text would read as well."""
        for page, parts in zip(self._known, self._parts, strict=True):
            read = Within(set(found_by(page.page, reading)).__contains__)
            yield outermost(list(dict.fromkeys(part for block, part in parts.items() if read(block))))


def takes_no_text(known: Sequence[Known], selector: str, *, day: bool = False) -> bool:
    """Whether a selector finds nothing of the text, of the headline and (unless it may) of the day on any sample."""
    for page in known:
        kept = {page.heading, *(page.heading.around() if page.heading is not None else ())}
        for element in found_by(page.page, selector):
            if page.good[element] or element in kept or (not day and bears_day(page, element)):
                return False
    return True


def bears_day(page: Known, element: Element) -> bool:
    """Whether an element bears the day of publication of its page."""
    return page.day is not None and day_in(element) == page.day


def _parts(page: Known) -> dict[Element, Element]:
    """The blocks of a page that hold nothing of the text, each with the largest part around it that is plainly something else."""
    kept = {page.heading, *(page.heading.around() if page.heading is not None else ())}
    known: dict[Element, bool] = {}
    found: dict[Element, Element] = {}
    for block in dict.fromkeys(line.block for line in page.lines if page.bad[line.block] and not page.good[line.block]):
        part, around = block, block.parent
        while (
            around is not None and not page.good[around] and around not in kept and around.name not in {"body", "main", "article"}
        ):
            part, around = around, around.parent
        if part in kept:
            continue
        if part not in known:
            known[part] = _is_furniture(page, part)
        if known[part]:
            found[block] = part
    return found


def _is_furniture(page: Known, element: Element) -> bool:
    if element.name in TAGS or not FURNITURE.isdisjoint(parts_of_names(element)):
        return True
    inside = {element, *element.select("*")}
    lines = [line for line in page.lines if line.block in inside]
    linked, size = sum(line.linked for line in lines), sum(len(line.text) for line in lines)
    repeated = size >= LEAST_REPEATED and all(line.key in page.repeated for line in lines)
    return repeated or linked > size * LINKED
