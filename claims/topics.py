"""Which subject area a sentence belongs to: the topic whose keywords it and its release name most."""

import re
from functools import lru_cache

from settings.reference import Record, Topic

OWN_WEIGHT = 3  # a word of the sentence counts as much as three of the release


SHORT = 6  # letters; a shorter keyword must stand alone ("EU" is not in "Euro")
_FRACTION = re.compile(r"\w{0,30}[Ff]raktion\w{0,12}|Landtag\w{0,30}")  # stands in every release


@lru_cache(maxsize=8)
def _patterns(topics: tuple[Topic, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    def alone(word: str) -> str:
        return rf"\b{re.escape(word)}(?:e?s|en?|n)?\b" if len(word) < SHORT else re.escape(word)

    return tuple((topic.id, re.compile("|".join(alone(word) for word in topic.keywords), re.IGNORECASE)) for topic in topics)


def topic_counts(text: str, record: Record) -> dict[str, int]:
    """How often a text names each topic."""
    plain = _FRACTION.sub("", text)
    return {topic: len(pattern.findall(plain)) for topic, pattern in _patterns(record.topics)}


def topic_of(sentence: str, release: dict[str, int], record: Record) -> str | None:
    """The topic of a sentence within its release; None if neither names any."""
    own = topic_counts(sentence, record)
    weighed = {topic: OWN_WEIGHT * own[topic] + release.get(topic, 0) for topic in own}
    best = max(weighed, key=lambda topic: weighed[topic], default=None)
    return best if best is not None and weighed[best] else None
