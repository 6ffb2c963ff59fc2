"""Lines around a release that are no part of what it says: labels, bylines, credits, addresses, headings of others' words."""

from scrapers.dates import DAY
from scrapers.guess.lines import Line
from scrapers.guess.words import one_of, pattern

SHORT = 100  # characters; a longer line is no label
WORDS = 9  # of a sentence
LONG = 120  # characters; such a line is a sentence even without an end
ENDS = (".", "!", "?", "…", "“", "”", '"', "«", "‹", "'", ")", ":")
_LABELS = pattern(rf"\W*{one_of('lines', 'labels')}\W*")
_ABOUT = pattern(rf"\W*{one_of('lines', 'about')}")
_FILES = pattern(one_of("lines", "files"))
_TAILS = pattern(rf"\W*{one_of('lines', 'tails')}\W*")
_CONTACT = pattern(one_of("lines", "contact"))
_NOTICES = pattern(one_of("lines", "notices"))
_CLOCK = r"(?:um|uhr|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)"
_BEFORE_DAY = (
    rf"(?:datum|stand|veröffentlicht|erschienen|publiziert|von|vom|am|den|mo|di|mi|do|fr|sa|so|\w+tag|mittwoch|{_CLOCK})"
)
_DAY_ONLY = pattern(rf"\W*(?:{_BEFORE_DAY}\W+)*{DAY}(?:\W*{_CLOCK})*\W*")
_PLACE = r"[a-zäöüß.-]{3,20}(?:[ /][a-zäöüß.-]{3,20})?"
_DATELINE = pattern(rf"\W*(?:{_PLACE},\s(?:den\s)?{DAY}|{DAY}\W{{1,3}}{_PLACE})\W*")


def is_label(line: Line) -> bool:
    """Whether a line only names, dates or credits what stands beside it."""
    text = line.text
    return len(text) <= SHORT and bool(
        _LABELS.fullmatch(text) or _ABOUT.match(text) or _FILES.search(text) or _DAY_ONLY.fullmatch(text)
    )


def is_dateline(line: Line) -> bool:
    """Whether a line is a place and a day."""
    return bool(_DATELINE.fullmatch(line.text))


def ends_text(line: Line) -> bool:
    """Whether something else begins with a line."""
    return len(line.text) <= SHORT and not line.text.endswith(".") and bool(_TAILS.fullmatch(line.text))


def is_sentence(text: str) -> bool:
    """Whether a line reads like one: of some words, and ended."""
    return len(text.split()) >= WORDS and (text.rstrip().endswith(ENDS) or len(text) >= LONG)


def is_notice(text: str) -> bool:
    """Whether a sentence is of the page and not of the text: about cookies, scripts, newsletters, or an address."""
    return bool(_NOTICES.search(text) or _CONTACT.search(text))


def without_contact(lines: list[Line]) -> list[Line]:
    """Lines without an address at their end."""
    ended = len(lines)
    while ended and not is_sentence(lines[ended - 1].text):
        ended -= 1
    rest = lines[ended:]
    first = next((place for place, line in enumerate(rest) if _CONTACT.search(line.text)), None)
    if first is None or not ended:
        return lines
    return lines[:ended] + [line for line in rest[:first] if line.text.endswith(ENDS)]
