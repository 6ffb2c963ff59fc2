"""The history of a claim as one line of time: what people did, what evidence they gave, and what the publisher changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dashboard import safe
from dashboard.edits import stretches_html
from dashboard.labels import ACTIONS, EVIDENCE_KINDS, EVIDENCE_STATES, FIELDS, STATUSES, change_label, status_label
from dashboard.merge import value_words
from models import Change, Claim, Decision, Evidence
from models.words import Action, EvidenceState
from settings.texts import Texts

# Actions whose fields say more than their name.
_SHOW_FIELDS = frozenset({Action.EDIT, Action.ASSIGN, Action.EXTEND, Action.MERGE, Action.APPOINT, Action.SNOOZE})


@dataclass(frozen=True)
class Moment:
    """Something that happened: when it was recorded, for which day it holds, its headline and its words (HTML)."""

    at: datetime
    headline: str
    details: str = ""
    holds_for: date | None = None
    is_undone: bool = False


def timeline_html(claim: Claim, t: Texts) -> str:
    """The newest on top."""
    undone = {decision.undoes_id for decision in claim.decisions}
    # Evidence stands there as what it is, not as the note that it was kept.
    decisions = [d for d in claim.decisions if d.action is not Action.EVIDENCE]
    moments = [
        _found(claim, t),
        *(_decided(d, t, is_undone=d.id in undone) for d in decisions),
        *(_evidence(e, t) for e in claim.evidence),
    ]
    moments += [_changed(change, t) for change in claim.release.changes]
    return "".join(_html(moment, t) for moment in sorted(moments, key=lambda moment: moment.at, reverse=True))


def _html(moment: Moment, t: Texts) -> str:
    recorded = t("recorded {moment}", moment=t.moment(moment.at))
    holds = t("holds for {day}", day=t.day(moment.holds_for)) if moment.holds_for else ""
    meta = " · ".join(part for part in (recorded, holds) if part)
    undone = " bw-undone" if moment.is_undone else ""
    return f'<div class="bw-time{undone}"><b>{moment.headline}</b><div class="bw-meta">{safe.text(meta)}</div><div>{moment.details}</div></div>'


def _found(claim: Claim, t: Texts) -> Moment:
    return Moment(claim.created_at, safe.text(t("Found in the release")))


def _decided(decision: Decision, t: Texts, *, is_undone: bool) -> Moment:
    status = decision.after.get("fulfillment") or decision.after.get("verdict")
    words = t(ACTIONS[decision.action.value])
    if decision.action is Action.JUDGE and status in STATUSES:
        words = f"{words}: {status_label(status, t)}"
    elif decision.action is Action.UNDO and decision.details.get("action") in ACTIONS:
        words = f"{words}: {t(ACTIONS[decision.details['action']])}"
    if is_undone:
        words = f"{words} ({t('taken back')})"
    headline = f"{safe.text(words)} · {safe.text(decision.actor)}"
    details = [decision.reason, *_changes(decision, t), *_dispute_words(decision, t)]
    return Moment(
        decision.recorded_at, headline, "<br>".join(safe.text(x) for x in details if x), decision.holds_for, is_undone=is_undone
    )


def _changes(decision: Decision, t: Texts) -> Iterator[str]:
    """Field by field what an action changed, where that is not its headline."""
    if decision.action not in _SHOW_FIELDS:
        return
    for name, value in decision.after.items():
        if name in FIELDS:
            yield f"{t(FIELDS[name])}: {value_words(name, decision.before.get(name), t)} → {value_words(name, value, t)}"


def _dispute_words(decision: Decision, t: Texts) -> Iterator[str]:
    told = {**decision.details, **decision.details.get("after", {})}
    if decision.action not in {Action.DISPUTE, Action.REPLY}:
        return
    for name, label in (("objector", t("Who objects")), ("position", t("Our position"))):
        if told.get(name):
            yield f"{label}: {told[name]}"
    for name, label in (("asked_on", t("Reply asked on")), ("received_on", t("Reply received on"))):
        if told.get(name):
            yield f"{label} {t.day(date.fromisoformat(told[name]))}"


def _evidence(evidence: Evidence, t: Texts) -> Moment:
    headline = f"{safe.text(t('Evidence'))}: {safe.text(t(EVIDENCE_KINDS[evidence.kind.value]))}"
    parts = [safe.text(evidence.note)] if evidence.note else []
    if evidence.address:
        parts.append(safe.web_link(evidence.address, evidence.address))
    stand = t(EVIDENCE_STATES[evidence.state.value])
    if evidence.state is EvidenceState.ARCHIVED and evidence.sha256 is None:
        # A pasted text counts at once; that the page behind the address was never fetched must not look otherwise.
        stand = t("text kept as pasted; the page itself is not archived") if evidence.address else t("text kept as pasted")
    if evidence.snapshot is not None:
        stand += f" · SHA-256 {evidence.snapshot.body_sha256[:12]}…"
    elif evidence.body_sha256:
        stand = f"{t('file kept')}: {evidence.file_name} · SHA-256 {evidence.body_sha256[:12]}…"
    if evidence.sha256:
        parts.append(f'<a href="/evidence/{evidence.id}" download>{safe.text(t("Download the archived file"))}</a>')
    parts.append(f'<span class="bw-meta">{safe.text(stand)}</span>')
    if evidence.failure:
        parts.append(safe.text(evidence.failure))
    return Moment(evidence.added_at, headline, "<br>".join(parts), evidence.document_on)


def _changed(change: Change, t: Texts) -> Moment:
    return Moment(change.noticed_at, safe.text(change_label(change, t)), stretches_html(change.stretches, t))
