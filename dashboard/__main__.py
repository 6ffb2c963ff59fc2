"""`python -m dashboard --port 8501`: the dashboard's server, bound to this machine. Settings come from the environment."""

import argparse
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def server_options(port: int) -> dict[str, Any]:
    """The options of config.toml as Streamlit takes them, with address and port."""
    with (HERE / "config.toml").open("rb") as file:
        options = dict(_flat(tomllib.load(file), ""))
    return {**options, "server.port": port, "server.address": "127.0.0.1"}


def _flat(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def main() -> int:
    """Serve until stopped; 1 with one clear line if the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("--port", type=int, default=8501, help="port on 127.0.0.1 (default 8501)")
    port = parser.parse_args().port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.stderr.write(f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}). Choose another port with --port.\n")
            return 1
    from dashboard.app import app  # noqa: PLC0415  only now, so that a taken port is told at once

    app.run(config=server_options(port))
    return 0


if __name__ == "__main__":
    sys.exit(main())
