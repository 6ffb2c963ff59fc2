"""Why a claim was found, as chips: the words that counted most, what holds for the whole sentence, the rest as a sum. HTML."""

from collections.abc import Sequence
from typing import Any

from dashboard import safe
from settings.texts import Texts, marked

SHOWN = 8  # chips; a reader takes in no more

# Cues without words of the sentence, by their names in the cue table.
WITHOUT_WORDS = {
    "quoted": marked("in a quotation"),
    "lead": marked("in the introduction"),
    "list item": marked("item of a list"),
    "list item with amount": marked("item of a list with an amount"),
    "named speaker": marked("a person speaks"),
    "government side speaks": marked("said by a governing side"),
    "opposition speaks": marked("said by the opposition"),
    "about a law": marked("the release is about a law"),
    "introduces a speech": marked("introduces a quotation"),
    "short sentence": marked("short sentence"),
    "long sentence": marked("long sentence"),
    "no number": marked("no number"),
    "no euro amount": marked("no amount"),
    "per year": marked("per year"),
}


def reasons_html(reasons: Sequence[dict[str, Any]], t: Texts) -> str:
    """Chips of reasons `{"cue", "text", "weight"}`, the heaviest first; weights in log-odds."""
    ordered = sorted(reasons, key=lambda reason: -abs(reason["weight"]))
    shown, rest = ordered[:SHOWN], ordered[SHOWN:]
    chips = [chip(_words(reason, t), reason["weight"], reason["cue"], t) for reason in shown]
    if rest:
        names = ", ".join(reason["cue"] for reason in rest)
        chips.append(chip(t.count("{n} more", "{n} more", len(rest)), sum(reason["weight"] for reason in rest), names, t))
    return "".join(chips)


def chip(words: str, weight: float, title: str, t: Texts) -> str:
    """One reason with its weight."""
    sign = "+" if weight > 0 else ""
    side = "for" if weight > 0 else "against"
    return f'<span class="bw-chip {side}" title="{safe.text(title)}">{safe.text(words)} <b>{sign}{t.number(weight, 1)}</b></span>'


def _words(reason: dict[str, Any], t: Texts) -> str:
    if reason["text"]:
        return f"„{reason['text']}“"
    named = WITHOUT_WORDS.get(reason["cue"])
    return t(named) if named else reason["cue"]
