"""What the desk says of a policy that belongs to no case: how often, where the policy says it at all."""

from __future__ import annotations

from datetime import UTC, datetime

from counterpart.web.desk.watching import policy_dates
from tests.unit.policy.written_policies import written

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def how_often(area: str) -> list[str]:
    return [each.every for each in policy_dates(written(area), NOW).regular]


def test_a_number_that_the_policy_gives_is_said() -> None:
    assert how_often("brent") == ["Every year"]


def test_where_the_policy_gives_none_that_is_said_and_no_number_is_made_up() -> None:
    audit, training, *_ = how_often("ready-steady-grow")[1:]
    assert audit == "From time to time. The policy does not say how often"
    assert training == "The policy does not say how often"


def test_what_falls_due_on_an_event_says_which() -> None:
    assert how_often("somerset") == ["When an agency's representative passes on a general issue"]
