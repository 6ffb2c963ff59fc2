"""The one door to the network: an honest client that asks politely, within limits, and finds no way into private networks.

How one question is asked stands in `wire`, when and how often in `politeness`, what may be asked for in `robots`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from yarl import URL

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers.content import unfit_bytes
from scrapers.politeness import Patience, Politeness, host_of
from scrapers.robots import LARGEST, Robots
from scrapers.trouble import FetchError
from scrapers.validators import Validators
from scrapers.wire import REDIRECTS, Answer, Terms, Wire
from settings.config import Settings
from settings.guard import check_host
from settings.networks import PrivateAddressError

__all__ = ["MAX_REDIRECTS", "NOT_MODIFIED", "FetchError", "Fetcher"]

MAX_REDIRECTS = 5
SUCCESS, NOT_MODIFIED = 200, 304


@dataclass(slots=True)
class _Visit:
    """One visit, and what is left for it."""

    address: str
    terms: Terms
    patience: Patience
    form: str | None = None


class Fetcher:
    """The client of one process; use it as `async with Fetcher(settings) as fetcher`.

    What it learns about hosts (pauses, failures, robots.txt, validators) lives as long as it does.
    """

    def __init__(self, settings: Settings, *, politeness: Politeness | None = None, validators: Validators | None = None) -> None:
        """Prepare; nothing is opened before the `async with`. Politeness and validators are arguments for tests."""
        self.settings = settings
        self.politeness = politeness or Politeness(settings)
        self.validators = validators or Validators()
        self.robots = Robots(self._file, self.politeness)
        self._wire = Wire(settings, self.user_agent)

    @property
    def user_agent(self) -> str:
        """Who we say we are."""
        contact = f" (+{self.settings.contact})" if self.settings.contact else ""
        return f"beimwort/{version('beimwort')}{contact}"

    async def __aenter__(self) -> Self:
        self._wire.open()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._wire.close()

    async def get(
        self,
        address: str,
        purpose: SnapshotPurpose,
        now: datetime,
        *,
        known: Snapshot | None = None,
        form: str | None = None,
        packed: bool = False,
    ) -> Snapshot:
        """The page at an address as a new, unstored snapshot, whatever its status. Raises `FetchError`.

        With `known`, the newest snapshot of the address, the host is asked for what changed since: an answer with status 304 has
        no body and means that the page is as in that snapshot. From time to time the page is fetched all the same.

        The time-out of the settings bounds everything on the network: waiting for the host, redirects, repetitions, the whole
        body. What we wait out of politeness comes on top: pauses, and at most the patience of the settings.

        With `form`, urlencoded, it is a POST: without validators, never redirected, and archived under the address with the form
        behind a #. With `packed`, a file in gzip is taken as it is.
        """
        terms = Terms(
            seconds=self.settings.fetch_timeout,
            max_bytes=self.settings.fetch_max_bytes,
            pages_only=purpose is not SnapshotPurpose.EVIDENCE,
            packed=packed,
        )
        visit = _Visit(address, terms, Patience(self.settings.fetch_patience), form)
        host = host_of(self._check(address))
        conditions = self.validators.conditions(known, host, now) if form is None else {}
        asked = known.final_address if known is not None and conditions else ""
        final, answer = await self._follow(visit, {asked: conditions}, heed_robots=True)
        if answer.status == SUCCESS:
            _require_content(answer, final, terms)
        elif answer.status == NOT_MODIFIED and final != asked:
            raise FetchError("bad_answer", f"{address} says that nothing changed, but we did not ask for changes.")
        snapshot = Snapshot(
            address=address if form is None else f"{address}#{form}",
            final_address=final,
            purpose=purpose,
            fetched_at=now,
            status=answer.status,
            charset=answer.charset,
            headers=dict(answer.headers),
            body=Body.of(answer.content),
        )
        if form is None:
            self.validators.note(known, snapshot, host)
        return snapshot

    async def _file(self, url: URL) -> tuple[int, bytes]:
        """A robots.txt; it is asked for under no rules but politeness."""
        terms = Terms(seconds=self.settings.fetch_timeout, max_bytes=LARGEST, cut=True)
        visit = _Visit(str(url), terms, Patience(self.settings.fetch_patience))
        _, answer = await self._follow(visit, {}, heed_robots=False)
        return answer.status, answer.content

    async def _follow(
        self, visit: _Visit, conditions: Mapping[str, Mapping[str, str]], *, heed_robots: bool
    ) -> tuple[str, Answer]:
        """The address at the end of all redirects and its answer; each step is checked and asked for like the first."""
        current = visit.address
        seen: set[str] = set()
        while len(seen) <= MAX_REDIRECTS:
            seen.add(current)
            try:
                answer = await self._step(visit, current, conditions.get(current, {}), heed_robots=heed_robots)
            except FetchError as error:
                if current == visit.address:
                    raise
                raise FetchError(error.kind, f"{error} {visit.address} leads there.", host=error.host) from error
            if answer.status not in REDIRECTS:
                return current, answer
            if visit.form is not None:
                raise FetchError("bad_answer", f"{current} redirects a form (status {answer.status}); correct the declaration.")
            current = _target(current, answer)
            if current in seen:
                raise FetchError("too_many_redirects", f"{visit.address} redirects in a circle: {current} comes again.")
        raise FetchError("too_many_redirects", f"{visit.address} redirects more than {MAX_REDIRECTS} times.")

    async def _step(self, visit: _Visit, address: str, conditions: Mapping[str, str], *, heed_robots: bool) -> Answer:
        url = self._check(address)
        if heed_robots:
            await self.robots.require(url)
        ask = partial(self._wire.ask, url, visit.terms, conditions, visit.form)
        return await self.politeness.ask(host_of(url), ask, visit.patience)

    def _check(self, address: str) -> URL:
        """The address as it is connected to; what is no web address is refused.

        A host written as a number is checked here already, so that nothing is asked of it; it is checked as the client will
        read it: full-width digits and ideographic full stops are a number too.
        """
        try:
            url = URL(address)
            port = url.port
        except ValueError as error:
            raise FetchError("bad_address", f"{address!r} is no web address: {error}.") from error
        if url.scheme not in {"http", "https"} or not url.raw_host or port is None:
            raise FetchError("bad_address", f"{address!r} is no web address; it must begin with http:// or https://.")
        try:
            check_host(str(url), self.settings.allowed_networks)
        except PrivateAddressError as error:
            raise FetchError("refused_address", f"{address}: {error}") from error
        return url


def _target(address: str, answer: Answer) -> str:
    target = answer.headers.get("location", "")
    if not target:
        raise FetchError("bad_answer", f"{address} redirects (status {answer.status}) without saying where to.")
    try:
        return urljoin(address, target)
    except ValueError as error:
        raise FetchError("bad_address", f"{address} redirects to {target!r}, which is no web address: {error}.") from error


def _require_content(answer: Answer, address: str, terms: Terms) -> None:
    if not answer.content:
        raise FetchError("empty", f"{address} answers with an empty page.")
    if terms.pages_only and (name := unfit_bytes(answer.content, packed=terms.packed)):
        said = answer.headers.get("content-type", "nothing")
        raise FetchError("wrong_type", f"{address} is no page but {name}, although its type says {said!r}.")
