"""The pages on which a post or an agency is closed, and on which a leaver who comes back is let in again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from counterpart.lists.models import DutyRow
from counterpart.people import changes
from counterpart.people.invitations import path_of
from counterpart.people.models import Account, Agency, Holding, Person, Post
from tests import directory as d
from tests.integration.web.keeping import LEAD, MANAGER, NOW, at, boxes, events, send, text, today
from tests.integration.web.northmere import signed_in
from tests.signed_in import sign_in
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EXPERT = "school.line_manager"


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def manager(place: Town) -> Client:
    return signed_in(place.people[MANAGER], "manager@northmere.example")


@pytest.fixture
def lead(place: Town) -> Client:
    return signed_in(place.people[LEAD], "lead@oakfield.example")


def test_a_lead_closes_a_post_of_their_own_agency_and_sees_first_what_it_has_to_do(
    place: Town, lead: Client, manager: Client
) -> None:
    story = Story(place, now=NOW - timedelta(hours=3)).raised()
    form = at("close_post", post=place.posts[RAISER])
    page = text(manager.get(form))
    assert story.reference in page.replace("-", "")
    assert form in text(lead.get(at("post", post=place.posts[RAISER])))
    said, key = boxes(lead, form, "closed_on"), d.new_id()
    for _ in range(2):
        assert send(lead, form, key, **said).status_code in (303, 404)
    assert events(place.agencies["school"]) == ["HolderLeft", "PostClosed"]
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {"vacant"}
    assert "Nobody holds this post" in text(manager.get("/desk"))
    shown = text(lead.get(at("post", post=place.posts[RAISER])))
    assert "This post is closed" in shown
    assert place.names[RAISER] in shown
    assert form not in shown
    assert at("open_post", post=place.posts[RAISER]) in shown
    assert lead.get(form).status_code == 404
    assert "Closed" in text(lead.get(at("body", body=place.agencies["school"])))


def test_why_it_cannot_be_is_said_and_nothing_is_changed(place: Town, lead: Client) -> None:
    Story(place, now=NOW - timedelta(hours=3)).raised()
    others = Post.objects.filter(agency=place.agencies["school"]).exclude(id=place.posts[RAISER])
    Holding.objects.filter(post__in=others.exclude(id=place.posts[LEAD])).update(until_on=today())
    form = at("close_post", post=place.posts[RAISER])
    said = boxes(lead, form, "closed_on")
    yesterday = today() - DAY
    passed = dict(
        zip(said, (str(yesterday.day), str(yesterday.month), str(yesterday.year)), strict=True)
    )
    assert "Choose today or a later day" in text(send(lead, form, **passed))
    agency = at("close_agency", body=place.agencies["care"])
    manager = signed_in(place.people[MANAGER], "m@northmere.example")
    answer = send(manager, agency, **boxes(manager, agency, "closed_on"))
    assert answer.status_code == 422
    assert "part in an open case" in text(answer)
    assert events(place.agencies["care"]) == []


def test_what_the_posts_of_an_agency_have_to_do_and_who_has_it_is_there_before_it_closes(
    place: Town, manager: Client
) -> None:
    story = Story(place, now=NOW - timedelta(hours=6)).raised().settled().confirmed()
    form = at("close_agency", body=place.agencies["care"])
    page = text(manager.get(form))
    for said in (
        "What its posts have to do now",
        f"{story.reference[:4]}-{story.reference[4:]}",
        place.names["care.line_manager"],
        "Carry out an agreed action",
    ):
        assert said in page
    answer = send(manager, form, **boxes(manager, form, "closed_on"))
    assert answer.status_code == 422
    assert "say who holds those posts" in text(answer)


def test_an_agency_is_closed_by_the_business_manager_and_not_by_its_own_lead(
    place: Town, manager: Client, lead: Client
) -> None:
    school, mental = place.agencies["school"], place.agencies["mental"]
    for body in (school, mental):
        assert lead.get(at("close_agency", body=body)).status_code == 404
        assert send(lead, at("close_agency", body=body)).status_code == 404
    assert "Close the agency" not in text(lead.get(at("body", body=school)))
    assert manager.get(at("close_agency", body=place.partnership)).status_code == 404
    form = at("close_agency", body=mental)
    assert "Practitioner" in text(manager.get(form))
    assert send(manager, form, **boxes(manager, form, "closed_on")).status_code == 303
    assert Agency.objects.get(id=mental).closed_on == today()
    page = text(manager.get(at("body", body=mental)))
    assert "This agency is closed" in page
    for gone in ("Add a post", "Close the agency", "All of this is right today"):
        assert gone not in page
    assert "Northmere Mental Health" in text(manager.get(at("directory")))
    assert manager.get(form).status_code == 404


def test_a_post_that_was_closed_by_mistake_is_opened_again_and_somebody_comes_to_it(
    place: Town, lead: Client
) -> None:
    form, post = at("close_post", post=place.posts[EXPERT]), at("post", post=place.posts[EXPERT])
    assert send(lead, form, **boxes(lead, form, "closed_on")).status_code == 303
    again, key = at("open_post", post=place.posts[EXPERT]), d.new_id()
    for _ in range(2):
        assert send(lead, again, key).status_code == 303
    assert events(place.agencies["school"])[-1] == "PostOpenedAgain"
    assert events(place.agencies["school"]).count("PostOpenedAgain") == 1
    page = text(lead.get(post))
    assert "Nobody holds this post" in page
    assert at("appoint", post=place.posts[EXPERT]) in page
    assert again not in page
    other = at("open_post", post=place.posts["care.line_manager"])
    assert send(lead, other).status_code == 404


def test_an_agency_is_opened_again_by_the_business_manager_alone_with_its_posts(
    place: Town, manager: Client
) -> None:
    mental = place.agencies["mental"]
    form, again = at("close_agency", body=mental), at("open_agency", body=mental)
    assert send(manager, form, **boxes(manager, form, "closed_on")).status_code == 303
    post = at("post", post=place.posts["mental.practitioner"])
    assert "Open the post again" not in text(manager.get(post))  # first its agency
    assert (
        send(manager, at("open_post", post=place.posts["mental.practitioner"])).status_code == 303
    )
    assert again in text(manager.get(at("body", body=mental)))
    theirs = signed_in(place.people["mental.designated_safeguarding_lead"], "l@mental.example")
    assert send(theirs, again).status_code == 404
    assert send(manager, again).status_code == 303
    page = text(manager.get(at("body", body=mental)))
    assert "This agency is closed" not in page
    assert "Add a post" in page
    assert Post.objects.filter(agency=mental, closed_on=None).count() == 5
    assert events(mental)[-6:] == ["PostOpenedAgain"] * 5 + ["AgencyOpenedAgain"]


def test_a_shared_agency_leaves_the_partnership_and_its_pages_are_gone_at_the_next_request(
    place: Town, manager: Client
) -> None:
    police, other = place.agencies["police"], d.a_partnership("Southmere")
    changes.join_partnership(agency=police, partnership=other, name="Police")
    page, form = at("body", body=police), at("close_agency", body=police)
    assert "It leaves the partnership" in text(manager.get(page))
    assert send(manager, form).status_code == 303
    for address in (page, form, at("post", post=place.posts["police.practitioner"])):
        assert manager.get(address).status_code == 404
    south = signed_in(d.a_person(d.a_post(other, "business_manager"), name="Sue"), "s@s.example")
    assert south.get(page).status_code == 200


def test_whoever_has_several_desks_says_which_partnership_it_leaves(
    place: Town, manager: Client
) -> None:
    police, other = place.agencies["police"], d.a_partnership("Southmere")
    changes.join_partnership(agency=police, partnership=other, name="Police")
    d.holds(place.people[MANAGER], d.a_post(other, "business_manager"))
    form = at("close_agency", body=police)
    assert send(manager, form).status_code == 422
    assert send(manager, form, partnership=place.partnership).status_code == 303
    assert [one.id for one in Agency.objects.get(id=police).partnerships.all()] == [other]


def test_a_leaver_who_comes_back_is_appointed_and_gets_back_into_their_own_account(
    place: Town, lead: Client, client: Client
) -> None:
    mail, who = "ravi@oakfield.example", place.people[EXPERT]
    Person.objects.filter(id=who).update(mail=mail)
    theirs = Client()
    sign_in(theirs, d.an_account(who, mail))
    send(lead, at("leave", person=who), **{f"post-{place.posts[EXPERT]}": "nobody"})
    assert theirs.get("/me").status_code == 303
    invite = f"/accounts/{who}/invite"
    person = at("person", person=who)
    assert invite not in text(lead.get(person))
    assert "If they come back" in text(lead.get(person))
    assert lead.get(invite).status_code == 404
    form = at("appoint", post=place.posts[EXPERT])
    said = {"name": place.names[EXPERT], "mail": mail, **boxes(lead, form, "first_day")}
    assert send(lead, form, **said).status_code == 303
    assert Person.objects.filter(mail=mail).count() == 1
    assert invite in text(lead.get(person))
    assert theirs.get("/me").status_code == 303, "not before they are invited"
    assert send(lead, invite).status_code == 303
    path = path_of(Person.objects.get(id=who).invitations.get().id)
    assert client.post(path, {"password": "another sentence nobody knows"}).status_code == 302
    assert client.get("/me").status_code == 200
    account = Account.objects.get(person=who)
    assert (account.is_active, account.email) == (True, mail)
