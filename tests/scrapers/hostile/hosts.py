"""The hosts that misbehave, each on a port of its own, in a process of their own: what they do costs the collector nothing.

Run as a program it serves all of them, writes their ports as one line of JSON, and ends when its standard input does.
"""

import asyncio
import importlib.util
import json
import ssl
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent


def load(name):
    """A file beside this one; tests are no packages."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


behaviours = load("behaviours")


async def serve(behaviour):
    """Start a host; gives its server and port."""
    asked = Counter()
    good = {
        "robots": behaviours.says(b"", status="404 Not Found"),
        "list": behaviours.says(behaviours.LIST),
        "release": behaviours.GOOD,
    }

    async def speak(reader, writer):
        try:
            if behaviour.https and not behaviour.tls:
                await reader.read(1)
                writer.write(behaviours.head("400 Bad Request", length=0))
            while lines := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n"):
                path = lines[0].split()[1]
                asked[path] += 1
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
                page = "robots" if path == "/robots.txt" else "list" if path.partition("?")[0] == "/presse/" else "release"
                answer = behaviour.answer if page == behaviour.at else good[page]
                await answer(behaviours.Request(path, headers, asked[path]), writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, IndexError):
            pass  # the client has gone, or spoke TLS to a host that does not
        finally:
            writer.close()

    context = None
    if behaviour.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(HERE / "self_signed.pem")
    server = await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context)
    return server, server.sockets[0].getsockname()[1]


async def serve_all():
    started = [await serve(behaviour) for behaviour in behaviours.BEHAVIOURS]
    sys.stdout.write(json.dumps([port for _, port in started]) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def serving():
    """All hosts in a process of their own; gives their ports in the order of the table."""
    with subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve_all())
