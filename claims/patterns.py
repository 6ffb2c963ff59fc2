"""The little language of the cue table, matched against classes of words, in time that grows with the sentence.

<we> .. <give.inf>        a word of one class, any words between, a word of another
kein <*land>              words side by side stand as they are; <class> is a class of the lexicon
<we> ..4 <posts>          at most four words between
<not> ~ <done>            any words between, but no comma or the like
<money> & <werden>        both, in any order
<count> & ! <demand>      the first, and nowhere the second
^ <if>                    at the beginning of the sentence
stellen|stellt .. bereit  one of several
<lastonly> || <placeword> <ordnum>   one pattern or the other
"""

import re
from dataclasses import dataclass

from claims.lexicon import Lexicon
from claims.tokens import Tokens

_GAP = re.compile(r"\.\.(\d*)|~(\d*)")
_ANY = 10_000
UNPLACED = (-2, -2)  # where a pattern holds, nobody has looked as yet


class PatternError(ValueError):
    """A pattern that cannot be read; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a sequence: its classes, how many words may stand before it, and whether a comma may."""

    mask: int
    gap: int = 0
    within_clause: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A sequence that must occur, or must not."""

    steps: tuple[Step, ...]
    absent: bool = False
    at_start: bool = False

    @property
    def is_one_word(self) -> bool:
        """Whether it is a single word, wherever it stands."""
        return len(self.steps) == 1 and not self.at_start


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must all hold. `needs`: for each step that must occur, its classes.

    The quick test before the slow one: `all_of` are classes that must all occur, of each in `one_of` some class must, and none of
    `forbids` may. It decides on single words; only the parts in `checked` depend on where words stand. `opening` are the classes
    of the first part if it is a single word, else 0; `begins` those of the first word of a part that must begin the sentence, else 0.
    """

    needs: tuple[int, ...]
    all_of: int
    one_of: tuple[int, ...]
    forbids: int
    checked: tuple[Part, ...]
    opening: int
    begins: int

    @property
    def pair(self) -> tuple[int, Step] | None:
        """The first step's classes and the second step, where all that is left to look for is two words with or without a gap."""
        if self.opening or len(self.checked) != 1 or len(self.checked[0].steps) != 2:  # noqa: PLR2004
            return None
        part = self.checked[0]
        return None if part.absent or part.at_start else (part.steps[0].mask, part.steps[1])

    def may_hold(self, mask: int) -> bool:
        """Whether a sentence with these classes can hold it at all."""
        if mask & self.forbids or mask & self.all_of != self.all_of:
            return False
        return all(mask & need for need in self.one_of)

    def find(self, tokens: Tokens) -> tuple[int, int] | None:
        """First and last word of the first part that occurs; (-1, -1) for a pattern that only excludes; None if it does not hold."""
        if not self.may_hold(tokens.mask) or (place := self.place(tokens)) is None:
            return None
        return self.opening_in(tokens) if place is UNPLACED else place

    def place(self, tokens: Tokens) -> tuple[int, int] | None:
        """As `find`, for a sentence that has passed the quick test; UNPLACED where the first part is one word: the test has met it."""
        if self.begins and not tokens.begin & self.begins:
            return None
        found: tuple[int, int] | None = UNPLACED if self.opening else None
        for part in self.checked:
            place = _find(part, tokens)
            if part.absent:
                if place is not None:
                    return None
            elif place is None:
                return None
            elif found is None:
                found = place
        return found or (-1, -1)

    def opening_in(self, tokens: Tokens) -> tuple[int, int]:
        """Where the word stands that the first part asks for; what holds for the whole sentence has no place: (-1, -1)."""
        opening = self.opening
        if tokens.flags & opening == opening:
            return -1, -1
        for i, mask in enumerate(tokens.masks):
            if mask & opening:
                return i, i
        return -1, -1


def read_patterns(text: str, lexicon: Lexicon) -> tuple[Pattern, ...]:
    """The patterns of a line of the cue table, of which one must hold. Raises PatternError."""
    return tuple(_pattern(piece.strip(), lexicon) for piece in text.split(" || "))


def classes_named(text: str) -> list[str]:
    """The classes that a line of the cue table names, `=word` for words; for lexicons made for a table."""
    named: list[str] = []
    for word in text.replace(" || ", " ").replace(" & ", " ").replace("!", " ").replace("^", " ").split():
        if not _GAP.fullmatch(word):
            named += [_class_of(name) for name in word.split("|") if name]
    return named


def _class_of(name: str) -> str:
    return name[1:-1] if name.startswith("<") and name.endswith(">") else f"={name.lower()}"


def _pattern(text: str, lexicon: Lexicon) -> Pattern:
    parts = tuple(_part(piece.strip(), text, lexicon) for piece in text.split(" & ")) if text.strip() else ()
    needs = tuple(step.mask for part in parts if not part.absent for step in part.steps)
    all_of = forbids = 0
    for part in parts:
        if part.absent and part.is_one_word:
            forbids |= part.steps[0].mask
    for need in needs:
        if _is_one_class(need):
            all_of |= need
    first = next((part for part in parts if not part.absent), None)
    return Pattern(
        needs=needs,
        all_of=all_of,
        one_of=tuple(need for need in needs if not _is_one_class(need)),
        forbids=forbids,
        checked=tuple(part for part in parts if not part.is_one_word),
        opening=first.steps[0].mask if first is not None and first.is_one_word else 0,
        begins=next((part.steps[0].mask for part in parts if part.at_start and not part.absent), 0),
    )


def _is_one_class(mask: int) -> bool:
    return mask & (mask - 1) == 0


def _part(piece: str, whole: str, lexicon: Lexicon) -> Part:
    absent = piece.startswith("!")
    piece = piece.removeprefix("!").strip()
    at_start = piece.startswith("^")
    steps: list[Step] = []
    gap, within = 0, False
    for word in piece.removeprefix("^").split():
        match = _GAP.fullmatch(word)
        if match:
            gap, within = int(match[1] or match[2] or _ANY), word.startswith("~")
            continue
        mask = 0
        for name in word.split("|"):
            if not name or name in {"<>", "="}:
                raise PatternError(f"{whole!r}: an empty alternative in {word!r}.")
            mask |= lexicon.bit(_class_of(name))
        steps.append(Step(mask, gap, within))
        gap, within = 0, False
    if not steps or gap:
        raise PatternError(f"{whole!r}: {piece!r} is no sequence of words.")
    return Part(tuple(steps), absent, at_start)


def _find(part: Part, tokens: Tokens) -> tuple[int, int] | None:
    """The first place where a sequence ends, with where it began; each step looks at each word once."""
    masks, steps = tokens.masks, part.steps
    first = steps[0].mask
    if part.at_start:
        if not tokens.begin & first:
            return None
        begins = [tokens.begins_at]
    elif len(steps) == 2:  # noqa: PLR2004  a pair, by far the commonest sequence
        return find_pair(first, steps[1], tokens)
    else:
        begins = [i for i, mask in enumerate(masks) if mask & first]
    # reached[k] = (place of the last step, place of the first step), by rising place
    reached = [(i, i) for i in begins]
    for step in steps[1:]:
        if not reached:
            return None
        reached = _advance(reached, step, tokens)
    return (reached[0][1], reached[0][0]) if reached else None


def find_pair(first: int, second: Step, tokens: Tokens) -> tuple[int, int] | None:
    """The first place of two steps: as `Pattern.place` for `Pattern.pair`."""
    masks, mask_behind, gap = tokens.masks, second.mask, second.gap + 1
    if gap == 1:
        before = 0
        for i, mask in enumerate(masks):
            if before and mask & mask_behind:
                return i - 1, i
            before = mask & first
        return None
    clauses = tokens.clauses if second.within_clause else None
    latest = -1
    for i, mask in enumerate(masks):
        if latest >= 0 and mask & mask_behind and i - latest <= gap and (clauses is None or clauses[i] == clauses[latest]):
            return latest, i
        if mask & first:
            latest = i
    return None


def _advance(reached: list[tuple[int, int]], step: Step, tokens: Tokens) -> list[tuple[int, int]]:
    masks, clauses = tokens.masks, tokens.clauses if step.within_clause else None
    result: list[tuple[int, int]] = []
    at, last = 0, len(reached)
    latest: tuple[int, int] | None = None
    for i in range(reached[0][0] + 1, len(masks)):
        while at < last and reached[at][0] < i:
            latest = reached[at]
            at += 1
        if not masks[i] & step.mask or latest is None:
            continue
        if i - latest[0] - 1 > step.gap or (clauses is not None and clauses[i] != clauses[latest[0]]):
            continue
        result.append((i, latest[1]))
    return result
