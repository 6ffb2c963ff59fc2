"""Two people at one claim: field by field what stood there, what stands there now, and what was wanted. HTML."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import safe
from dashboard.labels import DISMISS_REASONS, FIELDS, KINDS, STATUSES, WHYS, status_label, topic_label
from models.actions import Meanwhile
from settings.texts import Texts

# Fields that say again what another one says.
_IMPLIED = frozenset({"decided_kind", "without"})
_JUDGMENTS = frozenset({"fulfillment", "verdict"})
_NOTHING = "–"


def merge_html(meanwhile: Sequence[Meanwhile], mine: Mapping[str, Any], t: Texts) -> str:
    """A table of the fields that changed meanwhile, then of those that only the refused form would have set."""
    wanted = _as_fields(mine)
    rows = []
    for change in meanwhile:
        if change.field in _IMPLIED:
            continue
        own = wanted.pop("judgment" if change.field in _JUDGMENTS else change.field, None)
        now, then = value_words(change.field, change.now, t), value_words(change.field, change.then, t)
        by = f"{change.actor}, {t.moment(change.at)}"
        rows.append([t(FIELDS[change.field]), then, now, by, value_words(change.field, own, t)])
    rows += [[t(FIELDS[name]), "", "", "", value_words(name, value, t)] for name, value in wanted.items()]
    head = [t("Field"), t("Before"), t("Now"), t("By whom"), t("Mine")]
    cells = "".join(f"<th>{safe.text(word)}</th>" for word in head)
    body = "".join("<tr>" + "".join(f"<td>{safe.text(word)}</td>" for word in row) + "</tr>" for row in rows)
    return f'<table class="bw-merge"><tr>{cells}</tr>{body}</table>'


def value_words(field: str, value: Any, t: Texts) -> str:
    """A field's value as a person reads it."""
    if value is None or value in ("", []):
        return _NOTHING
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if field == "appointments":
        return ", ".join(f"{t.day(date.fromisoformat(day))} ({t(WHYS[rule])})" for day, rule, _remark in value)
    words = _WORDS.get(field)
    return words(value, t) if words else str(value)


def _stage(value: str, t: Texts) -> str:
    return status_label(value, t) if value in STATUSES else t("tracked")


def _day(value: str, t: Texts) -> str:
    return t.day(date.fromisoformat(value))


# Field -> how its value is written; the others are shown as they are.
_WORDS: dict[str, Callable[[Any, Texts], str]] = {
    "deadline": _day,
    "extended_until": _day,
    "amount_min": lambda value, t: t.euros(value),
    "amount_max": lambda value, t: t.euros(value),
    "topic": lambda value, t: topic_label(value, t) or str(value),
    "kind": lambda value, t: t(KINDS[value]),
    "dismiss_reason": lambda value, t: t(DISMISS_REASONS[value]),
    "stage": _stage,
    "fulfillment": status_label,
    "verdict": status_label,
    "judgment": _stage,
}


def _as_fields(mine: Mapping[str, Any]) -> dict[str, Any]:
    """What an action would have set, by the names of fields; an amount is a span."""
    wanted = {name: value for name, value in mine.items() if name in FIELDS}
    amount = mine.get("amount")
    if isinstance(amount, list):
        wanted["amount_min"], wanted["amount_max"] = amount
    return wanted
