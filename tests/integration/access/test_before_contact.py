"""Until the sides have met, nobody of the other agency sees the case, is told of it, or finds it by any way round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from counterpart.access.visibility import visible
from counterpart.casework import acts
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.casework.upkeep import refresh_duties
from counterpart.engine import contact
from counterpart.messages.models import MeetingInvitation, Notice, OutboxRow
from counterpart.people.kinds import LINE_MANAGER
from counterpart.people.models import Holding, Post
from tests import directory as d
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.signed_in import sign_in
from tests.town import MONDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def story() -> Live:
    """At Brent the raiser talks to their own side first. The worker of the other agency is named already."""
    place = a_whole_town()
    puts_in_force(place, policy_file("brent"))
    made = Live(place, now=MONDAY).begins()
    assert not contact.has_begun(made.policy, made.state)
    return made


def of_the_other_agency(story: Live) -> list[str]:
    """Everybody who holds a post there, at every tier; one who stands in; and a manager with two hats."""
    care = story.town.agencies["care"]
    stand_in = d.a_person(d.a_post(story.town.agencies["mental"], "practitioner"), name="Stand In")
    d.covers(stand_in, MONDAY.date() - DAY, MONDAY.date() + 90 * DAY,
             person=story.town.people["care.line_manager"])  # fmt: skip
    d.a_post(care, "data_protection_lead")
    lead = d.a_person(*Post.objects.filter(agency=care, tier="data_protection_lead")
                      .values_list("id", flat=True), name="Data Lead")  # fmt: skip
    here = Holding.objects.filter(post__agency=care).values_list("person_id", flat=True)
    return sorted({*here, stand_in, lead})


def after_all_that_can_happen(story: Live) -> None:
    """A risk is reported, a gap too, times pass, and the directory and the lists are gone through."""
    story.does(acts.report_risk, why="He was seen with a burn.")
    story.does(acts.report_gap, gap="Nobody says who decides.")
    for days in (1, 3, 10, 30):
        at = MONDAY + days * DAY
        climb(at)
        refresh_duties(at)
        send_digests(at)


def test_nobody_there_sees_the_case_or_is_told_of_it_whatever_happens_on_this_side(
    story: Live,
) -> None:
    people = of_the_other_agency(story)
    manager = story.town.people["care.line_manager"]
    assert manager in people
    after_all_that_can_happen(story)
    assert not contact.has_begun(story.policy, story.state)
    for person in people:
        for at in (MONDAY, MONDAY + DAY, MONDAY + 40 * DAY):
            assert not visible(person, at).filter(case=story.case).exists(), person
    posts = set(
        Post.objects.filter(agency=story.town.agencies["care"]).values_list("id", flat=True)
    )
    for told in (Notice, OutboxRow, MeetingInvitation):
        assert not told.objects.filter(case=story.case, to__in={*posts, *people}).exists()


def test_its_address_is_not_found_by_their_line_manager(
    story: Live,
) -> None:
    manager = Client()
    sign_in(manager, d.an_account(story.town.people[f"care.{LINE_MANAGER}"], "m@care.example"))
    address = f"/cases/{story.reference}"
    assert manager.get(address).status_code == 404
    assert manager.get("/cases/00000000").status_code == 404
