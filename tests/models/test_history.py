import sys
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from models import actions, queries

sys.path.insert(0, str(Path(__file__).parents[1] / "drills"))

import life_of_a_claim
import tamper

SENTENCE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."


def test_every_tampering_is_found_and_the_untouched_history_stands(database):
    tamper.a_history(database)
    found = tamper.drill(database, 40)
    assert {kind for kind, results in found.items() if not all(results)} == set()
    assert len(found) == 6
    with database.reading() as session:
        assert queries.check_history(session, [queries.history_head(session)]) == []


@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["decision", "review"])
def test_the_database_refuses_to_rewrite_history(desk, change, table):
    claim = desk.keep(f"Titel\n\n{SENTENCE}", [SENTENCE]).new_claims[0].id
    desk.act(actions.judge, claim, value="open", reason="ja")
    with pytest.raises(exc.IntegrityError, match="append-only"), desk.database.writing() as session:
        session.execute(text(change.format(table)))


def test_no_order_of_actions_breaks_an_invariant():
    life_of_a_claim.run(6, 20)
