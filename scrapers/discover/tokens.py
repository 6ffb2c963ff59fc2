"""How an element can be named in a selector, and how much such a name is worth: the cheaper, the longer it will live."""

import re
from collections.abc import Iterator

from scrapers.page import Element

Token = tuple[int, str]  # cost and CSS

MEANING = re.compile(
    r"news|press|mitteilung|meldung|teaser|list|item|entry|entries|article|artikel|post|view|content|inhalt|text|body|title|titel|"
    r"headline|heading|head|date|datum|time|meta|lead|intro|summary|subtitle|pag(?:er|ing|ination)|next|weiter|older|more|mehr|main|detail|"
    r"blätter|single|story|release|beitrag|card|row|field|archiv",
    re.IGNORECASE,
)
# The best names: of the very thing that is sought.
THE_THING = re.compile(
    r"(?:.*[-_])?(?:date|datum|created|published|title|titel|headline|next|bodytext|maintext)(?:[-_].*)?", re.IGNORECASE
)
# Atomic classes of utility frameworks say how something looks today, not what it is.
UTILITY = re.compile(
    r"(?:[mp][trblxyse]?|w|h|min|max|size|inset|top|left|right|bottom|z|gap|space|grid|col|cols|row|rows|flex|order|basis|grow|shrink|items|justify|"
    r"content|self|place|text|font|leading|tracking|bg|border|rounded|shadow|ring|outline|opacity|fill|stroke|transition|duration|ease|"
    r"delay|animate|scale|rotate|translate|cursor|select|overflow|object|aspect|line|list|align|whitespace|break|decoration|underline|d|g|fs|fw|lh|"
    r"float|clear|pull|offset|container|sm|md|lg|xl|xxl|xs|prose|divide|columns|float|table|is|u|uk|has|span|large|small|medium|cell)"
    r"-(?:\d[\w.]*|[a-z]{1,2}|auto|full|screen|none|left|right|center|start|end|between|around|evenly|bold|semibold|medium|normal|light|base|sm|md|lg|"
    r"xl|\dxl|xs|black|white|gray|grey|red|green|blue|primary|secondary|muted|wrap|nowrap|col|row|tight|snug|relaxed|hidden|visible|cover|contain|"
    r"(?:gray|grey|slate|zinc|neutral|stone|red|blue|green|primary)-\d+|[a-z]{1,3}-\d+|[a-z]+-(?:auto|\d+))|"
    r"(?:flex|grid|block|inline|inline-block|inline-flex|hidden|relative|absolute|fixed|static|sticky|underline|uppercase|lowercase|capitalize|"
    r"(?:btn|button|badge|alert|bg|text|border|rounded|shadow|display|img|d|ratio|navbar|icon|fa|fas|fab|far)-[\w-]+|badge|small|"
    r"muted|card-body|"
    r"italic|bold|truncate|antialiased|border|rounded|shadow|transition|group|peer|container|container-fluid|row|col|clearfix|clear|visible|"
    r"invisible|prose|wrapper|inner|outer|left|right|center|btn|button|link|img-fluid|fade|fadein|animated|wow|lazy\w*|aos-\w+|no-underline)",
    re.IGNORECASE,
)
STATES = frozenset(
    "odd even first last active current visited open closed show in alt selected focus hover featured".split()  # noqa: SIM905  words
)
IDENT = re.compile(r"-?[A-Za-z_][\w-]{0,60}")
HASHED = re.compile(
    r"(?:css|sc|jsx|jss|svelte|emotion|styled|elementor-element|data-v)-?[\w-]*\d[\w-]*|"
    r".*__?[A-Za-z0-9]*[0-9][A-Za-z0-9]*[A-Z]\w*|[a-zA-Z]{0,3}\d\w*"
)
TAGS = {
    "main": 2, "article": 2, "h1": -1, "h2": 2, "h3": 2, "h4": 2, "h5": 2, "time": 1, "table": 4, "dl": 3, "dt": 2, "dd": 2,
    "section": 4, "header": 4, "ul": 4, "ol": 4, "li": 4, "tr": 4, "td": 5, "tbody": 5, "p": 4, "a": 3, "blockquote": 5,
    "form": 6, "b": 6, "strong": 6, "em": 6, "i": 6, "small": 5, "address": 5, "center": 6, "hr": 5, "font": 7,
    "span": 9, "div": 9,
}  # fmt: skip
NO_PLACE = frozenset({"html", "body"})
STRANGE_TAG = 8
MEANT, NAMED, ID, ATTRIBUTE, UTILITARIAN, POSITION, BESIDE = 1, 3, 3, 1, 14, 9, 7
MOST_SIBLINGS = 60
MOST_CLASSES = 30
LONGEST_LABEL = 30  # characters


def names_of(element: Element) -> list[Token]:
    """Names of an element by class, id or attribute, without its tag."""
    classes = dict.fromkeys(element.get("class").split()[:MOST_CLASSES])
    found = [(cost, f".{name}") for name in classes if (cost := _class_cost(name)) is not None]
    identity = element.get("id")
    if IDENT.fullmatch(identity) and not re.search(r"\d", identity):
        found.append((ID, f"#{identity}"))
    for attribute in ("itemprop", "property", "role"):
        value = element.get(attribute)
        if IDENT.fullmatch(value):
            found.append((ATTRIBUTE if attribute == "itemprop" else NAMED, f"[{attribute}={value}]"))
    return found


def own_tokens(element: Element) -> list[Token]:
    """How the element that is sought can be named."""
    tag, cost = element.name, TAGS.get(element.name, STRANGE_TAG)
    if not IDENT.fullmatch(tag):
        return []
    names = names_of(element)
    found = [(cost, tag), *names, *((name_cost + 1, f"{tag}{name}") for name_cost, name in names if not name.startswith("#"))]
    found += _relations(element, tag)
    if tag in {"td", "th"} and element.parent is not None:
        found.append((cost + POSITION, f"{tag}:nth-child({place_in_row(element)})"))
    return found


def around_tokens(element: Element) -> list[Token]:
    """How an element around the one that is sought can be named."""
    if element.name in NO_PLACE:
        return []
    names = names_of(element)
    tag = element.name
    cost = TAGS.get(tag, STRANGE_TAG)
    found = list(names)
    if tag not in {"div", "span"} and IDENT.fullmatch(tag):
        found.append((cost, tag))
    if tag in {"td", "th"}:
        found.append((cost + POSITION, f"{tag}:nth-child({place_in_row(element)})"))
    elif (before := _before(element)) in {"h1", "h2", "time"}:
        found.append((TAGS[before] + BESIDE, f"{before} + {tag}"))
    return found


def is_utility(name: str) -> bool:
    """Whether a class says how something looks, not what it is."""
    return any(sign in name for sign in ":/[]!@%.") or UTILITY.fullmatch(name) is not None


def _class_cost(name: str) -> int | None:
    """What a class costs in a selector; None if it is of one element or one moment only."""
    parts = re.split(r"[-_]+", name.lower())
    if not IDENT.fullmatch(name) or not STATES.isdisjoint(parts) or HASHED.fullmatch(name):
        return None
    if is_utility(name):
        return UTILITARIAN
    if re.search(r"\d{2,}", name):
        return None
    if THE_THING.fullmatch(name):
        return 0
    return MEANT if MEANING.search(name) else NAMED


def _relations(element: Element, tag: str) -> Iterator[Token]:
    relation = element.get("rel").lower().split()
    for name in ("next", "bookmark"):
        if name in relation:
            yield ATTRIBUTE, f"{tag}[rel~={name}]"
    for attribute in ("aria-label", "title"):
        value = element.get(attribute)
        if tag == "a" and 0 < len(value) <= LONGEST_LABEL and not re.search(r"[\d'\"\\]", value):
            yield NAMED + 2, f"a[{attribute}='{value}']"
    if tag == "time" and element.has("datetime"):
        yield 2, "time[datetime]"
    if tag == "font" and element.has("face"):
        yield POSITION, "font[face]"
    before = _before(element)
    if before in {"h1", "h2", "h3", "h4", "time", "hr"}:
        yield TAGS[before] + BESIDE, f"{before} + {tag}"


def _before(element: Element) -> str:
    """The tag of the element before one; empty if it is the first."""
    around = element.parent
    last = ""
    for number, child in enumerate(around.children() if around is not None else ()):
        if child == element or number > MOST_SIBLINGS:
            break
        last = child.name
    return last


def place_in_row(element: Element) -> int:
    """The number of a cell in its row, from 1."""
    around = element.parent
    assert around is not None, "a cell stands in a row"
    return next(place for place, child in enumerate(around.children(), 1) if child == element)
