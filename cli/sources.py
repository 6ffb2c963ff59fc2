"""`beimwort sources`: which press pages are watched, and whether their declarations work."""

import typer

from cli.check import check, declared_sources
from cli.desk import settings_or_fail
from cli.output import print_row

app = typer.Typer(no_args_is_help=True, help="Which press pages are watched, and whether their declarations work.")
app.command()(check)


@app.command("list")
def list_sources() -> None:
    """Print the declared sources as JSON lines."""
    for key, source in declared_sources(settings_or_fail()).items():
        print_row(
            {
                "key": key,
                "name": source.name,
                "parliament": source.parliament,
                "factions": list(source.factions),
                "home": source.home,
                "verified": source.verified,
            }
        )
