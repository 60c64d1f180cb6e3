"""Giving work to another post: who is offered, what is refused, and that it happens once."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.access.models import Read
from counterpart.casework import acts
from counterpart.casework.actors import by_post
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.journal.reading import read_whole
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice
from tests import directory as d
from tests.integration.web.cases import a_case, case_of, holder_of, leaves, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=40)
WHY = "Amara has left.\nLucy knows the family."


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def assistant(place: Northmere) -> str:
    """A second practitioner's post at the school, with Lucy Brand in it."""
    post = d.a_post(place.school, title="Teaching assistant")
    d.a_person(post, name="Lucy Brand")
    return post


@pytest.fixture
def manager(place: Northmere) -> Client:
    """The business manager, signed in."""
    return signed_in(manager_of(place), "helen.marsh@northmere.example")


@pytest.fixture
def reference(place: Northmere, assistant: str) -> str:
    """A case whose worker has left."""
    made = a_case(place, LONG_AGO)
    leaves(place.teacher_post, NOW)
    return made


def address(place: Northmere, reference: str, role: str = "worker", body: str = "") -> str:
    """The page to reassign a part in a case."""
    return f"/desk/cases/{reference}/reassign/{body or place.school}/{role}"


def sent(client: Client, where: str, **changed: str) -> dict[str, str]:
    """What the form sends: the version and the key from the page, and these answers."""
    page = client.get(where).content.decode()
    hidden = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("version", "idempotency_key")
    }
    return {**hidden, "reason": WHY, **changed}


def named(reference: str) -> list[e.SeatNamed]:
    """Every naming of a part on the record."""
    entries = [whole.recorded.event for whole in read_whole(case_of(reference))]
    return [event for event in entries if isinstance(event, e.SeatNamed)]


def test_the_roles_own_posts_are_offered_first_and_vacant_ones_only_named(
    manager: Client, place: Northmere, reference: str
) -> None:
    page = unescape(manager.get(address(place, reference)).content.decode())
    assert "Talk to your supervisor or manager" in page
    assert "the post is vacant (Class teacher, Oakfield Primary School)" in page
    assert "not offered: Class teacher." in page
    assert page.index("Lucy Brand") < page.index("Somebody else at Oakfield Primary School")
    assert "Robert Kendall, Deputy headteacher" in page
    assert "Callum Reid" not in page
    assert Read.objects.count() == 1


def test_work_given_to_another_post_is_theirs_at_once_and_they_are_told(
    manager: Client, place: Northmere, assistant: str, reference: str
) -> None:
    where = f"{address(place, reference)}?from=nobody"
    answer = manager.post(where, sent(manager, where, post=assistant))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/desk?")
    assert "view=nobody" in answer.headers["Location"]
    page = unescape(manager.get(answer.headers["Location"]).content.decode())
    assert "The work has been given to the post you chose" in page
    assert "Everything that has to be done has somebody to do it." in page
    (event,) = named(reference)
    assert (event.cause, event.seat.post, event.reason) == ("reassigned", assistant, WHY)
    assert {row.post for row in DutyRow.objects.filter(role="worker")} == {assistant}
    assert Notice.objects.filter(to=assistant, kind="new_duty").count() == 2


def test_a_post_of_another_kind_may_be_chosen_from_the_list(
    manager: Client, place: Northmere, reference: str
) -> None:
    where = address(place, reference)
    form = sent(manager, where, post="another", other=place.lead_post)
    assert manager.post(where, form).headers["Location"] == f"/cases/{reference}"
    assert [event.seat.post for event in named(reference)] == [place.lead_post]


def test_pressing_the_button_twice_makes_one_entry(
    manager: Client, place: Northmere, assistant: str, reference: str
) -> None:
    where = address(place, reference)
    form = sent(manager, where, post=assistant)
    first, second = manager.post(where, form), manager.post(where, form)
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(named(reference)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"post": ""}, "Choose who should do this"),
        ({"post": "another", "other": ""}, "Choose a post from the list"),
        ({"reason": "  "}, "Write why you are giving this to someone else"),
        ({"reason": "x" * 2_001}, "must be 2,000 characters or fewer"),
        ({"post": "nonsense"}, "Choose from the answers on this page"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
    manager: Client,
    place: Northmere,
    assistant: str,
    reference: str,
    changed: dict[str, str],
    said: str,
) -> None:
    where = address(place, reference)
    answer = manager.post(where, sent(manager, where, **{"post": assistant, **changed}))
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert said in page
    if "reason" not in changed:
        assert "Lucy knows the family." in page
    assert named(reference) == []


def test_a_vacant_post_or_another_agencys_cannot_be_chosen_by_any_form(
    manager: Client, place: Northmere, reference: str
) -> None:
    where = address(place, reference)
    for post in (place.teacher_post, place.worker_post, d.new_id()):
        for form in ({"post": post}, {"post": "another", "other": post}):
            assert manager.post(where, sent(manager, where, **form)).status_code == 422
    assert named(reference) == []


def test_a_record_that_changed_meanwhile_is_refused_once_and_what_was_written_kept(
    manager: Client, place: Northmere, assistant: str, reference: str
) -> None:
    where = address(place, reference)
    form = sent(manager, where, post=assistant)
    _somebody_writes(place, reference)
    refused = manager.post(where, form)
    page = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "The record has changed since you opened this page" in page
    assert "Lucy knows the family." in page
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert manager.post(where, {**form, "version": version}).status_code == 303
    assert len(named(reference)) == 1


def test_a_case_that_has_ended_says_why_it_cannot_be_done(
    manager: Client, place: Northmere, reference: str
) -> None:
    where = address(place, reference)
    form = sent(manager, where, post="another", other=place.lead_post)
    _withdrawn(place, reference)
    for answer in (manager.get(where), manager.post(where, form)):
        assert answer.status_code == 200
        assert "This case has ended." in answer.content.decode()
    assert named(reference) == []


def test_only_the_business_manager_may_reassign(place: Northmere, reference: str) -> None:
    where = address(place, reference)
    lead = signed_in(holder_of(place.lead_post), "lead@oakfield.example")
    worker = signed_in(holder_of(place.worker_post), "worker@care.example")
    for client in (lead, worker):
        assert client.get(where).status_code == 404
        assert client.post(where, {"reason": WHY}).status_code == 404


def test_the_case_leads_to_it_for_whoever_may(manager: Client, place: Northmere) -> None:
    reference = a_case(place, LONG_AGO)
    where = address(place, reference)
    assert where in manager.get(f"/cases/{reference}").content.decode()
    own = signed_in(place.teacher, "amara.osei@oakfield.example").get(f"/cases/{reference}")
    assert own.status_code == 200
    assert where not in own.content.decode()


@pytest.mark.parametrize(
    ("role", "body"),
    [("nonsense", ""), ("worker", "police"), ("chair", ""), ("worker", "partnership")],
)
def test_a_part_that_the_policy_or_the_case_does_not_have_is_not_there(
    manager: Client, place: Northmere, reference: str, role: str, body: str
) -> None:
    where = address(place, reference, role, getattr(place, body) if body else "")
    assert manager.get(where).status_code == 404


def test_where_there_is_nobody_to_choose_the_page_says_whom_to_telephone(
    manager: Client, place: Northmere, reference: str
) -> None:
    leaves(place.worker_post, NOW)
    page = unescape(manager.get(address(place, reference, body=place.care)).content.decode())
    assert "There is nobody to choose" in page
    assert "Telephone the agency" in page
    assert "<textarea" not in page


def test_markup_in_the_reason_is_shown_as_text(
    manager: Client, place: Northmere, assistant: str, reference: str
) -> None:
    where = address(place, reference)
    form = sent(manager, where, post="", reason="<script>alert(1)</script>\x07")
    assert "<script>alert(1)" not in manager.post(where, form).content.decode()


def _somebody_writes(place: Northmere, reference: str) -> None:
    actor = by_post(person=place.teacher, post=place.teacher_post, capacity="raiser")
    done = acts.report_gap(
        case=case_of(reference), actor=actor, now=NOW, key=d.new_id(), gap="No cover"
    )
    assert isinstance(done, Done)


def _withdrawn(place: Northmere, reference: str) -> None:
    actor = by_post(person=place.teacher, post=place.teacher_post, capacity="raiser")
    done = acts.withdraw(
        case=case_of(reference), actor=actor, now=NOW, key=d.new_id(), reason="Settled at home"
    )
    assert isinstance(done, Done)
