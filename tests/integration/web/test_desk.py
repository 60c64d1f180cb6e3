"""The business manager's desk: what it shows, to whom, and that it does not slow down as cases come in."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterpart.access.models import Read
from counterpart.casework.actors import the_clock
from counterpart.casework.keeping import keep_out
from counterpart.engine.duties import NO_POST, NOT_NAMED
from counterpart.lists.finding import desk as desk_rows
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages import outbox, routines
from counterpart.messages.kinds import REASON_WORDS, REFUSED
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.web.cases import a_case, case_of, leaves, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=40)
VIEWS = ("", "?view=nobody", "?view=late", "?view=due_soon", "?view=confirming", "?view=open")


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def manager(place: Northmere) -> Client:
    """The business manager, signed in."""
    return signed_in(manager_of(place), "helen.marsh@northmere.example")


def text_of(client: Client, address: str) -> str:
    """A page as its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def shown(reference: str) -> str:
    """A reference as pages show it."""
    return f"{reference[:4]}-{reference[4:]}"


# --- the views -----------------------------------------------------------------------------------


def test_an_empty_desk_says_so_in_each_view(manager: Client) -> None:
    for view, said in (
        ("nobody", "Everything that has to be done has somebody to do it."),
        ("late", "Nothing is late."),
        ("due_soon", "Nothing falls due in the next two working days."),
        ("confirming", "No written outcome is waiting for an answer."),
        ("open", "No case is open here."),
    ):
        assert said in text_of(manager, f"/desk?view={view}")


def test_what_is_late_says_by_how_much_and_whose_it_is(manager: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    page = text_of(manager, "/desk")
    for said in (
        shown(reference),
        "Stage One: Talk to your own manager",
        "Settle it through discussion",
        "Amara Osei, Class teacher, Oakfield Primary School",
        "days late)",
        "Late (1)",
    ):
        assert said in page


def test_what_falls_due_soon_is_not_late(manager: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    DutyRow.objects.filter(case=case_of(reference), due_at__isnull=False).update(
        due_at=NOW + timedelta(hours=20)
    )
    assert shown(reference) not in text_of(manager, "/desk?view=late")
    page = text_of(manager, "/desk?view=due_soon")
    assert shown(reference) in page
    assert "(in 19 hours)" in page or "(in 20 hours)" in page


def test_what_falls_due_after_the_weekend_is_due_soon_before_it(place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    friday, tuesday = datetime(2026, 11, 20, 15, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
    DutyRow.objects.filter(due_at__isnull=False).update(due_at=tuesday)
    by = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
    found = desk_rows(place.partnership, (), "due_soon", friday, soon_by=by)
    assert [row.reference for row in found.rows] == [reference]
    assert desk_rows(place.partnership, (), "due_soon", friday).rows == ()


def test_a_vacant_post_is_the_loudest_thing_on_the_desk(manager: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    leaves(place.teacher_post, NOW)
    page = text_of(manager, "/desk")
    assert page.index('class="app-nobody"') < page.index("Find a case by its reference")
    assert "2 things have to be done and nobody is there to do them" in page
    assert "Nobody holds this post: Class teacher, Oakfield Primary School." in page
    assert f"/desk/cases/{reference}/reassign/{place.school}/worker?from=nobody" in page
    # One vacancy holds both up, and is mended once.
    assert page[: page.index('id="list"')].count("Choose somebody") == 1
    assert "Nobody to go to: 2." in text_of(manager, "/desk?view=open")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (NO_POST, "Oakfield Primary School has no worker in the directory"),
        (NOT_NAMED, "Nobody has been named yet. It is for: Worker, Oakfield Primary School"),
    ],
)
def test_why_there_is_nobody_is_said_in_words(
    manager: Client, place: Northmere, code: str, said: str
) -> None:
    a_case(place, LONG_AGO)
    DutyRow.objects.update(nobody=code, post="")
    assert said in text_of(manager, "/desk?view=nobody")


def test_an_agreed_action_that_nobody_is_there_for_is_not_reassigned_here(
    manager: Client, place: Northmere
) -> None:
    a_case(place, LONG_AGO)
    DutyRow.objects.update(nobody=NO_POST, post="", clock="action", role="")
    page = text_of(manager, "/desk?view=nobody")
    assert "Carry out an agreed action" in page
    assert "Telephone the agency and ask who will do it." in page
    assert "reassign" not in page


def test_open_cases_are_shown_by_the_stages_of_the_policy(
    manager: Client, place: Northmere
) -> None:
    reference = a_case(place, LONG_AGO)
    page = text_of(manager, "/desk?view=open")
    assert "Stage One: Talk to your own manager (1)" in page
    assert "Stage Five: Resolution panel (0)" in page
    assert "Talk to your supervisor or manager" in page
    assert shown(reference) in text_of(manager, "/desk?view=open&stage=own-manager")
    assert shown(reference) not in text_of(manager, "/desk?view=open&stage=panel")


def test_an_outcome_that_waits_says_who_has_not_answered(manager: Client, place: Northmere) -> None:
    reference = _waiting_for_confirmation(place)
    page = text_of(manager, "/desk?view=confirming")
    assert shown(reference) in page
    assert "Amara Osei, Class teacher, Oakfield Primary School" in page
    assert "Settle it through discussion" not in page


def test_immediate_risk_is_said_in_words_while_the_case_is_open(
    manager: Client, place: Northmere
) -> None:
    reference = a_case(place, LONG_AGO, is_urgent=True)
    assert "Immediate risk" in text_of(manager, "/desk?view=open")
    CaseRow.objects.filter(reference=reference).update(status="closed")
    page = text_of(manager, "/desk?view=late")
    assert shown(reference) in page
    assert "Immediate risk" not in page


def test_who_stands_in_is_named_with_whom_they_stand_in_for(
    manager: Client, place: Northmere
) -> None:
    a_case(place, LONG_AGO)
    lucy = d.a_person(name="Lucy Brand")
    today = NOW.date()
    d.covers(lucy, today - timedelta(days=2), today + timedelta(days=2), person=place.teacher)
    page = text_of(manager, "/desk")
    assert "Lucy Brand (for Amara Osei), Class teacher, Oakfield Primary School" in page


# --- who may see what ------------------------------------------------------------------------------


def test_a_case_the_manager_is_kept_from_is_in_no_view_and_is_in_front_of_whoever_watches_it(
    manager: Client, place: Northmere
) -> None:
    reference = a_case(place, LONG_AGO)
    leaves(place.teacher_post, NOW)
    head = Holding.objects.get(post__tier="head_of_safeguarding").person_id
    watching = signed_in(head, "martin@northmere.example")
    keep_out(person=manager_of(place), reason="family_tie", why="", actor=the_clock(), now=NOW,
             case=case_of(reference), key=d.new_id())  # fmt: skip
    pages = [text_of(manager, f"/desk{view}") for view in VIEWS]
    assert all(shown(reference) not in page and "Late (0)" in page for page in pages)
    assert manager.post("/desk/find", {"reference": reference}).status_code == 422
    page = text_of(watching, "/referred")
    assert "2 things have to be done and nobody is there to do them" in page
    assert shown(reference) in page


def test_looking_at_the_desk_is_no_read_of_a_case(manager: Client, place: Northmere) -> None:
    a_case(place, LONG_AGO)
    for view in VIEWS:
        text_of(manager, f"/desk{view}")
    assert not Read.objects.exists()


def test_who_has_several_desks_chooses_and_never_gets_a_strangers(place: Northmere) -> None:
    elsewhere = d.a_partnership("Aldermere Partnership")
    strange = d.a_partnership("Strange Partnership")
    both = d.a_person(
        d.a_post(place.partnership, "business_manager"), d.a_post(elsewhere, "business_manager")
    )
    client = signed_in(both, "both@northmere.example")
    reference = a_case(place, LONG_AGO)
    page = text_of(client, "/desk")
    assert "Aldermere Partnership" in page
    assert "Strange Partnership" not in page
    assert shown(reference) in text_of(client, f"/desk?partnership={place.partnership[:12]}")
    there = text_of(client, f"/desk?partnership={elsewhere[:12]}")
    assert shown(reference) not in there
    assert "No policy is in force here" in there
    assert client.get(f"/desk?partnership={strange[:12]}").status_code == 404
    assert client.get("/desk?partnership=nonsense").status_code == 404


# --- finding by reference ----------------------------------------------------------------------------


def test_a_reference_is_found_however_it_was_read_out(manager: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    misread = reference.replace("0", "o").replace("1", "i").lower()
    for typed in (
        reference,
        shown(reference),
        f"  {reference[:4]} – {reference[4:]} ",
        misread,
        misread.replace("i", "L"),
        f"{reference[:4]}\u2011{reference[4:]}",
    ):
        answer = manager.post("/desk/find", {"reference": typed})
        assert answer.status_code == 303, typed
        assert answer.headers["Location"] == f"/cases/{reference}"


@pytest.mark.parametrize("typed", ["ZZZZ-ZZZZ", "7", "<script>", "9" * 40, "\0", "½½½½-½½½½"])
def test_what_is_not_found_is_said_with_what_to_do_and_is_kept(manager: Client, typed: str) -> None:
    answer = manager.post("/desk/find", {"reference": typed})
    assert answer.status_code == 422
    assert "No case that you can see has this reference" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_an_empty_search_asks_for_a_reference(manager: Client) -> None:
    answer = manager.post("/desk/find", {})
    assert answer.status_code == 422
    assert "Enter a case reference" in answer.content.decode()


def test_another_partnerships_case_gets_the_same_answer_as_none(place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    stranger = d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager"))
    client = signed_in(stranger, "elsewhere@x.example")
    there = client.post("/desk/find", {"reference": reference})
    nowhere = client.post("/desk/find", {"reference": "ZZZZZZZZ"})
    assert there.status_code == nowhere.status_code == 422
    assert "No case that you can see has this reference" in there.content.decode()


# --- what is wrong outside any case ---------------------------------------------------------------------


def test_a_worker_that_does_nothing_is_said_at_the_top(manager: Client) -> None:
    page = text_of(manager, "/desk")
    assert page.index("has not been started yet") < page.index("Find a case by its reference")
    routines.beat(NOW - timedelta(minutes=20))
    assert "has done nothing since" in text_of(manager, "/desk?view=open")
    routines.beat(datetime.now(UTC) + timedelta(days=1))
    assert "since the clock of its computer was put back" in text_of(manager, "/desk")
    routines.beat(datetime.now(UTC))
    assert "No messages are going out" not in text_of(manager, "/desk")


def test_a_message_that_did_not_go_is_shown_and_tried_again(
    manager: Client, place: Northmere
) -> None:
    reference = a_case(place, NOW)
    row = OutboxRow.objects.earliest("id")
    outbox.not_sent(row, REFUSED, NOW)
    OutboxRow.objects.filter(id=row.id).update(next_try_at=None)
    page = text_of(manager, "/desk")
    assert "Messages that have not gone: 1" in page
    assert REASON_WORDS[REFUSED] in page
    assert shown(reference) in page
    assert "Class teacher, Oakfield Primary School" in page
    answer = manager.post(f"/desk/messages/{row.id}/again")
    assert answer.status_code == 303
    assert OutboxRow.objects.get(id=row.id).next_try_at is not None
    assert "will try to send the message again" in text_of(manager, answer.headers["Location"])


def test_more_messages_than_can_be_shown_are_not_counted_as_fewer(
    manager: Client, place: Northmere
) -> None:
    for _ in range(15):
        a_case(place, LONG_AGO)
    assert "Messages that have not gone: 25+" in text_of(manager, "/desk")


def test_nobody_elses_message_can_be_tried_again(place: Northmere) -> None:
    a_case(place, NOW)
    row = OutboxRow.objects.earliest("id")
    outbox.not_sent(row, REFUSED, NOW)
    OutboxRow.objects.filter(id=row.id).update(next_try_at=None)
    stranger = d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager"))
    answer = signed_in(stranger, "elsewhere@x.example").post(f"/desk/messages/{row.id}/again")
    assert answer.status_code == 404
    assert OutboxRow.objects.get(id=row.id).next_try_at is None


def test_the_policys_own_dates_and_duties_are_listed(manager: Client) -> None:
    page = text_of(manager, "/desk")
    assert "It was due for review on 31 December 2017." in page
    assert "A brief report to the Board" in page
    assert "Every year, by: Business manager (clause 2.6 report)" in page


# --- many cases --------------------------------------------------------------------------------------------


def test_every_view_makes_as_many_queries_for_sixty_cases_as_for_five(
    manager: Client, place: Northmere
) -> None:
    for _ in range(5):
        _waiting_for_confirmation(place)
    text_of(manager, "/desk")  # the policy is read once a process
    few = {view: _queries(manager, view) for view in VIEWS}
    for _ in range(55):
        _waiting_for_confirmation(place)
    assert {view: _queries(manager, view) for view in VIEWS} == few
    assert max(few.values()) < 60


def test_following_the_pages_shows_each_case_once(manager: Client, place: Northmere) -> None:
    made = {shown(a_case(place, LONG_AGO + timedelta(minutes=n % 7))) for n in range(60)}
    seen: list[str] = []
    address = "/desk?view=open"
    while address:
        page = text_of(manager, address)
        seen += [reference for reference in made if f">{reference}</span>" in page]
        following = page.partition('rel="next"')[0].rpartition('href="')[2]
        address = following.partition('"')[0] if 'rel="next"' in page else ""
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    "query",
    [
        "view=late&after=nonsense",
        "view=late&after=0001-01-01T00:00:00%2B14:00~a",
        "view=late&after=2026-11-20T00:00:00%2B00:00~%01",
        "view=open&after=2026-11-20~" + "a" * 400,
        "view=open&after=2026-99-99T00:00:00%2B00:00~a",
        "view=nonsense",
        "view=open&stage=nonsense",
        "view=open&stage=%3Cscript%3E",
    ],
)
def test_an_address_we_did_not_make_shows_the_list_from_its_beginning(
    manager: Client, place: Northmere, query: str
) -> None:
    a_case(place, LONG_AGO)
    page = text_of(manager, f"/desk?{query}")
    assert "<script>alert" not in page
    if "stage=nonsense" not in query:
        assert "Oakfield" in page


def _waiting_for_confirmation(place: Northmere) -> str:
    """A late case with an outcome that nobody has answered, as the lists have it."""
    reference = a_case(place, LONG_AGO)
    case = case_of(reference)
    CaseRow.objects.filter(case=case).update(waiting_since=LONG_AGO)
    DutyRow.objects.filter(case=case, due_at=None).update(clock="confirm-outcome", nobody="vacant")
    return reference


def _queries(client: Client, view: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as made:
        text_of(client, f"/desk{view}")
    return len(made)
