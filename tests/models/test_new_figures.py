from datetime import UTC, datetime

from models import actions, queries
from models.words import Kind
from settings.reference import observations

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
RANKING = "In keinem anderen Bundesland gibt es eine höhere Abschiebungsrate."


def test_a_tracked_ranking_comes_back_when_new_figures_of_its_indicator_arrive(desk):
    claim = desk.keep(f"Titel\n\n{RANKING}", [RANKING], kind=Kind.RANKING, deadline=None).new_claims[0].id
    desk.act(actions.track, claim)
    with desk.database.reading() as session:
        assert [row.why for row in queries.todo_rows(session, NOW.date())] == ["forgotten"]
    for _ in range(2):  # what is known already raises nothing
        with desk.database.writing() as session:
            actions.store_series(session, observations(), NOW)
    with desk.database.reading() as session:
        rows = queries.todo_rows(session, NOW.date(), assignee=queries.NOBODY)
        assert [(row.why, row.rule) for row in rows] == [("appointment", "new_figures")]
        assert queries.todo_rows(session, NOW.date(), assignee="Kim") == []
