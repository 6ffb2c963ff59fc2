"""robots.txt: what it forbids, what it leaves open, and what counts when it cannot be read (RFC 9309)."""

import asyncio
import time

import pytest
from yarl import URL

from scrapers.politeness import Politeness
from scrapers.robots import LARGEST, LIFETIME, RETRY, Robots
from scrapers.trouble import FetchError
from settings.config import Settings

PAGE = "https://muster.invalid/presse/meldung?id=1"


class Site:
    """A host with a robots.txt; counts how often it is asked for."""

    def __init__(self, content=b"", status=200):
        self.content, self.status = content, status
        self.now = 1000.0
        self.asked = []
        self.politeness = Politeness(Settings(_env_file=None), clock=lambda: self.now)
        self.robots = Robots(self.fetch, self.politeness)

    async def fetch(self, url):
        self.asked.append(str(url))
        await asyncio.sleep(0)
        if isinstance(self.content, Exception):
            raise self.content
        return self.status, self.content

    def trouble(self, address=PAGE):
        """What forbids a page; None if it may be visited."""
        try:
            asyncio.run(self.robots.require(URL(address)))
        except FetchError as error:
            return error
        return None

    def delay(self):
        return self.politeness._hosts["muster.invalid:443"].delay


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"user-agent: *\ndisallow: /presse/", False),
        (b"User-agent: *\nDisallow: /presse/\nAllow: /presse/meldung", True),
        (b"User-agent: *\nDisallow: /*?id=", False),
        (b"User-agent: *\nDisallow: /*.pdf$", True),
        (b"User-agent: beimwort\nDisallow: /presse", False),
        (b"User-agent: BeimWort\nDisallow: /presse", False),
        (b"User-agent: beimwort/0.1\nDisallow: /presse", False),
        (b"User-agent: other\nUser-agent: beimwort\nDisallow: /presse", False),
        (b"User-agent: beimwort\nUser-agent: other\nDisallow: /presse", False),
        (b"User-agent: beimwort\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: beimwort\nAllow: /", True),
        (b"User-agent: otherbot\nDisallow: /", True),
        (b"User-agent: other\nDisallow: /\nUser-agent: another\nDisallow: /", True),
        (b"User agent beimwort\nDisallow /", False),
        (b"User-agent: bot\nUser-agent: wort\nDisallow: /", True),
        (b"Disallow: /", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (b"User-agent: * # all\r\nDisallow: / # nothing\r\n", False),
        (b"\xff\xfe rubbish \x00\nUser-agent: *\nDisallow: /presse", False),
        (b"<!doctype html><title>Seite nicht gefunden</title>", True),
    ],
)
def test_what_a_file_says_is_obeyed(content, allowed):
    error = Site(content).trouble()
    assert (error is None) is allowed
    if error is not None:
        assert error.kind == "blocked"
        assert error.host is None
        assert str(error) == f"https://muster.invalid/robots.txt does not allow beimwort to visit {PAGE}; it is not visited."


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_host_without_a_file_allows_everything(status):
    assert Site(b"User-agent: *\nDisallow: /", status).trouble() is None


@pytest.mark.parametrize("status", [500, 502, 503, 429, 304])
def test_a_file_that_cannot_be_read_is_a_no_for_this_run_only(status):
    site = Site(b"", status)
    error = site.trouble()
    assert (error.kind, error.host) == ("blocked", "muster.invalid:443")
    assert f"https://muster.invalid/robots.txt answered with status {status}" in str(error)
    assert "a later run tries again" in str(error)
    site.trouble()
    assert len(site.asked) == 1
    site.status = 200
    site.now += RETRY + 1
    assert site.trouble() is None


@pytest.mark.parametrize("kind", ["timeout", "broken_off", "bad_answer", "bad_encoding", "too_large"])
def test_a_file_that_does_not_come_is_a_no(kind):
    error = Site(FetchError(kind, "It did not come.")).trouble()
    assert (error.kind, error.host) == ("blocked", "muster.invalid:443")
    assert str(error).startswith("It did not come. Without a readable robots.txt")


@pytest.mark.parametrize("kind", ["unreachable", "tls", "refused_address", "resting", "deferred"])
def test_a_host_that_cannot_be_reached_is_called_so_and_nothing_of_it_is_asked(kind):
    assert Site(FetchError(kind, "No way.")).trouble().kind == kind


def test_a_file_that_redirects_in_a_circle_is_none():
    assert Site(FetchError("too_many_redirects", "In a circle.")).trouble() is None


def test_a_file_is_asked_for_once_a_day_and_host_even_by_many_at_once():
    site = Site()

    async def many():
        await asyncio.gather(*(site.robots.require(URL(f"https://muster.invalid/{n}")) for n in range(50)))
        await site.robots.require(URL("http://muster.invalid/"))
        await site.robots.require(URL("https://muster.invalid:8443/"))

    asyncio.run(many())
    assert site.asked == [
        "https://muster.invalid/robots.txt",
        "http://muster.invalid/robots.txt",
        "https://muster.invalid:8443/robots.txt",
    ]
    site.now += LIFETIME - 1
    site.trouble()
    assert len(site.asked) == 3
    site.content = b"User-agent: *\nDisallow: /"
    site.now += 2
    assert site.trouble().kind == "blocked"
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    ("said", "delay"),
    [
        (b"Crawl-delay: 10", 10),
        (b"Crawl-delay: 1.5", 1.5),
        (b"Crawl-delay: 86400", 60),
        (b"Crawl-delay: -5", 0),
        (b"Crawl-delay: nan", 0),
        (b"Request-rate: 1/20", 20),
        (b"Request-rate: 1/5m", 60),
        (b"Crawl-delay: 3\nRequest-rate: 1/2", 3),
        (b"", 0),
    ],
)
def test_a_crawl_delay_is_honoured_up_to_a_minute(said, delay):
    site = Site(b"User-agent: *\n" + said + b"\nDisallow: /x")
    assert site.trouble() is None
    assert site.delay() == delay


def test_a_delay_that_is_for_others_is_not_ours():
    site = Site(b"User-agent: other\nCrawl-delay: 30\n\nUser-agent: *\nDisallow: /x")
    assert site.trouble() is None
    assert site.delay() == 0


def test_what_stands_beyond_the_limit_is_not_read():
    site = Site(b"#" * LARGEST + b"\nUser-agent: *\nDisallow: /")
    assert site.trouble() is None


@pytest.mark.parametrize(
    "agent", ["User-agent: a{}", "user agent a{}", "  USER-AGENT : a{}", "Useragent a{}", "User  -  Agent:a{}"]
)
def test_thousands_of_agents_and_rules_take_no_time(agent):
    lines = [agent.format(n) for n in range(11_000)] + [f"Disallow: /{n}" for n in range(11_000)]
    site = Site("\n".join([*lines, "User-agent: beimwort", "Disallow: /presse"]).encode())
    began = time.perf_counter()
    assert site.trouble().kind == "blocked"
    assert time.perf_counter() - began < 5


def test_hosts_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("scrapers.robots.MOST_HOSTS", 3)
    site = Site()
    for number in range(10):
        site.trouble(f"https://{number}.invalid/")
        site.now += LIFETIME + 1
    assert len(site.robots._sites) <= 4
