"""Models, weights and scores as rows: one in force, the former kept for a roll-back, the rules' score untouched."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import exc, func, select, text

from models import Finding, LearnedModel, LearnedScore, LearnedWeight, actions, queries
from models.actions import ActionError
from models.actions.learn import KEPT
from models.words import DismissReason, Kind, LearningGround, ModelState

NOW = datetime(2019, 11, 28, 8, tzinfo=UTC)
QUOTES = [f"Wir werden {n} Millionen Euro zur Verfügung stellen." for n in range(1, 8)]


def a_model(state=ModelState.IN_FORCE, ground=LearningGround.BETTER):
    return LearnedModel(
        version=0, trained_at=NOW, rules_version="1", decisions=60, positives=30, newest_decision_at=NOW, fingerprint="f",
        held_out=60, ap_rules=0.6, ap_after=0.9, older=40, ap_older_before=0.6, ap_older_after=0.9, ground=ground, state=state,
        reason="weil",
    )  # fmt: skip


def a_weight(feature="rules", weight=1.0):
    return LearnedWeight(
        speaks_for="claim", feature=feature, weight=weight, without_first=weight, without_second=weight, without_third=weight
    )


@pytest.fixture
def claims(desk):
    return [claim.id for claim in desk.keep("Titel\n\n" + "\n\n".join(QUOTES), QUOTES).new_claims]


def keep(desk, model=None, before=None):
    with desk.database.writing() as session:
        return actions.keep_model(session, model or a_model(), [a_weight(), a_weight("word:wir", -1.0)], before=before)


def score_all(desk, model, score=0.3):
    with desk.database.writing() as session:
        found = queries.findings_to_score(session)
        rows = [LearnedScore(finding_id=f.id, model_id=model.id, score=score, kind=Kind.PLEDGE) for f in found]
        return actions.keep_scores(session, model.id, rows)


def count(desk, table):
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_model_replaces_the_former_and_its_scores(desk, claims):
    first = keep(desk)
    assert score_all(desk, first) == len(claims)
    second = keep(desk, before=first.id)
    with desk.database.reading() as session:
        states = session.scalars(select(LearnedModel.state).order_by(LearnedModel.version)).all()
        assert states == [ModelState.SUPERSEDED, ModelState.IN_FORCE]
        current = queries.model_in_force(session)
        assert (current.version, [w.feature for w in current.weights]) == (second.version, ["rules", "word:wir"])
    assert count(desk, LearnedScore) == 0


def test_a_rejected_model_is_logged_and_changes_nothing(desk, claims):
    first = keep(desk)
    score_all(desk, first)
    rejected = keep(desk, a_model(ModelState.REJECTED, LearningGround.WORSE_ON_OLDER), before=first.id)
    with desk.database.reading() as session:
        assert queries.model_in_force(session).id == first.id
        assert queries.last_model(session).id == rejected.id
        assert queries.last_model(session).weights == []
        page = queries.learning(session)
        assert (page.in_force.version, page.last.version, page.last.ground) == (1, 2, "worse_on_older")
    assert count(desk, LearnedScore) == len(claims)


def test_who_compared_with_a_model_that_is_gone_is_refused(desk):
    keep(desk)
    with pytest.raises(ActionError, match="Learn again"):
        keep(desk, before=None)
    assert count(desk, LearnedModel) == 1


def test_of_two_who_learn_at_once_the_second_learns_again(desk):
    outcomes = []

    def learn():
        try:
            outcomes.append(keep(desk).version)
        except ActionError as error:
            outcomes.append(str(error))

    threads = [Thread(target=learn) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [1, "Another model came into force meanwhile. Learn again."]


def test_scores_for_a_model_that_is_gone_are_not_kept(desk, claims):
    first = keep(desk)
    keep(desk, before=first.id)
    assert score_all(desk, first) == 0


def test_rolling_back_puts_the_former_in_force_and_then_none(desk, claims):
    first = keep(desk)
    second = keep(desk, before=first.id)
    score_all(desk, second)
    taken, former = desk.act(actions.roll_back_model, reason="Los entschied")
    assert (taken.version, former.version, former.state) == (2, 1, ModelState.IN_FORCE)
    assert (taken.state, taken.reason, taken.rolled_back_by.name) == (ModelState.ROLLED_BACK, "Los entschied", "Kim")
    assert count(desk, LearnedScore) == 0
    assert score_all(desk, former) == len(claims)
    _taken, former = desk.act(actions.roll_back_model, reason="auch falsch")
    assert former is None
    for reason, words in (("x", "No learned model"), ("", "No learned model")):
        with pytest.raises(ActionError, match=words):
            desk.act(actions.roll_back_model, reason=reason)


def test_rolling_back_needs_a_reason(desk):
    keep(desk)
    with pytest.raises(ActionError, match="needs a reason"):
        desk.act(actions.roll_back_model, reason="  ")
    with desk.database.reading() as session:
        assert queries.model_in_force(session).version == 1


def test_figures_stay_for_ever_and_weights_of_old_models_go(desk):
    before = None
    for _ in range(KEPT + 3):
        before = keep(desk, before=before).id
    with desk.database.reading() as session:
        kept = session.scalars(
            select(LearnedModel.version).where(LearnedModel.weights.any()).order_by(LearnedModel.version)
        ).all()
    assert kept == list(range(3, KEPT + 4))
    assert count(desk, LearnedModel) == KEPT + 3


def test_the_learned_score_stands_beside_the_rules_own_and_orders_the_list(desk, claims):
    model = keep(desk)
    with desk.database.writing() as session:
        found = queries.findings_to_score(session)
        rows = [LearnedScore(finding_id=f.id, model_id=model.id, score=0.1 * n, kind=Kind.PLEDGE) for n, f in enumerate(found)]
        actions.keep_scores(session, model.id, rows[:-1])
    with desk.database.reading() as session:
        listed = queries.claim_rows(session, queries.ClaimFilter(), order="score")
        assert [row.learned and round(row.learned, 1) for row in listed] == [None, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0]
        assert {row.score for row in listed} == {0.9}
        assert set(session.scalars(select(Finding.score))) == {0.9}
        claim = queries.claim_for_page(session, listed[1].id)
    assert (claim.finding.learned.score, claim.finding.learned.model.version) == (0.5, 1)


def test_decisions_tell_claims_from_others_in_the_order_of_time(desk, claims):
    a, b, c, d, e, f, g = claims
    later = iter(NOW + timedelta(hours=n) for n in range(20))
    desk.act(actions.dismiss, a, why=DismissReason.NO_CLAIM, now=next(later))
    desk.act(actions.track, b, now=next(later))
    desk.act(actions.dismiss, c, why=DismissReason.NOT_CHECKABLE, now=next(later))
    desk.act(actions.dismiss, d, why=DismissReason.DUPLICATE, now=next(later))
    desk.act(actions.dismiss, e, why=DismissReason.OTHER, reason="x", now=next(later))
    desk.act(actions.judge, f, value="fulfilled", reason="x", evidence=actions.NewEvidence(note="Beleg"), now=next(later))
    desk.act(actions.track, a, kind=Kind.PLEDGE, now=next(later))
    with desk.database.reading() as session:
        found = queries.decided_findings(session)
        assert [(row.quote, row.tracked) for row in found] == [(QUOTES[n], n != 2) for n in (1, 2, 5, 0)]
        assert [row.decided_kind for row in found] == [Kind.FUNDING_PLEDGE, None, Kind.FUNDING_PLEDGE, Kind.PLEDGE]
        assert found[-1].decided_at == NOW + timedelta(hours=6)
        assert [row.quote for row in queries.findings_to_score(session)] == [QUOTES[6]]
        assert (queries.learning(session).decisions, queries.learning(session).tracked) == (4, 3)
    assert g not in {row.id for row in found}


def test_a_claim_tracked_as_another_kind_is_judged_on_its_scale(desk, claims):
    claim = desk.act(actions.track, claims[0], kind=Kind.STATISTIC)
    assert (claim.kind, claim.status) == (Kind.STATISTIC, "unchecked")
    with desk.database.reading() as session:
        (decision,) = queries.claim_for_page(session, claims[0]).decisions
    assert (decision.before["kind"], decision.after["kind"]) == ("funding_pledge", "statistic")
    claim = desk.act(actions.track, claims[1], kind=Kind.FUNDING_PLEDGE)
    assert claim.decided_kind is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE learned_model SET state = 'in_force'",
        "UPDATE learned_model SET state = 'rejected'",
        "UPDATE learned_model SET state = 'rolled_back'",
        "UPDATE learned_model SET ground = 'taste'",
        "UPDATE learned_model SET ap_after = 1.5",
        "UPDATE learned_model SET positives = 61",
        "UPDATE learned_model SET reason = ''",
        "UPDATE learned_weight SET feature = 'rules'",
        "UPDATE learned_score SET score = -0.1",
        "UPDATE learned_score SET kind = 'promise'",
        "DELETE FROM learned_model",
    ],
)
def test_the_database_refuses_to_spoil_what_was_learned(desk, claims, change):
    first = keep(desk)
    score_all(desk, keep(desk, before=first.id))
    with pytest.raises(exc.IntegrityError), desk.database.writing() as session:
        session.execute(text(change))
