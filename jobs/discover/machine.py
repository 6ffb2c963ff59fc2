"""Lists for machines: feeds, the interface of WordPress, sitemaps; they check a list for people, or stand in for it."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urljoin

from jobs.discover.walk import DiscoverError, Walk
from scrapers.discover.declare import ListProposal
from scrapers.discover.feeds import FeedStudy, looks_like_feed, study_feed
from scrapers.discover.signs import usual_feeds
from scrapers.discover.sitemaps import press_folder, sitemaps_in
from scrapers.discover.study import Study
from scrapers.listing import Entry, ServedList

FEEDS_TRIED = 4
PARTS_TRIED = 2  # sitemaps of an index
SHARED = 2  # releases that two lists name, so that one can check the other


@dataclass(frozen=True)
class MachineList:
    """A list for machines and what it names."""

    keys: dict[str, str | int]
    entries: tuple[Entry, ...]
    what: str

    def shared(self, addresses: Collection[str]) -> int:
        """How many of some addresses it names."""
        return len({entry.address for entry in self.entries} & set(addresses))

    def checks(self, addresses: Collection[str]) -> bool:
        """Whether it names the same releases as a list, so that one can check the other."""
        return self.shared(addresses) >= min(SHARED, len(addresses))

    def proposal(self, addresses: Collection[str] = ()) -> ListProposal:
        """As a part of a declaration, beside a list that names some addresses."""
        beside = f", {self.shared(addresses)} of which stand on the list above, too; it checks that list" if addresses else ""
        return ListProposal(self.keys, f"{self.what} names {len(self.entries)} pages{beside}.")

    @property
    def hints(self) -> list[tuple[str, str, date | None]]:
        """Address, headline and day of what it names."""
        return [(entry.address, entry.title, entry.day) for entry in self.entries]


def of_feed(feed: FeedStudy) -> MachineList:
    """A feed as a list."""
    return MachineList({"kind": "feed", "address": feed.address}, feed.entries, "The feed")


async def read_feed_at(walk: Walk, address: str) -> FeedStudy:
    """A feed. Raises `DiscoverError`."""
    page = await walk.page(address)
    if not looks_like_feed(page.content):
        raise DiscoverError(f"{address} is no feed.")
    return await walk.work(page.final_address, partial(study_feed, ServedList.of(page)))


async def feeds_of_site(walk: Walk, study: Study) -> list[MachineList]:
    """The feeds that a page names, or else the first that lies where feeds usually do."""
    addresses = study.feeds or usual_feeds(study.address)
    found: list[MachineList] = []
    for address in addresses[:FEEDS_TRIED]:
        with suppress(DiscoverError):
            feed = await read_feed_at(walk, address)
            if feed.entries:
                found.append(of_feed(feed))
                if not study.feeds:
                    break
    return found


async def interface_of_site(walk: Walk, study: Study) -> MachineList | None:
    """The posts that WordPress gives to machines, if the page says where."""
    if not study.interface:
        return None
    keys: dict[str, str | int] = {
        "kind": "wordpress",
        "address": urljoin(study.interface, "wp/v2/posts?per_page=20&page={page}"),
    }
    with suppress(DiscoverError):
        page = await walk.listed(keys, str(keys["address"]).replace("{page}", "1"))
        return MachineList(keys, page.entries, "The interface of WordPress")
    return None


async def sitemap_of_site(walk: Walk, address: str) -> MachineList | None:
    """The releases that a sitemap names, if robots.txt says where one is and its addresses tell the releases."""
    try:
        robots = await walk.page(urljoin(address, "/robots.txt"))
    except DiscoverError:
        return None
    for sitemap in sitemaps_in(robots.content):
        with suppress(DiscoverError):
            found = await _from_sitemap(walk, urljoin(address, sitemap))
            if found is not None:
                return found
    return None


async def _from_sitemap(walk: Walk, address: str) -> MachineList | None:
    keys: dict[str, str | int] = {"kind": "sitemap", "address": address}
    page = await walk.listed(keys)
    entries = list(page.entries)
    for part in page.parts[:PARTS_TRIED]:
        with suppress(DiscoverError):
            entries += (await walk.listed({"kind": "sitemap", "address": part})).entries
    folder = press_folder(entries)
    if not folder:
        return None
    named = tuple(entry for entry in entries if folder in entry.address and not entry.address.endswith(folder))
    return MachineList({**keys, "match": f"*{folder}*"}, named, "The sitemap")
