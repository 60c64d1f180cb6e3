"""Faults that the person at the terminal can mend, said in plain words. Everything else keeps its traceback.

It is loaded with every command, so what it knows of an installation it learns only when there is a fault.
"""

import contextlib
import sys
from collections.abc import Iterator


class CannotGoOn(RuntimeError):
    """The command stops. The message says why and what to do; `code` is what it leaves with."""

    code = 1


@contextlib.contextmanager
def in_plain_words() -> Iterator[None]:
    """Print a mendable fault to standard error and leave with its code, which is 1 for most."""
    try:
        yield
    except Exception as fault:
        if not _can_be_mended(fault):
            raise
        print(fault, file=sys.stderr)  # noqa: T201 - a terminal program speaks so
        sys.exit(fault.code if isinstance(fault, CannotGoOn) else 1)


def _can_be_mended(fault: Exception) -> bool:
    if isinstance(fault, CannotGoOn):
        return True
    from counterpart.config.environment import BadEnvironment
    from counterpart.config.startup import NotReady
    from counterpart.vault.keys import KeysUnavailable

    return isinstance(fault, BadEnvironment | NotReady | KeysUnavailable)
