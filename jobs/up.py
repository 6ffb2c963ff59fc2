"""Running a whole installation: the worker and the dashboard, each a process of its own, ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

from settings.config import Settings

STOP_SECONDS = 15
POLL_SECONDS = 0.3
RESTART_SECONDS = 5
HEALTHY_SECONDS = 60

# Told what happened, in one line.
Say = Callable[[str], None]


class UpError(Exception):
    """The installation cannot be started; the message says why and what to do."""


def require_free_port(port: int, option: str) -> None:
    """Raise `UpError` if something already listens on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise UpError(
                f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another port with {option}."
            ) from error


def environment(settings: Settings, port: int) -> dict[str, str]:
    """The environment in which both processes see exactly these settings."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database,
        "BEIMWORT_DATA": str(settings.data),
        "BEIMWORT_DEMO": str(settings.demo),
        "BEIMWORT_DEMO_SITE_PORT": str(settings.demo_site_port),
        "BEIMWORT_ALLOWED_NETWORKS": ",".join(str(network) for network in settings.allowed_networks),
        "BEIMWORT_HOST_PAUSE": str(settings.host_pause),
        "BEIMWORT_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def run_up(settings: Settings, port: int, say: Say) -> int:
    """Start worker and dashboard and keep them until SIGINT or SIGTERM; a worker that dies is started again.

    Gives the exit status: that of a process that could not start, else 0.
    """
    require_free_port(port, "--port")
    if settings.demo:
        require_free_port(settings.demo_site_port, "--site-port")
    commands = {
        "worker": [sys.executable, "-m", "jobs"],
        "dashboard": [sys.executable, "-m", "dashboard", "--port", str(port)],
    }
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    env = environment(settings, port)
    processes = {name: _start(command, env) for name, command in commands.items()}
    started = dict.fromkeys(processes, time.monotonic())
    try:
        while not stopping:
            time.sleep(POLL_SECONDS)
            for name, process in processes.items():
                status = process.poll()
                if status is None or stopping:
                    continue
                if time.monotonic() - started[name] < HEALTHY_SECONDS:
                    return status or 1
                say(f"The {name} ended with status {status}; it is started again in {RESTART_SECONDS} seconds.")
                time.sleep(RESTART_SECONDS)
                processes[name], started[name] = _start(commands[name], env), time.monotonic()
    finally:
        _stop(processes)
    return 0


def _start(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # A process group of its own: Ctrl-C reaches only us, and we end both in order.
    return subprocess.Popen(command, env=dict(env), start_new_session=True)  # noqa: S603  our own modules, no shell


def _stop(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    for process in processes.values():
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
