"""Invented sites on loopback: each a dictionary from path and query to a page."""

import asyncio
import importlib.util
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

HERE = Path(__file__).resolve().parent


def load(name):
    """A file beside this one; tests are no packages."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_"), HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SITES = {path.stem: load(f"sites/{path.stem}") for path in sorted((HERE / "sites").glob("*.py"))}
TEXTS = load("texts").texts()


@contextmanager
def serving(make_pages, asked=None):
    """Serve what `make_pages(base)` gives, in a thread of its own: text or bytes of HTML, or a type and content, or a status.

    What is not among the pages is not found. Gives the address of the site, without a slash at the end.
    """
    held = {}

    async def answer(request):
        place = unquote(request.path_qs)
        if asked is not None:
            asked.append(place)
        found = held.get(place, 404)
        if isinstance(found, int):
            return web.Response(status=found, text="Diese Seite gibt es nicht.")
        kind, content = found if isinstance(found, tuple) else ("text/html", found)
        body = content.encode() if isinstance(content, str) else content
        return web.Response(body=body, headers={"Content-Type": kind})

    async def start():
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        held.update(make_pages(base))
        yield base
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
