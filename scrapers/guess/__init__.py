"""Reading pages that nobody has declared: what the page says of itself first, then what it shows, then general extraction."""

from dataclasses import dataclass, field
from datetime import date

from scrapers.guess.days import Day, guess_day
from scrapers.guess.metadata import Metadata
from scrapers.guess.prose import guess_text
from scrapers.guess.titles import Title, guess_title
from scrapers.page import Element, Page


@dataclass(frozen=True)
class Guess:
    """What a page seems to be, and where each of its fields was found."""

    title: str
    text: str
    day: Day | None
    origins: dict[str, str] = field(default_factory=dict)


def guess_release(page: Page) -> Guess:
    """Title, day and text of a page. Takes the furniture out of it."""
    said = Metadata(page)
    title = guess_title(page, said)
    day = guess_day(page, said, title)
    text, text_from = guess_text(page, said, title)
    origins = {"title": title.origin, "published_on": day.origin if day else "", "text": text_from}
    return Guess(title=title.text, text=text, day=day, origins=origins)


def guess_published(page: Page, title: str, heading: Element | None, latest: date) -> Day | None:
    """The day of publication of a page whose headline is known; none if the page bears none."""
    return guess_day(page, Metadata(page), Title(text=title, origin="declared", heading=heading), latest)
