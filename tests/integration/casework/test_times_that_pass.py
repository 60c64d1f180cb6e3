"""What the worker does to cases: times pass and something follows, once; later bank holidays move what is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counterpart.access.permission import can
from counterpart.casework import acts
from counterpart.casework.casefile import open_case
from counterpart.casework.passing import pass_times, recount, recount_case
from counterpart.casework.upkeep import rebuild
from counterpart.casework.writing import Done, directory_for, load
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.journal.reading import read_facts
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import all_steps
from counterpart.worktime import parse_instant
from tests.integration.casework.standing import everything, lists
from tests.kinds import ALL, a_step, a_way, stages, written
from tests.live import Live, counted_by, puts_in_force
from tests.town import CHAIR, MONDAY, RAISER, Town, town

pytestmark = pytest.mark.django_db

LATER = parse_instant("2026-11-05T00:00")
"""After the two working days that a talk has, from Monday 2 November."""
COORDINATOR = "office.business_manager"


@pytest.fixture
def place() -> Town:
    return town()


def when_missed(place: Town, then: str, *, ways: Any = None, **keys: Any) -> Live:
    """A case of Monday whose talk has a time, and something that follows if it passes."""
    talk = a_step("talk", if_missed={"then": then, **ALL} | keys)
    first: dict[str, Any] = {"steps": [talk], "ways_on": ways or [a_way("up", "two")]}
    puts_in_force(place, written(stages=stages(**first)))
    return Live(place, now=MONDAY).begins(grounds=("plan",))


def kinds(story: Live) -> list[type]:
    return [type(entry.event) for entry in read_facts(story.case)]


def owed(story: Live, at: datetime = LATER) -> list[str]:
    return sorted(duty.clock for duty in open_case(story.case, at).duties)


# --- what follows from a time ------------------------------------------------------------------------


def test_nothing_happens_before_a_time_has_passed_nor_where_nothing_follows(place: Town) -> None:
    story = when_missed(place, "tell", tells=["partnership.chair"])
    puts_in_force(place, written())
    Live(place, now=MONDAY).begins(grounds=("plan",))
    before = everything()
    assert pass_times(story.now + timedelta(hours=1)) == 0
    assert everything() == before
    assert pass_times(LATER) == 1


def test_those_the_policy_names_are_told_and_may_then_read_the_case(place: Town) -> None:
    story = when_missed(place, "tell", tells=["partnership.chair"])
    assert not can(place.people[CHAIR], "see_case", story.case, story.now).is_allowed
    assert pass_times(LATER) == 1
    notice = Notice.objects.get(kind="time_passed")
    assert (notice.to, notice.what) == (place.posts[CHAIR], "Do talk")
    assert notice.due_at == parse_instant("2026-11-04T23:59:59")
    assert not OutboxRow.objects.filter(to=place.posts[CHAIR]).exists()  # it waits for the morning
    assert can(place.people[CHAIR], "see_case", story.case, LATER).is_allowed


def test_what_the_clock_wrote_names_nobody(place: Town) -> None:
    story = when_missed(place, "tell", tells=["partnership.chair"])
    pass_times(LATER)
    entry = read_facts(story.case)[-1]
    assert (entry.actor.person, entry.actor.post, entry.actor.capacity) == (None, None, "clock")


def test_silence_counts_as_not_agreed_and_the_next_stage_is_owed(place: Town) -> None:
    story = when_missed(place, "fail")
    pass_times(LATER)
    assert story.state.results == {("talk", place.agencies["care"]): "not_held"}
    assert owed(story) == ["talk", "way-up"]


def test_the_case_goes_on_by_itself_and_says_so(place: Town) -> None:
    story = when_missed(place, "move", way="up")
    pass_times(LATER)
    assert kinds(story) == [e.ConcernRaised, e.LimitPassed, e.MovedOn]
    assert story.state.stage == "two"
    assert CaseRow.objects.get().stage == "two"


def test_somebody_must_choose_and_is_told_of_it(place: Town) -> None:
    story = when_missed(place, "choose", by="partnership.coordinator")
    pass_times(LATER)
    assert owed(story) == ["choose-talk", "talk"]
    told = Notice.objects.filter(kind="new_duty", to=place.posts[COORDINATOR])
    assert [row.what for row in told] == ["A time has passed. Choose what comes next"]


def test_what_came_too_late_is_barred(place: Town) -> None:
    late = a_way("late", "two", when=[], force="may")
    story = when_missed(place, "bar", way="late", ways=[a_way("up", "two"), late])
    pass_times(LATER)
    story.now = LATER
    answer = story.tries(acts.move_on, way="late", seats=(), reason="R.")
    assert not isinstance(answer, Done)
    assert answer.code == "barred"


# --- once, and for each case ----------------------------------------------------------------------------


@pytest.mark.parametrize("then", ["tell", "fail", "move", "choose", "bar"])
def test_run_twice_nothing_happens_twice(place: Town, then: str) -> None:
    follows: dict[str, dict[str, Any]] = {
        "tell": {"tells": ["partnership.chair"]},
        "fail": {},
        "move": {"way": "up"},
        "choose": {"by": "partnership.coordinator"},
        "bar": {"way": "up"},
    }
    story = when_missed(place, then, **follows[then])
    assert pass_times(LATER) == 1
    after = everything()
    for minutes in (0, 1, 60):
        assert pass_times(LATER + timedelta(minutes=minutes)) == 0
    assert everything() == after
    before = lists()
    rebuild(story.case, LATER)
    assert lists() == before


def test_what_was_done_in_time_is_left_alone(place: Town) -> None:
    story = when_missed(place, "move", way="up")
    story.acts(e.StepRecorded(step=Code("talk"), how=Code("video"), result=Code("agreed"),
                              agencies=story.state.receiving_agencies))  # fmt: skip
    assert pass_times(LATER) == 0
    assert story.state.stage == "one"


def test_a_case_that_cannot_be_done_does_not_hold_the_others_up(place: Town) -> None:
    story = when_missed(place, "fail")
    lost = "f" * 32  # a row whose record is not there
    row = CaseRow.objects.get()
    duty = DutyRow.objects.exclude(acts_at=None).get()
    CaseRow.objects.create(
        **{f.attname: getattr(row, f.attname) for f in CaseRow._meta.concrete_fields}
        | {"case": lost, "reference": "ZZZZZZZZ"}
    )
    fields = {f.attname: getattr(duty, f.attname) for f in DutyRow._meta.concrete_fields}
    earlier = MONDAY - timedelta(days=1)
    DutyRow.objects.create(**fields | {"id": "lost", "case_id": lost, "acts_at": earlier})
    with pytest.raises(ExceptionGroup) as told:
        pass_times(LATER)
    assert [type(fault) for fault in told.value.exceptions] == [ValueError]
    assert e.LimitPassed in kinds(story)


def test_several_cases_are_each_done(place: Town) -> None:
    stories = [when_missed(place, "move", way="up")]
    stories += [Live(place, now=MONDAY).begins(grounds=("plan",)) for _ in range(2)]
    assert pass_times(LATER) == 3
    assert {story.state.stage for story in stories} == {"two"}


def test_the_worker_does_it_in_its_turn(place: Town) -> None:
    story = when_missed(place, "move", way="up")
    steps = {step.name: step for step in all_steps("one")}
    assert take(steps["pass_times"], LATER) is Turn.WORKED
    assert take(steps["pass_times"], LATER) is Turn.IDLE
    assert story.state.stage == "two"


# --- later bank holidays -----------------------------------------------------------------------------------

FRIDAY = datetime(2026, 6, 12, 9, 0, tzinfo=UTC)
"""Scotland's bank holiday of Monday 15 June 2026 was proclaimed after the edition of February."""
BEFORE, AFTER = parse_instant("2026-06-16T23:59:59"), parse_instant("2026-06-17T23:59:59")


@pytest.fixture
def scottish(place: Town) -> Live:
    policy = puts_in_force(place, written(calendar="scotland"))
    return counted_by(place, policy, "2026-02", at=FRIDAY)


def due(story: Live) -> datetime | None:
    return DutyRow.objects.get(case=story.case, clock="talk").due_at


def test_a_bank_holiday_announced_later_moves_what_is_open_by_an_entry(scottish: Live) -> None:
    assert due(scottish) == BEFORE
    now = FRIDAY + timedelta(hours=1)
    assert recount(now) == 1
    assert due(scottish) == AFTER
    moved = read_facts(scottish.case)[-1].event
    assert isinstance(moved, e.CalendarMoved)
    assert (moved.from_edition, moved.to_edition) == ("2026-02", "2026-11")
    assert [(d.clock, d.before_at, d.after_at) for d in moved.deadlines] == [
        ("talk", BEFORE, AFTER)
    ]
    assert CaseRow.objects.get().calendar == "2026-11"


def test_a_time_that_had_passed_stays_as_it_was(scottish: Live) -> None:
    assert recount(BEFORE + timedelta(hours=1)) == 1
    assert due(scottish) == BEFORE
    moved = read_facts(scottish.case)[-1].event
    assert [(d.before_at, d.after_at) for d in moved.deadlines] == [(BEFORE, BEFORE)]


def test_recounted_once_and_the_record_gives_the_same_rows(scottish: Live) -> None:
    now = FRIDAY + timedelta(hours=1)
    assert (recount(now), recount(now), recount_case(scottish.case, now)) == (1, 0, 0)
    before = lists()
    rebuild(scottish.case, now)
    assert lists() == before
    assert load(scottish.case).state.calendars[-1][0] == "2026-11"


def test_a_case_that_has_ended_or_counts_by_the_newest_is_left_alone(
    place: Town, scottish: Live
) -> None:
    scottish.does(acts.withdraw, reason="R.")
    Live(place, now=MONDAY).begins(grounds=("plan",))
    before = everything()
    assert recount(MONDAY + timedelta(hours=1)) == 0
    assert everything() == before


def test_the_directory_is_asked_as_of_that_moment(scottish: Live) -> None:
    """The rows a recount writes have the same owners as those an act would write."""
    recount(FRIDAY + timedelta(hours=1))
    loaded = load(scottish.case)
    held = directory_for(loaded.state, FRIDAY).post(Id(scottish.town.posts[RAISER]))
    assert held is not None
    assert DutyRow.objects.get(case=scottish.case, clock="talk").post == held.id
