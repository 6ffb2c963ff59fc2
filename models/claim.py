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
    summary: Mapped[str | None] = mapped_column(Text, default=None, comment="Short form, written by a person")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), init=False, comment="Who looks after it")
    revision: Mapped[int] = mapped_column(init=False, comment="Counts edits; a stale one is refused")

    release: Mapped[Release] = relationship(back_populates="claims", compare=False, repr=False)
    version: Mapped[ReleaseVersion] = relationship(compare=False, repr=False)
    assignee: Mapped[Person | None] = relationship(default=None, compare=False, repr=False)
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
        return self.decided_kind or (self.finding or self.findings[-1]).kind

    @property
    def deadline(self) -> date | None:
        """The deadline: a person's correction before the machine's finding."""
        found = self.finding or self.findings[-1]
        return self.decided_deadline or found.deadline

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
