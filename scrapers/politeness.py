"""Manners towards the hosts we visit: one request at a time and pauses, patience when asked for it, rest for a host that fails.

All of it is remembered as long as the process's `Fetcher` lives, and nothing longer: after a restart a host is a stranger again.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar

from yarl import URL

from scrapers.breaker import Breaker
from scrapers.trouble import FetchError, lasting, shown
from settings.config import Settings

TOO_MANY, UNAVAILABLE = 429, 503
BUSY = frozenset({TOO_MANY, 500, 502, UNAVAILABLE, 504})  # worth asking again
DOWN = frozenset({502, UNAVAILABLE, 504})  # the host is not there behind its gateway; a 500 may be one page's own
AGAIN = frozenset({"unreachable", "broken_off"})
FAILURES = AGAIN | {"timeout", "bad_answer", "tls"}
NEUTRAL = frozenset({"refused_address", "bad_address"})  # the host was never asked
JITTER = 0.5  # of a pause is added by chance, so that our visits do not come like clockwork
FIRST_BACK_OFF = 1.0  # seconds
LONGEST_DEFERRAL = 24 * 3600.0  # seconds; a Retry-After beyond it would silence a source for ever
MOST_HOSTS = 2000  # remembered; evidence may lie anywhere


class Answered(Protocol):
    """What politeness looks at in an answer."""

    @property
    def status(self) -> int:
        """HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers, names in lower case."""


Answer = TypeVar("Answer", bound=Answered)


@dataclass(slots=True)
class Patience:
    """Seconds that one visit may still wait because a host fails or asks for it. The pauses between requests are not counted."""

    left: float

    def spend(self, seconds: float) -> bool:
        """Take some of it; False if there is not as much left."""
        if seconds > self.left:
            return False
        self.left -= seconds
        return True


@dataclass(slots=True)
class _Host:
    name: str
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    breaker: Breaker = field(default_factory=Breaker)
    delay: float = 0.0  # what its robots.txt asks for
    next_at: float = 0.0
    deferred_until: float = 0.0

    def is_idle(self, now: float) -> bool:
        return not (self.turn.locked() or self.breaker.failures or max(self.next_at, self.deferred_until) > now)


class Politeness:
    """Decides when a host may be asked, and how often again. Clock, sleep and chance are arguments for tests."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Take pause, tries and the number of hosts at once from the settings."""
        self.clock = clock
        self.pause = settings.host_pause
        self.tries = settings.fetch_tries
        self._wall = wall
        self._sleep = sleep
        self._chance = chance
        self._slots = asyncio.Semaphore(settings.fetch_at_once)
        self._hosts: dict[str, _Host] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least this pause at a host from now on."""
        self._host(host).delay = seconds

    def pause_at(self, host: str) -> float:
        """The seconds between two requests to a host, on average."""
        known = self._hosts.get(host)
        return max(self.pause, known.delay if known else 0.0) * (1 + JITTER / 2)

    async def ask(self, host: str, send: Callable[[], Awaitable[Answer]], patience: Patience) -> Answer:
        """The answer of a host, by few requests with growing pauses if it fails or is busy. Raises the last `FetchError`.

        While one visit asks, nobody else asks the same host. A host that failed too often in a row, or that asked to be left
        alone for longer than the patience lasts, is not asked at all: `FetchError` with the kind resting or deferred.
        """
        state = self._host(host)
        async with state.turn:
            for number in range(1, self.tries + 1):
                self._require_open(state)
                last = number == self.tries
                try:
                    answer = await self._once(state, send)
                except FetchError as error:
                    if not last and error.kind in AGAIN and await self._back_off(number, 0.0, patience):
                        continue
                    self._note(state, error)
                    raise
                if answer.status not in BUSY:
                    break
                asked = self._retry_after(state, answer, patience)
                if last or not await self._back_off(number, asked, patience):
                    break
        if answer.status in DOWN:
            state.breaker.failed(self.clock(), f"it answered with status {answer.status}")
        else:
            state.breaker.worked()
        return answer

    def _host(self, name: str) -> _Host:
        state = self._hosts.get(name)
        if state is None:
            if len(self._hosts) >= MOST_HOSTS:
                now = self.clock()
                self._hosts = {key: host for key, host in self._hosts.items() if not host.is_idle(now)}
            state = self._hosts[name] = _Host(name)
        return state

    def _require_open(self, state: _Host) -> None:
        now = self.clock()
        if state.deferred_until > now:
            raise FetchError(
                "deferred",
                f"{state.name} asked us to come back later; nothing is asked of it for another "
                f"{lasting(state.deferred_until - now)}.",
                host=state.name,
            )
        if rest := state.breaker.rest(now):
            raise FetchError(
                "resting",
                f"{state.name} failed {state.breaker.failures} times in a row (last: {state.breaker.reason}); "
                f"nothing is asked of it for another {lasting(rest)}.",
                host=state.name,
            )

    async def _once(self, state: _Host, send: Callable[[], Awaitable[Answer]]) -> Answer:
        """One request after the host's pause; a host that pauses takes nobody's place."""
        wait = state.next_at - self.clock()
        if wait > 0:
            await self._sleep(wait)
        async with self._slots:
            try:
                return await send()
            finally:
                pause = max(self.pause, state.delay)
                state.next_at = self.clock() + pause * (1 + JITTER * self._chance())

    async def _back_off(self, number: int, asked: float, patience: Patience) -> bool:
        """Wait before asking again; False if that would take too long."""
        wait = max(asked, FIRST_BACK_OFF * 2.0 ** (number - 1) * (1 + JITTER * self._chance()))
        if not patience.spend(wait):
            return False
        await self._sleep(wait)
        return True

    def _retry_after(self, state: _Host, answer: Answered, patience: Patience) -> float:
        """How long a busy host asks us to wait (seconds). Raises `FetchError` if that is longer than we do."""
        asked = retry_after(answer.headers, self._wall()) if answer.status in {TOO_MANY, UNAVAILABLE} else None
        if asked is None:
            return 0.0
        asked = min(asked, LONGEST_DEFERRAL)
        state.next_at = max(state.next_at, self.clock() + asked)
        if asked > patience.left:
            state.deferred_until = self.clock() + asked
            raise FetchError(
                "deferred",
                f"{state.name} answers with status {answer.status} and wants to be asked again in {lasting(asked)}; "
                "the rest is left to a later run.",
                host=state.name,
            )
        return asked

    def _note(self, state: _Host, error: FetchError) -> None:
        if error.kind in FAILURES:
            state.breaker.failed(self.clock(), shown(error))
        elif error.kind not in NEUTRAL:
            state.breaker.worked()


def host_of(url: URL) -> str:
    """The host of an address as politeness counts hosts: name and port."""
    return f"{url.raw_host}:{url.port}"


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3); None without one that can be read.

    A date counts from the server's own clock where it tells the time, so that a wrong clock does no harm.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    moment = _moment(text)
    if moment is None:
        return None
    return max(0.0, (moment - (_moment(headers.get("date", "")) or now)).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
