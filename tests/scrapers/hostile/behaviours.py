"""How hosts misbehave, and how a visit to each has to end: one table, read by the test and by `tests/drills/hostile.py`.

An answer is a function that is given the request and the connection and writes whatever it likes.
"""

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

MOST_BYTES = 200_000  # the limit of the test; the drill may set the product's own
TEXT = "Die Fraktion fordert für Größere Moore in Musterland im kommenden Jahr 25 Millionen Euro und sonst nichts weiter."
FORGED = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"


@dataclass
class Request:
    """What a host was asked."""

    path: str
    headers: dict[str, str]
    number: int  # how often this path was asked for, from 1


Answer = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Behaviour:
    """One host: how it answers for the page `at` (release, list or robots), and how the run of its source must end."""

    name: str
    answer: Answer
    outcome: str  # `models.words.Outcome`; not imported, so that the hosts start at once
    kind: str = ""
    says: str = ""  # words of the first issue
    at: str = "release"
    tls: bool = False
    https: bool = False
    feed: bool = False

    @property
    def is_slow(self) -> bool:
        """Whether it ends with the time it is given."""
        return self.says.startswith("did not answer")


def head(status: str = "200 OK", *lines: str, length: int | None = None) -> bytes:
    told = [f"Content-Length: {length}"] if length is not None else []
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, *told, "", ""]).encode("utf-8", "surrogateescape")


def says(body: bytes | str, *lines: str, status: str = "200 OK", html: bool = True) -> Answer:
    """A whole and proper answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = ("Content-Type: text/html; charset=utf-8", *lines) if html else lines

    async def answer(_request, writer):
        writer.write(head(status, *lines, length=len(content)) + content)

    return answer


def raw(*parts: bytes, pause: float = 0.0) -> Answer:
    """Just these bytes, then the end of the connection."""

    async def answer(_request, writer):
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        writer.close()

    return answer


def for_ever(start: bytes, part: bytes, pause: float = 0.0) -> Answer:
    """The same bytes again and again."""

    async def answer(_request, writer):
        writer.write(start)
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def redirect(to: str, status: str = "302 Found") -> Answer:
    return says(b"", f"Location: {to}", status=status)


def once(trouble: Answer, then: Answer) -> Answer:
    """A host that misbehaves the first time only."""

    async def answer(request, writer):
        await (trouble if request.number == 1 else then)(request, writer)

    return answer


async def silent(_request, _writer):
    await asyncio.sleep(60)


async def reset(_request, writer):
    writer.write(head(length=5000) + b"<h1>halb")
    await writer.drain()
    # With this the kernel sends RST instead of FIN.
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def further(request, writer):
    await redirect(f"/presse/meldung/{request.path.count('/')}{request.path}")(request, writer)


async def endless_list(request, writer):
    page = int(request.path.partition("?p=")[2] or 1)
    body = f'<p class="t"><a href="/presse/meldung?{page}">x</a></p><a class="next" href="/presse/?p={page + 1}">mehr</a>'
    await says(body)(request, writer)


def page(title: str = "Größere Moore", text: str = TEXT) -> str:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><time>5. Januar 2026</time><p>{text}</p>"


GOOD = says(page())
LIST = '<h1>Presse</h1><p class="t"><a href="/presse/meldung">Größere Moore</a></p>'
WALL = (
    "<title>Fraktion Musterland</title><div><h2>Wir verwenden Cookies</h2><p>Diese Website verwendet Cookies und andere Dienste, damit sie "
    "funktioniert. Mit Ihrer Einwilligung auch solche von Drittanbietern.</p><button>Alle akzeptieren</button> <button>Ablehnen</button></div>"
)
GZIP, DEFLATE = "Content-Encoding: gzip", "Content-Encoding: deflate"
CHUNKED = head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked")
HTML = head("200 OK", "Content-Type: text/html")
ZEROS = b"0" * 20_000_000
BOMB = gzip.compress(ZEROS, 1)
LATER = format_datetime(datetime.now(UTC) + timedelta(hours=3), usegmt=True)
AGENTS = "".join(f"User-agent: bot{n}\n" for n in range(5000)) + "".join(f"Disallow: /{n}\n" for n in range(5000))

FAILED, BLOCKED, SUSPECT, NEW = "failed", "blocked", "suspect", "ok_new"

BEHAVIOURS = (
    Behaviour("a host that behaves", GOOD, NEW),
    # Slow, endless, huge
    Behaviour("headers drip", for_ever(b"HTTP/1.1 200 OK\r\n", b"X: x\r\n", 0.3), FAILED, "timeout", "did not answer in full within"),
    Behaviour("body drips", for_ever(head(length=100_000), b"x", 0.05), FAILED, "timeout", "did not answer in full within"),
    Behaviour("says nothing", silent, FAILED, "timeout", "did not answer"),
    Behaviour("endless body", for_ever(HTML, b"<p>und so weiter</p>" * 1000), FAILED, "too_large", "is larger than"),
    Behaviour("huge body", raw(head(length=50 * MOST_BYTES * 100), b"x" * 1000), FAILED, "too_large", "it says 1000000000"),
    Behaviour("endless chunks", for_ever(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"), FAILED, "too_large", "is larger than"),
    Behaviour("endless page of an error", for_ever(head("404 Not Found"), b"x" * 1000), FAILED, "listed_but_missing", "not there"),
    Behaviour("interim answers drip", for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05), FAILED, "timeout", "did not answer"),
    Behaviour("endless interim answers", for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), FAILED, "too_large", "sends more bytes"),
    # Compressed
    Behaviour("gzip bomb", says(BOMB, GZIP), FAILED, "too_large", "when unpacked"),
    Behaviour("double gzip bomb", says(gzip.compress(BOMB), "Content-Encoding: gzip, gzip"), FAILED, "bad_encoding", "'gzip, gzip'"),
    Behaviour("double gzip bomb in two headers", says(gzip.compress(BOMB), GZIP, GZIP), FAILED, "bad_encoding", "'gzip, gzip'"),
    Behaviour("gzip bomb of many parts", says(gzip.compress(b"") * 5000, GZIP), FAILED, "bad_encoding", "compressed parts"),
    Behaviour("deflate bomb", says(zlib.compress(ZEROS, 1), DEFLATE), FAILED, "too_large", "when unpacked"),
    Behaviour("deflate rubbish", says(b"\x07rubbish" * 50, DEFLATE), FAILED, "bad_encoding", "is damaged"),
    Behaviour("gzip that ends early", says(gzip.compress(page().encode())[:-20], GZIP), FAILED, "bad_encoding", "ends before"),
    Behaviour("gzip that is none", says(page(), GZIP), FAILED, "bad_encoding", "is damaged"),
    Behaviour("brotli unasked", says(b"\x0b\x02\x80", "Content-Encoding: br"), FAILED, "bad_encoding", "'br'"),
    Behaviour("gzip unasked", says(gzip.compress(page().encode()), GZIP), NEW),
    Behaviour("deflate without its header", says(zlib.compress(page().encode())[2:-4], DEFLATE), NEW),
    # Broken connections, no proper HTTP
    Behaviour("reset in the body", reset, FAILED, "broken_off", "broke off"),
    Behaviour("reset, then fine", once(reset, GOOD), NEW),
    Behaviour("length too long", raw(head(length=9999) + b"<h1>halb"), FAILED, "broken_off", "broke off"),
    Behaviour("length too short", raw(head(length=10) + page().encode()), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("an answer behind the answer", raw(head(length=4) + b"<h1>" + FORGED.encode()), FAILED, "selector_found_nothing"),
    Behaviour("two lengths", raw(head("200 OK", "Content-Length: 3", length=9) + b"abc"), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("closes without a word", raw(), FAILED, "broken_off", "broke off"),
    Behaviour("another protocol", raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("bad status line", raw(b"HTTP/1.1 zweihundert OK\r\n\r\n"), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("huge header", raw(head("200 OK", "X: " + "x" * 100_000)), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("header without end", for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 10_000), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("thousands of headers", raw(head("200 OK", *(f"X-{n}: x" for n in range(5000)))), FAILED, "bad_answer"),
    Behaviour("headers that are not UTF-8", says(page(), "X-Ort: M\udcfcnchen"), NEW),
    Behaviour("rubbish for chunks", raw(CHUNKED + b"zz\r\nrubbish\r\n"), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("a chunk beyond all numbers", raw(CHUNKED + b"f" * 40 + b"\r\nx"), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("chunk extension without end", for_ever(CHUNKED + b"5;", b"x" * 10_000), FAILED, "too_large", "sends more bytes"),
    Behaviour("trailers without end", for_ever(CHUNKED + b"0\r\n", b"X: x\r\n" * 1000), FAILED, "bad_answer", "no proper HTTP"),
    Behaviour("switches protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), FAILED, "bad_status"),
    # Redirects
    Behaviour("redirects in a circle", redirect("/presse/meldung"), FAILED, "too_many_redirects", "in a circle"),
    Behaviour("redirects without end", further, FAILED, "too_many_redirects", "more than 5 times"),
    Behaviour("redirects into a private network", redirect("http://10.0.0.1/"), FAILED, "refused_address", "BEIMWORT_ALLOWED_NETWORKS"),
    Behaviour("redirects to the cloud's metadata", redirect("http://[::ffff:169.254.169.254]/"), FAILED, "refused_address"),
    Behaviour("redirects to a number", redirect("http://2852039166/"), FAILED, "bad_address", "2852039166"),
    Behaviour("redirects to a file", redirect("file:///etc/passwd"), FAILED, "bad_address", "file:///etc/passwd"),
    Behaviour("redirects to nowhere", says(b"", status="301 Moved Permanently"), FAILED, "bad_answer", "without saying where to"),
    Behaviour("redirects to nobody", redirect("http://127.0.0.1:9/"), FAILED, "unreachable", "cannot be reached"),
    # Pages that are none
    Behaviour("error page with status 200", says(page("Es ist ein Fehler aufgetreten")), SUSPECT, "error_page", "status is 200"),
    Behaviour("cookie wall", says(WALL), SUSPECT, "consent_wall", "accept cookies"),
    Behaviour("checks for robots", says(page("Just a moment...")), SUSPECT, "robot_check", "whether we are a person"),
    Behaviour("soft 404", says(page("Seite nicht gefunden")), FAILED, "listed_but_missing", "not there"),
    Behaviour("a release leads to the list", redirect("/presse/"), FAILED, "listed_but_missing", "not there"),
    Behaviour("empty body", says(b""), FAILED, "empty", "empty page"),
    Behaviour("a PDF", says(b"%PDF-1.7", "Content-Type: application/pdf", html=False), FAILED, "wrong_type", "application/pdf"),
    Behaviour("a picture called HTML", says(b"\x89PNG\r\n\x1a\n"), FAILED, "wrong_type", "a picture"),
    Behaviour("bytes of no type", says(b"\0\1\2" * 99, html=False), FAILED, "wrong_type", "binary data"),
    # Charsets
    Behaviour("invalid UTF-8", says(page(text=TEXT * 9).encode() + b"<p>\xff</p>"), NEW),
    Behaviour("windows-1252 called UTF-8", says(page().encode("cp1252")), NEW),
    Behaviour("a charset nobody knows", says(page(), "Content-Type: text/html; charset=klingon", html=False), NEW),
    # Statuses
    *(Behaviour(f"status {n}", says("nein", status=f"{n} X"), BLOCKED, "denied", f"status {n}") for n in (401, 403, 429, 451)),
    *(Behaviour(f"status {n}", says("nein", status=f"{n} X"), FAILED, "listed_but_missing", "not there") for n in (404, 410)),
    *(Behaviour(f"status {n}", says("nein", status=f"{n} X"), FAILED, "bad_status", f"status {n}") for n in (206, 300, 418, 500, 503)),
    Behaviour("304 unasked", says(b"", status="304 Not Modified"), FAILED, "bad_answer", "did not ask for changes"),
    Behaviour("500, then fine", once(says("kurz", status="500 X"), GOOD), NEW),
    Behaviour("429 for a moment", once(says("", "Retry-After: 0", status="429 X"), GOOD), NEW),
    Behaviour("429 for an hour", says("", "Retry-After: 3600", status="429 X"), BLOCKED, "deferred", "asked again in 60 minutes"),
    Behaviour("503 until a date", says("", f"Retry-After: {LATER}", status="503 X"), BLOCKED, "deferred", "asked again in 3 hours"),
    # Lists
    Behaviour("a feed that is not XML", says("<rss><item>kein"), FAILED, "selector_found_nothing", at="list", feed=True),
    Behaviour("a list of nothing", says(page()), FAILED, "selector_found_nothing", "found 0", at="list"),
    Behaviour("a list behind a cookie wall", says(WALL), SUSPECT, "consent_wall", "accept cookies", at="list"),
    Behaviour("a list that is denied", says("nein", status="403 X"), BLOCKED, "denied", "status 403", at="list"),
    Behaviour("a list that says nothing", silent, FAILED, "timeout", "did not answer", at="list"),
    Behaviour("a list that goes on for ever", endless_list, NEW, at="list"),
    Behaviour(
        "a list that leads to itself", says(LIST + '<a class="next" href="/presse/">mehr</a>'), NEW, "list_circles", "says that it goes on", at="list"
    ),
    # TLS
    Behaviour("a certificate nobody knows", GOOD, FAILED, "tls", "self-signed certificate", tls=True, https=True),
    Behaviour("no TLS where it is asked for", GOOD, FAILED, "tls", "WRONG_VERSION_NUMBER", https=True),
    # robots.txt
    Behaviour("robots: no", says("User-agent: *\nDisallow: /presse"), BLOCKED, "blocked", "robots.txt does not allow", at="robots"),
    Behaviour("robots: not this page", says("User-agent: beimwort\nDisallow: /*meldung"), BLOCKED, "blocked", "/presse/meldung", at="robots"),
    Behaviour("robots: others", says("User-agent: *\nDisallow: /\n\nUser-agent: beimwort\nDisallow:"), NEW, at="robots"),
    Behaviour("robots: broken", says("", status="500 X"), BLOCKED, "blocked", "robots.txt answered with status 500", at="robots"),
    Behaviour("robots: reset", reset, BLOCKED, "blocked", "broke off", at="robots"),
    Behaviour("robots: silent", silent, BLOCKED, "blocked", "did not answer", at="robots"),
    Behaviour("robots: damaged", says(b"x", GZIP), BLOCKED, "blocked", "is damaged", at="robots"),
    Behaviour("robots: denied", says("", status="403 X"), NEW, at="robots"),
    Behaviour("robots: endless", for_ever(HTML, b"# und so weiter\n" * 1000), NEW, at="robots"),
    Behaviour("robots: thousands of agents and rules", says(AGENTS), NEW, at="robots"),
    Behaviour("robots: in a circle", redirect("/robots.txt"), NEW, at="robots"),
    Behaviour("robots: a web page", says(page("Seite nicht gefunden")), NEW, at="robots"),
)  # fmt: skip
