"""Claims: where they stand in a release, what the machine found in them, and what people decided about them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.faction import Speaker
from models.person import Person
from models.release import Release, ReleaseVersion
from models.words import DismissReason, Fulfillment, Kind, Side, Stage, Verdict

if TYPE_CHECKING:
    from models.follow_up import FollowUp
    from models.learned import LearnedScore
    from models.review import Decision, Dispute, Evidence, Review


class Claim(Base, kw_only=True):
    """A checkable assertion, pinned to characters of one archived version. Only people write stage, judgment and `decided_*`."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("version_id", "start", "end"),
        CheckConstraint('start >= 0 AND "end" > start', name="span_not_empty"),
        CheckConstraint("(stage = 'dismissed') = (dismiss_reason IS NOT NULL)", name="dismissed_has_reason"),
        CheckConstraint("fulfillment IS NULL OR verdict IS NULL", name="one_scale"),
        CheckConstraint("(stage = 'tracked') = (fulfillment IS NOT NULL OR verdict IS NOT NULL)", name="tracked_has_judgment"),
        CheckConstraint(
            "same_as_id IS NULL OR (stage = 'dismissed' AND dismiss_reason = 'duplicate' AND same_as_id <> id)",
            name="repeats_are_duplicates",
        ),
        CheckConstraint(
            "decided_amount_min IS NULL OR decided_amount_max IS NULL OR decided_amount_min <= decided_amount_max",
            name="decided_amounts_in_order",
        ),
        {"comment": "A checkable assertion in a release"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the claim")
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), init=False, index=True, comment="Release")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("release_version.id"), init=False, comment="Version whose characters it is pinned to"
    )
    start: Mapped[int] = mapped_column(comment="First character in the version's text")
    end: Mapped[int] = mapped_column(comment="Character after the last one")
    quote: Mapped[str] = mapped_column(Text, comment="Wording, verbatim")
    created_at: Mapped[datetime] = mapped_column(comment="When it was first found (UTC)")

    stage: Mapped[Stage] = mapped_column(default=Stage.CANDIDATE, index=True, comment="candidate, tracked or dismissed")
    dismiss_reason: Mapped[DismissReason | None] = mapped_column(default=None, comment="Why a person dismissed it")
    fulfillment: Mapped[Fulfillment | None] = mapped_column(default=None, comment="What became of a tracked pledge, by a person")
    verdict: Mapped[Verdict | None] = mapped_column(
        default=None, comment="What a tracked assertion turned out to be, by a person"
    )
    disputed: Mapped[bool] = mapped_column(
        default=False, index=True, comment="Somebody objects; the dispute row says who and why"
    )
    decided_kind: Mapped[Kind | None] = mapped_column(default=None, comment="Kind, where a person corrected the finding")
    decided_deadline: Mapped[date | None] = mapped_column(default=None, comment="Deadline, where a person corrected the finding")
    decided_amount_min: Mapped[float | None] = mapped_column(
        Numeric(18, 2, asdecimal=False), default=None, comment="At least, EUR, where a person corrected the finding"
    )
    decided_amount_max: Mapped[float | None] = mapped_column(
        Numeric(18, 2, asdecimal=False), default=None, comment="At most, EUR, where a person corrected the finding"
    )
    decided_topic: Mapped[str | None] = mapped_column(default=None, comment="Subject area, where a person corrected the finding")
    decided_speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id"), init=False, comment="Speaker, where a person corrected the finding"
    )
    without: Mapped[str] = mapped_column(
        default="", comment="Fields that a person emptied: deadline, amount, topic, speaker; apart by blanks"
    )
    extended_until: Mapped[date | None] = mapped_column(
        default=None, comment="Last day after an extension that the claimant announced; the history says who and where"
    )
    same_as_id: Mapped[int | None] = mapped_column(
        ForeignKey("claim.id"), init=False, index=True, comment="Known claim that this one repeats, as a person confirmed"
    )
    decided_at: Mapped[datetime | None] = mapped_column(default=None, comment="When a person last acted on it (UTC)")
    summary: Mapped[str | None] = mapped_column(Text, default=None, comment="Short form, written by a person")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), init=False, comment="Who looks after it")
    revision: Mapped[int] = mapped_column(init=False, comment="Counts edits; a stale one is refused")

    release: Mapped[Release] = relationship(back_populates="claims", compare=False, repr=False)
    version: Mapped[ReleaseVersion] = relationship(compare=False, repr=False)
    assignee: Mapped[Person | None] = relationship(default=None, compare=False, repr=False)
    decided_speaker: Mapped[Speaker | None] = relationship(default=None, compare=False, repr=False)
    same_as: Mapped["Claim | None"] = relationship(default=None, remote_side="Claim.id", compare=False, repr=False)
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Finding.id"
    )
    appearances: Mapped[list["Appearance"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Appearance.id"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Decision.id"
    )
    reviews: Mapped[list["Review"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Review.id"
    )
    disputes: Mapped[list["Dispute"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Dispute.id"
    )
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="Evidence.id"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        back_populates="claim", default_factory=list, compare=False, repr=False, order_by="FollowUp.due_on"
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  SQLAlchemy reads this class attribute

    @property
    def finding(self) -> "Finding | None":
        """What the current rules found; None for a candidate that they no longer find."""
        return next((finding for finding in self.findings if finding.current), None)

    @property
    def kind(self) -> Kind:
        """The kind: a person's correction before the machine's finding."""
        return self.decided_kind or self.found.kind

    @property
    def found(self) -> "Finding":
        """What the current rules found, or what the last rules did that found it at all."""
        return self.finding or self.findings[-1]

    def is_without(self, field: str) -> bool:
        """Whether a person emptied a field that the machine had filled."""
        return field in self.without.split()

    @property
    def deadline(self) -> date | None:
        """The deadline: a person's correction before the machine's finding; extensions do not move it."""
        return None if self.is_without("deadline") else self.decided_deadline or self.found.deadline

    @property
    def amount(self) -> tuple[float | None, float | None]:
        """At least and at most, EUR: a person's correction before the machine's finding."""
        if self.is_without("amount"):
            return None, None
        if self.decided_amount_min is not None or self.decided_amount_max is not None:
            return self.decided_amount_min, self.decided_amount_max
        return self.found.amount_min_eur, self.found.amount_max_eur

    @property
    def topic(self) -> str | None:
        """The subject area: a person's correction before the machine's finding."""
        return None if self.is_without("topic") else self.decided_topic or self.found.topic

    @property
    def speaker(self) -> Speaker | None:
        """Who said it: a person's correction before the machine's finding; None: the faction."""
        return None if self.is_without("speaker") else self.decided_speaker or self.found.speaker

    @property
    def withdrawn_reviews(self) -> set[int]:
        """The judgments that were taken back by undoing."""
        undone = {decision.undoes_id for decision in self.decisions}
        return {
            decision.details["review"] for decision in self.decisions if decision.id in undone and "review" in decision.details
        }

    @property
    def standing_reviews(self) -> list["Review"]:
        """The judgments that were not taken back, in their order; the last one holds."""
        withdrawn = self.withdrawn_reviews
        return [review for review in self.reviews if review.id not in withdrawn]

    @property
    def status(self) -> str:
        """One word for lists and charts: disputed, else the judgment if tracked, else the stage."""
        if self.disputed:
            return "disputed"
        return str((self.fulfillment or self.verdict) if self.stage is Stage.TRACKED else self.stage)


class Finding(Base, kw_only=True):
    """What one version of the rules found in a claim's sentence. Written by the machine only."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("claim_id", "version_id", "rules_version"),
        Index("uq_finding_current", "claim_id", unique=True, sqlite_where=text("current"), postgresql_where=text("current")),
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_share"),
        CheckConstraint(
            "amount_min_eur IS NULL OR amount_max_eur IS NULL OR amount_min_eur <= amount_max_eur", name="amounts_in_order"
        ),
        {"comment": "What the machine found in a claim"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the finding")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("release_version.id"), init=False, comment="Version of the release it was found in"
    )
    current: Mapped[bool] = mapped_column(default=True, comment="The finding that lists and charts use")
    rules_version: Mapped[str] = mapped_column(comment="Version of the rule set")
    found_at: Mapped[datetime] = mapped_column(comment="Moment (UTC)")
    kind: Mapped[Kind] = mapped_column(index=True, comment="Kind of claim")
    start: Mapped[int] = mapped_column(comment="First character in the version's text")
    end: Mapped[int] = mapped_column(comment="Character after the last one")
    score: Mapped[float] = mapped_column(index=True, comment="How sure the rules are, 0 to 1")
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(
        default_factory=list, comment="Cues that spoke for or against: cue, text, weight"
    )
    speaker_faction: Mapped[str | None] = mapped_column(default=None, comment="Faction of the speaker, or of the release")
    claimant_side: Mapped[Side | None] = mapped_column(
        default=None, comment="government or opposition on that day; null: unknown"
    )
    attribution: Mapped[str] = mapped_column(default="", comment="Rule that found the speaker")
    amount_min_eur: Mapped[float | None] = mapped_column(Numeric(18, 2, asdecimal=False), default=None, comment="At least, EUR")
    amount_max_eur: Mapped[float | None] = mapped_column(Numeric(18, 2, asdecimal=False), default=None, comment="At most, EUR")
    per_year: Mapped[bool] = mapped_column(default=False, comment="The amount comes every year")
    value: Mapped[float | None] = mapped_column(default=None, comment="Number claimed, in `unit`")
    unit: Mapped[str | None] = mapped_column(default=None, comment="Unit of the number")
    deadline: Mapped[date | None] = mapped_column(
        default=None, index=True, comment="Last day on which the pledge is kept in time"
    )
    deadline_phrase: Mapped[str | None] = mapped_column(default=None, comment="Words of the deadline; without a day if vague")
    topic: Mapped[str | None] = mapped_column(default=None, index=True, comment="Subject area, id in topics.csv")
    ranking: Mapped[dict[str, Any] | None] = mapped_column(
        default=None, comment="Metric, subject, direction, place, comparators, scope, since"
    )
    speaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("speaker.id"), init=False, index=True, comment="Speaker; null: the faction"
    )
    claim: Mapped[Claim] = relationship(back_populates="findings", init=False, compare=False, repr=False)
    version: Mapped[ReleaseVersion] = relationship(init=False, compare=False, repr=False)
    speaker: Mapped[Speaker | None] = relationship(init=False, compare=False, repr=False)
    learned: Mapped["LearnedScore | None"] = relationship(back_populates="finding", init=False, compare=False, repr=False)


class Appearance(Base, kw_only=True):
    """One place where the claim was made: its first, a repetition, or the same sentence with other words after an edit."""

    __tablename__ = "appearance"
    __table_args__ = (UniqueConstraint("claim_id", "version_id", "start"), {"comment": "A place where a claim was made"})

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the appearance")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("release_version.id"), init=False, index=True, comment="Version of the release"
    )
    start: Mapped[int] = mapped_column(comment="First character in the version's text")
    end: Mapped[int] = mapped_column(comment="Character after the last one")
    quote: Mapped[str] = mapped_column(Text, comment="Wording there, verbatim")
    first: Mapped[bool] = mapped_column(default=False, comment="The claim's first appearance")
    claim: Mapped[Claim] = relationship(back_populates="appearances", init=False, compare=False, repr=False)
    version: Mapped[ReleaseVersion] = relationship(compare=False, repr=False)
