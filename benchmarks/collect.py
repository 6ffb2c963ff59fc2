"""What collecting costs: the real job over a press site on loopback, beside Scrapy doing the same.

    .venv/bin/python benchmarks/collect.py [--sources 20] [--releases 200]

The site (`benchmarks/press_site.py`) and each visit run in processes of their own, so that none pays for another. CPU seconds are
those of the visiting process and all its children, from the first request to the last commit and the end of the children; imports
of the visiting process are left out on both sides. Pauses between requests are set to 0 here only.

The first visit takes everything; the second comes a day later, when all releases are due again and nothing has changed. Both are
measured as they are, and without finding claims, which Scrapy does not do: it fetches, parses and stores the same fields in
SQLite. We also archive every page as served, which it does not do either; it knows no second visit, so that its second costs as
much as its first. Scrapy needs `make peers`; without it the ratios are left out.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from press_site import DECLARED, host_of

import jobs.visit
from jobs.collect import collect
from jobs.desk import open_desk
from models import queries
from scrapers.declaration import read_source
from scrapers.fetch import Fetcher
from scrapers.pool import shared_pool
from settings.config import load_settings

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / ".venv-peers" / "bin" / "python"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
VISITS = (START, START + timedelta(days=1))
SCRAPY_SHARE, CHEAPER = 1 / 3, 3  # the targets


def cpu_seconds() -> float:
    """CPU seconds of this process and its ended children so far."""
    return sum(
        usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def visit(folder: Path, port: int, sources: int, number: int, *, claims: bool) -> dict[str, Any]:
    """Collect all sources once in this process; gives what it cost."""
    declared = {
        f"f{n}": read_source(DECLARED.format(number=n, site=f"http://{host_of(n)}:{port}"), "benchmarks/press_site.py")
        for n in range(sources)
    }
    settings = load_settings(data=folder, allowed_networks="127.0.0.0/8", host_pause=0, channels="")
    desk = open_desk(settings, sources=declared, clock=lambda: VISITS[number])
    if not claims:
        jobs.visit.find_rows = lambda *_given, **_named: []

    async def collect_all() -> list[str]:
        async with Fetcher(settings) as fetcher:
            runs = await asyncio.gather(*(collect(desk, fetcher, key) for key in declared))
        return [f"{run.source_key}: {run.outcome} {run.trouble}" for run in runs if run.failed or run.trouble]

    began, cpu = time.perf_counter(), cpu_seconds()
    troubles = asyncio.run(collect_all())
    shared_pool().close()
    seconds, cpu = time.perf_counter() - began, cpu_seconds() - cpu
    with desk.database.reading() as session:
        totals = queries.totals(session)
    desk.database.close()
    assert not troubles, troubles
    own, children = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"releases": totals.releases, "seconds": seconds, "cpu": cpu, "memory": own, "child": children}


@contextmanager
def press_site(sources: int, releases: int) -> Iterator[int]:
    """The site in a process of its own; gives its port."""
    command = [sys.executable, ROOT / "benchmarks" / "press_site.py", "--sources", str(sources), "--releases", str(releases)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdin is not None
        assert site.stdout is not None
        yield int(site.stdout.readline())
        site.stdin.close()


def counts(port: int) -> dict[str, int]:
    """What the site has answered since it was last asked."""
    with urlopen(f"http://{host_of(0)}:{port}/counts") as answer:
        return json.load(answer)


def ran(*command: object) -> dict[str, Any]:
    """The row that a process prints."""
    answer = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        sys.exit(answer.stderr)
    return json.loads(answer.stdout.splitlines()[-1])


def told(name: str, row: dict[str, Any], pages: int, answered: dict[str, int], peer: dict[str, Any] | None = None) -> float:
    """Print a visit's figures; gives its CPU seconds per 1,000 pages."""
    assert row["releases"] == pages, (name, row)
    thousand = row["cpu"] / pages * 1000
    memory = f"{row['memory']:.0f} MB" + (f" and {row['child']:.0f} MB in the largest child" if row.get("child") else "")
    ratio = f", {thousand / (peer['cpu'] / pages * 1000):.2f} of Scrapy" if peer else ""
    print(
        f"{name}: {pages / row['seconds']:.0f} pages/s, {thousand:.2f} CPU s per 1,000 pages{ratio}, peak {memory}; "
        f"the site sent {answered.get('release 200', 0)} bodies and {answered.get('release 304', 0)} times 304"
    )
    return thousand


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sources", type=int, default=20)
    options.add_argument("--releases", type=int, default=200)
    options.add_argument("--visit", nargs=4, metavar=("FOLDER", "PORT", "NUMBER", "CLAIMS"), help="one visit in this process")
    given = options.parse_args()
    if given.visit:
        folder, port, number, claims = given.visit
        print(json.dumps(visit(Path(folder), int(port), given.sources, int(number), claims=claims == "claims")))
        return
    pages = given.sources * given.releases
    hosts = [host_of(number) for number in range(given.sources)]
    print(f"{given.sources} sources with {given.releases} releases each, CPU with all children")
    with press_site(given.sources, given.releases) as port, tempfile.TemporaryDirectory() as folder:
        peers: list[dict[str, Any]] = []
        for name in ("first", "second") if PEER.exists() else ():
            peers.append(ran(PEER, ROOT / "benchmarks" / "peers" / "scrapy_visit.py", f"{folder}/scrapy.sqlite3", port, *hosts))
            told(f"Scrapy, {name} visit", peers[-1], pages, counts(port))
        if not peers:
            print("Scrapy is not installed (make peers)")
        for claims in ("claims", "without"):
            thousands = []
            for number, name in enumerate(("first", "second")):
                asked = ("--sources", given.sources, "--visit", f"{folder}/{claims}", port, number, claims)
                row = ran(sys.executable, __file__, *asked)
                how = "with claims" if claims == "claims" else "without finding claims"
                peer = peers[number] if peers else None
                answered = counts(port)
                thousands.append(told(f"beimwort, {how}, {name} visit", row, pages, answered, peer))
            assert answered.get("release 200", 0) == 0, "nothing that is unchanged is fetched anew"
            print(f"  the second visit is {thousands[0] / thousands[1]:.1f} times cheaper than the first (target {CHEAPER})")
    print(f"target for the first visit: {SCRAPY_SHARE:.2f} of Scrapy's CPU")


if __name__ == "__main__":
    main()
