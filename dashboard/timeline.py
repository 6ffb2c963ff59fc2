"""The history of a claim as one line of time: what people did, what evidence they gave, and what the publisher changed."""

from dataclasses import dataclass
from datetime import date, datetime

from dashboard import safe
from dashboard.edits import stretches_html
from dashboard.labels import ACTIONS, EVIDENCE_KINDS, EVIDENCE_STATES, STATUSES, change_label, status_label
from models import Change, Claim, Decision, Evidence
from models.words import EvidenceState
from settings.texts import Texts


@dataclass(frozen=True)
class Moment:
    """Something that happened: when it was recorded, for which day it holds, its headline and its words (HTML)."""

    at: datetime
    headline: str
    details: str = ""
    holds_for: date | None = None


def timeline_html(claim: Claim, t: Texts) -> str:
    """The newest on top."""
    moments = [_found(claim, t), *(_decided(d, t) for d in claim.decisions), *(_evidence(e, t) for e in claim.evidence)]
    moments += [_changed(change, t) for change in claim.release.changes]
    return "".join(_html(moment, t) for moment in sorted(moments, key=lambda moment: moment.at, reverse=True))


def _html(moment: Moment, t: Texts) -> str:
    recorded = t("recorded {moment}", moment=t.moment(moment.at))
    holds = t("holds for {day}", day=t.day(moment.holds_for)) if moment.holds_for else ""
    meta = " · ".join(part for part in (recorded, holds) if part)
    return f'<div class="bw-time"><b>{moment.headline}</b><div class="bw-meta">{safe.text(meta)}</div><div>{moment.details}</div></div>'


def _found(claim: Claim, t: Texts) -> Moment:
    return Moment(claim.created_at, safe.text(t("Found in the release")))


def _decided(decision: Decision, t: Texts) -> Moment:
    status = decision.after.get("fulfillment") or decision.after.get("verdict")
    words = t(ACTIONS[decision.action.value])
    if decision.action.value == "judge" and status in STATUSES:
        words = f"{words}: {status_label(status, t)}"
    headline = f"{safe.text(words)} · {safe.text(decision.person.name)}"
    return Moment(decision.recorded_at, headline, safe.text(decision.reason), decision.holds_for)


def _evidence(evidence: Evidence, t: Texts) -> Moment:
    headline = f"{safe.text(t('Evidence'))}: {safe.text(t(EVIDENCE_KINDS[evidence.kind.value]))}"
    parts = [safe.text(evidence.note)] if evidence.note else []
    if evidence.address:
        parts.append(safe.web_link(evidence.address, evidence.address))
    stand = t(EVIDENCE_STATES[evidence.state.value])
    if evidence.state is EvidenceState.ARCHIVED and evidence.snapshot is None:
        # A pasted text counts at once; that the page behind the address was never fetched must not look otherwise.
        stand = t("text kept as pasted; the page itself is not archived") if evidence.address else t("text kept as pasted")
    if evidence.snapshot is not None:
        stand += f" · SHA-256 {evidence.snapshot.body_sha256[:12]}…"
    parts.append(f'<span class="bw-meta">{safe.text(stand)}</span>')
    if evidence.failure:
        parts.append(safe.text(evidence.failure))
    return Moment(evidence.added_at, headline, "<br>".join(parts), evidence.document_on)


def _changed(change: Change, t: Texts) -> Moment:
    return Moment(change.noticed_at, safe.text(change_label(change, t)), stretches_html(change.stretches, t))
