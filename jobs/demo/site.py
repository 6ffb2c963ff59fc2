"""The press site of the invented Landtag Musterland, served on loopback. What it shows depends on its day, which the demo moves."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape

from aiohttp import web

from jobs.demo.texts import FACTIONS, FOUNDING, DemoRelease

PER_PAGE = 5
NAMES = {
    "um": "Union Musterland",
    "sl": "Soziale Liste",
    "fm": "Freie Mitte",
    "oew": "Ökologische Wende",
    FOUNDING: "CDU und FDP im Landtag Nordrhein-Westfalen (Auszug)",
}
MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
NOTE = "Erfundene Pressemitteilungen der Vorführung von beimwort. Den Landtag Musterland gibt es nicht."
FOUNDING_NOTE = "Auszug aus einer wirklichen Pressemitteilung, für die Vorführung von beimwort auf diesem Rechner gezeigt."


class DemoSite:
    """The site; move `day` to publish, edit and delete."""

    def __init__(self, releases: Sequence[DemoRelease], day: date) -> None:
        """Hold the releases; nothing is served before `start`."""
        self.releases = list(releases)
        self.day = day
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def address(self) -> str:
        """Address of the site's first page, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Serve on loopback; port 0 takes a free one. Raises `OSError` if the port is in use."""
        app = web.Application()
        app.router.add_get("/", self._home)
        app.router.add_get("/{site}/presse/", self._list)
        app.router.add_get("/{site}/presse/feed.xml", self._feed)
        app.router.add_get("/{site}/presse/{slug}", self._release)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop serving."""
        if self._runner is not None:
            await self._runner.cleanup()

    def shown(self, site: str) -> list[DemoRelease]:
        """What a faction's list shows on the site's day, newest first."""
        there = [r for r in self.releases if r.site == site and _is_there(r, self.day)]
        return sorted(there, key=lambda release: (release.published or self.day, release.slug), reverse=True)

    async def _home(self, _request: web.Request) -> web.Response:
        rows = "".join(f'<li><a href="/{site}/presse/">{escape(NAMES[site])}</a></li>' for site in (*FACTIONS, FOUNDING))
        return _page("Landtag Musterland", NOTE, f"<ul>{rows}</ul>")

    async def _list(self, request: web.Request) -> web.Response:
        site = _site(request)
        number = _number(request.query.get("seite", "1"))
        shown = self.shown(site)
        rows = "".join(
            f'<li class="teaser"><time datetime="{_day(r, self.day).isoformat()}">{_german(_day(r, self.day))}</time> '
            f'<a href="/{site}/presse/{r.slug}">{escape(r.title)}</a></li>'
            for r in shown[(number - 1) * PER_PAGE : number * PER_PAGE]
        )
        more = (
            f'<a class="weiter" href="/{site}/presse/?seite={number + 1}">Ältere Meldungen</a>'
            if len(shown) > number * PER_PAGE
            else ""
        )
        note = FOUNDING_NOTE if site == FOUNDING else NOTE
        return _page(f"Presse – {NAMES[site]}", note, f'<ol class="liste">{rows}</ol>{more}')

    async def _feed(self, request: web.Request) -> web.Response:
        site = _site(request)
        items = "".join(
            f"<item><title>{escape(r.title)}</title><link>{self.address}/{site}/presse/{r.slug}</link>"
            f"<pubDate>{format_datetime(datetime.combine(_day(r, self.day), time(9), UTC))}</pubDate></item>"
            for r in self.shown(site)
        )
        xml = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{escape(NAMES[site])}</title><link>{self.address}/{site}/presse/</link>"
            f"<description>{escape(NOTE)}</description>{items}</channel></rss>"
        )
        return web.Response(text=xml, content_type="application/rss+xml", charset="utf-8")

    async def _release(self, request: web.Request) -> web.Response:
        site, slug = _site(request), request.match_info["slug"]
        release = next((r for r in self.releases if (r.site, r.slug) == (site, slug) and _is_there(r, self.day)), None)
        if release is None:
            raise web.HTTPNotFound(text="Diese Seite gibt es nicht (mehr).")
        day = _day(release, self.day)
        blocks = "".join(_block(block) for block in release.body_on(self.day).split("\n\n") if block.strip())
        labels = "".join(f"<li>{escape(label)}</li>" for label in release.labels)
        subtitle = f'<p class="untertitel">{escape(release.subtitle)}</p>' if release.subtitle else ""
        content = (
            f'<article><h1>{escape(release.title)}</h1><time datetime="{day.isoformat()}">{_german(day)}</time>{subtitle}'
            f'<div class="text">{blocks}</div></article><aside><h2>Themen</h2><ul class="themen">{labels}</ul></aside>'
        )
        return _page(f"{release.title} – {NAMES[site]}", FOUNDING_NOTE if site == FOUNDING else NOTE, content)


def _is_there(release: DemoRelease, day: date) -> bool:
    if release.published is not None and release.published > day:
        return False
    return release.gone is None or day < release.gone


def _day(release: DemoRelease, today: date) -> date:
    return release.published or today


def _german(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _site(request: web.Request) -> str:
    site = request.match_info["site"]
    if site not in NAMES:
        raise web.HTTPNotFound
    return site


def _number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() else 1


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{escape(' '.join(lines))}</p>"


def _page(title: str, note: str, content: str) -> web.Response:
    html = (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><style>body{max-width:44rem;margin:2rem auto;padding:0 1rem;'
        "font:1rem/1.6 Georgia,serif}nav,.hinweis,aside{font:0.85rem/1.5 sans-serif;color:#555}.hinweis{border:1px solid #caa;"
        'padding:.5rem .8rem}</style></head><body><nav><a href="/">Landtag Musterland</a></nav>'
        f'<p class="hinweis">{escape(note)}</p><main>{content}</main></body></html>'
    )
    return web.Response(text=html, content_type="text/html", charset="utf-8")
