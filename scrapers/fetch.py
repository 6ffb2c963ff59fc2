"""The one door to the network: one honest client with a deadline, a size limit, and no way into private networks.

The address that is connected to is checked, after every redirect: the client resolves a name once, checks each result, and
connects to exactly that.
"""

import asyncio
import ssl
import zlib
from collections import defaultdict
from datetime import datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from models import Body, Snapshot
from models.words import SnapshotPurpose
from settings.config import Settings
from settings.guard import GuardedResolver, check_host
from settings.networks import PrivateAddressError

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024


class FetchError(Exception):
    """A page that could not be had; the message names the address and what happened.

    `kind` is unreachable, timeout, too_large, too_many_redirects, refused_address, bad_address, tls or bad_encoding.
    """

    def __init__(self, kind: str, message: str) -> None:
        """Remember the kind beside the sentence."""
        super().__init__(message)
        self.kind = kind


class Fetcher:
    """The client of one process; use it as `async with Fetcher(settings) as fetcher`."""

    def __init__(self, settings: Settings) -> None:
        """Prepare; nothing is opened before the `async with`."""
        self.settings = settings
        self._session: aiohttp.ClientSession | None = None
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last: dict[str, float] = {}

    @property
    def user_agent(self) -> str:
        """Who we say we are."""
        contact = f" (+{self.settings.contact})" if self.settings.contact else ""
        return f"beimwort/{version('beimwort')}{contact}"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=GuardedResolver(self.settings.allowed_networks), use_dns_cache=False),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": "identity", "Accept-Language": "de"},
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, address: str, purpose: SnapshotPurpose, now: datetime) -> Snapshot:
        """The page at an address as a new, unstored snapshot, whatever its status. Raises `FetchError`.

        The time-out of the settings bounds everything: waiting for the server, redirects and the whole body.
        """
        seconds = self.settings.fetch_timeout
        try:
            host = self._check(address).raw_authority
            async with self._turns[host]:
                await self._pause(host)
                async with asyncio.timeout(seconds):
                    return await self._follow(address, purpose, now)
        except TimeoutError as error:
            raise FetchError("timeout", f"{address} did not answer within {seconds:g} seconds.") from error
        except aiohttp.ClientSSLError as error:
            raise FetchError("tls", f"{address}: the certificate is not valid ({error}).") from error
        except PrivateAddressError as error:
            raise FetchError("refused_address", f"{address}: {error}") from error
        except (aiohttp.InvalidURL, UnicodeError) as error:
            raise FetchError("bad_address", f"{address!r} is no web address: {error}.") from error
        except (aiohttp.ClientError, OSError, ssl.SSLError) as error:
            raise FetchError("unreachable", f"{address} cannot be reached: {error or type(error).__name__}.") from error

    async def _pause(self, host: str) -> None:
        clock = asyncio.get_running_loop().time
        wait = self._last.get(host, -self.settings.host_pause) + self.settings.host_pause - clock()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[host] = clock()

    async def _follow(self, address: str, purpose: SnapshotPurpose, now: datetime) -> Snapshot:
        current = address
        for _ in range(MAX_REDIRECTS + 1):
            url = self._check(current)
            assert self._session is not None, "use `async with Fetcher(...)`"
            async with self._session.get(url, allow_redirects=False) as response:
                target = response.headers.get("Location")
                if response.status in REDIRECTS and target:
                    current = _joined(current, target)
                    continue
                return Snapshot(
                    address=address,
                    final_address=current,
                    purpose=purpose,
                    fetched_at=now,
                    status=response.status,
                    charset=response.charset,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    body=Body.of(await self._read(response, address)),
                )
        raise FetchError("too_many_redirects", f"{address} redirects more than {MAX_REDIRECTS} times.")

    def _check(self, address: str) -> URL:
        """The address as it is connected to; what is no web address is refused.

        A host written as a number is checked here, a name when it is resolved. It is checked as the client will read it:
        full-width digits and ideographic full stops are a number too.
        """
        try:
            url = URL(address)
            port = url.port
        except ValueError as error:
            raise FetchError("bad_address", f"{address!r} is no web address: {error}.") from error
        if url.scheme not in {"http", "https"} or not url.raw_host or port is None:
            raise FetchError("bad_address", f"{address!r} is no web address; it must begin with http:// or https://.")
        check_host(str(url), self.settings.allowed_networks)
        return url

    async def _read(self, response: aiohttp.ClientResponse, address: str) -> bytes:
        limit = self.settings.fetch_max_bytes
        raw = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            raw += chunk
            if len(raw) > limit:
                raise FetchError("too_large", f"{address} is larger than {limit} bytes.")
        return _decoded(bytes(raw), response.headers.get("Content-Encoding", ""), limit, address)


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError as error:
        raise FetchError("bad_address", f"{address} redirects to {target!r}, which is no web address: {error}.") from error


def _decoded(raw: bytes, encoding: str, limit: int, address: str) -> bytes:
    """Undo one compression, for servers that compress unasked; bounded, since a few bytes can become gigabytes."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return raw
    windows = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
    if name not in windows:
        raise FetchError("bad_encoding", f"{address} is encoded as {encoding!r}, which we did not ask for and do not read.")
    unpack = zlib.decompressobj(windows[name])
    try:
        content = unpack.decompress(raw, limit + 1)
    except zlib.error as error:
        raise FetchError("bad_encoding", f"{address} is damaged: {error}.") from error
    if len(content) > limit:
        raise FetchError("too_large", f"{address} is larger than {limit} bytes when unpacked.")
    if not unpack.eof:
        raise FetchError("bad_encoding", f"{address} is damaged: it ends before its compressed content does.")
    return content
