"""How far a back-fill is, and how long it may still take: what politeness costs is known beforehand."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Standing:
    """Where a back-fill stands. `pause` is what one request costs at least (seconds), `waiting` what is unknown on this page."""

    most_pages: int
    since: date | None
    pause: float
    pages: int = 0
    pages_fetched: int = 0
    releases: int = 0
    failed: int = 0
    waiting: int = 0
    newest: date | None = None
    reached: date | None = None

    def pages_left(self) -> float:
        """List pages that are probably still to be read: at most to the limit, fewer if the day comes before at this pace."""
        left = float(self.most_pages - self.pages)
        if self.since is not None and self.newest is not None and self.reached is not None and self.newest > self.reached:
            days_a_page = (self.newest - self.reached).days / max(self.pages, 1)
            left = min(left, max(0.0, (self.reached - self.since).days / days_a_page))
        return left

    def seconds_left(self, seconds_so_far: float) -> float:
        """Seconds that are probably left, by what was spent so far on each request, and never less than its pause."""
        requests = self.pages_fetched + self.releases
        each = max(self.pause, seconds_so_far / requests) if requests else self.pause
        a_page = (self.releases + self.waiting) / max(self.pages, 1)
        return each * (self.waiting + self.pages_left() * (1 + a_page))
