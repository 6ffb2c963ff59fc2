"""The index behind the search: made for what is there, used by the database, and in step when two write at once."""

import threading
from datetime import UTC, date, datetime

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from models import Claim, Evidence, SearchEntry, actions, queries
from models.schema import _config, upgrade
from models.search.ask import read_query
from models.search.entry import Shelf, number_of, place_of, shelf_of
from models.search.index import dialect_of, matching
from models.search.keep import AT_ONCE, LONGEST_ENTRY
from models.words import EvidenceKind, EvidenceState

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."


def ids(desk, typed, *kinds):
    with desk.database.reading() as session:
        return [(hit.kind.value, hit.id) for hit in queries.search(session, typed, kinds=kinds or tuple(queries.Subject)).hits]


def entries(desk):
    with desk.database.reading() as session:
        return session.execute(select(*SearchEntry.__table__.c).order_by(SearchEntry.place)).all()


def test_an_upgrade_indexes_what_an_older_database_holds(desk):
    claim = desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE]).new_claims[0]
    before = entries(desk)
    with desk.database.writer.connect() as connection, connection.begin():
        script = ScriptDirectory.from_config(_config())
        command.downgrade(_config(connection), script.get_revision("0006").down_revision)
    upgrade(desk.database, NOW)
    assert entries(desk) == before
    assert ids(desk, "verfügung", queries.Subject.CLAIM) == [("claim", claim.id)]
    # Nothing of it is needed for the next write.
    desk.keep(f"Titel\n\n{PLEDGE} Und mehr.", [PLEDGE])
    assert ids(desk, '"und mehr"') == [("release", 1)]


def test_a_visit_that_changes_nothing_writes_no_entry(desk):
    desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE])
    with desk.database.writing() as session:
        session.execute(text("UPDATE search_entry SET head = 1"))
    desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE])
    assert {entry.head for entry in entries(desk)} == {1}
    with desk.database.writing() as session:
        actions.index_releases(session, [1])
    assert 1 not in {entry.head for entry in entries(desk)}


def test_more_claims_than_are_indexed_at_once_are_all_found(desk):
    quotes = [f"Wir bauen {n} Häuser." for n in range(1, AT_ONCE + 3)]
    desk.keep("Titel\n\n" + " ".join(quotes), quotes)
    with desk.database.reading() as session:
        assert queries.search(session, "Haus", kinds=(queries.Subject.CLAIM,)).total == len(quotes)


def test_a_release_as_long_as_a_book_is_kept_and_found(desk):
    words = " ".join(f"wort{n}ende" for n in range(70_000))
    desk.keep(f"Titel\n\nAnfang {words}", [])
    with desk.database.reading() as session:
        assert all(LONGEST_ENTRY * 0.9 < len(entry.words) <= LONGEST_ENTRY for entry in entries(desk))
        assert queries.search(session, '"Anfang wort0ende wort1ende"').total == 1
        assert queries.search(session, '"wort20000ende wort20001ende"').total == 1


def test_two_people_who_write_about_one_claim_at_once_are_both_found(desk):
    claim = desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE]).new_claims[0].id
    first_wrote, go_on = threading.Event(), threading.Event()

    def note(word, wrote=None, wait=None):
        with desk.database.writing() as session:
            session.add(
                Evidence(
                    claim=session.get_one(Claim, claim),
                    person=actions.person_named(session, "Kim", NOW),
                    kind=EvidenceKind.REPORT,
                    note=word,
                    state=EvidenceState.ARCHIVED,
                    added_at=NOW,
                )
            )
            session.flush()
            if wrote:
                wrote.set()
                wait.wait(5)

    with desk.database.writing() as session:
        actions.person_named(session, "Kim", NOW)
    threads = [
        threading.Thread(target=note, args=("Regenbogen", first_wrote, go_on)),
        threading.Thread(target=note, args=("Sonnenschein",)),
    ]
    threads[0].start()
    assert first_wrote.wait(5)
    threads[1].start()
    # On PostgreSQL the second commits while the first still writes; on SQLite it waits.
    threads[1].join(1)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert ids(desk, "Regenbogen Sonnenschein") == [("claim", claim)]


def test_the_database_uses_its_index(desk):
    desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE])
    with desk.database.reading() as session:
        dialect = dialect_of(session)
        statement = matching(dialect, read_query('"Millionen Euro" -Haus'), [Shelf.CLAIM])
        compiled = statement.compile(session.connection().engine, compile_kwargs={"literal_binds": True})
        if dialect == "postgresql":
            session.execute(text("SET enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN" if dialect == "sqlite" else "EXPLAIN"
        plan = "\n".join(str(row) for row in session.connection().exec_driver_sql(f"{explain} {compiled}"))
    assert ("VIRTUAL TABLE INDEX" if dialect == "sqlite" else "search_index") in plan


def test_places_are_in_the_order_of_days_and_fit_into_eight_bytes():
    last = place_of(date.max, Shelf.DISMISSED, 2**38 - 1)
    assert last < 2**63
    assert (shelf_of(last), number_of(last)) == (Shelf.DISMISSED, 2**38 - 1)
    assert place_of(date(2024, 1, 2), Shelf.RELEASE, 1) > place_of(date(2024, 1, 1), Shelf.DISMISSED, 9999)
