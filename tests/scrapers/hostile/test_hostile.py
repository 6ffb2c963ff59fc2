"""Every way of misbehaving ends in its outcome and a clear issue, while all the others are visited at the same time."""

import asyncio
import importlib.util
import resource
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from models import Database

spec = importlib.util.spec_from_file_location("hosts", Path(__file__).resolve().parent / "hosts.py")
hosts = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hosts)
visits = hosts.load("visits")
BEHAVIOURS = hosts.behaviours.BEHAVIOURS
LONGEST = 40  # seconds; what a visit may take on a busy machine while all the others go on


MOST_MEMORY = 150  # MiB that all of them together may add to the process


@dataclass
class Set:
    ends: dict
    grown: float


def peak():
    """The most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20


@pytest.fixture(scope="module")
def ended(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("hostile") / "desk.sqlite3"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")

    ends = {}
    before = peak()
    with hosts.serving() as ports:
        for slow, limits in ((True, visits.SLOW), (False, visits.QUICK)):
            some = [(behaviour, port) for behaviour, port in zip(BEHAVIOURS, ports, strict=True) if behaviour.is_slow is slow]
            ends |= asyncio.run(visits.visit_all(database, some, **visits.LIMITS, **limits))
    yield Set(ends, peak() - before)
    database.close()


def test_the_set_is_large_and_each_name_stands_once():
    assert len({behaviour.name for behaviour in BEHAVIOURS}) == len(BEHAVIOURS) > 30


def test_all_together_take_little_memory(ended):
    assert ended.grown < MOST_MEMORY


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_it_ends_as_specified(ended, behaviour):
    end = ended.ends[behaviour.name]
    assert (end.outcome, end.kind) == (behaviour.outcome, behaviour.kind), end
    assert behaviour.says in end.message
    assert "127.0.0.1" in end.message or not behaviour.kind
    assert "\n" not in end.message
    assert end.seconds < LONGEST
    if behaviour.outcome == hosts.behaviours.NEW and behaviour.at == "release":
        assert "Größere Moore in Musterland" in end.text
