"""Several writers at the same moment, each on a connection of its own, on both databases."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connections

from counterpart.engine.kinds import Id
from counterpart.journal import reading
from counterpart.journal.errors import Conflict, Repeated
from counterpart.journal.models import Event, Stream, Submission
from tests.integration.journal.stories import CANARY, an_id, new, written

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


CONNECTIONS = 16  # at one moment: the tests' PostgreSQL is shared, and takes some sixty


def at_once(count: int, act: Callable[[int], T]) -> list[T]:
    """What `count` calls of `act` give, made from 16 threads let go at the same moment."""
    threads = min(count, CONNECTIONS)
    gate = threading.Barrier(threads)

    def some(first: int) -> list[T]:
        try:
            gate.wait(timeout=30)
            return [act(number) for number in range(first, count, threads)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return [result for results in pool.map(some, range(threads)) for result in results]


def outcome(stream: Id, expected: int, key: str | None = None) -> str:
    try:
        written(stream, expected, new(), key=key)
    except Conflict:
        return "told: somebody was first"
    except Repeated:
        return "shown the same receipt"
    return "made"


def test_of_many_writers_at_one_version_one_wins_and_the_others_are_told() -> None:
    case = an_id()
    written(case, 0, new())
    results = Counter(at_once(12, lambda _: outcome(case, 1)))
    assert results == {"made": 1, "told: somebody was first": 11}
    assert [entry.version for entry in reading.read_facts(case)] == [1, 2]


def test_of_many_who_open_one_stream_one_wins() -> None:
    case = an_id()
    results = Counter(at_once(12, lambda _: outcome(case, 0)))
    assert results == {"made": 1, "told: somebody was first": 11}
    assert CANARY in reading.read_whole(case)[0].recorded.event.correction


def test_fifty_uses_of_one_key_on_one_stream_make_one_event() -> None:
    case = an_id()
    written(case, 0, new())
    results = Counter(at_once(50, lambda _: outcome(case, 1, key="the form")))
    assert results == {"made": 1, "shown the same receipt": 49}
    assert len(reading.read_facts(case)) == 2
    assert Submission.objects.count() == 1


def test_fifty_uses_of_one_key_on_streams_of_their_own_make_one_event() -> None:
    results = Counter(at_once(50, lambda _: outcome(an_id(), 0, key="the form")))
    assert results == {"made": 1, "shown the same receipt": 49}
    assert (Event.objects.count(), Stream.objects.count()) == (1, 1)


def test_writers_who_read_again_lose_nothing_and_leave_no_gap() -> None:
    case = an_id()
    written(case, 0, new())

    def until_it_is_written(number: int) -> None:
        for _ in range(10):
            while outcome(case, reading.read_facts(case)[-1].version) != "made":
                pass

    at_once(4, until_it_is_written)
    whole = reading.read_whole(case)
    assert [entry.recorded.version for entry in whole] == list(range(1, 42))
    assert all(CANARY in entry.recorded.event.correction for entry in whole)


def test_writers_to_different_streams_do_not_refuse_each_other() -> None:
    cases = [an_id() for _ in range(12)]
    assert set(at_once(12, lambda number: outcome(cases[number], 0))) == {"made"}
    assert sorted(head.id for head in reading.all_streams("case")) == sorted(cases)
