"""The one door for writing.

Each function takes an open `Database.writing()` session, so that what belongs together is one transaction.
"""

from models.actions.decide import ActionError, dismiss, dispute, judge, resolve, track
from models.actions.evidence import NewEvidence, evidence_archived, evidence_failed
from models.actions.follow import raise_due
from models.actions.inbox import mark_all_read, mark_read
from models.actions.keep import (
    Kept,
    keep_claims,
    keep_release,
    keep_snapshot,
    keep_visit,
    miss_release,
    release_at,
    withdraw_candidates,
)
from models.actions.learn import keep_model, keep_scores, roll_back_model
from models.actions.outbox import add_notice, lease_notices, notice_dead, notice_retry, notice_sent, notice_uncertain
from models.actions.people import person_named
from models.actions.pulse import beat
from models.actions.record import store_record, store_series
from models.actions.requests import ask, finish_request, take_request
from models.actions.runs import abort_unfinished_runs, end_run, note_issue, start_run
from models.actions.search import index_releases, rebuild_index
from models.actions.sources import close_baseline, declare_source, retire_sources

__all__ = [
    "ActionError",
    "Kept",
    "NewEvidence",
    "abort_unfinished_runs",
    "add_notice",
    "ask",
    "beat",
    "close_baseline",
    "declare_source",
    "dismiss",
    "dispute",
    "end_run",
    "evidence_archived",
    "evidence_failed",
    "finish_request",
    "index_releases",
    "judge",
    "keep_claims",
    "keep_model",
    "keep_release",
    "keep_scores",
    "keep_snapshot",
    "keep_visit",
    "lease_notices",
    "mark_all_read",
    "mark_read",
    "miss_release",
    "note_issue",
    "notice_dead",
    "notice_retry",
    "notice_sent",
    "notice_uncertain",
    "person_named",
    "raise_due",
    "rebuild_index",
    "release_at",
    "resolve",
    "retire_sources",
    "roll_back_model",
    "start_run",
    "store_record",
    "store_series",
    "take_request",
    "track",
    "withdraw_candidates",
]
