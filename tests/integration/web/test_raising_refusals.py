"""Raising a concern: who may not, what may not be sent, and that nothing typed is lost."""

from collections.abc import Sequence

import pytest
from django.test import Client

from counterpart.casework import drafts
from tests import directory as d
from tests.integration.web.northmere import (
    Northmere,
    answer_all,
    answers,
    begin,
    northmere,
    signed_in,
)

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "child",
    "children",
    "grounds",
    "dispute",
    "why-unsafe",
    "immediate-risk",
    "outcome",
    "reasons",
    "own-policy",
    "agencies",
    "supporter",
)
NARRATIVES = (("dispute", "dispute"), ("why-unsafe", "why_unsafe"), ("outcome", "desired_outcome"),
              ("tried", "already_tried"))  # fmt: skip
MARKUP = "<script>alert('x')</script> & \u0007 \u202e"


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    """The teacher, signed in."""
    return signed_in(place.teacher, "amara.osei@oakfield.example")


@pytest.fixture
def draft(teacher: Client, place: Northmere) -> str:
    """A draft with everything answered."""
    made = begin(teacher)
    answer_all(teacher, made, place)
    return made


def pages_of(draft: str, place: Northmere) -> Sequence[str]:
    """The address of every page of a draft."""
    questions = (*QUESTIONS, f"worker/{place.care}", "check", "delete")
    return [f"/raise/{draft}", *(f"/raise/{draft}/{name}" for name in questions)]


# --- who -------------------------------------------------------------------------------------------


def test_nobody_comes_in_without_signing_in(draft: str, place: Northmere) -> None:
    for address in ("/raise", "/raise/drafts", *pages_of(draft, place)):
        answer = Client().get(address)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in")


def test_a_draft_of_somebody_else_is_not_there(draft: str, place: Northmere) -> None:
    manager = signed_in(
        d.a_person(d.a_post(place.school), name="Lucy Brand"), "lucy.brand@oakfield.example"
    )
    for address in pages_of(draft, place):
        assert manager.get(address).status_code == 404
        if not address.endswith(draft):
            assert manager.post(address, {"dispute": "x"}).status_code == 404
    assert manager.post(f"/raise/{draft}/remove/{d.new_id()}").status_code == 404
    assert drafts.load(draft=draft, person=place.teacher)


def test_other_methods_are_refused(teacher: Client, draft: str, place: Northmere) -> None:
    for address in ("/raise", "/raise/drafts", *pages_of(draft, place)):
        assert teacher.put(address).status_code == 405
        assert teacher.delete(address).status_code == 405
    assert teacher.post("/raise/drafts").status_code == 405
    assert teacher.post(f"/raise/{draft}").status_code == 405
    assert teacher.get(f"/raise/{draft}/remove/{d.new_id()}").status_code == 405


def test_a_question_that_does_not_exist_is_not_found(teacher: Client, draft: str) -> None:
    assert teacher.get(f"/raise/{draft}/nonsense").status_code == 404
    assert teacher.get(f"/raise/{d.new_id()}").status_code == 404
    assert teacher.get(f"/raise/{draft}/child/{d.new_id()}").status_code == 303


@pytest.mark.parametrize("is_administrator", [True, False])
def test_somebody_without_a_post_in_an_agency_is_told_what_to_do(
    place: Northmere, is_administrator: bool
) -> None:
    held = [d.a_post(place.school)] if is_administrator else []
    person = d.a_person(*held, name="Sam Iqbal")
    client = signed_in(person, "sam@northmere.example", is_administrator=is_administrator)
    page = client.get("/raise").content.decode()
    assert "You cannot raise a concern from this account" in page
    assert "Start now" not in page
    assert client.post("/raise", {"idempotency_key": d.new_id()}).status_code == 200
    assert drafts.drafts_of(person) == ()


def test_somebody_with_two_posts_says_which(place: Northmere) -> None:
    second = d.a_post(place.police, title="Volunteer officer")
    person = d.a_person(d.a_post(place.school), second, name="Dana Reeve")
    client = signed_in(person, "dana@oakfield.example")
    draft = begin(client)
    assert client.get(f"/raise/{draft}").headers["Location"] == f"/raise/{draft}/post"
    wrong = client.post(f"/raise/{draft}/post", {"post": f"{place.lead_post}-{place.partnership}"})
    assert wrong.status_code == 422
    client.post(f"/raise/{draft}/post", {"post": f"{second}-{place.partnership}"})
    for question, said in answers(place)[:10]:
        client.post(f"/raise/{draft}/{question}", said)
    page = client.get(f"/raise/{draft}/agencies").content.decode()
    assert "Oakfield Primary School" in page
    assert "Northmere Police" not in page


# --- what ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_page_says_what_is_missing(teacher: Client, draft: str, question: str) -> None:
    answer = teacher.post(f"/raise/{draft}/{question}", {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert "There is a problem" in page


def test_the_worker_has_to_be_chosen_or_said_to_be_unknown(
    teacher: Client, draft: str, place: Northmere
) -> None:
    answer = teacher.post(f"/raise/{draft}/worker/{place.care}", {"stated_name": "Somebody"})
    assert answer.status_code == 422
    assert 'value="Somebody"' in answer.content.decode()


def test_an_immediate_risk_needs_a_reason(teacher: Client, draft: str) -> None:
    answer = teacher.post(f"/raise/{draft}/immediate-risk", {"is_urgent": "yes"})
    assert answer.status_code == 422
    assert "Write why you think there is an immediate risk" in answer.content.decode()


def test_a_no_takes_the_reason_for_an_immediate_risk_away(
    teacher: Client, draft: str, place: Northmere
) -> None:
    said = {"is_urgent": "no", "immediate_risk": "I was not sure"}
    teacher.post(f"/raise/{draft}/immediate-risk", said)
    kept = drafts.load(draft=draft, person=place.teacher) or {}
    assert (kept["is_urgent"], kept["immediate_risk"]) == (False, "")


@pytest.mark.parametrize(("question", "name"), NARRATIVES)
def test_a_hundred_thousand_characters_are_refused_and_handed_back(
    teacher: Client, draft: str, question: str, name: str
) -> None:
    long = "A sentence that goes on. " * 4000
    answer = teacher.post(f"/raise/{draft}/{question}", {name: long})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "must be 10,000 characters or fewer" in page
    assert long.strip() in page


@pytest.mark.parametrize(("question", "name"), NARRATIVES)
def test_markup_and_control_characters_are_text(
    teacher: Client, draft: str, question: str, name: str
) -> None:
    assert teacher.post(f"/raise/{draft}/{question}", {name: MARKUP}).status_code == 303
    page = teacher.get(f"/raise/{draft}/check").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "[U+0007]" in page
    assert "[U+202E]" in page


def test_choices_that_were_not_offered_are_refused(
    teacher: Client, draft: str, place: Northmere
) -> None:
    for question, said in (
        ("child", {"kind": "dragon", "reference": "X"}),
        ("grounds", {"grounds": ["none-of-these"]}),
        ("reasons", {"asked_rationale": "perhaps"}),
        ("own-policy", {"used_own_policy": "perhaps"}),
        ("agencies", {"agencies": [place.school]}),
        ("agencies", {"agencies": [d.new_id()]}),
        (f"worker/{place.care}", {"post": place.lead_post}),
        (f"worker/{place.care}", {"post": d.new_id()}),
        ("supporter", {"supporter": d.new_id()}),
        ("supporter", {"supporter": place.teacher_post}),
    ):
        answer = teacher.post(f"/raise/{draft}/{question}", said)
        assert answer.status_code == 422, question
        assert "There is a problem" in answer.content.decode()


def test_a_reference_too_long_to_be_one_is_refused(teacher: Client, draft: str) -> None:
    answer = teacher.post(f"/raise/{draft}/child", {"kind": "child", "reference": "9" * 101})
    assert answer.status_code == 422
    assert "9" * 101 in answer.content.decode()


def test_a_worker_who_left_before_it_was_sent_is_asked_about_again(
    teacher: Client, draft: str, place: Northmere
) -> None:
    from counterpart.people.models import Post

    Post.objects.filter(id=place.worker_post).update(agency=place.police)
    answer = teacher.post(f"/raise/{draft}/check")
    assert answer.headers["Location"] == f"/raise/{draft}/worker/{place.care}"


# --- looking somebody up ---------------------------------------------------------------------------


def test_a_supporter_is_found_in_another_agency(
    teacher: Client, draft: str, place: Northmere
) -> None:
    address = f"/raise/{draft}/supporter"
    found = teacher.post(address, {"search": "callum", "looking": "yes"})
    assert found.status_code == 200
    assert "Callum Reid" in found.content.decode()
    answer = teacher.post(address, {"search": "callum", "supporter": place.worker_post})
    assert answer.status_code == 303
    assert "Callum Reid" in teacher.get(address).content.decode()
    nothing = teacher.post(address, {"search": "zzz", "looking": "yes"})
    assert "Nothing was found for “zzz”" in nothing.content.decode()


def test_many_agencies_are_searched_and_a_tick_is_kept(
    teacher: Client, draft: str, place: Northmere
) -> None:
    for number in range(20):
        d.an_agency(place.partnership, name=f"Hill School {number}")
    address = f"/raise/{draft}/agencies"
    page = teacher.get(address).content.decode()
    assert "Northmere Children’s Social Care" in page
    assert "Hill School 7" not in page
    ticked = {"agencies": [place.care], "search": "hill 7", "looking": "yes"}
    page = teacher.post(address, ticked).content.decode()
    assert "Hill School 7" in page
    assert "Hill School 8" not in page
    assert f'value="{place.care}" checked' in page


def test_many_posts_of_an_agency_are_searched(
    teacher: Client, draft: str, place: Northmere
) -> None:
    for number in range(21):
        d.a_person(d.a_post(place.care, title=f"Social worker {number}"), name=f"Person {number}")
    address = f"/raise/{draft}/worker/{place.care}"
    page = teacher.post(address, {"search": "person 12", "looking": "yes"}).content.decode()
    assert "Person 12" in page
    assert "Person 13" not in page
    assert "I do not know who" in page


@pytest.mark.parametrize("hostile", ["\0", "a\0b", "%", "x" * 100_000, "' OR 1=1 --", "\u202e"])
def test_anything_at_all_may_be_searched_for_or_sent_as_a_choice(
    teacher: Client, draft: str, place: Northmere, hostile: str
) -> None:
    for question in ("agencies", f"worker/{place.care}", "supporter"):
        address = f"/raise/{draft}/{question}"
        looked = teacher.post(address, {"search": hostile, "looking": "yes"})
        assert looked.status_code == 200
        chosen = dict.fromkeys(("agencies", "post", "supporter", "search"), hostile)
        assert teacher.post(address, chosen).status_code == 422
    assert teacher.get("/raise/%00").status_code == 404
    assert teacher.get(f"/raise/{draft}/child/%00").status_code == 404


# --- an expired sign-in ------------------------------------------------------------------------------


def test_a_page_sent_after_the_sign_in_ended_hands_back_what_was_typed(
    teacher: Client, draft: str, place: Northmere
) -> None:
    teacher.logout()
    answer = teacher.post(f"/raise/{draft}/dispute", {"dispute": "Typed for an hour"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'value="Typed for an hour"' in page
    assert f'action="/raise/{draft}/dispute"' in page
    assert drafts.load(draft=draft, person=place.teacher)
