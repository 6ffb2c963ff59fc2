"""One question and one answer over HTTP, each bounded: seconds, bytes on the wire, bytes unpacked, length and number of headers.

The address that is really connected to is checked just before connecting, whatever name or redirect led there. Bytes are counted
where they come out of the socket: chunk extensions or interim answers without end are no body and still end.
"""

import asyncio
import errno
import socket
import ssl
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from scrapers.content import unfit_type
from scrapers.trouble import FetchError, shown
from scrapers.unpack import Unpacker
from settings.config import Settings
from settings.guard import GuardedResolver
from settings.networks import PrivateAddressError, check_address

SUCCESS = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024
AT_ONCE = 32 * 1024  # bytes taken from a socket before everybody else has a turn: they may be thousands of interim answers
LONGEST_HEADER = 8 * 1024  # characters of one header or of the status line
MOST_HEADERS = 128
OVERHEAD = 256 * 1024  # bytes on the wire beside twice the body: headers, TLS, chunks
FORM = "application/x-www-form-urlencoded"
NOTE = 64 * 1024  # bytes kept of an answer that is no success: enough to see what it says


@dataclass(slots=True)
class Terms:
    """What one question may cost; `seconds` is what is left for all questions of one visit and gets less with each."""

    seconds: float
    of_seconds: float = field(init=False)
    max_bytes: int
    cut: bool = False  # a longer body is cut, not refused
    pages_only: bool = False  # a PDF or picture is refused before its body comes
    packed: bool = False  # but a file in gzip is taken, as it is: sitemaps come so

    def __post_init__(self) -> None:
        self.of_seconds = self.seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    charset: str | None
    content: bytes


@dataclass(slots=True, weakref_slot=True)
class _Meter:
    """How many bytes a host may still send in answer to one question."""

    left: int = 0


class _MeteredSocket(socket.socket):
    """A socket that ends when its host has sent more than it may."""

    meter: _Meter

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        data = super().recv(min(size, AT_ONCE), flags)
        self._count(len(data))
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0, /) -> int:
        taken = super().recv_into(buffer, min(size or len(buffer), AT_ONCE), flags)
        self._count(taken)
        return taken

    def _count(self, taken: int) -> None:
        self.meter.left -= taken
        if self.meter.left < 0:
            raise ConnectionAbortedError(errno.ECONNABORTED, "too many bytes")


_meter: ContextVar[_Meter] = ContextVar("_meter")


class Wire:
    """The HTTP client. Open it, ask, close it; every `FetchError` names the address."""

    def __init__(self, settings: Settings, user_agent: str) -> None:
        """Prepare; nothing is opened yet."""
        self.settings = settings
        self.user_agent = user_agent
        self._session: aiohttp.ClientSession | None = None
        # Of each connection; there is one a host, which may answer several questions.
        self._meters: WeakValueDictionary[str, _Meter] = WeakValueDictionary()

    def open(self) -> None:
        """Make ready to ask. Needs a running event loop."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=GuardedResolver(self.settings.allowed_networks),
                socket_factory=self._socket,
                use_dns_cache=False,
                limit=self.settings.fetch_at_once,
                limit_per_host=1,
            ),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": "identity", "Accept-Language": "de"},
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.settings.fetch_connect_timeout),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            trust_env=False,  # a proxy from the environment would hide whom we connect to
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, url: URL, terms: Terms, conditions: Mapping[str, str], form: str | None = None) -> Answer:
        """The answer to one GET, or to a POST of a form; redirects are answers like any other. Raises `FetchError`."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        meter = self._meters.setdefault(f"{url.scheme}://{url.raw_host}:{url.port}", _Meter())
        meter.left = 2 * terms.max_bytes + OVERHEAD
        _meter.set(meter)
        try:
            async with asyncio.timeout(max(terms.seconds, 0)):
                return await self._ask(url, terms, conditions, form)
        except aiohttp.ConnectionTimeoutError as error:
            seconds = self.settings.fetch_connect_timeout
            raise FetchError("unreachable", f"{url} did not take a connection within {seconds:g} seconds.") from error
        except TimeoutError as error:
            raise FetchError("timeout", f"{url} did not answer in full within {terms.of_seconds:g} seconds.") from error
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            raise FetchError("tls", f"{url}: the certificate or the encryption is not valid ({_of_tls(error)}).") from error
        except PrivateAddressError as error:
            raise FetchError("refused_address", f"{url}: {error}") from error
        except (aiohttp.InvalidURL, UnicodeError) as error:
            raise FetchError("bad_address", f"{str(url)!r} is no web address: {shown(error)}.") from error
        except aiohttp.ClientConnectorError as error:
            raise FetchError("unreachable", f"{url} cannot be reached: {shown(error.strerror or error)}.") from error
        except aiohttp.ClientResponseError as error:
            raise FetchError("bad_answer", f"{url} answers with what is no proper HTTP: {shown(error.message)}.") from error
        except (aiohttp.ClientError, OSError) as error:
            if meter.left < 0:
                raise FetchError("too_large", f"{url} sends more bytes than a page of {terms.max_bytes} bytes needs.") from error
            raise FetchError("broken_off", f"The connection to {url} broke off: {shown(error)}.") from error
        finally:
            terms.seconds -= loop.time() - began

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """The socket for just the address that is connected to."""
        family, kind, protocol, _, address = info
        check_address(str(address[0]), self.settings.allowed_networks)
        metered = _MeteredSocket(family, kind, protocol)
        metered.meter = _meter.get()
        return metered

    async def _ask(self, url: URL, terms: Terms, conditions: Mapping[str, str], form: str | None) -> Answer:
        assert self._session is not None, "use `async with Fetcher(...)`"
        method, headers = ("GET", conditions) if form is None else ("POST", {**conditions, "Content-Type": FORM})
        async with self._session.request(method, url, headers=headers, data=form, allow_redirects=False) as response:
            # Header values need not be UTF-8, but what is stored has to be.
            said = {
                name.lower(): value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                for name, value in response.headers.items()
            }
            content = b"" if response.status in REDIRECTS else await self._read(url, response, terms)
            return Answer(response.status, said, response.charset, content)

    async def _read(self, url: URL, response: aiohttp.ClientResponse, terms: Terms) -> bytes:
        """The body, unpacked: whole if the answer is a success, else the beginning, damaged or not."""
        if response.status != SUCCESS:
            try:
                return await _body(url, response, NOTE, cut=True)
            except FetchError:
                return b""
        if terms.pages_only and (name := unfit_type(response.headers.get("Content-Type", ""), packed=terms.packed)):
            raise FetchError("wrong_type", f"{url} is no page but {name}; link to a page, or correct the declaration.")
        return await _body(url, response, terms.max_bytes, cut=terms.cut)


async def _body(url: URL, response: aiohttp.ClientResponse, limit: int, *, cut: bool) -> bytes:
    length = response.headers.get("Content-Length", "")
    if not cut and length.isdecimal() and int(length) > limit:
        raise FetchError("too_large", f"{url} is larger than {limit} bytes; it says {length}.")
    body = Unpacker(str(url), response.headers.getall("Content-Encoding", []), limit, cut=cut)
    async for chunk in response.content.iter_chunked(CHUNK):
        body.feed(chunk)
        if body.full:  # cut: what is left on the wire is not waited for
            break
    return body.close()


def _of_tls(error: Exception) -> str:
    """What is wrong with a certificate, as OpenSSL says it."""
    inner = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return shown(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or inner)
