"""Whole cases by the use cases alone: raised, taken up Brent's ladder, ended, taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counterpart.access.permission import can
from counterpart.casework import acts, between, outcomes, panels
from counterpart.casework.casefile import CaseFile, find, open_case, working
from counterpart.casework.raising import urgent_contacts
from counterpart.engine import events as e
from counterpart.engine.rules import Refusal
from counterpart.lists.models import CaseRow
from counterpart.messages.models import Notice
from tests.town import CHAIR, HOUR, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


def the_file(story: Story) -> CaseFile:
    return open_case(story.case, story.now)


def owed(story: Story) -> set[tuple[str, str]]:
    """Each open duty: what it is, and the words for who has it."""
    file = the_file(story)
    return {(duty.clock, file.owner_words(duty).split(",")[0]) for duty in file.duties}


def test_from_worry_to_confirmation_over_all_five_stages(place: Town) -> None:
    story = Story(place).raised()
    names = place.names
    teacher = names[RAISER]
    assert owed(story) == {("consult-manager", teacher), ("one-working-week", teacher)}
    story.to_panel()
    assert owed(story) == {("convene-resolution-panel", names[CHAIR])}
    story.convened().heard().decided()
    file = the_file(story)
    assert {duty.clock for duty in file.duties} == {"confirm-outcome", "remaining_risk"}
    assert {duty.body for duty in file.duties} == set(file.state.parties)
    (risk,) = (duty for duty in file.duties if duty.clock == "remaining_risk")
    story.does(between.state_risk, settled_by=risk.entry, is_at_risk=False)
    story.confirmed("school")
    assert story.state.is_open
    story.confirmed("care")
    assert (story.state.status, story.state.ending) == ("closed", "decided")
    assert [duty.clock for duty in the_file(story).duties] == ["action"]
    (action,) = story.state.outcome.actions if story.state.outcome else ()
    story.does(outcomes.finish_action, "care.line_manager", action=action.id, what="Visited.")
    assert the_file(story).duties == ()
    assert CaseRow.objects.get().status == "closed"


def test_agreed_by_the_workers_at_stage_two(place: Town) -> None:
    story = Story(place).raised().settled()
    row = CaseRow.objects.get()
    assert (row.stage, row.waiting_since) == ("other-worker", story.now)
    story.confirmed("care", "school")
    assert (story.state.status, story.state.ending) == ("closed", "agreed")
    row.refresh_from_db()
    assert (row.waiting_since, row.ended_at) == (None, story.now)


def test_dissent_keeps_the_case_open_and_the_week_running(place: Town) -> None:
    story = Story(place).raised().settled()
    story.does(
        outcomes.dissent, WORKER, number=1, agency=place.agencies["care"], reason="No date in it."
    )
    assert story.state.is_open
    assert ("one-working-week", place.names[RAISER]) in owed(story)
    story.does(outcomes.propose_outcome, agreed="They will visit on Friday.")
    story.confirmed("care", "school")
    assert story.state.status == "closed"


def test_a_binding_decision_stands_over_a_dissent_whose_reasons_are_kept(place: Town) -> None:
    story = Story(place).raised().to_panel().convened().heard().decided().confirmed("school")
    story.does(
        outcomes.dissent,
        story.speaker(place.agencies["care"]),
        number=1,
        agency=place.agencies["care"],
        reason="We see less risk.",
    )
    assert (story.state.status, story.state.ending) == ("closed", "decided")
    said = the_file(story).latest(e.OutcomeDissented)
    assert said is not None
    assert said.recorded.event.reason == "We see less risk."


def test_withdrawn_and_taken_up_again_at_the_same_stage(place: Town) -> None:
    story = Story(place).raised().to_workers()
    story.does(acts.withdraw, reason="He has been seen.")
    assert the_file(story).duties == ()
    story.does(acts.reopen, reason="The visit did not happen.")
    assert (story.state.status, story.state.stage) == ("open", "other-worker")
    assert {clock for clock, _ in owed(story)} == {"workers-discuss", "one-working-week"}


def test_immediate_risk_tells_the_lead_and_the_head_of_safeguarding_at_once(place: Town) -> None:
    story = Story(place).raised(is_urgent=True, immediate_risk="He is not safe tonight.")
    urgent = Notice.objects.filter(kind="urgent").values_list("to", flat=True)
    lead, head = "school.designated_safeguarding_lead", "office.head_of_safeguarding"
    assert set(urgent) == {place.posts[lead], place.posts[head]}
    assert [post.id for post in urgent_contacts(the_file(story))] == [
        place.posts[lead],
        place.posts[head],
    ]
    story.records("tell-safeguarding-lead", "done")
    assert ("tell-head-of-safeguarding", place.names[lead]) in owed(story)


def test_the_due_time_shows_its_working(place: Town) -> None:
    file = the_file(Story(place).raised())
    (week,) = (duty for duty in file.duties if duty.clock == "one-working-week")
    lines = working(week, file)
    assert "Monday 2 November 2026: not counted" in " ".join(lines)
    assert sum(": counted" in line for line in lines) == 5
    assert sum("1 working week" in line for line in lines) == 1
    assert any("2026-11" in line for line in lines)
    assert any("One week in all" in line for line in lines)


def test_a_shorter_time_protects_the_child_and_can_only_be_tightened(place: Town) -> None:
    story = Story(place).raised()
    sooner = story.now + timedelta(hours=30)
    what = {"clock": "one-working-week", "reason": "The next contact is tomorrow."}
    story.does(acts.set_limit, "office.business_manager", due_at=sooner, **what)
    (week,) = (duty for duty in the_file(story).duties if duty.clock == "one-working-week")
    assert week.due.at == sooner
    later = story.tries(acts.set_limit, CHAIR, due_at=sooner + HOUR, **what)
    assert isinstance(later, Refusal)
    assert later.code == "not_shorter"


def test_an_entry_written_late_keeps_both_times(place: Town) -> None:
    story = Story(place, now=Story(place).now).raised()
    story.now += timedelta(days=2)
    happened_at = story.now - timedelta(days=1)
    story.records("consult-manager", "done", happened_at=happened_at)
    entry = the_file(story).entries[-1].recorded
    assert (entry.happened_at, entry.written_at) == (happened_at, story.now)


def test_a_correction_stands_beside_what_it_corrects(place: Town) -> None:
    story = Story(place).raised().records("consult-manager", "done", said="On Tuesday.")
    entry = story.answers[-1].entries[0]  # type: ignore[union-attr]  # `records` needs it done
    story.does(acts.correct, entry=entry.id, correction="On Monday.", reason="The wrong day.")
    file = the_file(story)
    assert [c.recorded.event.correction for c in file.corrections[entry.id]] == ["On Monday."]
    assert file.entries[1].recorded.event.said == "On Tuesday."


def test_a_gap_in_policy_comes_before_the_chair(place: Town) -> None:
    story = Story(place).raised()
    assert not can(place.people[CHAIR], "see_case", story.case, story.now).is_allowed
    story.does(acts.report_gap, gap="Nothing says who tells the nursery.")
    assert Notice.objects.filter(kind="policy_gap", to=place.posts[CHAIR]).count() == 1
    assert can(place.people[CHAIR], "see_case", story.case, story.now).is_allowed


def test_the_panel_sees_the_case_until_ten_working_days_after_it_ended(place: Town) -> None:
    story = Story(place).raised().to_panel()
    member = place.people["police.board_representative"]
    assert not can(member, "see_case", story.case, story.now).is_allowed
    story.convened().heard().decided().confirmed()
    ended = story.now
    for days, sees in ((0, True), (13, True), (15, False)):
        answer = can(member, "see_case", story.case, ended + timedelta(days=days))
        assert answer.is_allowed is sees, days


def test_what_was_said_and_by_whom_is_frozen_with_the_entry(place: Town) -> None:
    story = Story(place).raised().records("consult-manager", "done", said="We went through it.")
    first, second = the_file(story).entries
    assert first.recorded.event.child_references == ("NM-40218",)
    assert second.names["actor_name"] == place.names[RAISER]
    assert second.names["actor_post"] == "Practitioner, Oakfield Primary School"
    assert second.recorded.event.said == "We went through it."


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "lower"])
def test_a_case_is_found_by_its_reference_however_it_is_typed(place: Town, typed: str) -> None:
    story = Story(place).raised()
    ref = story.reference
    text = ref.lower() if typed == "lower" else typed.format(ref[:4], ref[4:])
    assert find(text) == story.case


@pytest.mark.parametrize(
    "typed", ["", "-", "0000-0000", "123456789", "ZZZ", "%", "' or 1=1", "\x00"]
)
def test_a_reference_nobody_has_finds_nothing(place: Town, typed: str) -> None:
    Story(place).raised()
    assert find(typed) is None


def test_no_panel_is_convened_without_the_three_agencies_the_policy_asks_for(place: Town) -> None:
    story = Story(place).raised().to_panel()
    answer = story.tries(
        panels.convene_panel,
        CHAIR,
        members=story.members("care.board_representative", "school.board_representative"),
        meets_at=story.now,
        where="Here",
    )
    assert isinstance(answer, Refusal)
    assert answer.code == "too_few_agencies"
