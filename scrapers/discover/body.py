"""Finding the selectors of a release's text: the element that holds it on all samples, and what in it is none of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scrapers.discover.beside import Beside, bears_day, takes_no_text
from scrapers.discover.known import Known
from scrapers.discover.selectors import derive, found_by
from scrapers.discover.tokens import own_tokens
from scrapers.page import Element, outermost

WHOLE = 0.97  # share of the text that the selectors must read
MOST = 0.55  # share of the text that its main part holds
NOISE = 0.6  # characters of other things for each of the text, at most; more is no selector of the text
GENEROUS = ("p", "li", "h2", "h3", "h4", "blockquote")
BLOCKS = (*GENEROUS, "h5", "h6", "pre", "dt", "dd", "td", "th")
SLACK = 0.15  # characters of other things for each of the text
LEADS = 3  # parts of the text outside of its main part
CLIMB = 25


@dataclass(frozen=True)
class _Reading:
    """A selector of the text and what it reads on all samples together."""

    selector: str
    container: str
    noise: int
    blocks: int


def find_body(known: Sequence[Known]) -> tuple[str, str, list[str]]:
    """The selector of the text, that of what is dropped from it, and notes for people. The first is empty if none was found."""
    beside = Beside(known)
    readings = list(_readings(known))
    if not readings:
        return "", "", ["No selector finds the text on all samples; it is read by general extraction."]
    # Of equals the first, which is the innermost.
    best = min(readings, key=lambda reading: (beside.left(reading.selector), -min(reading.blocks, len(known) * 3)))
    drops = beside.selectors(reading=best.selector, container=best.container)
    return _without_day(known, best.selector), ", ".join(drops), []


def _readings(known: Sequence[Known]) -> Iterator[_Reading]:
    """Selectors that read the whole text of all samples, from the innermost element that holds it outwards."""
    first = known[0]
    if not all(page.total for page in known):
        return
    for container in _containers(first):
        most_noise = first.bad[container] / max(first.good[container], 1) * 1.5 + SLACK
        selector = derive(
            [page.page for page in known],
            [container],
            lambda css, most=most_noise: _holds(known, css, most),  # type: ignore[misc]
        )
        if selector is None:
            continue
        forms = [*_forms(known, selector)]
        whole = [reading for form in forms if (reading := _read(known, form, selector)) is not None]
        if not whole and (lead := _leads(known, selector)):
            whole = [reading for form in forms if (reading := _read(known, f"{form}, {lead}", selector)) is not None]
        yield from whole


def _containers(page: Known) -> Iterator[Element]:
    """The elements around the longest line of the text that hold most of it, from the inside out."""
    longest = max(page.good_lines, key=lambda place: len(page.lines[place].text), default=None)
    if longest is None:
        return
    block = page.lines[longest].block
    for element in (block, *islice(block.around(), CLIMB)):
        if element.name in {"body", "html"}:
            break
        if page.good[element] >= page.total * MOST:
            yield element
            if page.good[element] >= page.total and page.bad[element] > page.total * NOISE * 4:
                break


def _holds(known: Sequence[Known], selector: str, most_noise: float) -> bool:
    """Whether what a selector finds holds most of the text of each sample, and no more of other things than it may."""
    for page in known:
        found = outermost(found_by(page.page, selector))
        good, bad = sum(page.good[element] for element in found), sum(page.bad[element] for element in found)
        if not found or good < page.total * MOST or bad > good * most_noise:
            return False
        if len(found) > 1 + sum(page.good[element] > 0 for element in found):
            return False
    return True


def _forms(known: Sequence[Known], container: str) -> Iterator[str]:
    """Ways to read the text in a container: block by block, or as a whole."""
    seen: set[str] = set()
    for page in known:
        held = {inner for outer in found_by(page.page, container) for inner in (outer, *outer.select("*"))}
        seen |= {page.lines[place].block.name for place in page.good_lines if page.lines[place].block in held}
    blocks = [name for name in BLOCKS if name in seen or name in GENEROUS]
    yield ", ".join(f"{container} {name}" for name in blocks)
    yield ", ".join(f"{container} {name}" for name in BLOCKS if name in seen or name in {"p", "li"})
    if "div" in seen:
        yield ", ".join([f"{container} > div", *(f"{container} {name}" for name in blocks)])
    yield container


def _read(known: Sequence[Known], selector: str, container: str) -> _Reading | None:
    """What a selector reads, if it is the whole text of all samples and not too much else."""
    noise = blocks = 0
    for page in known:
        found = outermost(found_by(page.page, selector))
        # The headline is read by itself; a text that holds it would say it twice.
        if page.heading is not None and any(page.heading == element or page.heading in element.select("*") for element in found):
            return None
        if sum(page.good[element] for element in found) < page.total * WHOLE:
            return None
        here = sum(page.bad[element] for element in found)
        noise += here
        blocks += sum(page.good[element] > 0 for element in found)
    return _Reading(selector, container, noise, blocks)


def _leads(known: Sequence[Known], container: str) -> str:
    """Selectors of parts of the text outside of its main part: a lead, a subtitle."""
    page = known[0]
    held = {inner for outer in found_by(page.page, container) for inner in (outer, *outer.select("*"))}
    outside = list(
        dict.fromkeys(page.lines[place].block for place in sorted(page.good_lines) if page.lines[place].block not in held)
    )
    if not 0 < len(outside) <= LEADS:
        return ""

    def fits(selector: str) -> bool:
        found = [found_by(sample.page, selector) for sample in known]
        return any(found) and all(
            sample.good[element] and not sample.bad[element]
            for sample, elements in zip(known, found, strict=True)
            for element in elements
        )

    selectors = [derive([sample.page for sample in known], [block], fits) for block in outside]
    return ", ".join(dict.fromkeys(selector for selector in selectors if selector))


def _without_day(known: Sequence[Known], selector: str) -> str:
    """The selector without a paragraph that bears the day: the day is read by itself."""
    for page in known:
        for block in outermost(found_by(page.page, selector)):
            if page.good[block] or not bears_day(page, block):
                continue
            names = [css for _cost, css in own_tokens(block) if css.startswith((".", "["))]
            name = next((css for css in names if takes_no_text(known, css, day=True)), None)
            if name is not None:
                parts = selector.split(", ")
                return ", ".join(f"{part}:not({name})" if part.endswith(f" {block.name}") else part for part in parts)
    return selector
