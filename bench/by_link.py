"""Figures of answering without an account: from opening the mail to the answer, on a phone, at a person's pace.

A browser of 375 px without script goes the whole way in a real installation: the link of a mail, the code, who one is,
what is asked, the answer. What a person has to do on the way is counted, and timed at the pace that stands in
`bench.phone`; what the pages themselves took is measured and added. What is measured is `bench.phone`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, at_most, say
from tests import installation
from tools.browser import chromium

ROOT = Path(__file__).parents[1]
WITHIN = 120.0
SHARED, OWN = "answer-by-link-shared-mailbox", "answer-by-link-own-mailbox"
LIMIT = "the limit"


def figures(only: str) -> Iterator[Figure]:
    """The figures whose names begin with `only`: the mailbox is one that several share, or one person's own."""
    for name in (SHARED, OWN):
        if name.startswith(only):
            say("Answering by the link of a mail, on a phone without script")
            found = _measured("shared" if name == SHARED else "own")
            seconds = found.pop("seconds")
            say(", ".join(f"{what}: {n}" for what, n in found.items()))
            yield at_most(name, seconds, "seconds of a person's time", LIMIT, WITHIN, 1)


def _measured(mailbox: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        installation.make_keys(Path(folder))
        environment = (
            installation.environment_for(Path(folder))
            | {
                "COUNTERPART_HOSTS": "localhost",
                "COUNTERPART_LOG_LEVEL": "ERROR",
                "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the case is made in the process that drives the browser
                "DJANGO_SETTINGS_MODULE": "counterpart.config.settings",
            }
        )
        command = [sys.executable, "-m", "bench.phone", mailbox, str(chromium())]
        done = subprocess.run(
            command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
