"""robots.txt (RFC 9309): asked for once a day and host, and obeyed. What cannot be read now counts as a no, for a short while."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from protego import Protego
from yarl import URL

from scrapers.politeness import Politeness, host_of
from scrapers.trouble import FetchError, shown

PRODUCT = "beimwort"  # the name by which a robots.txt addresses us
LARGEST = 500 * 1024  # bytes; what comes after is not read (RFC 9309, 2.5)
LIFETIME = 24 * 3600.0  # seconds (RFC 9309, 2.4)
RETRY = 300.0  # seconds for which a failure counts: this run, not the next
LONGEST_DELAY = 60.0  # seconds; a crawl delay of hours would be a no, and a host can say no
MOST_HOSTS = 2000  # remembered
AGENT = re.compile(r"\s*user[\s-]*agent\b[\s:]*([^#]*)", re.IGNORECASE)  # as many ways of writing it as Protego reads
SUCCESS, REFUSED, TOO_MANY, ERROR = 200, 400, 429, 500
# Without a connection nothing else of the host can be had either: the trouble is named as it is.
NO_CONNECTION = frozenset({"unreachable", "tls", "refused_address", "bad_address", "deferred", "resting"})


@dataclass(slots=True)
class _Rules:
    """What one robots.txt says; without `allows`, `trouble` says why nothing of the host may be asked for."""

    until: float
    allows: Protego | None = None
    trouble: FetchError | None = None


@dataclass(slots=True)
class _Site:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: _Rules | None = None


# Gives status and content of the file at an address, redirects followed. Raises `FetchError`.
FetchFile = Callable[[URL], Awaitable[tuple[int, bytes]]]


class Robots:
    """The rules of all hosts we visit. Politeness is told of crawl delays and has the clock."""

    def __init__(self, fetch: FetchFile, politeness: Politeness) -> None:
        """Remember how a file is fetched."""
        self._fetch = fetch
        self._politeness = politeness
        self._clock = politeness.clock
        self._sites: dict[str, _Site] = {}

    async def require(self, url: URL) -> None:
        """Raise `FetchError` unless a page may be asked for."""
        origin = str(url.origin())
        site = self._sites.get(origin)
        if site is None:
            self._forget()
            site = self._sites[origin] = _Site()
        async with site.turn:
            if site.rules is None or site.rules.until <= self._clock():
                site.rules = await self._read(url)
            rules = site.rules
        if rules.trouble is not None:
            # A new one each time: an exception that is raised again and again would collect all their traces.
            raise FetchError(rules.trouble.kind, str(rules.trouble), host=rules.trouble.host)
        if rules.allows is not None and not rules.allows.can_fetch(str(url), PRODUCT):
            raise FetchError("blocked", f"{_file(url)} does not allow {PRODUCT} to visit {url}; it is not visited.")

    async def _read(self, url: URL) -> _Rules:
        file = _file(url)
        try:
            status, content = await self._fetch(file)
        except FetchError as error:
            if error.kind == "too_many_redirects":  # RFC 9309, 2.3.1.2: as if there were none
                return _Rules(until=self._clock() + LIFETIME)
            kind = error.kind if error.kind in NO_CONNECTION else "blocked"
            return self._closed(url, kind, shown(error))
        if status >= ERROR or status == TOO_MANY:
            return self._closed(url, "blocked", f"{file} answered with status {status}")
        if status >= REFUSED:
            return _Rules(until=self._clock() + LIFETIME)
        if not SUCCESS <= status < 300:  # noqa: PLR2004  the class of answers that mean success
            return self._closed(url, "blocked", f"{file} answered with status {status}")
        allows = Protego.parse("\n".join(_concerning_us(content[:LARGEST].decode("utf-8-sig", "replace"))))
        delay = allows.crawl_delay(PRODUCT) or 0.0
        if rate := allows.request_rate(PRODUCT):
            delay = max(delay, rate.seconds / rate.requests)
        self._politeness.slow_down(host_of(url), min(delay, LONGEST_DELAY))
        return _Rules(until=self._clock() + LIFETIME, allows=allows)

    def _closed(self, url: URL, kind: str, reason: str) -> _Rules:
        """Nothing of the host for now: an unreadable robots.txt is a no, never a yes (RFC 9309, 2.3.1.4)."""
        message = f"{reason}. Without a readable robots.txt nothing of {host_of(url)} is visited; a later run tries again."
        return _Rules(until=self._clock() + RETRY, trouble=FetchError(kind, message, host=host_of(url)))

    def _forget(self) -> None:
        if len(self._sites) >= MOST_HOSTS:
            now = self._clock()
            self._sites = {
                origin: site
                for origin, site in self._sites.items()
                if site.turn.locked() or (site.rules is not None and site.rules.until > now)
            }


def _file(url: URL) -> URL:
    return url.origin() / "robots.txt"


def _concerning_us(text: str) -> Iterator[str]:
    """The lines of a robots.txt, with all agents that are not ours under one name.

    Protego's time grows with agents times rules: 130 kB of hostile lines cost it 20 seconds. What is left has few agents.
    """
    for line in text.splitlines():
        agent = AGENT.match(line)
        name = agent.group(1).strip().lower() if agent else ""
        if not agent or name == "*" or name in PRODUCT:
            yield line
        else:
            yield f"User-agent: {PRODUCT if name.startswith(f'{PRODUCT}/') else 'somebody-else'}"
