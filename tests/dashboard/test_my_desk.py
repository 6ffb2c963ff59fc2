from datetime import UTC, date, datetime, timedelta

import pytest

from models import Claim, FollowUp, actions, queries
from models.words import FollowUpRule, Stage

PAGE = "views/my_desk.py"
NOW = datetime.now(UTC)


def words_of(app):
    return "\n".join(str(element.proto) for element in app.get("html"))


@pytest.fixture
def tracked(desk_database):
    """A candidate that is no pledge, tracked: it has no deadline that would make an appointment."""
    with desk_database.writing() as session:
        row = queries.claim_rows(session, queries.ClaimFilter(status=("candidate",), kind=("statistic",)))[0]
        actions.track(session, row.id, actor=actions.person_named(session, "Kim Beispiel", NOW), now=NOW)
    return row.id


def rows_of(database, today=None):
    with database.reading() as session:
        return {row.id: row for row in queries.desk_rows(session, today or NOW.date())}


def test_a_tracked_claim_without_appointment_and_judgment_is_not_forgotten(desk_database, tracked):
    row = rows_of(desk_database)[tracked]
    assert row.whys == ("forgotten",)
    assert not row.can_be_put_off


def test_an_appointment_takes_a_claim_off_the_desk_until_its_day(desk_database, tracked):
    day = NOW.date() + timedelta(days=7)
    with desk_database.writing() as session:
        actions.appoint_by_hand(
            session, tracked, due_on=day, actor=actions.person_named(session, "Kim Beispiel", NOW), now=NOW, reason="Zahlen"
        )
    assert tracked not in rows_of(desk_database)
    row = rows_of(desk_database, day)[tracked]
    assert (row.whys, row.day, row.remark) == (("by_hand",), day, "Zahlen")


def test_evidence_that_failed_stands_above_everything_else(desk_database, tracked):
    with desk_database.writing() as session:
        claim = session.get_one(Claim, tracked)
        claim.follow_ups.append(
            FollowUp(due_on=NOW.date(), rule=FollowUpRule.EVIDENCE_FAILED, reason="404 <b>weg</b>", created_at=NOW)
        )
    assert next(iter(rows_of(desk_database))) == tracked
    assert rows_of(desk_database)[tracked].whys == ("evidence_failed",)


def test_every_tracked_unsettled_claim_is_on_the_desk_or_has_an_appointment(desk_database):
    waiting = rows_of(desk_database)
    with desk_database.reading() as session:
        rows = queries.claim_rows(session, queries.ClaimFilter(status=("open", "in_progress", "stalled", "unchecked")), size=500)
        for row in rows:
            claim = session.get(Claim, row.id)
            assert claim.stage is Stage.TRACKED
            assert row.id in waiting or any(f.done_at is None for f in claim.follow_ups)
    assert rows


def test_an_overdue_date_cannot_be_put_off_but_what_it_raised_can(desk_database):
    far = rows_of(desk_database, date(2040, 1, 1))
    overdue = [row for row in far.values() if "overdue" in row.whys]
    assert overdue
    assert all(row.can_be_put_off == ("deadline" in row.whys or "half_way" in row.whys) for row in overdue)


def test_the_page_lists_what_waits_each_with_a_link_to_its_claim(visit, desk_database, tracked):
    words = words_of(visit(PAGE, lang="en", person="Kim Beispiel"))
    assert f"claim?id={tracked}&amp;" in words
    assert "without an appointment" in words
    assert "with nobody" in words


def test_mine_and_nobodys_are_told_apart_by_the_link(visit, desk_database, tracked):
    with desk_database.writing() as session:
        kim = actions.person_named(session, "Kim Beispiel", NOW)
        actions.assign(session, tracked, to=kim, actor=kim, now=NOW)
    assert f"claim?id={tracked}&amp;" in words_of(visit(PAGE, lang="en", person="Kim Beispiel", whose="mine"))
    assert f"claim?id={tracked}&amp;" not in words_of(visit(PAGE, lang="en", person="Kim Beispiel", whose="nobody"))
    assert f"claim?id={tracked}&amp;" not in words_of(visit(PAGE, lang="en", person="Toni Muster", whose="mine"))
