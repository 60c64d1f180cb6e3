"""What one request took. Plain records, so that processes can hand them to one another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Took:
    """In seconds: on the wall, and of the process's processor time."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Timed:
    """One pair: the page, and the bare view beside it."""

    page: Took
    bare: Took


@dataclass(frozen=True, slots=True)
class Asks:
    """What a page asks of the database: how many statements, and which large tables they read whole."""

    statements: int
    read_whole: tuple[str, ...]
