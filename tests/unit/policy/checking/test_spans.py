"""One limit is called longer than another only where it is, whenever the two start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from counterpart.policy.checking.spans import is_longer, is_never_shorter
from counterpart.worktime import Limit, calendar, due_at, parse_limit

ENGLAND = calendar("england-and-wales")
LIMITS = tuple(
    parse_limit(text, {})
    for text in (
        "1 hour",
        "48 hours",
        "100 hours",
        "2 calendar days",
        "5 calendar days",
        "9 calendar days",
        "40 calendar days",
        "1 working day",
        "4 working days",
        "30 working days",
        "1 working week",
        "same working day",
        "immediate",
    )
)
STARTS = [
    datetime(2026, month, 10, hour, 59, tzinfo=UTC) + timedelta(days=day)
    for month in (3, 12)
    for day in range(20)
    for hour in (0, 16, 23)
]


def ends(limit: Limit) -> list[datetime]:
    found = [due_at(limit, start, ENGLAND) for start in STARTS]
    return [at for at in found if isinstance(at, datetime)]


@pytest.mark.parametrize("one", LIMITS, ids=str)
def test_what_is_said_of_two_limits_holds_at_every_start(one: Limit) -> None:
    for other in LIMITS:
        pairs = list(zip(ends(one), ends(other), strict=True))
        assert len(pairs) == len(STARTS)
        if is_longer(one, other):
            assert all(a > b for a, b in pairs), other
        if is_never_shorter(one, other):
            assert all(a >= b for a, b in pairs), other


def test_limits_that_can_be_told_apart_are() -> None:
    told = {(str(a), str(b)) for a, b in product(LIMITS, LIMITS) if is_longer(a, b)}
    assert ("30 working days", "9 calendar days") in told
    assert ("30 working days", "1 working week") in told
    assert ("4 working days", "48 hours") in told
    assert ("1 working week", "2 calendar days") in told
    assert ("9 calendar days", "1 working day") not in told
    assert ("4 working days", "100 hours") not in told
    assert not is_longer(parse_limit("5 working days", {}), parse_limit("1 working week", {}))
    assert is_never_shorter(parse_limit("5 working days", {}), parse_limit("1 working week", {}))
