"""Whether the words of a version can be found in the page it is said to come from, whichever rules read it."""

import re
from html import unescape

from scrapers.charset import decode

# A word of the text may be parted in the page by what was dropped or joined by inline markup, so not all of them count.
FOUND_SHARE = 0.9

_WORD = re.compile(r"\w{3,}")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")


def share_found(text: str, content: bytes, charset: str | None) -> float:
    """The share of a text's different words of three letters and more that a page holds, 0 to 1; 1 for a text without any."""
    words = _words(text)
    return len(words & words_of_page(content, charset)) / len(words) if words else 1.0


def words_of_page(content: bytes, charset: str | None) -> set[str]:
    """All words of a page, with its markup taken for nothing and for a space, and of the data it holds for machines."""
    markup, _evidence = decode(content, charset)
    # Data for machines may write letters as \u00e4.
    plain = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), markup)
    return set().union(*(_words(unescape(_TAG.sub(instead, plain))) for instead in ("", " "))) | _words(unescape(plain))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.translate(_INVISIBLE).casefold()))
