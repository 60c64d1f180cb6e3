"""Whoever only stated who they are is offered to nobody, until their agency has confirmed them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.casework import casefile
from counterpart.lists.models import CaseRow
from counterpart.people import upkeep
from counterpart.people.colleagues import posts_in
from counterpart.people.directory import directory_as_of
from counterpart.people.finders import opposite_numbers, post_in, search_posts
from counterpart.people.models import AgencyDomain, Holding, Post
from counterpart.people.overview import people_in
from counterpart.people.searching import people_at
from counterpart.people.upkeep import PostDetails
from counterpart.telling import parts
from tests import directory as d
from tests.integration.visiting.mail import drawn, newest_code, says, types
from tests.integration.web.northmere import Northmere, answer_all, begin, northmere, signed_in

pytestmark = pytest.mark.django_db

ALICE, TITLE = "Alice Xavier", "Office administrator"
MAIL = "alice@oakfield.example"


@pytest.fixture
def place() -> Northmere:
    """A school to which somebody has come who only states who she is."""
    made = northmere()
    AgencyDomain.objects.create(agency_id=made.school, domain="oakfield.example")
    return made


@pytest.fixture
def alice(place: Northmere) -> Client:
    """Her browser."""
    client = Client()
    client.post("/raise/without-account", {"email": MAIL})
    types(client, newest_code())
    says(client, ALICE, TITLE)
    return client


def offered(place: Northmere) -> list[str]:
    """Everywhere that posts or people are found to be chosen: the titles and names that are hers."""
    now, school = timezone.now(), place.school
    found = [post.title for post in directory_as_of(now, [school], None).all_posts()]
    found += [post.title for post in opposite_numbers(school, ["practitioner"], now)]
    found += [post.title for post in search_posts(place.partnership, "Office", now)]
    found += [post.title for post in posts_in([school], now).all_posts()]
    found += [name for _, name in people_in(school, now)]
    post = Post.objects.get(title=TITLE)
    one = post_in(place.partnership, post.id, now)
    return [text for text in (*found, one.title if one else "") if text in (TITLE, ALICE)]


def test_nobody_is_offered_somebody_who_only_stated_who_they_are(
    place: Northmere, alice: Client
) -> None:
    assert offered(place) == []


def test_whoever_keeps_the_agency_makes_them_known(place: Northmere, alice: Client) -> None:
    lead = signed_in(Holding.objects.get(post=place.lead_post).person_id, "lead@x.example")
    agency = f"/directory/agencies/{place.school}"
    assert lead.post(f"{agency}/confirm", {"idempotency_key": d.new_id()}).status_code == 303
    assert len(offered(place)) == 6


def test_a_post_put_right_is_not_offered_while_nobody_vouches_for_who_holds_it(
    place: Northmere, alice: Client
) -> None:
    post = Post.objects.get(title=TITLE)
    upkeep.change_post(post=post.id, details=PostDetails(title=TITLE, tier="practitioner"))
    assert offered(place) == []
    person = Holding.objects.get(post=post).person_id
    upkeep.change_person(person=person, name=ALICE, mail=MAIL)
    assert len(offered(place)) == 6


def test_a_post_that_was_only_stated_is_to_be_confirmed(place: Northmere, alice: Client) -> None:
    assert Post.objects.get(title=TITLE).last_confirmed_on is None


def test_on_the_pages_that_offer_people_there_is_no_trace_of_them(
    place: Northmere, alice: Client
) -> None:
    d.a_person(d.a_post(place.care, "line_manager", "Team manager"), name="Tess Moor")
    worker = signed_in(Holding.objects.get(post=place.worker_post).person_id, "worker@x.example")
    draft = begin(worker)
    there: dict[str, dict[str, Any]] = {
        "agencies": {"agencies": [place.school]},
        "worker": {"post": place.teacher_post, "stated_name": ""},
    }
    answer_all(worker, draft, place, **there)
    asked = worker.get(f"/raise/{draft}/worker/{place.school}")
    assert (asked.status_code, ALICE in drawn(asked)) == (200, False)
    assert "Amara Osei" in drawn(asked)
    supporters = worker.post(f"/raise/{draft}/supporter", {"looking": "1", "search": "Alice"})
    assert ALICE not in drawn(supporters)
    asking = {"agency": place.school, "you": "role-worker"}
    found = drawn(worker.get("/opposite-number/posts", asking))
    assert "Amara Osei" in found
    assert ALICE not in found


def test_in_her_own_case_she_stands_as_stated(place: Northmere, alice: Client) -> None:
    draft = begin(alice)
    answer_all(alice, draft, place)
    sent = alice.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    case = CaseRow.objects.get(reference=sent["Location"].rsplit("/", 1)[-1])
    file = casefile.open_case(case.case, timezone.now())
    said = parts.side(file, "Raising side", place.school, "raising")
    assert f"{TITLE} (as stated)" in str(said)


def test_a_concern_about_her_can_be_named_and_says_that_she_is_as_stated(
    place: Northmere, alice: Client
) -> None:
    (found,) = people_at([place.school], ALICE, timezone.now())
    assert found.title == f"{TITLE} (as stated)"
