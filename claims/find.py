"""Finding claims: clean, split, attribute, judge each sentence, and pin what is found to the text as archived."""

import re
from collections.abc import Sequence
from datetime import date

from claims.clean import clean
from claims.deadlines import Deadline, find_deadline
from claims.finding import Finding
from claims.kinds import Facts, judge_kind
from claims.quantities import is_per_year, main_amount, money, quantities
from claims.rankings import read_ranking
from claims.speakers import Attribution, Cast, attribute
from claims.statements import Statement, statements
from claims.topics import topic_counts, topic_of
from settings.reference import Record, shipped_record

RULES_VERSION = "1"
DISPLAY_THRESHOLD = 0.5
MINIMUM_SCORE = 0.05
PLEDGES = frozenset({"funding_pledge", "pledge"})

# Whom a sentence is about, when that is not the speaker's own side.
_OTHERS = re.compile(
    r"^(?:Der|Die|Das)?\s*(?:Bund|Bundesregierung|EU-Kommission|EU|Opposition|Vorgängerregierung|Ampel|Minister\w*|Verwaltung|Kommission)\b",
)


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
    characters of exactly this text. A sentence without any cue is no candidate. `record` is the public record (parliaments, governments, topics), the shipped one by default.
    Any string is taken; none raises.
    """
    known = record or shipped_record()
    house = known.parliament(parliament)
    signed = tuple(known.faction(name) for name in factions)
    cleaned = clean(text)
    sentences = statements(cleaned.text)
    attributions, cast = attribute(cleaned.text, sentences, signed, known)
    period = known.period(house, released)
    release_topics = topic_counts(cleaned.text, known)
    found: list[Finding] = []
    earlier: date | None = None
    for sentence, attribution in zip(sentences, attributions, strict=True):
        deadline = find_deadline(sentence.text, released, period.end if period else None, earlier)
        if deadline is not None and deadline.day is not None:
            earlier = deadline.day
        start, end = cleaned.span(sentence.start, sentence.end)
        finding = _judge(
            sentence,
            quote=text[start:end],
            place=(start, end),
            deadline=deadline,
            attribution=attribution,
            cast=cast,
            house=house,
            released=released,
            record=known,
            release_topics=release_topics,
        )
        if finding.score >= MINIMUM_SCORE and finding.reasons:
            found.append(finding)
    return found


def _judge(
    sentence: Statement,
    *,
    quote: str,
    place: tuple[int, int],
    deadline: Deadline | None,
    attribution: Attribution,
    cast: Cast,
    house: str | None,
    released: date,
    record: Record,
    release_topics: dict[str, int],
) -> Finding:
    words = sentence.text
    amounts = money(words)
    amount = main_amount(amounts)
    numbers = [q for q in quantities(words) if not any(a.start <= q.start < a.end for a in amounts)]
    percent = next((q for q in numbers if q.unit in {"percent", "factor"}), None)
    count = next((q for q in numbers if q.unit not in {"percent", "factor"}), None)
    dated = deadline if deadline is not None and deadline.day is not None else None
    others = _OTHERS.match(words)
    judged = judge_kind(
        words,
        Facts(
            money=words[amount.start : amount.end] if amount else "",
            quantity=words[count.start : count.end] if count else "",
            percent=words[percent.start : percent.end] if percent else "",
            deadline=dated.phrase if dated else "",
            vague_deadline=deadline.phrase if deadline and not dated else "",
            quoted=sentence.quoted,
            item=sentence.item,
            others=others[0] if others else "",
        ),
    )
    is_pledge = judged.kind in PLEDGES
    faction = cast.faction_of(attribution.speaker)
    value = (
        percent
        if judged.kind == "statistic" and percent is not None and (count is None or percent.start < count.start)
        else count or percent
    )
    return Finding(
        quote=quote,
        start=place[0],
        end=place[1],
        kind=judged.kind,
        score=judged.score,
        speaker=attribution.speaker.name if attribution.speaker else None,
        speaker_faction=faction,
        claimant_side=_side(faction, house, released, record),
        attribution=attribution.rule,
        amount_min_eur=amount.low if amount else None,
        amount_max_eur=amount.high if amount else None,
        per_year=bool(amount) and is_per_year(words),
        value=value.value if value else None,
        unit=value.unit if value else None,
        deadline=deadline.day if deadline and is_pledge else None,
        deadline_phrase=deadline.phrase if deadline and is_pledge else None,
        topic=topic_of(words, release_topics, record),
        ranking=read_ranking(words, house) if judged.kind == "ranking" else None,
        reasons=judged.reasons,
        rules_version=RULES_VERSION,
    )


def _side(faction: str | None, house: str | None, released: date, record: Record) -> str | None:
    if not faction or house is None:
        return None
    sides = {record.side(house, name, released) for name in faction.split("/")}
    return sides.pop() if len(sides) == 1 else None
