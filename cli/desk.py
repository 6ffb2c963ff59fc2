"""What commands that use the database share: settings, an open database, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from cli.output import fail
from models import Database, DatabaseError
from models.actions import ActionError
from models.schema import require_current, schema_state, upgrade
from settings.config import Settings, SettingsError, load_settings


def settings_or_fail(**overrides: object) -> Settings:
    """The settings, or one line and the end."""
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        fail(str(error))


def now() -> datetime:
    """The moment: the command line is where the clock is read."""
    return datetime.now(UTC)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database, made on first use; whatever makes it unusable ends in one line."""
    try:
        database = Database(settings.database)
        try:
            if (database.file is not None and not database.file.exists()) or schema_state(database).found is None:
                upgrade(database, now())
            require_current(database)
            yield database
        finally:
            database.close()
    except (DatabaseError, ActionError) as error:
        fail(str(error))
