"""A post or an agency is closed, or leaves a partnership: what goes with it, what it must not leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from counterpart.access.permission import can
from counterpart.casework import acts, closing, directory, importing, outcomes
from counterpart.casework.casefile import open_case
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine.rules import Refusal
from counterpart.journal import reading
from counterpart.lists.models import DutyRow
from counterpart.people import changes, colleagues, finders, overview
from counterpart.people.changes import DirectoryFault
from counterpart.people.importing import exporting
from counterpart.people.importing.reading import read_sheet
from counterpart.people.models import Agency, Cover, Holding, Membership, Person, Post
from tests import directory as d
from tests.town import MONDAY, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

OFFICE = "office.business_manager"
DAY = timedelta(days=1)
TODAY = MONDAY.date()
EXPERT, IDLE = "school.line_manager", "mental.practitioner"


@pytest.fixture
def place() -> Town:
    return town()


def by(place: Town, now: Any = MONDAY) -> dict[str, Any]:
    return {"actor": place.acting(OFFICE), "now": now}


def close_post(place: Town, who: str, on: date = TODAY) -> None:
    closing.close_post(post=place.posts[who], closed_on=on, **by(place))


def close_agency(place: Town, agency: str, on: date = TODAY) -> None:
    closing.close_agency(agency=place.agencies[agency], closed_on=on, **by(place))


def events(body: str) -> list[str]:
    return [type(one.event).__name__ for one in reading.read_facts(f"directory-{body}")]


def is_refused(code: str, act: Any, *said: Any) -> None:
    with pytest.raises(DirectoryFault) as refused:
        act(*said)
    assert refused.value.code == code


# --- a post ----------------------------------------------------------------------------------------


def test_what_a_closed_post_had_to_do_is_on_the_desk_at_once_and_history_keeps_its_names(
    place: Town,
) -> None:
    story = Story(place).raised()
    gone, post = place.people[RAISER], place.posts[RAISER]
    later = MONDAY + DAY
    closing.close_post(post=post, closed_on=later.date(), actor=place.acting(OFFICE), now=later)
    assert set(DutyRow.objects.values_list("nobody", "post")) == {("vacant", post)}
    assert events(place.agencies["school"]) == ["HolderLeft", "PostClosed"]
    assert not can(gone, "see_case", story.case, later).is_allowed
    file = open_case(story.case, later)
    (entry,) = file.entries
    assert entry.names["actor_name"] == place.names[RAISER]
    assert "Practitioner" in entry.names["actor_post"]
    assert "Practitioner" in file.post_words(post)


def test_it_is_offered_for_nothing_any_more(place: Town) -> None:
    post, partnership = place.posts[EXPERT], place.partnership
    school = place.agencies["school"]
    close_post(place, EXPERT)
    assert finders.post_in(partnership, post, MONDAY) is None
    found = finders.search_posts(partnership, place.names[EXPERT], MONDAY)
    found += finders.search_posts(partnership, "Line manager", MONDAY)
    assert post not in {one.post for one in found}
    assert finders.opposite_numbers(school, ["line_manager"], MONDAY) == ()
    assert post not in {one.id for one in colleagues.posts_in([school], MONDAY).all_posts()}
    assert finders.posts_of(place.people[EXPERT], MONDAY) == ()
    assert post in {one.post for one in finders.search_posts(partnership, "Line", MONDAY - DAY)}
    assert finders.holders(post, MONDAY - DAY)[0].name == place.names[EXPERT]


def test_one_that_closes_later_goes_on_until_then_and_the_clock_alone_does_the_rest(
    place: Town,
) -> None:
    Story(place).raised()
    until = TODAY + 3 * DAY
    close_post(place, RAISER, until)
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {""}
    assert finders.holders(place.posts[RAISER], MONDAY + 2 * DAY) != ()
    refresh_duties(MONDAY + 3 * DAY)
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {"vacant"}
    assert Holding.objects.get(post=place.posts[RAISER]).until_on == until


def test_nobody_comes_to_it_nor_stands_in_for_it(place: Town) -> None:
    post, other = place.posts[EXPERT], place.people[RAISER]
    d.covers(other, TODAY - DAY, TODAY + 9 * DAY, post=post)
    soon = d.covers(other, TODAY + 20 * DAY, TODAY + 30 * DAY, post=post)
    later = d.holds(place.people["school.board_representative"], post, since=TODAY + 5 * DAY)
    close_post(place, EXPERT)
    assert Cover.objects.get().until_on == TODAY
    assert not Cover.objects.filter(id=soon).exists()
    assert Holding.objects.get(id=later).until_on == TODAY + 5 * DAY
    new: dict[str, Any] = {"id": d.new_id(), "post": post, "person": other, "from_on": TODAY}
    is_refused("closed", lambda: changes.appoint(**new))
    stand_in: dict[str, Any] = {"id": d.new_id(), "covering": other, "post": post, "from_on": TODAY}
    is_refused("closed", lambda: changes.arrange_cover(**stand_in, until_on=TODAY + DAY))


def test_it_is_refused_while_it_has_something_to_do_and_nobody_is_there_to_hand_it_to(
    place: Town,
) -> None:
    Story(place).raised()
    school = Post.objects.filter(agency=place.agencies["school"])
    Holding.objects.filter(post__in=school.exclude(id=place.posts[RAISER])).update(until_on=TODAY)
    before = events(place.agencies["school"])
    is_refused("nobody_to_hand_to", close_post, place, RAISER)
    assert events(place.agencies["school"]) == before
    assert Post.objects.get(id=place.posts[RAISER]).closed_on is None
    d.holds(place.people[EXPERT], place.posts[EXPERT], since=TODAY)
    close_post(place, RAISER)


def test_one_with_nothing_to_do_closes_though_it_is_the_last_one(place: Town) -> None:
    others = Post.objects.filter(agency=place.agencies["mental"]).exclude(id=place.posts[IDLE])
    Holding.objects.filter(post__in=others).update(until_on=TODAY)
    close_post(place, IDLE)


def test_the_last_one_who_has_the_desk_stays(place: Town) -> None:
    is_refused("only_desk", close_post, place, OFFICE)
    second = d.a_post(place.partnership, "business_manager", "Second manager")
    is_refused("only_desk", close_post, place, OFFICE)
    d.a_person(second, name="Second Manager")
    close_post(place, OFFICE)


def test_a_day_that_has_passed_and_a_second_time_are_refused(place: Town) -> None:
    is_refused("passed", close_post, place, EXPERT, TODAY - DAY)
    close_post(place, EXPERT)
    is_refused("closed_already", close_post, place, EXPERT)


def test_nobody_is_asked_to_confirm_it(place: Town) -> None:
    Post.objects.filter(id=place.posts[EXPERT]).update(last_confirmed_on=None)
    assert overview.to_confirm_in(place.partnership, MONDAY) == 1
    close_post(place, EXPERT)
    assert overview.to_confirm_in(place.partnership, MONDAY) == 0
    (counts,) = (
        one
        for one in overview.agencies_kept(overview.agencies_of(place.partnership), MONDAY)[0]
        if one.id == place.agencies["school"]
    )
    assert (counts.posts, counts.vacant, counts.to_confirm) == (4, 0, 0)


def test_files_neither_bring_it_back_nor_hold_it(place: Town) -> None:
    Membership.objects.filter(agency=place.agencies["school"]).update(code="oak")
    Post.objects.filter(id=place.posts[EXPERT]).update(code="zenith")
    close_post(place, EXPERT)
    assert b"zenith" not in exporting.as_csv("posts", place.partnership, TODAY)
    rows = (
        ("posts", "agency,post,tier,title\noak,zenith,line_manager,Manager\n"),
        ("people", "email,name,agency,post\nx@x.example,Xenia Hale,oak,zenith\n"),
    )
    for kind, said in rows:
        sheet = read_sheet(f"{kind}.csv", said.encode())
        plan = importing.dry_run(sheets=[sheet], partnership=place.partnership, now=MONDAY)
        assert "closed in the directory" in plan.problems[0].words


def test_what_cannot_be_handed_on_keeps_the_post_open_until_it_is_done(place: Town) -> None:
    story = Story(place).raised().settled().confirmed()
    who = "care.line_manager"
    is_refused("stays", close_post, place, who)
    successor = d.a_person(place.posts[who], name="Zebediah Quill")
    Holding.objects.filter(post=place.posts[who]).exclude(person=successor).update(until_on=TODAY)
    refresh_duties(story.now)
    action = DutyRow.objects.get(post=place.posts[who])
    assert (action.nobody, action.role) == ("", "")
    DutyRow.objects.all().delete()
    close_post(place, who)


def test_one_named_in_an_outcome_that_is_not_confirmed_stays_until_another_is_named(
    place: Town,
) -> None:
    story, who = Story(place).raised().settled(), "care.line_manager"
    DutyRow.objects.filter(post=place.posts[who]).delete()
    is_refused("proposed", close_post, place, who)
    assert Post.objects.get(id=place.posts[who]).closed_on is None
    close_post(place, EXPERT)
    other = replace(story.action(), post=place.posts["care.operations_manager"])
    story.does(outcomes.propose_outcome, agreed="They will visit.", actions=[other])
    DutyRow.objects.filter(post=place.posts[who]).delete()
    close_post(place, who)


# --- an agency -------------------------------------------------------------------------------------


def test_an_agency_is_closed_with_all_its_posts_and_keeps_its_name(place: Town) -> None:
    mental = place.agencies["mental"]
    Person.objects.filter(id=place.people[IDLE]).update(mail="joan@mental.example")
    close_agency(place, "mental")
    assert events(mental) == ["HolderLeft"] * 5 + ["PostClosed"] * 5 + ["AgencyClosed"]
    assert mental not in {one.id for one in finders.agencies_in(place.partnership, MONDAY)}
    assert mental in {one.id for one in finders.agencies_in(place.partnership, MONDAY - DAY)}
    assert finders.body_names([mental]) == {mental: "Northmere Mental Health"}
    assert finders.posts_of(place.people[IDLE], MONDAY) == ()
    is_refused("closed", lambda: changes.add_post(
        id=d.new_id(), body=mental, tier="practitioner", title="New"))  # fmt: skip
    assert Person.objects.get(id=place.people[IDLE]).name == place.names[IDLE]
    is_refused("closed_already", close_agency, place, "mental")


def test_it_is_brought_into_no_case(place: Town) -> None:
    story = Story(place).raised()
    close_agency(place, "mental")
    answer = story.tries(
        acts.redirect, "care.practitioner", from_agency=place.agencies["care"],
        to_agency=place.agencies["mental"], reason="It is theirs.",
    )  # fmt: skip
    assert isinstance(answer, Refusal)
    assert answer.code == "no_such_agency"


def test_while_it_has_a_part_in_an_open_case_it_stays(place: Town) -> None:
    story = Story(place).raised()
    before = events(place.agencies["care"])
    for agency in ("care", "school"):
        is_refused("party", close_agency, place, agency)
    assert events(place.agencies["care"]) == before
    assert Agency.objects.get(id=place.agencies["care"]).closed_on is None
    story.does(acts.withdraw, reason="It was a misunderstanding.")
    close_agency(place, "care")
    assert (
        open_case(story.case, story.now).body_name(place.agencies["care"]).startswith("Northmere")
    )


def test_while_one_of_its_posts_has_something_left_to_do_it_stays(place: Town) -> None:
    Story(place).raised().settled().confirmed()
    before = events(place.agencies["care"])
    is_refused("to_do", close_agency, place, "care")
    assert events(place.agencies["care"]) == before
    DutyRow.objects.all().delete()
    close_agency(place, "care")


def test_closing_later_it_goes_on_until_then(place: Town) -> None:
    close_agency(place, "mental", TODAY + 5 * DAY)
    assert finders.posts_of(place.people[IDLE], MONDAY + 4 * DAY) != ()
    assert finders.posts_of(place.people[IDLE], MONDAY + 5 * DAY) == ()


# --- a share ---------------------------------------------------------------------------------------


def test_an_agency_of_several_partnerships_leaves_one_and_goes_on_in_the_other(place: Town) -> None:
    police, other = place.agencies["police"], d.a_partnership("Southmere")
    changes.join_partnership(agency=police, partnership=other, name="Northmere Police")
    is_refused("shared", close_agency, place, "police")
    holder = place.people["police.practitioner"]
    assert len(finders.partnerships_open_to(holder, MONDAY)) == 2
    closing.leave_partnership(agency=police, partnership=place.partnership, **by(place))
    assert [one.id for one in finders.partnerships_open_to(holder, MONDAY)] == [other]
    assert events(police) == ["AgencyLeftPartnership"]
    with pytest.raises(DirectoryFault, match="in no other partnership"):
        closing.leave_partnership(agency=police, partnership=other, **by(place))


def test_it_cannot_leave_while_it_has_a_part_in_an_open_case_there(place: Town) -> None:
    Story(place).raised()
    care, other = place.agencies["care"], d.a_partnership("Southmere")
    changes.join_partnership(agency=care, partnership=other, name="Care")
    with pytest.raises(DirectoryFault, match="part in an open case"):
        closing.leave_partnership(agency=care, partnership=place.partnership, **by(place))
    closing.leave_partnership(agency=care, partnership=other, **by(place))
    assert Membership.objects.filter(agency=care).count() == 1


def test_somebody_new_may_come_to_a_post_that_is_not_closed(place: Town) -> None:
    close_post(place, EXPERT)
    directory.appoint_new(
        post=place.posts[RAISER], name="New", mail="new@x.example", from_on=TODAY, **by(place)
    )


# --- opened again ----------------------------------------------------------------------------------


def open_post(place: Town, who: str) -> None:
    closing.open_post_again(post=place.posts[who], **by(place))


def open_agency(place: Town, agency: str) -> None:
    closing.open_agency_again(agency=place.agencies[agency], **by(place))


def test_a_post_opened_again_is_there_as_before_but_for_who_holds_it(place: Town) -> None:
    close_post(place, EXPERT)
    open_post(place, EXPERT)
    shown = overview.post_shown(place.posts[EXPERT], MONDAY)
    assert shown is not None
    assert (shown.closed_on, shown.holders) == (None, ())
    directory.appoint(
        id=d.new_id(), post=place.posts[EXPERT], person=place.people[EXPERT], from_on=TODAY,
        **by(place),
    )  # fmt: skip
    shown = overview.post_shown(place.posts[EXPERT], MONDAY)
    assert shown is not None
    assert shown.holders == ((place.people[EXPERT], place.names[EXPERT]),)
    assert events(place.agencies["school"])[-2:] == ["PostOpenedAgain", "HolderAppointed"]


def test_what_a_post_has_to_do_is_with_whoever_comes_to_it_once_it_is_opened_again(
    place: Town,
) -> None:
    Story(place).raised()
    close_post(place, RAISER)
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {"vacant"}
    open_post(place, RAISER)
    directory.appoint(
        id=d.new_id(), post=place.posts[RAISER], person=place.people[RAISER], from_on=TODAY,
        **by(place),
    )  # fmt: skip
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {""}


def test_what_was_only_to_close_is_not_closed_on_that_day(place: Town) -> None:
    close_agency(place, "mental", TODAY + 5 * DAY)
    open_agency(place, "mental")
    later = MONDAY + 6 * DAY
    names = [agency.id for agency in finders.agencies_in(place.partnership, later)]
    assert place.agencies["mental"] in names


def test_with_an_agency_go_the_posts_that_were_closed_with_it_and_no_other(place: Town) -> None:
    close_post(place, IDLE)
    close_agency(place, "mental", TODAY + DAY)
    open_agency(place, "mental")
    mental = place.agencies["mental"]
    assert list(Post.objects.filter(agency=mental).exclude(closed_on=None)) == [
        Post.objects.get(id=place.posts[IDLE])
    ]


def test_what_is_open_or_stands_in_a_closed_agency_cannot_be_opened_again(place: Town) -> None:
    is_refused("open_already", open_post, place, EXPERT)
    is_refused("open_already", open_agency, place, "mental")
    close_agency(place, "mental")
    is_refused("agency_closed", open_post, place, IDLE)
