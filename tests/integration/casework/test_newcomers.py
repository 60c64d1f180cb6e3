"""Whoever comes to a post, or stands in there, hears on that morning what it has to do and where it is asked to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from counterpart.casework import directory
from counterpart.casework.digesting import send_digests
from counterpart.engine.gatherings import Gathering
from counterpart.engine.kinds import Id
from counterpart.engine.notices import MEETING
from counterpart.messages import outbox
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.digests import lines_of
from counterpart.messages.inviting import asked_in, owe_invitations
from counterpart.messages.kinds import DIGEST, TAKEN_UP, TO_DO
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Account, Post
from tests import directory as d
from tests.integration.casework.test_digesting_posts import begun
from tests.integration.messages.stories import RecordingChannel
from tests.live import Live
from tests.town import MONDAY, RAISER, Town, town

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
OFFICE, COLLEAGUE = "office.business_manager", "school.line_manager"


@pytest.fixture
def place() -> Town:
    made = town()
    for who in (RAISER, COLLEAGUE):
        d.an_account(made.people[who], f"{who}@school.example", password=None)
    return made


def mailed(at: datetime) -> None:
    """Everything that is owed goes out."""
    while batch := outbox.claim(at, "one"):
        deliver(Batch(batch), RecordingChannel(), at)


def somebody_new() -> str:
    """A person with an address, who holds no post yet."""
    person = d.a_person(name="Zebediah Quill")
    d.an_account(person, "new@school.example", password=None)
    return person


def appointed(place: Town, person: str, at: datetime, from_on: date) -> None:
    directory.appoint(
        post=place.posts[RAISER], person=person, from_on=from_on, actor=place.acting(OFFICE), now=at
    )


def digests_of(person: str, at: datetime) -> list[list[str]]:
    """The kinds of the lines of each digest to a person."""
    rows = OutboxRow.objects.filter(template=DIGEST, to=person).order_by("made_at")
    return [[line.kind for line in lines_of(row, at)] for row in rows]


def test_whoever_comes_to_a_post_hears_that_morning_what_it_has_to_do_and_only_once(
    place: Town,
) -> None:
    begun(place, limit="20 working days")
    mailed(MONDAY)
    person = somebody_new()
    appointed(place, person, MONDAY + timedelta(hours=1), from_on=TUESDAY.date())
    send_digests(MONDAY + timedelta(hours=2))
    assert digests_of(person, TUESDAY) == []
    for at in (TUESDAY, WEDNESDAY, THURSDAY):
        send_digests(at)
    assert digests_of(person, THURSDAY) == [[TO_DO, TAKEN_UP]]
    assert digests_of(place.people[RAISER], THURSDAY) == []


def test_whoever_comes_to_a_post_with_nothing_to_do_hears_nothing(place: Town) -> None:
    begun(place, limit="20 working days")
    mailed(MONDAY)
    person = somebody_new()
    d.holds(person, place.posts["school.designated_safeguarding_lead"], since=TUESDAY.date())
    send_digests(TUESDAY)
    assert digests_of(person, TUESDAY) == []


def test_what_came_after_them_was_mailed_to_them_and_is_not_told_again(place: Town) -> None:
    person = somebody_new()
    d.holds(person, place.posts[RAISER], since=MONDAY.date())
    begun(place, limit="20 working days")
    mailed(MONDAY)
    send_digests(TUESDAY)
    assert digests_of(person, TUESDAY) == []


def test_an_appointment_entered_some_days_late_is_told_of_all_the_same(place: Town) -> None:
    begun(place, limit="20 working days")
    mailed(MONDAY)
    person = somebody_new()
    appointed(place, person, WEDNESDAY, from_on=TUESDAY.date())
    send_digests(THURSDAY)
    assert digests_of(person, THURSDAY) == [[TO_DO, TAKEN_UP]]


@pytest.mark.parametrize("whole", [True, False])
def test_whoever_stands_in_hears_it_on_the_first_day(place: Town, whole: bool) -> None:
    begun(place, limit="20 working days")
    mailed(MONDAY)
    person = somebody_new()
    d.holds(person, place.posts["school.designated_safeguarding_lead"])
    of = {"person": place.people[RAISER]} if whole else {"post": place.posts[RAISER]}
    d.covers(person, WEDNESDAY.date(), WEDNESDAY.date() + timedelta(days=7), **of)
    for at in (TUESDAY, WEDNESDAY, THURSDAY):
        send_digests(at)
    assert digests_of(person, THURSDAY) == [[TO_DO, TAKEN_UP]]


def asked(case: Live, post: str, *times: datetime) -> None:
    """A post is asked to a meeting at each of these times."""
    meetings = [
        Gathering(id=Id(d.new_id()), is_panel=False, meets_at=at, arranged=0, status="on",
                  posts=(Id(post),), people=())
        for at in times
    ]  # fmt: skip
    with transaction.atomic():
        owe_invitations(case.case, case.reference, meetings, MONDAY, occasion=d.new_id())


def test_a_meeting_still_to_come_is_in_that_digest_and_beside_it_for_calendars(place: Town) -> None:
    case = begun(place, limit="20 working days")
    asked(case, place.posts[RAISER], THURSDAY, MONDAY + timedelta(hours=3))
    mailed(MONDAY)
    person = somebody_new()
    appointed(place, person, MONDAY + timedelta(hours=4), from_on=TUESDAY.date())
    for at in (TUESDAY, WEDNESDAY):
        send_digests(at)
    assert digests_of(person, WEDNESDAY) == [[TO_DO, TAKEN_UP, MEETING]]
    row = OutboxRow.objects.get(template=DIGEST, to=person)
    (found,) = asked_in(row, lines_of(row, TUESDAY))
    assert found.meets_at == THURSDAY


def test_where_the_post_is_read_by_its_mailbox_nobody_is_told_twice(place: Town) -> None:
    begun(place, limit="20 working days")
    Account.objects.all().delete()
    Post.objects.filter(id=place.posts[RAISER]).update(mail="office@school.example")
    mailed(MONDAY)
    person = d.a_person(name="Zebediah Quill")
    d.holds(person, place.posts[RAISER], since=TUESDAY.date())
    send_digests(TUESDAY)
    assert not OutboxRow.objects.filter(template=DIGEST).exists()
