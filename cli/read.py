"""`beimwort read`: title, date and text of a page, without a database."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import WRONG_CALL, fail, print_row, read_rows


def read(
    file: Annotated[Path | None, typer.Argument(help="HTML page as saved.", show_default=False)] = None,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", help='Rows {"id","url","html_path"}, one a line.', show_default=False)
    ] = None,
    url: Annotated[str, typer.Option("--url", help="Address of the page; helps to find its date.")] = "",
) -> None:
    """Read a page as far as possible without a declaration and print {"title", "date", "text"}.

    With --jsonl a row that cannot be read prints {"id", "error"} and the rest goes on.
    """
    if (file is None) == (jsonl is None):
        fail("Give either a FILE or --jsonl FILE.", WRONG_CALL)
    if file is not None:
        row = _read({"html_path": str(file), "url": url})
        if "error" in row:
            fail(str(row["error"]))
        print_row(row)
        return
    assert jsonl is not None
    for number, given in read_rows(jsonl):
        if isinstance(given, str):
            print_row({"id": None, "error": given})
        elif "id" not in given or "html_path" not in given:
            print_row({"id": given.get("id"), "error": f"{jsonl}, line {number}: needs the keys id and html_path."})
        else:
            print_row({"id": given["id"], **_read(given)})


def _read(given: dict[str, Any]) -> dict[str, Any]:
    # Imported here: the page reader takes a second to load, which the other commands need not wait for.
    from scrapers.page import SelectorError  # noqa: PLC0415  other commands need not wait for the parsers
    from scrapers.read import ReadError, read_any  # noqa: PLC0415  as above

    path = Path(str(given["html_path"]))
    try:
        version = read_any(path.read_bytes(), str(given.get("url") or ""))
    except OSError as error:
        return {"error": f"Cannot read {path}: {error.strerror}."}
    except (ReadError, SelectorError) as error:
        return {"error": str(error)}
    return {
        "title": version.title,
        "date": version.published_on.isoformat() if version.published_on else None,
        "text": version.text,
    }
