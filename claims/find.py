"""Finding claims: clean, split, attribute, judge each sentence, and pin what is found to the text as archived."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from claims.facts import NO_FACTS, FactClasses, Facts, facts_of, flags_of, mark_facts
from claims.finding import Finding
from claims.kinds import CueTable, cue_table, judge_kind
from claims.lexicon import Lexicon
from claims.rankings import read_ranking
from claims.sides import GOVERNMENT, Sides, side_of, sides_of
from claims.speech.speakers import Attribution, Cast, attribute
from claims.text.clean import Cleaned, clean
from claims.text.lines import paragraphs
from claims.text.statements import Statement, statements
from claims.tokens import Tokens
from claims.topics import topic_counts, topic_of
from settings.reference import Record, shipped_record

RULES_VERSION = "2"
DISPLAY_THRESHOLD = 0.5
MINIMUM_SCORE = 0.05
LEAD_CHARACTERS, OFTEN = 400, 3
CAPITALISED = re.compile(r"[A-ZÄÖÜ]\w+(?:-\w+)*")
PLEDGES = frozenset({"funding_pledge", "pledge"})


@dataclass(frozen=True, slots=True)
class Release:
    """What all sentences of one release share."""

    cleaned: Cleaned
    released: date
    house: str | None
    record: Record
    sides: Sides
    cast: Cast
    names: Mapping[str, int]  # its words with a capital, and how often each stands there


class Sentence(NamedTuple):
    """One statement with its words marked by what they mean here, and the facts that were read in it."""

    statement: Statement
    attribution: Attribution
    tokens: Tokens
    facts: Facts


def find_claims(
    text: str,
    *,
    released: date,
    factions: Sequence[str] = (),
    parliament: str | None = None,
    record: Record | None = None,
) -> list[Finding]:
    """The checkable claims of a press release, in the order of the text; at most one a sentence.

    `text` is the release as read, paragraphs apart by line breaks; `released` its day, from which deadlines count. Offsets are
    characters of exactly this text. Candidates below MINIMUM_SCORE are left out. `record` is the public record (parliaments,
    governments, topics), the shipped one by default. Any string is taken; none raises.
    """
    release, sentences = read_sentences(text, released=released, factions=factions, parliament=parliament, record=record)
    found: list[Finding] = []
    topics: dict[str, int] | None = None
    claimant_sides: dict[str | None, str | None] = {}
    for sentence in sentences:
        judged = judge_kind(sentence.tokens, MINIMUM_SCORE)
        if judged.score < MINIMUM_SCORE or not judged.reasons:
            continue
        if topics is None:
            topics = topic_counts(release.names, release.cleaned.text, release.record)
        start, end = release.cleaned.span(sentence.statement.start, sentence.statement.end)
        facts, words = sentence.facts, sentence.statement.text
        is_pledge = judged.kind in PLEDGES
        amount, value = facts.amount, facts.value(judged.kind)
        speaker = sentence.attribution.speaker
        faction = release.cast.faction_of(speaker)
        if faction not in claimant_sides:
            claimant_sides[faction] = side_of(faction, release.house, released, release.record)
        found.append(
            Finding(
                quote=text[start:end],
                start=start,
                end=end,
                kind=judged.kind,
                score=judged.score,
                speaker=speaker.name if speaker else None,
                speaker_faction=faction,
                claimant_side=claimant_sides[faction],
                attribution=sentence.attribution.rule,
                amount_min_eur=amount.low if amount else None,
                amount_max_eur=amount.high if amount else None,
                per_year=facts.per_year,
                value=value.value if value else None,
                unit=value.unit if value else None,
                deadline=facts.deadline.day if facts.deadline and is_pledge else None,
                deadline_phrase=facts.deadline.phrase if facts.deadline and is_pledge else None,
                topic=topic_of(sentence.tokens.words, topics, release.record),
                ranking=read_ranking(words, release.house, released) if judged.kind == "ranking" else None,
                reasons=judged.reasons,
                rules_version=RULES_VERSION,
            )
        )
    return found


def read_sentences(
    text: str,
    *,
    released: date,
    factions: Sequence[str] = (),
    parliament: str | None = None,
    record: Record | None = None,
    table: CueTable | None = None,
) -> tuple[Release, Iterator[Sentence]]:
    """A release and its sentences, read up to the point where cues are weighed."""
    known = record or shipped_record()
    house = known.parliament(parliament)
    signed = tuple(known.faction(name) for name in factions)
    cleaned = clean(text)
    lines = paragraphs(cleaned.text)
    said = statements(cleaned.text, lines)
    attributions, cast = attribute(lines, said, signed, known)
    lexicon = (table or cue_table()).lexicon
    names = Counter(CAPITALISED.findall(cleaned.text))
    release = Release(cleaned, released, house, known, sides_of(signed, house, released, known, lexicon), cast, names)
    return release, _sentences(release, said, attributions, table or cue_table())


def is_about_law(text: str, names: Mapping[str, int], lexicon: Lexicon) -> bool:
    """Whether a release is about a bill or another act: it names such a thing in its first LEAD_CHARACTERS, or again and again."""
    known, bit = lexicon.known, lexicon.bit("billnoun")
    named = {name for name in names if known[name] & bit}
    if sum(names[name] for name in named) >= OFTEN:
        return True
    return bool(named) and any(match[0] in named for match in CAPITALISED.finditer(text) if match.start() < LEAD_CHARACTERS)


def _sentences(
    release: Release, said: Sequence[Statement], attributions: Sequence[Attribution], table: CueTable
) -> Iterator[Sentence]:
    lexicon, sides, released = table.lexicon, release.sides, release.released
    bit, classes = lexicon.bit, FactClasses(lexicon)
    own, others, quoted, item, lead, named, colon = map(bit, ("own", "other", "quoted", "item", "lead", "named", "colonend"))
    whole = 0
    if sides.house is not None:
        whole |= bit("govside" if sides.house == GOVERNMENT else "oppside")
    if is_about_law(release.cleaned.text, release.names, lexicon):
        whole |= bit("lawrelease")
    period = release.record.period(release.house, released)
    ends = period.end if period else None
    first_quoted = next((statement.paragraph for statement in said if statement.quoted), -1)
    earlier: date | None = None
    for statement, attribution in zip(said, attributions, strict=True):
        words = statement.text
        tokens = Tokens(words, lexicon)
        tokens.take_sides(sides.own, sides.others, own, others)
        facts = facts_of(words, released, ends, earlier)
        if facts is not NO_FACTS:
            mark_facts(tokens, facts, classes)
            if facts.deadline is not None and facts.deadline.day is not None:
                earlier = facts.deadline.day
        tokens.raise_flags(
            whole
            | flags_of(tokens, facts, classes)
            | (quoted if statement.quoted else lead if statement.paragraph <= first_quoted else 0)
            | (item if statement.item else 0)
            | (named if attribution.speaker is not None else 0)
            | (colon if words.endswith(":") else 0)
        )
        yield Sentence(statement, attribution, tokens, facts)
