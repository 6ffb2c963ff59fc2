"""How a discovery is shown to a person: what was found, three releases as they are read, and what to look at."""

from rich.table import Table
from rich.text import Text

from cli.output import people
from jobs.discover import Discovery, Preview
from scrapers.discover.declare import SYSTEMS, FoundSource

BEGINNING = 90  # characters of a text that are shown
LEFT = "left to the fall-back"


def show_discovery(discovery: Discovery) -> None:
    """Two tables and the notes, on standard error."""
    found = discovery.found
    people.print(_declaration(found))
    people.print(_previews(discovery.previews))
    for note in (*found.notes, *found.rules.notes):
        people.print(Text(f"Note: {_shown(note)}"))
    good, all_of_them = discovery.complete, len(discovery.previews)
    people.print(f"Title, day and text were read of {good} of {all_of_them} previewed releases.", markup=False)


def _declaration(found: FoundSource) -> Table:
    table = Table("what", "found", title="The declaration", title_justify="left")
    table.columns[1].overflow = "fold"
    table.add_row("built with", SYSTEMS.get(found.system, "no system that we know"))
    for proposal in found.lists:
        shown = "\n".join(f"{key} = {value}" for key, value in proposal.keys.items() if key != "kind")
        table.add_row(f"list ({proposal.kind})", _text(f"{shown}\n{proposal.note}"))
    rules = found.rules
    for what, selector in (("title", rules.title), ("date", rules.date), ("text", rules.body), ("dropped", rules.drop)):
        table.add_row(what, _text(selector or ("nothing" if what == "dropped" else LEFT)))
    return table


def _previews(previews: tuple[Preview, ...]) -> Table:
    table = Table("release", "title", "date", "text", title="As it reads releases", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for preview in previews:
        version = preview.version
        if version is None:
            table.add_row(_text(preview.snapshot.address), _text(preview.error), "", "")
            continue
        origins = version.origins
        day = version.published_on.isoformat() if version.published_on else "none"
        text = body_of(version.text)
        table.add_row(
            _text(preview.snapshot.address),
            _text(f"{version.title}\n({origins.get('title', 'nowhere')})"),
            _text(f"{day}\n({origins.get('published_on', 'nowhere')})"),
            _text(f"{text[:BEGINNING]} …\n{len(version.text)} characters ({origins.get('text', 'nowhere')})"),
        )
    return table


def body_of(text: str) -> str:
    """A release's text without the paragraphs of headline and day."""
    return text.split("\n\n", 2)[-1]


def _text(words: object) -> Text:
    """Foreign words as they are: no markup of ours, and nothing that moves the cursor."""
    return Text("\n".join(_shown(line) for line in str(words).split("\n")))


def _shown(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)
