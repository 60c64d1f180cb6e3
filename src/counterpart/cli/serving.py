"""Running the web server and the worker in this process, until told to stop.

Whatever is missing is said before anything starts. The web server comes up while the database is down, because the
public pages must; where the database answers and is not guarded, neither starts.
"""

import signal
import threading
from pathlib import Path

import typer

from counterpart.cli.installation import require_guarded, start_django
from counterpart.config import environment, startup

STOP_WITHIN = (
    3  # seconds a web process is given to finish; without a limit the server can hang at the end
)


def serve(
    *, host: str, port: int, workers: int, certificate: Path | None, key: Path | None
) -> None:
    """Answer web requests until a signal says stop."""
    startup.require_ready()
    _require_guarded_if_up()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "counterpart.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=environment.read().threads,
        workers_kill_timeout=STOP_WITHIN,
        respawn_failed_workers=True,
        websockets=False,
        ssl_cert=certificate,
        ssl_key=key,
        log_level="warning",  # type: ignore[arg-type]  # granian takes the name as well as its enumeration
    ).serve()


def work() -> None:
    """Do waiting work, one step at a time, until a signal says stop. A step under way is finished first."""
    startup.require_ready()
    start_django()
    require_guarded()
    from counterpart.worker import running

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running.run(stop)


def _require_guarded_if_up() -> None:
    start_django()
    from django.db import Error

    try:
        require_guarded()
    except Error:
        typer.echo("The database does not answer. The pages that need none are up.", err=True)
