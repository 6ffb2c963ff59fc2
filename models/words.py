"""The closed lists of the domain: what a claim can be, where it stands, and how runs and notices end."""

from enum import StrEnum

# The score from which a candidate is shown; the rules calibrate their scores to it.
DISPLAY_THRESHOLD = 0.5


class Kind(StrEnum):
    """What sort of checkable statement a claim is."""

    FUNDING_PLEDGE = "funding_pledge"
    PLEDGE = "pledge"
    RANKING = "ranking"
    STATISTIC = "statistic"
    PAST_ACTION = "past_action"

    @property
    def is_pledge(self) -> bool:
        """Whether it is followed up by fulfillment; the other kinds get a verdict."""
        return self in {Kind.FUNDING_PLEDGE, Kind.PLEDGE}


class Stage(StrEnum):
    """The machine proposes candidates; a person tracks or dismisses them."""

    CANDIDATE = "candidate"
    TRACKED = "tracked"
    DISMISSED = "dismissed"


class DismissReason(StrEnum):
    """Why a candidate is no claim of ours."""

    NO_CLAIM = "no_claim"
    NOT_CHECKABLE = "not_checkable"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Fulfillment(StrEnum):
    """What became of a pledge: outcome, not intent."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    STALLED = "stalled"
    POSTPONED = "postponed"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled_late"
    PARTLY_FULFILLED = "partly_fulfilled"
    NOT_FULFILLED = "not_fulfilled"
    MOOT = "moot"
    UNCHECKABLE = "uncheckable"


class Verdict(StrEnum):
    """What a ranking, a statistic or a past action turned out to be; holds as of a date."""

    UNCHECKED = "unchecked"
    CORRECT = "correct"
    MOSTLY_CORRECT = "mostly_correct"
    MISLEADING = "misleading"
    WRONG = "wrong"
    UNPROVEN = "unproven"
    DEPENDS_ON_DEFINITION = "depends_on_definition"


# Judgments after which a pledge's clock stands still.
SETTLED = frozenset(
    {
        Fulfillment.FULFILLED,
        Fulfillment.FULFILLED_LATE,
        Fulfillment.PARTLY_FULFILLED,
        Fulfillment.NOT_FULFILLED,
        Fulfillment.MOOT,
        Fulfillment.UNCHECKABLE,
    }
)


class DeadlineState(StrEnum):
    """Where a deadline stands on a day; always computed, never typed."""

    NONE = "none"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    SETTLED = "settled"


class Side(StrEnum):
    """Where a faction sat on the day of a release."""

    GOVERNMENT = "government"
    OPPOSITION = "opposition"


class Action(StrEnum):
    """What a person did with a claim."""

    TRACK = "track"
    DISMISS = "dismiss"
    JUDGE = "judge"
    DISPUTE = "dispute"
    RESOLVE = "resolve"
    EDIT = "edit"
    ASSIGN = "assign"
    EXTEND = "extend"
    REOPEN = "reopen"
    SIGN_OFF = "sign_off"
    REPLY = "reply"
    EVIDENCE = "evidence"
    MERGE = "merge"
    SPLIT = "split"
    APPOINT = "appoint"
    SNOOZE = "snooze"
    UNDO = "undo"


class Question(StrEnum):
    """Which question a review answers."""

    FULFILLMENT = "fulfillment"
    VERDICT = "verdict"


class EvidenceKind(StrEnum):
    """What sort of document a judgment rests on."""

    ANNOUNCEMENT = "announcement"
    BUDGET = "budget"
    SPENDING = "spending"
    LAW = "law"
    STATISTIC = "statistic"
    REPORT = "report"
    REQUEST = "request"


class EvidenceState(StrEnum):
    """An address is pending until its page is archived; a pasted text counts at once."""

    PENDING = "pending"
    ARCHIVED = "archived"
    FAILED = "failed"


class FollowUpRule(StrEnum):
    """Why a claim is to be looked at again."""

    DEADLINE = "deadline"
    EDITED = "edited"
    GONE = "gone"
    EVIDENCE_FAILED = "evidence_failed"
    BY_HAND = "by_hand"
    HALF_WAY = "half_way"
    LEGISLATURE_END = "legislature_end"
    NEW_FIGURES = "new_figures"
    BROKEN = "broken"
    SECOND_LOOK = "second_look"


class SourceHealth(StrEnum):
    """How a source is doing."""

    NEW = "new"
    OK = "ok"
    QUIET = "quiet"
    FAILING = "failing"
    BROKEN = "broken"
    PAUSED = "paused"


class HealthCause(StrEnum):
    """Why a source is in its state, or what a person did about it."""

    NOT_COLLECTED = "not_collected"
    WORKS = "works"
    SILENT = "silent"
    RUN_FAILED = "run_failed"
    FAILED_REPEATEDLY = "failed_repeatedly"
    FAILED_FOR_A_DAY = "failed_for_a_day"
    PAUSED = "paused"
    ACKNOWLEDGED = "acknowledged"


class Outcome(StrEnum):
    """How a run ended; `running` and nothing else until then, `aborted` if it never got to its end."""

    RUNNING = "running"
    OK_NEW = "ok_new"
    OK_UNCHANGED = "ok_unchanged"
    SUSPECT = "suspect"
    FAILED = "failed"
    BLOCKED = "blocked"
    ABORTED = "aborted"


class SnapshotPurpose(StrEnum):
    """What a page was fetched for."""

    LIST = "list"
    RELEASE = "release"
    EVIDENCE = "evidence"


class VersionCause(StrEnum):
    """Who changed the text: the publisher, or our reader that now reads the same page better."""

    FIRST = "first"
    PUBLISHER = "publisher"
    READER = "reader"


class ChangeKind(StrEnum):
    """What happened to a release after it was published."""

    EDITED = "edited"
    GONE = "gone"
    BACK = "back"


class Weight(StrEnum):
    """How much an edit changes: what was said, or how it was said."""

    GRAVE = "grave"
    LIGHT = "light"


class EditReason(StrEnum):
    """What an edit changed; all but the last two are grave."""

    AMOUNT = "amount"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    NEGATION = "negation"
    NAME = "name"
    WORDING = "wording"
    MOVED = "moved"


class NoticeState(StrEnum):
    """Every notice ends in sent, uncertain or dead; the last two are shown and counted."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    DEAD = "dead"


class NoticeEvent(StrEnum):
    """What a notice tells of."""

    BASELINE = "baseline"
    RELEASE = "release"
    CHANGE = "change"
    DUE = "due"
    HEALTH = "health"


class RequestKind(StrEnum):
    """What the dashboard can ask of the worker."""

    COLLECT = "collect"
    ARCHIVE_EVIDENCE = "archive_evidence"


class RequestState(StrEnum):
    """How far the worker is with a request."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"


class ModelState(StrEnum):
    """Where a learned model stands; at most one is in force."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    ROLLED_BACK = "rolled_back"


class LearningGround(StrEnum):
    """What the check of a learned model found; all but the first reject it."""

    BETTER = "better"
    WORSE_THAN_RULES = "worse_than_rules"
    WORSE_THAN_BEFORE = "worse_than_before"
    WORSE_ON_OLDER = "worse_on_older"
    NEWEST_BY_CHANCE = "newest_by_chance"
