"""`beimwort claims`: list, show, decide and follow up without a browser. Each module holds the commands of one purpose."""

import typer

from cli.claims import change, decide, disputes, evidence, follow, repeats, same, show
from cli.search import search

app = typer.Typer(
    no_args_is_help=True,
    help="List claims, look at one, decide, and follow up. Everything printed is JSON, one object a line.",
    epilog="A command that names several claims does all of them or, if one is refused, none.",
)
for part in (show, decide, change, disputes, evidence, follow, repeats, same):
    part.add_to(app)
# -word leaves a word out and is no option.
app.command("search", context_settings={"ignore_unknown_options": True})(search)
