"""Finding out how a press page can be collected: a few polite visits, and a reading of three releases to prove what they show."""

from jobs.discover.find import Discovery, Preview, discover
from jobs.discover.walk import DiscoverError

__all__ = ["DiscoverError", "Discovery", "Preview", "discover"]
