"""Which characters some bytes are: what the bytes say of themselves counts more than what a server or a page announces."""

import codecs
import re

from charset_normalizer import from_bytes

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
META_WITHIN = 4096  # bytes
DETECT_WITHIN = 64 * 1024  # bytes
BEYOND_ASCII = 0x80
# What browsers read under these names (WHATWG Encoding Standard); the names are Python's.
SAME_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
# Python knows them, but no page is written in them; some are slow or fail in their own ways.
NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "unicode_escape", "utf-7"})
# Never guessed: a page in them has a BOM or says so, and short texts are mistaken for Chinese.
WIDE = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
# A page in UTF-8 with a few strange bytes (a comment pasted from elsewhere, a cut character) is still one in UTF-8.
STRAY_SHARE = 0.1
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(content: bytes, announced: str | None) -> tuple[str, str]:
    """The text of some bytes and what decided its charset: bom, header, meta or detection.

    Bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever is announced: no other text looks like that by chance, and pages
    that call themselves Latin-1 but are not were met. Under the name Latin-1, windows-1252 is meant.
    """
    for bom, charset in BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(charset, errors="replace"), "bom"
    declared = _META.search(content[:META_WITHIN])
    within = _said_within(declared.group(1).decode("ascii")) if declared else None
    statements = ((_known(announced), "header"), (_known(within), "meta"))
    said = [(name, evidence) for name, evidence in statements if name is not None]
    found = _as_utf8(content, said) or _as_said(content, said)
    if found is not None:
        return found
    best = from_bytes(content[:DETECT_WITHIN], cp_exclusion=WIDE).best()
    return content.decode(best.encoding if best else "cp1252", errors="replace"), "detection"


def _as_utf8(content: bytes, said: list[tuple[str, str]]) -> tuple[str, str] | None:
    evidence = next((evidence for name, evidence in said if name == "utf-8"), "detection")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        rest, characters = _MULTIBYTE.subn(b"", content)
        stray = sum(byte >= BEYOND_ASCII for byte in rest)
        return None if stray > characters * STRAY_SHARE else (content.decode("utf-8", errors="replace"), evidence)
    # Pure ASCII says nothing: it may be a charset that shifts between alphabets, as ISO 2022 does.
    return None if said and content.isascii() else (text, evidence)


def _as_said(content: bytes, said: list[tuple[str, str]]) -> tuple[str, str] | None:
    for name, evidence in said:
        # In browsers every byte is a character of windows-1252.
        read_as = SAME_AS.get(name, name)
        try:
            return content.decode(read_as, errors="replace" if read_as == "cp1252" else "strict"), evidence
        except (LookupError, ValueError):
            continue
    return None


def _known(charset: str | None) -> str | None:
    """Python's name of a charset that pages are written in."""
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    return None if name in NO_CHARSETS else name


def _said_within(charset: str) -> str:
    """What a meta element can mean: one that could be read as single bytes is not in UTF-16 (WHATWG HTML)."""
    return "utf-8" if charset.lower().startswith("utf-16") else charset
