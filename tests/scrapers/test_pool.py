"""Foreign pages are read in children that can be killed: a page that hangs or crashes one is an error of that page alone."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models import Body, Snapshot
from models.words import SnapshotPurpose
from scrapers import pool as pools
from scrapers.declaration import read_source
from scrapers.page import PageTooLargeError, ReadError, SelectorError
from scrapers.pool import ReaderPool, read_in_child
from scrapers.read import ServedPage, read_release

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ADDRESS = "https://muster.invalid/presse/moore"
SOURCE_TEXT = """
name = "Musterfraktion"
parliament = "Landtag Musterland"
factions = ["MF"]
home = "https://muster.invalid"
[[list]]
address = "https://muster.invalid/presse"
item = "a"
[release]
title = "h1"
date = "time"
body = ".text p, .text li"
drop = ".teilen"
"""
SOURCE = read_source(SOURCE_TEXT, "muster.toml")
SENTENCE = "<p>Der Landtag Musterland hat heute einstimmig beschlossen, dass die Moore größer werden sollen.</p>"
GOOD = f"<h1>Mehr Geld für Moore</h1><time>27. November 2019</time><div class=text>{SENTENCE * 3}</div>"
# Each takes a parser longer than any test waits.
ENDLESS = "<div>" * 400_000
HOSTILE = {
    "40,000 nested divs": "<div>" * 40_000 + GOOD,
    "40,000 nested quotes": "<blockquote>" * 17_000 + GOOD,
    "tables in tables": "<table><tr><td>" * 13_000 + GOOD,
    "lists in lists": "<ul><li>" * 20_000 + GOOD,
    "a huge attribute": f"<p class='{'a ' * 500_000}'>x</p>" + GOOD,
    "10,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(10_000))}>x</p>" + GOOD,
    "an attribute without an end": GOOD + "<p class='" + "a" * 200_000,
    "broken tags": "<<p<div<a<b" * 18_000 + GOOD,
    "wrongly nested tags": "<p><b><div></b></p></div>" * 8_000 + GOOD,
    "formatting without an end": "<b><i><a href=x><font>" * 9_000 + GOOD,
    "comments without an end": GOOD + "<!--" * 50_000,
    "nothing but null characters": GOOD + "\x00" * 200_000,
    "scripts in scripts": GOOD + "<script><!--<script>" * 10_000,
    "foreign elements": "<svg><foreignObject>" * 10_000 + GOOD,
}


@pytest.fixture(scope="module")
def readers():
    pool = ReaderPool(1, seconds=60)
    yield pool
    pool.close()


@pytest.fixture
def hasty():
    pool = ReaderPool(1, seconds=1)
    yield pool
    pool.close()


def served(html):
    return ServedPage(html.encode(), "utf-8", ADDRESS, NOW.date())


def archived(html):
    return Snapshot(
        address=ADDRESS,
        final_address=ADDRESS,
        purpose=SnapshotPurpose.RELEASE,
        fetched_at=NOW,
        status=200,
        charset="utf-8",
        body=Body.of(html.encode()),
    )


def test_a_child_reads_what_this_process_reads():
    snapshot = archived(GOOD)
    version = read_in_child(snapshot, SOURCE, NOW)
    here = read_release(snapshot, SOURCE, NOW)
    assert (version.text, version.title, version.published_on) == (here.text, here.title, date(2019, 11, 27))
    assert (version.origins, version.reader, version.read_at) == (here.origins, here.reader, NOW)
    assert version.snapshot is snapshot


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_within_the_limit(readers, name):
    # Read or refused, but in time, and the next page is read.
    with contextlib.suppress(ReadError, SelectorError):
        assert readers.read(served(HOSTILE[name]), SOURCE, NOW).title == "Mehr Geld für Moore"
    assert readers.read(served(GOOD), SOURCE, NOW).title == "Mehr Geld für Moore"


def test_a_page_that_hangs_is_an_error_that_names_it_and_the_limit(hasty):
    with pytest.raises(ReadError, match=rf"{ADDRESS} could not be read within 1 seconds") as caught:
        hasty.read(served(ENDLESS), SOURCE, NOW)
    assert caught.value.kind == "unreadable"
    assert hasty.read(served(GOOD), SOURCE, NOW).title == "Mehr Geld für Moore"


def test_a_page_that_crashes_its_child_is_an_error_that_names_it(hasty):
    hasty.seconds = 60
    hasty.read(served(GOOD), SOURCE, NOW)
    child = hasty._idle[0]._process.pid
    killer = threading.Timer(0.2, os.kill, (child, signal.SIGSEGV))
    killer.start()
    with pytest.raises(ReadError, match=f"{ADDRESS} ended the process that read it"):
        hasty.read(served(ENDLESS), SOURCE, NOW)
    killer.join()
    assert hasty.read(served(GOOD), SOURCE, NOW).title == "Mehr Geld für Moore"


def test_a_child_that_died_while_it_waited_is_replaced(hasty):
    hasty.seconds = 60
    hasty.read(served(GOOD), SOURCE, NOW)
    process = hasty._idle[0]._process
    process.kill()
    process.wait()
    assert hasty.read(served(GOOD), SOURCE, NOW).title == "Mehr Geld für Moore"


@pytest.mark.skipif(sys.platform != "linux", reason="The limit of address space is enforced on Linux.")
def test_a_page_that_needs_too_much_memory_is_an_error():
    pool = ReaderPool(1, seconds=60, memory=130 * 1024**2)
    try:
        assert pool.read(served(GOOD), SOURCE, NOW)
        with pytest.raises(ReadError, match=ADDRESS):
            pool.read(served("<b><i><u><font>" * 130_000), SOURCE, NOW)
        assert pool.read(served(GOOD), SOURCE, NOW)
    finally:
        pool.close()


def test_errors_of_the_page_come_through_as_they_are(readers):
    with pytest.raises(SelectorError, match=f"the title, 'h1', found 0 of at least 1 on {ADDRESS}"):
        readers.read(served("<p>Nicht gefunden</p>"), SOURCE, NOW)
    with pytest.raises(PageTooLargeError, match=ADDRESS) as caught:
        readers.read(served("x" * 3_000_000), SOURCE, NOW)
    assert caught.value.kind == "too_large"


def test_any_other_error_is_told_of_the_page(readers):
    with pytest.raises(ReadError, match=f"{ADDRESS} cannot be read: AttributeError"):
        readers.read(served(GOOD), None, NOW)


def test_threads_share_the_children():
    pool = ReaderPool(2, seconds=60)
    try:
        with ThreadPoolExecutor(8) as threads:
            titles = list(
                threads.map(lambda n: pool.read(served(GOOD.replace("Geld", f"Geld {n}")), SOURCE, NOW).title, range(30))
            )
        assert titles == [f"Mehr Geld {n} für Moore" for n in range(30)]
        assert 1 <= len(pool._idle) <= 2
    finally:
        pool.close()
    assert pool._idle == []


def test_a_child_is_replaced_after_some_pages(monkeypatch):
    monkeypatch.setattr(pools, "PAGES", 2)
    pool = ReaderPool(1, seconds=60)
    try:
        pids = set()
        for _ in range(4):
            pool.read(served(GOOD), SOURCE, NOW)
            pids.update(child._process.pid for child in pool._idle)
        assert len(pids) == 2
    finally:
        pool.close()


def test_a_child_that_cannot_be_started_is_a_clear_error(monkeypatch, hasty):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ReadError, match="could not be started"):
        hasty.read(served(GOOD), SOURCE, NOW)


def test_children_end_with_the_process_that_started_them_even_if_it_is_killed(tmp_path):
    program = (
        "import os, signal\n"
        "from datetime import UTC, datetime\n"
        "from scrapers.declaration import read_source\n"
        "from scrapers.page import SelectorError\n"
        "from scrapers.pool import shared_pool\n"
        "from scrapers.read import ServedPage\n"
        f"source = read_source({SOURCE_TEXT!r}, 'x')\n"
        "now = datetime.now(UTC)\n"
        f"shared_pool().read(ServedPage({GOOD.encode()!r}, 'utf-8', 'https://muster.invalid', now.date()), source, now)\n"
        "print(shared_pool()._idle[0]._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert parent.returncode == -signal.SIGKILL, parent.stderr
    child = int(parent.stdout)
    for _ in range(200):
        if not is_running(child):
            return
        time.sleep(0.05)
    pytest.fail(f"The child {child} is still there.")


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    if sys.platform == "linux":
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    return True
