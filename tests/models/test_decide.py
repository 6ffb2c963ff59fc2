from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from models import Claim, Evidence, FollowUp, Request, actions, queries
from models.actions import ActionError, NewEvidence
from models.words import DismissReason, EvidenceState, Kind, RequestKind

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."


@pytest.fixture
def pledge(desk):
    return desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE]).new_claims[0].id


def shown(desk, claim_id):
    with desk.database.reading() as session:
        return queries.claim_for_page(session, claim_id)


def test_tracking_makes_an_appointment_for_the_deadline(desk, pledge):
    desk.act(actions.track, pledge, reason="prüfbar")
    claim = shown(desk, pledge)
    assert (claim.status, [f.due_on for f in claim.follow_ups]) == ("open", [date(2020, 12, 31)])
    assert [(d.person.name, d.reason) for d in claim.decisions] == [("Kim", "prüfbar")]


def test_judging_a_candidate_tracks_it_in_the_same_transaction(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="steht im Haushalt")
    claim = shown(desk, pledge)
    assert [d.action.value for d in claim.decisions] == ["track", "judge"]
    assert (claim.status, claim.follow_ups[0].outcome) == ("fulfilled", "fulfilled")


def test_an_earlier_judgment_stays_visible_beside_the_later_one(desk, pledge):
    desk.act(actions.judge, pledge, value="in_progress", reason="läuft")
    desk.act(actions.judge, pledge, value="not_fulfilled", reason="kam nicht", now=NOW + timedelta(days=500))
    claim = shown(desk, pledge)
    assert [review.value for review in claim.reviews] == ["in_progress", "not_fulfilled"]
    assert claim.reviews[1].replaces_id == claim.reviews[0].id


def test_a_dispute_stands_beside_the_judgment_and_is_resolved_without_touching_it(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="ja")
    desk.act(actions.dispute, pledge, ground="Geld floss nicht", objector="SPD", position="Haushalt gilt")
    assert shown(desk, pledge).status == "disputed"
    desk.act(actions.resolve, pledge, resolution="Beleg nachgereicht")
    claim = shown(desk, pledge)
    assert (claim.status, claim.disputes[0].resolution) == ("fulfilled", "Beleg nachgereicht")


@pytest.mark.parametrize(
    ("action", "given", "words"),
    [
        (actions.judge, {"value": "correct", "reason": "x"}, "no judgment for a funding_pledge"),
        (actions.judge, {"value": "fulfilled", "reason": "  "}, "needs a reason"),
        (
            actions.judge,
            {"value": "fulfilled", "reason": "x", "holds_for": date(2019, 11, 26)},
            "the claim was made on 2019-11-27",
        ),
        (actions.judge, {"value": "fulfilled", "reason": "x", "holds_for": date(2019, 11, 29)}, "a day to come"),
        (actions.judge, {"value": "fulfilled", "reason": "x", "evidence": NewEvidence(address="javascript:x")}, "no web address"),
        (actions.judge, {"value": "fulfilled", "reason": "x", "evidence": NewEvidence()}, "needs an address or a pasted text"),
        (actions.judge, {"value": "fulfilled", "reason": "x", "revision": 99}, "changed by somebody else"),
        (actions.dispute, {"ground": ""}, "needs its ground"),
        (actions.resolve, {"resolution": "x"}, "is not disputed"),
        (actions.dismiss, {"why": DismissReason.OTHER}, "needs that reason"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_half_done(desk, pledge, action, given, words):
    with pytest.raises(ActionError, match=words):
        desk.act(action, pledge, **given)
    claim = shown(desk, pledge)
    assert (claim.status, claim.decisions, claim.revision) == ("candidate", [], 1)


def test_a_dismissed_claim_is_judged_only_after_it_is_tracked_again(desk, pledge):
    desk.act(actions.dismiss, pledge, why=DismissReason.NO_CLAIM)
    with pytest.raises(ActionError, match="dismissed"):
        desk.act(actions.judge, pledge, value="fulfilled", reason="x")
    desk.act(actions.track, pledge)
    assert shown(desk, pledge).status == "open"


def test_a_judged_claim_cannot_be_dismissed(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="x")
    with pytest.raises(ActionError, match="has been judged"):
        desk.act(actions.dismiss, pledge, why=DismissReason.NO_CLAIM)


def test_an_unknown_claim_is_named(desk):
    with pytest.raises(ActionError, match="no claim 77"):
        desk.act(actions.track, 77)


def test_other_kinds_are_judged_on_the_other_scale(desk):
    quote = "In keinem anderen Bundesland gibt es eine höhere Rate."
    claim = desk.keep(f"Titel\n\n{quote}", [quote], kind=Kind.RANKING).new_claims[0].id
    desk.act(actions.judge, claim, value="depends_on_definition", reason="je nachdem")
    assert shown(desk, claim).status == "depends_on_definition"


def test_an_address_waits_for_the_worker_and_a_pasted_text_counts_at_once(desk, pledge):
    desk.act(actions.judge, pledge, value="in_progress", reason="x", evidence=NewEvidence(address="https://x.example/a"))
    desk.act(
        actions.judge, pledge, value="in_progress", reason="x", evidence=NewEvidence(address="https://x.example/b", note="Zitat")
    )
    with desk.database.reading() as session:
        assert [e.state for e in session.scalars(select(Evidence).order_by(Evidence.id))] == [
            EvidenceState.PENDING,
            EvidenceState.ARCHIVED,
        ]
        assert [(r.kind, r.payload) for r in session.scalars(select(Request))] == [
            (RequestKind.ARCHIVE_EVIDENCE, {"evidence": 1})
        ]


def test_two_at_once_the_second_is_refused_and_nothing_is_lost(desk, pledge):
    with desk.database.reading() as session:
        stale = session.get_one(Claim, pledge)
    desk.act(actions.track, pledge, who="Toni")

    def save_stale():
        with desk.database.writing() as session:
            session.add(stale)
            stale.summary = "meine Fassung"

    with pytest.raises(StaleDataError):
        save_stale()
    assert (shown(desk, pledge).status, shown(desk, pledge).summary) == ("open", None)


def test_a_follow_up_is_raised_once(desk, pledge):
    desk.act(actions.track, pledge)
    raised = []
    for day in (date(2020, 12, 30), date(2020, 12, 31), date(2021, 1, 1)):
        with desk.database.writing() as session:
            raised.append(len(actions.raise_due(session, day, NOW)))
    assert raised == [0, 1, 0]
    with desk.database.reading() as session:
        assert session.scalars(select(FollowUp)).one().raised_at == NOW
