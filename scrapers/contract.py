"""Whether what a run saw of a source is what is expected of it: pure decisions over numbers and pages.

A breach says what, where and what to do. A grave one makes the run suspect: somebody looks, and it is no measure for later runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from models.queries import Filled
from models.words import Outcome
from scrapers.expectation import DATE_FILLED, Expectation
from scrapers.page import Page, text_of

LEAST_SHARE, MOST_SHARE = 0.8, 2.0  # of the items of a healthy run
SMALLEST_FALL, SMALLEST_RISE = 3, 10  # items; short lists vary
LEAST_RELEASES = 10  # that a rate is judged by
NEWEST_RELEASES = 50  # that it is measured on

# What each field's share is declared as, and how it is named.
FIELDS = {"title": "a title", "date": "a date", "body": "a text of {characters} characters"}


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that is not as expected; `address` is the page concerned, if it is one."""

    kind: str
    message: str
    address: str | None = None
    grave: bool = True


def weigh_items(expected: Expectation, items: int, usual: Sequence[int], address: str) -> list[Breach]:
    """The length of a list's first page against what is declared and what its newest good runs saw (`usual`)."""
    found = f"The list {address} names {items} releases"
    if items < expected.items_at_least:
        what = f"{found}, at least {expected.items_at_least} are expected. Look whether the list is whole; correct its selectors."
        return [Breach("too_few_items", what, address)]
    if expected.items_at_most is not None and items > expected.items_at_most:
        what = f"{found}, at most {expected.items_at_most} are expected. Look whether the selector takes more than the list."
        return [Breach("too_many_items", what, address)]
    if not usual:
        return []
    healthy = median(usual)
    known = f"a healthy run found {healthy:g}"
    if items < LEAST_SHARE * healthy and healthy - items >= SMALLEST_FALL:
        what = f"{found}, {known}. Look whether the page has changed; if the list is shorter for good, acknowledge it."
        return [Breach("fewer_items", what, address)]
    if items > MOST_SHARE * healthy and items - healthy >= SMALLEST_RISE:
        what = f"{found}, {known}. Look whether the selector takes more than the list."
        return [Breach("more_items", what, address, grave=False)]
    return []


def weigh_page(expected: Expectation, page: Page, address: str) -> list[Breach]:
    """A list page against the canary and the phrases that must not occur."""
    breaches = []
    if expected.canary and page.first(expected.canary) is None:
        what = (
            f"The list {address} lacks what every page of it has ({expected.canary!r}). The site was probably rebuilt; "
            "compare the page with the declaration."
        )
        breaches.append(Breach("canary_missing", what, address))
    body = page.first("body")
    phrase = expected.phrase_in(text_of(body)) if body is not None and expected.never else None
    if phrase is not None:
        breaches.append(Breach("forbidden_phrase", phrase_found(phrase, address), address))
    return breaches


def phrase_found(phrase: str, address: str) -> str:
    """What is said of a page on which a phrase stands that must not."""
    return f"{address} says {phrase!r}, which no page of this source may. It is probably no list or release; open it and look."


def weigh_newest(expected: Expectation, newest: date | None, today: date) -> list[Breach]:
    """The age of the newest release against what is declared."""
    if expected.newest_days is None or newest is None or (today - newest).days <= expected.newest_days:
        return []
    what = (
        f"The newest release is of {newest.isoformat()}, {(today - newest).days} days ago; at most {expected.newest_days} days "
        "are expected. Look whether the site lists newer ones elsewhere."
    )
    return [Breach("newest_too_old", what)]


def weigh_filled(expected: Expectation, filled: Filled, *, dated: bool) -> list[Breach]:
    """How many of the newest releases have what a release has; `dated`: a selector of the date is declared."""
    if filled.releases < LEAST_RELEASES:
        return []
    date_rate = expected.date if expected.date is not None else DATE_FILLED if dated else 0.0
    breaches = []
    for name, rate in {"title": expected.title, "date": date_rate, "body": expected.body}.items():
        share = 1 - filled.missing[name] / filled.releases
        if share < rate:
            field = FIELDS[name].format(characters=expected.body_characters)
            what = (
                f"{filled.missing[name]} of the newest {filled.releases} releases lack {field}; {rate:.0%} should have it. "
                f"Correct the selector of `{name}`, or set `{name}` in [expect] if the site is like that."
            )
            breaches.append(Breach(f"{name}_missing", what))
    return breaches


def conclusion(breaches: Sequence[Breach]) -> tuple[Outcome | None, str | None]:
    """The outcome and trouble of a run that went well otherwise: a grave breach makes it suspect; two None without one."""
    grave = [breach for breach in breaches if breach.grave]
    if not grave:
        return None, None
    more = f" And {len(grave) - 1} more: see the issues." if len(grave) > 1 else ""
    return Outcome.SUSPECT, grave[0].message + more
