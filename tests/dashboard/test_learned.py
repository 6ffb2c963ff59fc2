"""What was learned, on the claim's page and above the list."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Finding, LearnedModel, LearnedScore, LearnedWeight, actions, queries
from models.words import Kind, LearningGround, ModelState

NOW = datetime(2021, 4, 1, tzinfo=UTC)


def words_of(app):
    return "\n".join(str(element.proto) for element in app.get("html"))


def a_model(state, ground, after=0.94):
    return LearnedModel(
        version=0, trained_at=NOW, rules_version="1", decisions=214, positives=120, newest_decision_at=NOW, fingerprint="f",
        held_out=214, ap_rules=0.67, ap_after=after, older=140, ap_older_before=0.67, ap_older_after=after, kind_before=0.9,
        kind_after=0.95, ground=ground, state=state, reason="weil",
    )  # fmt: skip


@pytest.fixture
def learned(desk_database):
    """A model in force that has scored the first candidate of the list."""
    with desk_database.writing() as session:
        weight = LearnedWeight(
            speaks_for="claim", feature="word:wir", weight=1, without_first=1, without_second=1, without_third=1
        )
        model = actions.keep_model(session, a_model(ModelState.IN_FORCE, LearningGround.BETTER), [weight], before=None)
        claim = queries.claim_rows(session, queries.ClaimFilter(status=("candidate",)))[-1]
        finding = session.scalars(select(Finding).where(Finding.claim_id == claim.id, Finding.current)).one()
        moved = [
            {"feature": "word:<b>wir</b>", "weight": 1.3},
            {"feature": f"cue:{finding.reasons[0]['cue']}", "weight": -0.4},
            {"feature": f"kind:{finding.kind.value}", "weight": 0.2},
        ]
        kind = next(kind for kind in Kind if kind is not finding.kind)
        score = LearnedScore(finding_id=finding.id, model_id=model.id, score=1.0, kind=kind, moved=moved)
        actions.keep_scores(session, model.id, [score])
    return claim


def test_a_claim_shows_both_scores_and_the_words_that_moved_it(visit, learned):
    words = words_of(visit("views/one_claim.py", lang="en", id=learned.id))
    assert "sure by rules version" in words
    assert "100% likely to be tracked" in words
    assert "version 1" in words
    assert "&lt;b&gt;wir&lt;/b&gt;" in words
    assert "<b>wir" not in words
    assert "+1.3" in words
    assert "-0.4" in words
    assert "the desk would call it" in words


def test_without_a_learned_score_the_rules_stand_alone(visit, learned, desk_database):
    with desk_database.reading() as session:
        other = next(row for row in queries.claim_rows(session, queries.ClaimFilter()) if row.id != learned.id)
    words = words_of(visit("views/one_claim.py", lang="en", id=other.id))
    assert "sure by rules version" in words
    assert "likely to be tracked" not in words


def test_the_list_says_what_was_learned_and_puts_the_likeliest_first(visit, learned):
    app = visit("views/claim_list.py", lang="en", order="score")
    (expander,) = app.expander
    assert (
        expander.label
        == "What the desk’s decisions taught: version 1 · 214 decisions · average precision 0.67 → 0.94 (n = 214) · in force"
    )
    assert "Kinds named rightly: 90% → 95%." in words_of(app)
    app.selectbox(key="order").set_value("score").run()
    assert not app.exception
    assert "100% likely (rules:" in words_of(app)
    assert words_of(app).index("100% likely") < words_of(app).index("% sure")
    assert "in Kraft" in visit("views/claim_list.py").expander[0].label


def test_a_rejected_run_is_said_with_its_reason(visit, learned, desk_database):
    with desk_database.writing() as session:
        before = queries.model_in_force(session).id
        actions.keep_model(session, a_model(ModelState.REJECTED, LearningGround.WORSE_ON_OLDER, 0.5), [], before=before)
    app = visit("views/claim_list.py", lang="en")
    assert "in force" in app.expander[0].label
    assert "rejected: the newest decisions speak against the older ones" in words_of(app)


def test_a_roll_back_is_said_with_the_words_of_who_did_it(visit, learned, desk_database):
    with desk_database.writing() as session:
        actor = actions.person_named(session, "Kim", NOW)
        actions.roll_back_model(session, reason="<i>Los</i>", actor=actor, now=NOW)
    app = visit("views/claim_list.py", lang="en")
    assert "rolled back" in app.expander[0].label
    assert "&lt;i&gt;Los&lt;/i&gt;" in words_of(app)


def test_before_the_first_learning_the_list_says_how_many_decisions_are_missing(visit):
    app = visit("views/claim_list.py", lang="en")
    assert "nothing yet, " in app.expander[0].label
    assert "of 40 decisions" in app.expander[0].label
    assert "learns every night" in words_of(app)


def test_a_candidate_can_be_tracked_as_another_kind(visit, desk_database):
    with desk_database.reading() as session:
        candidate = queries.claim_rows(session, queries.ClaimFilter(status=("candidate",)))[0]
    app = visit("views/one_claim.py", lang="en", id=candidate.id)
    other = "ranking" if candidate.kind != "ranking" else "statistic"
    app.button(key=f"track_{other}").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        assert queries.claim_for_page(session, candidate.id).kind == other
