"""Deadlines in German political time, relative to the release's day, and times that lie in the past.

The rules are those of the desk's guideline (section Fields): a year ends on 31 December, "im ersten Halbjahr" on 30 June, "ab 2021" begins on
1 January, a legislature ends when the public record says. "zeitnah" is no deadline and says so. Phrases are read by `claims.figures.dates`.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from claims.figures import signs
from claims.figures.date_readers import MONTH, YEAR
from claims.figures.dates import SIGNS, When, whens
from claims.figures.numerals import WORDS, listed, plain
from claims.figures.time_phrases import phrase_around, word_before


@dataclass(frozen=True, slots=True)
class Deadline:
    """A phrase and its day; `day` None: a vague phrase, which is no deadline."""

    phrase: str
    day: date | None
    start: int
    end: int


def find_deadline(
    sentence: str, released: date, legislature_end: date | None = None, earlier: date | None = None
) -> Deadline | None:
    """The day by which the whole sentence is to be fulfilled, a vague phrase without one, or None.

    Of several days a "bis" or "spätestens" counts most, the latest of them; else the first. `legislature_end` is the last day of the
    parliament's period, `earlier` the day that "bis dahin" refers to. Phrases have plain spaces.
    """
    has = signs.signs(sentence)
    if not has & DEADLINE_SIGNS:
        return None
    text = plain(sentence)
    ahead = [when for when in whens(text, released) if _is_ahead(text, when, released, legislature_end)]
    then = _UNTIL_THEN.search(text) if has & signs.REFERENCE else None
    if then is not None:
        days = [day for when in ahead if when.end <= then.start() and (day := _day(when, legislature_end)) is not None]
        return Deadline(then[0], max(days) if days else earlier, then.start(), then.end())
    dated = [when for when in ahead if _day(when, legislature_end) is not None]
    until = [when for when in dated if "bis" in when.words or "spätestens" in when.words]
    best = max(until, key=lambda when: _day(when, legislature_end) or date.min) if until else next(iter(dated or ahead), None)
    return best and Deadline(text[best.start : best.end], _day(best, legislature_end), best.start, best.end)


def _day(when: When, legislature_end: date | None) -> date | None:
    return legislature_end if when.kind == "legislature" else when.day


DEADLINE_SIGNS = SIGNS | signs.REFERENCE
_UNTIL_THEN = re.compile(
    r"(?<!\w)(?:[Bb]is dahin|[Bb]is zu diesem (?:Zeitpunkt|Datum|Termin|Tag)|[Zz]u diese[rm] (?:Sitzung|Termin)|(?:[Bb]is (?:zum )?)?Ende der Laufzeit)(?!\w)"
)


def _is_ahead(text: str, when: When, released: date, legislature_end: date | None) -> bool:
    """Whether a time lies ahead of the release, as far as its words and the tense of the sentence tell."""
    words = when.words
    if (
        "seit" in words
        or "gegenüber" in words
        or ("nach" in words and when.kind != "event")
        or ("vom" in words and "an" not in words)
    ):
        return False  # "das Urteil vom 15. November"
    if when.kind == "legislature":
        if {"anfang", "beginn", "start", "mitte"} & set(words) or (legislature_end is not None and legislature_end < released):
            return False
    elif when.kind in {"event", "soon"}:
        return not _has_been(text, when)
    elif when.last < released or ("vor" in words and (when.day or released) < released):
        return False
    if "noch" in words or when.kind == "budget":
        return True
    # "Im September kamen 1.100 Anträge", "in diesem Jahr sind 117 Anlagen ans Netz gegangen": the past says which September, which part of the year.
    is_open = when.first <= released and "bis" not in words if when.named else _AHEAD.search(text, when.start, when.end) is None
    return not (is_open and (_verb_is_past(text, when) or _has_been(text, when)))


_AHEAD = re.compile(r"kommend|nächst|neuen")


# --- Tense ----------------------------------------------------------------------------------------------------------------------------

_STRONG = listed(
    "war gab kam lag stand ging stieg sank fiel nahm fand bekam erhielt floss galt lief hielt sprach zog wuchs begann schloss starb verlor blieb betrug "
    "entstand beschloss schrieb ließ trat traf hob strich rief brach trug riss griff schob warf wies schied"
)
_WEAK = listed(
    "setz stopp kündig kürz kauf gründ leg höh senk stimm wähl steiger dauer klär sag förder schaff lös zahl folg dreh bau hol fass schick warn drück rück mach "
    "stell richt reich kost lehn führ zeig zähl meld fäll start fehl öffn abschied willig antrag zeichn"
)
_SEPARABLE = ("", "an", "ab", "auf", "aus", "zu", "ein", "vor", "um")
_INSEPARABLE = ("be", "er", "ver", "ent", "bean", "unter")
_WEAK_ENDINGS = ("te", "ten", "ete", "eten")
# Forms of the past that are nothing else, and those that may be adjectives: "erhöhte der Landtag", but "der erhöhte Bedarf".
_PRETERITES = frozenset(
    [f"{prefix}{verb}{ending}" for prefix in (*_SEPARABLE, *_INSEPARABLE) for verb in _STRONG for ending in ("", "en")]
    + [f"{prefix}{verb}{ending}" for prefix in _SEPARABLE for verb in _WEAK for ending in _WEAK_ENDINGS]
) | listed("wurde wurden hatte hatten hätte hätten brachte brachten musste mussten konnte konnten wollte wollten")
_MAYBE_PRETERITES = frozenset(f"{prefix}{verb}{ending}" for prefix in _INSEPARABLE for verb in _WEAK for ending in _WEAK_ENDINGS)
_LOWER_WORD = re.compile(r"\b[a-zäöüß]+\b|\bHat\b|\bHaben\b")
_HAVE = listed("hat haben habe hatte hatten hätte hätten Haben Hat")
# The last word of a clause, or the one before "haben": there stands the participle.
_LAST_WORD = re.compile(r"[a-zäöüß]+(?=[.,;:!?)“”\"»«]|$| (?:und|oder|worden|haben?|hat|hätten?|wurden?)\b)")
_PARTICIPLE_PREFIXES = ("ge", "be", "ver", "er", "ent", "zer", "über", "unter", "miss")


def _is_participle(word: str) -> bool:
    return word.endswith(("t", "en")) and (word.startswith(_PARTICIPLE_PREFIXES) or "ge" in word[2:-3] or word.endswith("iert"))


_BE = frozenset({"ist", "sind", "sei", "seien"})
_BEEN = tuple(
    listed(
        "gegangen gekommen gestiegen gesunken gefallen gewachsen geflossen gefahren geworden gelungen gescheitert entstanden gewesen worden gestorben "
        "verschwunden erschienen gebrochen geschrumpft gesprungen gerutscht geklettert geblieben getreten gelaufen passiert"
    )
)
_MODALS = listed("musste mussten konnte konnten wollte wollten durfte durften sollte sollten")
_FUTURE = frozenset({"wird", "werde", "werden", "wollen", "will", "soll", "sollen"})


# After the time that opens a sentence stands its verb; in the plural -ten is a preterite only after these letters ("stammten", not "arbeiten").
_VERB_OF_PAST = re.compile(
    r" (?!(?:sollte|könnte|müsste|dürfte|möchte|würde)n? )(?:[a-zäöüß]{2,20}te|[a-zäöüß]{1,20}[bgkmpz]ten) "
)


def _verb_is_past(text: str, when: When) -> bool:
    """Whether the verb after a time that opens the sentence is a preterite: "Im Februar stammten 62 Prozent ..."."""
    return when.start == 0 and _VERB_OF_PAST.match(text, when.end) is not None


_CLAUSE_ENDS = re.compile(r"[;:–—]|,(?![0-9])")
_FEW = 4  # words; a clause of so few has no verb of its own


def _has_been(text: str, when: When) -> bool:
    """Whether what is dated has happened, as its clause tells, or the sentence if the clause cannot ("Im Januar hat die Fraktion, ...")."""
    begin = max((match.end() for match in _CLAUSE_ENDS.finditer(text, 0, when.start)), default=0)
    stop = _CLAUSE_ENDS.search(text, when.end)
    clause = text[begin : stop.start() if stop else len(text)]
    if _tells_of_past(clause):
        return True
    words = clause.split()
    unfinished = len(words) <= _FEW or not (_HAVE | _BE).isdisjoint(words)
    return unfinished and _tells_of_past(text)


@lru_cache(maxsize=8)
def _tells_of_past(text: str) -> bool:
    """Whether the sentence is in the preterite or perfect: what it dates has happened."""
    words = frozenset(_LOWER_WORD.findall(text))
    if not _FUTURE.isdisjoint(words) and _MODALS.isdisjoint(words):
        return False
    if not _PRETERITES.isdisjoint(words) or (not _BE.isdisjoint(words) and any(word.endswith(_BEEN) for word in words)):
        return True
    maybe = [word for word in words if word in _MAYBE_PRETERITES or word.endswith(("ierte", "ierten"))]
    if any(re.search(rf"\b{word} (?![A-ZÄÖÜ])", text) for word in maybe):
        return True
    return not _HAVE.isdisjoint(words) and any(_is_participle(word) for word in _LAST_WORD.findall(text))


# --- The past -------------------------------------------------------------------------------------------------------------------------

_UNIT = r"(?:Jahr|Monat|Woche|Tag|Jahrzehnt|Stunde)\w*"
# Like the hearts of dates these begin with a letter that is no option; prepositions before them are added afterwards.
_PAST = re.compile(
    rf"""(?:
    [Ss]eit(?:her|dem)(?!\w)
    |[Ss]eit[ ](?:[a-zäöüß]+[ ]){{0,3}}?(?:\d{{1,2}}\.[ ](?:{MONTH})|\d[\d.]*[ ]{_UNIT}|(?:Anfang|Mitte|Ende|Beginn)(?:[ ]\w+)?|{WORDS}[ ]{_UNIT}|[A-ZÄÖÜ]\w+|[Ll]angem|jeher|{YEAR})(?:[ ]{YEAR})?
    |[Vv]or[ ](?:(?:rund|etwa|gut|knapp|fast|genau|mehr[ ]als|über|nicht[ ]einmal|gerade[ ]einmal)[ ])?(?:\d+|{WORDS}|eine[mr]|einigen|wenigen|vielen|mehreren)(?:[ ]halben)?[ ]{_UNIT}
    |(?:[Vv]ergangen|[Ll]etzt|[Vv]orig|zurückliegend|vorvergangen|abgelaufen)e[nrsm]?[ ](?:(?:\d+|{WORDS}|beiden|paar)[ ])?
     (?:{_UNIT}|Legislatur\w*|Wahlperiode|Schuljahr\w*|Haushalts?\w*|Doppelhaushalt\w*|Quartal\w*|Halbjahr\w*|Winter\w*|Sommer\w*|Herbst\w*|Frühjahr\w*|Kita-?[Jj]ahr\w*|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|{MONTH})
    |ersten[ ](?:\d+|{WORDS})[ ](?:Monaten|Wochen)[ ](?:dieses|des)[ ](?:laufenden[ ])?Jahres
    |Vorjahr(?:e?s)?|[Vv]orgestern|[Gg]estern|[Dd]amals
    )(?!\w)""",
    re.VERBOSE,
)


def past_dates(sentence: str, released: date) -> list[tuple[int, int]]:
    """Places of times before the release: past years and days, "seit 2017", "im vergangenen Jahr", "vor zwei Jahren", "gestern"."""
    has = signs.signs(sentence)
    if not has & (signs.PAST | signs.DIGIT):
        return []
    text = plain(sentence)
    found: list[tuple[int, int]] = []
    if has & signs.PAST:
        for match in _PAST.finditer(text):
            if match.start() == 0 or not text[match.start() - 1].isalnum():
                phrase = phrase_around(text, match.start(), match.end())
                # "das letzte Kita-Jahr" is the last one of three, not the one before this.
                if phrase.words or word_before(text, match.start()).lower() not in {"das", "die", "der"}:
                    found.append((phrase.start, phrase.end))
    if has & signs.DIGIT:
        for when in whens(text, released):
            is_past = when.named and when.last < released
            if (is_past or "seit" in when.words) and not any(start < when.end and when.start < end for start, end in found):
                found.append((when.start, when.end))
        found.sort()
    return found
