"""The command `beimwort`: its parts, and the last line of defence against tracebacks."""

from importlib.metadata import version
from typing import Annotated

import typer

from cli import archive, claims, db, sources
from cli.collect import collect, reread
from cli.extract import extract
from cli.learn import learn
from cli.read import read
from cli.up import up

app = typer.Typer(
    name="beimwort",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Holds politicians to their word: collects press releases of parliamentary factions, finds claims, follows them up.",
    epilog="Start with: beimwort up --demo",
)
app.command()(up)
app.command()(collect)
app.command()(reread)
app.command()(learn)
app.command()(extract)
app.command()(read)
app.add_typer(claims.app, name="claims")
app.add_typer(sources.app, name="sources")
app.add_typer(archive.app, name="archive")
app.add_typer(db.app, name="db")


@app.callback()
def about(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Hold politicians to their word."""
    if show_version:
        typer.echo(version("beimwort"))
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()
