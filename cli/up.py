"""`beimwort up`: a whole installation in one command."""

from ipaddress import ip_network
from typing import Annotated

import typer

from cli.desk import settings_or_fail
from cli.output import fail, people
from jobs.demo.worker import forget_demo
from jobs.up import UpError, require_free_port, run_up


def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="An invented press site with years of releases, in a database of its own.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the dashboard on 127.0.0.1.")] = 8501,
    site_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the demo's press site on 127.0.0.1.")] = 8511,
    fresh: Annotated[bool, typer.Option("--fresh", help="With --demo: start over with an empty database.")] = False,
) -> None:
    """Start the worker and the dashboard and keep them running until Ctrl-C.

    Without --demo it collects the real factions that are declared (`beimwort sources list`). The demo never touches your
    database: it ignores DATABASE_URL and lives in a folder of its own.
    """
    if fresh and not demo:
        fail("--fresh goes with --demo only: the data of a real desk is never deleted.", 2)
    settings = settings_or_fail()
    if demo:
        settings = settings.model_copy(
            update={
                "demo": True,
                "data": settings.data / "demo",
                "database_url": "",
                "demo_site_port": site_port,
                "allowed_networks": (ip_network("127.0.0.0/8"),),
                "host_pause": 0.0,
            }
        )
    try:
        if fresh:
            # Never under a demo that is running.
            require_free_port(port, "--port")
            require_free_port(site_port, "--site-port")
            forget_demo(settings)
        people.print(f"Dashboard: http://127.0.0.1:{port}", markup=False)
        if demo:
            people.print(
                f"Demo with invented releases (its press site: http://127.0.0.1:{site_port}). Real factions: beimwort up",
                markup=False,
            )
        people.print("Ctrl-C ends it.", markup=False)
        status = run_up(settings, port, lambda line: people.print(line, markup=False))
    except UpError as error:
        fail(str(error))
    if status:
        raise typer.Exit(1)
