"""Doing a thing for each of many, so that one that cannot be done does not hold the others up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

IsOver = Callable[[], bool]
"""Whether whoever is at it has had their time, and something else is to have its turn."""


def never() -> bool:
    """There is as much time as it takes."""
    return False


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


def do_all(find: Callable[[], Sequence[T]], do: Callable[[T], int], is_over: IsOver) -> int:
    """Do each of the things that `find` gives, a few at a time, until there is no more or `is_over`.

    A thing is tried once here, so that one which stays in front of the others does not keep them
    waiting. Adds up what `do` answers, and raises, as `do_each` does.
    """
    tried: set[T] = set()

    def in_turn() -> Iterator[T]:
        while left := [thing for thing in find() if thing not in tried]:
            for thing in left:
                if is_over():
                    return
                tried.add(thing)
                yield thing

    return do_each(in_turn(), do)
