"""Visits the press site with Scrapy: fetch, parse and store the fields of every release in SQLite; prints its costs as JSON.

    .venv-peers/bin/python benchmarks/peers/scrapy_visit.py DATABASE PORT HOST [HOST ...]

Runs in the peers' environment: make peers. What Scrapy need not do is switched off; one request a host at a time, as for us.
"""

import hashlib
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

TABLE = """create table if not exists release (address text primary key, title text, subtitle text, published_on text, text text,
    text_sha256 text, status integer, fetched_at real)"""


class Store:
    """One transaction a release."""

    def open_spider(self, spider: "Press") -> None:
        """Open the database."""
        self.database = sqlite3.connect(spider.database, isolation_level=None)
        self.database.execute("pragma journal_mode = wal")
        self.database.execute(TABLE)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Store a release."""
        self.database.execute("insert or replace into release values (?, ?, ?, ?, ?, ?, ?, ?)", tuple(item.values()))
        return item

    def close_spider(self) -> None:
        """Close the database."""
        self.database.close()


class Press(scrapy.Spider):
    """Lists and releases of all hosts."""

    name = "press"

    def __init__(self, database: str, lists: list[str]) -> None:
        super().__init__()
        self.database = database
        self.start_urls = lists

    def parse(self, response: Response) -> Iterator[Any]:
        """The releases of a list page, and the next one."""
        yield from response.follow_all(css=".teaser a", callback=self.read)
        yield from response.follow_all(css="a.next", callback=self.parse)

    def read(self, response: Response) -> Iterator[dict[str, Any]]:
        """The fields of a release, as the declaration of the site reads them."""
        title = response.css("h1::text").get("").strip()
        subtitle = " ".join(response.css(".lead ::text").getall())
        blocks = response.css(".field--name-body p:not(.share), .field--name-body li, .field--name-body h2")
        body = "\n\n".join(" ".join(" ".join(block.css("::text").getall()).split()) for block in blocks)
        text = f"{title}\n\n{subtitle}\n\n{body}"
        yield {
            "address": response.url,
            "title": title,
            "subtitle": subtitle,
            "published_on": date.fromisoformat(response.css(".meta time::attr(datetime)").get("")).isoformat(),
            "text": text,
            "text_sha256": hashlib.sha256(" ".join(text.split()).encode()).hexdigest(),
            "status": response.status,
            "fetched_at": time.time(),
        }


def main() -> None:
    database, port, *hosts = sys.argv[1:]
    process = CrawlerProcess(
        {
            "ITEM_PIPELINES": {Store: 1},
            "CONCURRENT_REQUESTS": 32,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": True,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(Press, database=database, lists=[f"http://{host}:{port}/presse" for host in hosts])
    began, cpu = time.perf_counter(), time.process_time()
    process.start()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    with sqlite3.connect(database) as stored:
        releases = stored.execute("select count(*) from release where length(text) > 200").fetchone()[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"releases": releases, "seconds": seconds, "cpu": cpu, "memory": memory}))


if __name__ == "__main__":
    main()
