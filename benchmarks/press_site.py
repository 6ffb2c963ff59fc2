"""The press site of `benchmarks/collect.py`: some sources on loopback addresses of their own, in a process that is not measured.

    .venv/bin/python benchmarks/press_site.py [--sources 20] [--releases 200]

Prints its port, then serves until its standard input ends. Source n is http://127.0.1.n:PORT/presse, with 20 releases a list
page. A release is some 50 kB of menus, scripts, prose, teasers and footer, no two alike, with an ETag; a question for changes is
answered with status 304. /counts tells how often each status went out since it was last asked.
"""

import argparse
import asyncio
import hashlib
import json
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from claims.text.clean import clean
from claims.text.statements import statements
from jobs.demo.texts import demo_releases

ROOT = Path(__file__).resolve().parent.parent
SIZE = 50_000  # bytes of a page
PER_PAGE = 20  # releases on a list page
SENTENCES = 16  # of a release
DECLARED = """
name = "Fraktion {number}"
parliament = "Landtag Musterland"
factions = ["F{number}"]
home = "{site}"
[[list]]
address = "{site}/presse"
item = ".teaser a"
next = "a.next"
[release]
title = "h1"
date = ".meta time"
subtitle = ".lead"
body = ".field--name-body p, .field--name-body li, .field--name-body h2"
drop = ".share, .related"
"""


def host_of(number: int) -> str:
    """The loopback address of a source, counted from 0."""
    return f"127.0.1.{number + 1}"


class Writer:
    """Writes pages out of the sentences and words of invented releases; the same number gives the same page."""

    def __init__(self) -> None:
        texts = [f"{release.title}\n\n{release.body}" for release in demo_releases()]
        for path in sorted((ROOT / "tests" / "claims" / "releases").glob("*.jsonl")):
            texts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        self.sentences = [statement.text for text in texts for statement in statements(clean(text).text)]
        self.words = sorted({word for text in texts for word in text.split() if word.isalpha()})

    def release(self, source: int, number: int) -> bytes:
        """The page of a release."""
        chance = random.Random(f"{source}/{number}")  # noqa: S311  chance that can be repeated
        title = f"Meldung {number}: {' '.join(chance.choices(self.words, k=5))}"
        day = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=number)
        prose = chance.choices(self.sentences, k=SENTENCES)
        paragraphs = "".join(f"<p>{' '.join(prose[place : place + 4])}</p>\n" for place in range(0, SENTENCES, 4))
        html = f"""<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{title} | Fraktion {source}</title>
{self._head(source)}</head><body class="path-node">
<main><article class="node node--full"><h1>{title}</h1>
<div class="meta"><time datetime="{day.date().isoformat()}">{day:%d.%m.%Y}</time></div>
<p class="lead">{" ".join(chance.choices(self.words, k=8))}</p>
<div class="field--name-body">{paragraphs}<h2>Hintergrund</h2><ul><li>{prose[0]}</li><li>{prose[1]}</li></ul>
<p class="share">Teilen</p></div></article>
<aside class="related">{self._teasers(chance, 20)}</aside></main>
{self._foot(source)}</body></html>"""
        content = html.encode()
        filling = " ".join(chance.choices(self.words, k=(SIZE - len(content)) // 8)).encode()
        return content.replace(b"</body>", b"<div hidden>" + filling + b"</div></body>")

    def listing(self, source: int, page: int, releases: int) -> bytes:
        """A list page, counted from 0; the newest release stands first."""
        newest = releases - page * PER_PAGE
        shown = range(newest, max(newest - PER_PAGE, 0), -1)
        items = "".join(f'<article class="teaser"><a href="/presse/{n}">Meldung {n}</a></article>' for n in shown)
        following = f'<a class="next" href="/presse?page={page + 1}">weiter</a>' if newest > PER_PAGE else ""
        head, foot = self._head(source), self._foot(source)
        return f"<!doctype html><html><head><title>Presse</title>{head}<main>{items}{following}</main>{foot}".encode()

    @cache  # noqa: B019  one writer lives as long as the process
    def _head(self, source: int) -> str:
        chance = random.Random(source)  # noqa: S311  chance that can be repeated
        script = "".join(f'window["{chance.choice(self.words)}"]={chance.random()};' for _ in range(120))
        links = "".join(
            f'<li class="menu-item"><a class="menu-link" href="/thema/{n}" data-path="node/{chance.randrange(10**6)}">'
            f"<span>{chance.choice(self.words)}</span></a></li>\n"
            for n in range(190)
        )
        return f"<script>{script}</script><nav><ul>{links}</ul></nav>"

    @cache  # noqa: B019  as above
    def _foot(self, source: int) -> str:
        chance = random.Random(-1 - source)  # noqa: S311  as above
        links = "".join(f'<li><a href="/s/{n}">{" ".join(chance.choices(self.words, k=3))}</a></li>\n' for n in range(60))
        return f"<footer><ul>{links}</ul></footer>"

    def _teasers(self, chance: random.Random, count: int) -> str:
        return "".join(
            f'<article class="node node--teaser"><div class="teaser"><h3><a href="/presse/{n}"><span>'
            f"{' '.join(chance.choices(self.words, k=4))}</span></a></h3><time datetime='2024-01-01'>1. Januar 2024</time>"
            f'<p class="text">{chance.choice(self.sentences)}</p></div></article>\n'
            for n in range(count)
        )


class Site(asyncio.Protocol):
    """One connection; `counts` is shared by all."""

    def __init__(self, writer: Writer, releases: int, counts: Counter[str]) -> None:
        self.writer, self.releases, self.counts = writer, releases, counts
        self.seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note which source is asked."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.source = int(transport.get_extra_info("sockname")[0].rsplit(".", 1)[1]) - 1
        self.counts["connections"] += 1

    def data_received(self, data: bytes) -> None:
        """Answer every whole question."""
        self.seen += data
        while b"\r\n\r\n" in self.seen:
            question, _, self.seen = self.seen.partition(b"\r\n\r\n")
            first, *lines = question.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self._answer(first.split(" ")[1], headers.get("if-none-match", ""))

    def _answer(self, path: str, known: str) -> None:
        if path == "/counts":
            content, kind = json.dumps(self.counts).encode(), "counts"
            self.counts.clear()
        elif path == "/robots.txt":
            content, kind = b"User-agent: *\nAllow: /\n", "robots"
        elif path.startswith("/presse/"):
            content, kind = self.writer.release(self.source, int(path.rsplit("/", 1)[1])), "release"
        else:
            content, kind = self.writer.listing(self.source, int(path.partition("page=")[2] or 0), self.releases), "list"
        tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        status = "304 Not Modified" if known == tag else "200 OK"
        body = b"" if known == tag else content
        length = "" if known == tag else f"Content-Length: {len(body)}\r\n"
        if kind != "counts":
            self.counts[f"{kind} {status[:3]}"] += 1
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nETag: {tag}\r\n{length}\r\n"
        self.transport.write(head.encode() + body)


async def serve(sources: int, releases: int) -> None:
    """Serve all sources on one port until standard input ends."""
    loop = asyncio.get_running_loop()
    writer, counts = Writer(), Counter[str]()
    server = await loop.create_server(lambda: Site(writer, releases, counts), "127.0.1.1", 0)
    port = server.sockets[0].getsockname()[1]
    others = [host_of(number) for number in range(1, sources)]
    if others:
        await loop.create_server(lambda: Site(writer, releases, counts), others, port)
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sources", type=int, default=20)
    options.add_argument("--releases", type=int, default=200)
    given = options.parse_args()
    asyncio.run(serve(given.sources, given.releases))


if __name__ == "__main__":
    main()
