"""Every fault on one kind of database, in an installation of its own that is thrown away: `python -m faults.on`.

It must make the environment before anything of Django is imported, hence the imports in functions.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from faults.outcome import Outcome
from tests import installation, mailserver, postgresql

if TYPE_CHECKING:
    from faults.ground import Fault, Ground


def main(database: str, kills: int, seed: int, only: str) -> int:
    """Bring every fault about and print what came of it. 1 where one is not met."""
    with _ground(database, seed) as ground:
        outcomes = []
        for outcome in _outcomes(ground, kills, only):
            print(outcome.line(database), flush=True)
            outcomes.append(outcome)
    return int(not all(outcome.met for outcome in outcomes))


def _outcomes(ground: Ground, kills: int, only: str) -> Iterator[Outcome]:
    from faults import kills as killing
    from faults import mail, moments, webserver

    # What fills the installation with cases comes last, so that the others find it as small as one is.
    for fault in (*mail.FAULTS, *killing.faults(kills), *webserver.FAULTS, *moments.FAULTS):
        if fault.name.startswith(only):
            yield _outcome(ground, fault)


def _outcome(ground: Ground, fault: Fault) -> Outcome:
    """What came of it. One that could not be brought about, or not be recovered from, is not met."""
    from faults.processes import DidNotHappen, kill_all

    try:
        return fault.happens(ground)
    except DidNotHappen as why:
        ground.say(f"{fault.name}: did not happen: {why}")
        kill_all()
        ground.office.do(mailserver.ACCEPT)
        return Outcome(fault=fault.name, runs=0, lost=0, doubled=0, met=False)


@contextlib.contextmanager
def _ground(database: str, seed: int) -> Iterator[Ground]:
    with contextlib.ExitStack() as stack:
        if database == "postgresql":
            address = stack.enter_context(postgresql.running())
            os.environ[installation.POSTGRESQL_VARIABLE] = address
        else:
            os.environ.pop(installation.POSTGRESQL_VARIABLE, None)
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="counterpart-faults-"))
        )
        installation.prepare()
        from faults.post_office import PostOffice

        office = stack.enter_context(contextlib.closing(PostOffice(folder / "mail")))
        os.environ |= {
            "COUNTERPART_DEMO": "",
            "COUNTERPART_BEHIND_PROXY": "1",
            "COUNTERPART_HOSTS": "localhost",
            "COUNTERPART_LOG_LEVEL": "ERROR",
            "COUNTERPART_SMTP_HOST": "127.0.0.1",
            "COUNTERPART_SMTP_PORT": str(office.port),
        }
        from counterpart.cli.installation import migrate

        migrate(quietly=True)
        from faults.ground import make

        office.do(mailserver.ACCEPT)
        yield make(office, folder, Random(f"{seed} {database}"), database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
