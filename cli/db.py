"""`beimwort db`: make, bring up to date and look at the database."""

import typer

from cli.desk import now, settings_or_fail
from cli.output import fail, people, print_row
from models import Database, DatabaseError
from models.engine import shown
from models.schema import engine_name, require_current, schema_state, table_counts
from models.schema import upgrade as upgrade_schema

app = typer.Typer(no_args_is_help=True, help="Make, bring up to date and look at the database.")


@app.command()
def upgrade() -> None:
    """Create the database or bring it up to date; a backup is made before (SQLite). A second call changes nothing."""
    try:
        database = Database(settings_or_fail().database)
        backup = upgrade_schema(database, now())
        state = schema_state(database)
    except DatabaseError as error:
        fail(str(error))
    print_row({"database": shown(database.url), "schema": state.found, "backup": str(backup) if backup else None})


@app.command()
def info() -> None:
    """Say which database is used, its engine and schema, and how many rows each table has."""
    try:
        database = Database(settings_or_fail().database)
        if database.file is not None and not database.file.exists():
            fail(f"There is no database {shown(database.url)} yet. `beimwort db upgrade` makes it.")
        state = schema_state(database)
        name, warning = engine_name(database)
        if warning:
            people.print(warning, markup=False)
        print_row({"database": shown(database.url), "engine": name, "schema": state.found, "newest": state.newest})
        require_current(database)
        print_row({"rows": table_counts(database)})
    except DatabaseError as error:
        fail(str(error))
