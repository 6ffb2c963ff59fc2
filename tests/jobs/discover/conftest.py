"""Discovering on loopback."""

import asyncio
import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs.discover import discover
from scrapers.fetch import Fetcher
from settings.config import load_settings

NOW = datetime(2024, 4, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def loopback():
    spec = importlib.util.spec_from_file_location("loopback_sites", Path(__file__).parent / "loopback.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def discovered():
    """A function from an address to its discovery."""

    async def ask(address, allowed):
        async with Fetcher(load_settings(allowed_networks=allowed, host_pause=0)) as fetcher:
            return await discover(fetcher, address, NOW, lambda _line: None)

    return lambda address, allowed="127.0.0.0/8": asyncio.run(ask(address, allowed))
