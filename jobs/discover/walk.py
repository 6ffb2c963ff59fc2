"""The pages that a discovery asks for, each once, and the children in which they are read."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from models import Snapshot
from models.words import SnapshotPurpose
from scrapers.content import doubt_about
from scrapers.declaration import ListDeclaration
from scrapers.discover.study import Study, study_page
from scrapers.fetch import Fetcher, FetchError
from scrapers.listing import ListPage
from scrapers.page import ReadError, SelectorError
from scrapers.pool import list_in_child, shared_pool
from scrapers.read import ServedPage

SUCCESS = 200
DENIED = frozenset({401, 403})
PUBLIC = "Only public pages are collected: give the address of a public press page or feed."

Say = Callable[[str], None]
T = TypeVar("T")


class DiscoverError(Exception):
    """Nothing that could be collected; the message says what is missing and what to do."""


@dataclass
class Walk:
    """What a discovery has asked for. `say` is told of each page in one line."""

    fetcher: Fetcher
    now: datetime
    say: Say
    had: dict[str, Snapshot] = field(default_factory=dict)

    async def page(self, address: str, purpose: SnapshotPurpose = SnapshotPurpose.LIST) -> Snapshot:
        """A page. Raises `DiscoverError` for one that cannot be had or is none."""
        if address in self.had:
            return self.had[address]
        self.say(f"Looking at {address}")
        try:
            snapshot = await self.fetcher.get(address, purpose, self.now)
        except FetchError as error:
            raise DiscoverError(str(error)) from error
        if snapshot.status in DENIED:
            raise DiscoverError(f"{address} does not let us in without a login (status {snapshot.status}). {PUBLIC}")
        if snapshot.status != SUCCESS:
            raise DiscoverError(f"{address} answered with status {snapshot.status}. Check the address in a browser.")
        if (doubt := doubt_about(snapshot.content)) is not None:
            raise DiscoverError(doubt.about(address))
        self.had[address] = self.had[snapshot.final_address] = snapshot
        return snapshot

    async def study(self, page: Snapshot) -> Study:
        """What a page offers."""
        return await self.work(page.final_address, partial(study_page, ServedPage.of(page)))

    async def listed(self, keys: dict[str, str | int], address: str = "") -> ListPage:
        """What a list of a kind for machines names, if it is one. Raises `DiscoverError`."""
        declared = ListDeclaration.model_validate(keys)
        page = await self.page(address or declared.address)
        return await self.blocking(list_in_child, page, declared)

    async def work(self, address: str, reading: "partial[T]") -> T:
        """What is found in a page, in a child that can be killed. Raises `DiscoverError`."""
        return await self.blocking(shared_pool().run, address, reading)

    async def blocking(self, function: Callable[..., T], *arguments: object) -> T:
        """What a function gives that blocks. Raises `DiscoverError` where it cannot read a page."""
        try:
            return await asyncio.to_thread(function, *arguments)
        except (ReadError, SelectorError) as error:
            raise DiscoverError(str(error)) from error
