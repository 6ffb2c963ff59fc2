"""ETag and Last-Modified: asking only for what changed since a snapshot, and not believing a host for ever that nothing did.

The archive keeps a body that comes again as one snapshot with its first headers; the newest validators stand beside them. How
often a host was believed in a row is remembered here, for as long as the process lives.
"""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import Snapshot

EVERY = 10  # visits: then the page is fetched whatever the host says
LONGEST_TRUST = timedelta(days=30)
MOST_PAGES = 20_000  # remembered, about 10 MB
LONGEST = 512  # characters of a validator that we send back
NAMES = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
SUCCESS, NOT_MODIFIED = 200, 304

log = logging.getLogger("beimwort.fetch")


@dataclass(slots=True)
class _Page:
    """What was last seen at an address."""

    sha256: str
    validators: dict[str, str]
    fetched_at: datetime
    believed: int = 0  # times in a row the host said that nothing had changed


class Validators:
    """What hosts said about the age of their pages, and which of them were found to lie. Lives as long as the `Fetcher`."""

    def __init__(self, every: int = EVERY) -> None:
        """Fetch a page anew at least at each `every`th visit."""
        self._every = every
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self.liars: set[str] = set()

    def conditions(self, known: Snapshot | None, host: str, now: datetime) -> dict[str, str]:
        """The headers that ask for a page only if it is no longer as in a snapshot; none if it is to be fetched in any case."""
        if known is None or known.status != SUCCESS or host in self.liars:
            return {}
        page = self._page(known)
        if page.believed + 1 >= self._every or now - page.fetched_at >= LONGEST_TRUST:
            return {}
        return {NAMES[name]: value for name, value in page.validators.items()}

    def note(self, known: Snapshot | None, fetched: Snapshot, host: str) -> None:
        """Remember what a visit brought; a page that changed under the same validators makes its host a liar."""
        if fetched.status == NOT_MODIFIED and known is not None:
            page = self._page(known)
            page.believed += 1
        elif fetched.status == SUCCESS:
            page = _Page(_hash(fetched), _validators(fetched.headers), fetched.fetched_at)
            before = self._page(known) if known is not None else None
            if before is not None and before.sha256 != page.sha256 and _same(before.validators, page.validators):
                self.liars.add(host)
                log.warning("%s changed although its ETag or date did not; %s is not believed any more.", fetched.address, host)
        else:
            return
        self._pages[fetched.address] = page
        self._pages.move_to_end(fetched.address)
        if len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)

    def _page(self, known: Snapshot) -> _Page:
        """What is remembered of just these bytes, else what the archive says of them."""
        page = self._pages.get(known.address)
        if page is not None and page.sha256 == _hash(known):
            return page
        return _Page(_hash(known), _validators(known.validators), known.last_seen_at)


def _hash(snapshot: Snapshot) -> str:
    """The hash of a snapshot's bytes; one that is not stored yet has only its body's."""
    return getattr(snapshot, "body_sha256", None) or snapshot.body.sha256


def _validators(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name in NAMES
        if (value := str(headers.get(name, "")).strip()) and len(value) <= LONGEST and value.isascii() and value.isprintable()
    }


def _same(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether a host said of two different bodies that they are one: the ETag decides where there is one (RFC 9110, 13.2.2)."""
    name = "etag" if "etag" in before and "etag" in after else "last-modified"
    return name in before and before.get(name) == after.get(name)
