"""Have your say: what people say of the policy reaches its office once, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from counterpart.casework import policycomments
from counterpart.casework.digesting import send_digests
from counterpart.messages.composing import compose
from counterpart.messages.digests import lines_of
from counterpart.messages.models import Notice, OutboxRow
from counterpart.messages.recipients import Recipient, recipients_of
from counterpart.people.models import Holding
from tests import directory as d
from tests.integration.web.cases import manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

SAY = "/policy/brent/have-your-say"
WORDS = "Nothing says who tells the nursery. <b>Wexcombe</b>"


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    return signed_in(place.teacher, "amara.osei@oakfield.example")


@pytest.fixture
def manager(place: Northmere) -> Client:
    return signed_in(manager_of(place), "helen.marsh@northmere.example")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def says(client: Client, words: str = WORDS, key: str = "") -> int:
    sent = {"comment": words, "idempotency_key": key or d.new_id()}
    return client.post(SAY, sent).status_code


def comment_of(place: Northmere) -> policycomments.Comment:
    (comment,) = policycomments.comments(place.partnership)
    return comment


def test_what_a_teacher_says_is_read_by_the_office_with_their_name_and_post(
    teacher: Client, manager: Client
) -> None:
    assert says(teacher) == 303
    page = text(manager, "/desk/policy/comments")
    for said in ("Nothing says who tells the nursery.", "Amara Osei", "Class teacher", "Version 2"):
        assert said in page
    assert "<b>Wexcombe" not in page
    assert "1 comment to deal with" in text(manager, "/desk/policy")
    assert "1 comment to deal with" in text(manager, "/desk")


def test_the_office_is_told_in_the_app_and_in_its_next_digest_without_a_word_of_it(
    teacher: Client, manager: Client
) -> None:
    says(teacher)
    news = text(manager, "/me/notices")
    assert "Somebody has said something about the policy" in news
    assert 'href="/desk/policy/comments"' in news
    assert not OutboxRow.objects.exists()
    now = datetime.now(UTC)
    assert [send_digests(now), send_digests(now + timedelta(days=1))] == [1, 0]
    (row,) = OutboxRow.objects.all()
    (to,) = recipients_of(row, row.made_at)  # type: ignore[misc]  # there is somebody
    assert isinstance(to, Recipient)
    assert to.address == "helen.marsh@northmere.example"
    message = compose(row, settings.ADDRESS, lines_of(row, now))
    assert f"{settings.ADDRESS}/desk/policy/comments" in message.text
    whole = f"{message.subject}{message.text}{message.html}"
    assert not [word for word in ("nursery", "Wexcombe", "Amara") if word in whole]
    assert "The policy: Somebody has said something about the policy" in message.text


def test_a_second_press_says_it_once(teacher: Client, place: Northmere) -> None:
    key = d.new_id()
    assert [says(teacher, key=key), says(teacher, key=key)] == [303, 303]
    comment_of(place)
    assert Notice.objects.count() == 1


def test_the_office_deals_with_it_once_and_whoever_said_it_reads_the_answer(
    teacher: Client, manager: Client, place: Northmere
) -> None:
    says(teacher)
    path = f"/desk/policy/comments/{comment_of(place).id}"
    assert manager.post(path, {"answer": ""}).status_code == 422
    done = manager.post(path, {"answer": "Put to the Board.", "idempotency_key": d.new_id()})
    assert done.headers["Location"] == "/desk/policy/comments"
    again = manager.post(path, {"answer": "Something else.", "idempotency_key": d.new_id()})
    assert again.status_code == 409
    assert manager.get(path).status_code == 303
    assert "Put to the Board." in text(teacher, SAY)
    answer = comment_of(place).answer
    assert answer is not None
    assert (answer.text, answer.by) == ("Put to the Board.", "Helen Marsh")
    assert "Nothing is waiting for you." in text(manager, "/desk/policy")


def test_two_of_the_office_at_once_answer_it_once(
    teacher: Client, manager: Client, place: Northmere
) -> None:
    says(teacher)
    comment = comment_of(place)
    by = {"partnership": place.partnership, "now": comment.at, "comment": comment}
    from counterpart.casework.actors import the_clock

    policycomments.answer(text="One", actor=the_clock(), key=d.new_id(), **by)  # type: ignore[arg-type]
    with pytest.raises(policycomments.AlreadyAnswered):
        policycomments.answer(text="Two", actor=the_clock(), key=d.new_id(), **by)  # type: ignore[arg-type]
    answer = comment_of(place).answer
    assert answer is not None
    assert answer.text == "One"


def test_somebody_elses_words_are_not_on_ones_own_page(teacher: Client, place: Northmere) -> None:
    says(teacher)
    other = signed_in(Holding.objects.get(post=place.worker_post).person_id, "callum@x.example")
    assert "nursery" not in text(other, SAY)


def test_the_office_of_another_partnership_reads_nothing_and_answers_nothing(
    teacher: Client, place: Northmere
) -> None:
    says(teacher)
    elsewhere = signed_in(
        d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager")), "e@x.example"
    )
    assert "nursery" not in text(elsewhere, "/desk/policy/comments")
    path = f"/desk/policy/comments/{comment_of(place).id}"
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.post(path, {"answer": "x"}).status_code == 404
    assert elsewhere.get(SAY).status_code == 404


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Write what does not work"), ("x" * 4_001, "must be 4,000 characters or fewer")],
)
def test_what_cannot_be_sent_says_why_and_is_kept(
    teacher: Client, place: Northmere, words: str, said: str
) -> None:
    answer = teacher.post(SAY, {"comment": words, "idempotency_key": d.new_id()})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert said in page
    assert words in page
    assert policycomments.comments(place.partnership) == ()


def test_a_policy_that_does_not_run_where_one_works_is_not_found(teacher: Client) -> None:
    assert teacher.get("/policy/elsewhere/have-your-say").status_code == 404


def test_the_page_asks_for_nothing_about_a_child(teacher: Client) -> None:
    assert "Do not name a child or a family" in text(teacher, SAY)
