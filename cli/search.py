"""`beimwort claims search`: what was said, found by its words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.text import Text

from cli.desk import open_database, settings_or_fail
from cli.output import WRONG_CALL, fail, harmless, is_watched, print_marked, print_row
from models import queries
from models.queries import Hit, Passage, Subject

MARK = "bold reverse"


def search(
    words: Annotated[list[str], typer.Argument(help='Words, "phrases", beginnings*, -exclusions, OR.', show_default=False)],
    releases: Annotated[bool, typer.Option("--releases", help="Only releases.")] = False,
    claims: Annotated[bool, typer.Option("--claims", help="Only claims.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many hits.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many hits.")] = 0,
) -> None:
    """Find releases and claims by their words, the best first.

    Inflected forms, umlauts and hyphens do not matter: Muenchen finds München, Hilfen finds Corona-Hilfe. A phrase in quotation
    marks is looked for in that order; set the whole query in '...' for the shell. A word with a minus must not occur.

    On a terminal hits are shown with marks; a script gets one JSON object a hit, with "marks" as places in "text".

    Example: beimwort claims search --claims '"25 Millionen" Integration -Haushalt'
    """
    kinds = tuple(kind for kind, chosen in ((Subject.RELEASE, releases), (Subject.CLAIM, claims)) if chosen or releases == claims)
    with open_database(settings_or_fail()) as database, database.reading() as session:
        found = queries.search(session, " ".join(words), kinds=kinds, limit=limit, offset=offset)
    if found.problem:
        fail(found.problem, WRONG_CALL)
    if is_watched():
        for hit in found.hits:
            print_marked(_lines(hit))
    else:
        for hit in found.hits:
            print_row(_row(hit))
    typer.echo(f"{len(found.hits)} of {found.total} hits.", err=True)


def _row(hit: Hit) -> dict[str, Any]:
    shown = hit.passage
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "release": hit.release_id,
        "score": hit.score,
        "day": hit.day.isoformat(),
        "title": hit.title.text,
        "field": shown.field,
        "text": shown.text[shown.start : shown.end],
        "marks": [[start - shown.start, end - shown.start] for start, end in shown.marks],
        "title_marks": [list(span) for span in hit.title.marks],
    }


def _lines(hit: Hit) -> Iterator[Text]:
    yield Text(f"{hit.kind.value} {hit.id}  {hit.day.isoformat()}  ", style="dim").append_text(_marked(hit.title))
    yield Text("    ").append_text(_marked(hit.passage))


def _marked(shown: Passage) -> Text:
    whole = replace(shown, text=harmless(shown.text))
    before, after = ("… " if whole.start else ""), (" …" if whole.end < len(whole.text) else "")
    text = Text(before + whole.text[whole.start : whole.end] + after)
    for start, end in whole.marks:
        text.stylize(MARK, start - whole.start + len(before), end - whole.start + len(before))
    return text
