"""The desk that this server shows: settings and database, opened once. Needs no running Streamlit."""

from dataclasses import dataclass
from functools import cache

from models import Database
from settings.config import Settings, load_settings


@dataclass(frozen=True)
class Opened:
    """Settings and database of this server."""

    settings: Settings
    database: Database


@cache
def desk() -> Opened:
    """The desk of this server, opened once."""
    settings = load_settings()
    return Opened(settings, Database(settings.database))
