"""Whether what a host calls a page is one: its type, and answers with status 200 that are none.

Only what is plain is called by its name: a heading that says nothing else, a page without any other text. A release that speaks
of cookies or of error 404 stays a release.
"""

import re
from dataclasses import dataclass
from html import unescape

LOOKED_AT = 256 * 1024  # bytes of a page
SNIFFED = 1024
LONGEST_HEADING = 1000

# text/* and these; a type that says nothing is judged by the bytes.
PAGES = frozenset({"application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/json"})
PACKED = frozenset({"application/gzip", "application/x-gzip"})
SAYS_NOTHING = frozenset({"", "application/octet-stream", "application/unknown", "binary/octet-stream"})
GZIP = b"\x1f\x8b"
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or sound"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (GZIP, "compressed"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
BOMS_16 = (b"\xff\xfe", b"\xfe\xff")


OTHER_TEXT = 200  # characters beside what speaks of cookies: the shortest release with its heading has as many

_TAG = re.compile(rb"<[^<>]{0,1000}>")
_SILENT = re.compile(rb"<(script|style|noscript|template|title)\b")
_SEPARATOR = re.compile(r"\s+[|–—·»:-]+\s+")

# Closed lists of words: a heading with any other word in it is a heading of a release.
_THE = (
    r"(?:(?:die|diese|der|dieser|das|dieses|the|this|leider|ups|oops|hoppla|sorry|gesuchte|angeforderte|gew.nschte|aufgerufene|requested)"
    r"\W+)*(?:web)?(?:seite|inhalt|artikel|beitrag|site|page|content|article)"
)
_LINK = (
    r"(?:\W+(?:die|den|der|das|sie|du|suchst|suchen|ist|wurde|konnte|kann|leider|"
    r"that|you|are|were|looking|for|requested|was|could|is|has|been))*"
)
_MISSING = (
    r"(?:nicht(?:\W+mehr)?\W+(?:gefunden(?:\W+werden)?|vorhanden|verf.gbar)|existiert(?:\W+leider)?\W+nicht(?:\W+mehr)?|"
    r"gibt\W+es(?:\W+leider)?\W+nicht(?:\W+mehr)?|not(?:\W+be)?\W+found|does(?:n.t|\W+not)\W+exist|no(?:t|\W+longer)\W+available)"
)
_CODE = r"\W*(?:(?:http|fehler|error|status)\W+)?"
_NOT_THERE = re.compile(
    rf"{_CODE}(?:404\W+)?{_THE}{_LINK}\W+{_MISSING}\W*|{_CODE}404\W+(?:{_MISSING}|fehler|error)\W*|"
    rf"\W*(?:http|fehler|error|status)\W+404\W*|\W*{_MISSING}\W*",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"just a moment\W*|attention required.{0,20}|(?:security|browser) (?:check|verification)|checking your browser.{0,60}|"
    r"are you (?:a )?(?:human|robot)\W*|sind sie ein (?:mensch|roboter)\W*|sicherheits.{0,3}pr.fung|captcha|bot verification",
    re.IGNORECASE,
)
_ERROR = re.compile(
    rf"{_CODE}(?:(?:500|502|503|504|403)\W+)?(?:bad gateway|service (?:temporarily )?unavailable|(?:internal )?server error|"
    r"gateway time-?out|forbidden|access denied|zugriff verweigert)\W*|"
    r"\W*(?:http|fehler|error|status)\W+(?:500|502|503|504|403)\W*|"
    r"(?:die )?wartungs(?:arbeiten|modus)|(?:site |website )?(?:under maintenance|maintenance mode|offline)|"
    r"wir sind (?:gleich|bald) wieder (?:da|f.r sie da)\W*|"
    r"(?:es ist )?(?:leider )?ein (?:\w{1,12}er )?fehler (?:ist )?aufgetreten\W*|"
    r"(?:technischer|interner|schwerer) (?:server)?fehler|error establishing a database connection|"
    r"database error|datenbankfehler",
    re.IGNORECASE,
)
_PLAINLY: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = (
    ("soft_404", _NOT_THERE, frozenset({"404"})),
    ("robot_check", _CHECK, frozenset()),
    ("error_page", _ERROR, frozenset({"500", "502", "503", "504", "403"})),
)
# Sought in every page, so plain words in lower case: patterns take ten times as long.
_COOKIES = (b"cookie", b"consent", b"einwilligung")
_ACCEPT = tuple(
    phrase.encode()
    for phrase in (
        "alle akzeptieren",
        "alle cookies akzeptieren",
        "alle annehmen",
        "alle zulassen",
        "alle cookies zulassen",
        "allen zustimmen",
        "alle cookies erlauben",
        "akzeptieren und",
        "zustimmen und",
        "ich stimme zu",
        "ich bin einverstanden",
        "cookies akzeptieren",
        "cookies zulassen",
        "cookies erlauben",
        "accept all",
        "accept cookies",
        "accept and continue",
        "i agree",
        "agree and continue",
    )
)
_ABOUT_CONSENT = re.compile(
    r"cookie|consent|einwilligung|privatsph.re|privacy|datenschutz-?einstell|bevor sie|before you continue", re.IGNORECASE
)
_OF_A_WALL = re.compile(
    r"cookie|consent|einwillig|akzeptier|accept|ablehnen|reject|einstellungen|impressum|datenschutz(?:erkl|hinweis)|privacy|browser|"
    r"web(?:seite|site)|tracking|drittanbieter|bevor sie|before you continue|zustimmen",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer is no page of its source: consent_wall, robot_check, error_page or soft_404, and the words that say so."""

    kind: str
    words: str

    def about(self, address: str) -> str:
        """The doubt as a sentence."""
        what = {
            "consent_wall": "only asks to accept cookies",
            "robot_check": "only checks whether we are a person",
            "error_page": "is an error page, although its status is 200",
            "soft_404": "says that the page is not there, although its status is 200",
        }
        return f"{address} {what[self.kind]} ({self.words!r}). It is kept in the archive and not read; look at it in a browser."


def unfit_type(declared: str, *, packed: bool = False) -> str | None:
    """What a Content-Type header says a page is, if that is nothing we can read; what is `packed` with gzip may be wanted."""
    name = declared.partition(";")[0].strip().lower()
    fits = (
        (packed and name in PACKED)
        or name.startswith("text/")
        or name in PAGES
        or name in SAYS_NOTHING
        or name.endswith(("+xml", "+json"))
    )
    return None if fits and name != "image/svg+xml" else name


def unfit_bytes(content: bytes, *, packed: bool = False) -> str | None:
    """What some bytes plainly are, if that is nothing we can read, whatever their type says."""
    if packed and content.startswith(GZIP):
        return None
    for magic, name in MAGIC:
        if content.startswith(magic):
            return name
    if b"\0" in content[:SNIFFED] and not content.startswith(BOMS_16):
        return "binary data"
    return None


def doubt_about(content: bytes) -> Doubt | None:
    """What makes an answer with status 200 no page of its source; None if nothing speaks against it."""
    page = content[:LOOKED_AT]
    lower = page.lower()  # of ASCII letters: places stay the same
    title, h1 = _heading(b"title", page, lower), _heading(b"h1", page, lower)
    for heading in (title, h1):
        for kind, pattern, alone in _PLAINLY:
            for part in _SEPARATOR.split(heading):
                if pattern.fullmatch(part):
                    return Doubt(kind, part)
            if heading in alone:
                return Doubt(kind, heading)
    if any(word in lower for word in _COOKIES) and (not h1 or _ABOUT_CONSENT.search(h1)):
        asked = next((phrase for phrase in _ACCEPT if phrase in lower), None)
        if asked and sum(len(text) for text in _texts(page, lower) if not _OF_A_WALL.search(text)) < OTHER_TEXT:
            return Doubt("consent_wall", asked.decode())
    return None


def _heading(name: bytes, page: bytes, lower: bytes) -> str:
    """The words of the first element of a name. Without a pattern: one would look from every element that is never closed."""
    start = lower.find(b"<" + name)
    inside = lower.find(b">", start, start + LONGEST_HEADING) + 1
    end = lower.find(b"</" + name, inside, inside + LONGEST_HEADING)
    return _plain(page[inside:end]) if 0 <= start < inside <= end else ""


def _plain(text: bytes) -> str:
    return " ".join(unescape(_TAG.sub(b" ", text).decode("utf-8", "replace")).split())


def _texts(page: bytes, lower: bytes) -> list[str]:
    """The runs of text between tags, without scripts and styles; the time grows with the page's length only."""
    texts: list[str] = []
    place = 0
    while place < len(page):
        start = lower.find(b"<", place)
        if start < 0:
            start = len(page)
        if text := _plain(page[place:start]):
            texts.append(text)
        silent = _SILENT.match(lower, start)
        place = lower.find(b"</" + silent.group(1), start) if silent else lower.find(b">", start) + 1
        if place <= start:  # never closed
            break
    return texts
