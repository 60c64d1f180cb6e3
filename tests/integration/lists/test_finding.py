"""What the desk and one's own page look up: the right rows in the right order, page by page, in few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.access.visibility import KeptOut, kept_from_desk, visible
from counterpart.casework import directory
from counterpart.lists import finding
from counterpart.people.models import Holding
from tests.town import MONDAY, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

MANAGER = "office.business_manager"


@pytest.fixture
def place() -> Town:
    return town()


def desk_of(place: Town) -> KeptOut:
    kept = kept_from_desk(place.people[MANAGER], place.partnership, MONDAY)
    assert kept is not None
    return kept


def look(place: Town, view: finding.View, after_days: float = 0, **how: Any) -> finding.Page:
    now = MONDAY + timedelta(days=after_days)
    return finding.desk(place.partnership, desk_of(place), view, now, **how)


def test_a_case_is_late_when_its_week_is_over_and_due_soon_before(place: Town) -> None:
    Story(place).raised()  # its week ends on Monday 9 November at midnight
    seen = {day: [view for view in ("late", "due_soon") if look(place, view, day).rows]
            for day in (0, 6, 7.5, 7.7)}  # fmt: skip
    assert seen == {0: [], 6: ["due_soon"], 7.5: ["due_soon"], 7.7: ["late"]}


def test_a_duty_with_nobody_is_on_the_desk_as_soon_as_its_holder_has_left(place: Town) -> None:
    story = Story(place).raised()
    assert look(place, "nobody").rows == ()
    holding = Holding.objects.get(post=place.posts[RAISER])
    directory.end_holding(
        holding=holding.id, until_on=MONDAY.date(), actor=place.acting(MANAGER), now=MONDAY
    )
    rows = look(place, "nobody").rows
    assert {(row.case, row.nobody) for row in rows} == {(story.case, "vacant")}


def test_an_outcome_waits_for_confirmation_until_every_side_has_answered(place: Town) -> None:
    story = Story(place).raised().settled().confirmed("school")
    assert [row.case for row in look(place, "confirming").rows] == [story.case]
    story.confirmed("care")
    assert look(place, "confirming").rows == ()


def test_the_open_cases_come_page_by_page_each_once_the_longest_waiting_first(place: Town) -> None:
    made = [Story(place, now=MONDAY + timedelta(minutes=i // 2)).raised().case for i in range(30)]
    first = look(place, "open")
    second = look(place, "open", after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (25, 5, "")
    rows = [*first.rows, *second.rows]
    assert {row.case for row in rows} == set(made)
    assert [row.raised_at for row in rows] == sorted(row.raised_at for row in rows)
    counts = finding.desk_counts(place.partnership, desk_of(place), MONDAY)
    assert (counts["open"], counts["nobody"]) == (
        finding.Capped(30, False),
        finding.Capped(0, False),
    )


def test_by_stage_counts_and_shows_the_same_cases(place: Town) -> None:
    Story(place).raised()
    there = Story(place).raised().to_workers()
    stages = ("own-manager", "other-worker", "managers")
    counted = finding.by_stage(place.partnership, desk_of(place), stages)
    assert {stage: capped.n for stage, capped in counted.items()} == {
        "own-manager": 1, "other-worker": 1, "managers": 0,
    }  # fmt: skip
    assert [row.case for row in look(place, "open", stage="other-worker").rows] == [there.case]


def test_a_case_somebody_is_kept_from_is_in_no_view_and_no_count_of_theirs(place: Town) -> None:
    story = Story(place).raised()
    rewrite_denials(story.case, [DenialRow(place.people[MANAGER], "family_tie")])
    for view in finding.VIEWS:
        assert look(place, view, 30).rows == ()
    counts = finding.desk_counts(place.partnership, desk_of(place), MONDAY)
    assert {capped.n for capped in counts.values()} == {0}


def test_another_partnerships_cases_are_not_on_the_desk(place: Town) -> None:
    other = town(agencies=("school", "care"))
    Story(other).raised()
    assert look(place, "open").rows == ()


def test_ones_own_duties_come_soonest_first_and_only_in_cases_one_sees(place: Town) -> None:
    story = Story(place).raised()
    posts = [place.posts[RAISER]]
    mine = finding.duties_of_posts(posts, visible(place.people[RAISER], MONDAY))
    assert [row.clock for row in mine] == ["one-working-week", "consult-manager"]
    rewrite_denials(story.case, [DenialRow(place.people[RAISER], "declared_conflict")])
    assert finding.duties_of_posts(posts, visible(place.people[RAISER], MONDAY)) == ()


def test_ones_own_cases_open_and_ended_the_newest_first(place: Town) -> None:
    ended = Story(place).raised().settled().confirmed()
    first = Story(place, now=MONDAY).raised().to_workers()
    second = Story(place, now=MONDAY + timedelta(days=1)).raised().to_workers()
    at = second.now
    for who in (RAISER, WORKER):
        mine = visible(place.people[who], at)
        assert [row.case for row in finding.cases_of(mine, is_open=True).rows] == [
            second.case,
            first.case,
        ]
        assert [row.case for row in finding.cases_of(mine, is_open=False).rows] == [ended.case]
    assert (
        finding.cases_of(visible(place.people["police.practitioner"], at), is_open=True).rows == ()
    )
