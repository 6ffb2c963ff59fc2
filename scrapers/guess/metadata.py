"""What a page says of itself to machines: JSON-LD of schema.org, OpenGraph, Dublin Core and their kin."""

import json
from collections.abc import Iterator
from typing import Any

from scrapers.page import Page

ARTICLES = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "BackgroundNewsArticle",
        "BlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "PressRelease",
        "Report",
        "ReportageNewsArticle",
        "SocialMediaPosting",
    }
)
PAGES = frozenset({"WebPage", "ItemPage"})
DEEPEST = 20  # levels of JSON-LD; deeper is no article
# Written by whoever publishes, in the order in which they are believed.
PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "vr:published_time",
    "vr:published-time",
    "datepublished",
    "date_published",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "pubdate",
)
# Some systems put the last change here, or the day on which the page was made.
PERHAPS_PUBLISHED = ("dc.date", "dcterms.date", "date", "dc.date.x-metadatalastmodified", "citation_publication_date")
TITLES = ("og:title", "twitter:title", "twitter:text:title", "dcterms.title", "dc.title", "headline", "title", "citation_title")
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dcterms.publisher", "dc.publisher", "publisher")


class Metadata:
    """The statements of one page, each with the name under which it was made."""

    def __init__(self, page: Page) -> None:
        """Read them all."""
        self.articles: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []
        for thing in _linked_data(page):
            kinds = set(_listed(thing.get("@type")))
            if kinds & ARTICLES:
                self.articles.append(thing)
            elif kinds & PAGES:
                self.pages.append(thing)
        self.named: dict[str, list[str]] = {}
        for meta in page.find("meta[content]"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")).strip().lower()
            value = " ".join(meta.get("content").split())
            if name and value:
                self.named.setdefault(name, []).append(value)

    def headlines(self) -> Iterator[tuple[str, str]]:
        """What the page is called, and where that stands, the most reliable first."""
        for thing in self.articles:
            for name in ("headline", "name"):
                if text := _text(thing.get(name)):
                    yield text, "json-ld"
        for name in TITLES:
            yield from ((value, name) for value in self.named.get(name, []))

    def sites(self) -> set[str]:
        """What the site is called."""
        sites = {value for name in SITES for value in self.named.get(name, [])}
        for thing in (*self.articles, *self.pages):
            for name in ("publisher", "isPartOf"):
                inner = thing.get(name)
                sites.add(_text(inner.get("name")) if isinstance(inner, dict) else "")
        return sites - {""}

    def published(self) -> Iterator[tuple[str, str]]:
        """Moments or days of publication as written, and where they stand, the most reliable first."""
        for thing in (*self.articles, *self.pages):
            if text := _text(thing.get("datePublished")):
                yield text, "json-ld"
        for name in PUBLISHED:
            yield from ((value, name) for value in self.named.get(name, []))

    def perhaps_published(self) -> Iterator[tuple[str, str]]:
        """Days that may be those of the last change."""
        for name in PERHAPS_PUBLISHED:
            yield from ((value, name) for value in self.named.get(name, []))
        for thing in self.articles:
            if text := _text(thing.get("dateCreated")):
                yield text, "json-ld"

    def body(self) -> str:
        """The longest text that the page gives to machines."""
        return max((_text(thing.get("articleBody")) for thing in self.articles), key=len, default="")


def _linked_data(page: Page) -> Iterator[dict[str, Any]]:
    """All things described in JSON-LD, also those within others."""
    for script in page.find('script[type="application/ld+json"]'):
        try:
            # Line breaks within strings are met often, and harmless.
            data = json.loads(script.raw_text, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting: list[tuple[Any, int]] = [(data, 0)]
        while waiting:
            thing, depth = waiting.pop(0)
            if depth > DEEPEST:
                continue
            if isinstance(thing, list):
                waiting.extend((inner, depth + 1) for inner in thing)
            elif isinstance(thing, dict):
                if "@type" in thing:
                    yield thing
                # What is listed (itemListElement) are other pages.
                waiting.extend((thing[name], depth + 1) for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in thing)


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item.rsplit("/", 1)[-1] for item in values if isinstance(item, str)]


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
