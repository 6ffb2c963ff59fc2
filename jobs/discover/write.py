"""Writing what was found: the declaration, and beside it the pages it was made from with what they say."""

from datetime import datetime
from pathlib import Path

from jobs.discover.find import Discovery
from models.days import day_of
from scrapers.declaration import load_source
from scrapers.discover.declare import Names, expected_of, toml_of
from settings.config import Settings

EXAMPLES = "examples"


def write_source(settings: Settings, key: str, discovery: Discovery, names: Names, now: datetime) -> Path:
    """Write declaration and examples into the desk's own sources; gives the path of the declaration, which loads.

    The examples lie in `examples/<key>/`: the list, a release, and `expected.toml`, which says what they hold in the way of the
    tests of shipped sources. Raises `OSError`.
    """
    folder = settings.own_sources
    path = folder / f"{key}.toml"
    examples = folder / EXAMPLES / key
    examples.mkdir(parents=True, exist_ok=True)
    example = next((preview for preview in discovery.previews if preview.is_complete), None) or next(
        preview for preview in discovery.previews if preview.version is not None
    )
    version = example.version
    assert version is not None, "a discovery without any reading is none"
    is_page = discovery.found.lists[0].kind == "html"
    list_page = "list.html" if is_page else "list.xml"
    (examples / list_page).write_bytes(discovery.list_page.content)
    (examples / "release.html").write_bytes(example.snapshot.content)
    head = 2 if version.published_raw or version.subtitle else 1
    expected = expected_of(
        key,
        list_page=list_page,
        address=example.snapshot.final_address,
        items=discovery.entries,
        following=discovery.following,
        title=version.title,
        day=version.published_on,
        body=version.text.split("\n\n", head)[-1],
    )
    (examples / "expected.toml").write_text(expected, encoding="utf-8")
    text = toml_of(discovery.found, names, verified=discovery.is_proven, day=day_of(now))
    draft = folder / f".{key}.toml.new"
    draft.write_text(text, encoding="utf-8")
    load_source(draft)  # before it takes the place of anything
    draft.replace(path)
    return path
