"""`beimwort sources`: which press pages are watched, and whether their declarations work."""

import sys
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from cli import health
from cli.check import check, declared_sources
from cli.desk import settings_or_fail
from cli.output import people, print_row
from cli.sources_add import add

app = typer.Typer(no_args_is_help=True, help="Which press pages are watched, and whether their declarations work.")
app.command()(add)
app.command()(check)
app.command()(health.health)
app.command()(health.pause)
app.command()(health.resume)
app.command()(health.acknowledge)


@app.command("list")
def list_sources() -> None:
    """Print the declared sources: on a terminal as a table by parliament, otherwise as JSON lines.

    A source counts as checked when somebody has seen that its addresses and selectors fit the live site, see `sources check`.
    """
    rows = [
        {
            "key": key,
            "name": source.name,
            "parliament": source.parliament,
            "factions": list(source.factions),
            "home": source.home,
            "family": source.family,
            "lists": [one.kind for one in source.lists],
            "verified": source.verified,
            "note": source.note,
        }
        for key, source in declared_sources(settings_or_fail()).items()
    ]
    if sys.stdout.isatty():
        people.print(source_table(rows))
        return
    for row in rows:
        print_row(row)


def source_table(rows: list[dict[str, Any]]) -> Table:
    """The rows as a table for people, by parliament and faction; who wrote a declaration may have written markup into it."""
    table = Table("parliament", "faction", "key", "lists", "checked live")
    before = ""
    for row in sorted(rows, key=lambda row: (row["parliament"], row["factions"], row["key"])):
        checked = "yes" if row["verified"] else "not yet"
        cells = ("" if row["parliament"] == before else row["parliament"], ", ".join(row["factions"]), row["key"])
        table.add_row(*map(Text, (*cells, ", ".join(row["lists"]), checked)))
        before = row["parliament"]
    return table
