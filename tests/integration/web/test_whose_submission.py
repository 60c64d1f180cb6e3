"""Who a form counts for: its own sender, on its own case; and whose words anybody may write down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from counterpart.casework import acts, outcomes
from counterpart.casework.actors import by_post
from counterpart.casework.casefile import open_case
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.journal.reading import head
from counterpart.people import changes
from counterpart.people.models import Holding
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

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)  # the pages read the real clock
YES = {"answer": "confirm", "number": "1", "comment": ""}


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    return signed_in(place.teacher, "teacher@x.example")


@pytest.fixture
def worker(place: Northmere) -> Client:
    return signed_in(holder_of(place.worker_post), "worker@x.example")


@pytest.fixture
def manager(place: Northmere) -> Client:
    return signed_in(manager_of(place), "manager@x.example")


def gap(client: Client, reference: str, key: str, text: str = "No rule for this.") -> str:
    """Report a gap; where the answer leads, or its status."""
    answer = client.post(f"/cases/{reference}/gap", {"gap": text, "idempotency_key": key})
    return str(answer.headers.get("Location", answer.status_code))


def version(reference: str) -> int:
    found = head(case_of(reference))
    return found.version if found else 0


# --- a key is good for one person on one case -------------------------------------------------------


def test_a_key_somebody_else_has_used_does_not_stand_in_for_ones_own_act(
    place: Northmere, teacher: Client, worker: Client
) -> None:
    reference, key = a_case(place, AN_HOUR_AGO), d.new_id()
    goes_to_the_workers(place, reference, AN_HOUR_AGO)
    gap(teacher, reference, key)
    before = version(reference)
    assert gap(worker, reference, key) == f"/cases/{reference}"
    assert version(reference) == before + 1


def test_a_key_used_on_one_case_does_its_own_work_on_another(
    place: Northmere, teacher: Client
) -> None:
    first, second, key = a_case(place, AN_HOUR_AGO), a_case(place, AN_HOUR_AGO), d.new_id()
    gap(teacher, first, key)
    before = version(second)
    assert gap(teacher, second, key) == f"/cases/{second}"
    assert version(second) == before + 1


def test_a_second_press_makes_nothing_and_says_so(place: Northmere, teacher: Client) -> None:
    reference, key = a_case(place, AN_HOUR_AGO), d.new_id()
    gap(teacher, reference, key)
    before = version(reference)
    again = teacher.post(
        f"/cases/{reference}/gap", {"gap": "Other words.", "idempotency_key": key}, follow=True
    )
    assert version(reference) == before
    assert "already been sent" in again.content.decode()


def test_a_second_press_after_the_case_went_on_leads_back_to_it(
    place: Northmere, teacher: Client
) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    file = open_case(case_of(reference), datetime.now(UTC))
    sent = {"reason": "They will not visit.", "idempotency_key": d.new_id(), "version": "1"}
    url = f"/cases/{reference}/withdraw"
    assert file.option(e.CaseWithdrawn) is not None
    for _ in range(2):
        assert teacher.post(url, sent).headers["Location"] == f"/cases/{reference}"
    assert version(reference) == 2


# --- whose words anybody may write down -------------------------------------------------------------


def settled(place: Northmere) -> str:
    """A case with a written outcome that both sides have to answer."""
    reference = a_case(place, AN_HOUR_AGO)
    now = AN_HOUR_AGO + timedelta(minutes=10)
    by: dict[str, Any] = {
        "case": case_of(reference),
        "actor": by_post(person=place.teacher, post=place.teacher_post, capacity="raiser"),
        "now": now,
    }
    spoke: dict[str, Any] = {"how": "telephone", "happened_at": now, "said": "S."}
    for made in (
        acts.record_step(step="consult-manager", result="done", **spoke, **by, key=d.new_id()),
        acts.move_on(way="to-other-worker", seats=(), reason="R.", **by, key=d.new_id()),
        acts.record_step(
            step="workers-discuss", result="agreed", agencies=[place.care], **spoke, **by,
            key=d.new_id(),
        ),
        outcomes.propose_outcome(agreed="A visit.", **by, key=d.new_id()),
    ):  # fmt: skip
        assert isinstance(made, Done), made
    return reference


def answers(reference: str) -> dict[str, str]:
    outcome = open_case(case_of(reference), datetime.now(UTC)).state.outcome
    assert outcome is not None
    return {str(agency): answer for agency, answer in outcome.answers.items()}


def test_a_side_cannot_put_a_confirmation_into_the_other_sides_mouth(
    place: Northmere, teacher: Client, worker: Client
) -> None:
    reference = settled(place)
    url = f"/cases/{reference}/telephoned/answer"
    for client, post in ((teacher, place.worker_post), (worker, place.teacher_post)):
        assert client.post(url, YES | {"for_post": post}).status_code in (404, 422)
    assert answers(reference) == {}


def test_a_side_may_write_down_what_its_own_people_said(place: Northmere, worker: Client) -> None:
    reference = settled(place)
    url = f"/cases/{reference}/telephoned/answer"
    assert worker.post(url, YES | {"for_post": place.worker_post}).status_code == 303
    assert answers(reference) == {place.care: "confirmed"}


def test_the_business_manager_may_write_down_what_either_side_said(
    place: Northmere, manager: Client
) -> None:
    reference = settled(place)
    url = f"/cases/{reference}/telephoned/answer"
    for post in (place.worker_post, place.teacher_post):
        sent = YES | {"for_post": post, "idempotency_key": d.new_id()}
        assert manager.post(url, sent).status_code == 303


def test_a_business_manager_who_is_a_party_speaks_for_neither_side(
    place: Northmere, manager: Client
) -> None:
    reference = settled(place)
    d.holds(manager_of(place), place.worker_post)
    url = f"/cases/{reference}/telephoned/answer"
    assert manager.post(url, YES | {"for_post": place.teacher_post}).status_code in (404, 422)
    assert answers(reference) == {}


def test_a_raiser_with_a_post_on_the_other_side_too_speaks_for_their_own(
    place: Northmere, teacher: Client
) -> None:
    reference = settled(place)
    Holding.objects.filter(person=place.teacher).update(from_on=AN_HOUR_AGO.date())
    d.holds(place.teacher, d.a_post(place.care))
    teacher.post(f"/cases/{reference}/answer", YES)
    assert answers(reference) == {place.school: "confirmed"}


# --- leavers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("goes_to", ["nowhere", "care"])
def test_a_raiser_who_has_left_their_agency_is_out_at_the_next_request(
    place: Northmere, teacher: Client, goes_to: str
) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    assert teacher.get(f"/cases/{reference}").status_code == 200
    holding = Holding.objects.get(person=place.teacher)
    changes.end_holding(holding=holding.id, until_on=AN_HOUR_AGO.date())
    if goes_to == "care":
        d.holds(place.teacher, d.a_post(place.care))
    for path in ("", "/gap", "/withdraw"):
        assert teacher.get(f"/cases/{reference}{path}").status_code == 404, path
    assert teacher.get(f"/raise/sent/{reference}").status_code == 404
    for path in ("/me", "/me/cases", "/me/notices"):
        shown = teacher.get(path).content.decode()
        assert reference not in shown
        assert f"{reference[:4]}-{reference[4:]}" not in shown


def test_a_hidden_case_looks_exactly_like_none(place: Northmere) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    outsider = signed_in(d.a_person(d.a_post(place.police)), "outsider@x.example")
    for path in ("cases/{}", "cases/{}/gap", "cases/{}/telephoned/answer", "raise/sent/{}",
                 "desk/cases/{}/reassign/a/b"):  # fmt: skip
        hidden = outsider.get("/" + path.format(reference))
        none = outsider.get("/" + path.format("ZZZZZZZZ"))
        assert (hidden.status_code, hidden.content) == (404, none.content), path
        assert dict(hidden.headers) == dict(none.headers)
