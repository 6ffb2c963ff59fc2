"""What people decided: the log of decisions, judgments with their evidence, and disputes. Rows are added, never rewritten."""

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.claim import Claim
from models.person import Person
from models.snapshot import Body, Snapshot
from models.words import Action, EvidenceKind, EvidenceState, Question


class Decision(Base, kw_only=True):
    """One thing a person did with a claim, with the day it holds for and the moment it was recorded."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        {"comment": "History of the claims: what people did; append-only, hash-chained"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the decision")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), init=False, comment="Who")
    actor: Mapped[str] = mapped_column(comment="Name of that person then")
    action: Mapped[Action] = mapped_column(comment="What was done")
    reason: Mapped[str] = mapped_column(Text, default="", comment="Why, in the person's words")
    before: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, comment="Changed fields before")
    after: Mapped[dict[str, Any]] = mapped_column(default_factory=dict, comment="Changed fields after")
    details: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict, comment="What else belongs to it: evidence, warnings answered, the other claim"
    )
    holds_for: Mapped[date] = mapped_column(comment="Day it holds for")
    recorded_at: Mapped[datetime] = mapped_column(comment="When it was recorded (UTC)")
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id"), init=False, unique=True, comment="Decision that this one takes back"
    )
    number: Mapped[int] = mapped_column(default=0, unique=True, comment="Place in the chain, from 1 without gaps")
    previous: Mapped[str] = mapped_column(default="", comment="Hash of the decision before, hexadecimal")
    hash: Mapped[str] = mapped_column(default="", comment="Hash of this decision and the hash before it, hexadecimal")
    claim: Mapped[Claim] = relationship(back_populates="decisions", compare=False, repr=False)
    person: Mapped[Person] = relationship(compare=False, repr=False)
    undoes: Mapped["Decision | None"] = relationship(default=None, remote_side="Decision.id", compare=False, repr=False)

    @property
    def chained(self) -> tuple[object, ...]:
        """The fields that its hash covers, in their order."""
        return (
            self.number,
            self.claim_id,
            self.person_id,
            self.actor,
            self.action.value,
            self.reason,
            self.before,
            self.after,
            self.details,
            self.holds_for,
            self.recorded_at,
            self.undoes_id,
        )


class Review(Base, kw_only=True):
    """A person's judgment of one claim. A correction is a further review that replaces this one; both stay visible."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="has_reason"),
        {"comment": "Judgments of claims; append-only"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the review")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), init=False, comment="Who judged")
    question: Mapped[Question] = mapped_column(comment="fulfillment or verdict")
    value: Mapped[str] = mapped_column(comment="The judgment, a word of that scale")
    reason: Mapped[str] = mapped_column(Text, comment="Why")
    holds_for: Mapped[date] = mapped_column(comment="Day it holds for")
    recorded_at: Mapped[datetime] = mapped_column(comment="When it was recorded (UTC)")
    second_look: Mapped[bool] = mapped_column(
        default=False, comment="Whether it needs a second person before it is final, as the desk's rule was then"
    )
    methodology: Mapped[str] = mapped_column(default="1", comment="Version of the scale that it was made by")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("review.id"), init=False, comment="Earlier review that this one corrects"
    )
    claim: Mapped[Claim] = relationship(back_populates="reviews", compare=False, repr=False)
    person: Mapped[Person] = relationship(compare=False, repr=False)
    replaces: Mapped["Review | None"] = relationship(default=None, remote_side="Review.id", compare=False, repr=False)
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="review", default_factory=list, compare=False, repr=False, order_by="Evidence.id"
    )


class Dispute(Base, kw_only=True):
    """Who objects to a claim or to our judgment, on what ground, and what we hold."""

    __tablename__ = "dispute"
    __table_args__ = (
        CheckConstraint("length(ground) > 0", name="has_ground"),
        CheckConstraint("(resolved_at IS NULL) = (resolution IS NULL)", name="resolved_has_resolution"),
        {"comment": "Documented objections"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the dispute")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), init=False, comment="Who raised the flag")
    objector: Mapped[str] = mapped_column(default="", comment="Who objects; empty: the desk itself")
    ground: Mapped[str] = mapped_column(Text, comment="On what ground")
    position: Mapped[str] = mapped_column(Text, default="", comment="What we hold")
    raised_at: Mapped[datetime] = mapped_column(comment="When it was raised (UTC)")
    reply_asked_on: Mapped[date | None] = mapped_column(default=None, comment="Day we asked the faction for a reply")
    reply_received_on: Mapped[date | None] = mapped_column(default=None, comment="Day the reply came")
    reply: Mapped[str] = mapped_column(Text, default="", comment="What they replied")
    withdrawn: Mapped[bool] = mapped_column(default=False, comment="Raised by mistake and undone")
    resolved_at: Mapped[datetime | None] = mapped_column(default=None, comment="When it was resolved (UTC)")
    resolution: Mapped[str | None] = mapped_column(Text, default=None, comment="How it was resolved")
    claim: Mapped[Claim] = relationship(back_populates="disputes", compare=False, repr=False)
    person: Mapped[Person] = relationship(compare=False, repr=False)


class Evidence(Base, kw_only=True):
    """A document a judgment rests on. An address counts once its page is archived, a pasted text at once."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("address IS NOT NULL OR length(note) > 0 OR body_sha256 IS NOT NULL", name="address_or_note"),
        CheckConstraint("state <> 'failed' OR failure IS NOT NULL", name="failed_has_reason"),
        {"comment": "What a judgment rests on"},
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True, compare=False, comment="Number of the evidence")
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), init=False, index=True, comment="Claim")
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("review.id"), init=False, index=True, comment="Review that rests on it, if any"
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), init=False, comment="Who added it")
    kind: Mapped[EvidenceKind] = mapped_column(comment="What sort of document")
    by_claimant: Mapped[bool] = mapped_column(default=False, comment="It comes from whoever made the claim")
    address: Mapped[str | None] = mapped_column(default=None, comment="Where it was published")
    file_name: Mapped[str | None] = mapped_column(default=None, comment="Name of an uploaded file")
    media_type: Mapped[str | None] = mapped_column(default=None, comment="Its media type, as its first bytes tell")
    note: Mapped[str] = mapped_column(Text, default="", comment="Pasted text or remark")
    document_on: Mapped[date | None] = mapped_column(default=None, comment="Day the document bears, where known")
    state: Mapped[EvidenceState] = mapped_column(comment="pending, archived or failed")
    failure: Mapped[str | None] = mapped_column(default=None, comment="Why it could not be archived")
    added_at: Mapped[datetime] = mapped_column(comment="When it was added (UTC)")
    snapshot_id: Mapped[int | None] = mapped_column(
        ForeignKey("snapshot.id"), init=False, comment="Archived page, with hash and time"
    )
    body_sha256: Mapped[str | None] = mapped_column(
        ForeignKey("body.sha256"), init=False, comment="Hash of an uploaded file's bytes"
    )
    claim: Mapped[Claim] = relationship(back_populates="evidence", compare=False, repr=False)
    person: Mapped[Person] = relationship(compare=False, repr=False)
    review: Mapped[Review | None] = relationship(back_populates="evidence", default=None, compare=False, repr=False)
    snapshot: Mapped[Snapshot | None] = relationship(default=None, compare=False, repr=False)
    body: Mapped[Body | None] = relationship(default=None, compare=False, repr=False)

    @property
    def sha256(self) -> str | None:
        """The hash of what is archived of it; None for a pasted text and for an address that is not archived."""
        return self.body_sha256 or (self.snapshot.body_sha256 if self.snapshot else None)

    @property
    def as_told(self) -> dict[str, Any]:
        """As the history tells of it, in plain values: what was archived stands there with its hash."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "address": self.address,
            "note_sha256": hashlib.sha256(self.note.encode()).hexdigest() if self.note else None,
            "sha256": self.sha256,
            "state": self.state.value,
            "document_on": self.document_on.isoformat() if self.document_on else None,
            "by_claimant": self.by_claimant,
        }
