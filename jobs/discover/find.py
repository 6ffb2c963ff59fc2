"""From an address to a proposal: to the list, how it goes on, what checks it, and the reading rules of its releases."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlsplit

from jobs.discover.machine import MachineList, feeds_of_site, interface_of_site, of_feed, read_feed_at, sitemap_of_site
from jobs.discover.walk import DiscoverError, Say, Walk
from models import ReleaseVersion, Snapshot
from models.words import SnapshotPurpose
from scrapers.discover.declare import FoundSource, ListProposal, Names, source_of
from scrapers.discover.feeds import looks_like_feed
from scrapers.discover.lists import FoundList
from scrapers.discover.release import Sample, find_rules
from scrapers.discover.study import Paging, Study, study_paging
from scrapers.fetch import Fetcher
from scrapers.pool import read_in_child
from scrapers.read import ServedPage

PREVIEWED = 3
SAMPLES_TRIED = 6
LISTS_TRIED = 2
PAGES_FOLLOWED = 3  # from the given page to the list
NOBODY = Names(name="-", parliament="-", factions=("-",))

Hint = tuple[str, str, date | None]  # address, headline and day of a release as a list shows them


@dataclass(frozen=True)
class Preview:
    """One release as the proposed declaration reads it, or why it could not be read."""

    snapshot: Snapshot
    version: ReleaseVersion | None = None
    error: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it has title, day and text."""
        return self.version is not None and bool(self.version.title and self.version.published_on)


@dataclass(frozen=True)
class Discovery:
    """What was found for a source, the pages that it was found on, and the preview that it was checked with."""

    found: FoundSource
    title: str  # of the window of the list's page, or of the feed
    list_page: Snapshot
    entries: tuple[str, ...]
    following: str  # the address of the list's second page; may be empty
    previews: tuple[Preview, ...]

    @property
    def complete(self) -> int:
        """How many previewed releases have title, day and text."""
        return sum(preview.is_complete for preview in self.previews)

    @property
    def is_proven(self) -> bool:
        """Whether all previewed releases have title, day and text."""
        return 0 < len(self.previews) == self.complete


async def discover(fetcher: Fetcher, address: str, now: datetime, say: Say) -> Discovery:
    """How the releases behind an address can be collected. Raises `DiscoverError`."""
    walk = Walk(fetcher, now, say)
    first = await walk.page(address)
    if looks_like_feed(first.content):
        return await _behind_feed(walk, first)
    study, page = await _to_list(walk, first)
    machines = await feeds_of_site(walk, study)
    if study.lists:
        return await _best(walk, study, page, machines)
    others = [*machines, await interface_of_site(walk, study), await sitemap_of_site(walk, study.address)]
    for other in (other for other in others if other is not None and other.entries):
        return await _by_machine(walk, other, study)
    raise DiscoverError(study.wanting)


async def _to_list(walk: Walk, first: Snapshot) -> tuple[Study, Snapshot]:
    """The page that lists the releases, from the given one over links called `Presse` or the like; without one, the given one."""
    given = await walk.study(first)
    parts = urlsplit(first.final_address)
    at_home = parts.path in {"", "/"} and not parts.query
    # Of a page whose list goes on, or that leads to no other, the list is what was meant.
    if given.lists and not at_home and (given.following or not given.press):
        return given, first
    seen = {first.address, first.final_address}
    waiting = list(given.press)
    looked_at = 0
    while waiting and looked_at < (PAGES_FOLLOWED if at_home or not given.lists else 1):
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        looked_at += 1
        try:
            page = await walk.page(address)
            study = await walk.study(page)
        except DiscoverError:
            continue
        if study.lists and (at_home or not given.lists or _goes_further(study, given)):
            return study, page
        waiting = [*study.press, *waiting]
    return given, first


def _goes_further(study: Study, given: Study) -> bool:
    """Whether a list goes on from one that has no second page."""
    there, here = ({entry.address for entry in one.lists[0].entries} for one in (study, given))
    return bool(there & here) and (bool(study.following) or len(there) > len(here))


async def _best(walk: Walk, study: Study, page: Snapshot, machines: Sequence[MachineList]) -> Discovery:
    """The most promising of the lists on a page whose releases can be read."""
    tried: list[Discovery] = []
    trouble: DiscoverError | None = None
    for found in study.lists[:LISTS_TRIED]:
        try:
            tried.append(await _by_list(walk, study, page, found, machines))
        except DiscoverError as error:
            trouble = trouble or error
            continue
        if tried[-1].is_proven:
            break
    if tried:
        return max(tried, key=lambda discovery: discovery.complete)
    assert trouble is not None, "there was a list"
    raise trouble


async def _by_list(walk: Walk, study: Study, page: Snapshot, found: FoundList, machines: Sequence[MachineList]) -> Discovery:
    paging, following, notes = await _paging(walk, study, page, found)
    addresses = {entry.address for entry in found.entries}
    keys: dict[str, str | int] = {"address": found.address, "item": found.item}
    if paging.next:
        keys["next"] = paging.next
    elif paging.template:
        keys |= {"pages": paging.template, "first_page": paging.first_page}
    more = f" Its second page names {paging.more} more." if paging.more else ""
    lists = [ListProposal(keys, f"Names {len(addresses)} releases, {found.dated} of them with a day.{more}")]
    checks = [machine for machine in machines if machine.checks(addresses)][:1]
    interface = await interface_of_site(walk, study) if not checks else None
    if interface is not None and interface.checks(addresses):
        checks = [interface]
    if not checks:
        notes += [
            f"{machine.what} {machine.keys['address']} names other pages than the list and is left out." for machine in machines
        ]
    lists += [machine.proposal(addresses) for machine in checks]
    hints = [(entry.address, entry.headline, entry.day) for entry in found.entries]
    return await _read(walk, study, page, lists, hints=hints, notes=notes, following=following)


async def _paging(walk: Walk, study: Study, page: Snapshot, found: FoundList) -> tuple[Paging, str, list[str]]:
    """How a list goes on, checked on its second page, whose address is given too."""
    nothing = "No link to a next page was found: only the releases on the first page are collected."
    if not study.following or found is not study.lists[0]:
        return Paging(), "", [nothing]
    try:
        second = await walk.page(study.following)
        paging = await walk.work(study.following, partial(study_paging, ServedPage.of(page), ServedPage.of(second), found))
    except DiscoverError as error:
        return Paging(), "", [f"The list's second page cannot be used: {error}"]
    if not paging.more:
        return Paging(), "", [f"{study.following} looked like a next page, but names no further releases."]
    if not paging.next and not paging.template:
        return paging, "", [f"The list goes on at {study.following}, but no selector finds that link on both pages."]
    return paging, study.following, []


async def _behind_feed(walk: Walk, page: Snapshot) -> Discovery:
    """From a given feed: a list on the page that it belongs to, checked by the feed; without one, the feed alone."""
    feed = await read_feed_at(walk, page.address)
    machine = of_feed(feed)
    if not feed.entries:
        raise DiscoverError(f"{feed.address} is a feed, but names no releases now. Try again later, or give the press page.")
    study: Study | None = None
    if feed.home:
        with suppress(DiscoverError):
            first = await walk.page(feed.home)
            study = await walk.study(first)
            for found in study.lists:
                if machine.checks({entry.address for entry in found.entries}):
                    return await _by_list(walk, study, first, found, [machine])
    return await _by_machine(walk, machine, study, title=feed.title, home=feed.home)


async def _by_machine(walk: Walk, machine: MachineList, study: Study | None, *, title: str = "", home: str = "") -> Discovery:
    page = await walk.page(str(machine.keys["address"]).replace("{page}", "1"))
    notes = ["No list of releases was found on a page of the site."]
    if machine.keys["kind"] == "feed":
        notes.append("A feed names the newest releases only: older ones are not collected.")
    home = home or (study.address if study is not None else "")
    return await _read(walk, study, page, [machine.proposal()], hints=machine.hints, notes=notes, title=title, home=home)


async def _read(
    walk: Walk,
    study: Study | None,
    page: Snapshot,
    lists: Sequence[ListProposal],
    *,
    hints: Sequence[Hint],
    notes: Sequence[str],
    following: str = "",
    title: str = "",
    home: str = "",
) -> Discovery:
    """The reading rules from some samples, and these releases as the rules read them."""
    samples = await _samples(walk, hints)
    rules = await walk.work(samples[0][0].final_address, partial(find_rules, [sample for _snapshot, sample in samples]))
    found = FoundSource(
        home=home or page.final_address,
        lists=tuple(lists),
        rules=rules,
        system=study.system if study is not None else "",
        notes=tuple(notes),
    )
    source = source_of(found, NOBODY)
    previews = []
    for snapshot, _sample in samples:
        try:
            previews.append(Preview(snapshot, await walk.blocking(read_in_child, snapshot, source, walk.now)))
        except DiscoverError as error:
            previews.append(Preview(snapshot, error=str(error)))
    if all(preview.version is None for preview in previews):
        raise DiscoverError(f"The pages that the list names hold no text that could be read. {previews[0].error}")
    return Discovery(
        found=found,
        title=title or (study.title if study is not None else ""),
        list_page=page,
        entries=tuple(address for address, _headline, _day in hints),
        following=following,
        previews=tuple(previews),
    )


async def _samples(walk: Walk, hints: Sequence[Hint]) -> list[tuple[Snapshot, Sample]]:
    """The first releases of a list that can be had. Raises `DiscoverError` if none can."""
    samples: list[tuple[Snapshot, Sample]] = []
    trouble = ""
    for address, headline, day in hints[:SAMPLES_TRIED]:
        try:
            snapshot = await walk.page(address, SnapshotPurpose.RELEASE)
        except DiscoverError as error:
            trouble = trouble or str(error)
            continue
        samples.append((snapshot, Sample(ServedPage.of(snapshot), headline, day)))
        if len(samples) == PREVIEWED:
            return samples
    if not samples:
        raise DiscoverError(f"A list was found, but none of its releases can be had. {trouble}")
    return samples
