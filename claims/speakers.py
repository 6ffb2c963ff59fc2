"""Who says a sentence: names with their factions as a release introduces them, and the rule that tied a sentence to one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.statements import Paragraph, Statement, paragraphs
from settings.reference import Record

# Bounded, or a line of "Anna-Anna-Anna-" costs the square of its length.
_WORD = r"[A-ZÄÖÜ][a-zäöüßéèçşğıáóčšž’']{1,30}(?:-[A-ZÄÖÜ]?[a-zäöüßéèçşğıáóčšž]{1,30}){0,3}|[A-ZÄÖÜ]{3,20}(?:-[A-ZÄÖÜ]{3,20})?"
_WORD = rf"(?:{_WORD})"
_TITLE = r"(?:(?:Prof|Dr|Dipl|Ing|med|jur|h\.\s?c|rer|nat|phil|habil)\.[\s-]*)*"
_NAME = rf"{_TITLE}(?P<name>{_WORD}(?:\s+(?:[A-ZÄÖÜ]\.|von|van|de|der|zu|Graf|Freiherr)){{0,2}}(?:\s+{_WORD}){{1,2}})"
_PARTY = r"CDU/CSU|CDU|CSU|SPD|FDP/DVP|FDP|AfD|BSW|DIE LINKE|Die Linke|LINKE|Linke|Linksfraktion|BÜNDNIS 90/DIE GRÜNEN|Bündnis 90/Die Grünen|GRÜNEN?|Grünen?|FREIEN? WÄHLERN?|Freien? Wählern?|SSW|PIRATEN|Piraten"
_NOT_NAMES = frozenset(
    [
        "Der",
        "Die",
        "Das",
        "Dem",
        "Den",
        "Des",
        "Ein",
        "Eine",
        "Einer",
        "Zu",
        "Zum",
        "Zur",
        "Im",
        "In",
        "Am",
        "An",
        "Auf",
        "Aus",
        "Bei",
        "Mit",
        "Von",
        "Vom",
        "Für",
        "Und",
        "Oder",
        "Wir",
        "Ich",
        "Sie",
        "Er",
        "Es",
        "Dazu",
        "Hierzu",
        "Heute",
        "Landtag",
        "Bundestag",
        "Fraktion",
        "Landesregierung",
        "Bundesregierung",
        "Ministerin",
        "Minister",
        "Sprecher",
        "Sprecherin",
        "Abgeordnete",
        "Abgeordneter",
        "Vorsitzende",
        "Vorsitzender",
        "Pressemitteilung",
        "Land",
        "Deutschland",
        "Europa",
        "Hintergrund",
        "Thema",
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
        "Grüne",
        "Grünen",
        "Linke",
        "Freie",
        "Wähler",
        "Union",
        "Rot",
        "Schwarz",
        "Landtagsfraktion",
        "Bundestagsfraktion",
        "Große",
        "Neue",
        "Unsere",
        "Unser",
        "Mehr",
        "Keine",
        "Kein",
        "Jede",
        "Alle",
        "Damit",
        "Aktuelle",
        "Stunde",
        "Drucksache",
        "Nach",
        "Vor",
        "Wer",
        "Was",
        "Wo",
        "Warum",
        "Wenn",
    ]
)
_ROLE = (
    r"(?:[Ss]precher(?:in)?|\w{0,30}[Vv]orsitzende[nr]?|[Ff]raktionschef(?:in)?|Abgeordneten?r?|Obmann|Obfrau|[Pp]olitiker(?:in)?|Geschäftsführer(?:in)?|Beauftragten?r?|"
    r"Mitglied|[Ee]xpert(?:e|in)|Parlamentarier(?:in)?|Präsident(?:in)?|Ministerin|Minister|Berichterstatter(?:in)?)"
)
_SAY = (
    r"(?:erklär(?:t|en|te|ten)|sag(?:t|en|te|ten)|kommentier(?:t|en|te)|betont|betonte|äußert|äußern|so|kritisier(?:t|te)|forder(?:t|te)|kündigt|kündigte|warnt|"
    r"teilt|meint|unterstreicht|ergänzt|stellt|führt|mahnt|resümiert|bekräftigt|begrüßt|lobt|verlangt|findet|urteilt|schließt|fügt)"
)
_AT_START = re.compile(
    rf"(?:(?:Dazu|Hierzu|Und|Hierzu sagt|Dazu sagt|Dazu erklärt)\s+)?{_NAME}(?:,? (?:MdL|MdB))?(?:\s*\((?P<party>[^)]{{2,40}})\))?(?:,[^:„»]{{0,160}})?(?:\s+{_SAY}[^:„»]{{0,80}})?:\s*[„»\"“]?"
)
_AFTER_ROLE = re.compile(rf"{_ROLE}(?:[^.:;„“]{{0,120}}?,)?\s+{_NAME}(?=\s*(?:[,:.;(“]|{_SAY}|sowie|und|mit|am|bei|im|in|zu|$))")
_BEFORE_ROLE = re.compile(rf"{_NAME},\s+(?:[\w-]{{1,40}}\s+){{0,3}}{_ROLE}")
_WITH_PARTY = re.compile(rf"{_NAME}(?:,? (?:MdL|MdB))?\s*\((?P<party>{_PARTY})\)")
_SO_NAME = re.compile(
    rf"(?:[“”«\"],?\s*|,\s+){_SAY}\s+(?:[^“„,.;]{{0,120}}?,?\s*)??(?:{_TITLE})(?P<last>{_WORD}(?:\s+{_WORD}){{0,2}})(?=\s*(?:[,.;:!]|am\b|in\b|mit\b|weiter|an\b|abschließend|bei\b|im\b|zum\b|$))"
)
_SAY_NAME = re.compile(
    rf"(?:^|\s){_SAY}\s+(?:{_TITLE})(?P<last>{_WORD}(?:\s+{_WORD}){{0,2}})(?=\s*(?:[,.;:!]|am\b|in\b|mit\b|weiter|an\b|abschließend|$))"
)
_REPORTED = re.compile(
    r"\b(?:sei|seien|habe|werde|solle|müsse|könne|wolle|dürfe|gebe|stehe|liege|wachse|komme|bleibe|brauche)\b|\bkündigte?\b[^.]{0,40}\ban, dass\b"
)
_SAID = re.compile(rf"[“”«\"],?\s*{_SAY}")
_THE_ROLE = re.compile(rf"\b(?:Der|Die|der|die)\s+(?:\w+\s)?{_ROLE}\b")
_LEAD = re.compile(rf"\b{_SAY}\b|:\s*$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person a release quotes, without title, and the faction it gives."""

    name: str
    faction: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence and which rule said so; no speaker: the faction speaks."""

    speaker: Speaker | None
    rule: str = ""


@dataclass
class Cast:
    """The people of one release."""

    factions: tuple[str, ...]
    record: Record
    people: dict[str, Speaker] = field(default_factory=dict)

    def meet(self, name: str, party: str | None) -> Speaker | None:
        """A person introduced with a full name; a faction given once stays."""
        cleaned = " ".join(name.split())
        words = cleaned.split()
        # "Schriftliche Anfrage" is no person: an adjective in front of a noun looks like a name.
        if _NOT_NAMES & set(words) or _is_adjective(words[0]):
            return None
        faction = self._faction(party)
        known = self.people.get(cleaned)
        speaker = Speaker(cleaned, (known.faction if known else None) or faction)
        self.people[cleaned] = speaker
        return speaker

    def named(self, words: str) -> Speaker | None:
        """The person meant by a full name or a surname."""
        cleaned = " ".join(words.split())
        if cleaned in self.people:
            return self.people[cleaned]
        last = cleaned.split()[-1]
        return next((s for s in self.people.values() if s.name.split()[-1] == last), None)

    def faction_of(self, speaker: Speaker | None) -> str | None:
        """A speaker's faction; without one, or for the faction itself, the release's factions joined."""
        if speaker is not None and speaker.faction:
            return speaker.faction
        return "/".join(self.factions) or None

    def _faction(self, party: str | None) -> str | None:
        if not party:
            return self.factions[0] if len(self.factions) == 1 else None
        for part in re.split(r"[,;]", party):
            name = self.record.faction(part.strip())
            # A faction that the record knows is believed, even where it has not signed: joint releases stand on one site only.
            if name in self.factions or self.record.is_faction(name):
                return name
        return self.factions[0] if len(self.factions) == 1 else None


def meet_cast(lines: Sequence[Paragraph], factions: tuple[str, ...], record: Record) -> Cast:
    """Everybody whom a release introduces by full name with a role or a faction, or as the speaker of a block."""
    cast = Cast(factions, record)
    for line in lines:
        for match in _WITH_PARTY.finditer(line.text):
            cast.meet(match["name"], match["party"])
        place = 0
        for match in _AFTER_ROLE.finditer(line.text):
            cast.meet(match["name"], _party_in(line.text[place : match.end()], factions, record))
            place = match.end()
        for match in _BEFORE_ROLE.finditer(line.text):
            cast.meet(match["name"], _party_in(line.text[match.end() : match.end() + 80], factions, record))
        start = _AT_START.match(line.text)
        if start and line.number > 0:
            cast.meet(start["name"], start["party"])
    return cast


def attribute(
    text: str, sentences: Sequence[Statement], factions: tuple[str, ...], record: Record
) -> tuple[list[Attribution], Cast]:
    """One attribution a sentence, in order."""
    lines = paragraphs(text)
    cast = meet_cast(lines, factions, record)
    inside = _speakers_of_paragraphs(lines, cast)
    result = [_of_sentence(sentence, lines[sentence.paragraph], inside[sentence.paragraph], cast) for sentence in sentences]
    return result, cast


def _speakers_of_paragraphs(lines: Sequence[Paragraph], cast: Cast) -> list[tuple[Speaker | None, str]]:
    """Who speaks in the quotations of each paragraph: named at its start, named behind its quotation, or in the lead before."""
    result: list[tuple[Speaker | None, str]] = []
    current: Speaker | None = None
    rule = ""
    for line in lines:
        own, own_rule = None, ""
        start = _AT_START.match(line.text) if line.number > 0 else None
        if start and (own := cast.named(start["name"])):
            own_rule = "name before colon"
        elif (behind := _so_name(line.text, cast)) and not line.text.rstrip().endswith(":"):
            own, own_rule = behind, "name behind quotation"
        elif _LEAD.search(line.text) and line.number > 0:
            named = [cast.named(m["name"]) for pattern in (_AFTER_ROLE, _BEFORE_ROLE) for m in pattern.finditer(line.text)]
            people = list(dict.fromkeys(p for p in named if p is not None))
            if len(people) == 1:
                own, own_rule = people[0], "lead"
            elif len(people) > 1 and line.text.rstrip().endswith(":"):
                current, rule = None, ""
        if own is not None:
            current, rule = own, own_rule
        result.append((current, rule))
    return result


def _of_sentence(sentence: Statement, line: Paragraph, inside: tuple[Speaker | None, str], cast: Cast) -> Attribution:
    named = _so_name(sentence.text, cast) or _so_name(line.text[sentence.end - line.start :][:200], cast, at_once=True)
    if named is not None:
        return Attribution(named, "so Name")
    speaker, rule = inside
    if speaker is None:
        people = list(cast.people.values())
        if sentence.quoted and len(people) == 1:
            return Attribution(people[0], "only speaker")
        return Attribution(None, "")
    if sentence.quoted or rule == "name before colon":
        return Attribution(speaker, rule)
    if _REPORTED.search(sentence.text) or _THE_ROLE.search(sentence.text) or speaker.name.split()[-1] in sentence.text:
        return Attribution(speaker, "indirect speech")
    return Attribution(None, "")


def _so_name(text: str, cast: Cast, *, at_once: bool = False) -> Speaker | None:
    said = _SAID.search(text)
    for pattern in (_SO_NAME, _SAY_NAME, _AFTER_ROLE):
        for match in pattern.finditer(text):
            if at_once and (match.start() > 1 or pattern is not _SO_NAME):
                continue
            if pattern is _AFTER_ROLE and (said is None or said.end() > match.start()):
                continue
            words = match["last"] if "last" in match.groupdict() else match["name"]
            found = cast.named(words)
            if found is not None:
                return found
    return None


def _is_adjective(word: str) -> bool:
    """Whether a word is an inflected adjective of a frequent form ("Schriftliche", "Europäischen")."""
    return re.search(r"(?:isch|lich|ig|sam)e[rnms]?$", word) is not None


def _party_in(text: str, factions: tuple[str, ...], record: Record) -> str | None:
    """The faction named nearest before the end of a text, if it is one that signed the release."""
    names = [record.faction(m[0].rstrip("n") if m[0] in {"Grünen", "GRÜNEN"} else m[0]) for m in re.finditer(_PARTY, text)]
    signed = {name for name in names if name in factions}
    own = [m for name in factions for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
    if own:
        return max(own, key=lambda m: m.start())[0]
    return next((name for name in reversed(names) if name in signed), None)
