"""Words and colours of the domain's closed lists: one meaning, one word, one colour in every chart and badge."""

from datetime import date

from models import Change
from settings.reference import shipped_record
from settings.texts import Texts, marked

DEMO_WORDS = 2  # of its doing, after the first: day, and how far it is

# In the order of charts and legends: kept, under way, open, doubtful, broken, disputed, not yet looked at.
STATUSES = {
    "fulfilled": (marked("fulfilled"), "#2f855a"),
    "correct": (marked("correct"), "#3f9a70"),
    "fulfilled_late": (marked("fulfilled late"), "#79b58f"),
    "partly_fulfilled": (marked("partly fulfilled"), "#5b9aa0"),
    "mostly_correct": (marked("mostly correct"), "#7fb3b0"),
    "in_progress": (marked("in progress"), "#5f8fc9"),
    "open": (marked("open"), "#3b6ea8"),
    "unchecked": (marked("unchecked"), "#8fa9cc"),
    "postponed": (marked("postponed"), "#e0b65e"),
    "stalled": (marked("stalled"), "#c98f2b"),
    "depends_on_definition": (marked("depends on definition"), "#b79a5b"),
    "unproven": (marked("unproven"), "#a08c6c"),
    "misleading": (marked("misleading"), "#d9805f"),
    "not_fulfilled": (marked("not fulfilled"), "#c8553d"),
    "wrong": (marked("wrong"), "#a83f33"),
    "disputed": (marked("disputed"), "#8e4a9e"),
    "moot": (marked("moot"), "#8b8b83"),
    "uncheckable": (marked("uncheckable"), "#75756f"),
    "candidate": (marked("candidate"), "#b9b7ae"),
    "dismissed": (marked("dismissed"), "#d6d3c8"),
}
STATUS_COLOURS = {status: colour for status, (_label, colour) in STATUSES.items()}

KINDS = {
    "funding_pledge": marked("Funding pledge"),
    "pledge": marked("Pledge"),
    "ranking": marked("Ranking"),
    "statistic": marked("Statistic"),
    "past_action": marked("Past action"),
}
# Where a search found its words.
PASSAGES = {
    "title": marked("Title"),
    "subtitle": marked("Subtitle"),
    "text": marked("Text"),
    "quote": marked("Quotation"),
    "summary": marked("Short form"),
    "speaker": marked("Speaker"),
    "note": marked("Note"),
}

SIDES = {"government": marked("government"), "opposition": marked("opposition")}
DEADLINE_STATES = {
    "none": marked("no deadline"),
    "running": marked("running"),
    "due_soon": marked("due soon"),
    "overdue": marked("overdue"),
    "extended": marked("extended"),
    "settled": marked("settled"),
}
ACTIONS = {
    "track": marked("Tracked"),
    "dismiss": marked("Dismissed"),
    "judge": marked("Judged"),
    "dispute": marked("Disputed"),
    "resolve": marked("Dispute resolved"),
    "edit": marked("Corrected the finding"),
    "assign": marked("Assigned"),
    "extend": marked("Deadline put off by the claimant"),
    "reopen": marked("Opened again"),
    "sign_off": marked("Signed off"),
    "reply": marked("Noted in the dispute"),
    "evidence": marked("Evidence kept"),
    "merge": marked("Recognised as a repetition"),
    "split": marked("Taken out as a claim of its own"),
    "appoint": marked("Appointment made"),
    "snooze": marked("Put off"),
    "undo": marked("Undone"),
}
# What a person can change of a claim, as the history and a merge name it.
FIELDS = {
    "stage": marked("Stage"),
    "dismiss_reason": marked("Why dismissed"),
    "kind": marked("Kind"),
    "fulfillment": marked("Judgment"),
    "verdict": marked("Judgment"),
    "judgment": marked("Judgment"),
    "disputed": marked("disputed"),
    "summary": marked("Summary"),
    "deadline": marked("Deadline"),
    "amount_min": marked("At least"),
    "amount_max": marked("At most"),
    "topic": marked("Topic"),
    "speaker": marked("Speaker"),
    "extended_until": marked("Deadline extended until"),
    "assignee": marked("With whom"),
    "evidence": marked("Evidence"),
    "reply": marked("Noted in the dispute"),
    "sign_off": marked("Signed off"),
    "same_as": marked("Repeats claim"),
    "appointments": marked("Appointments"),
    "reason": marked("Reason"),
    "ground": marked("Ground of the dispute"),
    "position": marked("Our position"),
    "resolution": marked("How it ended"),
}
# Why a claim waits at the desk, or has an appointment.
WHYS = {
    "evidence_failed": marked("evidence could not be archived"),
    "edited": marked("edited after publication"),
    "gone": marked("gone from its address"),
    "second_look": marked("second look asked"),
    "overdue": marked("overdue"),
    "deadline": marked("deadline reached"),
    "half_way": marked("half way to the deadline"),
    "legislature_end": marked("legislature has ended"),
    "new_figures": marked("new figures"),
    "broken": marked("broken: look once more"),
    "by_hand": marked("appointment"),
    "due_soon": marked("due soon"),
    "evidence_pending": marked("evidence waits to be archived"),
    "forgotten": marked("without an appointment"),
}
EVIDENCE_KINDS = {
    "announcement": marked("Announcement"),
    "budget": marked("Budget"),
    "spending": marked("Spending"),
    "law": marked("Law"),
    "statistic": marked("Statistic"),
    "report": marked("Report"),
    "request": marked("Own request"),
}
EVIDENCE_STATES = {
    "pending": marked("waiting to be archived"),
    "archived": marked("archived"),
    "failed": marked("could not be archived"),
}
DOUBTS = {
    "announcement_is_not_action": marked("An announcement shows that something was said, not that it was done."),
    "budgeted_is_not_spent": marked("A budget shows that money was planned, not that it was spent."),
    "later_than_the_day": marked("A document is younger than the day that the judgment holds for."),
    "interested_party": marked("All evidence comes from the claimant; its word is its position, not proof."),
}
DISMISS_REASONS = {
    "no_claim": marked("no claim"),
    "not_checkable": marked("not checkable"),
    "duplicate": marked("duplicate"),
    "other": marked("other reason"),
}
HEALTH = {
    "broken": marked("broken"),
    "failing": marked("failing"),
    "quiet": marked("quiet"),
    "new": marked("not yet collected"),
    "ok": marked("ok"),
    "paused": marked("paused"),
}
HEALTH_COLOURS = {
    "broken": "#a83f33",
    "failing": "#d9805f",
    "quiet": "#e0b65e",
    "new": "#b9b7ae",
    "ok": "#2f855a",
    "paused": "#8b8b83",
}
OUTCOMES = {
    "ok_new": marked("something new"),
    "ok_unchanged": marked("nothing new"),
    "suspect": marked("suspect"),
    "failed": marked("failed"),
    "blocked": marked("blocked"),
    "aborted": marked("cut short"),
    "running": marked("running"),
}
OUTCOME_COLOURS = {
    "ok_new": "#2f855a",
    "ok_unchanged": "#79b58f",
    "suspect": "#e0b65e",
    "failed": "#a83f33",
    "blocked": "#d9805f",
}
CAUSES = {
    "not_collected": marked("not yet collected"),
    "works": marked("works"),
    "silent": marked("silent for too long"),
    "run_failed": marked("a run failed"),
    "failed_repeatedly": marked("three runs in a row failed"),
    "failed_for_a_day": marked("failing for a day"),
    "paused": marked("paused"),
    "acknowledged": marked("acknowledged"),
}
MODEL_STATES = {
    "in_force": marked("in force"),
    "superseded": marked("replaced"),
    "rejected": marked("rejected"),
    "rolled_back": marked("rolled back"),
}
LEARNING_GROUNDS = {
    "better": marked("puts the tracked ones further up"),
    "worse_than_rules": marked("the rules alone are better"),
    "worse_than_before": marked("what is in force is better"),
    "worse_on_older": marked("the newest decisions speak against the older ones"),
    "newest_by_chance": marked("the newest decisions follow no rule that can be learned"),
}
CHANGES = {
    "edited": marked("Edited after publication"),
    "gone": marked("No longer at its address"),
    "back": marked("Back at its address"),
}
EDITED = {"grave": marked("Gravely edited after publication"), "light": marked("Reworded after publication")}
EDIT_REASONS = {
    "amount": marked("Amount"),
    "number": marked("Number"),
    "percent": marked("Percentage"),
    "date": marked("Date"),
    "negation": marked("Negation"),
    "name": marked("Name"),
    "wording": marked("Wording"),
    "moved": marked("Moved sentence"),
}


def change_label(change: Change, t: Texts) -> str:
    """What the publisher did, an edit with its weight."""
    return t(EDITED[change.weight.value] if change.weight else CHANGES[change.kind.value])


def doing_label(doing: str, t: Texts) -> str:
    """What the worker says it is at, in the visitor's language: `play 2023-04-01 3/40` is the demo's years."""
    what, *given = doing.split()
    if what != "play" or len(given) != DEMO_WORDS:
        return doing
    day, (done, days) = date.fromisoformat(given[0]), given[1].split("/")
    return t("it plays {day} ({done} of {days})", day=t.day(day), done=t.number(int(done)), days=t.number(int(days)))


def status_label(status: str, t: Texts) -> str:
    """A status in the visitor's language."""
    return t(STATUSES[status][0])


def topic_label(topic: str | None, t: Texts) -> str:
    """A topic in the visitor's language."""
    names = {row.id: (row.label_de if t.language == "de" else row.label_en) for row in shipped_record().topics}
    return names.get(topic or "", "")
