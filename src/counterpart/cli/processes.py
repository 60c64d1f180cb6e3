"""Programs started together and stopped together: none is left behind, however the first one ends.

Each runs in a session of its own, so that Ctrl-C reaches only us and we stop them in order.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

STOP_WITHIN = 8.0  # seconds before a program that was asked to stop is ended
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Program = subprocess.Popen[bytes]


class Stopped(BaseException):
    """A signal asked us to stop. Not an `Exception`: nothing on the way may take it for a fault."""


@contextlib.contextmanager
def together(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str]
) -> Iterator[list[Program]]:
    """Start these programs and stop them all at the end, whatever the end is."""
    programs: list[Program] = []
    try:
        programs.extend(  # one at a time, so that those started are stopped if the next cannot start
            subprocess.Popen(command, env=environment, start_new_session=True)
            for command in commands
        )
        yield programs
    finally:
        _stop(programs)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Inside, a signal to stop raises `Stopped`, once; a second Ctrl-C does not cut the tidying up short."""
    told = threading.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        if not told.is_set():
            told.set()
            raise Stopped

    before = {number: signal.signal(number, tell) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for_one_to_end(programs: Sequence[Program]) -> Program:
    """Sleep until any of these programs ends by itself, and give that one."""
    while True:
        pid, status = os.waitpid(-1, 0)
        for program in programs:
            if program.pid == pid:
                program.returncode = os.waitstatus_to_exitcode(status)
                return program


def _stop(programs: Sequence[Program]) -> None:
    for program in programs:
        if program.poll() is None:
            program.terminate()
    for program in programs:
        try:
            program.wait(timeout=STOP_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
