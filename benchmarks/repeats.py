"""How many repetitions are recognised, and whether a claim that differs is ever taken for the same.

    .venv/bin/python benchmarks/repeats.py [--misses] [--speed 50000]

The pairs are invented (tests/claims/repeats.csv): some are the same claim in other words, others look alike but differ
in number, period or actor. The facts are read by the rules, as in the worker. --speed fills a database with that many claims
and asks for the suggestions of some of them.
"""

import argparse
import csv
import random
import statistics
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select

from claims.find import read_sentences
from models import Claim, Database, Finding, ReleaseVersion, actions, queries
from models.claim import Claim as ClaimTable
from models.repeats import Said, compare
from models.schema import upgrade
from models.words import Kind, Side, Stage

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "claims" / "repeats.csv"


def said(text: str, day: str, by: str) -> Said:
    """A sentence with what the rules read in it; `by` is faction/side/parliament."""
    faction, side, parliament = by.split("/")
    _, sentences = read_sentences(text, released=date.fromisoformat(day))
    facts = next(iter(sentences)).facts
    amount, value = facts.amount, facts.value("pledge")
    return Said(
        text=text,
        parliament=parliament,
        faction=faction,
        side=side,
        made_on=date.fromisoformat(day),
        amount=(amount.low, amount.high) if amount else (None, None),
        per_year=facts.per_year,
        value=value.value if value else None,
        unit=value.unit if value else None,
        deadline=facts.deadline.day if facts.deadline else None,
    )


def pairs() -> list[tuple[str, Said, Said]]:
    """What is expected (same, number, period, actor), the known claim and the later one."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["expected"],
                said(row["known"], row["known_day"], row["known_by"]),
                said(row["later"], row["later_day"], row["later_by"]),
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


def quality(*, misses: bool) -> None:
    suggested: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for expected, known, later in pairs():
        compared = compare(known, later)
        total[expected] += 1
        suggested[expected] += compared.is_same
        if misses and compared.is_same != (expected == "same"):
            print(f"{expected}: {compared.likeness:.2f} {sorted(compared.differs)}\n  {known.text}\n  {later.text}")
    wrong = suggested.total() - suggested["same"]
    print(f"pairs {total.total()}: {dict(total)}")
    print(f"recall {suggested['same'] / total['same']:.2f} ({suggested['same']} of {total['same']})")
    print(f"precision {suggested['same'] / max(1, suggested.total()):.2f} ({wrong} that differ were suggested as the same)")


def speed(number: int) -> None:
    """The time for one claim's suggestions among `number` claims of one parliament."""
    chance = random.Random(1)  # noqa: S311  invented sentences
    places = "Schulen Kitas Kliniken Radwege Brücken Feuerwehren Sportstätten Theater Gerichte Wälder Häfen Museen".split()  # noqa: SIM905  read more easily than a list
    purposes = "Sanierung Ausstattung Förderung Digitalisierung Modernisierung Planung Erweiterung Sicherheit".split()  # noqa: SIM905  read more easily than a list
    moment = datetime(2024, 3, 1, 9, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/speed.sqlite3")
        upgrade(database, moment)
        with database.writing() as session:
            actions.declare_source(session, key="x", name="X", parliament="P", home="https://x.example", verified=False)
            version = ReleaseVersion(title="T", text="T", text_sha256="0" * 64, reader="1", read_at=moment)
            kept = actions.keep_release(
                session,
                source_key="x",
                address="https://x.example/1",
                parliament="P",
                factions=["UM"],
                version=version,
                found=[],
                now=moment,
            )
            session.flush()
            common = {"release_id": kept.release.id, "version_id": version.id, "created_at": moment, "stage": Stage.CANDIDATE}
            rows = [
                {
                    **common,
                    "start": n,
                    "end": n + 1,
                    "revision": 1,
                    "quote": f"Für die {chance.choice(purposes)} der {chance.choice(places)} in Ort {n % 700} stellen wir 2025 "
                    f"{chance.randint(1, 90)} Millionen Euro bereit, damit die {chance.choice(purposes)} gelingt.",
                }
                for n in range(number)
            ]
            session.execute(insert(ClaimTable), rows)
            ids = session.scalars(select(Claim.id)).all()
            session.execute(
                insert(Finding),
                [
                    {
                        "claim_id": claim,
                        "version_id": version.id,
                        "current": True,
                        "rules_version": "1",
                        "found_at": moment,
                        "kind": Kind.FUNDING_PLEDGE,
                        "start": 0,
                        "end": 1,
                        "score": 0.9,
                        "claimant_side": Side.GOVERNMENT,
                        "speaker_faction": "UM",
                        "reasons": [],
                    }
                    for claim in ids
                ],
            )
        times = []
        for claim in ids[-21:]:
            before = time.perf_counter()
            with database.reading() as session:
                found = queries.repeat_suggestions(session, claim)
            times.append(time.perf_counter() - before)
        database.close()
    median, most = (1000 * take(times) for take in (statistics.median, max))
    print(f"{number} claims: median {median:.0f} ms, most {most:.0f} ms ({len(found)} suggested)")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--misses", action="store_true")
    asked.add_argument("--speed", type=int, default=0)
    given = asked.parse_args()
    quality(misses=given.misses)
    if given.speed:
        speed(given.speed)


if __name__ == "__main__":
    main()
