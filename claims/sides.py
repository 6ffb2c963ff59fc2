"""Whose side a word is on: the speaker's own, or another's, by parliament, faction and day.

Own are "wir", the own faction and, for those who govern, their coalition, its partners and their government. Others are the other
factions, the government for its opposition, and in a Land always the federation and the EU. Unknown side: only "wir" and the
own faction are own, and governments are nobody's.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from claims.lexicon import Lexicon
from settings.reference import Record

GOVERNMENT, OPPOSITION = "government", "opposition"
_NO_PARTY = frozenset({"90", "die", "für", "bündnis", "partei", "freie"})  # words of party names that mean no party alone
_FEDERAL = "Deutscher Bundestag"
COALITIONS = Path(__file__).resolve().parent / "lexicon" / "coalitions.csv"
_ALWAYS_OTHERS = ("eu", "exgov", "thirdactor")


@dataclass(frozen=True, slots=True)
class Sides:
    """Classes of words that mean the own side and others; `house` is the side of the whole release, None if unknown or mixed."""

    own: int
    others: int
    house: str | None


def side_of(faction: str | None, parliament: str | None, day: date, record: Record) -> str | None:
    """Government or opposition for a faction ("SPD/GRÜNE" for several that agree); None when unknown."""
    if not faction or parliament is None:
        return None
    sides = {record.side(parliament, name, day) for name in faction.split("/")}
    return sides.pop() if len(sides) == 1 else None


def sides_of(factions: Sequence[str], parliament: str | None, day: date, record: Record, lexicon: Lexicon) -> Sides:
    """The sides as a release of these factions sees them."""
    house = side_of("/".join(factions), parliament, day, record)
    governing = frozenset(record.governing(parliament, day) or ())
    # Releases are many, factions and governments few. Kept with what it was read from, since an id may be used again.
    key = (frozenset(factions), house, governing, parliament == _FEDERAL, id(record), id(lexicon))
    kept = _kept.get(key)
    if kept is None or kept[0] is not record or kept[1] is not lexicon:
        if len(_kept) >= _REMEMBERED:
            _kept.clear()
        sides = _sides(key[0], house, governing, record, lexicon, federal=key[3])
        kept = _kept[key] = record, lexicon, sides
    return kept[2]


_REMEMBERED = 256
_Key = tuple[frozenset[str], str | None, frozenset[str], bool, int, int]
_kept: dict[_Key, tuple[Record, Lexicon, Sides]] = {}


def _sides(
    factions: frozenset[str], house: str | None, governors: frozenset[str], record: Record, lexicon: Lexicon, *, federal: bool
) -> Sides:
    bit = lexicon.bit
    allies = set(factions)
    if house == GOVERNMENT:
        allies |= governors
    own = bit("we") | _party_words(allies, record, lexicon)
    others = bit("parties") & ~own
    for name in _ALWAYS_OTHERS:
        others |= bit(name)
    governing = bit("coalition") | bit("landgov") | (bit("fedgov") if federal else 0)
    # What stands for the body that a government leads: "das Land", "der Bund".
    body = bit("fed") if federal else bit("land")
    if house == GOVERNMENT:
        own |= governing | body | bit("faction")
        others |= bit("opposition")
    elif house == OPPOSITION:
        own |= bit("opposition") | bit("faction")
        others |= governing | body
    if not federal:
        others |= bit("fed") | bit("fedgov")
    governing_factions = _union(governors)
    for word, members in _nicknames():
        # "Ampel" is the own coalition while it governs and one is part of it; a former one is always another's.
        if house == GOVERNMENT and members == governing_factions:
            own |= bit(f"={word}")
        else:
            others |= bit(f"={word}")
    return Sides(own & ~bit("land") if federal else own, others, house)


@cache
def _nicknames() -> tuple[tuple[str, frozenset[str]], ...]:
    with COALITIONS.open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], _union(row["factions"].split(";"))) for row in csv.DictReader(file))


def _union(factions: Iterable[str]) -> frozenset[str]:
    """Factions with CDU and CSU as one, as coalitions are named."""
    return frozenset("CDU" if name in {"CDU/CSU", "CSU"} else name for name in factions)


def _party_words(factions: set[str], record: Record, lexicon: Lexicon) -> int:
    found = 0
    for row in record.aliases:
        if row[0] in factions or (row[0] in {"CDU", "CSU"} and "CDU/CSU" in factions):
            for alias in row:
                for word in alias.lower().replace("/", " ").split():
                    if word not in _NO_PARTY:
                        found |= lexicon.bit(f"={word}")
    return found
