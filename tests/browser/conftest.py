"""A real Chromium and a demo of its own. Where no Chromium can be had the run says so at its end, and with CI=true that fails."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLAYED = 42  # releases of the demo's years
MISSING = pytest.StashKey[str]()


def find_chromium(playwright):
    """A Chromium that is there, else one that can be installed."""
    found = os.environ.get("BEIMWORT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    own = Path(playwright.chromium.executable_path)
    if not own.exists():
        run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=180)
    if own.exists():
        return str(own)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "update", "-qq"], seconds=120)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], seconds=400)
    return shutil.which("chromium")


def run(command, seconds):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, check=False, capture_output=True, timeout=seconds, env=environment)


# By module: while Playwright lives, its event loop runs in this thread and no other test could start one.
@pytest.fixture(scope="module")
def chromium(request):
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            words = "No Chromium was found and none could be installed: the browser tests did NOT run. Set BEIMWORT_CHROMIUM or install one."
            request.config.stash[MISSING] = words
            if os.environ.get("CI", "").lower() == "true":
                pytest.fail(words)
            pytest.skip(words)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter, config):
    words = config.stash.get(MISSING, None)
    if words:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(words)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def health(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except (OSError, ValueError):
        return 0, {}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The address of a running demo that has played its years."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("BEIMWORT_")
    }
    command = [sys.executable, "-m", "cli", "up", "--demo", "--port", str(port), "--site-port", str(free_port())]
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, env={**environment, "BEIMWORT_DATA": str(folder)}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 90
    while health(address)[1].get("releases", 0) < PLAYED:
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            pytest.fail((folder / "log").read_text()[-3000:])
        time.sleep(0.5)
    yield address
    process.send_signal(signal.SIGTERM)
    status = process.wait(30)
    log.close()
    assert status == 0


@pytest.fixture
def page(chromium, demo):
    context = chromium.new_context(viewport={"width": 1440, "height": 950}, base_url=demo)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
