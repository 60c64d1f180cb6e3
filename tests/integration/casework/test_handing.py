"""Handing on what one has to do: one part or many, each for itself; and being away meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from counterpart.access.permission import can, can_by
from counterpart.access.relations import RelationRow, rewrite_relations
from counterpart.casework import acts, directory
from counterpart.casework.absence import come_back, go_away
from counterpart.casework.casefile import open_case
from counterpart.casework.handing import (
    AN_ACTION,
    CANNOT_TAKE,
    ELSEWHERE,
    ENDED,
    FAULT,
    GONE,
    HAS_IT,
    NOT_YOURS,
    VACANT,
    Handed,
    Part,
    hand_on,
    hand_on_each,
    parts_of,
    was_handed,
)
from counterpart.casework.keeping import keep_out
from counterpart.casework.writing import Done
from counterpart.engine.rules import Refusal
from counterpart.journal.codec import CODEC
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from counterpart.lists.finding import duties_of_cases
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice
from counterpart.people.changes import CoverLoop
from counterpart.people.colleagues import cover_about
from counterpart.people.models import Cover
from tests import directory as d
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.town import MONDAY, RAISER, WORKER, Story, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MANAGER = "school.line_manager"
SENIOR = "school.operations_manager"
LEAD = "school.designated_safeguarding_lead"
AGENCY = "school"
OFFICE = "office.business_manager"


@pytest.fixture
def place() -> Town:
    return town()


def with_the_managers(place: Town) -> Story:
    """A case that has come to the managers of both sides."""
    return Story(place).raised().to_managers()


def part_of(story: Story, who: str = MANAGER) -> Part:
    """What a post has to do in a case."""
    (part,) = (p for p in parts_of(duties_of_cases([story.case])[story.case])
               if p.post == story.town.posts[who])  # fmt: skip
    return part


def hands_on(
    story: Story, *, by: str = MANAGER, to: str = SENIOR, part: Part | None = None, key: str = ""
) -> Done | Refusal:
    """Somebody hands on what a post has to do."""
    return hand_on(
        part=part or part_of(story),
        to=story.town.posts[to],
        reason="I am away until January.",
        person=story.town.people[by],
        now=story.now,
        key=key or d.new_id(),
    )


def owners(story: Story) -> set[str]:
    return set(DutyRow.objects.filter(case=story.case).values_list("post", flat=True))


def handings() -> int:
    return Event.objects.filter(type="seat_taken", facts__contains="handed_on").count()


# --- one part -------------------------------------------------------------------------------------


def test_a_part_handed_on_is_the_other_posts_at_once_and_on_the_record(place: Town) -> None:
    story = with_the_managers(place)
    answer = hands_on(story)
    assert isinstance(answer, Done)
    assert place.posts[SENIOR] in owners(story)
    assert place.posts[MANAGER] not in owners(story)
    (entry,) = answer.entries
    assert (entry.event.cause, entry.actor.post) == ("handed_on", place.posts[MANAGER])
    assert Notice.objects.filter(kind="new_duty", to=place.posts[SENIOR]).exists()
    assert can(place.people[SENIOR], "record", story.case, story.now).is_allowed
    assert not can(place.people[MANAGER], "see_case", story.case, story.now).is_allowed


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ("police.line_manager", ELSEWHERE),
        ("care.operations_manager", ELSEWHERE),
        (MANAGER, HAS_IT),
    ],
)
def test_it_goes_to_nobody_outside_their_agency_nor_to_whoever_has_it(
    place: Town, to: str, refusal: Refusal
) -> None:
    story = with_the_managers(place)
    assert hands_on(story, to=to) == refusal
    assert place.posts[MANAGER] in owners(story)


def test_a_post_that_nobody_holds_cannot_take_it() -> None:
    story = with_the_managers(town(vacant=[SENIOR]))
    assert hands_on(story) == VACANT


def test_whoever_is_kept_from_the_case_cannot_take_it_and_why_is_not_said(place: Town) -> None:
    story = with_the_managers(place)
    story.does(keep_out, OFFICE, person=place.people[SENIOR], reason="subject_of_concern", why="W.")
    answer = hands_on(story)
    assert answer == CANNOT_TAKE
    assert "kept" not in CANNOT_TAKE.words
    assert "subject" not in CANNOT_TAKE.words


@pytest.mark.parametrize("who", [SENIOR, RAISER, WORKER, "school.board_representative", OFFICE])
def test_nobody_but_whoever_has_it_can_hand_it_on(place: Town, who: str) -> None:
    story = with_the_managers(place)
    assert hands_on(story, by=who) == NOT_YOURS


def test_what_is_done_or_handed_on_already_cannot_be_handed_on(place: Town) -> None:
    story = with_the_managers(place)
    part = part_of(story)
    nothing = Part(part.case, part.body, "senior", part.post)
    assert hands_on(story, part=nothing) == GONE


def test_the_same_form_twice_makes_one_entry_and_says_so(place: Town) -> None:
    story = with_the_managers(place)
    part, key = part_of(story), d.new_id()
    first = hands_on(story, part=part, key=key)
    again = hands_on(story, part=part, to="school.board_representative", key=key)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.entries == first.entries
    assert handings() == 1
    assert was_handed(part=part, person=place.people[MANAGER], key=key)
    assert not was_handed(part=part, person=place.people[SENIOR], key=key)


# --- everything at once ---------------------------------------------------------------------------


def everything(
    place: Town, stories: list[Story], *, key: str = "k", to: str = SENIOR
) -> tuple[Handed, ...]:
    """The line manager hands on what they have in all of these."""
    return hand_on_each(
        parts={part_of(story): place.posts[to] for story in stories},
        reason="I am leaving.",
        person=place.people[MANAGER],
        now=stories[-1].now,
        key=key,
    )


def test_each_case_is_handed_on_for_itself_and_the_office_is_told_of_what_stayed(
    place: Town,
) -> None:
    first, barred, last = (with_the_managers(place) for _ in range(3))
    barred.does(keep_out, OFFICE, person=place.people[SENIOR], reason="family_tie", why="W.")
    done = everything(place, [first, barred, last])
    assert [each.refusal for each in done] == [None, CANNOT_TAKE, None]
    assert [place.posts[SENIOR] in owners(story) for story in (first, barred, last)] == [
        True, False, True,
    ]  # fmt: skip
    assert place.posts[MANAGER] in owners(barred)
    told = Notice.objects.filter(kind="not_handed")
    assert set(told.values_list("case", "to")) == {(barred.case, place.posts[OFFICE])}
    assert all(told.values_list("what", flat=True))


def test_the_same_form_twice_hands_on_and_tells_once(place: Town) -> None:
    first, barred = with_the_managers(place), with_the_managers(place)
    barred.does(keep_out, OFFICE, person=place.people[SENIOR], reason="family_tie", why="W.")
    parts = {part_of(story): place.posts[SENIOR] for story in (first, barred)}
    how: dict[str, Any] = {
        "parts": parts,
        "reason": "R.",
        "person": place.people[MANAGER],
        "now": barred.now,
    }
    done = hand_on_each(key="k", **how)
    told = Notice.objects.filter(kind="not_handed").count()
    assert hand_on_each(key="k", **how) == done
    assert handings() == 1
    assert Notice.objects.filter(kind="not_handed").count() == told > 0


def test_a_case_that_cannot_be_read_does_not_hold_the_others_up(place: Town) -> None:
    story = with_the_managers(place)
    sound = part_of(story)
    broken = Part("f" * 32, sound.body, sound.role, sound.post)
    rewrite_relations(
        broken.case, [RelationRow("post", broken.post, "receiving_side", MONDAY - DAY)]
    )
    to = place.posts[SENIOR]
    done = hand_on_each(parts={broken: to, sound: to}, reason="R.",
                        person=place.people[MANAGER], now=story.now, key="k")  # fmt: skip
    assert [each.refusal for each in done] == [FAULT, None]


def test_what_is_left_to_do_in_an_ended_case_stays_with_the_post_and_the_office_is_told(
    place: Town,
) -> None:
    story = Story(place).raised().settled().confirmed()
    manager = "care.line_manager"
    (done,) = hand_on_each(
        parts={part_of(story, manager): place.posts["care.operations_manager"]},
        reason="R.", person=place.people[manager], now=story.now, key="k",
    )  # fmt: skip
    assert done.refusal == AN_ACTION
    assert place.posts[manager] in owners(story)
    assert Notice.objects.filter(kind="not_handed", to=place.posts[OFFICE]).count() == 1


def test_what_is_to_be_done_after_a_case_has_ended_stays_with_whoever_has_it() -> None:
    place = a_whole_town()
    puts_in_force(place, policy_file("somerset"))
    story = Live(place).begins()
    story.does(acts.withdraw, reason="It was settled.")
    rows = [row for row in duties_of_cases([story.case])[story.case] if row.role and row.post]
    part = next(iter(parts_of(rows)))
    who = next(name for name, post in place.posts.items() if post == part.post)
    assert hands_on(story, by=who, to="school.senior_manager", part=part) == ENDED
    assert part.post in owners(story)


# --- standing in ----------------------------------------------------------------------------------


def away(place: Town, who: str, by: str, now_story: Story, **how: str) -> None:
    """Somebody is away for a week, and says who stands in."""
    go_away(
        person=place.people[who],
        covering={place.agency_of(who): place.people[by]},
        from_on=now_story.now.date(),
        until_on=now_story.now.date() + 7 * DAY,
        now=now_story.now,
        key=how.get("key", d.new_id()),
    )


def test_whoever_stands_in_hands_on_for_the_one_covered_and_the_record_says_so(
    place: Town,
) -> None:
    story = with_the_managers(place)
    stand_in = LEAD
    away(place, MANAGER, stand_in, story)
    answer = hands_on(story, by=stand_in)
    assert isinstance(answer, Done)
    assert answer.entries[0].actor.acting_for == place.people[MANAGER]
    names = read_whole(story.case)[-1].names
    assert names["actor_post"].endswith(f"standing in for {place.names[MANAGER]}")


def test_the_conflicts_of_the_one_covered_stay_also_where_the_stand_in_has_rights_of_their_own(
    place: Town,
) -> None:
    """Cover gives what the covered person may do, never more; and takes nothing away from one's own."""
    story = with_the_managers(place)
    away(place, MANAGER, RAISER, story)
    part = part_of(story)
    worker = place.people[RAISER]
    assert can_by(worker, "hand_on", story.case, story.now, post=part.post).is_allowed
    story.does(keep_out, OFFICE, person=place.people[MANAGER], reason="family_tie", why="W.")
    before = can(worker, "see_case", story.case, story.now)
    by_cover = can_by(worker, "hand_on", story.case, story.now, post=part.post)
    assert not by_cover.is_allowed
    assert by_cover.reason == "kept_out"
    assert not before.is_allowed or before.acting_for is None
    assert hands_on(story, by=RAISER, part=part) == NOT_YOURS


def test_a_stand_in_may_do_nothing_in_a_case_that_the_one_covered_may_not(place: Town) -> None:
    story = with_the_managers(place)
    stand_in = LEAD
    away(place, "school.board_representative", stand_in, story)
    for act in ("see_case", "record", "hand_on"):
        assert not can(place.people[stand_in], act, story.case, story.now).is_allowed
    away(place, MANAGER, stand_in, story)
    for act in ("see_case", "record", "hand_on"):
        mine = can(place.people[stand_in], act, story.case, story.now).is_allowed
        assert mine == can(place.people[MANAGER], act, story.case, story.now).is_allowed
    for act in ("reassign", "decide", "set_limit"):
        assert not can(place.people[stand_in], act, story.case, story.now).is_allowed


def test_being_away_is_arranged_once_and_can_be_taken_back(place: Town) -> None:
    story = with_the_managers(place)
    stand_in = LEAD
    for _ in range(2):
        away(place, MANAGER, stand_in, story, key="one")
    (arranged,) = cover_about(place.people[MANAGER], story.now).for_me
    (given,) = cover_about(place.people[stand_in], story.now).by_me
    assert arranged == given
    assert given.covered_names == (place.names[MANAGER],)
    assert given.is_whole
    assert not come_back(person=place.people[stand_in], cover=arranged.id, now=story.now)
    assert not come_back(person=place.people[WORKER], cover=arranged.id, now=story.now)
    later = story.now + 2 * DAY
    assert come_back(person=place.people[MANAGER], cover=arranged.id, now=later)
    assert not can(place.people[stand_in], "see_case", story.case, later).is_allowed
    assert not come_back(person=place.people[MANAGER], cover=arranged.id, now=later)
    said = [type(one.recorded.event).__name__
            for one in read_whole(f"directory-{place.agencies[AGENCY]}")]  # fmt: skip
    assert said[-2:] == ["CoverArranged", "CoverEnded"]


def test_cover_taken_back_on_its_first_day_was_none(place: Town) -> None:
    story = with_the_managers(place)
    away(place, MANAGER, RAISER, story)
    (arranged,) = cover_about(place.people[MANAGER], story.now).for_me
    assert come_back(person=place.people[MANAGER], cover=arranged.id, now=story.now)
    assert not Cover.objects.exists()


def test_two_cannot_stand_in_for_each_other(place: Town) -> None:
    story = with_the_managers(place)
    away(place, MANAGER, RAISER, story)
    with pytest.raises(CoverLoop):
        away(place, RAISER, MANAGER, story)
    assert Cover.objects.count() == 1


def test_with_posts_in_two_places_each_place_has_its_own_stand_in_for_its_posts_alone(
    place: Town,
) -> None:
    story = with_the_managers(place)
    police = place.posts["police.practitioner"]
    directory.appoint(post=police, person=place.people[MANAGER], from_on=d.LONG_AGO,
                      actor=place.acting(OFFICE), now=story.now)  # fmt: skip
    go_away(
        person=place.people[MANAGER],
        covering={
            place.agencies[AGENCY]: place.people[LEAD],
            place.agencies["police"]: place.people["police.line_manager"],
        },
        from_on=story.now.date(),
        until_on=story.now.date() + DAY,
        now=story.now,
        key="k",
    )
    assert can(place.people[LEAD], "record", story.case,
               story.now).is_allowed  # fmt: skip
    assert not can(place.people["police.line_manager"], "see_case", story.case,
                   story.now).is_allowed  # fmt: skip
    assert len(cover_about(place.people[MANAGER], story.now).for_me) == 2
    shown = open_case(story.case, story.now).post_words(place.posts[MANAGER])
    assert place.names[LEAD] in shown


def test_an_event_of_cover_from_before_it_knew_of_posts_is_read_as_all_of_them() -> None:
    facts = (
        '{"cover":"c","covered":"a","covering":"b","from_on":"2026-01-01","until_on":"2026-02-01"}'
    )
    assert CODEC.decode("cover_arranged", 1, facts).post is None
