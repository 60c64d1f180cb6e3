"""Faults that the person at the terminal can mend, said in plain words. Everything else keeps its traceback."""

import contextlib
import sys
from collections.abc import Iterator

from counterpart.config.environment import BadEnvironment
from counterpart.config.startup import NotReady
from counterpart.vault.keys import KeysUnavailable


class CannotGoOn(RuntimeError):
    """The command stops. The message says why and what to do."""


@contextlib.contextmanager
def in_plain_words() -> Iterator[None]:
    """Print a mendable fault to standard error and leave with 1."""
    try:
        yield
    except (CannotGoOn, BadEnvironment, NotReady, KeysUnavailable) as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - a terminal program speaks so
        sys.exit(1)
