"""The pages of regular duties: the desk's, an agency's own, and writing things down; and who does not find them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.engine.regular_periods import period_of
from counterpart.journal.models import Event
from counterpart.office import keeping
from counterpart.people.models import Partnership
from tests import directory as d
from tests.integration.web.northmere import signed_in
from tests.live import policy_file
from tests.town import MONDAY, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
TODAY = NOW.date()
LONG_AGO = NOW - timedelta(days=800)
SINCE = MONDAY - timedelta(days=200)
"""After the town's own policy came into force."""
OFFICE, LEAD = "office.business_manager", "school.designated_safeguarding_lead"
WORDS = "Thresholds, twice. <b>Wexcombe</b>"
REPORT, RETURN, LESSONS, LEARNING = (
    "yearly-panel-report", "quarterly-return", "quarterly-lessons", "subgroup-learning",
)  # fmt: skip
YEAR = str(TODAY.year)
LAST_YEAR = str(TODAY.year - 1)


def quarter() -> str:
    found = period_of("quarter", TODAY)
    assert found is not None
    return found.code


@pytest.fixture
def place() -> Town:
    """A town whose policy has been in force for two years and more."""
    made = town()
    under(made, "brent")
    return made


def under(place: Town, policy: str, at: datetime = LONG_AGO) -> None:
    editions.publish(
        content=policy_file(policy), partnership=place.partnership, actor=the_clock(), now=at
    )


def browser(place: Town, who: str) -> Client:
    return signed_in(place.people[who], f"{who}@northmere.example")


def code_of(place: Town) -> str:
    return Partnership.objects.get(id=place.partnership).code


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    shown = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", html.unescape(shown))


def do(place: Town, duty: str, period: str, whose: str = "") -> str:
    body = place.agencies.get(whose, place.partnership)
    return f"/regular/{code_of(place)}/do/{duty}/{period}/{body}"


def a_day(name: str = "done_on", day: Any = TODAY) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def done(**changed: str) -> dict[str, str]:
    return {**a_day(), "what": WORDS, "idempotency_key": d.new_id(), **changed}


def nil(**changed: str) -> dict[str, str]:
    return {"has_any": "no", "what": "", "idempotency_key": d.new_id(), **changed}


def entries(place: Town) -> list[Any]:
    return [whole.recorded for whole in keeping.words_of(place.partnership)]


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_says_what_is_asked_for_and_that_nothing_is_recorded_for_last_year(
    place: Town,
) -> None:
    shown = text(browser(place, OFFICE).get("/desk/regular"))
    assert "A brief report to the Board" in shown
    assert "Every year." in shown
    assert f"Not recorded for {LAST_YEAR}." in shown
    assert f"Not recorded yet. {YEAR} runs until 31 December {YEAR}." in shown
    assert "overdue" not in shown.lower()


def test_the_day_of_the_policys_review_is_said_and_the_review_written_down(place: Town) -> None:
    client = browser(place, OFFICE)
    assert "It was due on 31 December 2017." in text(client.get("/desk/regular"))
    answer = client.post(do(place, "policy_review", "any"), done())
    assert answer.status_code == 303
    assert "It was due on 31 December 2017. Done on" in text(client.get("/desk/regular"))


def test_a_report_is_written_down_once_and_read_with_who_wrote_it(place: Town) -> None:
    client, path, sent = browser(place, OFFICE), do(place, REPORT, LAST_YEAR), done()
    assert "What to write it from" in text(client.get(path))
    assert [client.post(path, sent).status_code for _ in range(2)] == [303, 303]
    assert client.post(path, sent).headers["Location"].startswith("/desk/regular")
    page = client.get("/desk/regular")
    assert f"Written down by {place.names[OFFICE]}, Business manager" in text(page)
    assert "<b>Wexcombe" not in page.content.decode()
    assert len(entries(place)) == 1
    assert client.get(path).status_code == 303
    assert "Somebody has written this down since" in text(client.post(path, done()), 422)


def test_the_report_lists_the_cases_in_which_a_panel_decided_that_the_writer_may_see(
    place: Town,
) -> None:
    story = (
        Story(place, now=NOW - timedelta(days=20)).raised().to_panel().convened().heard().decided()
    )
    year = story.now.year
    shown = text(browser(place, OFFICE).get(do(place, REPORT, str(year))))
    assert f"{story.reference[:4]}-{story.reference[4:]}" in shown
    assert "a panel decided on" in shown


def test_an_entry_is_put_right_or_withdrawn_and_all_of_it_stays_to_be_read(place: Town) -> None:
    client = browser(place, OFFICE)
    client.post(do(place, REPORT, LAST_YEAR), done())
    (first,) = entries(place)
    path = f"/regular/{code_of(place)}/correct/{first.id}"
    assert "Wexcombe" in client.get(path).content.decode()
    assert client.post(path, done(what="Three panels.")).status_code == 303
    assert client.get(path).status_code == 404
    second = entries(place)[-1]
    path = f"/regular/{code_of(place)}/withdraw/{second.id}"
    assert client.get(path).status_code == 200
    assert client.post(path, {"why": "", "idempotency_key": d.new_id()}).status_code == 422
    sent = {"why": "The wrong year.", "idempotency_key": d.new_id()}
    assert client.post(path, sent).status_code == 303
    shown = text(client.get("/desk/regular"))
    for said in ("Put right since", "Withdrawn: The wrong year.", "Three panels.", "Wexcombe"):
        assert said in shown
    assert f"Not recorded for {LAST_YEAR}." in shown


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"done_on-year": "2099"}, {"done_on-year": ""}, {"done_on-year": "2001"}],
)
def test_what_is_wrong_stands_on_the_form_with_all_that_was_typed(
    place: Town, wrong: dict[str, str]
) -> None:
    answer = browser(place, OFFICE).post(do(place, REPORT, YEAR), done(**wrong))
    assert "There is a problem" in answer.content.decode()
    assert answer.status_code == 422
    assert entries(place) == []


def test_something_that_happened_stays_on_the_desk_until_it_was_seen_to(place: Town) -> None:
    under(place, "somerset", SINCE)
    client, code = browser(place, OFFICE), code_of(place)
    assert "Nothing is to be done because of it" in text(client.get("/desk/regular"))
    path = f"/regular/{code}/happened/{LEARNING}/{place.partnership}"
    sent = {
        "which": "0",
        **a_day("happened_on"),
        "what": "Thresholds.",
        "idempotency_key": d.new_id(),
    }
    assert client.get(path).status_code == 200
    assert client.post(path, {**sent, "which": "7"}).status_code == 422
    assert [client.post(path, sent).status_code for _ in range(2)] == [303, 303]
    (noted,) = entries(place)
    shown = text(client.get("/desk/regular"))
    assert "An agency's representative passes on a general issue" in shown
    assert "Nothing is recorded yet." in shown
    put = client.post(do(place, LEARNING, f"on-{noted.event.occasion}"), done())
    assert put.status_code == 303
    assert "Done on" in text(client.get("/desk/regular"))
    correct = client.get(f"/regular/{code}/correct/{noted.id}")
    assert "Thresholds." in correct.content.decode()


def test_a_coordinator_to_whom_the_policy_gives_it_writes_it_down_without_a_desk(
    place: Town,
) -> None:
    under(place, "somerset", SINCE)
    coordinator = d.a_person(d.a_post(place.partnership, "coordinator", "Coordinator"), name="Co")
    client = signed_in(coordinator, "co@northmere.example")
    assert client.get("/desk/regular").status_code == 404
    shown = text(client.get("/regular"))
    assert "Put to the right subgroup" in shown
    path = f"/regular/{code_of(place)}/happened/{LEARNING}/{place.partnership}"
    assert client.get(path).status_code == 200


# --- the agencies ---------------------------------------------------------------------------------


def test_a_lead_answers_for_their_agency_and_the_desk_sees_who_has_not(place: Town) -> None:
    under(place, "bexley", SINCE)
    lead = browser(place, LEAD)
    shown = text(lead.get("/regular"))
    assert "Oakfield Primary School" in shown
    assert "Ask every partner agency" in shown
    assert lead.post(do(place, RETURN, quarter(), "school"), nil()).status_code == 303
    assert "Nothing to report." in text(lead.get("/regular"))
    desk = browser(place, OFFICE)
    assert "1 of 5 agencies has answered." in text(desk.get("/desk/regular"))
    each = text(desk.get(f"/desk/regular/{RETURN}/{quarter()}"))
    assert "Oakfield Primary School. Nothing to report." in each
    assert "Northmere Police. Not recorded yet." in each


def test_an_answer_with_something_in_it_is_read_by_the_desk_beside_the_look_for_lessons(
    place: Town,
) -> None:
    under(place, "bexley", SINCE)
    lead, path = browser(place, LEAD), do(place, RETURN, quarter(), "school")
    for wrong in (nil(has_any=""), nil(has_any="yes"), nil(what=WORDS)):
        assert lead.post(path, wrong).status_code == 422
    assert lead.post(path, nil(has_any="yes", what=WORDS)).status_code == 303
    page = text(browser(place, OFFICE).get(do(place, LESSONS, quarter())))
    assert "Wexcombe" in page
    assert "Oakfield Primary School" in page


def test_the_desk_writes_down_what_an_agency_told_it_and_the_agency_reads_that(
    place: Town,
) -> None:
    under(place, "bexley", SINCE)
    desk, path = browser(place, OFFICE), do(place, RETURN, quarter(), "care")
    assert "Who at Northmere Children’s Social Care told you?" in text(desk.get(path))
    assert desk.post(path, nil()).status_code == 422
    assert desk.post(path, nil(told_by="Nia, team leader")).status_code == 303
    shown = text(browser(place, "care.designated_safeguarding_lead").get("/regular"))
    assert f"Written down by {place.names[OFFICE]}" in shown
    assert "for Northmere Children’s Social Care, as told by Nia, team leader" in shown


def test_what_the_policy_gives_to_a_role_of_each_agency_is_done_by_whoever_holds_it(
    place: Town,
) -> None:
    under(place, "ready-steady-grow", SINCE)
    manager = browser(place, "school.operations_manager")
    assert "An audit of the escalation records" in text(manager.get("/regular"))
    assert manager.post(do(place, "audit", "any", "school"), done()).status_code == 303
    assert "Last: done on" in text(manager.get("/regular"))
    assert manager.post(do(place, "audit", "any", "school"), done()).status_code == 303
    assert len(entries(place)) == 2
    teacher = browser(place, "school.practitioner")
    assert teacher.get(do(place, "audit", "any", "school")).status_code == 404
    happened = f"/regular/{code_of(place)}/happened/policy-review/{place.agencies['school']}"
    assert manager.get(happened).status_code == 200
    assert browser(place, OFFICE).get("/desk/regular").status_code == 200


def test_one_agency_reads_nothing_of_another(place: Town) -> None:
    under(place, "bexley", SINCE)
    path = do(place, RETURN, quarter(), "school")
    browser(place, LEAD).post(path, nil(has_any="yes", what=WORDS))
    other = browser(place, "care.designated_safeguarding_lead")
    assert "Wexcombe" not in other.get("/regular").content.decode()


# --- who does not find it -------------------------------------------------------------------------


def test_it_is_not_found_by_those_it_is_not_for(place: Town) -> None:
    under(place, "bexley", SINCE)
    lead = browser(place, LEAD)
    lead.post(do(place, RETURN, quarter(), "school"), nil())
    entry = entries(place)[0].id
    elsewhere = d.a_person(d.a_post(d.a_partnership("Elsewhere"), "business_manager"))
    administrator = d.a_person(name="Administrator")
    strangers = [
        browser(place, "care.designated_safeguarding_lead"),
        browser(place, "school.practitioner"),
        browser(place, "office.independent_chair"),
        signed_in(elsewhere, "elsewhere@x.example"),
        signed_in(administrator, "admin@x.example", is_administrator=True),
    ]
    code = code_of(place)
    paths = (
        do(place, RETURN, quarter(), "school"),
        do(place, LESSONS, quarter()),
        f"/regular/{code}/correct/{entry}",
        f"/regular/{code}/withdraw/{entry}",
        f"/regular/{code}/happened/{RETURN}/{place.agencies['school']}",
    )
    before = Event.objects.count()
    for stranger in strangers:
        for path in paths:
            sent = nil(has_any="yes", what=WORDS) | done() | {"why": "W"}
            assert [stranger.get(path).status_code, stranger.post(path, sent).status_code] == [
                404
            ] * 2
    assert Event.objects.count() == before
    assert Client().get(paths[0]).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/regular/nowhere/do/yearly-panel-report/2026/x",
        "/regular/{code}/do/no-such/2026/{office}",
        "/regular/{code}/do/yearly-panel-report/2099/{office}",
        "/regular/{code}/do/yearly-panel-report/on-nothing/{office}",
        "/regular/{code}/do/yearly-panel-report/any/{office}",
        "/regular/{code}/do/yearly-panel-report/2026/nobody",
        "/regular/{code}/happened/yearly-panel-report/{office}",
        "/regular/{code}/correct/no-such",
        "/desk/regular/yearly-panel-report/2026",
        "/desk/regular/no-such/2026",
    ],
)
def test_what_is_not_there_is_not_found(place: Town, path: str) -> None:
    where = path.format(code=code_of(place), office=place.partnership)
    assert browser(place, OFFICE).get(where).status_code == 404


def test_whoever_has_nothing_to_write_down_is_told_so(place: Town) -> None:
    shown = text(browser(place, "school.practitioner").get("/regular"))
    assert "asks for nothing regularly that you write down" in shown


def test_a_partnership_without_a_policy_asks_for_nothing() -> None:
    bare = d.a_partnership("Bare")
    client = signed_in(d.a_person(d.a_post(bare, "business_manager")), "bare@x.example")
    assert "No policy is in force here." in text(client.get("/desk/regular"))
    assert client.get("/regular").status_code == 200


def test_the_desk_leads_there_and_nothing_of_it_is_in_an_address_or_title(place: Town) -> None:
    client = browser(place, OFFICE)
    client.post(do(place, REPORT, LAST_YEAR), done())
    page = client.get("/desk/regular").content.decode()
    told = [
        *re.findall(r'href="([^"]*)"', page),
        *re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
    ]
    assert not [one for one in told if "Wexcombe" in one or place.names[OFFICE] in one]
