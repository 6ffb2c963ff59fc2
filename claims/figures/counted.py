"""Numbers with what follows them: 12,5 Prozent, zwei Drittel, 700 in Spanien ausgebildete Ärzte; and what looks like a number and is none.

What they say in their sentence (a level, a change, a place) is for `claims.figures.quantities`.
"""

import re
from dataclasses import dataclass

from claims.figures.numerals import DIGITS, DIGITS_REST, ONE, PARTS, SCALES, WORDS, Lead, lead, listed, number, part, scale
from claims.figures.time_phrases import word_before

# The first digit is found fast; what stands before it is looked at then. "G9", "7/4312", "14.30", "Covid-19" and "§12" hold no quantity.
_IN_DIGITS = re.compile(
    rf"[0-9](?<![\w.,:/§][0-9])(?<![A-Za-zäöüß]-[0-9])(?:(?<=0)[0-9]{{1,4}}(?:[ /-][0-9]+){{1,6}}|{DIGITS_REST})"
)
_IN_WORDS = re.compile(
    rf" \(?(?P<n>{WORDS}|[Nn]ull(?= [A-ZÄÖÜ])|{ONE}(?= (?:\w+ )?(?:halbe|Dutzend|[Mm]illi(?:on|arde)(?:en)?\b|[Dd]reiv|Prozent|\w+tel\b)| von (?:den |\d|{WORDS}) ))(?![\w-])"
)
_OTHERS = "der|des|dieser|unserer|aller|ihrer|seiner"
# Words like adjectives by their ending that are none.
_NO_ADJECTIVE = (
    "waren|haben|hatten|wurden|werden|können|konnten|sollen|müssen|mussten|bekommen|erhalten|fehlen|leben|stehen|liegen|kommen|kamen|gehen|arbeiten"
    "|unter|über|hinter|außer|oder|aber|einer|einen|eine|keinen?|keine[rm]|wegen|gegen|neben|zwischen|sowie|ohne|alle|seine|ihre|unsere"
)
_PARTS_OF = {"Drittel": 3, "Viertel": 4, "Fünftel": 5, "Sechstel": 6, "Siebtel": 7, "Achtel": 8, "Neuntel": 9, "Zehntel": 10, "Zwanzigstel": 20,
             "Hundertstel": 100}  # fmt: skip
_NOUN = r"[A-ZÄÖÜ]\w{0,60}(?:[-:*’'][A-Za-zÄÖÜäöü]\w{0,60}){0,4}"
_AFTER = re.compile(
    rf"""(?:[ ](?:gute|knappe|volle|ganze|runde|weitere)[rnms]?(?=[ ](?:halb|Dutz|M)))?
    (?:[ -]?(?P<part>{PARTS})(?=[ -]?(?:[MmBb][ir]|Dutzend)))?
    (?:[ -]?(?P<scale>{SCALES}|Dutzend)(?![\w-]))?
    (?:[ ]?-?(?P<percent>%(?!-?P)|Prozent(?![\w-])|v\.[ ]?H\.|prozentig(?:e[nrs]?)?\b)
    |[ ]?(?P<points>(?:%-|Prozent-?)[Pp]unkte?n?)\b
    |(?:[ ](?:weitere|gute|knappe|volle)s)?[ ](?P<share>{"|".join(_PARTS_OF)})n?\b
    |[ ](?P<symbol>km²?|m²|m³|qm|kg|t|ha|kWh|[kMG]W|[GT]B|cm|mm|Mbit/s)(?![\w/])
    |(?:[ ]von[ ](?:(?:den|insgesamt|rund|etwa|ihren|allen|über)[ ]){{0,2}}(?:{DIGITS}|{WORDS}))?
     (?:[ ](?:{_OTHERS}))?
     (?:[ ](?:in|aus|an|von|bei|durch|mit)[ ](?:[a-zäöüß]{{2,12}}[ ])?[A-ZÄÖÜ][\w-]{{1,40}}(?=[ ]\w{{2,30}}(?:te|ten|ter|ene|enen|ener|nde|nden)[ ]))?
     (?:[ ](?!(?:{_NO_ADJECTIVE})\b)[a-zäöüß][\wäöüß-]{{1,40}}e[nrsm]?,?(?=[ ])){{0,3}}
     [ ](?P<unit>(?:(?:Klein|Groß|Mündlich|Schriftlich|Dringlich|Zentral|Öffentlich)e[nr]?[ ])?{_NOUN}(?:-[ ](?:und|oder)[ ]{_NOUN}|(?<=innen)[ ]und[ ]{_NOUN}|(?<=Mädchen)[ ]und[ ]Jungen|(?<=Frauen)[ ]und[ ]Männer)?)
    )?""",
    re.VERBOSE,
)
# Digits that go on, names with a number ("5b", "9-Euro-Ticket"), ordinals ("5. Armutsbericht").
_NO_NUMBER = re.compile(r"[.:/]\d|[A-Za-zäöüß]|-(?!prozentig|[mM]al\b)[A-Za-zÄÖÜ]|\.(?= \w)")
_NUMBERED = listed(
    "§ §§ artikel art absatz abs satz nr nummer nummern ziffer kapitel titel einzelplan drucksache drucksachen drs seite seiten top raum saal zimmer "
    "klasse klassen klassenstufe stufe jahrgang jahrgangsstufe tempo platz plätze plätzen rang telefon tel fax rufnummer agenda horizont euro covid "
    "besoldungsgruppe entgeltgruppe linie gleis version phase paragraf paragraph anlage wahlkreis postfach autobahn bundesstraße landesstraße "
    "kategorie typ modell formel block kabinett"
)
_NUMBERED_ENDS = ("punkt", "nummer", "klasse", "stufe", "drucksache")
_NOT_COUNTED = listed(
    "Uhr Januar Februar März April Mai Juni Juli August September Oktober November Dezember Absatz Satz Drs Euro Cent"
)
_TIMES_OF_LIFE = listed("Jahr Jahre Jahren Jahres Monat Monate Monaten Woche Wochen Tag Tage Tagen Stunde Stunden Minute Minuten")
# Before a number of years these make it a span or an age, not a value.
_SPANS = listed(
    "seit vor in nach binnen innerhalb für bis alle als von mit unter über ab nächste nächsten kommenden letzte letzten vergangenen vorigen ersten "
    "zurückliegenden allen beiden an im pro"
)
_VAGUE = frozenset({"einige", "mehrere", "viele", "etliche", "wenige", "paar", "mehreren", "einigen", "vielen"})
_QUALIFIERS = listed("rund etwa ca knapp fast gut über als mindestens insgesamt weitere zusätzliche rd circa nur lediglich")
_ALONE_AFTER = listed("es nur ganze ganzen lediglich keine sind waren ist war blieben bleiben einmal erst bereits immerhin")
_CLOSES = re.compile(
    r"[.,;:!?)“”\"»«…]|$| (?:davon|mehr|weniger|gestiegen|gesunken|gefallen|gewachsen|erhöht|angestiegen|zurück\w*|an|ab)\b"
)
_LINK = re.compile(
    r" (?:bis(?: zu)?|oder|zu|auf(?: (?:rund|knapp|etwa|gut|mindestens|über|bis zu|mehr als|dann|nunmehr|inzwischen|nur noch|zuletzt))?) | ?[–-] ?"
)


# Verbs of a change: with one of them "auf 300" is a new level, without it a place or a share.
_MOVES = re.compile(
    r"(?i:steig|stieg|sank|sink|gesunk|wachs|wuchs|erhöh|senk|fiel\b|fielen|fäll|gefallen|schrumpf|kletter|verbesser|verschlechter|doppel|fach|reduzier|aufstock"
    r"|stock\w{0,3} .{0,200} auf|heb|hob|kürz|ausbau|bau\w{0,3} .{0,200} aus|verringer|zunehm|zugenom|nahm|nehm|entwickel|halbier|statt|rutsch|gesetzt|ausweit|aufwachs|drück|begrenz|deckel|schraub)"
)


NEAR = 300  # characters around a number that are looked at for its noun and its verb


def tells_of_change(text: str, start: int, end: int) -> bool:
    """Whether a verb of change is near a place."""
    return _MOVES.search(text, max(0, start - NEAR), end + NEAR) is not None


@dataclass(slots=True)
class Read:
    """A number as read: its value, its unit (None: nothing follows that it could count), its place and the words before it.

    `factor` is the scale that is already in the value; `alone`: it counts without a noun ("waren es noch 900.").
    """

    value: float
    unit: str | None
    factor: float
    start: int
    end: int
    before: Lead
    alone: bool = False


def read_numbers(text: str, taken: list[tuple[int, int]], *, words: bool) -> list[Read]:
    """The numbers of a sentence outside of the places taken; number words only if asked for."""
    found: list[Read] = []
    covered = 0
    for start, end, value in _numbers(text, words=words):
        if start < covered or (taken and any(first <= start < last for first, last in taken)):
            continue
        this = _read(text, start, end, value)
        if this is not None:
            found.append(this)
            covered = this.end
    for this, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        gap = text[this.end : following.start]
        if this.unit is None and (_LINK.fullmatch(gap) or (gap == " und " and this.before.last == "zwischen")):
            this.unit = following.unit
            this.value *= following.factor if this.factor == 1.0 and this.value < 1000 else 1.0
            this.alone = this.alone or following.alone
            if gap.startswith(" auf ") and this.before.change != "by":
                this.before = this.before._replace(change="from")
    return found


def _numbers(text: str, *, words: bool) -> list[tuple[int, int, float]]:
    """Start, end and value of every number; what starts with 0 and goes on is a telephone or postcode."""
    found = [
        (match.start(), match.end(), value)
        for match in _IN_DIGITS.finditer(text)
        if not (match[0][0] == "0" and match[0][1:2].isdigit()) and (value := number(match[0])) is not None
    ]
    if words:
        # One blank before lets the pattern start with what stands before a word; places move by one.
        for match in _IN_WORDS.finditer(f" {text}"):
            value = number(match["n"])
            if value is not None:
                found.append((match.start("n") - 1, match.end("n") - 1, value))
        found.sort()
    return found


def _read(text: str, start: int, end: int, value: float) -> Read | None:
    after = None if _NO_NUMBER.match(text, end) else _AFTER.match(text, end)
    if after is None:
        return None
    written, unit = text[start:end], after["unit"]
    last = word_before(text, start).lower().rstrip(".").strip("(„»")
    if unit in _NOT_COUNTED or _is_label(written, last, value, after):
        return None
    before = lead(text, start)
    if unit in _TIMES_OF_LIFE and (
        before.head in _SPANS or last in _SPANS or (before.change == "to" and not tells_of_change(text, start, end))
    ):
        return None
    factor = 12.0 if after["scale"] == "Dutzend" else scale(after["scale"])
    value *= part(after["part"]) * factor
    if after["percent"]:
        unit = "percent"
    elif after["points"]:
        unit = "percentage points"
    elif after["share"]:
        value, unit = round(100 * value / _PARTS_OF[after["share"]], 1), "percent"
    elif after["symbol"]:
        unit = after["symbol"]
    place = after.end() if unit is not None or factor != 1.0 else end
    alone = unit is None and (factor != 1.0 or _stands_alone(text, start, end, before))
    return Read(value, unit, factor, start, place, before, alone)


def _is_label(written: str, last: str, value: float, after: re.Match[str]) -> bool:
    """Whether a number names rather than counts: "Artikel 5", "A 13", "2019", "in 99096 Erfurt", "mehrere hundert"."""
    if last in _NUMBERED or last in _VAGUE or last.endswith(_NUMBERED_ENDS) or (len(last) == 1 and last.isalpha()):
        return True
    counts = after["percent"] or after["symbol"] or after["scale"]
    if not written.isdigit() or counts:
        return False
    if len(written) == 4 and 1900 <= value <= 2100:
        return after["unit"] is None or last not in _QUALIFIERS
    return len(written) == 5 and after["unit"] is not None and last in {"in", ""} and not written.endswith("0")


def _stands_alone(text: str, start: int, end: int, before: Lead) -> bool:
    """Whether a number without a noun is one that counts: "waren es noch 900.", "92 davon", "sank auf 310"."""
    if before.head in {"als", "mit"} or before.last in {"ab", "über", "unter"}:
        return False  # "älter als 57", "Rente ab 67"
    if before.change in {"to", "by"} or before.last.rstrip(".") in _ALONE_AFTER:
        return True
    if not text[start].isdigit() or not _CLOSES.match(text, end):
        return False
    return not word_before(text, start).lstrip("(„»")[:1].isupper()
