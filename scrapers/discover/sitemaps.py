"""Sitemaps as the last resort: where robots.txt names them, and which part of their addresses are releases."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapers.discover.words import OTHER_ADDRESS, PRESS_ADDRESS
from scrapers.listing import Entry

LEAST = 3  # releases
NEARLY = 0.8  # of the releases
DEEPEST = 3  # folders
NAMED = re.compile(r"^\s*sitemap\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
MOST = 3
LINES = 200_000  # characters of a robots.txt


def sitemaps_in(robots: bytes) -> tuple[str, ...]:
    """The addresses of sitemaps that a robots.txt names, those whose names speak of the press or posts first."""
    found = dict.fromkeys(NAMED.findall(robots[:LINES].decode("utf-8", "replace")))
    return tuple(sorted(found, key=lambda address: not re.search(r"press|news|post|artikel", address, re.IGNORECASE)))[:MOST]


def press_folder(entries: Sequence[Entry]) -> str:
    """The folder (`/presse/`) under which most addresses that speak of the press lie; empty if there is none."""
    counts: Counter[str] = Counter()
    for entry in entries:
        folder = "/"
        for part in [part for part in urlsplit(entry.address).path.split("/") if part][:-1][:DEEPEST]:
            # A year would end the list with it, and wildcards are none of an address.
            if any(map(str.isdigit, part)) or "*" in part or OTHER_ADDRESS.search(f"/{part}/"):
                break
            folder += f"{part}/"
            if PRESS_ADDRESS.search(folder):
                counts[folder] += 1
    # The deepest of those that hold nearly as many as the largest.
    most = max(counts.values(), default=0)
    if most < LEAST:
        return ""
    return max((folder for folder, number in counts.items() if number > most * NEARLY), key=lambda folder: folder.count("/"))
