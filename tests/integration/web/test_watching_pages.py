"""The pages of a case that the business manager may not see: whoever watches it has what the desk would show."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from counterpart.casework import keeping, upkeep
from counterpart.casework.climbing import climb
from counterpart.lists.models import DutyRow
from counterpart.messages import outbox
from counterpart.messages.kinds import REFUSED
from counterpart.messages.models import OutboxRow
from counterpart.people import changes
from counterpart.people.models import Account, Holding
from tests import directory as d
from tests.integration.web.northmere import signed_in
from tests.kinds import ALL, a_step, stages, written
from tests.live import Live, puts_in_force
from tests.signed_in import sign_in
from tests.town import CHAIR, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=20)
OFFICE, SECOND = "office.business_manager", "office.head_of_safeguarding"
SECTION = "Cases that the office may not see"
LADDER = [{"id": "up", "when": "at", "tells": ["owner.senior"], **ALL}]


def browser(place: Town, who: str) -> Client:
    """A browser in which somebody of the town has signed in, for the first time or again."""
    known = Account.objects.filter(person=place.people[who]).first()
    if known is None:
        return signed_in(place.people[who], f"{who}@x.example")
    client = Client()
    sign_in(client, known)
    return client


def text_of(client: Client, address: str) -> str:
    """A page in words, without its mark-up; fails unless it is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def shown(story: Story) -> str:
    """The reference as pages show it."""
    return f"{story.reference[:4]}-{story.reference[4:]}"


def vacant(place: Town, who: str) -> None:
    """Whoever holds the post has left it."""
    holding = Holding.objects.get(post=place.posts[who], until_on=None)
    changes.end_holding(holding=holding.id, until_on=(NOW - timedelta(days=1)).date())
    upkeep.refresh_duties(NOW)


def send(client: Client, address: str, **said: object) -> str:
    """Send a form that is accepted; where it leads."""
    answer = client.post(address, {"idempotency_key": d.new_id(), **said})
    assert answer.status_code == 303, unescape(answer.content.decode())[:6000]
    return answer.headers["Location"]


def left(place: Town) -> Story:
    """A case that the business manager has left by the page for it."""
    story = Story(place, now=LONG_AGO).raised().to_workers()
    said = {"reason": "family_tie", "why": "My sister’s child."}
    assert send(browser(place, OFFICE), f"/cases/{story.reference}/tie", **said) == "/me"
    return story


# --- who sees what ------------------------------------------------------------------------------------


def test_a_vacancy_and_what_is_late_are_in_front_of_the_chair_who_can_choose_somebody() -> None:
    place = town()
    story = left(place)
    vacant(place, RAISER)
    chair = browser(place, CHAIR)
    page = text_of(chair, "/referred")
    for said in (SECTION, "Nobody to go to", "Nobody holds this post: Practitioner", "late)",
                 "Choose somebody", shown(story)):  # fmt: skip
        assert said in page
    assert shown(story) in text_of(chair, "/me")
    assert "for you to watch" in text_of(chair, "/me")
    work = DutyRow.objects.filter(case=story.case, post=place.posts[RAISER])[0]
    address = f"/desk/cases/{story.reference}/reassign/{work.body}/{work.role}?from=watch"
    assert address in unescape(chair.get("/referred").content.decode())
    to = place.posts["school.line_manager"]
    version = story.state.version
    led = send(chair, address, post=to, reason="They know the child.", version=version)
    assert led == "/referred"
    assert "Nobody to go to" not in text_of(chair, "/referred")


def test_nobody_else_learns_of_it() -> None:
    place = town()
    story = left(place)
    vacant(place, RAISER)
    for who in (OFFICE, SECOND):
        client = browser(place, who)
        assert SECTION not in text_of(client, "/referred")
        assert client.get(f"/cases/{story.reference}").status_code == 404
        for address in ("/referred", "/me", "/me/notices"):
            assert shown(story) not in text_of(client, address)
    desk = text_of(browser(place, OFFICE), "/desk")
    assert shown(story) not in desk
    assert "Open (0)" in desk
    assert "Nobody to go to (0)" in desk


def test_what_was_not_heard_and_mail_that_failed_are_there_to_be_seen_to() -> None:
    place = town(vacant=["school.operations_manager"])
    puts_in_force(place, written(stages=stages(steps=[a_step("talk")]), ladder=LADDER))
    story = Live(place, now=LONG_AGO).begins(grounds=("plan",))
    story.does(keeping.declare_tie, OFFICE, reason="family_tie", why="")
    climb(NOW)
    row = OutboxRow.objects.filter(case=story.case, sent_at=None)[0]
    outbox.not_sent(row, REFUSED, NOW)
    chair = browser(place, CHAIR)
    page = text_of(chair, "/referred")
    for said in ("Nobody could be told", "Do talk", "Messages that have not gone",
                 "The mail server refused the message for this address."):  # fmt: skip
        assert said in page
    again = f"/referred/try-again/{row.id}"
    assert again in chair.get("/referred").content.decode()
    for who in (OFFICE, SECOND):
        assert browser(place, who).post(again).status_code == 404
        assert browser(place, who).post(f"/desk/messages/{row.id}/again").status_code == 404
    assert chair.post(again).headers["Location"] == "/referred"
    row.refresh_from_db()
    assert row.next_try_at is not None
    assert row.next_try_at <= datetime.now(UTC)


def test_once_the_business_manager_is_let_back_it_is_the_desks_again() -> None:
    place = town()
    story = left(place)
    story.now = NOW
    story.does(keeping.let_back, CHAIR, person=place.people[OFFICE], why="A mistake.")
    assert SECTION not in text_of(browser(place, CHAIR), "/referred")
    assert shown(story) in text_of(browser(place, OFFICE), "/desk?view=open")


def test_a_case_restricted_to_the_chair_is_on_her_page() -> None:
    place = town()
    story = Story(place, now=LONG_AGO).raised().to_workers()
    office, address = browser(place, OFFICE), f"/cases/{story.reference}/restrict"
    page = text_of(office, address)
    assert "Business manager; Chair of the Board; Head of Safeguarding" in page
    send(office, address, people=[place.people[CHAIR]], why="One of them works there.")
    page = text_of(browser(place, CHAIR), "/referred")
    assert SECTION in page
    assert shown(story) in page


# --- said before it is done -----------------------------------------------------------------------------


def test_whoever_watches_is_told_before_they_leave_who_watches_next() -> None:
    place = town()
    story = Story(place, now=LONG_AGO).raised().to_workers()
    address = f"/cases/{story.reference}/tie"
    assert "it is watched by: Chair of the Board" in text_of(browser(place, OFFICE), address)
    assert "Whoever watches the case for the partnership is told" in text_of(
        browser(place, RAISER), address
    )


def test_the_last_of_all_is_told_so_and_may_leave_and_the_reference_is_in_front_of_a_named_person() -> (
    None
):
    place = town()
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data protection lead"))
    story = left(place)
    story.now = NOW
    story.does(keeping.keep_out, CHAIR, person=place.people[SECOND], reason="family_tie", why="")
    chair, address = browser(place, CHAIR), f"/cases/{story.reference}/tie"
    assert "Nobody else may watch this case for the partnership" in text_of(chair, address)
    assert send(chair, address, reason="family_tie", why="") == "/me"
    client = signed_in(lead, "lead@x.example")
    page = text_of(client, "/me")
    assert "Nobody may watch this case" in page
    assert shown(story) in page
    assert client.get(f"/cases/{story.reference}").status_code == 404
    assert "Nobody may watch" not in text_of(chair, "/me")


def test_where_there_is_no_such_lead_whoever_runs_the_system_has_it() -> None:
    place = town()
    runs = d.a_person(name="Ada Runs")
    client = signed_in(runs, "runs@x.example", is_administrator=True)
    assert "Nobody may watch" not in text_of(client, "/me")
    story = left(place)
    story.now = NOW
    for who in (CHAIR, SECOND):
        story.does(keeping.declare_tie, who, reason="family_tie", why="")
    assert shown(story) in text_of(client, "/me")
    assert client.get(f"/cases/{story.reference}").status_code == 404


def test_it_cannot_be_restricted_to_nobody_who_can_watch_and_what_was_written_is_kept() -> None:
    place = town()
    lead = d.a_person(d.a_post(place.partnership, "data_protection_lead", "Data protection lead"))
    story = Story(place, now=LONG_AGO).raised().to_workers()
    said = {"idempotency_key": d.new_id(), "people": [lead], "why": "One of them works there."}
    answer = browser(place, OFFICE).post(f"/cases/{story.reference}/restrict", said)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "None of the people you ticked can watch the case for the partnership" in page
    assert "One of them works there." in page
    assert story.state.keeping.restricted_to is None


def test_whoever_watches_many_cases_misses_none_of_them() -> None:
    place = town()
    references = {shown(left(place)) for _ in range(27)}
    page = browser(place, CHAIR).get("/referred").content.decode()
    watched = page.partition('id="watched"')[2].partition("</section>")[0]
    assert {reference for reference in references if reference not in watched} == set()
