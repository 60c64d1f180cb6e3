"""A role that ended between opening a form and sending it: refused clearly, nothing changed, and written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.access.models import RefusedTry
from counterpart.journal.models import Event
from counterpart.people.changes import close_account
from counterpart.people.models import Account, Holding, Post
from tests import directory as d
from tests.integration.visiting.mail import (
    BEFORE,
    WORKER,
    Waiting,
    comes_by_own_mailbox,
    drawn,
    the_form,
    waiting,
)
from tests.integration.web.filling import filled
from tests.integration.web.keeping import at
from tests.integration.web.northmere import signed_in
from tests.signed_in import sign_in
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

LEAD = "school.designated_safeguarding_lead"
WORDS = "We spoke at length."


@pytest.fixture
def place() -> Town:
    return town()


def leaves(place: Town, who: str) -> None:
    """The person leaves their post today: from now on they do not hold it."""
    Holding.objects.filter(person=place.people[who]).update(until_on=timezone.now().date())


def sent(client: Client, path: str, form: dict[str, Any]) -> Any:
    """Send a form from one of our own pages."""
    return client.post(path, form, headers={"Sec-Fetch-Site": "same-origin"})


def refused(person: str) -> list[str]:
    """The pages at which this person was refused."""
    return list(RefusedTry.objects.filter(person=person).values_list("page", flat=True))


def test_an_act_on_a_case(place: Town) -> None:
    story = Story(place, now=BEFORE, step=timedelta(minutes=20)).raised().to_workers()
    client = signed_in(place.people[WORKER], "worker@care.example")
    path = f"/cases/{story.reference}/step/workers-discuss"
    form = filled(drawn(client.get(path)), said=WORDS)
    before = Event.objects.count()
    leaves(place, WORKER)
    answer = sent(client, path, form)
    assert answer.status_code == 404
    assert "Nothing of what you sent has been saved or changed" in drawn(answer)
    assert WORDS in drawn(answer)
    assert Event.objects.count() == before
    assert refused(place.people[WORKER]) == ["cases:step"]


def test_the_answer_is_the_same_for_a_case_that_never_was(place: Town) -> None:
    story = Story(place, now=BEFORE, step=timedelta(minutes=20)).raised().to_workers()
    client = signed_in(d.a_person(d.a_post(place.agencies["police"])), "other@police.example")
    pages = [
        drawn(sent(client, f"/cases/{reference}/step/workers-discuss", {"said": WORDS}))
        for reference in (story.reference, "00000000")
    ]
    assert pages[0] == pages[1]


def test_what_is_typed_is_handed_back_only_to_one_of_our_own_pages(place: Town) -> None:
    client = signed_in(place.people[RAISER], "teacher@school.example")
    answer = client.post("/cases/00000000/step/x", {"said": WORDS})
    assert answer.status_code == 404
    assert WORDS not in drawn(answer)


def test_a_visitors_answer() -> None:
    case: Waiting = waiting(is_shared=False)
    client, person = Client(), case.place.people[WORKER]
    comes_by_own_mailbox(client, case)
    assert client.get(the_form(case)).status_code == 200
    before = Event.objects.filter(stream=case.story.case).count()
    leaves(case.place, WORKER)
    answer = client.post(the_form(case), {"answer": "dissent", "reason": WORDS})
    assert answer.status_code == 403
    assert "Nothing has been saved or changed" in drawn(answer)
    assert WORDS in drawn(answer)
    assert Event.objects.filter(stream=case.story.case).count() == before
    assert refused(person) == ["cases:answer"]


def test_an_act_on_the_directory(place: Town) -> None:
    client = signed_in(place.people[LEAD], "lead@oakfield.example")
    path = at("add_post", body=place.agencies["school"])
    form = filled(drawn(client.get(path)), title="A post that is not made")
    before = Event.objects.count()
    leaves(place, LEAD)
    answer = sent(client, path, form)
    assert answer.status_code == 404
    assert "Nothing of what you sent has been saved or changed" in drawn(answer)
    assert "A post that is not made" in drawn(answer)
    assert not Post.objects.filter(title="A post that is not made").exists()
    assert Event.objects.count() == before
    assert refused(place.people[LEAD]) == ["directory:add_post"]


def test_an_act_by_somebody_whose_account_was_closed_meanwhile(place: Town) -> None:
    story = Story(place, now=BEFORE, step=timedelta(minutes=20)).raised().to_workers()
    client, person = signed_in(place.people[WORKER], "worker@care.example"), place.people[WORKER]
    path = f"/cases/{story.reference}/step/workers-discuss"
    form = filled(drawn(client.get(path)), said=WORDS)
    before = Event.objects.count()
    close_account(account=Account.objects.get(person=person).id)
    answer = sent(client, path, form)
    assert answer.status_code == 403
    for said in ("You are signed out", "when a sign-in has been closed", WORDS,
                 "Nothing has been saved or changed"):  # fmt: skip
        assert said in drawn(answer)
    assert Event.objects.count() == before
    assert refused(person) == ["cases:step"]
    assert client.get(path).status_code == 303
    assert refused(person) == ["cases:step"]  # looking is no attempt


def test_whoever_was_only_left_alone_too_long_has_attempted_nothing(place: Town) -> None:
    client = Client()
    long_ago = timezone.now() - timedelta(days=1)
    account = d.an_account(place.people[WORKER], "worker@care.example")
    sign_in(client, account, at=long_ago)
    assert client.post("/cases/00000000/step/x", {"said": WORDS}).status_code == 403
    assert not RefusedTry.objects.exists()
