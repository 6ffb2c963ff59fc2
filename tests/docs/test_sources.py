"""The table of shipped sources is true."""

from pathlib import Path

import pytest

from scrapers.declaration import SHIPPED, Source, load_sources

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "sources.md"


def row(key: str, source: Source) -> str:
    factions = ", ".join(source.factions)
    lists = ", ".join(one.kind for one in source.lists)
    cells = (
        source.parliament,
        f"[{factions}]({source.home})",
        f"`{key}`",
        source.family or "other",
        lists,
        "yes" if source.verified else "no",
    )
    return f"| {' | '.join(cells)} |"


def test_the_table_names_each_shipped_source_as_it_is_declared():
    sources = sorted(load_sources(SHIPPED).items(), key=lambda item: (item[1].parliament, item[1].factions, item[0]))
    table = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]

    assert table[1:] == [row(key, source) for key, source in sources]


@pytest.mark.parametrize("document", [DOCUMENT, ROOT / "README.md", ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_the_documents_count_the_sources_rightly(document):
    sources = load_sources(SHIPPED).values()
    parliaments = {source.parliament for source in sources}

    assert f"{len(sources)} factions of {len(parliaments)} parliaments" in document.read_text(encoding="utf-8")


def test_none_is_called_unchecked_that_was_checked():
    said = "None has been checked live" in DOCUMENT.read_text(encoding="utf-8")

    assert said is not any(source.verified for source in load_sources(SHIPPED).values())
