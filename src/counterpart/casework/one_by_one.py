"""Doing a thing for each of many, so that one that cannot be done does not hold the others up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def do_each(things: Iterable[T], do: Callable[[T], int]) -> int:
    """Do each of these, whatever becomes of the others, and add up what they answer.

    Raises `ExceptionGroup` at the end with what went wrong.
    """
    done, faults = 0, []
    for thing in things:
        try:
            done += do(thing)
        except Exception as fault:  # noqa: BLE001  raised again below, once the others are done
            faults.append(fault)
    if faults:
        raise ExceptionGroup("some could not be done", faults)
    return done
