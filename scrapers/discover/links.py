"""The links of a page, each with what stands around it: its place, its container, the day and the headline beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from scrapers.addresses import canonical
from scrapers.dates import DAY, DateError, read_day
from scrapers.discover.tokens import is_utility, place_in_row
from scrapers.discover.words import GENERIC, NO_PAGE, is_headline
from scrapers.guess.furniture import FURNITURE, is_hidden, is_navigation, parts_of_names
from scrapers.guess.words import one_of, pattern
from scrapers.lists.pages import base_of
from scrapers.page import CELLS, Element, Page, ReadError, Within, text_of

MOST_LINKS = 3000
CLIMB = 40  # elements
LONGEST_CONTEXT = 1500  # characters of a container
LANDMARKS = frozenset({"main", "article", "aside", "nav", "footer", "header"})
NEIGHBOURS = 3  # elements beside a container that may belong to it
_DAY = pattern(DAY)
_CHANGED = pattern(one_of("days", "changed") + r"\W*$")


@dataclass(frozen=True)
class Link:
    """A link to another page of the same site."""

    element: Element
    address: str
    text: str
    key: tuple[int, bool, str]  # the same for links in the same pattern

    @cached_property
    def path(self) -> str:
        """Path and query of its address."""
        parts = urlsplit(self.address)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def is_furniture(self) -> bool:
        """Whether it stands in navigation, a sidebar, a footer or the like."""
        return self.key[1]


class Links:
    """All links of a page that lead to other pages of its site. Raises `ReadError` for a page of nothing but links."""

    def __init__(self, page: Page) -> None:
        """Collect them."""
        self.page = page
        self.base = base_of(page)
        self._shapes: dict[tuple[int, str], int] = {}
        self._shape_of: dict[Element, int] = {}
        self._elsewhere = Within(_is_elsewhere)
        anchors = page.find("a[href]")
        if len(anchors) > MOST_LINKS:
            raise ReadError(
                f"{page.address} holds {len(anchors)} links; more than {MOST_LINKS} are no list of releases. "
                "Give the address of the press page itself, or of a feed."
            )
        self.all = list(self._read(anchors))

    def _read(self, anchors: Iterable[Element]) -> Iterator[Link]:
        host = site_of(self.page.address)
        here = canonical(self.page.address)
        for anchor in anchors:
            target = anchor.get("href").strip()
            address = canonical(target, self.base) if target and not target.startswith("#") else None
            if address is None or address == here or site_of(address) != host or NO_PAGE.search(urlsplit(address).path):
                continue
            furniture = self._elsewhere(anchor)
            classes = " ".join(
                sorted(name for name in anchor.get("class").split() if not is_utility(name) and not any(map(str.isdigit, name)))
            )
            yield Link(anchor, address, " ".join(text_of(anchor).split()), (self._shape(anchor), furniture, classes))

    def _shape(self, element: Element) -> int:
        """A number for the tags around an element, from the page down."""
        climbed: list[Element] = []
        part: Element | None = element
        while part is not None and part not in self._shape_of:
            climbed.append(part)
            part = part.parent
        number = self._shape_of[part] if part is not None else 0
        for inner in reversed(climbed):
            # Cells are told apart by their columns.
            name = f"{inner.name}{place_in_row(inner)}" if inner.name in CELLS else inner.name
            number = self._shapes.setdefault((number, name), len(self._shapes) + 1)
            self._shape_of[inner] = number
        return number


@dataclass(frozen=True)
class Item:
    """A link of a pattern with its surroundings: the largest element around it that holds no other link of that pattern."""

    link: Link
    container: Element
    headline: str
    day: date | None


def items_of(links: list[Link]) -> list[Item]:
    """The items of a pattern, each address once, in the page's order; the link that says most stands for its address."""
    best: dict[str, Link] = {}
    for link in links:
        known = best.get(link.address)
        if known is None or (not is_headline(known.text) and is_headline(link.text)):
            best[link.address] = link
    containers = dict(zip(best, _containers(list(best.values()), links), strict=True))
    everything = set(containers.values())
    rows: dict[Element, dict[Element, int]] = {}
    contexts = {address: list(_neighbours(container, everything, rows)) for address, container in containers.items()}
    side = _side_of_days(containers, contexts)
    return [
        Item(
            link=link,
            container=containers[address],
            headline=_headline(link, containers[address]),
            day=_day(containers[address], side, contexts[address]),
        )
        for address, link in best.items()
    ]


def _containers(chosen: list[Link], links: list[Link]) -> Iterator[Element]:
    held: dict[Element, str | None] = {}
    for link in links:
        for outer in islice(link.element.around(), CLIMB):
            held[outer] = link.address if held.get(outer, link.address) == link.address else None
    for link in chosen:
        container = link.element
        for outer in islice(link.element.around(), CLIMB):
            if held[outer] is None or outer.name in {"body", "html"}:
                break
            container = outer
        yield container


def _neighbours(
    container: Element, containers: set[Element], rows: dict[Element, dict[Element, int]]
) -> Iterator[tuple[int, Element]]:
    """Elements before (-1) and behind (1) a container, up to the next one; `rows` remembers what stands in which element."""
    around = container.parent
    if around is None:
        return
    if around not in rows:
        rows[around] = {child: place for place, child in enumerate(around.children())}
    places = rows[around]
    row = list(islice(places, max(places[container] - NEIGHBOURS, 0), places[container] + NEIGHBOURS + 1))
    place = row.index(container)
    for step in (-1, 1):
        for number in range(1, NEIGHBOURS + 1):
            there = place + step * number
            if not 0 <= there < len(row) or row[there] in containers:
                break
            yield step, row[there]


def _side_of_days(containers: dict[str, Element], contexts: dict[str, list[tuple[int, Element]]]) -> int:
    """Where days stand: in the containers (0), before (-1) or behind (1) them."""
    counts = dict.fromkeys((0, -1, 1), 0)
    for address, container in containers.items():
        counts[0] += day_in(container) is not None
        for step in (-1, 1):
            counts[step] += any(day_in(beside) is not None for side, beside in contexts[address] if side == step)
    return max(counts, key=lambda side: counts[side])


def _day(container: Element, side: int, context: list[tuple[int, Element]]) -> date | None:
    if side == 0:
        return day_in(container)
    return next((day for step, beside in context if step == side and (day := day_in(beside)) is not None), None)


def day_in(element: Element) -> date | None:
    """The first day that an element bears, for machines or for readers; not that of a change."""
    times = ([element] if element.name == "time" else []) + element.select("time[datetime]")
    written = [time.get("datetime") for time in times if not _is_of_change(time)][:1]
    text = text_of(element)[:LONGEST_CONTEXT]
    days = (match for match in _DAY.finditer(text) if not _CHANGED.search(text[: match.start()].rstrip()))
    written += [match.group() for match in islice(days, 1)]
    for one in written:
        try:
            return read_day(one)
        except DateError:
            continue
    return None


def _is_of_change(time: Element) -> bool:
    if time.get("itemprop") == "dateModified" or {"updated", "modified"} & set(time.get("class").lower().split()):
        return True
    before = _DAY.split(time.text, maxsplit=1)[0]
    return bool(before) and _CHANGED.search(before.rstrip()) is not None


def _headline(link: Link, container: Element) -> str:
    """The words of a link, or of the heading beside one that only says `more`."""
    inner = next(
        (" ".join(heading.text.split()) for heading in link.element.select("h1, h2, h3, h4, h5, h6") if heading.text), ""
    )
    if inner:
        return inner
    if is_headline(link.text):
        return _first_line(link.element)
    beside = [" ".join(heading.text.split()) for heading in container.select("h1, h2, h3, h4, h5, h6, strong, b")]
    lines = [line for line in text_of(container)[:LONGEST_CONTEXT].split("\n") if not _DAY.search(line)]
    return next((text for text in (*beside, *lines) if is_headline(text)), link.text)


def _first_line(element: Element) -> str:
    lines = [line for line in text_of(element).split("\n") if is_headline(line) and not _DAY.fullmatch(line.strip())]
    return lines[0] if lines else " ".join(text_of(element).split())


def site_of(address: str) -> str:
    """The host of an address without `www.`, with its port."""
    try:
        parts = urlsplit(address)
        return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or ''}"
    except ValueError:
        return ""


def is_generic(text: str) -> bool:
    """Whether the words of a link say nothing of what they lead to."""
    return not text or GENERIC.fullmatch(text) is not None


def _is_elsewhere(element: Element) -> bool:
    if element.name in {"html", "body", "main", "article"}:
        return False
    if element.name in {"nav", "footer", "aside", "form"} or is_hidden(element) or is_navigation(element):
        return True
    return not FURNITURE.isdisjoint(parts_of_names(element))
