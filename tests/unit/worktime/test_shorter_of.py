"""Several limits on one thing, whichever is shorter."""

from __future__ import annotations

from counterpart.worktime import (
    Answer,
    AsSoonAsPossible,
    CannotCompute,
    Due,
    Hours,
    NoDeadline,
    WorkingDays,
    calendar,
    due,
    parse_instant,
    shorter_of,
)

EW = calendar("england-and-wales")


def answer(
    limit: WorkingDays | Hours | AsSoonAsPossible, start: str = "2026-12-18T15:00"
) -> Answer:
    return due(limit, parse_instant(start), EW)


def test_the_earliest_due_time_holds() -> None:
    week, two_days = answer(WorkingDays(5)), answer(Hours(48))

    assert shorter_of(week, two_days).due is two_days
    assert shorter_of(two_days, week).due is two_days
    assert shorter_of(week, two_days).at == parse_instant("2026-12-20T15:00")


def test_of_two_alike_the_first_given_is_named() -> None:
    first, second = answer(WorkingDays(5)), answer(WorkingDays(5))

    assert shorter_of(first, second).due is first


def test_one_that_cannot_be_computed_stays_visible() -> None:
    unknown = answer(WorkingDays(5), "2028-12-29T15:00")
    known = answer(Hours(48), "2028-12-29T15:00")

    both = shorter_of(unknown, known)

    assert isinstance(unknown, CannotCompute)
    assert both.due is known
    assert both.cannot == (unknown,)


def test_no_deadline_never_becomes_one() -> None:
    none = answer(AsSoonAsPossible())

    alone = shorter_of(none)

    assert isinstance(none, NoDeadline)
    assert (alone.due, alone.at, alone.without) == (None, None, (none,))
    assert shorter_of(none, answer(Hours(1))).at is not None


def test_nothing_given_is_nothing_due() -> None:
    assert shorter_of().due is None


def test_the_answer_is_one_of_those_given() -> None:
    given = [answer(WorkingDays(days)) for days in (3, 1, 2)]

    assert isinstance(shorter_of(*given).due, Due)
    assert shorter_of(*given).due is given[1]
