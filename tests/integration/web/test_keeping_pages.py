"""The pages of keeping: a tie, keeping out, restricting, a note, a protected detail; and who has looked."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.access.models import Denial, Read, RefusedTry
from counterpart.casework.writing import load
from counterpart.lists.models import DutyRow
from counterpart.messages.models import Notice
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
SECRET = "She is my sister’s child, Ottoline."
NOTE = "We think the visit was put off twice; ask Bernadette."
DETAIL = "Reported by the neighbour at number nine."


@pytest.fixture
def place() -> Northmere:
    """The partnership."""
    return northmere()


@pytest.fixture
def reference(place: Northmere) -> str:
    """A case that both sides know of, and in which the lead supports the teacher."""
    made = a_case(place, AN_HOUR_AGO, supporter=place.lead_post)
    goes_to_the_workers(place, made, AN_HOUR_AGO)
    return made


@pytest.fixture
def teacher(place: Northmere) -> Client:
    return signed_in(place.teacher, "amara@x.example")


@pytest.fixture
def worker(place: Northmere) -> Client:
    return signed_in(holder_of(place.worker_post), "callum@x.example")


@pytest.fixture
def manager(place: Northmere) -> Client:
    return signed_in(manager_of(place), "helen@x.example")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.content.decode())


def sent(client: Client, address: str, **said: object) -> str:
    """Send a form that is accepted; where it leads."""
    answer = client.post(address, {"idempotency_key": d.new_id(), **said})
    assert answer.status_code == 303, unescape(answer.content.decode())[:6000]
    return answer.headers["Location"]


# --- declare and leave ----------------------------------------------------------------------------


def test_the_page_of_a_tie_shows_nothing_of_the_case(worker: Client, reference: str) -> None:
    text = text_of(worker, f"/cases/{reference}/tie")
    assert "Oakfield Primary School" in text
    for canary in ("bruises", "Closed without", "Amara", "Stage", "A visit."):
        assert canary not in text


def test_whoever_declares_a_tie_is_out_at_once_and_the_office_sees_who_is_missing(
    teacher: Client, manager: Client, place: Northmere, reference: str
) -> None:
    said = {"reason": "family_tie", "why": SECRET}
    assert sent(teacher, f"/cases/{reference}/tie", **said) == "/me"
    assert teacher.get(f"/cases/{reference}").status_code == 404
    assert reference[:4] not in text_of(teacher, "/me")
    duties = DutyRow.objects.filter(case=case_of(reference), post=place.teacher_post)
    assert set(duties.values_list("nobody", flat=True)) == {"kept_out"}
    assert SECRET in text_of(manager, f"/cases/{reference}/kept-out")


def test_only_those_who_keep_people_out_see_who_and_why(
    worker: Client, teacher: Client, manager: Client, reference: str
) -> None:
    sent(worker, f"/cases/{reference}/tie", reason="family_tie", why=SECRET)
    assert "Somebody is kept from this case" in text_of(teacher, f"/cases/{reference}")
    assert SECRET not in text_of(teacher, f"/cases/{reference}")
    assert SECRET in text_of(manager, f"/cases/{reference}")
    assert teacher.get(f"/cases/{reference}/kept-out").status_code == 404


def test_a_second_press_says_the_same_and_nothing_is_written_twice(
    teacher: Client, reference: str
) -> None:
    said = {"idempotency_key": d.new_id(), "note": NOTE}
    first, second = (teacher.post(f"/cases/{reference}/note", said) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(load(case_of(reference)).state.keeping.notes) == 1


# --- keeping out, letting back ----------------------------------------------------------------------


def test_somebody_is_found_by_name_kept_out_and_let_back(
    manager: Client, worker: Client, place: Northmere, reference: str
) -> None:
    address = f"/cases/{reference}/keep-out"
    assert "Which person?" not in text_of(manager, address)
    looked = manager.post(address, {"who": "callum", "find": "yes"})
    assert looked.status_code == 200
    assert "Callum Reid" in looked.content.decode()
    person = holder_of(place.worker_post)
    assert "There is a problem" in manager.post(address, {"who": "callum"}).content.decode()
    sent(manager, address, who="callum", person=person, reason="subject_of_concern", why="W.")
    assert worker.get(f"/cases/{reference}").status_code == 404
    (entry,) = [
        r.id for r in load(case_of(reference)).record if type(r.event).__name__ == "PersonKeptOut"
    ]
    assert "Let them see it again" in text_of(manager, f"/cases/{reference}/kept-out")
    sent(manager, f"/cases/{reference}/let-back/{entry}", why="A mistake.")
    assert worker.get(f"/cases/{reference}").status_code == 200
    assert manager.get(f"/cases/{reference}/let-back/{entry}").status_code == 404


def test_nobody_outside_the_partnership_is_found(manager: Client, reference: str) -> None:
    elsewhere = d.a_partnership("Elsewhere")
    d.a_person(d.a_post(elsewhere, "coordinator"), name="Zebedee Else")
    looked = manager.post(f"/cases/{reference}/keep-out", {"who": "zebedee", "find": "yes"})
    assert "Nobody with a post in this partnership" in looked.content.decode()


# --- restricting ------------------------------------------------------------------------------------


def test_a_restricted_case_leaves_the_desk_of_everybody_who_is_not_named(
    manager: Client, place: Northmere, reference: str
) -> None:
    helen = manager_of(place)
    other = d.a_person(d.a_post(place.partnership, "business_manager", "Deputy"), name="Dee Puty")
    deputy = signed_in(other, "dee@x.example")
    shown = f"{reference[:4]}-{reference[4:]}"
    assert shown in text_of(deputy, "/desk?list=open") + text_of(deputy, "/desk")
    sent(manager, f"/cases/{reference}/restrict", people=[helen], why="W.")
    assert "This case is restricted" in text_of(manager, f"/cases/{reference}")
    assert deputy.get(f"/cases/{reference}").status_code == 404
    assert shown not in text_of(deputy, "/desk?list=open") + text_of(deputy, "/desk")
    sent(manager, f"/cases/{reference}/lift-restriction", why="It is over.")
    assert deputy.get(f"/cases/{reference}").status_code == 200


def test_a_restriction_that_leaves_out_whoever_made_it_sends_them_home(
    manager: Client, place: Northmere, reference: str
) -> None:
    named = holder_of_head(place)
    assert sent(manager, f"/cases/{reference}/restrict", people=[named], why="W.") == "/me"
    assert manager.get(f"/cases/{reference}").status_code == 404


def holder_of_head(place: Northmere) -> str:
    from counterpart.people.models import Holding

    return Holding.objects.get(
        post__partnership=place.partnership, post__tier="head_of_safeguarding"
    ).person_id


# --- an agency's own note -----------------------------------------------------------------------------


def test_a_note_is_seen_by_its_own_agency_until_it_is_shared(
    teacher: Client, worker: Client, manager: Client, reference: str
) -> None:
    sent(teacher, f"/cases/{reference}/note", note=NOTE)
    own = text_of(teacher, f"/cases/{reference}")
    assert NOTE in own
    assert "Only Oakfield Primary School" in own
    for other in (worker, manager):
        assert NOTE not in text_of(other, f"/cases/{reference}")
    (entry,) = load(case_of(reference)).state.keeping.notes
    assert worker.get(f"/cases/{reference}/share-note/{entry}").status_code == 404
    assert worker.post(f"/cases/{reference}/share-note/{entry}").status_code == 404
    sent(teacher, f"/cases/{reference}/share-note/{entry}")
    for everybody in (teacher, worker, manager):
        assert NOTE in text_of(everybody, f"/cases/{reference}")


def test_nobody_is_told_of_a_note_of_one_agency(teacher: Client, reference: str) -> None:
    before = Notice.objects.count()
    sent(teacher, f"/cases/{reference}/note", note=NOTE)
    assert Notice.objects.count() == before


# --- a protected detail -------------------------------------------------------------------------------


def test_a_protected_detail_has_a_page_of_its_own_and_each_look_at_it_is_written_down(
    teacher: Client, worker: Client, manager: Client, place: Northmere, reference: str
) -> None:
    sent(teacher, f"/cases/{reference}/protect", kind="reporter", detail=DETAIL,
         posts=[place.worker_post])  # fmt: skip
    (entry,) = load(case_of(reference)).state.keeping.details
    page = f"/cases/{reference}/detail/{entry}"
    for one in (teacher, worker, manager):
        assert DETAIL not in text_of(one, f"/cases/{reference}")
    assert DETAIL in text_of(worker, page)
    assert (
        Read.objects.filter(page="cases:detail", person=holder_of(place.worker_post)).count() == 1
    )
    assert DETAIL in text_of(teacher, page)
    for address in (page, f"{page}/who"):
        assert manager.get(address).status_code == 404
    assert not Read.objects.filter(page="cases:detail", person=manager_of(place)).exists()
    sent(teacher, f"{page}/who", posts=[], why="Only I need it.")
    assert worker.get(page).status_code == 404
    assert DETAIL in text_of(teacher, page)


def test_a_protected_detail_cannot_be_opened_through_its_correction(
    teacher: Client, reference: str
) -> None:
    sent(teacher, f"/cases/{reference}/protect", kind="address", detail=DETAIL)
    (entry,) = load(case_of(reference)).state.keeping.details
    assert teacher.get(f"/cases/{reference}/correct/{entry}").status_code == 404


# --- who has looked -----------------------------------------------------------------------------------


def test_the_side_whose_case_it_is_sees_who_looked(
    teacher: Client, worker: Client, manager: Client, place: Northmere, reference: str
) -> None:
    raising = signed_in(d.a_person(place.teacher_post, name="Second Teacher"), "second@x.example")
    text_of(worker, f"/cases/{reference}")
    text = text_of(raising, f"/cases/{reference}/reads")
    assert "Callum Reid" in text
    assert "The receiving side" in text
    assert "Callum Reid" in text_of(manager, f"/cases/{reference}/reads")
    assert worker.get(f"/cases/{reference}/reads").status_code == 404


def test_the_looks_come_a_page_at_a_time(worker: Client, manager: Client, reference: str) -> None:
    text_of(worker, f"/cases/{reference}/tie")
    for _ in range(51):
        text_of(manager, f"/cases/{reference}/policy")
    first = text_of(manager, f"/cases/{reference}/reads")
    assert "Callum Reid" not in first
    (older,) = {part.split('"')[0] for part in first.split('href="') if "before=" in part[:60]}
    assert "Callum Reid" in text_of(manager, older)
    assert manager.get(f"/cases/{reference}/reads?before=" + "9" * 40).status_code == 200


def test_a_data_protection_lead_sees_who_looked_and_nothing_else(
    worker: Client, place: Northmere, reference: str
) -> None:
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data lead"), name="Lee")
    browser = signed_in(lead, "lee@x.example")
    from counterpart.casework import upkeep

    upkeep.refresh_duties(datetime.now(UTC))
    text_of(worker, f"/cases/{reference}")
    assert "Who has looked at cases" in text_of(browser, "/me")
    leads_to = sent(browser, "/who-looked", reference=f"{reference[:4]}-{reference[4:]}".lower())
    text = text_of(browser, leads_to)
    assert "Callum Reid" in text
    assert "bruises" not in text
    for end in ("", "/policy", "/tie", "/kept-out"):
        assert browser.get(f"/cases/{reference}{end}").status_code == 404


def test_a_reference_that_is_not_there_and_one_that_is_not_theirs_are_answered_alike(
    place: Northmere, reference: str
) -> None:
    elsewhere = d.a_partnership("Elsewhere")
    person = d.a_person(d.a_post(elsewhere, "data_protection_lead"))
    browser = signed_in(person, "else@x.example")
    key = {"idempotency_key": "a" * 32}
    answers = [
        browser.post("/who-looked", {"reference": one, **key}).content.decode()
        for one in (reference, "00000000")
    ]
    said = [a.replace(reference, "R").replace("00000000", "R") for a in answers]
    assert _plain(said[0]) == _plain(said[1])
    assert RefusedTry.objects.filter(person=person).count() == 2


def _plain(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", page)


def test_the_page_of_who_looked_is_not_there_for_others(teacher: Client, reference: str) -> None:
    assert teacher.get("/who-looked").status_code == 404


def test_a_refused_try_is_written_down_without_the_case(place: Northmere, reference: str) -> None:
    outsider = d.a_person(d.a_post(place.police), name="Outsider")
    browser = signed_in(outsider, "out@x.example")
    for one in (reference, "00000000"):
        assert browser.get(f"/cases/{one}").status_code == 404
        assert browser.post(f"/cases/{one}/note", {"note": "N."}).status_code == 404
    rows = RefusedTry.objects.filter(person=outsider)
    assert sorted(rows.values_list("page", flat=True)) == ["cases:case"] * 2 + ["cases:note"] * 2


# --- a right taken away between opening a form and sending it ------------------------------------------


def test_a_right_taken_away_at_noon_is_refused_at_the_next_request(
    worker: Client, manager: Client, place: Northmere, reference: str
) -> None:
    opened = worker.get(f"/cases/{reference}/step/workers-discuss")
    assert opened.status_code == 200
    version = load(case_of(reference)).state.version
    person = holder_of(place.worker_post)
    sent(manager, f"/cases/{reference}/keep-out", who="callum", person=person,
         reason="declared_conflict", why="W.")  # fmt: skip
    form = {
        "idempotency_key": d.new_id(),
        "how": "telephone",
        "said": "We spoke.",
        "result": "agreed",
    }
    answer = worker.post(f"/cases/{reference}/step/workers-discuss", form)
    assert answer.status_code == 404
    assert "We spoke." not in answer.content.decode()
    assert load(case_of(reference)).state.version == version + 1
    assert RefusedTry.objects.filter(person=person, page="cases:step").count() == 1
    assert Denial.objects.filter(person=person).count() == 1
