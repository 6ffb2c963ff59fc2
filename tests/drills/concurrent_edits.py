"""Processes edit the same claims at once: no edit is lost, and each refused one got what changed meanwhile and what it wanted.

    PYTHONPATH=. .venv/bin/python tests/drills/concurrent_edits.py [ADDRESS]

Two processes make 1,000 edits of one claim, then eight make 2,000 on ten. ADDRESS: an empty, migrated database; default: SQLite.
"""

import multiprocessing
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from models import Claim, Database, Decision, actions, queries
from models.actions import Edit, StaleClaim
from models.schema import upgrade
from models.words import Action

NOW = datetime(2020, 1, 2, tzinfo=UTC)


def edit_often(address, number, edits, claims, results):
    """Make so many accepted edits, each from a form that may be stale; counts accepted, refused, and refused without merge data."""
    database = Database(address)
    accepted = refused = bare = 0
    while accepted < edits:
        claim_id = claims[(accepted + number) % len(claims)]
        text = f"process {number} edit {accepted}"
        with database.reading() as session:
            revision = session.get_one(Claim, claim_id).revision
        try:
            with database.writing() as session:
                actor = actions.person_named(session, f"Person {number}", NOW)
                actions.edit(session, claim_id, Edit(summary=text), actor=actor, now=datetime.now(UTC), revision=revision)
            accepted += 1
        except StaleClaim as error:
            refused += 1
            bare += not (error.mine.get("summary") == text and any(one.field == "summary" for one in error.meanwhile))
    database.close()
    results.put((accepted, refused, bare))


def drill(database, *, processes, edits, claims):
    """Returns accepted, refused, refused without merge data, and edits that the history lacks."""
    with database.writing() as session:
        for number in range(processes):
            actions.person_named(session, f"Person {number}", NOW)
    with database.reading() as session:
        before = len(session.scalars(select(Decision.id).where(Decision.action == Action.EDIT)).all())
    address = database.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    each = edits // processes
    workers = [context.Process(target=edit_often, args=(address, n, each, claims, results)) for n in range(processes)]
    for worker in workers:
        worker.start()
    counts = [results.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    with database.reading() as session:
        made = session.scalars(select(Decision).where(Decision.action == Action.EDIT).order_by(Decision.number)).all()[before:]
        told = {decision.after["summary"] for decision in made}
        last = {decision.claim_id: decision.after["summary"] for decision in made}
        lost = edits - len(told) + sum(session.get_one(Claim, one).summary != text for one, text in last.items())
        lost += len(queries.check_history(session))
    return (*(sum(column) for column in zip(*counts, strict=True)), lost)


def a_release(database, claims):
    """So many claims in one release; gives their numbers."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "models"))
    from conftest import SmallDesk

    quotes = [f"Wir werden im kommenden Jahr {n} Millionen Euro zur Verfügung stellen." for n in range(10, 10 + claims)]
    kept = SmallDesk(database).keep("Titel\n\n" + " ".join(quotes), quotes)
    return [claim.id for claim in kept.new_claims]


def main():
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/x.sqlite3")
        upgrade(database, NOW)
        claims = a_release(database, 10)
        failed = False
        for processes, edits, some in ((2, 1000, claims[:1]), (8, 2000, claims)):
            accepted, refused, bare, lost = drill(database, processes=processes, edits=edits, claims=some)
            print(
                f"{processes} processes, {len(some)} claims: {accepted} accepted, {refused} refused, {bare} without merge data, {lost} lost"
            )
            failed |= bool(bare or lost)
        database.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
