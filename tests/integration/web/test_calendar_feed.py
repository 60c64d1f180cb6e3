"""A person's calendar feed: switched on, read by a program, replaced and switched off; and what is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from counterpart.access.models import Capability, Read
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.casework import acts
from counterpart.lists.models import DutyRow
from counterpart.people import changes
from counterpart.people.days import day_of
from counterpart.people.models import Account, Holding, Person, Post
from tests import directory as d
from tests.casebook import brent
from tests.rfc5545 import faults_in, values
from tests.signed_in import sign_in
from tests.town import RAISER, SITTING, Story, Town, town

pytestmark = pytest.mark.django_db

EARLIER = datetime.now(UTC) - timedelta(hours=12)  # the pages read the real clock
MINUTE = timedelta(minutes=1)
NAME, CHILD, WORDS, PLACE = "Quillfeather", "Zebediah-0417", "marmalade", "Committee room 2"
CANARIES = (NAME, CHILD, "Zebediah", WORDS, "Committee", "Oakfield", "Northmere")
ADDRESS = re.compile(r'value="([^"]*/calendar/[^"]+\.ics)"')


@pytest.fixture
def place() -> Town:
    made = town()
    Person.objects.update(name=NAME)
    return made


@pytest.fixture
def story(place: Town) -> Story:
    """A case before a panel that is called together for the day after tomorrow."""
    raised = Story(place, now=EARLIER, step=MINUTE).raised(
        children=(("child", CHILD),), dispute=WORDS, why_unsafe=WORDS
    )
    return raised.to_panel().convened()


@pytest.fixture
def early(place: Town) -> Story:
    """A case in which the person who raised it has something to do by a certain time."""
    raised = Story(place, now=EARLIER, step=MINUTE).raised(
        children=(("child", CHILD),), dispute=WORDS, why_unsafe=WORDS
    )
    return raised.to_workers()


def shown(story: Story) -> str:
    return f"{story.reference[:4]}-{story.reference[4:]}"


def browser_of(place: Town, who: str) -> Client:
    client = Client()
    sign_in(client, d.an_account(place.people[who], f"{d.new_id()}@x.example"))
    return client


def switched_on(client: Client) -> str:
    """The path of the feed, as its page shows it this once."""
    shown = ADDRESS.search(client.post("/me/calendar").content.decode())
    assert shown is not None
    assert shown[1].startswith(f"{settings.ADDRESS}/calendar/")
    return shown[1].removeprefix(settings.ADDRESS)


def feed_for(place: Town, who: str) -> str:
    return switched_on(browser_of(place, who))


def fetched(path: str) -> HttpResponse:
    """As a calendar fetches it: no session, no cookie."""
    return Client().get(path)  # type: ignore[return-value]  # a response with a client on it


def events(path: str) -> Sequence[dict[str, object]]:
    answer = fetched(path)
    assert answer.status_code == 200
    assert faults_in(answer.content) == []
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


# --- the page -------------------------------------------------------------------------------------


def test_the_feed_is_off_until_it_is_switched_on(place: Town) -> None:
    client = browser_of(place, RAISER)
    assert "Switch on and show the address" in client.get("/me/calendar").content.decode()
    assert not Capability.objects.exists()

    switched_on(client)
    page = client.get("/me/calendar").content.decode()
    assert "Your calendar feed is on." in page
    assert "/calendar/" not in page.replace("/me/calendar/off", "")


def test_the_address_is_shown_once_and_kept_nowhere(place: Town) -> None:
    client = browser_of(place, RAISER)
    answer = client.post("/me/calendar")
    shown = ADDRESS.search(answer.content.decode())
    assert shown is not None
    secret = shown[1].rsplit("/", 1)[-1].removesuffix(".ics")

    assert answer.headers["Cache-Control"] == "no-store"
    kept = [str(cookie.value) for cookie in client.cookies.values()]
    kept += [*map(str, answer.headers.values()), *map(str, client.session.values())]
    kept += [str(value) for value in Capability.objects.values_list()[0]]
    assert not [text for text in kept if secret in text]
    for path in ("/me", "/me/calendar", "/me/notices"):
        assert secret not in client.get(path).content.decode()


def test_a_new_address_takes_the_place_of_the_old_one(place: Town) -> None:
    client = browser_of(place, RAISER)
    old, new = switched_on(client), switched_on(client)

    assert (fetched(old).status_code, fetched(new).status_code) == (404, 200)


def test_switched_off_it_is_gone(place: Town) -> None:
    client = browser_of(place, RAISER)
    path = switched_on(client)
    answer = client.post("/me/calendar/off", follow=True)

    assert "does not work any more" in answer.content.decode()
    assert "Switch on and show the address" in answer.content.decode()
    assert fetched(path).status_code == 404


def test_its_owner_sees_when_it_was_last_read_and_that_it_ends_unread_after_a_year(
    place: Town,
) -> None:
    client = browser_of(place, RAISER)
    path = switched_on(client)
    page = client.get("/me/calendar").content.decode()
    assert "No calendar has read it yet." in page
    fetched(path)
    assert Capability.objects.get().used_on == day_of(datetime.now(UTC))
    assert "A calendar last read it on" in client.get("/me/calendar").content.decode()
    long_ago = datetime.now(UTC) - timedelta(days=366)
    Capability.objects.update(made_at=long_ago, used_on=long_ago.date())
    assert fetched(path).status_code == 404
    page = client.get("/me/calendar").content.decode()
    assert "Your calendar feed has ended" in page
    assert fetched(switched_on(client)).status_code == 200
    assert "has ended" not in client.get("/me/calendar").content.decode()


def test_my_page_leads_to_it(place: Town, story: Story) -> None:
    assert 'href="/me/calendar"' in browser_of(place, RAISER).get("/me").content.decode()


# --- the address ----------------------------------------------------------------------------------


def test_every_address_that_is_none_is_the_same_404(place: Town) -> None:
    client = browser_of(place, RAISER)
    off = switched_on(client)
    client.post("/me/calendar/off")
    closed = feed_for(place, "care.practitioner")
    account = Account.objects.get(person=place.people["care.practitioner"])
    changes.close_account(account=account.id)
    unknown = [f"/calendar/{token}.ics" for token in ("x", "a" * 43, "%00", "é", "a" * 4_000)]

    answers = [fetched(path) for path in (off, closed, *unknown)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_session_makes_no_difference(place: Town, story: Story) -> None:
    path = feed_for(place, RAISER)
    other = browser_of(place, "mental.practitioner")

    assert other.get(path).content == fetched(path).content
    assert other.get("/calendar/x.ics").status_code == 404
    stale = Client()
    stale.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with CaptureQueriesContext(connection) as queries:
        answer = stale.get(path)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert not [query for query in queries if "session" in query["sql"]]


def test_it_is_kept_by_nobody_on_the_way_and_writes_nothing_but_the_day(
    place: Town, story: Story
) -> None:
    path = feed_for(place, RAISER)
    fetched(path)
    with CaptureQueriesContext(connection) as queries:
        answer = fetched(path)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert not Read.objects.exists()
    assert Client().post(path).status_code == 405


def test_the_number_of_queries_does_not_grow(place: Town, story: Story) -> None:
    path = feed_for(place, RAISER)
    fetched(path)
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            fetched(path)
        found.append(len(queries))
        for _ in range(3):
            Story(place, now=EARLIER, step=MINUTE).raised().to_workers()
    assert found[0] == found[1]


# --- what is in it --------------------------------------------------------------------------------


def test_it_has_the_panels_one_is_asked_to(place: Town, story: Story) -> None:
    (panel,) = events(feed_for(place, SITTING[0]))

    assert panel["SUMMARY"] == f"Panel meeting, case {shown(story)}"
    assert panel["URL"] == f"{settings.ADDRESS}/cases/{story.reference}"


def test_it_has_what_is_due_and_nothing_without_a_time(place: Town, early: Story) -> None:
    (event,) = events(feed_for(place, RAISER))
    rows = DutyRow.objects.filter(post=place.posts[RAISER])
    due = rows.get(due_at__isnull=False)

    assert rows.count() > 1
    what = brent().clocks[due.clock].what
    assert event["SUMMARY"] == f"Due: {what}, case {shown(early)}"
    assert event["DTEND"].dt == due.due_at  # type: ignore[attr-defined]  # icalendar's value
    assert event["URL"] == f"{settings.ADDRESS}/cases/{early.reference}"


def test_it_names_nobody_and_says_nothing_anybody_wrote(
    place: Town, story: Story, early: Story
) -> None:
    titles = set(Post.objects.values_list("title", flat=True)) - {"Practitioner"}
    for who in (RAISER, *SITTING):
        raw = fetched(feed_for(place, who)).content
        assert values(raw, "SUMMARY") != []
        said = raw.decode().replace("\r\n ", "")
        assert not [canary for canary in (*CANARIES, *titles) if canary in said]
        assert [values(raw, name) for name in ("ATTENDEE", "ORGANIZER")] == [[], []]


def test_an_outsider_and_an_administrator_have_an_empty_calendar(place: Town, story: Story) -> None:
    assert events(feed_for(place, "mental.practitioner")) == []
    client = Client()
    sign_in(client, d.an_account(d.a_person(), "system@x.example", is_administrator=True))
    assert events(switched_on(client)) == []


@pytest.mark.parametrize("who", [RAISER, SITTING[0]])
def test_whoever_is_kept_from_the_case_finds_nothing_at_the_next_look(
    place: Town, story: Story, early: Story, who: str
) -> None:
    path = feed_for(place, who)
    assert events(path) != []
    for each in (story, early):
        rewrite_denials(each.case, [DenialRow(place.people[who], "subject_of_concern")])

    assert events(path) == []


def test_whoever_leaves_their_post_finds_nothing_at_the_next_look(
    place: Town, story: Story
) -> None:
    path = feed_for(place, SITTING[0])
    assert events(path) != []
    holding = Holding.objects.get(person=place.people[SITTING[0]])
    changes.end_holding(holding=holding.id, until_on=day_of(datetime.now(UTC)) - timedelta(days=1))

    assert events(path) == []


def test_a_closed_account_has_none_at_the_next_look(place: Town, story: Story) -> None:
    path = feed_for(place, SITTING[0])
    assert fetched(path).status_code == 200
    changes.close_account(account=Account.objects.get(person=place.people[SITTING[0]]).id)

    assert fetched(path).status_code == 404


def test_called_together_again_it_stands_at_the_new_time_and_withdrawn_not_at_all(
    place: Town, story: Story
) -> None:
    path = feed_for(place, SITTING[0])
    (before,) = events(path)
    story.convened()
    (after,) = events(path)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == 1
    assert after["DTSTART"].dt > before["DTSTART"].dt  # type: ignore[attr-defined]  # icalendar's value

    story.does(acts.withdraw, reason=WORDS)
    assert events(path) == []


def test_the_same_thing_keeps_its_uid_and_no_two_share_one(place: Town, early: Story) -> None:
    Story(place, now=EARLIER, step=MINUTE).raised().to_workers()
    path = feed_for(place, RAISER)
    first, second = fetched(path).content, fetched(path).content

    assert first == second
    uids = values(first, "UID")
    assert len(uids) == len(set(uids)) == 2
