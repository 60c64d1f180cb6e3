"""The pages by which a directory is kept: by the business manager, by an agency's own lead, and by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from counterpart.journal import reading
from counterpart.lists.models import DutyRow
from counterpart.people.models import Account, Agency, Cover, Holding, Person, Post, Tie
from tests import directory as d
from tests.integration.web.keeping import (
    LEAD,
    MANAGER,
    NOW,
    at,
    boxes,
    events,
    send,
    text,
    today,
)
from tests.integration.web.northmere import signed_in
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def manager(place: Town) -> Client:
    return signed_in(place.people[MANAGER], "manager@northmere.example")


@pytest.fixture
def lead(place: Town) -> Client:
    return signed_in(place.people[LEAD], "lead@oakfield.example")


# --- who finds what ------------------------------------------------------------------------------


def test_the_business_manager_sees_every_agency_and_the_office(
    place: Town, manager: Client
) -> None:
    page = text(manager.get(at("directory")))
    for agency in Agency.objects.all():
        assert agency.name in page
    assert at("body", body=place.partnership) in page
    office = text(manager.get(at("body", body=place.partnership)))
    assert "Chair of the Board" in office
    assert "What is kept of it" not in office


def test_a_lead_sees_their_own_agency_and_no_other(place: Town, lead: Client) -> None:
    school, care = place.agencies["school"], place.agencies["care"]
    answer = lead.get(at("directory"))
    assert answer.headers["Location"] == at("body", body=school)
    assert lead.get(at("body", body=school)).status_code == 200
    others = [
        at("body", body=care),
        at("body", body=place.partnership),
        at("post", post=place.posts["care.practitioner"]),
        at("person", person=place.people["care.practitioner"]),
        at("leave", person=place.people["care.practitioner"]),
        at("add_agency"),
        at("import"),
        at("ties"),
        at("export", kind="people"),
    ]
    assert {lead.get(address).status_code for address in others} == {404}


@pytest.mark.parametrize("who", [RAISER, "care.line_manager", "office.independent_chair"])
def test_nobody_else_finds_anything(place: Town, who: str) -> None:
    client = signed_in(place.people[who], "x@x.example")
    addresses = [
        at("directory"),
        at("body", body=place.agencies["school"]),
        at("post", post=place.posts[RAISER]),
        at("person", person=place.people[who]),
        at("import"),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address).status_code for address in addresses} <= {404, 405}


def test_who_no_longer_leads_is_refused_at_the_next_request(place: Town, lead: Client) -> None:
    address = at("body", body=place.agencies["school"])
    form = at("add_post", body=place.agencies["school"])
    assert lead.get(form).status_code == 200
    Holding.objects.filter(person=place.people[LEAD]).update(until_on=today())
    assert send(lead, form, title="A post", tier="practitioner").status_code == 404
    assert lead.get(address).status_code == 404
    assert not Post.objects.filter(title="A post").exists()


def test_two_partnerships_on_one_installation_never_see_each_other(place: Town) -> None:
    other = d.a_partnership("Southmere")
    theirs = d.an_agency(other, name="Southmere School")
    police = d.an_agency(other, place.partnership, name="Regional Police", kind="police")
    post = d.a_post(theirs, title="Their teacher")
    person = d.a_person(post, name="Southmere Teacher")
    client = signed_in(
        d.a_person(d.a_post(other, "business_manager"), name="Sue South"), "s@s.example"
    )
    page = text(client.get(at("directory")))
    assert "Southmere School" in page
    assert "Regional Police" in page
    assert "Oakfield" not in page
    ours = signed_in(place.people[MANAGER], "m@m.example")
    page = text(ours.get(at("directory")))
    assert "Regional Police" in page
    assert "Southmere" not in page
    for address in (at("body", body=theirs), at("post", post=post), at("person", person=person),
                    at("body", body=other), at("change_agency", body=theirs)):  # fmt: skip
        assert ours.get(address).status_code == 404
        assert client.get(address).status_code in (200, 404 if other in address else 200)
    for browser in (client, ours):
        assert browser.get(at("body", body=police)).status_code == 200
    for kind in ("agencies", "posts", "people"):
        out = ours.get(at("export", kind=kind)).content.decode("utf-8-sig")
        assert "Southmere" not in out
        assert "Their teacher" not in out


def test_somebody_with_two_desks_says_which(place: Town) -> None:
    other = d.a_partnership("Southmere")
    d.holds(place.people[MANAGER], d.a_post(other, "business_manager"))
    client = signed_in(place.people[MANAGER], "m@m.example")
    assert "Southmere" in text(client.get(at("directory")))
    from counterpart.people.models import Partnership

    code = Partnership.objects.get(id=other).code
    page = text(client.get(at("directory"), {"partnership": code}))
    assert "There are no agencies yet" in page
    assert f"?partnership={code}" in page
    assert client.get(at("directory"), {"partnership": "nowhere"}).status_code == 404


# --- putting it right ------------------------------------------------------------------------------


def test_an_agency_a_post_and_a_person_are_added_once_however_often_it_is_sent(
    place: Town, manager: Client
) -> None:
    key = d.new_id()
    said = {"name": "Harbour School", "kind": "school", "is_statutory": "no", "area": "Harbour",
            "safeguarding_inbox": "Safe@Harbour.example", "mail_domains": "harbour.example"}  # fmt: skip
    for _ in range(2):
        assert send(manager, at("add_agency"), key, **said).status_code == 303
    agency = Agency.objects.get(name="Harbour School")
    assert agency.safeguarding_inbox == "safe@harbour.example"
    assert [one.domain for one in agency.domains.all()] == ["harbour.example"]
    for _ in range(2):
        send(manager, at("add_post", body=agency.id), "a" * 32, title="Teacher", tier="practitioner",
             phone="01632 960009", mail="")  # fmt: skip
    post = Post.objects.get(agency=agency)
    form = at("appoint", post=post.id)
    said = {"name": "Bo Lind", "mail": "Bo@harbour.example", **boxes(manager, form, "first_day")}
    for _ in range(2):
        assert send(manager, form, "b" * 32, **said).status_code == 303
    person = Person.objects.get(name="Bo Lind")
    assert person.mail == "bo@harbour.example"
    assert Holding.objects.filter(person=person, post=post).count() == 1
    assert events(agency.id) == ["AgencyAdded", "PostAdded", "PersonAdded", "HolderAppointed"]
    assert "Bo Lind" in text(manager.get(at("body", body=agency.id)))


def test_what_cannot_be_is_said_on_the_form_and_changes_nothing(
    place: Town, manager: Client
) -> None:
    form = at("appoint", post=place.posts[RAISER])
    Person.objects.filter(id=place.people[LEAD]).update(mail="lead@oak.example")
    from_now = boxes(manager, form, "first_day")
    for said, words in (
        ({"name": "X", "mail": "nobody"}, "is not an email address"),
        ({"name": "", "mail": "x@y.example"}, "Enter their name"),
        ({"name": "Somebody Else", "mail": "lead@oak.example"}, "known under another name"),
    ):
        answer = send(manager, form, **said, **from_now)
        assert answer.status_code == 422
        assert words in text(answer)
    assert events(place.agencies["school"]) == []
    answer = send(manager, at("change_agency", body=place.agencies["school"]), name="Oak", kind="school",
                  is_statutory="no", mail_domains="gmail.com")  # fmt: skip
    assert "Anybody can have an address at gmail.com" in text(answer)


def test_a_lead_puts_right_how_their_agency_is_reached_and_not_who_is_let_in(
    place: Town, lead: Client
) -> None:
    school = place.agencies["school"]
    form = at("change_agency", body=school)
    assert "Email domains" not in text(lead.get(form))
    said = {"area": "North", "safeguarding_inbox": "s@oak.example", "name": "Mine",
            "mail_domains": "mine.example", "kind": "police"}  # fmt: skip
    assert send(lead, form, **said).status_code == 303
    row = Agency.objects.get(id=school)
    assert (row.area, row.name, row.kind) == ("North", "Oakfield Primary School", "school")
    assert not row.domains.exists()
    assert events(school) == ["AgencyChanged"]


def test_a_post_changed_and_one_that_somebody_leaves_later(place: Town, lead: Client) -> None:
    post, school = place.posts[RAISER], place.agencies["school"]
    send(
        lead,
        at("change_post", post=post),
        title="Teacher, Year 5",
        tier="practitioner",
        phone="",
        mail="",
    )
    assert Post.objects.get(id=post).title == "Teacher, Year 5"
    holding = Holding.objects.get(post=post)
    form = at("end", holding=holding.id)
    assert send(lead, form, **boxes(lead, form, "last_day")).status_code == 303
    holding.refresh_from_db()
    assert holding.until_on == today() + DAY
    assert events(school) == ["PostChanged", "HolderLeft"]
    assert "Teacher, Year 5" in text(lead.get(at("post", post=post)))


def test_posts_that_nobody_confirmed_for_a_year_are_listed_and_confirmed_at_once(
    place: Town, manager: Client, lead: Client
) -> None:
    school, care = place.agencies["school"], place.agencies["care"]
    Post.objects.all().update(last_confirmed_on=today() - 10 * DAY)
    Post.objects.filter(agency=school).update(last_confirmed_on=today() - 370 * DAY)
    assert "5 posts to confirm" in text(manager.get("/desk"))
    late = text(manager.get(at("directory"), {"show": "to-confirm"}))
    assert "Oakfield" in late
    assert Agency.objects.get(id=care).name not in late
    assert "Is this still right?" in text(lead.get(at("body", body=school)))
    key = d.new_id()
    for _ in range(2):
        assert send(lead, at("confirm", body=school), key).status_code == 303
    assert events(school) == ["PostConfirmed"] * 5
    assert "Is this still right?" not in text(lead.get(at("body", body=school)))
    assert "to confirm" not in text(manager.get("/desk"))


# --- leaving and being away --------------------------------------------------------------------------


def test_one_act_ends_everything_of_a_leaver_at_once_and_what_they_had_to_do_is_shown(
    place: Town, manager: Client
) -> None:
    story = Story(place, now=NOW - timedelta(hours=3)).raised()
    gone, school = place.people[RAISER], place.agencies["school"]
    second = d.a_post(place.agencies["care"], title="Also here")
    d.holds(gone, second)
    d.covers(gone, today(), today() + 5 * DAY, person=place.people["school.line_manager"])
    theirs = signed_in(gone, "amara@oak.example")
    assert theirs.get("/me").status_code == 200
    page = text(manager.get(at("leave", person=gone)))
    assert story.reference in page.replace("-", "")
    assert "Also here" in page
    key = d.new_id()
    said = {f"post-{place.posts[RAISER]}": "nobody", f"post-{second}": "nobody"}
    for _ in range(2):
        assert send(manager, at("leave", person=gone), key, **said).status_code == 303
    assert theirs.get("/me").status_code == 303, "refused at the next request"
    assert not Account.objects.get(person=gone).is_active
    assert not Holding.objects.filter(person=gone, until_on=None).exists()
    assert not Cover.objects.filter(covering=gone).exists()
    assert events(school)[-2:] == ["HolderLeft", "PersonLeft"]
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {"vacant"}
    desk = text(manager.get("/desk"))
    assert "Nobody holds this post" in desk
    (raised,) = reading.read_whole(story.case)
    assert raised.names["actor_name"] == place.names[RAISER]


def test_whoever_takes_a_post_on_has_its_duties_at_once(place: Town, lead: Client) -> None:
    Story(place, now=NOW - timedelta(hours=3)).raised()
    gone, next_one = place.people[RAISER], place.people["school.line_manager"]
    answer = send(lead, at("leave", person=gone))
    assert answer.status_code == 422
    assert "or nobody yet" in text(answer)
    said = {f"post-{place.posts[RAISER]}": next_one}
    assert send(lead, at("leave", person=gone), **said).status_code == 303
    assert set(DutyRow.objects.values_list("nobody", flat=True)) == {""}
    assert Holding.objects.filter(post=place.posts[RAISER], person=next_one, until_on=None).exists()


def test_who_leaves_one_partnership_keeps_what_they_have_in_another(
    place: Town, manager: Client
) -> None:
    gone = place.people["police.practitioner"]
    elsewhere = d.a_post(
        d.an_agency(d.a_partnership("Southmere"), name="South Police"), title="There"
    )
    d.holds(gone, elsewhere)
    theirs = signed_in(gone, "p@police.example")
    page = text(manager.get(at("person", person=gone)))
    assert "There" not in re.sub(r"There (is|are)", "", page)
    assert "South Police" not in page
    assert manager.get(at("change_person", person=gone)).status_code == 404
    said = {f"post-{place.posts['police.practitioner']}": "nobody"}
    assert send(manager, at("leave", person=gone), **said).status_code == 303
    assert theirs.get("/me").status_code == 200
    assert Holding.objects.get(post=elsewhere, person=gone).until_on is None


def test_cover_is_arranged_here_without_touching_what_somebody_has_elsewhere(
    place: Town, manager: Client
) -> None:
    away, by = place.people["police.practitioner"], place.people["police.line_manager"]
    elsewhere = d.a_post(d.an_agency(d.a_partnership("Southmere"), name="South Police"))
    d.holds(away, elsewhere)
    form = at("cover", person=away)
    days = {**boxes(manager, form, "first_day"), **boxes(manager, form, "last_day")}
    assert send(manager, form, by=by, **days).status_code == 303
    cover = Cover.objects.get()
    assert (cover.person_id, cover.post_id) == (None, place.posts["police.practitioner"])
    body = at("body", body=place.agencies["police"])
    assert "End this cover" in text(manager.get(body))
    for _ in range(2):
        send(manager, at("end_cover", cover=cover.id), cover.id)
    assert not Cover.objects.exists()


def test_a_circle_of_cover_is_refused(place: Town, manager: Client) -> None:
    one, other = place.people["police.practitioner"], place.people["police.line_manager"]
    for away, by, status in ((one, other, 303), (other, one, 422)):
        form = at("cover", person=away)
        days = {**boxes(manager, form, "first_day"), **boxes(manager, form, "last_day")}
        answer = send(manager, form, by=by, **days)
        assert answer.status_code == status
    assert "goes in a circle" in text(answer)


def test_who_belongs_together_is_written_down_and_ended(place: Town, manager: Client) -> None:
    for who, mail in ((RAISER, "a@oak.example"), ("care.practitioner", "b@care.example")):
        Person.objects.filter(id=place.people[who]).update(mail=mail)
    d.a_person(name="Elsewhere")
    answer = send(manager, at("ties"), one="a@oak.example", other="nobody@x.example")
    assert "Nobody with a post in this partnership" in text(answer)
    assert send(manager, at("ties"), one="a@oak.example", other="b@care.example").status_code == 303
    tie = Tie.objects.get()
    assert place.names[RAISER] in text(manager.get(at("ties")))
    for _ in range(2):
        send(manager, at("end_tie", tie=tie.id), tie.id)
    assert events(place.partnership) == ["TieDeclared", "TieEnded"]
