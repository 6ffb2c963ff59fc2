"""Ranking claims taken apart: what is measured, who is ranked, in which direction or at which place, and against whom or since when.

The readings are those of the desk's guideline: highest among regions is place 1, the last of all Länder is place 16, of the
Flächenländer 13; over time there is no place. What a sentence does not say is None.
"""

import re
from datetime import date

from claims.finding import Ranking

_I = re.IGNORECASE
_NUMBERS = {
    "eins": 1, "ersten": 1, "erster": 1, "zwei": 2, "zweiten": 2, "zweiter": 2, "drei": 3, "dritten": 3, "dritter": 3, "vier": 4,
    "vierten": 4, "vierter": 4, "fünf": 5, "fünften": 5, "sechs": 6, "sechsten": 6, "sieben": 7, "siebten": 7, "acht": 8, "achten": 8,
    "neun": 9, "neunten": 9, "zehn": 10, "zehnten": 10, "elf": 11, "zwölf": 12,
}  # fmt: skip
_N = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_PLACE = re.compile(
    rf"\b(?:Platz|Rang|Plätzen?|Ränge?n?|Tabellenplatz)\s+(?P<a>{_N})\b|\b(?P<b>{_N})\.?\s+(?:Platz|Rang)\b|\bTop[ -](?P<c>{_N})\b"
    rf"|\bNummer\s+(?P<d>{_N})\b|\bunter\s+den\s+(?:ersten\s+|besten\s+)?(?P<e>{_N})\s+(?:besten|ersten|höchsten|größten|stärksten|schlechtesten)\b",
    _I,
)
_ORDINAL = re.compile(
    r"\b(zweit|dritt|viert|fünft)(?:höchst|größt|niedrigst|meist|best|schlechtest|stärkst|schwächst|teuerst|geringst|längst|kürzest|ältest|jüngst)",
    _I,
)
_ORDINALS = {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5}
_BUT_ONE = re.compile(r"\bvorletzte", _I)
_BUT_TWO = re.compile(r"\bdrittletzte", _I)
_LAST = re.compile(r"\bSchlusslicht|\bletzte[nrm]?\s+(?:Platz|Rang|Stelle)\b|\bTabellen(?:ende|letzte)|\brote\s+Laterne", _I)
_TOP = re.compile(
    r"\bSpitzenreiter|\ban\s+(?:der|die)\s+Spitze\b|\bSpitzen(?:platz|position|wert)\b|\bganz\s+(?:vorne?|oben)\b", _I
)
_ONLY_BETTER = re.compile(
    r"\bnur\s+(?:in\s+)?[A-ZÄÖÜ][\w-]{2,30}\s+(?:\w{2,15}\s+)?(?:besser|mehr|höher|weniger|niedriger|schneller)\b"
)
_EXCEPT = re.compile(r"\b(?:mit\s+Ausnahme\s+(?:von|der|des)|außer|abgesehen\s+von)\s+(?P<names>[^.,;:]{3,60})", _I)

_NONE_OTHER = re.compile(
    r"\bkein(?:e[nmrs]?)?\s+(?:\w{2,20}\s+){0,2}?(?:\w{0,12}[Ll]and\b|\w{0,12}[Ll]änder|\w{0,12}[Ss]taat\w{0,3}|Gericht|Region|\w{0,9}[Ss]tadt)"
    r"|\bnirgend(?:s|wo)\b|\bals\s+(?:in\s+)?(?:jede[mnrs]?|alle)\s+andere|\bwie\s+(?:in\s+)?(?:kein(?:e[nmrs]?)?|nirgend(?:s|wo))\b",
    _I,
)
_UNIQUE = re.compile(
    r"\b(?:einmalig|einzigartig|beispiellos)|\bals\s+(?:bisher\s+)?(?:erste[rsn]?|einzige[rsn]?)\b|\beinzige[rsn]?\s+(?:\w{0,12}[Ll]and|Staat)\b"
    r"|\b(?:bundesweit|deutschlandweit|europaweit|weltweit)\s+erste|\bsuch\w{0,3}\s+man\b.{0,80}\bvergeblich|\bvergleichbare[nsr]?\s+\w+",
    _I,
)
_OVER_TIME = re.compile(
    r"\bRekord|rekord\b|\bnoch\s+(?:nie|nicht|niemals)\b|\b(?:nie|niemals)\s+(?:zuvor|vorher)\b|\berstmals\b|\berstmalig|\bzum\s+ersten\s+Mal\b"
    r"|\bseit\s+(?:\w{2,12}\s+){0,3}?(?:\d{4}|\d{1,3}\s+Jahren|Beginn|Jahren|Jahrzehnten|der\s+\w{5,30})|\bwie\s+(?:noch\s+)?nie\b|\bAllzeit|(?:Höchst|Tiefst)(?:stand|wert)"
    r"|\bhistorisch|\baller\s+Zeiten\b|\bjemals\b|\bzuletzt\s+(?:vor|im\s+Jahr|\d{4})|\bin\s+der\s+Geschichte\b|\bdie\s+.{0,30}marke\b",
    _I,
)
_HIGH = re.compile(
    r"\b(?:höchst|größt|meist|teuerst|längst|stärkst|schnellst|best|ältest|dichtest)e[nrsm]?\b|\bso\s+(?:viel|hoch|stark|groß|lang)|\b(?:Höchst|Spitzen)(?:stand|wert)|\bAllzeithoch|\bRekordhoch",
    _I,
)
_LOW = re.compile(
    r"\b(?:niedrigst|geringst|wenigst|kleinst|kürzest|schwächst|schlechtest|günstigst|tiefst|jüngst|langsamst|dünnst|ärmst)e[nrsm]?\b|\b(?:so|derart)\s+(?:wenig|niedrig|gering|schlecht|schwach|selten)"
    r"|\bTiefst(?:stand|wert)|tief\b|\bRekordtief|\bTiefpunkt|\b[Uu]nter\s+allen\b",
    _I,
)
_LESS = re.compile(
    r"\b(?:weniger|niedriger|geringer|kleiner|schlechter|langsamer|seltener|schwächer)(?:e[nrsm]?)?\b|\b(?:so|derart)\s+(?:wenig|niedrig|gering|schlecht|selten)",
    _I,
)
_MORE = re.compile(
    r"\b(?:mehr|höher|größer|besser|stärker|schneller|länger|teurer|häufiger)(?:e[nrsm]?)?\b|\b(?:so|derart)\s+(?:viel|hoch|gut|stark|lang|schnell|oft|häufig)",
    _I,
)

# A set of regions: pieces of which a sentence in small letters must have one (found faster than a pattern), the pattern, its name, and
# its size where that is fixed. The first that a sentence names counts.
_SETS: tuple[tuple[tuple[str, ...], re.Pattern[str], str, int | None], ...] = (
    (("westdeutsch",), re.compile(r"westdeutschen?\s+Flächenl[aä]nd", _I), "westdeutsche Flächenländer", 8),
    (("ostdeutsch", "osten", "neuen"), re.compile(r"ostdeutschen?\s+(?:Fläch|Bundes)?l[aä]nd|\bim\s+Osten\b|\bOstdeutschland\b|\bneuen\s+(?:Bundes)?länder", _I), "ostdeutsche Länder", None),
    (("flächen",), re.compile(r"Flächenl[aä]nd|Flächenstaat", _I), "Flächenländer", 13),
    (("stadtstaat",), re.compile(r"Stadtstaat", _I), "Stadtstaaten", 3),
    (("g7",), re.compile(r"\bG7\b", _I), "G7", 7),
    (("oecd",), re.compile(r"\bOECD\b", _I), "OECD-Staaten", None),
    (("eu", "mitgliedstaat"), re.compile(r"\b(?:EU|Europäischen?\s+Union|Mitgliedstaat\w{0,3}|EU-Staaten|EU-Vergleich)\b", _I), "EU-Staaten", None),
    (("europ",), re.compile(r"\bEuropas?\b|\beuropa(?:weit|weiten|weiter)\b|\beuropäische[nr]?\s+Vergleich", _I), "Europa", None),
    (("welt", "international"), re.compile(r"\bweltweit|\bder\s+Welt\b|\binternational", _I), "Welt", None),
    (("großst", "millionenst", "metropole"), re.compile(r"\bGroßst[aä]dt|\bMillionenst[aä]dt|\bMetropole", _I), "Großstädte", None),
    (("kreis",), re.compile(r"\bLand?kreise?n?\b|\bkreisfreie", _I), "Kreise", None),
    (("land", "länd", "bund", "republik"), re.compile(r"Bundesl[aä]nd|Ländervergleich|Bundesvergleich|bundesweit|deutschlandweit|\banderen?[ms]?\s+Land\b|\b(?:aller|allen|anderen|der|alle|unter\s+den)\s+Ländern?\b"
                r"|\bin\s+(?:ganz\s+)?Deutschland\b|\bim\s+Bund\b|\bdes\s+Bundes\b|\bRepublik\b|\b[Kk]ein\s+Land\b|\berstes\s+Land\b|\beinziges\s+Land\b|\bLand\s+ohne\b", _I), "Bundesländer", 16),
)  # fmt: skip

_LAENDER = (
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Mecklenburg-Vorpommern", "Niedersachsen",
    "Nordrhein-Westfalen", "NRW", "Rheinland-Pfalz", "Saarland", "Sachsen-Anhalt", "Sachsen", "Schleswig-Holstein", "Thüringen", "Deutschland",
)  # fmt: skip
_SUBJECT = re.compile(r"\b(" + "|".join(_LAENDER) + r")\b")
_HOUSE = {
    "Deutscher Bundestag": "Deutschland",
    "Bayerischer Landtag": "Bayern",
    "Hessischer Landtag": "Hessen",
    "Niedersächsischer Landtag": "Niedersachsen",
    "Sächsischer Landtag": "Sachsen",
    "Schleswig-Holsteinischer Landtag": "Schleswig-Holstein",
    "Thüringer Landtag": "Thüringen",
    "Hamburgische Bürgerschaft": "Hamburg",
    "Bremische Bürgerschaft": "Bremen",
    "Abgeordnetenhaus von Berlin": "Berlin",
}
_NOUN = r"[A-ZÄÖÜ][\wäöüß-]{2,40}"
_ADJECTIVES = r"(?:[a-zäöüß]{3,25}e[nrsm]?\s+){0,2}"
_PER = rf"(?:\s+(?:je|pro)\s+{_NOUN}|\s+(?:der|des|von|für|an|zum|zur)\s+(?:die\s+|den\s+|der\s+)?{_ADJECTIVES}{_NOUN})?"
_METRICS = (
    re.compile(rf"\b[Bb]eim?\s+(?:der\s+|den\s+|dem\s+)?(?P<m>{_ADJECTIVES}{_NOUN}{_PER})"),
    re.compile(
        r"\b(?:höchst|niedrigst|meist|wenigst|größt|kleinst|geringst|best|schlechtest|längst|kürzest|stärkst|schwächst|teuerst|günstigst|dünnst|dichtest|zweithöchst|dritthöchst|zweitgrößt|drittgrößt)e[nrsm]?\s+"
        rf"(?P<m>(?!Wert|Stand|Niveau|Platz){_ADJECTIVES}{_NOUN}{_PER})"
    ),
    re.compile(
        rf"\b(?:so\s+viele?|so\s+wenige?|mehr|weniger|höhere[nrsm]?|niedrigere[nrsm]?|größere[nrsm]?|kleinere[nrsm]?|geringere[nrsm]?|derart\s+\w+e[nrsm]?|so\s+hohe[nrsm]?)\s+(?P<m>{_ADJECTIVES}{_NOUN}{_PER})"
    ),
    re.compile(
        rf"\b(?P<m>[A-ZÄÖÜ]\w{{0,30}}(?:quote|rate|zahl|zahlen|anteil|dichte|dauer|kosten|ausgaben|einnahmen|schulden|stand|preise?|umsatz|leistung|wachstum)(?:\s+(?:je|pro)\s+{_NOUN})?)\b"
    ),
    re.compile(rf"\b\d[\d.,]*\s+(?:Mio\.\s+|Millionen\s+|Mrd\.\s+|Milliarden\s+)?(?P<m>{_ADJECTIVES}{_NOUN})"),
)
_NO_METRIC = re.compile(
    r"^(?:\w+\s)?(?:Jahre?n?|Monate?n?|Wochen?|Tage?n?|Euro|Meter|Kilometer|Prozent|Prozentpunkte?n?|Mitglied\w*|Länder\w*|Bundesländer\w*|Staaten|Land)\b"
)
_SINCE_YEAR = re.compile(
    r"\b(?:seit|zuletzt|von)\s+(?:dem\s+|Anfang\s+|Ende\s+|im\s+)?(?:Jahr(?:e)?\s+|\w{3,10}\s+)?((?:19|20)\d\d)\b", _I
)
_SINCE_SPAN = re.compile(r"\b(?:seit|vor|letzten|vergangenen)\s+(?:fast\s+|über\s+|mehr\s+als\s+)?(\d{1,3}|" + "|".join(_NUMBERS) + r"|zwanzig|dreißig)\s+Jahren\b", _I)  # fmt: skip
_TENS = {"zwanzig": 20, "dreißig": 30}


def read_ranking(sentence: str, parliament: str | None, released: date | None = None) -> Ranking:
    """The parts of a ranking sentence. `released` turns "seit 20 Jahren" into a year."""
    named = _set_named(sentence)
    against_others = bool(
        _NONE_OTHER.search(sentence) or _LAST.search(sentence) or _TOP.search(sentence) or _PLACE.search(sentence)
    )
    over_time = (
        not against_others and (named is None or _HIGH.search(sentence) is None) and _OVER_TIME.search(sentence) is not None
    )
    name, size = named or ((None, None) if over_time else ("Bundesländer", 16))
    direction, place = _time_direction(sentence) if over_time else _direction(sentence, size)
    return Ranking(
        metric=_metric(sentence),
        subject=_subject(sentence, parliament),
        direction=direction,
        place=place,
        comparators="frühere Jahre" if over_time else name,
        scope="time" if over_time else "others",
        since=_since(sentence, released),
    )


def _set_named(sentence: str) -> tuple[str, int | None] | None:
    small = sentence.lower()
    for pieces, pattern, name, size in _SETS:
        for piece in pieces:
            if piece in small:
                if pattern.search(sentence):
                    return name, size
                break
    return None


def _direction(sentence: str, size: int | None) -> tuple[str, int | None]:
    """Direction and place against others."""
    placed = _placed(sentence, size)
    if placed is not None:
        return placed
    if _UNIQUE.search(sentence) and not (_MORE.search(sentence) or _LESS.search(sentence) or _HIGH.search(sentence)):
        return "record", None
    if _NONE_OTHER.search(sentence):
        except_for = _EXCEPT.search(sentence)
        if except_for:
            return "place", 1 + len(_SUBJECT.findall(except_for["names"]))
        return ("lowest", size) if _LESS.search(sentence) and not _MORE.search(sentence) else ("highest", 1)
    return ("lowest", size) if _LOW.search(sentence) and not _HIGH.search(sentence) else ("highest", 1)


def _placed(sentence: str, size: int | None) -> tuple[str, int | None] | None:
    """Direction and place where the sentence names a place: by number, as last or as first."""
    explicit = _explicit_place(sentence)
    if explicit is not None:
        return "place", explicit
    for pattern, back in ((_BUT_ONE, 1), (_BUT_TWO, 2)):
        if pattern.search(sentence):
            return "place", size - back if size else None
    if _LAST.search(sentence):
        return "lowest", size
    if _TOP.search(sentence):
        return "highest", 1
    return ("place", 2) if _ONLY_BETTER.search(sentence) else None


def _time_direction(sentence: str) -> tuple[str, None]:
    """Direction over time: a superlative says it, a mere record does not."""
    if _LOW.search(sentence) or re.search(r"\b(?:schlechter|weniger|niedriger)\b.{0,80}\bzuletzt\b", sentence, _I):
        return "lowest", None
    # "So viele wie nie" and "noch nie so viele" are records; "so hoch wie seit 1904" has a direction.
    if re.search(
        r"\bnoch\s+nie|\bnie\s+(?:zuvor|vorher)|\bwie\s+(?:noch\s+)?nie\b|\bRekord|\berstmals|\bersten\s+Mal", sentence, _I
    ):
        return "record", None
    return ("highest", None) if _HIGH.search(sentence) else ("record", None)


def _explicit_place(sentence: str) -> int | None:
    # The last one counts: "von Platz 5 auf Platz 9".
    found = None
    for match in _PLACE.finditer(sentence):
        word = next(group for group in match.groups() if group).lower()
        found = int(word) if word.isdigit() else _NUMBERS[word]
    if found is None:
        ordinal = _ORDINAL.search(sentence)
        return _ORDINALS[ordinal[1].lower()] if ordinal else None
    return found


def _metric(sentence: str) -> str | None:
    for pattern in _METRICS:
        for match in pattern.finditer(sentence):
            words = " ".join(match["m"].split())
            if not _NO_METRIC.search(words):
                return words
    return None


def _subject(sentence: str, parliament: str | None) -> str | None:
    named = _SUBJECT.search(sentence)
    own = _HOUSE.get(parliament or "")
    if own is None and parliament:
        land = _SUBJECT.search(parliament)
        own = land[1] if land else ("Saarland" if "Saarland" in parliament else None)
    if named and named[1] != "Deutschland":
        return "Nordrhein-Westfalen" if named[1] == "NRW" else named[1]
    if own is None and named:
        return named[1]
    return own


def _since(sentence: str, released: date | None) -> str | None:
    year = _SINCE_YEAR.search(sentence)
    if year:
        return year[1]
    span = _SINCE_SPAN.search(sentence)
    if span and released is not None:
        word = span[1].lower()
        return str(released.year - (int(word) if word.isdigit() else _NUMBERS.get(word) or _TENS[word]))
    return None
