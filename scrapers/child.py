"""The process in which foreign pages are read: `python -m scrapers.child CONNECTION MEMORY`; `scrapers.pool` asks it."""

import contextlib
import sys
from datetime import datetime
from multiprocessing.connection import Connection

from models import ReleaseVersion
from scrapers.declaration import Source
from scrapers.page import ReadError, SelectorError
from scrapers.read import ServedPage, read_page

READY = "ready"


def main() -> None:
    """Answer requests, which are the arguments of `read_page`, with a version or an error, until nobody asks any more."""
    connection = Connection(int(sys.argv[1]))
    limit_memory(int(sys.argv[2]))
    connection.send(READY)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            connection.send(_answer(*connection.recv()))


def limit_memory(size: int) -> None:
    """Take no more memory than some bytes of address space, where the system can be told so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  there is none on some systems

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _answer(served: ServedPage, source: Source, now: datetime) -> ReleaseVersion | Exception:
    try:
        return read_page(served, source, now)
    except (SelectorError, ReadError) as error:
        return error
    except MemoryError:
        return ReadError(f"{served.address} needs more memory than a page may.")
    except Exception as error:  # noqa: BLE001  whatever a page does to a parser is told of that page
        return ReadError(f"{served.address} cannot be read: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
