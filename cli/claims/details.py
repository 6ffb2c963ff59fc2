"""A claim and a decision as the command line prints them."""

from typing import Any

from cli.claims.options import iso
from cli.desk import now
from cli.output import print_row
from models import Claim, Decision
from models.actions import signed_by
from models.days import day_of
from models.deadlines import deadline_state


def print_claim(claim: Claim) -> None:
    """One claim in one line: what the machine found, what people decided, and everything that hangs on it."""
    print_row({**_found(claim), **_decided(claim), **_attached(claim)})


def decision_row(decision: Decision) -> dict[str, Any]:
    """One decision with its place in the chain."""
    return {
        "number": decision.number,
        "claim": decision.claim_id,
        "person": decision.person_id,
        "by": decision.actor,
        "action": decision.action.value,
        "reason": decision.reason,
        "before": decision.before,
        "after": decision.after,
        "details": decision.details,
        "holds_for": decision.holds_for.isoformat(),
        "recorded_at": decision.recorded_at.isoformat(),
        "undoes": decision.undoes_id,
        "previous": decision.previous,
        "hash": decision.hash,
    }


def _found(claim: Claim) -> dict[str, Any]:
    finding = claim.found
    return {
        "id": claim.id,
        "status": claim.status,
        "stage": claim.stage.value,
        "quote": claim.quote,
        "score": finding.score,
        "learned_score": finding.learned.score if finding.learned else None,
        "speaker_faction": finding.speaker_faction,
        "claimant_side": finding.claimant_side and finding.claimant_side.value,
        "ranking": finding.ranking,
        "reasons": finding.reasons,
        "rules_version": finding.rules_version,
        "found": {
            "kind": finding.kind.value,
            "speaker": finding.speaker.name if finding.speaker else None,
            "amount_min_eur": finding.amount_min_eur,
            "amount_max_eur": finding.amount_max_eur,
            "deadline": iso(finding.deadline),
            "topic": finding.topic,
        },
        "release": {
            "id": claim.release.id,
            "address": claim.release.address,
            "published_on": iso(claim.release.published_on),
        },
    }


def _decided(claim: Claim) -> dict[str, Any]:
    low, high = claim.amount
    state = deadline_state(claim.deadline, claim.fulfillment, day_of(now()), extended_until=claim.extended_until)
    return {
        "revision": claim.revision,
        "kind": claim.kind.value,
        "summary": claim.summary,
        "speaker": claim.speaker.name if claim.speaker else None,
        "amount_min_eur": low,
        "amount_max_eur": high,
        "topic": claim.topic,
        "deadline": iso(claim.deadline),
        "extended_until": iso(claim.extended_until),
        "deadline_state": state.value,
        "assignee": claim.assignee.name if claim.assignee else None,
        "same_as": claim.same_as_id,
        "fulfillment": claim.fulfillment and claim.fulfillment.value,
        "verdict": claim.verdict and claim.verdict.value,
        "disputed": claim.disputed,
    }


def _attached(claim: Claim) -> dict[str, Any]:
    withdrawn = claim.withdrawn_reviews
    return {
        "judgments": [
            {
                "id": review.id,
                "value": review.value,
                "by": review.person.name,
                "reason": review.reason,
                "holds_for": review.holds_for.isoformat(),
                "recorded_at": review.recorded_at.isoformat(),
                "methodology": review.methodology,
                "replaces": review.replaces_id,
                "withdrawn": review.id in withdrawn,
                "second_look": review.second_look,
                "signed_by": signed_by(claim, review),
            }
            for review in claim.reviews
        ],
        "evidence": [
            {**piece.as_told, "note": piece.note, "file": piece.file_name, "failure": piece.failure, "by": piece.person.name}
            for piece in claim.evidence
        ],
        "disputes": [
            {
                "objector": raised.objector,
                "ground": raised.ground,
                "position": raised.position,
                "asked_on": iso(raised.reply_asked_on),
                "received_on": iso(raised.reply_received_on),
                "reply": raised.reply,
                "resolution": raised.resolution,
                "withdrawn": raised.withdrawn,
            }
            for raised in claim.disputes
        ],
        "appointments": [
            {"on": f.due_on.isoformat(), "rule": f.rule.value, "remark": f.reason, "outcome": f.outcome} for f in claim.follow_ups
        ],
        "history": [decision_row(decision) for decision in claim.decisions],
    }
