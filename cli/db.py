"""`beimwort db`: make, bring up to date and look at the database."""

import typer

from cli.desk import now, open_database, settings_or_fail
from cli.output import fail, people, print_row, progress_bar
from models import Database, DatabaseError, actions, queries
from models.engine import shown
from models.schema import engine_name, require_current, schema_state, table_counts
from models.schema import upgrade as upgrade_schema

RELEASES_AT_ONCE = 100  # in one transaction, so that the worker need not wait long

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
def reindex() -> None:
    """Make the search anew from the stored releases and claims. Needed only if it does not find what is there."""
    with open_database(settings_or_fail()) as database:
        with database.reading() as session:
            releases = queries.release_ids(session)
        with progress_bar() as bar:
            task = bar.add_task("Indexing", total=len(releases))
            with database.writing() as session:
                actions.rebuild_index(session)
            for first in range(0, len(releases), RELEASES_AT_ONCE):
                some = releases[first : first + RELEASES_AT_ONCE]
                with database.writing() as session:
                    actions.index_releases(session, some)
                bar.advance(task, len(some))
        print_row({"releases": len(releases), "entries": table_counts(database)["search_entry"]})


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
