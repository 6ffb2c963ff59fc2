"""The client against a server of our own on loopback; no test opens any other connection."""

import asyncio
import gzip
import socket
import zlib
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from models.words import SnapshotPurpose
from scrapers.fetch import MAX_REDIRECTS, Fetcher, FetchError
from scrapers.politeness import Politeness
from settings.config import Settings

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAGE = "<h1>Größere Moore für Musterland</h1>".encode()
LIMIT = 100_000


def settings(**values):
    given = {"allowed_networks": "127.0.0.0/8", "host_pause": 0, "fetch_timeout": 5, "fetch_max_bytes": LIMIT, "fetch_tries": 1}
    return Settings(_env_file=None, **(given | values))


async def ok(_request):
    return web.Response(body=PAGE, headers={"Content-Type": "text/html; charset=ISO-8859-1", "ETag": '"7"'})


async def missing(_request):
    return web.Response(status=404, text="Nicht gefunden")


async def unchanged(_request):
    return web.Response(status=304)


async def slow(_request):
    await asyncio.sleep(30)
    return web.Response()


async def hop(request):
    left = int(request.match_info["left"])
    return web.Response(status=302, headers={"Location": f"/hop/{left - 1}" if left else "../ok"})


async def loop(_request):
    return web.Response(status=301, headers={"Location": "/loop"})


async def elsewhere(request):
    return web.Response(status=307, headers={"Location": request.query["to"]})


async def huge(_request):
    return web.Response(body=b"x" * (LIMIT + 1))


async def full(_request):
    return web.Response(body=b"x" * LIMIT)


async def endless(request):
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"<p>und so weiter</p>" * 1000)


async def encoded(request):
    body = {
        "gzip": gzip.compress(PAGE),
        "deflate": zlib.compress(PAGE),
        "bomb": gzip.compress(b"0" * 5_000_000),
        "torn": gzip.compress(PAGE)[:-12],
        "none": PAGE,
    }[request.query["body"]]
    return web.Response(body=body, headers={"Content-Encoding": request.query["as"], "Content-Type": "text/html"})


ROUTES = {
    "/ok": ok,
    "/missing": missing,
    "/unchanged": unchanged,
    "/slow": slow,
    "/hop/{left}": hop,
    "/loop": loop,
    "/elsewhere": elsewhere,
    "/huge": huge,
    "/full": full,
    "/endless": endless,
    "/encoded": encoded,
}


@asynccontextmanager
async def press_site(asked):
    """A site whose pages misbehave by name; `asked` collects the requests, but for robots.txt, which it does not have."""

    @web.middleware
    async def note(request, handler):
        if request.path != "/robots.txt":
            asked.append(request)
        return await handler(request)

    app = web.Application(middlewares=[note])
    for path, handler in ROUTES.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_site(answer):
    """A server that says `answer(writer)` and nothing of HTTP's rules, but for a robots.txt that it does not have."""

    async def speak(reader, writer):
        try:
            asked = await reader.readuntil(b"\r\n\r\n")
            if asked.startswith(b"GET /robots.txt "):
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                await answer(writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def fetched(path, *, host="127.0.0.1", asked=None, **values):
    """What the client makes of a page of the press site."""

    async def run():
        async with press_site(asked if asked is not None else []) as port, Fetcher(settings(**values)) as fetcher:
            return await fetcher.get(f"http://{host}:{port}{path}", SnapshotPurpose.RELEASE, NOW)

    return asyncio.run(run())


def trouble(path, **values):
    with pytest.raises(FetchError) as caught:
        fetched(path, **values)
    return caught.value


def trouble_with(answer, **values):
    async def run():
        async with raw_site(answer) as port, Fetcher(settings(**values)) as fetcher:
            await fetcher.get(f"http://127.0.0.1:{port}/", SnapshotPurpose.LIST, NOW)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    return caught.value


def test_a_page_is_kept_exactly_as_served():
    snapshot = fetched("/ok")
    assert snapshot.content == PAGE
    assert snapshot.status == 200
    assert snapshot.charset == "ISO-8859-1"
    assert snapshot.headers["etag"] == '"7"'
    assert snapshot.fetched_at == NOW
    assert snapshot.purpose is SnapshotPurpose.RELEASE
    assert snapshot.address == snapshot.final_address


def test_a_page_that_is_missing_is_a_snapshot_too():
    snapshot = fetched("/missing")
    assert (snapshot.status, snapshot.content) == (404, b"Nicht gefunden")


def test_the_client_says_who_it_is_and_whom_to_ask():
    asked = []
    fetched("/ok", asked=asked, contact="desk@muster.invalid")
    assert asked[0].headers["User-Agent"].startswith("beimwort/")
    assert asked[0].headers["User-Agent"].endswith(" (+desk@muster.invalid)")
    assert asked[0].headers["Accept-Encoding"] == "identity"
    assert "Cookie" not in asked[0].headers


def test_a_chain_of_redirects_is_followed_to_its_end():
    snapshot = fetched(f"/hop/{MAX_REDIRECTS - 1}")
    assert snapshot.content == PAGE
    assert snapshot.address.endswith(f"/hop/{MAX_REDIRECTS - 1}")
    assert snapshot.final_address.endswith("/ok")


@pytest.mark.parametrize(("path", "requests"), [(f"/hop/{MAX_REDIRECTS}", MAX_REDIRECTS + 1), ("/loop", 1)])
def test_too_many_redirects_end_and_a_circle_at_once(path, requests):
    asked = []
    assert trouble(path, asked=asked).kind == "too_many_redirects"
    assert len(asked) == requests


def test_trouble_behind_a_redirect_names_the_page_that_leads_there():
    assert str(trouble("/elsewhere?to=http://10.0.0.1/")).endswith("/elsewhere?to=http://10.0.0.1/ leads there.")


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "//10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://[::ffff:10.0.0.1]/"],
)
def test_a_redirect_into_a_private_network_is_refused(target):
    error = trouble(f"/elsewhere?to={target}")
    assert error.kind == "refused_address"
    assert "BEIMWORT_ALLOWED_NETWORKS" in str(error)


@pytest.mark.parametrize(
    "target", ["ftp://muster.invalid/", "file:///etc/hostname", "javascript:alert(1)", "http://[", "http://a:b/"]
)
def test_a_redirect_to_no_web_address_is_refused(target):
    assert trouble(f"/elsewhere?to={target}").kind == "bad_address"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "0x7f.1", "１２７.0.0.1", "127。0。0。1"])
def test_loopback_is_refused_in_every_spelling_unless_it_is_allowed(host):
    asked = []
    assert trouble("/ok", host=host, asked=asked, allowed_networks="").kind == "refused_address"
    assert asked == []


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0177.0.0.1", "0", "１２７.１", "127.0.0.1."])
@pytest.mark.parametrize("networks", ["", "127.0.0.0/8"])
def test_a_number_that_is_no_proper_address_is_never_visited(host, networks):
    asked = []
    assert trouble("/ok", host=host, asked=asked, allowed_networks=networks).kind in {"bad_address", "refused_address"}
    assert asked == []


def test_a_name_that_resolves_to_an_allowed_network_is_visited():
    assert fetched("/ok", host="localhost", allowed_networks="127.0.0.0/8,::1/128").content == PAGE


@pytest.mark.parametrize(
    "address",
    [
        "",
        "muster",
        "/presse",
        "//muster.invalid/",
        "ftp://muster.invalid/",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "http://",
        "http:///presse",
        "http://[",
        "http://[::1",
        "http://muster.invalid:99999/",
        "http://muster.invalid:port/",
        "http://muster..invalid/",
        "http://" + "a" * 70 + ".invalid/",
        "http://ex℀mple/",
        "http://127.1\\@muster.invalid/",
    ],
)
def test_nonsense_is_no_web_address(address):
    async def run():
        async with Fetcher(settings()) as fetcher:
            await fetcher.get(address, SnapshotPurpose.LIST, NOW)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.kind == "bad_address"


def test_a_server_that_is_not_there_is_unreachable():
    async def run():
        async with raw_site(None) as port:
            pass
        async with Fetcher(settings()) as fetcher:
            await fetcher.get(f"http://127.0.0.1:{port}/", SnapshotPurpose.LIST, NOW)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.kind == "unreachable"


def test_a_slow_server_does_not_hold_us():
    error = trouble("/slow", fetch_timeout=0.2)
    assert error.kind == "timeout"
    assert "0.2 seconds" in str(error)


def test_headers_that_drip_do_not_hold_us():
    async def drip(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(1000):
            writer.write(b"X-%d: x\r\n" % number)
            await writer.drain()
            await asyncio.sleep(0.02)

    assert trouble_with(drip, fetch_timeout=0.3).kind == "timeout"


def test_a_body_that_drips_does_not_hold_us():
    async def drip(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    assert trouble_with(drip, fetch_timeout=0.3).kind == "timeout"


@pytest.mark.parametrize("path", ["/endless", "/huge"])
def test_a_page_beyond_the_limit_is_not_taken(path):
    error = trouble(path)
    assert error.kind == "too_large"
    assert str(LIMIT) in str(error)


def test_a_page_of_just_the_limit_is_taken():
    assert len(fetched("/full").content) == LIMIT


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_page_compressed_unasked_is_unpacked(encoding):
    assert fetched(f"/encoded?body={encoding}&as={encoding}").content == PAGE


def test_a_few_bytes_do_not_become_gigabytes():
    error = trouble("/encoded?body=bomb&as=gzip")
    assert error.kind == "too_large"
    assert "unpacked" in str(error)


@pytest.mark.parametrize(
    "query",
    [
        "body=none&as=br",
        "body=none&as=gzip,gzip",
        "body=none&as=klingon",
        "body=none&as=gzip",
        "body=gzip&as=deflate",
        "body=torn&as=gzip",
    ],
)
def test_a_page_that_cannot_be_unpacked_is_an_error(query):
    assert trouble(f"/encoded?{query}").kind == "bad_encoding"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"", "broken_off"),
        (b"HTTP/1.1 200 OK\r\nContent-", "broken_off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabgebrochen", "broken_off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabgebrochen", "broken_off"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "bad_answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "bad_answer"),
    ],
    ids=["nothing", "half a header", "half a body", "half a chunk", "no HTTP", "endless header"],
)
def test_a_connection_that_breaks_and_one_that_speaks_nonsense_are_told_apart(said, kind):
    async def answer(writer):
        writer.write(said)
        await writer.drain()

    error = trouble_with(answer)
    assert error.kind == kind
    assert "127.0.0.1" in str(error)
    assert "\n" not in str(error)


def test_a_name_that_resolves_elsewhere_on_second_thought_is_refused_all_the_same(monkeypatch):
    """DNS rebinding: whatever a resolver said before, the address that is connected to is checked."""

    async def public(_self, _host, port=0, family=0):
        return [
            {"hostname": "rebound.invalid", "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        ]

    monkeypatch.setattr("settings.guard.GuardedResolver.resolve", public)
    asked = []
    assert trouble("/ok", host="rebound.invalid", asked=asked, allowed_networks="").kind == "refused_address"
    assert asked == []


def test_bytes_that_are_no_body_are_counted_too():
    async def extend(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()

    assert trouble_with(extend, fetch_max_bytes=1000).kind == "too_large"


def test_a_host_is_asked_again_when_a_connection_breaks():
    said = [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf", b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"]

    async def answer(writer):
        writer.write(said.pop(0))
        await writer.drain()

    async def run():
        given = settings(fetch_tries=2)
        politeness = Politeness(given, sleep=lambda _seconds: asyncio.sleep(0))
        async with raw_site(answer) as port, Fetcher(given, politeness=politeness) as fetcher:
            return await fetcher.get(f"http://127.0.0.1:{port}/", SnapshotPurpose.LIST, NOW)

    assert asyncio.run(run()).content == b"fine"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "video/mp4"])
def test_what_is_no_page_is_refused_as_a_release_and_taken_as_evidence(kind):
    async def answer(writer):
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 5\r\n\r\nbytes".encode())
        await writer.drain()

    async def evidence():
        async with raw_site(answer) as port, Fetcher(settings()) as fetcher:
            return await fetcher.get(f"http://127.0.0.1:{port}/", SnapshotPurpose.EVIDENCE, NOW)

    error = trouble_with(answer)
    assert error.kind == "wrong_type"
    assert kind in str(error)
    assert asyncio.run(evidence()).content == b"bytes"


def test_an_answer_of_no_change_counts_only_where_it_was_asked_for():
    """A page that now leads elsewhere was not asked for with the validators of that place."""

    async def run():
        async with press_site([]) as port, Fetcher(settings()) as fetcher:
            known = await fetcher.get(f"http://127.0.0.1:{port}/ok", SnapshotPurpose.RELEASE, NOW)
            known.final_address = f"http://127.0.0.1:{port}/elsewhere"
            return await fetcher.get(f"http://127.0.0.1:{port}/unchanged", SnapshotPurpose.RELEASE, NOW, known=known)

    with pytest.raises(FetchError) as caught:
        asyncio.run(run())
    assert caught.value.kind == "bad_answer"


def test_what_says_it_is_html_and_is_not_is_refused():
    async def answer(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n%PDF-")
        await writer.drain()

    assert "a PDF" in str(trouble_with(answer))


def test_two_requests_to_one_host_keep_their_distance():
    async def run():
        clock = asyncio.get_running_loop().time
        async with press_site([]) as port, Fetcher(settings(host_pause=0.2)) as fetcher:
            start = clock()
            await asyncio.gather(*(fetcher.get(f"http://127.0.0.1:{port}/ok", SnapshotPurpose.LIST, NOW) for _ in range(2)))
            return clock() - start

    assert asyncio.run(run()) >= 0.2
