"""What a page says about its site: feeds, the interface of WordPress, the system that it is built with."""

import re
from urllib.parse import urljoin, urlsplit

from scrapers.addresses import canonical
from scrapers.page import Page

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/xml", "application/xml"})
COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)
# Below a list first, then of the whole site.
FEED_PATHS = ("feed/", "rss.xml", "feed.xml")
SITE_FEED_PATHS = ("/feed/", "/rss.xml", "/rss")
LOOKED_AT = 400_000  # characters of markup
SYSTEMS = {
    "wordpress": re.compile(r"/wp-(?:content|includes|json)/|<meta[^>]{0,80}generator[^>]{0,40}wordpress", re.IGNORECASE),
    "drupal": re.compile(
        r"<meta[^>]{0,80}generator[^>]{0,40}drupal|data-drupal-|drupal-settings-json|/sites/(?:default|all)/(?:files|themes|modules)/|/core/misc/drupal",
        re.IGNORECASE,
    ),
    "typo3": re.compile(
        r"<meta[^>]{0,80}generator[^>]{0,40}typo3|/typo3(?:temp|conf)/|/fileadmin/|tx_news_pi1|class=\"[^\"]{0,80}\btx-[a-z]",
        re.IGNORECASE,
    ),
}


def system_of(page: Page) -> str:
    """The content management system of a page: wordpress, drupal or typo3; empty if none of them is seen."""
    markup = page.markup[:LOOKED_AT]
    seen = {name: len(pattern.findall(markup)) for name, pattern in SYSTEMS.items()}
    best = max(seen, key=lambda name: seen[name])
    return best if seen[best] else ""


def feeds_of(page: Page) -> tuple[str, ...]:
    """Addresses of the feeds that a page names, without those of comments; links in its text count too."""
    named = [
        link.get("href")
        for link in page.find("link[rel~=alternate][href]")
        if link.get("type").partition(";")[0].strip().lower() in FEED_TYPES
        and not COMMENTS.search(link.get("title") + link.get("href"))
    ]
    linked = [
        link.get("href")
        for link in page.find(
            "a[href$='.rss'], a[href$='/rss'], a[href$='/feed/'], a[href$='/feed'], a[href$='rss.xml'], a[href$='feed.xml']"
        )
        if not COMMENTS.search(link.get("href"))
    ]
    found = (canonical(urljoin(page.address, address), page.address) for address in [*named, *linked])
    return tuple(dict.fromkeys(address for address in found if address))[:5]


def usual_feeds(address: str) -> tuple[str, ...]:
    """Where feeds are found that no page names: below a list, then on the site's first level."""
    parts = urlsplit(address)
    place = (
        parts.path
        if parts.path.endswith("/")
        else parts.path.rpartition("/")[0] + "/"
        if "." in parts.path.rpartition("/")[2]
        else parts.path + "/"
    )
    below = [urljoin(address, place + path) for path in FEED_PATHS]
    return tuple(dict.fromkeys([*below, *(urljoin(address, path) for path in SITE_FEED_PATHS)]))


def interface_of(page: Page) -> str:
    """The address of WordPress's interface, if the page names one; with a slash at the end."""
    link = page.first("link[rel='https://api.w.org/'][href]")
    found = canonical(link.get("href"), page.address) if link is not None else None
    return (found.rstrip("/") + "/") if found else ""
