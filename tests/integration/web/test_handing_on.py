"""Handing on from My page: one part of a case, everything at once, and what became of it."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.casework.actors import by_post
from counterpart.casework.keeping import keep_out
from counterpart.casework.writing import Done
from counterpart.journal.models import Event
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice
from counterpart.people.models import Post
from tests import directory as d
from tests.integration.web.cases import a_case, case_of, holder_of, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LAST_WEEK = NOW - timedelta(days=7)
WHY = "I am leaving at Christmas."


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    """The teacher, signed in."""
    return signed_in(place.teacher, "amara.osei@oakfield.example")


@pytest.fixture
def lucy(place: Northmere) -> str:
    """The post of a colleague who can take things on."""
    post = d.a_post(place.school, title="Class teacher, Year 4")
    d.a_person(post, name="Lucy Brand")
    return post


def text_of(client: Client, address: str) -> str:
    """A page as its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def shown(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:]}"


def one_address(place: Northmere, reference: str) -> str:
    return f"/cases/{reference}/hand-on/{place.school}/worker"


def all_sent(place: Northmere, to: str, *references: str, **changed: object) -> dict[str, object]:
    """The form that hands everything on, as a browser sends it."""
    return {
        "idempotency_key": d.new_id(),
        f"take_{place.teacher_post}": [f"{reference}~worker" for reference in references],
        f"to_{place.teacher_post}": to,
        "reason": WHY,
    } | changed


def owners(reference: str) -> set[str]:
    return set(DutyRow.objects.filter(case=case_of(reference)).values_list("post", flat=True))


def handings() -> int:
    return Event.objects.filter(type="seat_taken").count()


def kept_out(place: Northmere, reference: str, person: str) -> None:
    """Somebody may not see this case."""
    done = keep_out(
        person=person, reason="family_tie", why="W.", case=case_of(reference), now=NOW,
        actor=by_post(person=manager_of(place), post=None, capacity="business_manager"),
        key=d.new_id(),
    )  # fmt: skip
    assert isinstance(done, Done)


# --- one part -------------------------------------------------------------------------------------


def test_my_page_and_the_case_lead_to_handing_on_what_is_mine(
    teacher: Client, place: Northmere
) -> None:
    reference = a_case(place, LAST_WEEK)
    link = f'href="{one_address(place, reference)}"'
    assert link in text_of(teacher, "/me")
    assert 'href="/me/hand-on"' in text_of(teacher, "/me")
    assert link in text_of(teacher, f"/cases/{reference}")
    manager = signed_in(manager_of(place), "helen.marsh@northmere.example")
    assert link not in text_of(manager, f"/cases/{reference}")


def test_one_part_goes_to_the_colleague_chosen_and_says_what_goes_along(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    address = one_address(place, reference)
    page = text_of(teacher, address)
    for said in ("Talk to your supervisor", "Settle it through discussion", "all together",
                 "Lucy Brand", "Worker, Oakfield"):  # fmt: skip
        assert said in page, said
    assert "Callum Reid" not in page.partition("<main")[2]
    answer = teacher.post(address, _one(page, lucy))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me")
    after = text_of(teacher, "/me")
    assert "It is handed on." in after
    assert "Lucy Brand" in after.partition('id="awaited"')[2]
    assert owners(reference) == {lucy}
    record = text_of(teacher, f"/cases/{reference}")
    assert "Handed on" in record
    assert WHY in record


def test_a_second_press_is_answered_like_the_first_also_by_whoever_sees_the_case_no_more(
    place: Northmere, lucy: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    assistant = d.a_post(place.school, title="Teaching assistant")
    client = signed_in(d.a_person(assistant, name="Noor Ali"), "noor@oakfield.example")
    teacher = signed_in(place.teacher, "amara.osei@oakfield.example")
    address = one_address(place, reference)
    teacher.post(address, _one(text_of(teacher, address), assistant))
    sent = _one(text_of(client, address), lucy)
    first, again = client.post(address, sent), client.post(address, sent)
    assert [first.status_code, again.status_code] == [303, 303]
    assert first.headers["Location"] == again.headers["Location"] == "/me"
    assert client.get(address).status_code == 404
    assert client.get(f"/cases/{reference}").status_code == 404
    assert handings() == 2
    assert owners(reference) == {lucy}


def test_nothing_is_lost_when_something_is_missing_or_cannot_be(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    address = one_address(place, reference)
    page = text_of(teacher, address)
    answer = teacher.post(address, _one(page, "", reason=WHY))
    assert answer.status_code == 422
    assert WHY in unescape(answer.content.decode())
    kept_out(place, reference, holder_of(lucy))
    page = text_of(teacher, address)
    assert "Lucy Brand" not in page
    wrong = teacher.post(address, _one(page, place.worker_post))
    assert wrong.status_code == 422
    assert owners(reference) == {place.teacher_post}


def test_nobody_else_finds_the_page_for_handing_it_on(place: Northmere, lucy: str) -> None:
    address = one_address(place, a_case(place, LAST_WEEK))
    for person, mail in (
        (holder_of(lucy), "lucy@oakfield.example"),
        (holder_of(place.worker_post), "callum@care.example"),
        (manager_of(place), "helen@northmere.example"),
    ):
        client = signed_in(person, mail)
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": WHY}).status_code == 404
    assert handings() == 0


def test_a_role_or_agency_that_is_not_mine_is_not_there(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, LAST_WEEK)
    for body, role in ((place.care, "worker"), (place.school, "senior"), ("f" * 32, "worker")):
        assert teacher.get(f"/cases/{reference}/hand-on/{body}/{role}").status_code == 404


# --- everything -----------------------------------------------------------------------------------


def test_everything_is_ticked_and_goes_to_one_colleague(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    references = [a_case(place, LAST_WEEK) for _ in range(3)]
    page = text_of(teacher, "/me/hand-on")
    assert page.count(" checked") == 3
    assert all(shown(reference) in page for reference in references)
    answer = teacher.post("/me/hand-on", all_sent(place, lucy, *references))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/handed-on")
    said = text_of(teacher, "/me/handed-on")
    assert '<h1 class="govuk-heading-l">Handed on</h1>' in said
    assert said.count("Now with Lucy Brand, Class teacher, Year 4, Oakfield Primary School.") == 3
    assert [owners(reference) for reference in references] == [{lucy}] * 3
    assert "You have nothing to hand on." in text_of(teacher, "/me/hand-on")


def test_what_cannot_be_handed_on_is_said_with_why_and_the_business_manager_sees_it(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    fine, barred = a_case(place, LAST_WEEK), a_case(place, LAST_WEEK)
    kept_out(place, barred, holder_of(lucy))
    teacher.post("/me/hand-on", all_sent(place, lucy, fine, barred))
    said = text_of(teacher, "/me/handed-on")
    done, _, stayed = said.partition("What is still yours")
    assert "Some of it was handed on" in done
    assert shown(fine) in done
    assert shown(barred) in stayed
    assert "They cannot be given this case. Choose somebody else." in stayed
    assert "The partnership’s business manager has been told" in stayed
    assert (owners(fine), owners(barred)) == ({lucy}, {place.teacher_post})
    manager = signed_in(manager_of(place), "helen.marsh@northmere.example")
    news = text_of(manager, "/me/notices")
    assert "Somebody could not hand on what they have to do" in news
    assert shown(barred) in news
    assert shown(fine) not in news.partition("could not hand on")[2].partition("</li>")[0]


def test_the_same_form_twice_hands_on_once_and_ends_on_the_same_page(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    references = [a_case(place, LAST_WEEK) for _ in range(2)]
    sent = all_sent(place, lucy, *references)
    teacher.post("/me/hand-on", sent)
    before = handings()
    again = teacher.post("/me/hand-on", sent)
    assert (again.status_code, again.headers["Location"]) == (303, "/me/handed-on")
    assert handings() == before == 2
    said = text_of(teacher, "/me/handed-on")
    assert "What is still yours" not in said
    assert all(shown(reference) in said for reference in references)
    assert not Notice.objects.filter(kind="not_handed").exists()


def test_only_what_is_ticked_is_handed_on_and_the_rest_is_there_to_come_back_for(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    first, second = a_case(place, LAST_WEEK), a_case(place, LAST_WEEK)
    teacher.post("/me/hand-on", all_sent(place, lucy, first))
    left = text_of(teacher, "/me/hand-on")
    assert shown(second) in left
    assert shown(first) not in left
    teacher.post("/me/hand-on", all_sent(place, place.lead_post, second))
    assert (owners(first), owners(second)) == ({lucy}, {place.lead_post})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "Write why you are handing this on"),
        ({"to": ""}, "Choose who takes this on"),
        ({"take": []}, "Choose at least one thing to hand on"),
        ({"to": "f" * 32}, "Choose from the answers on this page"),
        ({"take": ["AAAAAAAA~worker"]}, "Choose from the answers on this page"),
    ],
)
def test_what_is_missing_or_was_not_offered_is_said_and_nothing_happens(
    teacher: Client, place: Northmere, lucy: str, changed: dict[str, object], said: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    names = {"to": f"to_{place.teacher_post}", "take": f"take_{place.teacher_post}"}
    wrong = {names.get(name, name): value for name, value in changed.items()}
    answer = teacher.post("/me/hand-on", all_sent(place, lucy, reference, **wrong))
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert handings() == 0


def test_another_agencys_post_is_not_offered_nor_taken(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, LAST_WEEK)
    assert "Callum Reid" not in text_of(teacher, "/me/hand-on")
    answer = teacher.post("/me/hand-on", all_sent(place, place.worker_post, reference))
    assert answer.status_code == 422
    assert owners(reference) == {place.teacher_post}


def test_with_posts_in_two_places_each_has_its_own_colleagues(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    d.holds(place.teacher, d.a_post(place.police, title="Volunteer"))
    d.a_person(d.a_post(place.police, title="Constable"), name="Kate Donnelly")
    page = text_of(teacher, "/me/hand-on")
    assert shown(reference) in page
    assert "Kate Donnelly" not in page


def test_what_i_cover_is_not_mine_to_hand_on_all_at_once(place: Northmere, lucy: str) -> None:
    a_case(place, LAST_WEEK)
    today = NOW.date()
    d.covers(holder_of(lucy), today, today + timedelta(days=2), person=place.teacher)
    page = text_of(signed_in(holder_of(lucy), "lucy@oakfield.example"), "/me/hand-on")
    assert "You have nothing to hand on." in page


def test_nobody_to_choose_is_said(place: Northmere) -> None:
    alone = d.an_agency(place.partnership, name="A School")
    post = d.a_post(alone)
    reference = a_case(place, LAST_WEEK)
    DutyRow.objects.filter(case=case_of(reference)).update(post=post, body=alone)
    Post.objects.filter(id=post).update(title="Head")
    person = d.a_person(post, name="Rosa")
    d.holds(person, place.teacher_post)
    page = text_of(signed_in(person, "rosa@school.example"), "/me/hand-on")
    assert "There is nobody to choose at A School" in page


def test_the_page_of_what_became_of_it_is_nobody_elses(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    reference = a_case(place, LAST_WEEK)
    teacher.post("/me/hand-on", all_sent(place, lucy, reference))
    other = signed_in(holder_of(lucy), "lucy@oakfield.example")
    answer = other.get("/me/handed-on")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/hand-on")


def test_the_page_makes_as_many_queries_for_thirty_cases_as_for_three(
    teacher: Client, place: Northmere, lucy: str
) -> None:
    for _ in range(3):
        a_case(place, LAST_WEEK)
    text_of(teacher, "/me/hand-on")
    few = _queries(teacher)
    for _ in range(27):
        a_case(place, LAST_WEEK)
    assert _queries(teacher) == few < 40


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as made:
        text_of(client, "/me/hand-on")
    return len(made)


def _one(page: str, post: str, **changed: str) -> dict[str, str]:
    """The form that hands one part on, as the page drew it."""
    version = page.partition('name="version" value="')[2].partition('"')[0]
    key = page.partition('name="idempotency_key" value="')[2].partition('"')[0]
    sent = {"idempotency_key": key, "version": version, "reason": WHY, **changed}
    return sent | ({"post": post} if f'value="{post}"' in page and post else {})
