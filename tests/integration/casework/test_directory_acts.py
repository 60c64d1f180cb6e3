"""People come and go: the duties of a post that falls vacant show nobody at once, and its next holder has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from counterpart.access.permission import can
from counterpart.casework import directory
from counterpart.casework.actors import the_clock
from counterpart.casework.casefile import open_case
from counterpart.casework.upkeep import refresh_duties, refresh_this_minute
from counterpart.journal import reading
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice
from counterpart.people.changes import DirectoryFault
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.casework.standing import everything
from tests.town import CHAIR, MONDAY, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

OFFICE = "office.business_manager"
DAY = timedelta(days=1)


@pytest.fixture
def place() -> Town:
    return town()


def leaves(place: Town, who: str, on: date) -> None:
    holding = Holding.objects.get(post=place.posts[who], person=place.people[who])
    directory.end_holding(
        holding=holding.id, until_on=on, actor=place.acting(OFFICE), now=MONDAY + DAY
    )


def test_when_the_holder_leaves_the_duty_shows_nobody_at_once(place: Town) -> None:
    story = Story(place).raised()
    leaves(place, RAISER, MONDAY.date() + DAY)
    rows = DutyRow.objects.values_list("clock", "nobody", "post")
    assert {row[1:] for row in rows} == {("vacant", place.posts[RAISER])}
    file = open_case(story.case, MONDAY + DAY)
    assert file.owner_words(file.duties[0]).startswith("Nobody to go to: the post is vacant")
    assert [entry.names["actor_name"] for entry in file.entries] == [place.names[RAISER]]


def test_a_leaver_is_kept_out_at_the_next_request_and_so_is_a_raiser_who_leaves(
    place: Town,
) -> None:
    story = Story(place).raised().to_managers()
    later = MONDAY + DAY
    gone = place.people["care.line_manager"]
    assert can(gone, "see_case", story.case, later).is_allowed
    leaves(place, "care.line_manager", later.date())
    assert not can(gone, "see_case", story.case, later).is_allowed
    assert can(place.people[RAISER], "see_case", story.case, later).is_allowed
    leaves(place, RAISER, later.date())
    assert not can(place.people[RAISER], "see_case", story.case, later).is_allowed


def test_when_somebody_is_appointed_the_duty_is_theirs(place: Town) -> None:
    Story(place).raised()
    leaves(place, RAISER, MONDAY.date() + DAY)
    newcomer = d.new_id()
    directory.add_person(id=newcomer, name="Next Teacher")
    directory.appoint(
        post=place.posts[RAISER],
        person=newcomer,
        from_on=MONDAY.date() + DAY,
        actor=place.acting(OFFICE),
        now=MONDAY + DAY,
    )
    assert not DutyRow.objects.exclude(nobody="").exists()
    (stream,) = (
        head for head in reading.all_streams("directory") if place.agencies["school"] in head.id
    )
    kinds = [type(entry.event).__name__ for entry in reading.read_facts(stream.id)]
    assert kinds[-2:] == ["HolderLeft", "HolderAppointed"]


def test_a_post_added_where_there_was_none_takes_the_duty(place: Town) -> None:
    place = town(agencies=("school", "care"), vacant=(CHAIR,))
    story = Story(place).raised().to_panel()
    (row,) = DutyRow.objects.filter(clock="convene-resolution-panel")
    assert row.nobody == "vacant"
    post, person = d.new_id(), d.new_id()
    by: dict[str, Any] = {"actor": place.acting(OFFICE), "now": story.now}
    directory.add_post(
        id=post,
        body=place.partnership,
        tier="independent_chair",
        title="Acting chair",
        **by,
    )
    directory.add_person(id=person, name="Acting Chair")
    directory.appoint(post=post, person=person, from_on=story.now.date(), **by)
    row.refresh_from_db()
    assert (row.nobody, row.post) == ("", post)
    assert can(person, "convene_panel", story.case, story.now).is_allowed


def test_the_clock_alone_shows_a_post_that_fell_vacant_overnight(place: Town) -> None:
    Story(place).raised()
    leaves(place, RAISER, MONDAY.date() + 3 * DAY)
    assert not DutyRow.objects.exclude(nobody="").exists()
    refresh_duties(MONDAY + 3 * DAY)
    assert DutyRow.objects.exclude(nobody="").count() == DutyRow.objects.count() == 2


def test_within_an_hour_every_case_has_had_its_minute_once(place: Town) -> None:
    for _ in range(3):
        Story(place).raised()
    leaves(place, RAISER, MONDAY.date() + 3 * DAY)
    later = MONDAY + 3 * DAY
    done = [refresh_this_minute(later + timedelta(minutes=n)) for n in range(60)]
    assert sum(done) == 3
    assert DutyRow.objects.exclude(nobody="").count() == DutyRow.objects.count() == 6


def test_working_duties_out_anew_owes_no_word_and_changes_nothing(place: Town) -> None:
    story = Story(place).raised().to_managers()
    before = everything()
    assert refresh_duties(story.now) == 1
    assert refresh_duties(story.now, bodies=[place.agencies["police"]]) == 0
    assert everything() == before


def test_whoever_stands_in_is_shown_and_may_act(place: Town) -> None:
    story = Story(place).raised().to_managers()
    directory.arrange_cover(
        person=place.people["care.line_manager"],
        covering=place.people["care.designated_safeguarding_lead"],
        from_on=story.now.date(),
        until_on=story.now.date() + 7 * DAY,
        actor=place.acting(OFFICE),
        now=story.now,
    )
    stand_in = place.people["care.designated_safeguarding_lead"]
    assert can(stand_in, "record", story.case, story.now).is_allowed
    assert not can(stand_in, "record", story.case, story.now + 8 * DAY).is_allowed
    post = open_case(story.case, story.now).directory.post(place.posts["care.line_manager"])  # type: ignore[arg-type]
    assert post is not None
    assert post.holders[0].acting_for == place.people["care.line_manager"]


def test_a_change_that_cannot_be_leaves_nothing(place: Town) -> None:
    Story(place).raised()
    before = everything()
    with pytest.raises(DirectoryFault):
        leaves(place, RAISER, date(2019, 1, 1))
    with pytest.raises(DirectoryFault):
        directory.add_post(
            id=d.new_id(),
            body="f" * 32,
            tier="practitioner",
            title="X",
            actor=the_clock(),
            now=MONDAY,
        )
    assert everything() == before


def test_the_directorys_own_record_tells_the_whole_story() -> None:
    partnership, agency, post, person = (d.new_id() for _ in range(4))
    by: dict[str, Any] = {"actor": the_clock(), "now": MONDAY}
    directory.form_partnership(id=partnership, code="p", name="A Partnership", area="", **by)
    directory.add_agency(
        id=agency, partnerships=[partnership], name="A School", kind="school", **by
    )
    directory.add_post(id=post, body=agency, tier="practitioner", title="Teacher", **by)
    directory.add_person(id=person, name="A Teacher")
    directory.appoint(post=post, person=person, from_on=MONDAY.date(), **by)
    whole = reading.read_whole(f"directory-{agency}")
    assert [type(one.recorded.event).__name__ for one in whole] == [
        "AgencyAdded", "PostAdded", "HolderAppointed",
    ]  # fmt: skip
    assert [one.recorded.event.name if hasattr(one.recorded.event, "name") else one.recorded.event.title
            for one in whole] == ["A School", "Teacher", "A Teacher"]  # fmt: skip
    assert Notice.objects.count() == 0


def test_with_nobody_to_tell_of_immediate_risk_the_business_manager_is_told(place: Town) -> None:
    head = "office.head_of_safeguarding"
    leaves(place, head, MONDAY.date() - DAY)
    Story(place).raised(is_urgent=True)
    told = set(Notice.objects.filter(kind="urgent").values_list("to", flat=True))
    assert place.posts[OFFICE] in told


def test_with_somebody_to_tell_the_office_is_left_alone(place: Town) -> None:
    Story(place).raised(is_urgent=True)
    told = set(Notice.objects.filter(kind="urgent").values_list("to", flat=True))
    assert place.posts[OFFICE] not in told


def test_the_other_side_sees_nothing_before_the_case_comes_to_them(place: Town) -> None:
    story = Story(place).raised()
    worker = place.people["care.practitioner"]
    assert not can(worker, "see_case", story.case, story.now).is_allowed
    assert not Notice.objects.filter(to=place.posts["care.practitioner"]).exists()
    story.to_workers()
    assert can(worker, "see_case", story.case, story.now).is_allowed
    assert Notice.objects.filter(to=place.posts["care.practitioner"]).exists()
