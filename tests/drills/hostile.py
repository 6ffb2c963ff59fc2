"""Visits all hosts of `tests/scrapers/hostile/` at once, with the product's own limits, and states what they could do to us.

    .venv/bin/python tests/drills/hostile.py [--small]

`--small` takes the test's limits and 5 seconds instead of half a minute. Prints how each visit ended and, as a summary, how many
ended as specified, the longest visit, the longest time in which the process did nothing else, what a host that behaves had to
wait, and the peak of memory. The hosts run in a process of their own, the pages are read in children: both are not counted.
Ends with 0 if every visit ended as specified.
"""

import argparse
import asyncio
import importlib.util
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from models import Database
from models.schema import upgrade

HOSTS = Path(__file__).resolve().parent.parent / "scrapers" / "hostile" / "hosts.py"
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


def load_hosts():
    spec = importlib.util.spec_from_file_location("hosts", HOSTS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def peak() -> float:
    """The most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**20


async def watched(work) -> tuple[dict, float]:
    """What some work gives, and the longest time in which it kept everything else from running (seconds)."""
    longest = 0.0

    async def look():
        nonlocal longest
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began - 0.01)

    looking = asyncio.create_task(look())
    try:
        return await work, longest
    finally:
        looking.cancel()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="the test's limits instead of the product's")
    small = parser.parse_args().small
    hosts = load_hosts()
    visits = hosts.load("visits")
    limits = visits.LIMITS | visits.SLOW if small else {}
    with tempfile.TemporaryDirectory() as folder, hosts.serving() as ports:
        database = Database(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        upgrade(database, datetime.now(UTC))
        everybody = list(zip(hosts.behaviours.BEHAVIOURS, ports, strict=True))
        good, port = everybody[0]
        # The first visit of a process starts the children that read and loads the word lists; it is not measured.
        for name in ("to warm up", "alone"):
            quiet = asyncio.run(visits.visit_all(database, [(replace(good, name=name), port)], **limits))
        before = peak()
        ends, stall = asyncio.run(watched(visits.visit_all(database, everybody, **limits)))
        after = peak()
        database.close()
    wrong = []
    for behaviour, _ in everybody:
        end = ends[behaviour.name]
        fits = (end.outcome, end.kind) == (behaviour.outcome, behaviour.kind) and behaviour.says in end.message
        wrong += [] if fits else [behaviour.name]
        print(f"{'ok ' if fits else 'NOT'} {end.seconds:5.1f} s  {behaviour.name}: {end.outcome} {end.kind}  {end.message[:150]}")
    slowest = max(ends, key=lambda name: ends[name].seconds)
    print(f"{len(ends) - len(wrong)} of {len(ends)} ended as specified.")
    print(f"Longest visit: {ends[slowest].seconds:.1f} s ({slowest}).")
    print(f"Longest stall of the process: {stall * 1000:.0f} ms.")
    print(f"A host that behaves: {quiet['alone'].seconds:.2f} s alone, {ends[good.name].seconds:.2f} s among all the others.")
    print(f"Peak of memory: {after:.0f} MiB, {after - before:.0f} MiB more than before the visits.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
