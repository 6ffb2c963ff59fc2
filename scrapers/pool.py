"""Reading foreign pages in children that can be killed: a page may hang a parser, crash it, or fill the memory.

A parser that is written in C cannot be interrupted, and holds up the whole process while it works.
"""

import atexit
import contextlib
import os
import subprocess
import sys
from datetime import datetime
from functools import cache, partial
from multiprocessing.connection import Pipe
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar, cast

from models import ReleaseVersion, Snapshot
from scrapers.declaration import ListDeclaration, Source
from scrapers.listing import ListPage, ServedList, read_served_list
from scrapers.page import ReadError
from scrapers.read import ServedPage, read_page

CHILDREN = 2
PAGE_SECONDS = 20.0
START_SECONDS = 60.0
MEMORY = 1024**3  # bytes of address space, of which the libraries take a tenth
PAGES = 5000  # read by one child before it is replaced, so that what it forgot to free never adds up; a start costs as 500 pages

T = TypeVar("T")


def list_in_child(snapshot: Snapshot, declared: ListDeclaration, number: int = 0) -> ListPage:
    """As `read_list`, in a child of this process's pool; see `read_in_child`."""
    served = ServedList.of(snapshot, number)
    return shared_pool().run(served.address, partial(read_served_list, served, declared))


def read_in_child(snapshot: Snapshot, source: Source, now: datetime) -> ReleaseVersion:
    """As `read_release`, in a child of this process's pool, which is started with the first page and ends with the process.

    Raises `ReadError` also for a page that takes too long, needs too much memory or ends the child. Blocks; for threads.
    """
    version = shared_pool().read(ServedPage.of(snapshot), source, now)
    version.snapshot = snapshot
    return version


@cache
def shared_pool() -> "ReaderPool":
    """The pool of this process."""
    pool = ReaderPool()
    atexit.register(pool.close)
    return pool


class ReaderPool:
    """Some children that read pages, each one page at a time. Threads may share it."""

    def __init__(self, children: int = CHILDREN, *, seconds: float = PAGE_SECONDS, memory: int = MEMORY) -> None:
        """Prepare; a child is started when it is needed."""
        self.seconds = seconds
        self.memory = memory
        self._turns = BoundedSemaphore(children)
        self._lock = Lock()
        self._idle: list[_Child] = []

    def read(self, served: ServedPage, source: Source, now: datetime) -> ReleaseVersion:
        """As `read_page`. Raises `ReadError` also for a page that hangs or ends its child, which is then replaced."""
        return self.run(served.address, partial(read_page, served, source, now))

    def run(self, address: str, reading: "partial[T]") -> T:
        """What the reading of a page gives, which is a function of ours that knows the page. Raises as `read` does."""
        with self._turns:
            child = self._take()
            try:
                answer = child.ask((address, reading), self.seconds)
            except TimeoutError as error:
                raise ReadError(f"{address} could not be read within {self.seconds:g} seconds.") from error
            except (EOFError, OSError) as error:
                raise ReadError(f"{address} ended the process that read it.") from error
            finally:
                self._give_back(child)
        if isinstance(answer, Exception):
            raise answer
        return cast("T", answer)

    def close(self) -> None:
        """End the children that wait."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def _take(self) -> "_Child":
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_fit():
                    return child
                child.end()
        return _Child(self.memory)

    def _give_back(self, child: "_Child") -> None:
        if child.is_fit():
            with self._lock:
                self._idle.append(child)
        else:
            child.end()


class _Child:
    """One process that reads pages."""

    def __init__(self, memory: int) -> None:
        """Start it and wait until it is ready."""
        self._connection, theirs = Pipe()
        # It finds the same modules as we do, wherever we were started, and no others that lie in the current folder.
        found_in = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  ourselves
                [sys.executable, "-P", "-m", "scrapers.child", str(theirs.fileno()), str(memory)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": found_in},
                start_new_session=True,
            )
        self._pages = 0
        self._lost = False
        try:
            self._receive(START_SECONDS)
        except (TimeoutError, EOFError, OSError) as error:
            self.end()
            raise ReadError("The process that reads pages could not be started.") from error

    def is_fit(self) -> bool:
        """Whether it can read another page."""
        return not self._lost and self._pages < PAGES and self._process.poll() is None

    def ask(self, request: Any, seconds: float) -> Any:
        """Its answer. Raises `TimeoutError`, and `EOFError` or `OSError` if it died."""
        self._pages += 1
        self._lost = True  # until it has answered
        self._connection.send(request)
        answer = self._receive(seconds)
        self._lost = False
        return answer

    def end(self) -> None:
        """Kill it; it holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._connection.close()

    def _receive(self, seconds: float) -> Any:
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv()
