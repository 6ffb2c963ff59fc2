"""Deriving a selector: the cheapest one that finds what is wanted on every page on which it was tried."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, islice

from scrapers.discover.tokens import Token, around_tokens, own_tokens
from scrapers.page import Element, Page, SelectorError

MOST = 1200  # selectors tried
WORK = 100_000_000  # characters of pages searched in all
LEAST = 40  # selectors tried even on the largest pages
PART, CHILD = 3, 1  # cost of another part, of a closer tie
PLAIN = 13  # cost up to which no name of a selector only says how something looks
CLIMB = 40  # elements around one that are looked at
KEPT = 24  # names of elements around


def derive(
    pages: Sequence[Page],
    wanted: Iterable[Element],
    fits: Callable[[str], bool],
    extra: Iterable[Token] = (),
    dearest: int | None = None,
) -> str | None:
    """The cheapest selector that names all wanted elements and fits; None if no short one does, or none up to the dearest cost.

    `extra` are further names of the wanted elements, beside tags and classes.
    """
    size = max(sum(len(page.markup) for page in pages), 1)
    tries = max(LEAST, min(MOST, WORK // size))
    for cost, selector in islice(proposals(list(wanted), extra), tries):
        if dearest is not None and cost > dearest:
            return None
        if fits(selector):
            return selector
    return None


def proposals(wanted: Sequence[Element], extra: Iterable[Token] = ()) -> Iterator[Token]:
    """Selectors that find all wanted elements (and perhaps others) with their costs, the cheapest first."""
    if not wanted:
        return
    own = _common([own_tokens(element) for element in wanted])
    own = [*own, *extra]
    chains = [_chain(element) for element in wanted]
    around = sorted(_common([[token for tokens in chain for token in tokens] for chain in chains]))[:KEPT]
    depth = {css: level for level, tokens in reversed(list(enumerate(chains[0]))) for _cost, css in tokens}
    parents = {css for _cost, css in _common([chain[0] if chain else [] for chain in chains])}
    # Of equally good names that of the nearest element counts, then the longest, which says most.
    found: list[tuple[int, int, int, str]] = [(cost, 0, -len(css), css) for cost, css in own]
    for cost, css in own:
        for more, outer in around:
            far = depth[outer] // 2
            found.append((cost + PART + more + far, depth[outer], -len(outer), f"{outer} {css}"))
            if outer in parents:
                found.append((cost + PART + CHILD + more + far, depth[outer], -len(outer), f"{outer} > {css}"))
        for (one_cost, one), (two_cost, two) in combinations(around, 2):
            outer, inner = (one, two) if depth[one] > depth[two] else (two, one)
            if depth[one] != depth[two]:
                found.append((cost + 2 * PART + one_cost + two_cost, depth[outer], -len(outer), f"{outer} {inner} {css}"))
    heapq.heapify(found)
    seen: set[str] = set()
    while found:
        cost, _depth, _length, selector = heapq.heappop(found)
        if selector not in seen:
            seen.add(selector)
            yield cost, selector


def found_by(page: Page, selector: str) -> list[Element]:
    """What a selector finds; nothing if the reader does not understand it."""
    try:
        return page.find(selector)
    except SelectorError:
        return []


def _chain(element: Element) -> list[list[Token]]:
    return [around_tokens(outer) for outer in islice(element.around(), CLIMB)]


def _common(all_tokens: Sequence[Sequence[Token]]) -> list[Token]:
    """The tokens that all have, each once."""
    shared = set.intersection(*(set(tokens) for tokens in all_tokens))
    return [token for token in dict.fromkeys(all_tokens[0]) if token in shared]
