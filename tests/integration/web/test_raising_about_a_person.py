"""A concern about somebody who works with children: they are named as it is raised, and never see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from counterpart.access.visibility import visible
from counterpart.casework.casefile import open_case
from counterpart.engine import events as e
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.models import OutboxRow
from counterpart.messages.notices import notices_for, unseen_count
from counterpart.messages.recipients import Nobody, recipients_of
from counterpart.people.models import Holding, Person, Post, Tie
from tests import directory as d
from tests.integration.visiting.mail import BEFORE
from tests.integration.web.northmere import Northmere, answer_all, begin, northmere, signed_in
from tests.town import Story, town

pytestmark = pytest.mark.django_db

YES = {"is_about_worker": "yes"}


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    return signed_in(place.teacher, "amara@oakfield.example")


def holder(post: str) -> str:
    """The person who holds a post."""
    return str(Holding.objects.get(post=post).person_id)


def begun(
    client: Client, place: Northmere, subject: str, supporter: str = "nobody", **changed: Any
) -> str:
    """A draft in which everything is answered, and this person is named."""
    draft = begin(client)
    answer_all(client, draft, place, about_a_person=YES, **changed)
    client.post(f"/raise/{draft}/which-person", {"subject": subject})
    client.post(f"/raise/{draft}/supporter", {"supporter": supporter})
    return draft


def sent(client: Client, draft: str) -> CaseRow:
    """Send it; the case it becomes."""
    answer = client.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    return CaseRow.objects.get(reference=answer.headers["Location"].rsplit("/", 1)[-1])


def test_the_way_to_the_lado_stands_on_the_question(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place)
    page = teacher.get(f"/raise/{draft}/about-a-person").content.decode()
    assert "local authority designated officer (LADO) now" in page
    assert 'href="/other-routes/lado"' in page
    assert 'href="/other-routes"' in page
    for path in ("/other-routes", "/other-routes/lado"):
        assert Client().get(path).status_code == 200


def test_the_question_may_be_left_out(teacher: Client, place: Northmere) -> None:
    draft = begin(teacher)
    answer_all(teacher, draft, place, about_a_person={"is_about_worker": ""})
    assert teacher.get(f"/raise/{draft}")["Location"].endswith("/check")
    case = sent(teacher, draft)
    assert not Event.objects.filter(stream=case.case, type="person_kept_out").exists()


def test_the_people_of_the_agencies_chosen_are_offered_and_no_others(
    teacher: Client, place: Northmere
) -> None:
    d.a_person(d.a_post(place.police), name="Piotr Nowak")
    draft = begin(teacher)
    answer_all(teacher, draft, place, about_a_person=YES)
    assert teacher.get(f"/raise/{draft}")["Location"].endswith("/which-person")
    page = teacher.get(f"/raise/{draft}/which-person").content.decode()
    for name in ("Callum Reid", "Maryam Siddiqui", "Robert Kendall", "They are not on this list"):
        assert name in page
    offered = page.partition("<main")[2]
    assert "Piotr Nowak" not in offered
    assert "Amara Osei" not in offered
    for made_up in (place.teacher, d.new_id(), "x"):
        answer = teacher.post(f"/raise/{draft}/which-person", {"subject": made_up})
        assert answer.status_code == 422


def test_a_long_list_is_searched_by_name(teacher: Client, place: Northmere) -> None:
    for n in range(25):
        d.a_person(d.a_post(place.care, title=f"Worker {n}"), name=f"Person {n:02}")
    draft = begin(teacher)
    answer_all(teacher, draft, place, about_a_person=YES)
    path = f"/raise/{draft}/which-person"
    assert "Callum Reid" not in teacher.get(path).content.decode()
    page = teacher.post(path, {"looking": "yes", "search": "callum"}).content.decode()
    assert "Callum Reid" in page
    assert "Person 03" not in page
    subject = holder(place.worker_post)
    answer = teacher.post(path, {"subject": subject, "search": "callum"})
    assert answer.status_code == 303
    teacher.post(f"/raise/{draft}/supporter", {"supporter": "nobody"})
    assert "Yes: Callum Reid" in teacher.get(f"/raise/{draft}/check").content.decode()


def test_whoever_is_not_on_the_list_keeps_nobody_out(teacher: Client, place: Northmere) -> None:
    draft = begun(teacher, place, "unknown")
    check = teacher.get(f"/raise/{draft}/check").content.decode()
    assert "somebody who is not on the list" in check
    case = sent(teacher, draft)
    assert not Event.objects.filter(stream=case.case, type="person_kept_out").exists()


def test_whoever_is_named_never_sees_it_hears_of_it_or_finds_it(
    teacher: Client, place: Northmere
) -> None:
    lead = holder(place.lead_post)
    Person.objects.filter(id=lead).update(mail="maryam@oakfield.example")
    Post.objects.filter(id=place.lead_post).update(mail="lead@oakfield.example")
    subject = signed_in(lead, "maryam@oakfield.example")
    before = unseen_count(lead, timezone.now())
    draft = begun(teacher, place, lead, immediate_risk={"is_urgent": "yes", "immediate_risk": "Now."})  # fmt: skip
    case = sent(teacher, draft)
    now = timezone.now() + timedelta(minutes=1)
    raised, kept = (whole.recorded.event for whole in read_whole(case.case))
    assert isinstance(raised, e.ConcernRaised)
    assert kept == e.PersonKeptOut(person=lead, reason="subject_of_concern")  # type: ignore[arg-type]  # ids

    for path in ("", "/who", "/reads", "/tie", "/risk"):
        for answer in (subject.get(f"/cases/{case.reference}{path}"),
                       subject.post(f"/cases/{case.reference}{path}")):  # fmt: skip
            assert answer.status_code in (404, 405), path
    assert not visible(lead, now).filter(case=case.case).exists()
    assert (notices_for(lead, now).rows, unseen_count(lead, now)) == ((), before)
    for row in OutboxRow.objects.filter(case=case.case):
        found = recipients_of(row, now)
        addresses = () if isinstance(found, Nobody) else [one.address for one in found]
        assert not {"maryam@oakfield.example", "lead@oakfield.example"} & set(addresses)
    for path in ("/me", "/me/notices", f"/cases/{case.reference}"):
        assert case.reference not in subject.get(path).content.decode().replace(
            f"/cases/{case.reference}", ""
        )
    theirs = begin(subject)
    subject.post(f"/raise/{theirs}/child", {"kind": "child", "reference": "NHS 943 476 5919"})
    subject.post(f"/raise/{theirs}/children", {"is_anyone_else": "no"})
    assert not subject.get(f"/raise/{theirs}")["Location"].endswith("/open-case")


def test_what_they_would_have_to_do_goes_to_the_next_who_may(
    teacher: Client, place: Northmere
) -> None:
    other = d.a_post(place.care, title="Social worker, family team")
    d.a_person(other, name="Sol Abara")
    case = sent(teacher, begun(teacher, place, holder(place.worker_post)))
    file = open_case(case.case, timezone.now())
    assert file.raised.receiving[0].post is None
    assert place.worker_post not in {duty.post for duty in file.duties}
    assert place.worker_post not in set(file.state.seats.values())


def test_where_there_is_nobody_else_it_is_a_fault_on_the_desk() -> None:
    where = town()
    subject = where.people["school.line_manager"]
    story = (
        Story(where, now=BEFORE, step=timedelta(minutes=20)).raised(subject=subject).to_managers()
    )
    faults = DutyRow.objects.filter(case=story.case, post=where.posts["school.line_manager"])
    assert set(faults.values_list("nobody", flat=True)) == {"kept_out"}
    manager = signed_in(where.people["office.business_manager"], "h@office.example")
    page = manager.get("/desk").content.decode()
    assert f"/cases/{story.reference}" in page
    assert "Nobody to go to" in page


def test_nobody_raises_it_about_their_own_household_or_with_the_subject_as_supporter(
    teacher: Client, place: Northmere
) -> None:
    worker, lead = holder(place.worker_post), holder(place.lead_post)
    draft = begun(teacher, place, lead, place.lead_post)
    refused = teacher.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    assert refused.status_code == 422
    assert "would not see this" in refused.content.decode()
    Tie.objects.create(
        id=d.new_id(),
        one_id=min(worker, place.teacher),
        other_id=max(worker, place.teacher),
        from_on=d.LONG_AGO,
    )
    draft = begun(teacher, place, worker)
    refused = teacher.post(f"/raise/{draft}/check", {"idempotency_key": d.new_id()})
    assert refused.status_code == 422
    assert "belong to their household" in refused.content.decode()
    assert not CaseRow.objects.exists()


def test_somebody_who_has_left_meanwhile_is_asked_for_again(
    teacher: Client, place: Northmere
) -> None:
    draft = begun(teacher, place, holder(place.worker_post))
    Holding.objects.filter(post=place.worker_post).update(until_on=timezone.now().date())
    assert teacher.get(f"/raise/{draft}")["Location"].endswith("/which-person")
