"""Whose releases a site carries, told from its host and title by the public record: parliament, factions, a key for it."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from settings.reference import Record

# How hosts and titles name the Länder beside the parliaments' own names, by region of the record.
LANDS = {
    "DE": "bundestag bundestagsfraktion bund bt",
    "DE-BB": "brandenburg bb brb",
    "DE-BE": "berlin berliner agh",
    "DE-BW": "baden-württemberg badenwürttemberg badenwuerttemberg baden-wuerttemberg bw bawue bawü ltbw",
    "DE-BY": "bayern bayerischer bayerischen by landtagby",
    "DE-HB": "bremen bremer bremischen hb",
    "DE-HE": "hessen hessischer hessischen he",
    "DE-HH": "hamburg hamburger hamburgischen hh",
    "DE-MV": "mecklenburg-vorpommern mecklenburgvorpommern mv",
    "DE-NI": "niedersachsen niedersächsischer niedersächsischen nds ltnds",
    "DE-NW": "nordrhein-westfalen nordrheinwestfalen nrw ltnrw",
    "DE-RP": "rheinland-pfalz rheinlandpfalz rlp rp",
    "DE-SH": "schleswig-holstein schleswigholstein schleswig-holsteinischen sh ltsh",
    "DE-SL": "saarland saarländischer saar",
    "DE-SN": "sachsen sächsischer sächsischen sn",
    "DE-ST": "sachsen-anhalt sachsenanhalt lsa",
    "DE-TH": "thüringen thueringen thüringer thl",
}
SHORT = {"DE": "bund", "DE-NW": "nrw", "DE-BW": "bw", "DE-MV": "mv", "DE-RP": "rlp", "DE-SH": "sh", "DE-ST": "sachsen-anhalt"}
# They mean a Land in a host only: in a title they are words.
ONLY_IN_HOSTS = 3  # letters
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 60
LEAST_LETTERS = 3  # of a faction's name at the beginning of a longer word


def guess_parliament(record: Record, address: str, title: str) -> str | None:
    """The parliament that a host or a title names, in full; None if neither does."""
    regions = {period.region: period.parliament for period in record.periods if period.region}
    shown = title.casefold()
    named = {name.casefold(): p.parliament for p in record.periods for name in (p.parliament, *p.aliases)}
    for name in sorted(named, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", shown):
            return named[name]
    host = _host(address)
    tokens = set(re.split(r"[.-]", host)) | set(host.split("."))
    words = sorted(((word, region) for region, names in LANDS.items() for word in names.split()), key=lambda pair: -len(pair[0]))
    for word, region in words:
        in_host = (
            word in tokens
            or word.translate(UMLAUTS) in tokens
            or (len(word) > ONLY_IN_HOSTS + 1 and word.translate(UMLAUTS) in host)
        )
        in_title = len(word) >= ONLY_IN_HOSTS and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", shown)
        if (in_host or in_title) and region in regions:
            return regions[region]
    return None


def guess_factions(record: Record, address: str, title: str, parliament: str | None) -> tuple[str, ...]:
    """The factions that a host names, or else a title; none if neither does."""
    found = _in_host(record, _host(address)) or _in_title(record, title)
    if parliament == "Deutscher Bundestag" and {"CDU", "CSU"} & set(found):
        found = tuple(dict.fromkeys("CDU/CSU" if name in {"CDU", "CSU"} else name for name in found))
    return found


def factions_known(record: Record, parliament: str | None) -> list[str]:
    """The factions that may be meant: those of a parliament if the record has them, else all that it knows by a name."""
    own = list(dict.fromkeys(faction.name for faction in record.factions if faction.parliament == parliament))
    return own or [row[0] for row in record.aliases]


def parliaments_known(record: Record, today: date) -> list[str]:
    """The parliaments of the record, those that sit today first."""
    ordered = sorted(record.periods, key=lambda period: (not period.start <= today <= period.end, period.parliament))
    return list(dict.fromkeys(period.parliament for period in ordered))


def guess_key(record: Record, factions: tuple[str, ...], parliament: str) -> str:
    """A key for a source: `spd-nrw`, `cdu-csu-bund`, `um-landtag-musterland`."""
    region = next((period.region for period in record.periods if period.parliament == parliament), "")
    where = SHORT.get(region) or (LANDS[region].split()[0] if region in LANDS else parliament)
    return key_of(" ".join([*factions, where]))


def key_of(text: str) -> str:
    """Some words as a key."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(UMLAUTS)).strip("-")
    return plain[:LONGEST_KEY].strip("-")


def _in_host(record: Record, host: str) -> tuple[str, ...]:
    parts = [part for part in re.split(r"[.-]", host) if part != "www"]
    labels = [label.replace("-", "") for label in host.split(".")]
    for alias, name in _aliases(record):
        plain = re.sub(r"[^a-z0-9]", "", alias.casefold().translate(UMLAUTS))
        if plain in parts or (len(plain) >= LEAST_LETTERS and any(word.startswith(plain) for word in (*parts, *labels))):
            return (name,)
    return ()


def _in_title(record: Record, title: str) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    rest = title
    for alias, name in _aliases(record):
        match = re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", rest, re.IGNORECASE)
        if match is not None:
            found.append((match.start(), name))
            rest = rest[: match.start()] + "\0" * len(match.group()) + rest[match.end() :]
    return tuple(dict.fromkeys(name for _place, name in sorted(found)))


def _aliases(record: Record) -> Iterator[tuple[str, str]]:
    """Every way to write a faction with its short name, the longest first."""
    pairs = [(alias, row[0]) for row in record.aliases for alias in row if alias]
    yield from sorted(pairs, key=lambda pair: -len(pair[0]))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").casefold()
