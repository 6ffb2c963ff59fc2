"""Which words German has: simplemma's word forms, asked once a word and loaded only when the first word is asked for."""

from functools import lru_cache

REMEMBERED = 16_384  # words; texts of made-up words must not fill the memory
LONGEST = 60  # characters; nothing longer is looked up


@lru_cache(maxsize=REMEMBERED)
def _lemma(word: str) -> str | None:
    from simplemma.strategies import DictionaryLookupStrategy  # noqa: PLC0415  a second to load: only for texts that need it

    lemma: str | None = DictionaryLookupStrategy().get_lemma(word, "de")
    return lemma


def lemma_of(word: str) -> str | None:
    """The word's entry ("Schulen" -> "Schule"), in whatever case it is given; None for a word that German does not have."""
    return _lemma(word) if 1 < len(word) <= LONGEST else None


def is_word(word: str) -> bool:
    """Whether this is a German word form."""
    return lemma_of(word) is not None


def is_noun(word: str) -> bool:
    """Whether this is a form of a noun, even if written small."""
    lemma = lemma_of(word)
    return lemma is not None and lemma[:1].isupper()
