"""Archived evidence to be taken away: always as a file, never shown as a page of ours, whatever is in it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.opened import desk
from models import queries

# What the first bytes of an upload can tell; a page as served is handed out as plain text.
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}


async def evidence(request: Request) -> Response:
    """`/evidence/{id}`: the bytes as they were archived; 404 where nothing is."""
    return await run_in_threadpool(_evidence, request.path_params["id"])


def _evidence(number: int) -> Response:
    with desk().database.reading() as session:
        file = queries.evidence_file(session, number) if number < 2**62 else None
    if file is None:
        return JSONResponse({"error": f"No archived file for evidence {number}."}, 404)
    ending = ENDINGS.get(file.media_type or "", "")
    if not ending and file.content.startswith(b"%PDF-"):
        ending = "pdf"
    # Text, so that no browser runs what a stranger's page brings along, even if the file is opened.
    media = next((media for media, known in ENDINGS.items() if known == ending), "text/plain; charset=utf-8")
    headers = {
        "content-disposition": f'attachment; filename="evidence-{number}.{ending or "txt"}"',
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=3600",
    }
    return Response(file.content, media_type=media, headers=headers)
