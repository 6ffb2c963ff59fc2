"""Which subject area a sentence belongs to: the topic whose keywords it and its release name most."""

import re
from collections.abc import Mapping, Sequence

from settings.reference import Record, Topic

OWN_WEIGHT = 3  # a word of the sentence counts as much as three of the release
SHORT = 6  # letters; a shorter keyword must stand alone ("EU" is not in "Euro")
_EVERYWHERE = re.compile(r"fraktion|landtag", re.IGNORECASE)  # stand in every release
_ENDINGS = ("", "s", "es", "e", "en", "n")
REMEMBERED = 30_000
RECORDS = 8


class _Keywords:
    """Keywords of all topics, long ones met inside words, short ones as words of their own."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        self.ids = tuple(topic.id for topic in topics)
        self._alone: dict[str, set[str]] = {}
        self._inside: dict[str, set[str]] = {}
        self.phrases: list[tuple[str, str]] = []
        for topic in topics:
            for keyword in topic.keywords:
                word = keyword.lower()
                if " " in word:
                    self.phrases.append((word, topic.id))
                elif len(word) < SHORT:
                    for ending in _ENDINGS:
                        self._alone.setdefault(word + ending, set()).add(topic.id)
                else:
                    self._inside.setdefault(word, set()).add(topic.id)
        self.memo: dict[str, tuple[str, ...]] = {}  # words met before

    def of_word(self, word: str) -> tuple[str, ...]:
        """The topics that a word speaks for."""
        known = self.memo.get(word)
        if known is None:
            lower = word.lower()
            found = set(self._alone.get(lower, ()))
            if not _EVERYWHERE.search(lower):
                for keyword, ids in self._inside.items():
                    if keyword in lower:
                        found |= ids
            if len(self.memo) > REMEMBERED:
                self.memo.clear()
            known = self.memo[word] = tuple(sorted(found))
        return known


_read: dict[int, tuple[tuple[Topic, ...], _Keywords]] = {}


def _keywords(topics: tuple[Topic, ...]) -> _Keywords:
    """The keywords of a record's topics, made once; kept by identity, since a hash would go through every keyword each time."""
    kept = _read.get(id(topics))
    if kept is None or kept[0] is not topics:
        if len(_read) >= RECORDS:
            _read.clear()
        kept = _read[id(topics)] = (topics, _Keywords(topics))
    return kept[1]


def topic_counts(names: Mapping[str, int], text: str, record: Record) -> dict[str, int]:
    """How often a text names each topic, given also as its words with a capital and their numbers; others are left out."""
    keywords = _keywords(record.topics)
    counts: dict[str, int] = {}
    for name, count in names.items():
        for topic in keywords.of_word(name):
            counts[topic] = counts.get(topic, 0) + count
    lower = text.lower()
    for phrase, topic in keywords.phrases:
        if phrase in lower:
            counts[topic] = counts.get(topic, 0) + lower.count(phrase)
    return counts


def topic_of(words: Sequence[str], release: Mapping[str, int], record: Record) -> str | None:
    """The topic of a sentence, given as its words, within its release; None if neither names any."""
    keywords = _keywords(record.topics)
    weighed = dict(release)
    # Most words were met before and speak for nothing.
    for word, topics in zip(words, map(keywords.memo.get, words), strict=True):
        if topics == ():
            continue
        for topic in topics or keywords.of_word(word):
            weighed[topic] = weighed.get(topic, 0) + OWN_WEIGHT
    if not weighed:
        return None
    most = max(weighed.values())
    # A tie goes to the topic that the record names first.
    return next(topic for topic in keywords.ids if weighed.get(topic) == most)
