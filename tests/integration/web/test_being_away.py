"""Saying that one is away: who stands in, from when to when, and what both sides of it see."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.people.models import Cover
from tests import directory as d
from tests.integration.web.cases import a_case, holder_of
from tests.integration.web.keeping import today
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    """The teacher, signed in."""
    return signed_in(place.teacher, "amara.osei@oakfield.example")


def text_of(client: Client, address: str = "/me/away") -> str:
    """A page as its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def part(page: str, name: str) -> str:
    """One section of My page."""
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def form(place: Northmere, who: str, first: date, last: date, **changed: str) -> dict[str, str]:
    """The form as a browser sends it."""
    days = {
        f"{name}-{box}": str(getattr(on, box))
        for name, on in (("from_on", first), ("last_on", last))
        for box in ("day", "month", "year")
    }
    return {"idempotency_key": d.new_id(), f"who_{place.school}": who, **days, **changed}


def said(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def test_who_stands_in_is_arranged_and_both_see_it_on_their_page(
    teacher: Client, place: Northmere
) -> None:
    a_case(place, datetime.now(UTC) - DAY)
    lead = holder_of(place.lead_post)
    assert "Maryam Siddiqui, Designated safeguarding lead" in text_of(teacher)
    answer = teacher.post("/me/away", form(place, lead, today(), today() + 3 * DAY))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/away")
    assert "It is arranged." in text_of(teacher)
    days = f"from {said(today())} to {said(today() + 3 * DAY)}"
    mine = part(text_of(teacher, "/me"), "cover")
    assert f"<strong>Maryam Siddiqui</strong> acts for you {days}." in mine
    theirs = text_of(signed_in(lead, "maryam@oakfield.example"), "/me")
    assert (
        f"You act for <strong>Amara Osei</strong> {days}, as Class teacher, Oakfield Primary School."
        in part(theirs, "cover")
    )
    assert "for Amara Osei" in part(theirs, "waiting")


def test_cover_to_come_is_seen_before_it_begins_and_gives_nothing_yet(
    teacher: Client, place: Northmere
) -> None:
    a_case(place, datetime.now(UTC) - DAY)
    lead = holder_of(place.lead_post)
    teacher.post("/me/away", form(place, lead, today() + 2 * DAY, today() + 3 * DAY))
    theirs = text_of(signed_in(lead, "maryam@oakfield.example"), "/me")
    assert "You act for <strong>Amara Osei</strong>" in theirs
    assert "for Amara Osei</strong>." not in theirs


def test_the_same_form_twice_arranges_once(teacher: Client, place: Northmere) -> None:
    sent = form(place, holder_of(place.lead_post), today(), today())
    answers = [teacher.post("/me/away", sent).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert Cover.objects.count() == 1


def test_it_is_ended_by_whoever_is_covered_and_by_nobody_else(
    teacher: Client, place: Northmere
) -> None:
    lead = holder_of(place.lead_post)
    teacher.post("/me/away", form(place, lead, today(), today() + 3 * DAY))
    address = f"/me/away/{Cover.objects.get().id}/end"
    assert address in text_of(teacher)
    other = signed_in(lead, "maryam@oakfield.example")
    assert other.post(address).status_code == 303
    assert teacher.get(address).status_code == 405
    assert Cover.objects.exists()
    assert teacher.post(address).status_code == 303
    assert "Nobody stands in for you by this any more." in text_of(teacher)
    assert not Cover.objects.exists()
    assert teacher.post(address).status_code == 303


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-1, 3, "The first day must be today or later"),
        (3, 2, "The last day must be the first day or later"),
        (0, 400, "The last day must be within a year of the first"),
    ],
)
def test_days_that_cannot_be_are_said(
    teacher: Client, place: Northmere, first: int, last: int, words: str
) -> None:
    sent = form(place, holder_of(place.lead_post), today() + first * DAY, today() + last * DAY)
    answer = teacher.post("/me/away", sent)
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert not Cover.objects.exists()


def test_only_a_colleague_can_be_chosen_and_never_oneself(
    teacher: Client, place: Northmere
) -> None:
    page = text_of(teacher).partition("<main")[2]
    assert "Callum Reid" not in page
    assert "Amara Osei" not in page
    for who in (holder_of(place.worker_post), place.teacher, "", "f" * 32):
        answer = teacher.post("/me/away", form(place, who, today(), today()))
        assert answer.status_code == 422, who
    assert not Cover.objects.exists()


def test_two_cannot_stand_in_for_each_other_and_the_page_says_why(
    teacher: Client, place: Northmere
) -> None:
    lead = holder_of(place.lead_post)
    d.covers(place.teacher, today(), today() + 5 * DAY, person=lead)
    answer = teacher.post("/me/away", form(place, lead, today(), today()))
    assert answer.status_code == 422
    assert "goes in a circle" in unescape(answer.content.decode())
    assert Cover.objects.count() == 1


def test_with_posts_in_two_places_somebody_stands_in_at_each_or_at_one(
    teacher: Client, place: Northmere
) -> None:
    d.holds(place.teacher, d.a_post(place.police, title="Volunteer"))
    kate = d.a_person(d.a_post(place.police, title="Constable"), name="Kate Donnelly")
    lead = holder_of(place.lead_post)
    nobody = teacher.post("/me/away", form(place, "", today(), today()))
    assert nobody.status_code == 422
    assert "Choose somebody to stand in for you" in unescape(nobody.content.decode())
    both = form(place, lead, today(), today(), **{f"who_{place.police}": kate})
    assert teacher.post("/me/away", both).status_code == 303
    mine = part(text_of(teacher, "/me"), "cover")
    assert "as Volunteer, Northmere Police" in mine
    assert "as Class teacher, Oakfield Primary School" in mine
    assert Cover.objects.filter(person=None).count() == 2


def test_with_no_post_or_no_colleague_the_page_says_so_and_takes_nothing(place: Northmere) -> None:
    sam = signed_in(d.a_person(name="Sam"), "sam@northmere.example")
    assert "You hold no post at the moment" in text_of(sam)
    assert sam.post("/me/away", {}).status_code == 200
    alone = d.a_person(d.a_post(d.an_agency(place.partnership, name="A School")), name="Rosa")
    assert "There is nobody to choose" in text_of(signed_in(alone, "rosa@school.example"))
