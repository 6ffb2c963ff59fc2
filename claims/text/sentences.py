"""Where German sentences begin and end, and which of them stand in quotation marks.

A quotation is from the first word to the final stop: no opening mark before it, no closing mark behind the stop; what tells
who said it (“..., so Reichelt.”) belongs to it. One pass over a line, every repeat bounded or never tried twice.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from claims.text.lines import CLOSING, OPENING
from claims.text.wordlists import word_list

# Stops with the marks that close behind them, a colon that leads to a quotation, and quotation marks.
_SCAN = re.compile(r"[.!?…]+[“”«»\"'‘’›‹)\]]*|:(?=\s?[„\"“»«])|[„“”«»\"]")
_QUOTES = '„“”«»"'
# Behind a colon a word or two in quotation marks are no quotation: Wir brauchen: „Mut“, Geld und Zeit.
_TERM = re.compile(r"\s?[„\"“»«][^„“”\"»«.!?]{1,40}[“”\"«»](?:,\s|\s(?=[a-zäöü]))(?!(?:so|sagt|erklärt)\b)")
_DATE_BEFORE = re.compile(r"\d{1,2}\.\s\Z")
_DAY = re.compile(r"\d{1,2}\.")
_SKIPPED = frozenset(CLOSING + OPENING + ".!?…,;:–—")
_DEPTH = 3  # quotations within quotations that are kept apart

_ENTRIES = word_list("abbreviations")
_ABBREVIATIONS = frozenset(word.lstrip("+") for word in _ENTRIES)
_MAY_END = frozenset(word[1:] for word in _ENTRIES if word.startswith("+"))
_OPENERS = frozenset(word_list("openers"))
_LONGEST_WORD = 30  # characters before a stop that are looked at
_WORD_BEHIND = re.compile(r"[^\W\d_]{1,30}")
_TWO_WORDS_BEFORE = re.compile(r"(?:^|[\s(])([^\W\d_]{1,12})\s{1,3}\d{1,3}\Z")
_ORDINAL_DIGITS = 3
_ROMAN = frozenset("IVX")
# Before an ordinal stands an article or a preposition that holds one: "am 8. Juli", "der 19. Wahlperiode".
_BEFORE_ORDINAL = frozenset(
    [
        "am",
        "im",
        "vom",
        "zum",
        "beim",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "einen",
        "einem",
        "eines",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "sein",
        "seine",
        "seinen",
        "seinem",
        "unser",
        "unsere",
        "unserem",
        "unseren",
        "dieser",
        "diesem",
        "jeder",
        "jedem",
    ]
)
_AFTER_ORDINAL = re.compile(
    r"Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Aug|Sept|Okt|Nov|Dez|Legislatur|Wahlperiode|Jahrhundert"
    r"|Platz|Rang|Mal|Quartal|Halbjahr|Lebensjahr|Klasse|Plenar|Bundes|Landtag|Stelle|Sitzung|Schuljahr|Stock|Geburtstag|Jahrestag|Stufe|Etappe|Lesung"
)


class Piece(NamedTuple):
    """A sentence in a line: its place, the number of the quotation it begins in (0: none), and where its quotation had been left.

    `left` and `back` are places in the line between which the sentence tells who speaks; -1 if it does not.
    """

    start: int
    end: int
    quote: int
    left: int = -1
    back: int = -1


@dataclass(slots=True)
class Reader:
    """Splits the lines of one text in their order; remembers over line ends that a quotation is open."""

    depth: int = 0
    quotes: int = 0

    def open_line(self, line: str, place: int) -> None:
        """A paragraph that begins with an opening mark begins its quotation anew; one that was never closed ends."""
        if self.depth and line[place : place + 1] in {"„", "»", "«", '"', "“"}:
            self.depth = 0

    def split(self, line: str, place: int, label: int = 0) -> list[Piece]:
        """The sentences of a line from a place on; `label` is the place behind a speaker's name that a sentence ends with."""
        found: list[Piece] = []
        carried = self.depth > 0
        start, quote = self._begin(line, place)
        if label:
            # Who is named before a colon begins a speech of his own, whatever quotation was left open.
            self.depth, carried = 0, False
            found.append(Piece(start, label, 0))
            start, quote = self._begin(line, label)
        left = back = -1
        end = 0
        for match in _SCAN.finditer(line, start):
            place, end = match.span()
            if place < start:
                continue
            if line[place] in _QUOTES:
                left, back = self._mark(line, place, left, back)
                continue
            stop = _stop_end(line, place, end)
            closed = self._close_all(line, stop, end)
            if not _is_end(line, place, stop, end):
                left, back = (end, -1) if closed else (left, back)
                continue
            if line[place] == ":" and carried and not found:
                self.depth = quote = 0
            found.append(Piece(start, stop, quote, left, back))
            start, quote = self._begin(line, end)
            left = back = -1
        rest = _rest(line, start)
        if rest > start:
            found.append(Piece(start, rest, quote, left, back))
        if end == len(line) and line[-1] in _QUOTES and line[end - 2 : end - 1] in {".", "!", "?", "…"}:
            self.depth = 0
        return found

    def _mark(self, line: str, place: int, left: int, back: int) -> tuple[int, int]:
        """Open or close with a quotation mark inside a sentence; where its quotation was left and where one begins again."""
        if self._opens(line, place, line[place]):
            self._open()
            return left, place if left >= 0 and back < 0 else back
        return (place + 1, -1) if self._close() else (left, back)

    def _begin(self, line: str, place: int) -> tuple[int, int]:
        """The first character of the next sentence and the number of the quotation it stands in."""
        length = len(line)
        while place < length and (line[place] in _SKIPPED or line[place].isspace()):
            mark = line[place]
            if mark in _QUOTES:
                if self._opens(line, place, mark):
                    self._open()
                else:
                    self._close()
            place += 1
        return place, self.quotes if self.depth else 0

    def _open(self) -> None:
        if not self.depth:
            self.quotes += 1
        self.depth = min(self.depth + 1, _DEPTH)

    def _close(self) -> bool:
        """Whether the outermost quotation has ended with this mark."""
        if not self.depth:
            return False
        self.depth -= 1
        return not self.depth

    def _close_all(self, line: str, stop: int, end: int) -> bool:
        closed = False
        for place in range(stop, min(end, stop + 8)):
            if line[place] in _QUOTES and self._close():
                closed = True
        return closed

    @staticmethod
    def _opens(line: str, place: int, mark: str) -> bool:
        """Whether a mark opens: „ always; others by the blank before and the word behind them."""
        if mark == "„":
            return True
        before = line[place - 1] if place else " "
        behind = line[place + 1 : place + 2]
        return (before.isspace() or before in "(–—-:/„‚[*.!?") and behind not in {"", " ", ",", ".", ";", "!", "?", ":"}


def _stop_end(line: str, place: int, end: int) -> int:
    while end > place and line[end - 1] in CLOSING:
        end -= 1
    return end


def _rest(line: str, start: int) -> int:
    """The end of what is left of a line behind its last stop."""
    end = len(line)
    while end > start and (line[end - 1] in CLOSING or line[end - 1].isspace()):
        if line[end - 1] == ")" and line.rfind("(", start, end) > line.rfind(")", start, end - 1):
            break
        end -= 1
    return end


def _is_end(line: str, place: int, stop: int, end: int) -> bool:
    """Whether the stop at a place, with closing marks up to `end`, ends a sentence."""
    if line[place] == ":":
        return not _TERM.match(line, end)
    following = line[end : end + 1]
    if not following:
        return True
    if following.isspace():
        behind = end
        while behind < len(line) and line[behind].isspace() and behind < end + 9:
            behind += 1
        following = line[behind : behind + 1]
        if following.islower() or following in ",;:)" or (following in "–—-" and _goes_on(line, behind)):
            return False
        return line[place] != "." or stop - place > 1 or stop < end or _is_full_stop(line, place, behind)
    return _is_glued(line, place, stop, end)


def _goes_on(line: str, place: int) -> bool:
    """Whether a dash leads on within a sentence: “Das ist gut.“ – so Müller."""
    rest = line[place + 1 : place + 4].lstrip()
    return rest[:1].islower()


def _is_full_stop(line: str, place: int, behind: int) -> bool:
    """Whether a lone stop is more than that of an abbreviation, an ordinal or an initial."""
    word = _word_before(line, place)
    next_word = _WORD_BEHIND.match(line, behind)
    opens = next_word is not None and next_word[0].casefold() in _OPENERS
    if word.isdigit():
        return _is_number_end(line, place, word, behind, opens=opens)
    small = word.casefold()
    if small in _ABBREVIATIONS:
        return opens and small in _MAY_END
    if word == "LINKE" and line.startswith("DIE ", max(0, place - 9)):
        return opens  # the faction wrote its name with a stop for years
    if (len(word) == 1 and word.isalpha()) or (len(word) == 3 and word[1] == "." and word.isascii()):  # noqa: PLR2004  "z.B", "F"
        return opens and word.isupper()
    return opens or not (word and set(word) <= _ROMAN)


def _word_before(line: str, place: int) -> str:
    before = line[max(0, place - _LONGEST_WORD) : place]
    return before[before.rfind(" ") + 1 :].lstrip("([‚'„“\"»«–/")


def _is_number_end(line: str, place: int, number: str, behind: int, *, opens: bool) -> bool:
    if len(number) > _ORDINAL_DIGITS:
        return True
    if line[behind].isdigit():
        # "am 8. 7. 2019" goes on, "auf Platz 9. 2019 waren" does not.
        date = _DAY.match(line, behind) or _DATE_BEFORE.search(line, max(0, place - 8), place - len(number))
        return date is None or int(number) > 31  # noqa: PLR2004  days of a month
    if _AFTER_ORDINAL.match(line, behind):
        return False
    if opens:
        return True
    before = _TWO_WORDS_BEFORE.search(line, max(0, place - 20), place)
    return before is None or before[1].casefold() not in _BEFORE_ORDINAL


def _is_glued(line: str, place: int, stop: int, end: int) -> bool:
    """Two sentences joined without a blank: "worden.Die", "ab.“Das", "eingetreten.2016"."""
    following = line[end]
    if following in "„»«":
        return True
    if not (following.isupper() or following.isdigit()):
        return False
    if stop < end:
        return line[end - 1] != ")"
    before = line[place - 1 : place]
    if line[place] == "." and stop - place == 1:
        word = _word_before(line, place)
        if word.casefold() in _ABBREVIATIONS or "@" in word or "www" in word or "." in word:
            return False
        if following.isdigit():
            return len(word) > 2 and word.isalpha() and before.islower()  # noqa: PLR2004  "eingetreten.2016", not "Nr.5"
        next_word = _WORD_BEHIND.match(line, end)
        long = next_word is not None and len(next_word[0]) > 1 and next_word[0][1:].islower()
        return long and (before.isdigit() or before in "%€" or (len(word) > 1 and before.islower()))
    return following.isupper() and before.islower()
