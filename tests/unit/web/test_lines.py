"""The words of a line: how late, how soon, how many; and where a list goes on."""

from datetime import UTC, datetime, timedelta

import pytest

from counterpart.engine.directory import HolderRecord, PostRecord
from counterpart.engine.kinds import Code, Id
from counterpart.lists.finding import Capped
from counterpart.web.lines import count_words, holder_words, length_words, place_in_list

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=5), "just late"),
        (timedelta(minutes=20), "20 minutes late"),
        (timedelta(hours=21), "21 hours late"),
        (timedelta(days=1), "1 day late"),
        (timedelta(days=297), "297 days late"),
        (-timedelta(hours=3), "in 3 hours"),
        (timedelta(0), "now"),
    ],
)
def test_how_late_is_said_in_plain_words(before: timedelta, said: str) -> None:
    assert length_words(NOW - before, NOW) == said


def test_a_count_that_stopped_says_that_there_are_more() -> None:
    assert count_words(Capped(100, is_more=True)) == "100+"
    assert count_words(Capped(0, is_more=False)) == "0"


def test_a_place_in_a_list_is_ours_or_none() -> None:
    ours = f"{NOW.isoformat()}~{'a' * 32}"
    assert place_in_list(ours) == ours
    precise = f"{NOW.replace(microsecond=7).isoformat()}~event:clock:about"
    assert place_in_list(precise) == precise
    for other in ("", "nonsense", "2026-99-99T00:00:00+00:00~a", f"{ours}\n", f"{ours} "):
        assert place_in_list(other) == ""


def holder(name: str, acting_for: str | None = None) -> HolderRecord:
    """Somebody in a post, whose id is their name."""
    return HolderRecord(Id(name), name, Id(acting_for) if acting_for else None)


@pytest.mark.parametrize(
    ("holders", "said"),
    [
        ((), ""),
        ((holder("Bea"),), "Bea"),
        ((holder("Ann", "Bea"), holder("Bea")), "Ann (for Bea)"),
        ((holder("Ann", "Bea"), holder("Bea"), holder("Cas")), "Ann (for Bea) or Cas"),
        ((holder("Ann"), holder("Bea")), "Ann or Bea"),
        ((holder("Ann", "Gone"),), "Ann"),
    ],
)
def test_who_is_in_a_post_is_named_with_whom_they_stand_in_for(
    holders: tuple[HolderRecord, ...], said: str
) -> None:
    post = PostRecord(Id("p"), Id("b"), Code("t"), "Title", "", holders)
    assert holder_words(post) == said
