"""Finding the list on a press page: the pattern of links whose texts are headlines, with days beside them, and its selector."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from scrapers.addresses import canonical
from scrapers.discover.links import Item, Link, Links, is_generic, items_of
from scrapers.discover.selectors import PLAIN, derive, found_by
from scrapers.discover.tokens import Token
from scrapers.discover.words import DAY_AND_MONTH, OTHER_ADDRESS, PAGE_NUMBER, PRESS_ADDRESS, is_headline
from scrapers.page import Element, Page, text_of

LEAST_ITEMS = 2
ENOUGH = 2.6  # a pattern with a lower score is no list of releases
FAIR = 0.5  # share of items
SLUG_PARTS = 3
AHEAD = timedelta(days=2)  # days of releases lie at most so far ahead: embargoes
BY_ADDRESS = 8  # cost of naming links by a part of their addresses
CANDIDATES = 3
LOOKED_AT = 400  # characters of an item


@dataclass(frozen=True)
class Listed:
    """A release as a list shows it."""

    address: str
    headline: str
    day: date | None


@dataclass(frozen=True)
class FoundList:
    """A list on a page: its selector, what it names, and how sure that is (from about 2.6 to 7)."""

    address: str
    item: str
    entries: tuple[Listed, ...]
    score: float

    @property
    def dated(self) -> int:
        """How many of its entries bear a day."""
        return sum(entry.day is not None for entry in self.entries)


def find_lists(page: Page, links: Links, today: date) -> tuple[FoundList, ...]:
    """The lists of releases that a page may hold, the best first; none if there is none."""
    groups: dict[tuple[int, bool, str], list[Link]] = defaultdict(list)
    for link in links.all:
        if not PAGE_NUMBER.search(link.path):
            groups[link.key].append(link)
    patterns = [items for group in groups.values() if may_be_list(items := items_of(group))]
    ranked = sorted(((score(items, today), items) for items in patterns), key=lambda found: -found[0])
    found: list[FoundList] = []
    for points, items in ranked[:CANDIDATES]:
        if points < ENOUGH:
            break
        made = _declared(page, links, items, points)
        if made is not None and not any(_addresses(made) <= _addresses(other) for other in found):
            found.append(made)
    return tuple(found)


def single_items(links: Links, today: date) -> list[Item]:
    """What looks like the only release of a list: a headline with a day beside it."""
    groups: dict[tuple[int, bool, str], list[Link]] = defaultdict(list)
    for link in links.all:
        groups[link.key].append(link)
    items = [item for group in groups.values() for item in items_of(group)]
    return [
        item
        for item in items
        if item.day and item.day <= today + AHEAD and is_headline(item.headline) and not item.link.is_furniture
    ]


def may_be_list(items: Sequence[Item]) -> bool:
    """Whether a pattern of links has what no navigation has: days beside most links, or addresses and words of articles."""
    number = len(items)
    if number < LEAST_ITEMS:
        return False
    if sum(_is_dated(item) for item in items) >= number * FAIR:
        return True
    articles = sum(_is_slug(item.link.address) and len(item.headline.split()) >= SLUG_PARTS for item in items)
    return number > LEAST_ITEMS and articles > number * FAIR


def score(items: Sequence[Item], today: date) -> float:
    """How much a pattern of links looks like a list of releases."""
    number = len(items)
    head = sum(is_headline(item.headline) for item in items) / number
    long = sum(len(item.headline.split()) >= SLUG_PARTS for item in items) / number
    own = sum(is_headline(item.link.text) for item in items) / number
    days = [item.day for item in items if item.day is not None]
    partly = sum(_is_dated(item) for item in items) / number
    slug = sum(_is_slug(item.link.address) for item in items) / number
    press = sum(bool(PRESS_ADDRESS.search(item.link.path)) for item in items) / number
    other = sum(bool(OTHER_ADDRESS.search(item.link.path)) for item in items) / number
    ahead = sum(day > today + AHEAD for day in days) / number
    falling = sum(first >= second for first, second in pairwise(days)) / max(len(days) - 1, 1) if days else 0.0
    return (
        1.5 * head + 0.5 * long + 0.4 * own + 2 * partly + 0.8 * slug + 0.7 * press + 0.3 * falling + min(number, 10) / 10
        - 2 * other - 3 * ahead - (1.5 if items[0].link.is_furniture else 0)
    )  # fmt: skip


def _is_dated(item: Item) -> bool:
    return item.day is not None or bool(DAY_AND_MONTH.search(text_of(item.container)[:LOOKED_AT]))


def _is_slug(address: str) -> bool:
    """Whether an address ends as those of articles do: some words, or a number."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return len([part for part in last.replace("_", "-").split("-") if part]) >= SLUG_PARTS or any(
        map(str.isdigit, last + parts.query)
    )


def _declared(page: Page, links: Links, items: list[Item], points: float) -> FoundList | None:
    """A pattern as a list with its selector; with links that are evidently of the same list, too, if one selector names all."""
    more = _kin(links, items)
    for added in (more, []) if more else ([],):
        wanted = [*(item.link for item in items), *added]
        addresses = {link.address for link in wanted}
        headlines = {item.link.address: item.headline for item in items} | {link.address: link.text for link in added}
        own = sum(is_headline(item.link.text) for item in items) >= len(items) * FAIR

        elements, names = [link.element for link in wanted], list(_by_address(wanted))

        def names_all(selector: str, addresses: set[str] = addresses) -> bool:
            return _first_texts(page, links, selector).keys() == addresses

        def says_headlines(selector: str, addresses: set[str] = addresses) -> bool:
            found = _first_texts(page, links, selector)
            return found.keys() == addresses and sum(map(is_headline, found.values())) >= len(addresses) * FAIR

        selector = (derive([page], elements, says_headlines, names, PLAIN) if own else None) or derive(
            [page], elements, names_all, names
        )
        if selector is not None:
            days = {item.link.address: item.day for item in items}
            order = _first_texts(page, links, selector)
            entries = tuple(Listed(address, headlines[address], days.get(address)) for address in order)
            return FoundList(address=page.address, item=selector, entries=entries, score=points)
    return None


def _kin(links: Links, items: list[Item]) -> list[Link]:
    """Links outside a pattern that lead to the same folder with a headline of their own: the first release set larger."""
    folders = Counter(_folder(item.link.address) for item in items)
    folder, number = folders.most_common(1)[0]
    if number < len(items) * FAIR or folder.count("/") < LEAST_ITEMS:
        return []
    known = {item.link.address for item in items}
    root = _root(items)
    before = root.parent if root is not None else None
    kin: dict[str, Link] = {}
    for link in links.all:
        if link.element == items[0].link.element:
            before = None  # behind the first of them, only what is among them
        fits = _folder(link.address) == folder and _is_slug(link.address) and not link.is_furniture
        if fits and link.address not in known and is_headline(link.text):
            around = set(link.element.around())
            if root in around or before in around:
                kin.setdefault(link.address, link)
    return list(kin.values())


def _root(items: Sequence[Item]) -> Element | None:
    """The innermost element around all items."""
    shared = [set(item.link.element.around()) for item in items]
    return next((outer for outer in items[0].link.element.around() if all(outer in others for others in shared)), None)


def _folder(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[0] + "/"


def _by_address(wanted: Sequence[Link]) -> Iterator[Token]:
    """Naming links by the first folders that all their addresses share; a year in them would end with it."""
    shared: list[str] = []
    for parts in zip(*(_folder(link.address).strip("/").split("/") for link in wanted), strict=False):
        if len(set(parts)) > 1 or not parts[0] or any(map(str.isdigit, parts[0])):
            break
        shared.append(parts[0])
    folder = "/" + "/".join(shared) + "/"
    plain = not any(sign in folder for sign in "'\\\"[]")
    if shared and plain and all(folder in link.element.get("href") for link in wanted):
        yield BY_ADDRESS, f"a[href*='{folder}']"


def _first_texts(page: Page, links: Links, selector: str) -> dict[str, str]:
    """The addresses that a selector names with the words of the first link to each, as the list will be read."""
    found: dict[str, str] = {}
    for element in found_by(page, selector):
        raw = element.get("href").strip()
        address = canonical(raw, links.base) if raw else None
        if address is None or element.name != "a":
            return {}
        text = " ".join(text_of(element).split())
        found.setdefault(address, "" if is_generic(text) else text)
    return found


def _addresses(found: FoundList) -> set[str]:
    return {entry.address for entry in found.entries}
