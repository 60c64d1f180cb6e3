"""Doing many things: one that fails keeps no other waiting, and a turn ends when it is over."""

from __future__ import annotations

from itertools import count

import pytest

from counterpart.casework.one_by_one import do_all, never

FEW = 3


class Queue:
    """Hands out its first few things again and again, until each has been done."""

    def __init__(self, size: int, stuck: tuple[int, ...] = ()) -> None:
        self.left = list(range(size))
        self.stuck = stuck

    def find(self) -> list[int]:
        """The first few."""
        return self.left[:FEW]

    def do(self, thing: int) -> int:
        """Done, unless it cannot be."""
        if thing in self.stuck:
            raise ZeroDivisionError(thing)
        self.left.remove(thing)
        return 1


def test_it_goes_on_until_there_is_no_more() -> None:
    queue = Queue(10)
    assert do_all(queue.find, queue.do, never) == 10
    assert queue.left == []


def test_what_cannot_be_done_is_tried_once_and_the_others_are_done() -> None:
    queue = Queue(10, stuck=(0, 5))
    with pytest.raises(ExceptionGroup) as fault:
        do_all(queue.find, queue.do, never)
    assert len(fault.value.exceptions) == 2
    assert queue.left == [0, 5]


def test_it_ends_with_its_turn_and_leaves_the_rest_for_the_next() -> None:
    queue = Queue(10)
    asked = count(1)
    assert do_all(queue.find, queue.do, lambda: next(asked) > 4) == 4
    assert do_all(queue.find, queue.do, never) == 6
