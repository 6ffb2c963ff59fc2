"""The one door for writing.

Each function takes an open `Database.writing()` session, so that what belongs together is one transaction.
"""

from models.actions.claims import keep_claims, reopen_claims, withdraw_candidates
from models.actions.decide import dismiss, track
from models.actions.disputes import dispute, note_reply, resolve
from models.actions.edit import Edit, assign, edit, extend
from models.actions.errors import ActionError, EvidenceDoubted, Meanwhile, StaleClaim
from models.actions.evidence import NewEvidence, attach, evidence_archived, evidence_failed
from models.actions.follow import appoint_by_hand, raise_due, snooze
from models.actions.health import acknowledge_source, note_told, pause_source, resume_source, settle_all, settle_health
from models.actions.inbox import mark_all_read, mark_read
from models.actions.judge import correct, judge, reopen, sign_off, signed_by
from models.actions.keep import Kept, confirm_release, keep_release, release_at, take_over_day
from models.actions.learn import keep_model, keep_scores, roll_back_model
from models.actions.methodology import adopt_methodology, methodology_on, question_of
from models.actions.outbox import add_notice, lease_notices, notice_dead, notice_retry, notice_sent, notice_uncertain
from models.actions.people import person_named
from models.actions.pulse import beat
from models.actions.record import store_record, store_series
from models.actions.requests import ask, finish_request, take_request
from models.actions.runs import abort_unfinished_runs, count_in_run, end_run, note_issue, note_list, start_run
from models.actions.same import merge, split
from models.actions.search import index_releases, rebuild_index
from models.actions.snapshots import keep_snapshot
from models.actions.sources import close_baseline, declare_source, retire_sources
from models.actions.undo import last_done, undo
from models.actions.visits import keep_unchanged_visit, keep_visit, miss_release

__all__ = [
    "ActionError",
    "Edit",
    "EvidenceDoubted",
    "Kept",
    "Meanwhile",
    "NewEvidence",
    "StaleClaim",
    "abort_unfinished_runs",
    "acknowledge_source",
    "add_notice",
    "adopt_methodology",
    "appoint_by_hand",
    "ask",
    "assign",
    "attach",
    "beat",
    "close_baseline",
    "confirm_release",
    "correct",
    "count_in_run",
    "declare_source",
    "dismiss",
    "dispute",
    "edit",
    "end_run",
    "evidence_archived",
    "evidence_failed",
    "extend",
    "finish_request",
    "index_releases",
    "judge",
    "keep_claims",
    "keep_model",
    "keep_release",
    "keep_scores",
    "keep_snapshot",
    "keep_unchanged_visit",
    "keep_visit",
    "last_done",
    "lease_notices",
    "mark_all_read",
    "mark_read",
    "merge",
    "methodology_on",
    "miss_release",
    "note_issue",
    "note_list",
    "note_reply",
    "note_told",
    "notice_dead",
    "notice_retry",
    "notice_sent",
    "notice_uncertain",
    "pause_source",
    "person_named",
    "question_of",
    "raise_due",
    "rebuild_index",
    "release_at",
    "reopen",
    "reopen_claims",
    "resolve",
    "resume_source",
    "retire_sources",
    "roll_back_model",
    "settle_all",
    "settle_health",
    "sign_off",
    "signed_by",
    "snooze",
    "split",
    "start_run",
    "store_record",
    "store_series",
    "take_over_day",
    "take_request",
    "track",
    "undo",
    "withdraw_candidates",
]
