"""How long to wait before an e-mail is tried again, and when to give up."""

from datetime import timedelta

import pytest

from counterpart.messages.kinds import LATER, LONGEST_GAP, REFUSED, TRYING, UNREACHABLE, gap_after

REASONS = sorted(TRYING)


def gaps(reason: str) -> list[timedelta]:
    """Every gap until it is given up."""
    found = [gap_after(reason, attempt) for attempt in range(1, TRYING[reason].attempts + 1)]
    assert found[-1] is None
    return [gap for gap in found if gap]


@pytest.mark.parametrize("reason", REASONS)
def test_gaps_grow_and_never_beyond_the_longest(reason: str) -> None:
    found = gaps(reason)

    assert found == sorted(found)
    assert found[0] > timedelta()
    assert max(found) == TRYING[reason].longest <= LONGEST_GAP


@pytest.mark.parametrize("reason", [UNREACHABLE, LATER])
def test_a_mail_server_away_for_three_days_is_waited_for(reason: str) -> None:
    assert sum(gaps(reason), timedelta()) > timedelta(days=3)


@pytest.mark.parametrize("reason", [UNREACHABLE, LATER])
def test_what_waited_for_the_mail_server_is_tried_within_a_quarter_of_an_hour(reason: str) -> None:
    assert max(gaps(reason)) < timedelta(minutes=15)


def test_a_refused_address_is_asked_more_than_once_but_not_over_and_over() -> None:
    assert 3 < len(gaps(REFUSED)) < 20


@pytest.mark.parametrize("reason", REASONS)
def test_it_ends_however_many_attempts_there_were(reason: str) -> None:
    assert gap_after(reason, 10**9) is None
