"""How fast archived pages of a declared layout are read anew, on one core, beside BeautifulSoup on lxml with the same selectors.

    .venv/bin/python benchmarks/reread.py [--pages 1000] [--peer-pages 60]

The pages are built here, 131 kB each, in the shape of a faction's site: menus, scripts, a release, teasers, a footer. They lie
compressed in an SQLite archive, and what is timed begins there: load, unpack, decode, parse, select, join, hash.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bs4 import BeautifulSoup
from sqlalchemy import select

from models import Body, Database, Snapshot
from models.schema import upgrade
from models.words import SnapshotPurpose
from scrapers.dates import read_day
from scrapers.declaration import Source, read_source
from scrapers.read import read_release, text_hash

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SIZE = 131_000  # bytes of a page
TARGET = 300  # pages a second
DECLARED = """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"
[[list]]
address = "https://muster.invalid/presse"
item = ".teaser a"
[release]
title = "h1"
date = ".meta time"
subtitle = ".lead"
body = ".field--name-body p, .field--name-body li, .field--name-body h2"
drop = ".share, .related"
"""
SENTENCE = (
    "Dazu erklärt Adele Birnbaum, Sprecherin für Moore: „Wir werden im kommenden Jahr {n} Millionen Taler für die Moore zur "
    "Verfügung stellen, und kein anderes Land hat mehr davon.“ "
)


def built_page(number: int) -> bytes:
    """One page, no two alike."""
    links = "".join(
        f'<li class="menu-item menu-item--{n}"><a class="menu-link" href="/thema/{n}" data-drupal-link-system-path="node/{n}">'
        f"<span>Thema {n}</span></a></li>"
        for n in range(320)
    )
    teasers = "".join(
        f'<article class="node node--teaser"><div class="teaser"><h3><a href="/presse/{n}"><span>Meldung {n}</span></a></h3>'
        f'<time datetime="2024-01-01">1. Januar 2024</time><p class="text">{SENTENCE.format(n=n)}</p></div></article>'
        for n in range(60)
    )
    paragraphs = "".join(
        f"<p>{SENTENCE.format(n=number + n)}<strong>Das</strong> ist <a href='/{n}'>gut</a>.</p>" for n in range(14)
    )
    day = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number)
    html = f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Meldung {number} | Musterfraktion</title>
<script>/*SCRIPT*/</script></head><body class="path-node"><header><nav><ul>{links}</ul></nav></header>
<main><article class="node node--full"><h1>Meldung {number}: Mehr Geld für Moore</h1>
<div class="meta"><time datetime="{day.date().isoformat()}">{day:%d.%m.%Y}</time></div><p class="lead">Der Landtag hat beraten</p>
<div class="field--name-body">{paragraphs}<h2>Hintergrund</h2><ul><li>Vierzig Moore.</li><li>Drei Inseln.</li></ul>
<p class="share">Teilen</p></div></article><aside class="related">{teasers}</aside></main>
<footer><ul>{links}</ul></footer></body></html>"""
    content = html.encode()
    return content.replace(b"/*SCRIPT*/", b"window.x={};" * ((SIZE - len(content)) // 12))


def fill(database: Database, pages: int) -> None:
    """Archive the pages."""
    with database.writing() as session:
        for number in range(pages):
            address = f"https://muster.invalid/presse/{number}"
            session.add(
                Snapshot(
                    address=address,
                    final_address=address,
                    purpose=SnapshotPurpose.RELEASE,
                    fetched_at=NOW,
                    status=200,
                    charset="utf-8",
                    body=Body.of(built_page(number)),
                )
            )


def archived(database: Database, pages: int) -> Iterator[Snapshot]:
    """The pages, one transaction each."""
    for number in range(1, pages + 1):
        with database.reading() as session:
            yield session.scalars(select(Snapshot).where(Snapshot.id == number)).one()


def timed(read: Callable[[Snapshot], str], database: Database, pages: int) -> tuple[float, list[str]]:
    """CPU seconds for some pages, and the hashes of what was read."""
    began = time.process_time()
    hashes = [read(snapshot) for snapshot in archived(database, pages)]
    return time.process_time() - began, hashes


def read_declared(source: Source) -> Callable[[Snapshot], str]:
    """Our reader."""
    return lambda snapshot: read_release(snapshot, source, NOW).text_sha256


def read_soup(source: Source) -> Callable[[Snapshot], str]:
    """The same fields and selectors with BeautifulSoup on lxml."""
    rules = source.release

    def read(snapshot: Snapshot) -> str:
        soup = BeautifulSoup(snapshot.content.decode(), "lxml")
        for element in soup.select(rules.drop):
            element.decompose()
        title, day, lead = (soup.select(selector)[0].get_text() for selector in (rules.title, rules.date, rules.subtitle))
        read_day(day)
        body = [element.get_text() for element in soup.select(rules.body)]
        return text_hash(" ".join((title, day, lead, *body)))

    return read


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--peer-pages", type=int, default=60)
    given = options.parse_args()
    source = read_source(DECLARED, "benchmarks/reread.py")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'archive.sqlite3'}")
        upgrade(database, NOW)
        fill(database, max(given.pages, given.peer_pages))
        timed(read_declared(source), database, 3)
        ours, hashes = timed(read_declared(source), database, given.pages)
        peer, _theirs = timed(read_soup(source), database, given.peer_pages)
        database.close()
    assert len(set(hashes)) == given.pages, "each page is read as itself"
    per_second, peer_per_second = given.pages / ours, given.peer_pages / peer
    print(f"{given.pages} pages of {len(built_page(0)) / 1000:.0f} kB, CPU time of one process")
    print(f"declared layout, from the archive: {per_second:.0f} pages/s (target {TARGET})")
    print(f"BeautifulSoup on lxml, same selectors: {peer_per_second:.1f} pages/s")
    print(f"ratio: {per_second / peer_per_second:.1f}")


if __name__ == "__main__":
    main()
