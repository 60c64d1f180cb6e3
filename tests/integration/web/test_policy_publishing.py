"""A new edition of the policy: brought in, checked, put in force, and who may do it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.casework.models import PolicyEdition
from counterpart.journal.reading import read_facts
from counterpart.people.models import Partnership
from tests import directory as d
from tests.integration.web.cases import a_case, manager_of
from tests.integration.web.northmere import Northmere, northmere, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
OLD = (settings.POLICIES / "brent" / "policy.yaml").read_bytes()
NEW = OLD.replace(b"edition: Version 2", b"edition: Version 3")
CARRIED = re.compile(r'name="carried" value="([^"]*)"')


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def manager(place: Northmere) -> Client:
    return signed_in(manager_of(place), "helen.marsh@northmere.example")


def brings(client: Client, content: bytes, **sent: str) -> HttpResponse:
    file = SimpleUploadedFile("policy.yaml", content)
    answer: HttpResponse = client.post("/desk/policy/new", {"file": file, **sent})  # type: ignore[assignment]
    return answer


def carried(answer: HttpResponse) -> str:
    """What the page carries to the button that puts it in force."""
    found = CARRIED.search(answer.content.decode())
    assert found is not None
    return unescape(found[1])


def text(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def in_force(place: Northmere) -> str | None:
    return Partnership.objects.get(id=place.partnership).edition


def puts_in_force(client: Client, sealed: str, **more: str) -> HttpResponse:
    sent = {"carried": sealed, "idempotency_key": d.new_id(), "sure": "yes", **more}
    answer: HttpResponse = client.post("/desk/policy/put-in-force", sent)  # type: ignore[assignment]
    return answer


def test_the_policy_page_says_what_is_in_force_and_what_was_found(
    manager: Client, place: Northmere
) -> None:
    a_case(place, NOW - timedelta(hours=1))
    page = text(manager.get("/desk/policy"))  # type: ignore[arg-type]
    edition = in_force(place)
    for said in ("Version 2", "5 January 2026", "What was found in it", "Bring in a new edition"):
        assert said in page
    assert f"/desk?view=open&edition={edition}" in page
    assert "Earlier editions" not in page


def test_a_file_is_checked_and_nothing_is_kept(manager: Client, place: Northmere) -> None:
    a_case(place, NOW - timedelta(hours=1))
    before = in_force(place)
    answer = brings(manager, NEW)
    assert answer.status_code == 200
    for said in ("Check the new edition", "Version 3", "What changes", "1 open under the edition"):
        assert said in text(answer)
    assert in_force(place) == before
    assert PolicyEdition.objects.count() == 1


def test_what_was_checked_comes_into_force_to_the_byte_and_open_cases_keep_theirs(
    manager: Client, place: Northmere
) -> None:
    old = in_force(place)
    reference = a_case(place, NOW - timedelta(hours=1))
    content = NEW.replace(b"\n", b"\r\n")  # a page's own line ends must not touch it
    answer = puts_in_force(manager, carried(brings(manager, content)))
    assert answer.headers["Location"] == "/desk/policy"
    new = in_force(place)
    assert new is not None
    assert editions.content_of(new) == content
    page = text(manager.get("/desk/policy"))  # type: ignore[arg-type]
    for said in ("in force for new cases", "Earlier editions", "Helen Marsh", f"edition={old}"):
        assert said in page
    listed = text(manager.get(f"/desk?view=open&edition={old}"))  # type: ignore[arg-type]
    assert f"{reference[:4]}-{reference[4:]}" in listed
    assert "Open under" in listed
    assert "No case is open here." in text(manager.get(f"/desk?view=open&edition={new}"))  # type: ignore[arg-type]


def test_who_put_it_in_force_and_when_is_in_the_policys_own_record(
    manager: Client, place: Northmere
) -> None:
    puts_in_force(manager, carried(brings(manager, NEW)))
    last = read_facts("policy-brent")[-1]
    assert last.event.edition == in_force(place)
    assert last.actor.person == manager_of(place)


def test_a_second_press_puts_it_in_force_once(manager: Client) -> None:
    sealed, key = carried(brings(manager, NEW)), d.new_id()
    for _ in range(2):
        puts_in_force(manager, sealed, idempotency_key=key)
    assert len(read_facts("policy-brent")) == 2


def test_an_edition_checked_against_one_no_longer_in_force_is_not_put_in_force(
    manager: Client, place: Northmere
) -> None:
    sealed = carried(brings(manager, NEW))
    other = OLD.replace(b"edition: Version 2", b"edition: Version 4")
    editions.publish(content=other, partnership=place.partnership, actor=the_clock(), now=NOW)
    answer = puts_in_force(manager, sealed)
    assert answer.status_code == 409
    assert "Another edition came into force" in text(answer)
    policy = editions.current(place.partnership)
    assert policy is not None
    assert policy.label.endswith("4")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a policy file that is not empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"format: 1\n  id: x\n", "What is wrong with the file"),
        (NEW + b"\nextra: 1\n", "extra"),
        (b"a: " + b"x" * 300_000, "smaller than 256 KB"),
        (OLD, "in force already"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(
    manager: Client, place: Northmere, content: bytes, said: str
) -> None:
    before = in_force(place)
    answer = brings(manager, content)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "<title>Error: Bring in a new edition" in text(answer)
    assert (in_force(place), PolicyEdition.objects.count()) == (before, 1)


def test_each_problem_of_a_file_has_its_line_and_column(manager: Client) -> None:
    wrong = NEW.replace(b"edition: Version 3", b"editon: Version 3")
    line = wrong[: wrong.index(b"editon:")].count(b"\n") + 1
    page = text(brings(manager, wrong))
    assert "Line</th>" in page
    assert f'<th scope="row" role="rowheader" class="govuk-table__header">{line}</th>' in page
    assert "editon" in page


@pytest.mark.parametrize("sealed", ["", "x", "eyJ9:abc:def"])
def test_what_no_page_of_ours_carried_is_not_put_in_force(
    manager: Client, place: Northmere, sealed: str
) -> None:
    answer = puts_in_force(manager, sealed)
    assert answer.status_code == 422
    assert "Bring the file in again" in text(answer)
    assert PolicyEdition.objects.count() == 1


def test_what_was_checked_for_one_partnership_is_good_for_no_other(manager: Client) -> None:
    sealed = carried(brings(manager, NEW))
    elsewhere = d.a_partnership("Elsewhere")
    other = signed_in(d.a_person(d.a_post(elsewhere, "business_manager")), "other@x.example")
    assert puts_in_force(other, sealed).status_code == 422
    assert Partnership.objects.get(id=elsewhere).edition is None


def test_an_earlier_edition_can_be_read_and_downloaded_as_it_was(
    manager: Client, place: Northmere
) -> None:
    old = in_force(place)
    puts_in_force(manager, carried(brings(manager, NEW)))
    file = manager.get(f"/desk/policy/editions/{old}/file")
    assert file.content == OLD
    assert file.headers["Content-Disposition"] == f'attachment; filename="brent-{old[:12]}.yaml"'  # type: ignore[index]
    page = text(manager.get(f"/desk/policy/editions/{old}"))  # type: ignore[arg-type]
    assert "What the edition in force says otherwise" in page


def test_a_partnership_without_a_policy_can_be_given_its_first() -> None:
    elsewhere = d.a_partnership("Elsewhere")
    manager = signed_in(d.a_person(d.a_post(elsewhere, "business_manager")), "other@x.example")
    assert "No policy is in force here" in text(manager.get("/desk/policy"))  # type: ignore[arg-type]
    puts_in_force(manager, carried(brings(manager, OLD)))
    assert Partnership.objects.get(id=elsewhere).policy == "brent"


def test_a_manager_of_two_partnerships_is_asked_which_and_stays_there() -> None:
    person = d.a_person(name="Helen Marsh")
    codes = []
    for name in ("First", "Second"):
        partnership = d.a_partnership(name)
        d.holds(person, d.a_post(partnership, "business_manager"))
        codes.append(Partnership.objects.get(id=partnership).code)
    manager = signed_in(person, "helen@x.example")
    asked = text(manager.get("/desk/policy"))  # type: ignore[arg-type]
    assert all(f"/desk/policy?partnership={code}" in asked for code in codes)
    page = text(manager.get(f"/desk/policy?partnership={codes[1]}"))  # type: ignore[arg-type]
    assert f"/desk/policy/new?partnership={codes[1]}" in page


def test_a_file_without_the_forms_own_mark_is_refused(manager: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = manager.cookies
    assert brings(strict, NEW).status_code == 403


def test_a_file_sent_after_signing_in_has_ended_is_not_read(manager: Client) -> None:
    manager.cookies.clear()
    answer = brings(manager, NEW)
    assert answer.status_code == 403
    assert "Version 3" not in text(answer)


def test_a_policy_that_builds_on_one_that_is_here_is_kept_as_one_whole_file(
    manager: Client, place: Northmere
) -> None:
    layer = (settings.POLICIES / "west-berkshire" / "policy.yaml").read_bytes()
    page = brings(manager, layer)
    assert page.status_code == 200
    assert "It builds on" in text(page)
    assert "This is another policy" in text(page)
    puts_in_force(manager, carried(page))
    kept = editions.content_of(in_force(place) or "")
    assert b"\nextends:" not in kept
    assert editions.policy_of(in_force(place) or "").layers


@pytest.mark.parametrize("path", ["../nowhere/policy.yaml", "../../pyproject.toml", "/etc/passwd"])
def test_a_policy_that_builds_on_what_is_not_here_is_refused(manager: Client, path: str) -> None:
    layer = (settings.POLICIES / "west-berkshire" / "policy.yaml").read_bytes()
    answer = brings(manager, layer.replace(b"../pan-berkshire/policy.yaml", path.encode()))
    assert answer.status_code == 422
    assert "What is wrong with the file" in text(answer)
    assert "[build-system]" not in text(answer)
