"""The web application: Streamlit's pages, the health check, and the headers every answer carries."""

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.evidence_page import evidence
from dashboard.opened import desk
from models import DatabaseError, queries


def inline_scripts() -> list[str]:
    """Hashes of the scripts that Streamlit's own page carries inline: they may run, nothing else inline may."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]


SCRIPT = Path(__file__).resolve().parent / "main.py"
HEADERS = {
    "content-security-policy": (
        f"default-src 'self'; script-src 'self' blob: {' '.join(inline_scripts())}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; frame-ancestors 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class SecurityHeaders:
    """Adds our headers to every HTTP answer; a plain ASGI middleware, since that also lets websockets through."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers added."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _value in message["headers"]}
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def healthz(_request: Request) -> Response:
    """Whether worker and data are there: 503 while starting and when the worker is silent for three minutes."""
    return await run_in_threadpool(_health)


def _health() -> Response:
    try:
        with desk().database.reading() as session:
            state = queries.health(session, datetime.now(UTC))
    except DatabaseError as error:
        return JSONResponse(
            {"status": "starting", "releases": 0, "claims": 0, "worker_seen_at": None, "trouble": str(error)}, 503
        )
    seen = state.worker_seen_at.isoformat() if state.worker_seen_at else None
    row = {"status": state.status, "releases": state.releases, "claims": state.claims, "worker_seen_at": seen}
    return JSONResponse(row, 200 if state.is_ok else 503)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load what every page needs before the first visitor comes, then keep it out of the garbage collector's way."""
    from dashboard import charts, state  # noqa: F401, PLC0415  warmed here

    gc.collect()
    gc.freeze()
    yield


app = st.App(
    str(SCRIPT),
    routes=[Route("/healthz", healthz), Route("/evidence/{id:int}", evidence)],
    middleware=[Middleware(SecurityHeaders)],
    lifespan=lifespan,
)
