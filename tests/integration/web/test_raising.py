"""Raising a concern, page by page: from the start to a receipt, and everything that may be sent wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.casework import casefile, drafts
from counterpart.people.models import Agency
from tests import directory as d
from tests.integration.web.northmere import (
    DISPUTE,
    Northmere,
    answer_all,
    answers,
    begin,
    northmere,
    signed_in,
)

pytestmark = pytest.mark.django_db
TEACHER = "amara.osei@oakfield.example"


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    """The teacher, signed in."""
    return signed_in(place.teacher, TEACHER)


def text_of(client: Client, address: str) -> str:
    """A page as its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- from the start to the receipt ---------------------------------------------------------------


def test_the_start_page_puts_999_first_and_changes_nothing(
    teacher: Client, place: Northmere
) -> None:
    page = text_of(teacher, "/raise")
    assert page.index("tel:999") < page.index("Start now")
    assert drafts.drafts_of(place.teacher) == ()


def test_each_answer_leads_to_the_next_question(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    names = [question for question, _ in answers(place)]
    for (question, said), following in zip(answers(place), [*names[1:], "check"], strict=True):
        assert teacher.get(f"/raise/{draft}/{question}").status_code == 200
        answer = teacher.post(f"/raise/{draft}/{question}", said)
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/raise/{draft}/{following}"


def test_what_was_answered_is_read_back_and_then_sent_once(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    page = text_of(teacher, f"/raise/{draft}/check")
    for said in (
        DISPUTE,
        "Levels of need or thresholds",
        "Something else",
        "Callum Reid",
        "Maryam",
    ):
        assert said in page
    first = teacher.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    second = teacher.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    file = case_of(first.headers["Location"])
    assert file.raised.dispute == DISPUTE
    assert file.state.supporter == place.lead_post
    assert len([e for e in file.entries if e.recorded.version == 1]) == 1


def test_an_agency_that_is_about_to_close_says_so_where_it_is_chosen_and_before_it_is_sent(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    pages = [f"/raise/{draft}/{question}" for question in ("agencies", "check")]
    for page in pages:
        assert "It is closed from" not in text_of(teacher, page)
    day = timezone.localdate() + timedelta(days=1)
    Agency.objects.filter(id=place.care).update(closed_on=day)
    said = f"It is closed from {day.day} {day:%B %Y} on. Ask it, or the partnership’s office, who takes over"
    for page in pages:
        assert said in text_of(teacher, page)
    Agency.objects.filter(id=place.care).update(closed_on=timezone.localdate())
    assert place.care not in text_of(teacher, pages[0])


def test_the_receipt_says_what_happens_next_who_does_it_and_whom_to_call_if_not(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    sent = teacher.post(f"/raise/{draft}/check").headers["Location"]
    page = text_of(teacher, sent)
    for said in (
        "Talk to your supervisor or manager",
        "You (Class teacher, Oakfield Primary School)",
        "Robert Kendall, Deputy headteacher, Oakfield Primary School",
        "The policy gives no time. As soon as you can.",
        "Settle it through discussion",
        "How this was worked out",
        "Helen Marsh",
        "tel:01632960001",
    ):
        assert said in page
    assert "Telephone these people now" not in page


def test_an_immediate_risk_is_answered_with_whom_to_telephone_now(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    risk = {"is_urgent": "yes", "immediate_risk": "He is going home to the same flat tonight."}
    page = text_of(teacher, "/raise")
    answer_all(teacher, draft, place, immediate_risk=risk)
    page = text_of(teacher, teacher.post(f"/raise/{draft}/check").headers["Location"])
    assert page.index("Telephone these people now") < page.index("What happens next")
    assert "Maryam Siddiqui" in page
    assert "Martin Fairley" in page
    assert page.index("Tell the designated safeguarding lead") < page.index("Talk to your super")


def test_the_receipt_is_for_the_person_who_raised_it_alone(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    sent = teacher.post(f"/raise/{draft}/check").headers["Location"]
    worker = d.a_person(place.worker_post, name="Jo Whitfield")
    assert signed_in(worker, "jo@care.example").get(sent).status_code == 404
    assert teacher.get("/raise/sent/ZZZZZZZZ").status_code == 404


def test_after_sending_every_page_of_the_draft_leads_to_the_receipt(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    sent = teacher.post(f"/raise/{draft}/check").headers["Location"]
    for page in ("", "/check", "/dispute", "/delete"):
        assert teacher.get(f"/raise/{draft}{page}").headers["Location"] == sent
    assert drafts.drafts_of(place.teacher) == ()
    assert drafts.load(draft=draft, person=place.teacher) is None


# --- changing answers --------------------------------------------------------------------------------


def test_an_answer_changed_from_the_check_page_leads_back_to_it(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    answer = teacher.post(f"/raise/{draft}/dispute?from=check", {"dispute": "Another thing"})
    assert answer.headers["Location"] == f"/raise/{draft}/check"
    page = text_of(teacher, f"/raise/{draft}/check")
    assert "Another thing" in page
    assert DISPUTE not in page


def test_an_agency_added_from_the_check_page_is_asked_about_first(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    both = {"agencies": [place.care, place.police]}
    answer = teacher.post(f"/raise/{draft}/agencies?from=check", both)
    assert answer.headers["Location"] == f"/raise/{draft}/worker/{place.police}?from=check"
    unknown = {"post": "unknown", "stated_name": "The desk sergeant"}
    answer = teacher.post(answer.headers["Location"], unknown)
    assert answer.headers["Location"] == f"/raise/{draft}/check"
    assert "Not in the directory: The desk sergeant" in text_of(teacher, f"/raise/{draft}/check")
    file = case_of(teacher.post(f"/raise/{draft}/check").headers["Location"])
    assert [(p.agency, p.post) for p in file.state.receiving] == [
        (place.care, place.worker_post),
        (place.police, None),
    ]
    assert file.raised.worker_names == ("", "The desk sergeant")


def test_several_children_can_be_added_changed_and_removed(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    key = d.new_id()
    one = {"kind": "child", "reference": "A-1", "idempotency_key": key}
    teacher.post(f"/raise/{draft}/child", one)
    teacher.post(f"/raise/{draft}/child", one)  # a double click
    answer = teacher.post(f"/raise/{draft}/children", {"is_anyone_else": "yes"})
    assert answer.headers["Location"] == f"/raise/{draft}/child"
    teacher.post(f"/raise/{draft}/child", {"kind": "unborn", "reference": "B-2"})
    page = text_of(teacher, f"/raise/{draft}/children")
    assert "You have added 2 people" in page
    teacher.post(f"/raise/{draft}/child/{key}", {"kind": "child", "reference": "A-3"})
    page = text_of(teacher, f"/raise/{draft}/children")
    assert "A-3" in page
    assert "A-1" not in page
    teacher.post(f"/raise/{draft}/remove/{key}")
    page = text_of(teacher, f"/raise/{draft}/children")
    assert "You have added 1 person" in page
    assert "A-3" not in page


def test_a_question_is_not_reached_before_those_it_needs(teacher: Client) -> None:
    draft = begin(teacher)
    for question in ("dispute", "children", "agencies", "supporter", "check"):
        answer = teacher.get(f"/raise/{draft}/{question}")
        assert answer.headers["Location"] == f"/raise/{draft}/child"


# --- an open case about the same child ------------------------------------------------------------


def test_a_case_about_the_same_child_is_shown_before_another_is_begun(
    teacher: Client, place: Northmere
) -> None:
    first = begin(teacher)
    answer_all(teacher, first, place)
    sent = teacher.post(f"/raise/{first}/check").headers["Location"]
    second = begin(teacher)
    teacher.post(f"/raise/{second}/child", {"kind": "child", "reference": "nhs9434765919"})
    answer = teacher.post(f"/raise/{second}/children", {"is_anyone_else": "no"})
    assert answer.headers["Location"] == f"/raise/{second}/open-case"
    page = text_of(teacher, f"/raise/{second}/open-case")
    assert f"/cases/{sent.rsplit('/', 1)[-1]}" in page
    answer = teacher.post(f"/raise/{second}/open-case")
    assert answer.headers["Location"] == f"/raise/{second}/grounds"


def test_a_case_the_person_may_not_see_is_not_hinted_at(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    teacher.post(f"/raise/{draft}/check")
    nurse = d.a_person(
        d.a_post(d.an_agency(place.partnership, name="Lowfell", kind="community_health"))
    )
    other = signed_in(nurse, "nurse@lowfell.example")
    second = begin(other)
    other.post(f"/raise/{second}/child", {"kind": "child", "reference": "NHS 943 476 5919"})
    answer = other.post(f"/raise/{second}/children", {"is_anyone_else": "no"})
    assert answer.headers["Location"] == f"/raise/{second}/grounds"


# --- drafts ------------------------------------------------------------------------------------------


def test_a_draft_is_found_again_and_goes_on_where_it_stopped(
    teacher: Client, place: Northmere
) -> None:
    draft = begin(teacher)
    for question, said in answers(place)[:4]:
        teacher.post(f"/raise/{draft}/{question}", said)
    teacher.logout()
    again = signed_in_again(place)
    assert "NHS 943 476 5919" in text_of(again, "/raise/drafts")
    assert "You have not sent this yet" in text_of(again, "/raise")
    assert again.get(f"/raise/{draft}").headers["Location"] == f"/raise/{draft}/why-unsafe"
    assert DISPUTE in text_of(again, f"/raise/{draft}/dispute")


def test_save_and_come_back_later_keeps_what_is_typed(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    for question, said in answers(place)[:3]:
        teacher.post(f"/raise/{draft}/{question}", said)
    answer = teacher.post(f"/raise/{draft}/dispute", {"dispute": "Half a thought", "later": "yes"})
    assert answer.headers["Location"] == "/raise/drafts"
    assert "Half a thought" in text_of(teacher, f"/raise/{draft}/dispute")
    answer = teacher.post(f"/raise/{draft}/why-unsafe", {"why_unsafe": "", "later": "yes"})
    assert answer.headers["Location"] == "/raise/drafts"


def test_start_pressed_twice_begins_one_draft(teacher: Client, place: Northmere) -> None:
    key = {"idempotency_key": d.new_id()}
    first, second = teacher.post("/raise", key), teacher.post("/raise", key)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(drafts.drafts_of(place.teacher)) == 1


def test_a_deleted_draft_is_gone(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    assert "Delete what you have not sent?" in text_of(teacher, f"/raise/{draft}/delete")
    assert len(drafts.drafts_of(place.teacher)) == 1
    assert teacher.post(f"/raise/{draft}/delete").headers["Location"] == "/raise"
    assert teacher.get(f"/raise/{draft}").status_code == 404


def test_there_may_be_only_so_many_drafts_at_once(teacher: Client, place: Northmere) -> None:
    for _ in range(10):
        begin(teacher)
    answer = teacher.post("/raise", {"idempotency_key": d.new_id()})
    assert answer.status_code == 422
    assert "Send or delete one of them first" in answer.content.decode()


def test_what_is_kept_on_the_server_is_sealed(teacher: Client, place: Northmere) -> None:
    from counterpart.casework.models import Draft

    draft = begin(teacher)
    for question, said in answers(place)[:4]:
        teacher.post(f"/raise/{draft}/{question}", said)
    sealed = bytes(Draft.objects.get(id=draft).sealed or b"")
    assert b"referral" not in sealed
    assert b"943" not in sealed


def signed_in_again(place: Northmere) -> Client:
    """The teacher in another browser."""
    from counterpart.people.models import Account
    from tests.signed_in import sign_in

    client = Client()
    sign_in(client, Account.objects.get(person=place.teacher), at=datetime.now(UTC))
    return client


def case_of(receipt: str) -> casefile.CaseFile:
    """The case behind a receipt."""
    case = casefile.find(receipt.rsplit("/", 1)[-1])
    assert case is not None
    return casefile.open_case(case, datetime.now(UTC))
