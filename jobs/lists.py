"""The lists of one source: the first that works tells what there is, the others check it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from jobs.contract import Watch
from jobs.desk import Desk
from jobs.walk import TROUBLES, Note, Walk, kind_of
from models.words import Outcome
from scrapers.addresses import place_of
from scrapers.declaration import ListDeclaration, Source
from scrapers.fetch import Fetcher
from scrapers.listing import Entry, ListPage
from scrapers.page import SelectorError
from scrapers.trouble import outcome_of

FULL_DEPTH_EVERY = timedelta(days=7)
CHECK_EVERY = timedelta(days=1)
CHECKED = 50  # of the newest entries of a checking list
CHECKED_DAYS = timedelta(days=30)  # what it says to be older is no list's duty to show
FRESH = timedelta(days=60)  # after the baseline, what a sitemap says to be unchanged for longer is not new
SITEMAP_ENTRIES = 20  # of a sitemap for each list page that another source may read in its baseline
NAMED = 5  # addresses in a message
START = datetime(2020, 1, 1, tzinfo=UTC)


class ListError(Exception):
    """No list of the source could be read; the message says why for each, the outcome how the run ends."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        """Remember the outcome beside the sentence."""
        super().__init__(message)
        self.outcome = outcome


class Known:
    """The addresses of known releases, however the site spells them now."""

    def __init__(self, addresses: Collection[str]) -> None:
        """Remember some addresses."""
        self._addresses = set(addresses)
        self._places: set[str] | None = None

    def __contains__(self, address: str) -> bool:
        if address in self._addresses:
            return True
        if self._places is None:  # most runs meet nothing unknown
            self._places = {place_of(known) for known in self._addresses}
        return place_of(address) in self._places


@dataclass
class Listed:
    """What the lists of a source name that concerns us, the newest first, and how much they name at all.

    `trouble` says that the list broke off after some of its pages.
    """

    addresses: list[str]
    named: int
    trouble: str = ""


Tell = Callable[[Note], None]  # called for each issue


@dataclass
class SourceLists:
    """The lists of one source in one run; `full` goes as far down as the baseline did, `check` asks the checking lists too."""

    desk: Desk
    fetcher: Fetcher
    source: Source
    known: Known
    tell: Tell
    watch: Watch
    baseline: bool
    full: bool
    check: bool

    async def read(self) -> Listed:
        """What there is. Raises `ListError` if no list works."""
        troubles: list[Exception] = []
        for place, declared in enumerate(self.source.lists):
            try:
                listed = await self._go_down(declared)
            except TROUBLES as error:
                troubles.append(error)
                self.tell(Note(kind_of(error), str(error), declared.address, failed=True))
                continue
            if self.check or troubles or listed.trouble:
                for other in self.source.lists[place + 1 :]:
                    await self._check_against(other, declared, listed)
            return listed
        said = str(troubles[0]) if len(troubles) == 1 else "No list could be read: " + " | ".join(map(str, troubles))
        raise ListError(said, outcome_of([kind_of(error) for error in troubles]))

    async def _go_down(self, declared: ListDeclaration) -> Listed:
        """All entries of the pages down to one that is wholly known, in a full run down to the last allowed page.

        A page of which nothing is known means a gap: then it goes on beyond what an ordinary run reads.
        """
        walk = Walk(self.desk, self.fetcher, declared)
        trouble = ""
        while walk.pages < self.source.baseline_pages:
            try:
                page = await walk.next_page()
            except TROUBLES as error:
                if walk.is_done and not walk.seen:
                    raise
                trouble = f"The list {declared.address} broke off after {walk.pages} pages: {error}"
                self.tell(Note(kind_of(error), trouble, declared.address, failed=True))
                if walk.is_done:
                    break
                continue
            if walk.pages == 1 and page is not None and walk.first is not None and declared.kind != "sitemap":
                await self.watch.list_read(declared, walk.first, len(page.entries))
                self.watch.list_used(declared, len(page.entries))
            if page is None or self._is_deep_enough(walk, page):
                break
        for note in walk.notes:
            self.tell(note)
        if not walk.seen:
            raise SelectorError(f"{declared.address} names 0 releases on the {walk.pages} pages that were read.")
        entries = list(walk.seen.values())
        if declared.kind == "sitemap":
            entries = self._recent(entries)
        return Listed([entry.address for entry in entries], len(walk.seen), trouble)

    def _is_deep_enough(self, walk: Walk, page: ListPage) -> bool:
        if walk.declared.kind == "sitemap" or self.full:
            return False
        unknown = sum(entry.address not in self.known for entry in page.entries)
        return unknown == 0 or (walk.pages >= self.source.max_pages and unknown < len(page.entries))

    def _recent(self, entries: list[Entry]) -> list[Entry]:
        """What of a sitemap concerns us: it may hold the whole past, which is for a back-fill; undated entries all do."""
        if not self.baseline:
            return [entry for entry in entries if entry.day is None or self.desk.today() - entry.day <= FRESH]
        dated = sorted((entry for entry in entries if entry.day), key=lambda entry: entry.day or self.desk.today(), reverse=True)
        return dated[: self.source.baseline_pages * SITEMAP_ENTRIES] + [entry for entry in entries if entry.day is None]

    async def _check_against(self, other: ListDeclaration, declared: ListDeclaration, listed: Listed) -> None:
        """What another list knows and the first does not is told and visited too; one that does not work is told."""
        walk = Walk(self.desk, self.fetcher, other)
        try:
            while walk.pages == 0 or other.kind == "sitemap":
                if walk.pages >= self.source.max_pages or await walk.next_page() is None:
                    break
        except TROUBLES as error:
            said = f"The list that checks {declared.address} does not work: {error}"
            self.tell(Note(kind_of(error), said, other.address))
        places = {place_of(address) for address in listed.addresses}
        missing = [
            entry.address
            for entry in list(walk.seen.values())[:CHECKED]
            if (entry.day is None or self.desk.today() - entry.day <= CHECKED_DAYS)
            and place_of(entry.address) not in places
            and entry.address not in self.known
        ]
        if missing:
            more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
            said = (
                f"{other.address} names {len(missing)} releases that {declared.address} does not: "
                f"{', '.join(missing[:NAMED])}{more}. They are visited too; see whether the first list leaves some out."
            )
            self.tell(Note("list_incomplete", said, declared.address))
            listed.addresses[:0] = missing


def begins_anew(last: datetime | None, now: datetime, every: timedelta, key: str) -> bool:
    """Whether a new stretch of time has begun since a moment: the first run in each does what is not done every time.

    Stretches begin at another hour for each source, so that not all do it at once.
    """
    start = START - timedelta(minutes=crc32(key.encode()) % int(every.total_seconds() // 60))
    return last is None or (last - start) // every < (now - start) // every
