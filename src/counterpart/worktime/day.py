"""One line of the working of a deadline. It holds what was found, and must not find anything."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Day(NamedTuple):
    """One local day, whether it or some of it counted, and why, in words."""

    date: date
    counted: bool
    why: str
