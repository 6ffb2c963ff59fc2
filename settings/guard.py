"""A resolver for HTTP clients that gives only addresses that may be visited, so that no name leads into a private network."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from settings.networks import Network, check_address


class GuardedResolver(AbstractResolver):
    """Resolves a name once; the client connects to exactly what was checked. Raises `PrivateAddressError`."""

    def __init__(self, allowed: Iterable[Network]) -> None:
        """Remember the networks that an operator allows."""
        self.allowed = tuple(allowed)
        self.plain = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        """The addresses of a host, each of them checked."""
        results = await self.plain.resolve(host, port, family)
        for result in results:
            check_address(result["host"], self.allowed)
        return results

    async def close(self) -> None:
        """Close the resolver."""
        await self.plain.close()


def check_host(address: str, allowed: Iterable[Network]) -> None:
    """Check a web address whose host is written as a number; names are checked when they are resolved."""
    host = urlsplit(address).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return
    check_address(host, allowed)
