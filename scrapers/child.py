"""The process in which foreign pages are read: `python -m scrapers.child CONNECTION MEMORY`; `scrapers.pool` asks it."""

import contextlib
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

# Not used here, but by what is asked for: loaded before anything is timed.
import scrapers.listing
import scrapers.read  # noqa: F401  as above
from scrapers.page import ReadError, SelectorError

READY = "ready"


def main() -> None:
    """Answer requests, each an address and what reads its page, with what it gives or an error, until nobody asks any more."""
    connection = Connection(int(sys.argv[1]))
    limit_memory(int(sys.argv[2]))
    # Whoever asks may be killed at any moment; then nobody is left to be told of it.
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send(READY)
        while True:
            connection.send(_answer(*connection.recv()))


def limit_memory(size: int) -> None:
    """Take no more memory than some bytes of address space, where the system can be told so."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  there is none on some systems

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def _answer(address: str, reading: Callable[[], object]) -> object:
    try:
        return reading()
    except (SelectorError, ReadError) as error:
        return error
    except MemoryError:
        return ReadError(f"{address} needs more memory than a page may.")
    except Exception as error:  # noqa: BLE001  whatever a page does to a parser is told of that page
        return ReadError(f"{address} cannot be read: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
