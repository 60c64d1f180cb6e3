"""My page: what waits for me, what I wait for, my cases, my news; and nothing of anybody else's."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.access.models import Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.casework import acts, drafts
from counterpart.casework.actors import by_post
from counterpart.casework.writing import Done
from counterpart.messages.models import Notice, Seen
from tests import directory as d
from tests.integration.web.cases import (
    a_case,
    case_of,
    goes_to_the_workers,
    holder_of,
    manager_of,
)
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=40)


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    """The teacher, signed in."""
    return signed_in(place.teacher, "amara.osei@oakfield.example")


def text_of(client: Client, address: str = "/me") -> str:
    """A page as its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def part(page: str, name: str) -> str:
    """One section of My page, by the id of its heading; "" where it is not there."""
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def shown(reference: str) -> str:
    """A reference as pages show it."""
    return f"{reference[:4]}-{reference[4:]}"


# --- the first time --------------------------------------------------------------------------------


def test_a_worried_teacher_here_for_the_first_time_is_told_what_to_do(teacher: Client) -> None:
    page = text_of(teacher)
    assert page.index("tel:999") < page.index("Are you worried about a child?")
    assert 'href="/raise"' in page
    for said in ("Robert Kendall", "Deputy headteacher", "Maryam Siddiqui", "tel:01632960001"):
        assert said in page
    assert "the desk" not in page.partition("<main")[2]


def test_a_business_manager_without_cases_of_their_own_is_shown_to_the_desk(
    place: Northmere,
) -> None:
    a_case(place, LONG_AGO)
    page = text_of(signed_in(manager_of(place), "helen.marsh@northmere.example"))
    assert 'href="/desk">the desk</a>' in page
    assert "Class teacher" not in page


def test_an_administrator_is_told_that_this_account_sees_no_case(place: Northmere) -> None:
    client = signed_in(d.a_person(name="Sam"), "sam@northmere.example", is_administrator=True)
    assert "It sees no case" in text_of(client)


# --- what waits for me ----------------------------------------------------------------------------


def test_what_i_have_to_do_comes_with_when_and_as_whom(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    waiting = part(text_of(teacher), "waiting")
    for said in (
        shown(reference),
        "Talk to your supervisor or manager.",
        "The policy gives no time.",
        "Settle it through discussion.",
        "days late)",
        "You act as Class teacher, Oakfield Primary School.",
    ):
        assert said in waiting
    assert waiting.index("Talk to your supervisor") < waiting.index("Settle it through")


def test_immediate_risk_comes_before_what_is_late(teacher: Client, place: Northmere) -> None:
    late = a_case(place, LONG_AGO)
    urgent = a_case(place, NOW - timedelta(minutes=5), is_urgent=True)
    waiting = part(text_of(teacher), "waiting")
    assert waiting.index(shown(urgent)) < waiting.index(shown(late))
    assert "Immediate risk" in waiting


def test_whoever_stands_in_sees_what_waits_and_for_whom(place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    lucy = d.a_person(d.a_post(place.school, title="Teaching assistant"), name="Lucy Brand")
    today = NOW.date()
    d.covers(lucy, today - timedelta(days=2), today + timedelta(days=2), person=place.teacher)
    waiting = part(text_of(signed_in(lucy, "lucy@oakfield.example")), "waiting")
    assert shown(reference) in waiting
    assert "for Amara Osei" in waiting


def test_a_case_somebody_is_kept_from_is_nowhere_on_their_page(
    teacher: Client, place: Northmere
) -> None:
    reference = a_case(place, LONG_AGO)
    rewrite_denials(case_of(reference), [DenialRow(place.teacher, "subject_of_concern")])
    for address in ("/me", "/me/cases", "/me/ended", "/me/notices"):
        assert shown(reference) not in text_of(teacher, address)
    assert "Are you worried about a child?" in text_of(teacher)


def test_nobody_sees_what_is_anothers(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    officer = d.a_person(d.a_post(place.police), name="Kate Donnelly")
    client = signed_in(officer, "kate@police.example")
    for address in ("/me", "/me/cases", "/me/ended", "/me/notices"):
        assert shown(reference) not in text_of(client, address)


def test_looking_at_my_page_is_no_read_of_a_case(teacher: Client, place: Northmere) -> None:
    a_case(place, LONG_AGO)
    text_of(teacher)
    assert not Read.objects.exists()


# --- what I wait for ------------------------------------------------------------------------------


def test_a_case_i_raised_says_whose_turn_it_is_once_it_is_not_mine(
    teacher: Client, place: Northmere
) -> None:
    reference = a_case(place, LONG_AGO)
    assert part(text_of(teacher), "awaited") == ""
    _given_to_lucy(place, reference)
    page = text_of(teacher)
    raised = part(page, "awaited")
    assert shown(reference) in raised
    assert "Lucy Brand, Teaching assistant, Oakfield Primary School" in raised
    assert "The child has been waiting since" in raised
    assert "You have nothing to do at the moment." in part(page, "waiting")


def test_the_other_side_sees_what_it_waits_for_too_and_not_once_the_case_has_ended(
    place: Northmere,
) -> None:
    reference = a_case(place, LONG_AGO)
    goes_to_the_workers(place, reference, LONG_AGO)
    worker = signed_in(holder_of(place.worker_post), "callum.reid@care.example")
    awaited = part(text_of(worker), "awaited")
    assert shown(reference) in awaited
    assert "Amara Osei, Class teacher, Oakfield Primary School" in awaited
    assert "Callum Reid" not in awaited
    _withdrawn(place, reference)
    assert part(text_of(worker), "awaited") == ""


def test_what_others_do_in_a_case_of_which_i_am_only_told_is_not_waited_for_by_me(
    place: Northmere,
) -> None:
    reference = a_case(place, LONG_AGO)
    page = text_of(signed_in(manager_of(place), "helen.marsh@northmere.example"))
    assert shown(reference) not in page


# --- my cases --------------------------------------------------------------------------------------


def test_open_cases_and_ended_ones_are_on_pages_of_their_own(
    teacher: Client, place: Northmere
) -> None:
    still, over = a_case(place, LONG_AGO), a_case(place, LONG_AGO)
    _withdrawn(place, over)
    mine = part(text_of(teacher), "cases")
    assert shown(still) in mine
    assert shown(over) not in mine
    ended = text_of(teacher, "/me/ended")
    assert shown(over) in ended
    assert shown(still) not in ended
    assert "Withdrawn" in ended


def test_following_the_pages_shows_each_case_once(teacher: Client, place: Northmere) -> None:
    made = {shown(a_case(place, LONG_AGO + timedelta(minutes=n % 4))) for n in range(30)}
    first = text_of(teacher, "/me/cases")
    following = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = text_of(teacher, following)
    on_first = {reference for reference in made if reference in first}
    on_second = {reference for reference in made if reference in second}
    assert len(on_first) == 25
    assert on_first | on_second == made
    assert not on_first & on_second
    assert "All your open cases" in text_of(teacher)


@pytest.mark.parametrize("address", ["/me/cases", "/me/ended", "/me/notices"])
@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        "0001-01-01T00:00:00%2B14:00~a",
        "0001-01-01T00:00:00%2B14:00_1",
        "2026-11-20T00:00:00%2B00:00~%01",
        "2026-11-20T00:00:00%2B00:00_99999999999999999999999",
        "2026-99-20T00:00:00%2B00:00_9",
    ],
)
def test_an_address_we_did_not_make_shows_the_list_from_its_beginning(
    teacher: Client, place: Northmere, address: str, after: str
) -> None:
    text_of(teacher, f"{address}?after={after}")


# --- what I have been told -----------------------------------------------------------------------------


def test_what_is_new_says_so_until_it_is_marked(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, NOW)
    page = text_of(teacher, "/me/notices")
    assert "Something for you to do" in page
    assert shown(reference) in page
    assert ">New<" in page.replace("New</strong>", "New<")
    newest = page.partition('name="newest" value="')[2].partition('"')[0]
    answer = teacher.post("/me/notices/seen", {"newest": newest})
    assert answer.status_code == 303
    after = text_of(teacher, answer.headers["Location"])
    assert "Everything you have been told is marked as seen." in after
    assert "New</strong>" not in after
    assert "Mark all as seen" not in after


def test_what_came_in_after_the_page_was_drawn_stays_new(teacher: Client, place: Northmere) -> None:
    a_case(place, NOW - timedelta(minutes=1))
    page = text_of(teacher)
    newest = page.partition('name="newest" value="')[2].partition('"')[0]
    later = a_case(place, NOW)
    teacher.post("/me/notices/seen", {"newest": newest})
    new = part(text_of(teacher), "news")
    assert new.count("New</strong>") == 1
    assert new.index("New</strong>") < new.index(shown(later))


def test_the_same_word_to_me_and_to_my_post_is_said_once(teacher: Client, place: Northmere) -> None:
    reference = a_case(place, NOW)
    _given_to_lucy(place, reference)
    rows = Notice.objects.filter(kind="new_entry", to__in=[place.teacher, place.teacher_post])
    assert rows.exists()
    said = text_of(teacher, "/me/notices").count("Something new in the record")
    assert said == 1


@pytest.mark.parametrize("newest", ["", "nonsense", "-1", "9" * 30, "１２"])
def test_marking_by_a_form_we_did_not_make_harms_nothing(
    teacher: Client, place: Northmere, newest: str
) -> None:
    a_case(place, NOW)
    assert teacher.post("/me/notices/seen", {"newest": newest}).status_code == 303
    assert not Seen.objects.exists()


def test_nobody_can_mark_anothers_notices(place: Northmere) -> None:
    a_case(place, NOW)
    officer = d.a_person(d.a_post(place.police), name="Kate Donnelly")
    newest = Notice.objects.latest("id").id
    signed_in(officer, "kate@police.example").post("/me/notices/seen", {"newest": str(newest)})
    assert not Seen.objects.exists()


# --- what I have begun ----------------------------------------------------------------------------------


def test_what_i_have_not_sent_is_there_to_carry_on_with(teacher: Client, place: Northmere) -> None:
    draft = drafts.start(person=place.teacher, now=NOW, key=d.new_id())
    begun = part(text_of(teacher), "drafts")
    assert f'href="/raise/{draft}"' in begun
    assert "Nobody has been told" in begun
    other = signed_in(holder_of(place.lead_post), "lead@oakfield.example")
    assert draft not in text_of(other)


# --- much to do -------------------------------------------------------------------------------------------


def test_my_pages_make_as_many_queries_for_sixty_cases_as_for_five(
    teacher: Client, place: Northmere
) -> None:
    addresses = ("/me", "/me/cases", "/me/ended", "/me/notices")
    for _ in range(5):
        a_case(place, LONG_AGO)
    text_of(teacher)  # the policy is read once a process
    few = {address: _queries(teacher, address) for address in addresses}
    for _ in range(55):
        a_case(place, LONG_AGO)
    assert {address: _queries(teacher, address) for address in addresses} == few
    assert max(few.values()) < 60


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as made:
        text_of(client, address)
    return len(made)


def _given_to_lucy(place: Northmere, reference: str) -> None:
    """The business manager gives the worker's part to Lucy Brand, the teaching assistant."""
    post = d.a_post(place.school, title="Teaching assistant")
    d.a_person(post, name="Lucy Brand")
    done = acts.name_seat(
        case=case_of(reference),
        actor=by_post(person=manager_of(place), post=None, capacity="business_manager"),
        now=NOW,
        key=d.new_id(),
        body=place.school,
        role="worker",
        post=post,
        cause="reassigned",
        reason="Amara is away.",
    )
    assert isinstance(done, Done)


def _withdrawn(place: Northmere, reference: str) -> None:
    done = acts.withdraw(
        case=case_of(reference),
        actor=by_post(person=place.teacher, post=place.teacher_post, capacity="raiser"),
        now=NOW,
        key=d.new_id(),
        reason="It was settled.",
    )
    assert isinstance(done, Done)
