"""What the desk's decisions taught: every model with its figures, its weights as rows, and the scores under the one in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.claim import Finding
from models.person import Person
from models.words import Kind, LearningGround, ModelState


class LearnedModel(Base, kw_only=True):
    """One candidate that was learned and checked. At most one is in force; a rejected one stays as a row with its figures."""

    __tablename__ = "learned_model"
    __table_args__ = (
        Index(
            "uq_learned_model_in_force",
            "state",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
        CheckConstraint("positives >= 0 AND positives <= decisions", name="positives_are_decisions"),
        CheckConstraint("ap_rules >= 0 AND ap_rules <= 1 AND ap_after >= 0 AND ap_after <= 1", name="precisions_are_shares"),
        CheckConstraint("(state = 'rejected') = (ground <> 'better')", name="rejected_has_ground"),
        CheckConstraint("(state = 'rolled_back') = (rolled_back_at IS NOT NULL)", name="rolled_back_has_moment"),
        CheckConstraint("(rolled_back_at IS NULL) = (rolled_back_by_id IS NULL)", name="rolled_back_has_person"),
        CheckConstraint("length(reason) > 0", name="has_reason"),
        {"comment": "What was learned from the desk's decisions, with its check"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the row")
    version: Mapped[int] = mapped_column(unique=True, comment="Version number, 1 for the first that was learned")
    trained_at: Mapped[datetime] = mapped_column(comment="When it was learned (UTC)")
    rules_version: Mapped[str] = mapped_column(comment="Version of the rule set then")
    decisions: Mapped[int] = mapped_column(comment="Decisions it was learned from")
    positives: Mapped[int] = mapped_column(comment="Tracked ones among them")
    newest_decision_at: Mapped[datetime] = mapped_column(comment="Moment of the newest of these decisions (UTC)")
    fingerprint: Mapped[str] = mapped_column(comment="Hash of the rules version and of all it was learned from, hexadecimal")
    held_out: Mapped[int] = mapped_column(comment="Decisions it was checked on, each by weights that have not seen it")
    ap_rules: Mapped[float] = mapped_column(comment="Average precision of the rules' own score on them, 0 to 1")
    ap_before: Mapped[float | None] = mapped_column(default=None, comment="The same of the model then in force; null: none was")
    ap_after: Mapped[float] = mapped_column(comment="The same of this model")
    older: Mapped[int] = mapped_column(comment="Decisions among them that are older than the newest batch")
    ap_older_before: Mapped[float] = mapped_column(comment="Average precision on these of what was in force, else of the rules")
    ap_older_after: Mapped[float] = mapped_column(comment="The same of this model")
    agreement: Mapped[float | None] = mapped_column(
        default=None, comment="Share of pairs of the newest batch in the right order; null: all went one way"
    )
    kind_before: Mapped[float | None] = mapped_column(
        default=None, comment="Share of tracked claims whose kind was named rightly before; null: none is tracked"
    )
    kind_after: Mapped[float | None] = mapped_column(default=None, comment="The same with this model")
    ground: Mapped[LearningGround] = mapped_column(comment="What the check found")
    state: Mapped[ModelState] = mapped_column(comment="in_force, superseded, rejected or rolled_back")
    reason: Mapped[str] = mapped_column(Text, comment="Why it is in that state, in words")
    rolled_back_at: Mapped[datetime | None] = mapped_column(default=None, comment="When a person took it out of force (UTC)")
    rolled_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), init=False, comment="Who did")

    rolled_back_by: Mapped[Person | None] = relationship(default=None, compare=False, repr=False)
    weights: Mapped[list["LearnedWeight"]] = relationship(
        back_populates="model", default_factory=list, compare=False, repr=False, order_by="LearnedWeight.id"
    )


class LearnedWeight(Base, kw_only=True):
    """The weight of one feature. Decisions fall into three thirds; the other columns hold it as learned without each."""

    __tablename__ = "learned_weight"
    __table_args__ = (
        Index("uq_learned_weight_feature", "model_id", "speaks_for", "feature", unique=True),
        {"comment": "Weights of a model in force, or of one that can be put in force again"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the row")
    model_id: Mapped[int] = mapped_column(ForeignKey("learned_model.id"), init=False, comment="Model")
    speaks_for: Mapped[str] = mapped_column(comment="claim: that the desk tracks it; else the kind it speaks for")
    feature: Mapped[str] = mapped_column(comment="always, rules (their score), kind:K, cue:NAME or word:LEMMA")
    weight: Mapped[float] = mapped_column(comment="Weight in log-odds, the mean of the three")
    without_first: Mapped[float] = mapped_column(comment="Weight learned without the first third")
    without_second: Mapped[float] = mapped_column(comment="Weight learned without the second third")
    without_third: Mapped[float] = mapped_column(comment="Weight learned without the third third")
    model: Mapped[LearnedModel] = relationship(back_populates="weights", init=False, compare=False, repr=False)


class LearnedScore(Base, kw_only=True):
    """A finding's score under the model in force, beside the rules' own. All rows go when another model comes into force."""

    __tablename__ = "learned_score"
    __table_args__ = (
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_share"),
        {"comment": "How likely the desk tracks a finding, as its decisions taught"},
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True, comment="Finding")
    model_id: Mapped[int] = mapped_column(ForeignKey("learned_model.id"), index=True, comment="Model in force")
    score: Mapped[float] = mapped_column(comment="How likely the desk tracks it, 0 to 1")
    kind: Mapped[Kind] = mapped_column(comment="Kind as the desk would name it")
    moved: Mapped[list[dict[str, Any]]] = mapped_column(
        default_factory=list, comment="Features that moved the score most: feature, weight"
    )
    model: Mapped[LearnedModel] = relationship(init=False, compare=False, repr=False)
    finding: Mapped[Finding] = relationship(back_populates="learned", init=False, compare=False, repr=False)
