"""Reading pages nobody has declared: what the page says of itself first, then general-purpose extraction."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import htmldate
import trafilatura

from scrapers.dates import DateError, read_day
from scrapers.page import Page, decode, text_of

ARTICLE_TYPES = frozenset({"Article", "NewsArticle", "PressRelease", "BlogPosting", "ReportageNewsArticle", "Report"})
SEPARATORS = re.compile(r"\s[|–—»·-]\s")


def guess_title(page: Page) -> tuple[str, str]:
    """The headline and where it was found."""
    for thing in _linked_data(page):
        headline = thing.get("headline")
        if isinstance(headline, str) and headline.strip():
            return " ".join(headline.split()), "json-ld"
    headings = [" ".join(text_of(h).split()) for h in page.soup.select("h1")]
    meta = page.soup.select_one('meta[property="og:title"]')
    shared = " ".join(str(meta.get("content") or "").split()) if meta else ""
    for heading in headings:
        if heading and shared.startswith(heading):
            return heading, "h1"
    if shared:
        return SEPARATORS.split(shared)[0].strip(), "og:title"
    if len([h for h in headings if h]) == 1:
        return next(h for h in headings if h), "h1"
    title = page.soup.title
    if title is not None and title.get_text(strip=True):
        return SEPARATORS.split(" ".join(title.get_text().split()))[0], "title"
    return next((h for h in headings if h), ""), "h1"


def guess_date(page: Page, content: bytes, charset: str | None) -> tuple[date | None, str]:
    """The day of publication and where it was found; None if the page bears none."""
    for thing in _linked_data(page):
        found = _day(thing.get("datePublished"))
        if found is not None:
            return found, "json-ld"
    meta = page.soup.select_one('meta[property="article:published_time"], meta[itemprop="datePublished"]')
    found = _day(meta.get("content")) if meta else None
    if found is not None:
        return found, "meta"
    text, _evidence = decode(content, charset)
    guessed = htmldate.find_date(text, original_date=True, extensive_search=True)
    return (date.fromisoformat(guessed), "htmldate") if guessed else (None, "")


def guess_text(page: Page) -> tuple[str, str]:
    """The readable text and what found it."""
    text = trafilatura.extract(str(page.soup), include_comments=False, favor_recall=False)
    if text:
        return str(text), "trafilatura"
    return "\n\n".join(t for p in page.soup.select("p") if (t := text_of(p))), "p"


def _linked_data(page: Page) -> Iterator[dict[str, Any]]:
    for script in page.soup.select('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        things = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for thing in things if isinstance(things, list) else []:
            if isinstance(thing, dict) and ARTICLE_TYPES & set(_listed(thing.get("@type"))):
                yield thing


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _day(value: Any) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return read_day(value)
    except DateError:
        return None
