"""A case that the business manager may not see is watched by the next seat of the office, who is told at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counterpart.access.models import Relation
from counterpart.access.permission import can
from counterpart.access.visibility import kept_from_desk, visible
from counterpart.casework import acts, keeping, upkeep
from counterpart.casework.climbing import climb, unheard_in
from counterpart.casework.watching import unwatched_by, watched_by
from counterpart.engine.rules import Refusal
from counterpart.lists import finding
from counterpart.messages import outbox
from counterpart.messages.faults import faults, faults_of
from counterpart.messages.kinds import REFUSED
from counterpart.messages.models import Notice, OutboxRow
from counterpart.messages.notices import notices_for
from counterpart.messages.recipients import Nobody, recipients_of
from counterpart.people import changes
from counterpart.people.models import Holding, Person
from tests import directory as d
from tests.town import CHAIR, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

OFFICE, SECOND = "office.business_manager", "office.head_of_safeguarding"
LEAVES = {"reason": "family_tie", "why": "My sister’s child."}
A_DAY = timedelta(days=1)


@pytest.fixture
def place() -> Town:
    return town()


def begun(place: Town, **more: str) -> Story:
    """A case that has come to the two workers."""
    return Story(place).raised(**more).to_workers()


def left(place: Town, *more: str) -> Story:
    """The same, and the business manager has left it, as have these others of the office."""
    story = begun(place)
    for who in (OFFICE, *more):
        story.does(keeping.declare_tie, who, **LEAVES)
    return story


def watchers(story: Story) -> list[tuple[str, str]]:
    rows = Relation.objects.filter(case=story.case, kind="watcher")
    return list(rows.values_list("subject_kind", "subject"))


def sees(place: Town, story: Story, who: str) -> bool:
    person = place.people[who]
    answer = can(person, "see_case", story.case, story.now).is_allowed
    assert answer is (story.case in set(visible(person, story.now)))
    return answer


def told(place: Town, story: Story, who: str) -> list[str]:
    """What they are told of in the app, and what goes to them by mail, each as its kind."""
    person = place.people[who]
    rows = notices_for(person, story.now + A_DAY).rows
    return [row.kind for row in rows if row.case == story.case]


def mailed(place: Town, story: Story, who: str, kind: str) -> bool:
    """Whether an e-mail of this kind has somebody's address to go to, and theirs is one."""
    person = place.people[who]
    Person.objects.filter(id=person).update(mail=f"{person[:8]}@x.example")
    for row in OutboxRow.objects.filter(template=kind, reference=story.reference):
        found = recipients_of(row, story.now + A_DAY)
        if not isinstance(found, Nobody) and person in {one.key for one in found}:
            return True
    return False


def goes(place: Town, who: str, story: Story) -> None:
    """The post is vacant from now on, and the lists have been worked out anew."""
    holding = Holding.objects.get(post=place.posts[who], until_on=None)
    changes.end_holding(holding=holding.id, until_on=(story.now - A_DAY).date())
    upkeep.refresh_duties(story.now)


# --- who watches ------------------------------------------------------------------------------------


def test_while_the_business_manager_may_see_it_nobody_watches_in_their_place(place: Town) -> None:
    story = begun(place)
    story.does(keeping.declare_tie, "care.practitioner", **LEAVES)
    assert watchers(story) == []
    assert not sees(place, story, CHAIR)


def test_the_business_manager_leaves_and_the_chair_is_told_at_once_and_may_mend_it(
    place: Town,
) -> None:
    story = left(place)
    assert watchers(story) == [("post", place.posts[CHAIR])]
    assert sees(place, story, CHAIR)
    assert not sees(place, story, SECOND)
    assert not sees(place, story, OFFICE)
    assert can(place.people[CHAIR], "reassign", story.case, story.now).is_allowed
    assert "watch" in told(place, story, CHAIR)
    assert mailed(place, story, CHAIR, "watch")
    assert told(place, story, SECOND) == []
    assert told(place, story, OFFICE) == []
    assert watched_by(place.people[CHAIR], story.now) == [story.case]
    assert watched_by(place.people[OFFICE], story.now) == []


def test_once_the_chair_has_left_too_it_is_the_next_of_the_office(place: Town) -> None:
    story = left(place, CHAIR)
    assert watchers(story) == [("post", place.posts[SECOND])]
    assert told(place, story, SECOND) == ["watch"]
    assert told(place, story, CHAIR) == []


def test_a_second_business_manager_who_may_see_it_goes_on_watching(place: Town) -> None:
    second = d.a_post(place.partnership, "business_manager", "Second business manager")
    d.a_person(second)
    story = left(place)
    assert watchers(story) == []
    assert list(Notice.objects.filter(kind="left").values_list("to", flat=True)) == [second]


def test_whoever_covers_the_business_manager_without_being_kept_out_does_not_watch(
    place: Town,
) -> None:
    d.covers(d.a_person(), story_day(-3), story_day(30), person=place.people[OFFICE])
    story = left(place)
    assert watchers(story) == [("post", place.posts[CHAIR])]


def story_day(days: int):  # type: ignore[no-untyped-def]  # a date
    return (Story(None).now + timedelta(days=days)).date()  # type: ignore[arg-type]  # only its time


def test_once_they_are_let_back_the_desk_has_it_and_the_chairs_access_ends(place: Town) -> None:
    story = left(place)
    story.does(keeping.let_back, CHAIR, person=place.people[OFFICE], why="A mistake.")
    assert watchers(story) == []
    assert not sees(place, story, CHAIR)
    assert sees(place, story, OFFICE)


def test_a_new_business_manager_takes_it_over_at_once(place: Town) -> None:
    story = left(place)
    d.a_person(d.a_post(place.partnership, "business_manager", "Deputy"))
    upkeep.refresh_duties(story.now, bodies=[place.partnership])
    assert watchers(story) == []
    assert not sees(place, story, CHAIR)


def test_whoever_comes_next_is_told_when_the_watchers_post_falls_vacant(place: Town) -> None:
    story = left(place)
    goes(place, CHAIR, story)
    assert watchers(story) == [("post", place.posts[SECOND])]
    assert told(place, story, SECOND) == ["watch"]
    upkeep.refresh_duties(story.now + A_DAY)
    assert Notice.objects.filter(kind="watch").count() == 2


def test_it_ends_some_days_after_the_case_has(place: Town) -> None:
    story = left(place)
    story.does(acts.withdraw, RAISER, reason="It is settled.")
    rows = Relation.objects.filter(case=story.case, kind="watcher")
    assert [row.until_at for row in rows if row.until_at is None] == []
    assert not can(place.people[CHAIR], "see_case", story.case, story.now + 30 * A_DAY).is_allowed


# --- restricting ------------------------------------------------------------------------------------


def test_restricted_to_the_chair_alone_she_watches_and_is_told(place: Town) -> None:
    story = begun(place)
    chair = place.people[CHAIR]
    story.does(keeping.restrict, OFFICE, people=[chair], why="One of them works there.")
    assert watchers(story) == [("person", chair)]
    assert watched_by(chair, story.now) == [story.case]
    assert "watch" in told(place, story, CHAIR)
    assert mailed(place, story, CHAIR, "watch")
    story.does(keeping.lift_restriction, CHAIR, why="They have gone.")
    assert watchers(story) == []
    assert not sees(place, story, CHAIR)


def test_restricted_to_the_business_manager_the_desk_has_it_with_the_mail_that_failed(
    place: Town,
) -> None:
    story = begun(place)
    person = place.people[OFFICE]
    story.does(keeping.restrict, OFFICE, people=[person], why="One of them works there.")
    assert watchers(story) == []
    kept = kept_from_desk(person, place.partnership, story.now)
    assert kept is not None
    assert story.case not in kept
    outbox.not_sent(OutboxRow.objects.filter(case=story.case)[0], REFUSED, story.now)
    assert story.case in {row.case for row in faults(place.partnership, person, story.now)}


def test_a_case_cannot_be_restricted_to_people_none_of_whom_can_watch_it(place: Town) -> None:
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data protection lead"))
    story = begun(place)
    version = story.state.version
    answer = story.tries(keeping.restrict, OFFICE, people=[lead], why="W.")
    assert isinstance(answer, Refusal)
    assert answer.code == "nobody_watches"
    for title in ("Business manager", "Chair of the Board", "Head of Safeguarding"):
        assert title in answer.words
    assert story.state.version == version


def test_nor_to_somebody_who_is_kept_from_it(place: Town) -> None:
    story = left(place)
    answer = story.tries(keeping.restrict, CHAIR, people=[place.people[OFFICE]], why="W.")
    assert isinstance(answer, Refusal)
    assert answer.code == "nobody_watches"
    assert "Business manager" not in answer.words


# --- nobody is left -----------------------------------------------------------------------------------


def test_where_nobody_is_left_the_data_protection_lead_has_the_reference_and_nothing_else(
    place: Town,
) -> None:
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data protection lead"))
    story = left(place, CHAIR, SECOND)
    assert watchers(story) == []
    assert unwatched_by(lead, story.now) == [story.reference]
    assert not can(lead, "see_case", story.case, story.now).is_allowed
    (word,) = notices_for(lead, story.now + A_DAY).rows
    assert (word.kind, word.case) == ("unwatched", "")
    row = OutboxRow.objects.get(template="unwatched")
    assert (row.to, row.case, row.path) == (lead, "", "/me")
    for who in (OFFICE, CHAIR, SECOND):
        assert unwatched_by(place.people[who], story.now) == []
        assert faults(place.partnership, place.people[who], story.now + A_DAY) == ()


def test_where_there_is_none_those_who_run_the_system_have_it(place: Town) -> None:
    runs = d.a_person(name="Ada Runs")
    d.an_account(runs, "runs@x.example", is_administrator=True)
    story = left(place, CHAIR, SECOND)
    assert unwatched_by(runs, story.now) == [story.reference]
    assert OutboxRow.objects.get(template="unwatched").to == runs


def test_once_somebody_comes_who_may_watch_they_are_told_and_it_is_a_fault_no_longer(
    place: Town,
) -> None:
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data protection lead"))
    story = left(place, CHAIR, SECOND)
    new = d.a_post(place.partnership, "coordinator", "Coordinator")
    person = d.a_person(new)
    upkeep.refresh_duties(story.now, bodies=[place.partnership])
    assert watchers(story) == [("post", new)]
    assert watched_by(person, story.now) == [story.case]
    assert unwatched_by(lead, story.now) == []


# --- what would have been the business manager's ----------------------------------------------------


def test_a_vacancy_a_late_duty_and_a_silent_rung_are_found_by_the_watcher(place: Town) -> None:
    story = left(place)
    late = story.now + 30 * A_DAY
    for who in ("school.operations_manager", "school.line_manager", "school.board_representative"):
        goes(place, who, story)
    goes(place, RAISER, story)
    climb(late)
    rows = finding.duties_of_cases([story.case])[story.case]
    assert any(row.nobody for row in rows)
    assert any(row.due_at and row.due_at < late for row in rows)
    assert unheard_in([]) == ()


def test_the_rung_that_ends_with_the_business_manager_ends_with_the_watcher(place: Town) -> None:
    story = left(place)
    climb(story.now + 60 * A_DAY)
    late = Notice.objects.filter(case=story.case, kind="late")
    assert place.posts[CHAIR] in set(late.values_list("to", flat=True))
    assert place.posts[OFFICE] not in set(late.values_list("to", flat=True))


def test_on_a_restricted_case_it_ends_with_whoever_of_those_named_watches(place: Town) -> None:
    story = begun(place)
    story.does(keeping.restrict, OFFICE, people=[place.people[CHAIR]], why="W.")
    climb(story.now + 60 * A_DAY)
    late = set(Notice.objects.filter(case=story.case, kind="late").values_list("to", flat=True))
    assert place.posts[CHAIR] in late
    assert place.posts[OFFICE] not in late


def test_mail_that_failed_is_the_watchers_and_nobody_elses(place: Town) -> None:
    story = left(place)
    row = OutboxRow.objects.filter(case=story.case).first()
    assert row is not None
    outbox.not_sent(row, REFUSED, story.now)
    found = faults_of([story.case], story.now)
    assert row.id in {fault.id for fault in found}
    assert faults(place.partnership, place.people[OFFICE], story.now) == ()
    assert faults_of([], story.now) == ()


def test_word_for_the_office_goes_to_the_watcher(place: Town) -> None:
    story = left(place)
    before = Notice.objects.count()
    story.does(keeping.declare_tie, "care.practitioner", **LEAVES)
    new = Notice.objects.order_by("id")[before:]
    assert {one.to for one in new if one.kind == "left"} == {place.posts[CHAIR]}
