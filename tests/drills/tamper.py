"""Tampers with the history in 200 ways, with the triggers dropped, and looks whether each is found.

PYTHONPATH=. .venv/bin/python tests/drills/tamper.py [--times 200]
"""

import argparse
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta

from concurrent_edits import a_release
from sqlalchemy import text

from models import Database, actions, queries
from models.actions import Edit, NewEvidence
from models.schema import upgrade

NOW = datetime(2020, 1, 2, tzinfo=UTC)
COLUMNS = ("reason", "actor", "hash", "previous")


def a_history(database):
    """Sixty decisions on ten claims."""
    for place, claim in enumerate(a_release(database, 10)):
        for turn in range(5):
            with database.writing() as session:
                actor = actions.person_named(session, "Kim", NOW)
                now = NOW + timedelta(minutes=10 * place + turn)
                if turn == 4:
                    actions.judge(
                        session, claim, value="moot", reason="weg", actor=actor, now=now, evidence=NewEvidence(note="N")
                    )
                else:
                    actions.edit(session, claim, Edit(summary=f"Fassung {turn}"), actor=actor, now=now)


def drop_triggers(session, *, sqlite):
    for table in ("decision", "review"):
        if sqlite:
            session.execute(text(f"DROP TRIGGER {table}_no_update"))
            session.execute(text(f"DROP TRIGGER {table}_no_delete"))
        else:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def tamper(session, chance, last):
    """One tampering by SQL; gives its name."""
    number = chance.randint(1, last)
    kind = chance.choice(["edit", "delete", "insert", "swap", "cut", "judgment"])
    if kind == "edit":
        session.execute(text(f"UPDATE decision SET {chance.choice(COLUMNS)} = 'x' WHERE number = {number}"))
    elif kind == "delete":
        session.execute(text(f"DELETE FROM decision WHERE number = {number}"))
    elif kind == "insert":
        session.execute(
            text(
                "INSERT INTO decision (claim_id, person_id, actor, action, reason, before, after, details, holds_for, recorded_at, number, previous, hash)"
                f" SELECT claim_id, person_id, actor, action, 'x', before, after, details, holds_for, recorded_at, {last + 1}, hash, 'f' FROM decision WHERE number = {number}"
            )
        )
    elif kind == "swap":
        other = number % last + 1
        for old, new in ((number, 100000), (other, number), (100000, other)):
            session.execute(text(f"UPDATE decision SET number = {new} WHERE number = {old}"))
    elif kind == "cut":
        session.execute(text(f"DELETE FROM decision WHERE number >= {number}"))
    else:
        session.execute(text("UPDATE review SET value = 'fulfilled' WHERE id = (SELECT min(id) FROM review)"))
    return kind


def drill(database, times, seed=1):
    """How many of so many tamperings were found, by kind; each is taken back."""
    chance = random.Random(seed)
    found: dict[str, list[bool]] = {}
    with database.reading() as session:
        anchor = queries.history_head(session)
    for _ in range(times):
        with database.reading() as session:
            drop_triggers(session, sqlite=database.is_sqlite)
            kind = tamper(session, chance, anchor.number)
            found.setdefault(kind, []).append(bool(queries.check_history(session, [anchor])))
            session.rollback()
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/x.sqlite3")
        upgrade(database, NOW)
        a_history(database)
        found = drill(database, times)
        database.close()
    for kind, results in sorted(found.items()):
        print(f"{kind}: {sum(results)} of {len(results)} found")
    sys.exit(0 if all(all(results) for results in found.values()) else 1)
