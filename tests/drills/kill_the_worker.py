"""Kills the worker (SIGKILL) at random moments of a demo collection, starts it again, and compares with an undisturbed one.

    .venv/bin/python tests/drills/kill_the_worker.py [--kills 10] [--seed 1] [--until 2026-11-24]

Prints what was compared and ends with 0 if both databases hold the same releases, versions, claims, findings, changes,
decisions, evidence and follow-ups, and nothing twice.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import select

from jobs.demo.worker import run_demo
from models import (
    Appearance,
    Change,
    Claim,
    Database,
    Decision,
    Evidence,
    Finding,
    FollowUp,
    Release,
    ReleaseVersion,
    Review,
    Run,
)
from models.words import Outcome
from settings.config import Settings, load_settings


def demo_settings(folder: Path) -> Settings:
    database = f"sqlite:///{folder / 'beimwort.sqlite3'}"
    return load_settings(demo=True, data=folder, database_url=database, allowed_networks="127.0.0.0/8", host_pause=0)


def start_worker(folder: Path, port: int, until: str) -> subprocess.Popen:
    command = [sys.executable, __file__, "--work", str(folder), "--port", str(port), "--until", until]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def state_of(folder: Path) -> dict[str, list]:
    """All that must not depend on when a worker was killed, in order; ids are left out."""
    database = Database(f"sqlite:///{folder / 'beimwort.sqlite3'}")
    with database.reading() as session:

        def rows(*columns, join=()):
            query = select(*columns)
            for table, condition in join:
                query = query.join(table, condition)
            return sorted(json.dumps([str(value) for value in row]) for row in session.execute(query))

        of_claim = ((Release, Release.id == Claim.release_id),)
        with_claim = lambda table: ((Claim, Claim.id == table.claim_id), *of_claim)  # noqa: E731  one expression, used six times
        state = {
            "releases": rows(Release.address, Release.published_on, Release.first_seen_at, Release.gone_at, Release.baseline),
            "versions": rows(Release.address, ReleaseVersion.number, ReleaseVersion.text_sha256, join=((Release, Release.id == ReleaseVersion.release_id),)),
            "changes": rows(Release.address, Change.kind, Change.noticed_at, join=((Release, Release.id == Change.release_id),)),
            "claims": rows(Release.address, Claim.quote, Claim.stage, Claim.fulfillment, Claim.verdict, Claim.disputed, join=of_claim),
            "findings": rows(Claim.quote, Finding.kind, Finding.score, Finding.current, join=with_claim(Finding)),
            "appearances": rows(Claim.quote, Appearance.quote, Appearance.first, join=with_claim(Appearance)),
            "decisions": rows(Claim.quote, Decision.action, Decision.reason, Decision.recorded_at, join=with_claim(Decision)),
            "reviews": rows(Claim.quote, Review.value, Review.holds_for, join=with_claim(Review)),
            "evidence": rows(Claim.quote, Evidence.note, Evidence.state, join=with_claim(Evidence)),
            "follow-ups": rows(Claim.quote, FollowUp.rule, FollowUp.due_on, FollowUp.raised_at, FollowUp.outcome, join=with_claim(FollowUp)),
            "open runs": [str(n) for n in session.scalars(select(Run.id).where(Run.outcome == Outcome.RUNNING))],
        }  # fmt: skip
    database.close()
    return state


def drill(folder: Path, *, kills: int, seed: int, until: str) -> tuple[dict[str, list], dict[str, list], int]:
    """Play once undisturbed and once with kills; gives both states and how many kills hit a working process."""
    chance = random.Random(seed)
    port = free_port()
    calm, shaken = folder / "calm", folder / "shaken"
    for place in (calm, shaken):
        place.mkdir()
    began = time.monotonic()
    if start_worker(calm, port, until).wait():
        sys.exit("The undisturbed worker failed.")
    seconds = time.monotonic() - began
    hit = 0
    while hit < kills:
        worker = start_worker(shaken, port, until)
        # A moment somewhere in the part of the way that one start covers between two kills.
        time.sleep(chance.uniform(0.2, 1.0) + seconds / kills * chance.uniform(0.2, 1.1))
        if worker.poll() is not None:
            if worker.returncode:
                sys.exit(f"The worker failed after {hit} kills.")
            break
        worker.kill()
        worker.wait()
        hit += 1
    if start_worker(shaken, port, until).wait():
        sys.exit("The last start failed.")
    return state_of(calm), state_of(shaken), hit


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", default=date.today().isoformat())  # noqa: DTZ011  the demo's last day
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        os.environ.pop("DATABASE_URL", None)
        asyncio.run(run_demo(demo_settings(given.work), given.port, until=date.fromisoformat(given.until), stay=False))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        calm, shaken, hit = drill(Path(folder), kills=given.kills, seed=given.seed, until=given.until)
    for name, rows in calm.items():
        print(
            f"{name}: {len(rows)} undisturbed, {len(shaken[name])} after {hit} kills, {'equal' if rows == shaken[name] else 'DIFFERENT'}"
        )
    return 0 if calm == shaken else 1


if __name__ == "__main__":
    sys.exit(main())
