"""When a host is asked and when not, with a clock that only waiting moves."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from yarl import URL

from scrapers.breaker import Breaker
from scrapers.politeness import LONGEST_DEFERRAL, Patience, Politeness, host_of, retry_after
from scrapers.trouble import FetchError, lasting, outcome_of, shown
from settings.config import Settings

HOST = "muster.invalid:80"
WALL = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Played:
    """Politeness with a clock of its own; `said` is what the host answers, the last for ever."""

    def __init__(self, *said, **settings):
        self.now = 1000.0
        self.said = list(said) or [Answer()]
        self.asked = []
        self.slept = []
        self.chance = 0.0
        given = {"host_pause": 0, "fetch_tries": 3, "fetch_patience": 60} | settings
        self.politeness = Politeness(
            Settings(_env_file=None, **given),
            clock=lambda: self.now,
            wall=lambda: WALL,
            sleep=self.sleep,
            chance=lambda: self.chance,
        )

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    async def send(self):
        self.asked.append(self.now)
        said = self.said.pop(0) if len(self.said) > 1 else self.said[0]
        if isinstance(said, Exception):
            raise said
        return said

    def ask(self, host=HOST, patience=60.0):
        return asyncio.run(self.politeness.ask(host, self.send, Patience(patience)))

    def trouble(self, host=HOST, patience=60.0):
        with pytest.raises(FetchError) as caught:
            self.ask(host, patience)
        return caught.value


def down(kind="unreachable"):
    return FetchError(kind, "muster.invalid cannot be reached.")


def test_a_host_is_given_its_pause_and_chance_adds_to_it():
    played = Played(host_pause=2)
    played.ask()
    played.chance = 1.0
    played.ask()
    played.ask()
    assert played.asked == [1000.0, 1002.0, 1005.0]


def test_a_crawl_delay_lengthens_the_pause_and_never_shortens_it():
    played = Played(host_pause=2)
    played.politeness.slow_down(HOST, 10)
    played.ask()
    played.ask()
    played.politeness.slow_down(HOST, 0)
    played.ask()
    played.ask()
    assert played.asked == [1000.0, 1010.0, 1020.0, 1022.0]


def test_one_host_waits_for_nobody_elses_pause():
    played = Played(host_pause=5)
    played.ask()
    played.ask("other.invalid:80")
    assert played.asked == [1000.0, 1000.0]


def test_a_host_is_asked_by_one_visit_at_a_time_and_many_hosts_at_once_within_bounds():
    running = {"a": 0, "b": 0, "c": 0}
    most = {"one host": 0, "all": 0}

    async def run():
        politeness = Politeness(Settings(_env_file=None, host_pause=0, fetch_at_once=2))

        async def visit(host):
            async def send():
                running[host] += 1
                most["one host"] = max(most["one host"], running[host])
                most["all"] = max(most["all"], sum(running.values()))
                await asyncio.sleep(0.01)
                running[host] -= 1
                return Answer()

            await politeness.ask(host, send, Patience(1))

        await asyncio.gather(*(visit(host) for host in "aaabbbccc"))

    asyncio.run(run())
    assert most == {"one host": 1, "all": 2}


@pytest.mark.parametrize("trouble", [down(), down("broken_off"), Answer(500), Answer(502), Answer(503), Answer(504), Answer(429)])
def test_a_host_that_fails_is_asked_again_a_few_times_with_growing_pauses(trouble):
    played = Played(trouble, trouble, Answer(200))
    assert played.ask().status == 200
    assert played.slept == [1.0, 2.0]


@pytest.mark.parametrize(
    "kind", ["timeout", "tls", "too_large", "bad_answer", "wrong_type", "bad_encoding", "refused_address", "empty"]
)
def test_what_would_be_the_same_again_is_not_asked_again(kind):
    played = Played(down(kind))
    assert played.trouble().kind == kind
    assert len(played.asked) == 1


@pytest.mark.parametrize("status", [200, 304, 401, 403, 404, 410])
def test_an_answer_is_an_answer(status):
    played = Played(Answer(status))
    assert played.ask().status == status
    assert len(played.asked) == 1


def test_after_the_last_try_the_trouble_is_told():
    assert Played(down()).trouble().kind == "unreachable"
    played = Played(Answer(500))
    assert played.ask().status == 500
    assert len(played.asked) == 3


def test_nobody_is_waited_for_longer_than_the_patience_lasts():
    played = Played(Answer(500))
    assert played.ask(patience=1.5).status == 500
    assert played.slept == [1.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_patience_is_given_it(status):
    played = Played(Answer(status, {"retry-after": "40"}), Answer(200))
    assert played.ask().status == 200
    assert played.asked == [1000.0, 1040.0]


def test_a_host_that_asks_for_more_than_our_patience_is_left_alone_until_then():
    played = Played(Answer(429, {"retry-after": "7200"}), Answer(200))
    error = played.trouble()
    assert (error.kind, error.host) == ("deferred", HOST)
    assert "asked again in 120 minutes" in str(error)
    played.now += 7100
    assert played.trouble().kind == "deferred"
    assert len(played.asked) == 1
    played.ask("other.invalid:80")
    played.now += 101
    assert played.ask().status == 200


def test_nobody_silences_a_source_for_ever():
    played = Played(Answer(503, {"retry-after": "9" * 400}), Answer(200))
    assert played.trouble().kind == "deferred"
    played.now += LONGEST_DEFERRAL + 1
    assert played.ask().status == 200


def test_what_the_last_answer_asked_for_holds_for_the_next_visit():
    played = Played(Answer(429, {"retry-after": "5"}), fetch_tries=1)
    played.ask()
    played.ask()
    assert played.asked == [1000.0, 1005.0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "Mon, 05 Jan 2026 09:10:00 GMT"}, 600),
        ({"retry-after": "Mon, 05 Jan 2026 08:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 05 Jan 2026 12:10:00 GMT", "date": "Mon, 05 Jan 2026 12:00:00 GMT"}, 600),
        ({"retry-after": "Mon, 05 Jan 2026 09:10:00 GMT", "date": "heute"}, 600),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "１２０"}, None),
        ({"retry-after": "Mon, 99 Jan 2026 09:10:00 GMT"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_by_the_hosts_own_clock(headers, seconds):
    assert retry_after(headers, WALL) == seconds


@pytest.mark.parametrize(
    "trouble", [down("timeout"), down("tls"), down("bad_answer"), down(), Answer(502), Answer(503), Answer(504)]
)
def test_a_host_that_fails_thrice_in_a_row_rests_each_time_longer_until_a_probe_works(trouble):
    played = Played(trouble, fetch_tries=1)

    def visit():
        try:
            return played.ask().status
        except FetchError as error:
            return error.kind

    for _ in range(3):
        assert visit() != "resting"
    rests = []
    for _ in range(9):
        began = played.now
        while visit() == "resting":
            played.now += 60
        rests.append(played.now - began)
    assert rests == [300, 600, 1200, 2400, 4800, 9600, 19200, 21600, 21600]
    asked = len(played.asked)
    assert visit() == "resting"
    assert len(played.asked) == asked
    played.now += 21600
    played.said = [Answer(200)]
    assert [visit(), visit()] == [200, 200]


def test_resting_is_told_with_its_reason_and_for_how_long():
    played = Played(down(), fetch_tries=1)
    for _ in range(3):
        played.trouble()
    error = played.trouble()
    assert (error.kind, error.host) == ("resting", HOST)
    assert str(error) == (
        "muster.invalid:80 failed 3 times in a row (last: muster.invalid cannot be reached); nothing is asked of it for another 5 minutes."
    )


@pytest.mark.parametrize("answer", [Answer(200), Answer(404), Answer(500), Answer(429), down("too_large"), down("wrong_type")])
def test_a_host_that_answers_in_between_does_not_rest(answer):
    played = Played(*[down(), down(), answer] * 4, fetch_tries=1)
    for _ in range(12):
        with contextlib.suppress(FetchError):
            played.ask()
    assert len(played.asked) == 12


def test_a_visit_that_is_cut_off_frees_the_host_and_still_keeps_the_pause():
    played = Played(host_pause=3)

    async def run():
        async def hang():
            await asyncio.sleep(60)

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(played.politeness.ask(HOST, hang, Patience(1)), 0.01)
        return await played.politeness.ask(HOST, played.send, Patience(1))

    assert asyncio.run(run()).status == 200
    assert played.asked == [1003.0]


def test_idle_hosts_are_forgotten_and_those_that_matter_are_not(monkeypatch):
    monkeypatch.setattr("scrapers.politeness.MOST_HOSTS", 3)
    played = Played(Answer(429, {"retry-after": "7200"}), Answer(200))
    played.trouble("deferred:80")
    for number in range(20):
        played.ask(f"{number}:80")
    assert len(played.politeness._hosts) <= 3
    assert played.trouble("deferred:80").kind == "deferred"


def test_a_breaker_counts_for_years_without_a_number_nobody_can_hold():
    breaker = Breaker()
    for _ in range(5000):
        breaker.failed(0.0, "down")
    assert breaker.rest(0.0) == breaker.longest_rest


def test_a_host_is_its_name_and_port():
    assert host_of(URL("https://Muster.invalid/a")) == "muster.invalid:443"
    assert host_of(URL("http://u:p@muster.invalid/")) == "muster.invalid:80"
    assert host_of(URL("http://[::1]:81/")) == "::1:81"


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        (["blocked", "denied", "deferred"], "blocked"),
        (["consent_wall", "soft_404"], "suspect"),
        (["blocked", "timeout"], "failed"),
        (["blocked", "consent_wall"], "failed"),
        (["resting"], "failed"),
    ],
)
def test_a_run_ends_by_the_kinds_of_its_troubles(kinds, outcome):
    assert outcome_of(kinds).value == outcome


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 seconds"), (40, "40 seconds"), (121, "3 minutes"), (7200, "120 minutes"), (7201, "3 hours"), (86400, "24 hours")],
)
def test_a_span_is_told_rounded_up(seconds, said):
    assert lasting(seconds) == said


def test_what_others_say_is_one_line_of_bounded_length_and_can_be_stored():
    assert shown(ValueError("a\nb\x00c")).startswith("a b")
    assert shown(ValueError()) == "ValueError"
    assert len(shown("x" * 1000)) == 200
    assert shown("\udcfc") == "\\udcfc"
