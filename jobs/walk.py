"""Going down one list page by page: fetch, archive, read in a child; where it ends, and what is odd about its end."""

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from jobs.desk import Desk
from jobs.visit import VisitError, status_error
from models import Snapshot, actions, queries
from models.words import SnapshotPurpose
from scrapers.content import doubt_about
from scrapers.declaration import ListDeclaration
from scrapers.fetch import NOT_MODIFIED, Fetcher
from scrapers.listing import BEYOND, Entry, ListPage, ListRequest, first_request, following
from scrapers.page import ReadError, SelectorError
from scrapers.pool import list_in_child
from scrapers.trouble import FetchError

SUCCESS, BAD_REQUEST = 200, 400
NO_PAGE = frozenset({404, 410})

# What a page may do to its reading; each bears the kind of its issue.
TROUBLES = (FetchError, SelectorError, ReadError, VisitError)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a list that a person should see; not all of it is a failure."""

    kind: str
    message: str
    address: str
    failed: bool = False


class Walk:
    """One way down a list. Ask `next_page` until it gives None; what was odd stands in `notes`."""

    def __init__(
        self, desk: Desk, fetcher: Fetcher, declared: ListDeclaration, *, archived_since: datetime | None = None
    ) -> None:
        """Begin before the first page. Pages archived since some moment are taken from the archive, not asked for again."""
        self.declared = declared
        self.seen: dict[str, Entry] = {}
        self.notes: list[Note] = []
        self.pages = 0
        self.fetched = 0
        self.first: Snapshot | None = None  # the first page as served
        self._desk = desk
        self._fetcher = fetcher
        self._archived_since = archived_since
        self._waiting = deque([first_request(declared)])
        self._asked: set[str] = set()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to ask for."""
        return not self._waiting

    async def next_page(self) -> ListPage | None:
        """The next page that names something; None where the list ends.

        Raises one of `TROUBLES`. After that the other sitemaps of an index can still be read; other lists are at their end.
        """
        if not self._waiting:
            return None
        request = self._waiting.popleft()
        self._asked.add(request.archived_as)
        page = await self._read(request)
        if page is None:
            self._end(request, "is not there or names no releases")
            return None
        self.pages += 1
        before = len(self.seen)
        for entry in page.entries:
            self.seen.setdefault(entry.address, entry)
        if page.cut:
            self._note("list_too_long", f"{request.address} names {page.cut} more releases than are read of one page.", request)
        if self.declared.kind == "sitemap":
            self._waiting.extend(part for part in following(self.declared, request, page) if part.archived_as not in self._asked)
            self._require_some(request)
        elif len(self.seen) == before:
            self._end(request, "names only what the pages before it named")
            return None
        else:
            self._go_on(request, page)
        return page

    def _go_on(self, request: ListRequest, page: ListPage) -> None:
        for after in following(self.declared, request, page):
            if after.archived_as in self._asked:
                self._note("list_circles", f"{request.address} says that it goes on at {after.address}, which was read.", request)
            else:
                self._waiting.append(after)

    def _end(self, request: ListRequest, what: str) -> None:
        """A list that is numbered ends where it names nothing new; that it does so at once, or after a link, is odd."""
        if not self.declared.is_numbered:
            self._note("list_circles", f"The list goes on to {request.archived_as}, which {what}; it is not followed.", request)
        elif request.number == 1:
            self._note(
                "list_does_not_go_on",
                f"The second page of the list, {request.archived_as}, {what}. If there is only one, declare no further pages; "
                "else correct how they are numbered.",
                request,
            )

    def _require_some(self, request: ListRequest) -> None:
        if not self._waiting and not self.seen:
            raise SelectorError(
                f"The sitemap {self.declared.address} and its parts name 0 releases"
                f"{f' like {self.declared.match!r}' if self.declared.match else ''} (the last read was {request.address}). "
                "Correct the declaration."
            )

    async def _read(self, request: ListRequest) -> ListPage | None:
        """A page; None for one after the last."""
        snapshot, content = await self._snapshot(request)
        self.first = self.first or snapshot
        may_end = request.number > 0 and self.declared.is_numbered
        if snapshot.status != SUCCESS:
            if may_end and (snapshot.status in NO_PAGE or (snapshot.status == BAD_REQUEST and BEYOND in content)):
                return None
            raise status_error(f"The list {request.address}", snapshot.status)
        try:
            # In a thread: a hostile page may keep a child busy for seconds, and the other sources wait for nobody.
            return await asyncio.to_thread(list_in_child, snapshot, self.declared, request.number)
        except SelectorError as error:
            doubt = doubt_about(content)
            if may_end and (doubt is None or doubt.kind == "soft_404"):
                return None
            raise (VisitError(doubt.kind, doubt.about(request.address)) if doubt is not None else error) from error

    async def _snapshot(self, request: ListRequest) -> tuple[Snapshot, bytes]:
        """The page from the archive or the network, archived, and its bytes."""
        database = self._desk.database
        with database.reading() as session:
            if self._archived_since is not None:
                archived = queries.first_snapshot(session, request.archived_as, self._archived_since)
                if archived is not None:
                    return archived, archived.content
            last = queries.last_snapshot(session, request.archived_as)
        fetched = await self._fetcher.get(
            request.address,
            SnapshotPurpose.LIST,
            self._desk.clock(),
            known=last,
            form=request.form,
            packed=self.declared.kind == "sitemap",
        )
        self.fetched += 1
        with database.writing(visible=False) as session:
            if last is not None and fetched.status == NOT_MODIFIED:
                snapshot = session.get_one(Snapshot, last.id)
            else:
                snapshot = actions.keep_snapshot(session, fetched)
            return snapshot, snapshot.content

    def _note(self, kind: str, message: str, request: ListRequest) -> None:
        self.notes.append(Note(kind, message, request.archived_as))


def kind_of(error: Exception) -> str:
    """The short name of a trouble."""
    return str(getattr(error, "kind", "")) or type(error).__name__
