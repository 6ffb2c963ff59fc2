"""Words and colours of the domain's closed lists: one meaning, one word, one colour in every chart and badge."""

from settings.reference import shipped_record
from settings.texts import Texts, marked

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
FIELDS = {
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


def status_label(status: str, t: Texts) -> str:
    """A status in the visitor's language."""
    return t(STATUSES[status][0])


def topic_label(topic: str | None, t: Texts) -> str:
    """A topic in the visitor's language."""
    names = {row.id: (row.label_de if t.language == "de" else row.label_en) for row in shipped_record().topics}
    return names.get(topic or "", "")
