"""Who governed where and when, how long a legislature lasts, and what topics are called.

Days are taken from the public record and may be off by a few; an unknown or ended role means neither government nor opposition.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent

# One row a faction: the short name first, then every way the releases write it. Matched without regard to case.
FACTION_ALIASES = (
    ("CDU/CSU", "Union", "Unionsfraktion", "CDU/CSU-Bundestagsfraktion"),
    ("CDU", "Christlich Demokratische Union"),
    ("CSU", "Christlich-Soziale Union"),
    ("SPD", "Sozialdemokraten", "Sozialdemokratische Partei Deutschlands"),
    ("GRÜNE", "Grüne", "Die Grünen", "Bündnis 90/Die Grünen", "BÜNDNIS 90/DIE GRÜNEN", "Bündnisgrüne", "B90/Grüne", "GRUENE"),
    ("FDP", "Freie Demokraten", "FDP/DVP", "Freie Demokratische Partei"),
    ("AfD", "Alternative für Deutschland"),
    ("LINKE", "Die Linke", "DIE LINKE", "Linksfraktion", "Linkspartei"),
    ("BSW", "Bündnis Sahra Wagenknecht"),
    ("FW", "FREIE WÄHLER", "Freie Wähler"),
    ("SSW", "Südschleswigscher Wählerverband"),
    ("PIRATEN", "Piraten", "Piratenpartei"),
    ("BVB/FW", "BVB / FREIE WÄHLER", "BVB/Freie Wähler"),
)


@dataclass(frozen=True, slots=True)
class LegislativePeriod:
    """One elected period of a parliament; `end` is the actual or, if still running, the planned last day (inclusive)."""

    parliament: str
    start: date
    end: date
    number: int | None = None
    aliases: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class Government:
    """The factions that carried a government from `start` to `end` (inclusive; None: still in office)."""

    parliament: str
    start: date
    end: date | None
    factions: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Faction:
    """A faction with its seats in one period."""

    parliament: str
    name: str
    period: int | None
    start: date
    end: date
    role: str
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject area with the words that suggest it."""

    id: str
    label_de: str
    label_en: str
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """What is publicly known about parliaments; `plus` adds rows of one's own, for example an invented parliament."""

    periods: tuple[LegislativePeriod, ...] = ()
    governments: tuple[Government, ...] = ()
    topics: tuple[Topic, ...] = ()
    factions: tuple[Faction, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    _parliament_names: dict[str, str] = field(init=False, repr=False, compare=False)
    _faction_names: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the names once; a record is asked for every sentence."""
        names: dict[str, str] = {}
        for period in self.periods:
            for name in (period.parliament, *period.aliases):
                names[name.casefold()] = period.parliament
            if period.region.startswith("DE-"):
                names[period.region[3:].casefold()] = period.parliament
        for government in self.governments:
            names.setdefault(government.parliament.casefold(), government.parliament)
        if "landtag nordrhein-westfalen" in names:
            names["nrw"] = names["landtag nrw"] = names["landtag nordrhein-westfalen"]
        object.__setattr__(self, "_parliament_names", names)
        known = {alias.casefold(): row[0] for row in self.aliases for alias in row}
        object.__setattr__(self, "_faction_names", known)

    def plus(self, other: "Record") -> "Record":
        """One record made of this one and another."""
        return Record(
            periods=self.periods + other.periods,
            governments=self.governments + other.governments,
            topics=self.topics + other.topics,
            factions=self.factions + other.factions,
            aliases=self.aliases + other.aliases,
        )

    def parliament(self, name: str | None) -> str | None:
        """The full name of a parliament given by name or alias; a name nobody knows is given back as it is."""
        if name is None or not name.strip():
            return None
        return self._parliament_names.get(" ".join(name.split()).casefold(), name.strip())

    def faction(self, name: str) -> str:
        """The short name of a faction ("DIE LINKE" -> "LINKE"); a name nobody knows is given back as it is."""
        cleaned = " ".join(name.split())
        return self._faction_names.get(cleaned.casefold(), cleaned)

    def is_faction(self, name: str) -> bool:
        """Whether a name is the short name of a faction in this record."""
        return self._faction_names.get(name.casefold()) == name

    def period(self, parliament: str | None, day: date) -> LegislativePeriod | None:
        """The legislative period of a parliament that holds a day, or None when the record does not reach there."""
        wanted = self.parliament(parliament)
        held = (p for p in self.periods if p.parliament == wanted and p.start <= day <= p.end)
        return max(held, key=lambda p: p.start, default=None)

    def governing(self, parliament: str | None, day: date) -> tuple[str, ...] | None:
        """The factions in government on a day; None when unknown."""
        wanted = self.parliament(parliament)
        for government in self.governments:
            if government.parliament == wanted and government.start <= day and (government.end is None or day <= government.end):
                return government.factions
        return None

    def side(self, parliament: str | None, faction: str, day: date) -> str | None:
        """The side of a faction on a day, `government` or `opposition`; None when the record does not say."""
        governing = self.governing(parliament, day)
        if governing is None:
            return None
        name = self.faction(faction)
        # CDU and CSU sit in the Bundestag as one faction; a release may be signed by either half.
        family = {"CDU", "CSU", "CDU/CSU"} if "CDU/CSU" in governing and name in {"CDU", "CSU"} else {name}
        return "government" if family & set(governing) else "opposition"


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def shipped_record() -> Record:
    """The record that comes with the product: the 16 Länder and the Bundestag."""
    periods = tuple(
        LegislativePeriod(
            parliament=row["parliament"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end_or_planned_end"]),
            number=int(row["number"]) if row["number"] else None,
            aliases=_names(row["aliases"]),
            region=row["region"],
        )
        for row in _rows(HERE / "legislative_periods.csv")
    )
    governments = tuple(
        Government(
            parliament=row["parliament"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            factions=_names(row["governing_factions"]),
            region=row["region"],
        )
        for row in _rows(HERE / "governments.csv")
    )
    topics = tuple(
        Topic(
            id=row["id"],
            label_de=row["label_de"],
            label_en=row["label_en"],
            keywords=tuple(word.strip() for word in row["keywords_de"].split(",") if word.strip()),
        )
        for row in _rows(HERE / "topics.csv")
    )
    factions = tuple(
        Faction(
            parliament="Landtag Nordrhein-Westfalen",
            name=row["faction"],
            period=int(row["period"]),
            start=date.fromisoformat(row["period_start"]),
            end=date.fromisoformat(row["period_end"]),
            role=row["role"],
            seats=int(row["seats_at_start"]) if row["seats_at_start"] else None,
        )
        for row in _rows(HERE / "factions.csv")
    )
    return Record(periods=periods, governments=governments, topics=topics, factions=factions, aliases=FACTION_ALIASES)
