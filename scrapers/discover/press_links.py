"""From a home page to the page that lists the releases: the best link called `Presse`, `Pressemitteilungen` or the like."""

from scrapers.discover.links import Links
from scrapers.discover.words import OTHER_ADDRESS, PRESS_LINKS

LONGEST = 60  # characters of such a link


def press_links(links: Links) -> tuple[str, ...]:
    """Addresses that may list the releases, the best first."""
    ranked: list[tuple[int, int, str]] = []
    for number, link in enumerate(links.all):
        text = link.text or link.element.get("title") or link.element.get("aria-label")
        if len(text) > LONGEST or OTHER_ADDRESS.search(link.path):
            continue
        rank = next((rank for rank, pattern in enumerate(PRESS_LINKS) if pattern.fullmatch(text)), None)
        if rank is not None:
            ranked.append((rank, number, link.address))
    return tuple(dict.fromkeys(address for _rank, _number, address in sorted(ranked)))
