"""How the command line speaks: machine output on standard output, everything for people on standard error, errors in one line."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

people = Console(stderr=True, highlight=False, soft_wrap=True)
WRONG_CALL = 2
FAILED = 1


def fail(message: str, status: int = FAILED) -> NoReturn:
    """End with one clear line."""
    sys.stderr.write(" ".join(message.split()) + "\n")
    raise typer.Exit(status)


def print_row(row: dict[str, Any]) -> None:
    """One JSON object in one line, ASCII only: no line break, width or bracket of a text can damage it."""
    sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")


def is_watched() -> bool:
    """Whether a person, not a script, reads standard output."""
    return sys.stdout.isatty()


def print_marked(lines: Iterable[Text]) -> None:
    """Lines for a person, with marks, on standard output; what a stranger's text could do to a terminal is taken out."""
    screen = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    for line in lines:
        screen.print(line)


def harmless(text: str) -> str:
    """A text of the same length in which line breaks are spaces and no other control character is left."""
    return "".join(" " if char.isspace() else char if char.isprintable() else "\ufffd" for char in text)


def read_text(path: Path) -> str:
    """A text file, or one line and the end."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fail(f"Cannot read {path}: {error.strerror}.")
    except UnicodeDecodeError as error:
        fail(f"{path} is not UTF-8 (byte {error.object[error.start]:#04x} at position {error.start}). Save it as UTF-8.")


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Each line of a JSON-lines file with its number: the object, or a sentence that says what is wrong with the line."""
    # Not splitlines(): U+2028 inside a text is no end of a line.
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield number, f"{path}, line {number}: not JSON ({error})."
            continue
        yield number, row if isinstance(row, dict) else f"{path}, line {number}: not a JSON object."


def progress_bar(*, estimate: bool = True) -> Progress:
    """A bar on standard error, with an estimate of the time that remains; silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        *([TimeRemainingColumn()] if estimate else []),
        console=people,
        disable=not sys.stderr.isatty(),
    )


def table_lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows as aligned lines of plain text."""
    filled = list(rows)
    widths = [max(len(row[column]) for row in filled) for column in range(len(filled[0]))] if filled else []
    for row in filled:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
