from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from models import Claim, Evidence, FollowUp, Request, actions, queries
from models.actions import ActionError, NewEvidence
from models.words import DismissReason, EvidenceKind, EvidenceState, Kind, RequestKind

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
REPORT = NewEvidence(kind=EvidenceKind.REPORT, note="Bericht der Landesregierung")
PLEDGE = "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen."


@pytest.fixture
def pledge(desk):
    return desk.keep(f"Titel\n\n{PLEDGE}", [PLEDGE]).new_claims[0].id


def shown(desk, claim_id):
    with desk.database.reading() as session:
        return queries.claim_for_page(session, claim_id)


def test_tracking_makes_appointments_for_the_deadline_and_half_way_to_it(desk, pledge):
    desk.act(actions.track, pledge, reason="prüfbar")
    claim = shown(desk, pledge)
    assert (claim.status, [f.due_on for f in claim.follow_ups]) == ("open", [date(2020, 6, 14), date(2020, 12, 31)])
    assert [(d.person.name, d.reason) for d in claim.decisions] == [("Kim", "prüfbar")]


def test_judging_a_candidate_tracks_it_in_the_same_transaction(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="steht im Haushalt", evidence=REPORT)
    claim = shown(desk, pledge)
    assert [d.action.value for d in claim.decisions] == ["track", "judge"]
    assert (claim.status, claim.follow_ups[0].outcome) == ("fulfilled", "fulfilled")


def test_an_earlier_judgment_stays_visible_beside_the_later_one(desk, pledge):
    desk.act(actions.judge, pledge, value="in_progress", reason="läuft")
    desk.act(actions.judge, pledge, value="not_fulfilled", reason="kam nicht", evidence=REPORT, now=NOW + timedelta(days=500))
    claim = shown(desk, pledge)
    assert [review.value for review in claim.reviews] == ["in_progress", "not_fulfilled"]
    assert claim.reviews[1].replaces_id == claim.reviews[0].id


def test_a_dispute_stands_beside_the_judgment_and_is_resolved_without_touching_it(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="ja", evidence=REPORT)
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
        (actions.judge, {"value": "fulfilled", "reason": "x", "evidence": NewEvidence()}, "an address, a file or a pasted text"),
        (actions.judge, {"value": "fulfilled", "reason": "x", "evidence": REPORT, "revision": 99}, "changed by somebody else"),
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
        desk.act(actions.judge, pledge, value="fulfilled", reason="x", evidence=REPORT)
    desk.act(actions.track, pledge)
    assert shown(desk, pledge).status == "open"


def test_a_judged_claim_cannot_be_dismissed(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="x", evidence=REPORT)
    with pytest.raises(ActionError, match="has been judged"):
        desk.act(actions.dismiss, pledge, why=DismissReason.NO_CLAIM)


def test_an_unknown_claim_is_named(desk):
    with pytest.raises(ActionError, match="no claim 77"):
        desk.act(actions.track, 77)


def test_other_kinds_are_judged_on_the_other_scale(desk):
    quote = "In keinem anderen Bundesland gibt es eine höhere Rate."
    claim = desk.keep(f"Titel\n\n{quote}", [quote], kind=Kind.RANKING).new_claims[0].id
    desk.act(actions.judge, claim, value="depends_on_definition", reason="je nachdem", evidence=REPORT)
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
    for day in (date(2020, 6, 13), date(2020, 6, 14), date(2020, 12, 30), date(2020, 12, 31), date(2021, 1, 1)):
        with desk.database.writing() as session:
            raised.append(len(actions.raise_due(session, day, NOW)))
    assert raised == [0, 1, 0, 1, 0]
    with desk.database.reading() as session:
        assert {follow_up.raised_at for follow_up in session.scalars(select(FollowUp))} == {NOW}


def test_of_two_who_decide_at_the_same_moment_the_second_sees_what_the_first_did(desk, pledge):
    refused = []

    def second():
        try:
            desk.act(actions.dismiss, pledge, why=DismissReason.NO_CLAIM, who="Toni")
        except Exception as error:  # noqa: BLE001  a thread's exception is lost unless it is kept
            refused.append(error)

    other = Thread(target=second)
    with desk.database.writing() as session:
        actor = actions.person_named(session, "Kim", NOW)
        actions.judge(session, pledge, value="fulfilled", reason="ja", evidence=REPORT, actor=actor, now=NOW)
        other.start()
        other.join(0.1)  # it waits for us
        assert other.is_alive()
    other.join(10)
    assert [type(error) for error in refused] == [ActionError]
    assert "has been judged" in str(refused[0])
    assert shown(desk, pledge).status == "fulfilled"


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ((actions.track, {}), (actions.track, {}), "already tracked"),
        (
            (actions.dismiss, {"why": DismissReason.DUPLICATE}),
            (actions.dismiss, {"why": DismissReason.NO_CLAIM}),
            "already dismissed",
        ),
        ((actions.dispute, {"ground": "a"}), (actions.dispute, {"ground": "b"}), "already disputed"),
        ((actions.dispute, {"ground": "a"}), (actions.resolve, {"resolution": " "}), "how it ended"),
        ((actions.dismiss, {"why": DismissReason.DUPLICATE}), (actions.dispute, {"ground": "b"}), "track it first"),
    ],
)
def test_what_was_done_already_is_said(desk, pledge, first, again, words):
    desk.act(first[0], pledge, **first[1])
    with pytest.raises(ActionError, match=words):
        desk.act(again[0], pledge, **again[1])


def test_a_judgment_that_leaves_the_matter_open_keeps_the_appointment(desk, pledge):
    desk.act(actions.judge, pledge, value="postponed", reason="verschoben")
    assert [f.due_on for f in shown(desk, pledge).follow_ups if f.done_at is None] == [date(2020, 6, 14), date(2020, 12, 31)]


def test_a_disputed_claim_is_not_dismissed_and_dismissing_closes_the_appointments(desk, pledge):
    desk.act(actions.dispute, pledge, ground="nein")
    with pytest.raises(ActionError, match="resolve that first"):
        desk.act(actions.dismiss, pledge, why=DismissReason.DUPLICATE)
    desk.act(actions.resolve, pledge, resolution="doch")
    desk.act(actions.dismiss, pledge, why=DismissReason.DUPLICATE)
    claim = shown(desk, pledge)
    assert (claim.status, claim.follow_ups[0].outcome) == ("dismissed", "dismissed")


def test_a_judgment_late_at_night_holds_for_the_day_of_the_desk(desk, pledge):
    night = datetime(2019, 12, 31, 23, 30, tzinfo=UTC)
    review = desk.act(actions.judge, pledge, value="in_progress", reason="x", now=night)
    assert review.holds_for == date(2020, 1, 1)


def test_the_log_says_what_changed_and_from_what(desk, pledge):
    desk.act(actions.judge, pledge, value="open", reason="x")
    track, judge = shown(desk, pledge).decisions
    assert (track.before, track.after) == (
        {"stage": "candidate", "fulfillment": None, "appointments": []},
        {
            "stage": "tracked",
            "fulfillment": "open",
            "appointments": [["2020-06-14", "half_way", ""], ["2020-12-31", "deadline", ""]],
        },
    )
    assert (judge.before, judge.after) == ({"fulfillment": "open"}, {"fulfillment": "open"})


def test_evidence_that_cannot_be_had_brings_the_claim_back(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="x", evidence=NewEvidence(address="https://x.example/a"))
    with desk.database.writing() as session:
        actions.evidence_failed(session, 1, "404", NOW.date(), NOW)
    claim = shown(desk, pledge)
    assert (claim.evidence[0].state, claim.evidence[0].failure) == (EvidenceState.FAILED, "404")
    assert "https://x.example/a: 404" in [f.reason for f in claim.follow_ups if f.done_at is None]


def test_evidence_counts_once_its_page_is_archived(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="x", evidence=NewEvidence(address="https://x.example/a"))
    snapshot = desk.snapshot(b"Haushalt", address="https://x.example/a")
    with desk.database.writing() as session:
        actions.evidence_archived(session, 1, session.merge(snapshot), NOW)
    evidence = shown(desk, pledge).evidence[0]
    assert (evidence.state, evidence.snapshot.body_sha256) == (EvidenceState.ARCHIVED, snapshot.body_sha256)


def test_the_appointment_of_a_settled_claim_is_not_raised(desk, pledge):
    desk.act(actions.judge, pledge, value="fulfilled", reason="x", evidence=REPORT)
    with desk.database.writing() as session:
        assert actions.raise_due(session, date(2022, 1, 1), NOW) == []
