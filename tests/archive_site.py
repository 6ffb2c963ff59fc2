"""A press site with an archive, listed in every way that lists can be declared; it counts what it is asked and may be told to fail."""

import asyncio
import gzip
import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from threading import Thread

from aiohttp import web

PER_PAGE = 5
NEWEST = date(2024, 2, 20)
TEXT = "<p>Dazu erklärt die Sprecherin: „Das ist ein Satz, der nichts behauptet und nur da ist, damit hier genug steht.“</p>"


def day_of(number):
    """Release 1 is the newest; each is ten days older than the one before."""
    return NEWEST - timedelta(days=10 * (number - 1))


class ArchiveSite:
    """`count` releases under /presse/<number>; what `hidden` names is not on the HTML list."""

    def __init__(self, count=23):
        self.count = count
        self.hidden = set()
        self.broken = {}  # path -> status
        self.asked = Counter()
        self.forms = []
        self.on_request = None  # called with the path of each request
        self.loops_to = 0  # where the second page of the HTML list leads, if not on
        self.port = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def numbers(self, page):
        return [n for n in range(1, self.count + 1) if n not in self.hidden][(page - 1) * PER_PAGE : page * PER_PAGE]

    def releases_asked(self):
        return {path: n for path, n in self.asked.items() if path.startswith("/presse/")}

    def lists_asked(self):
        return {path: n for path, n in self.asked.items() if not path.startswith(("/presse/", "/robots"))}

    # --- Serving

    async def answer(self, request):
        path = request.path_qs
        self.asked[path] += 1
        if self.on_request is not None:
            self.on_request(path)
        if path in self.broken:
            return web.Response(status=self.broken[path], text="kaputt")
        first, _, rest = request.path.strip("/").partition("/")
        find = getattr(self, f"serve_{first.replace('-', '_').partition('.')[0]}", None)
        answer = await find(request, rest) if find else None
        return answer or web.Response(status=404, text="Nicht gefunden")

    async def serve_presse(self, _request, rest):
        number = int(rest)
        if number > self.count:
            return None
        return html(
            f"<article><h1>Meldung {number}</h1><time datetime='{day_of(number)}'></time><div class=text>{TEXT * 2}</div></article>"
        )

    async def serve_liste(self, request, _rest):
        page = int(request.query.get("seite", "1"))
        after = self.loops_to if self.loops_to and page == 2 else page + 1
        more = f"<a class=weiter href='?seite={after}'>Weiter</a>" if self.numbers(after) else ""
        return html(links(self.numbers(page)) + more)

    async def serve_seiten(self, _request, rest):
        numbers = self.numbers(int(rest.strip("/") or 1))
        return html(links(numbers)) if numbers else None

    async def serve_feed(self, _request, _rest):
        items = "".join(
            f"<item><title>Meldung {n}</title><link>{self.address}/presse/{n}</link>"
            f"<pubDate>{format_datetime(datetime.combine(day_of(n), time(9), UTC))}</pubDate></item>"
            for n in range(1, min(self.count, 8) + 1)
        )
        return web.Response(text=f'<rss version="2.0"><channel>{items}</channel></rss>', content_type="application/rss+xml")

    async def serve_index(self, _request, _rest):
        parts = "".join(f"<sitemap><loc>{self.address}/sitemap/{n}.xml.gz</loc></sitemap>" for n in (1, 2))
        return web.Response(text=f"<sitemapindex>{parts}</sitemapindex>", content_type="application/xml")

    async def serve_sitemap(self, _request, rest):
        numbers = [n for n in range(1, self.count + 1) if n % 2 == int(rest[0]) - 1]
        urls = "".join(f"<url><loc>{self.address}/presse/{n}</loc><lastmod>{day_of(n)}</lastmod></url>" for n in numbers)
        return web.Response(body=gzip.compress(f"<urlset>{urls}</urlset>".encode()), content_type="application/gzip")

    async def serve_wp_json(self, request, _rest):
        numbers = self.numbers(int(request.query["page"]))
        if not numbers:
            return web.json_response({"code": "rest_post_invalid_page_number"}, status=400)
        posts = [
            {"link": f"{self.address}/presse/{n}", "date": f"{day_of(n)}T09:00:00", "title": {"rendered": f"Meldung {n}"}}
            for n in numbers
        ]
        headers = {"X-WP-TotalPages": str(-(-self.count // PER_PAGE))} if "total" in request.query else {}
        return web.json_response(posts, headers=headers)

    async def serve_mehr(self, request, _rest):
        if request.method != "POST":
            return web.Response(status=405, text="POST")
        form = dict(await request.post())
        self.forms.append(form)
        data = links(self.numbers(int(form["page"]) + 1))
        return web.Response(
            text=json.dumps([{"command": "settings"}, {"command": "insert", "data": data}]), content_type="application/json"
        )

    async def serve_umleitung(self, _request, _rest):
        return web.Response(status=302, headers={"Location": "/liste"})

    # --- In a thread of its own, for tests that start processes

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_error):
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self):
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]


def html(content):
    return web.Response(text=f"<!doctype html><html lang=de><body>{content}</body></html>", content_type="text/html")


def links(numbers):
    return "<ul>" + "".join(f"<li class=meldung><a href='/presse/{n}'>Meldung {n}</a></li>" for n in numbers) + "</ul>"


# How the site's lists are declared.
LISTS = {
    "html": 'address = "{site}/liste"\nitem = ".meldung a"\nnext = "a.weiter"',
    "numbered": 'address = "{site}/seiten/"\nitem = ".meldung a"\npages = "{page}/"',
    "feed": 'kind = "feed"\naddress = "{site}/feed.xml"',
    "sitemap": 'kind = "sitemap"\naddress = "{site}/index.xml"\nmatch = "/presse/"',
    "wordpress": 'kind = "wordpress"\naddress = "{site}/wp-json/wp/v2/posts?page={page}"',
    "wordpress with a total": 'kind = "wordpress"\naddress = "{site}/wp-json/wp/v2/posts?page={page}&total=1"',
    "json": 'kind = "json"\naddress = "{site}/mehr"\nform = {{view = "presse", page = "{page}"}}\nfirst_page = 0\nitems = "data"\nitem = ".meldung a"',
}


def declaration(site, *lists, **more):
    keys = "\n".join(f"{name} = {value}" for name, value in more.items())
    shown = (
        "\n".join(f"[[list]]\n{LISTS.get(one, one)}" for one in lists)
        .replace("{{", "{")
        .replace("}}", "}")
        .replace("{site}", site)
    )
    return f"""
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "{site}"
{keys}
{shown}
[release]
title = "h1"
date = "time"
body = ".text p"
"""
