"""What a person is told in the app."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.access.kinds import BY_PERSON, RAISER
from counterpart.access.models import Relation
from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.engine import notices as engine_notices
from counterpart.engine.kinds import Id
from counterpart.engine.notices import ENDED, NEW_ENTRY
from counterpart.engine.notices import Notice as Owed
from counterpart.messages.kinds import NOT_HANDED, OF_NO_CASE
from counterpart.messages.models import Seen
from counterpart.messages.notices import (
    KIND_WORDS,
    MOST_COUNTED,
    NEWEST,
    mark_seen,
    notices_for,
    unseen_count,
)
from counterpart.messages.owing import owe
from tests.directory import a_person, covers
from tests.integration.messages.stories import (
    HOUR,
    MINUTE,
    NOW,
    REFERENCE,
    Office,
    a_duty,
    an_office,
    owed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


def many(office: Office, post: str, number: int) -> None:
    """That many notices to a post, a second apart, the last at `NOW`."""
    for n in range(number):
        at = NOW - timedelta(seconds=number - 1 - n)
        owed(office, post, kind=NEW_ENTRY, about=f"entry {n}", now=at)


def test_a_notice_to_a_post_is_seen_by_whoever_holds_it(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    owed(office, post, duties=[a_duty(what="Reply to the concern", due_at=NOW + HOUR)])

    (row,) = notices_for(person, NOW).rows
    assert (row.case, row.reference, row.what) == (office.case, REFERENCE, "Reply to the concern")
    assert (row.due_at, row.made_at, row.is_seen) == (NOW + HOUR, NOW, False)
    assert row.words == "Something for you to do"


def test_every_kind_the_engine_knows_has_words() -> None:
    names = (
        "URGENT",
        "NEW_DUTY",
        "NEW_ENTRY",
        "ON_PANEL",
        "PANEL_OFF",
        "MEETING",
        "MEETING_OFF",
        "POLICY_GAP",
        "ENDED",
        "CAME_HERE",
        "TIME_PASSED",
        "DUE_SOON",
        "JUST_MISSED",
        "LATE",
        "LETTER",
        "STILL_AT_RISK",
        "LEFT",
        "TO_PLACE",
        "LEARNING",
        "WATCH",
        "UNWATCHED",
    )
    known = {getattr(engine_notices, name) for name in names} | {NOT_HANDED, *OF_NO_CASE}
    assert known == set(KIND_WORDS)
    assert all(KIND_WORDS.values())


def test_a_notice_to_another_post_is_not_seen(office: Office) -> None:
    mine, other = office.post(), office.post()
    person = a_person(mine)
    owed(office, other)

    assert notices_for(person, NOW).rows == ()


def test_someone_who_stands_in_sees_it_while_they_do(office: Office) -> None:
    post = office.post()
    holder, standing_in = a_person(post), a_person()
    today = NOW.date()
    covers(standing_in, today, today + timedelta(days=2), person=holder)
    owed(office, post)

    assert len(notices_for(standing_in, NOW).rows) == 1
    assert notices_for(standing_in, NOW + timedelta(days=2)).rows == ()


def test_a_notice_to_the_raiser_is_seen_by_the_raiser_and_whoever_covers_them(
    office: Office,
) -> None:
    raiser, standing_in, stranger = a_person(office.post()), a_person(), a_person()
    since = NOW - HOUR
    Relation.objects.create(
        case=office.case, subject_kind=BY_PERSON, subject=raiser, kind=RAISER, from_at=since
    )
    covers(standing_in, NOW.date(), NOW.date() + timedelta(days=1), person=raiser)
    with transaction.atomic():
        owe(office.case, REFERENCE, [Owed(ENDED, "entry", person=Id(raiser))], [], NOW)

    assert len(notices_for(raiser, NOW).rows) == 1
    assert len(notices_for(standing_in, NOW).rows) == 1
    assert notices_for(stranger, NOW).rows == ()


def test_nothing_is_said_of_a_case_that_may_not_be_seen_any_more(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    owed(office, post)
    rewrite_denials(office.case, [DenialRow(person, "declared_conflict")])

    assert notices_for(person, NOW).rows == ()
    assert unseen_count(person, NOW).n == 0


def test_notices_come_newest_first_a_page_at_a_time(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    many(office, post, 5)

    first = notices_for(person, NOW, limit=3)
    second = notices_for(person, NOW, limit=3, after=first.next)

    times = [row.made_at for row in (*first.rows, *second.rows)]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 5
    assert second.next == ""


@pytest.mark.parametrize("after", ["nonsense", "_", "2026-11-24_1", "x" * 500])
def test_a_place_that_is_none_starts_at_the_newest(office: Office, after: str) -> None:
    post = office.post()
    person = a_person(post)
    many(office, post, 1)

    assert len(notices_for(person, NOW, after=after).rows) == 1


def test_what_was_seen_is_counted_no_more(office: Office) -> None:
    post = office.post()
    person, colleague = a_person(post), a_person(post)
    many(office, post, 3)
    ids = [row.id for row in notices_for(person, NOW).rows]

    mark_seen(person, ids[:2], NOW)
    mark_seen(person, ids[:2], NOW + MINUTE)

    assert unseen_count(person, NOW).n == 1
    assert [row.is_seen for row in notices_for(person, NOW).rows] == [True, True, False]
    assert unseen_count(colleague, NOW).n == 3


def test_nobody_can_mark_what_is_not_theirs(office: Office) -> None:
    post = office.post()
    person, stranger = a_person(post), a_person()
    many(office, post, 1)
    (row,) = notices_for(person, NOW).rows

    mark_seen(stranger, [row.id, "no number", "9" * 400, "-1", "²"], NOW)

    assert not Seen.objects.exists()


def test_the_count_stops_at_its_limit(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    notices = [Owed(NEW_ENTRY, f"entry {n}", post=Id(post)) for n in range(NEWEST + 1)]
    with transaction.atomic():
        owe(office.case, REFERENCE, notices, [], NOW)

    count = unseen_count(person, NOW)
    assert (count.n, count.is_more) == (MOST_COUNTED, True)


def test_the_number_of_queries_does_not_grow_with_the_notices(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    found = []
    for number in (1, 20):
        many(office, post, number)
        with CaptureQueriesContext(connection) as queries:
            notices_for(person, NOW)
            unseen_count(person, NOW)
        found.append(len(queries))

    assert found[0] == found[1]


def test_what_was_told_by_a_clock_that_was_ahead_is_shown_now_that_it_is_set_back(
    office: Office,
) -> None:
    post = office.post()
    person = a_person(post)
    owed(office, post, kind=NEW_ENTRY, about="by a clock a day ahead", now=NOW + timedelta(days=1))
    owed(office, post, kind=NEW_ENTRY, about="by the clock as it is")

    rows = notices_for(person, NOW).rows
    assert len(rows) == 2
    assert unseen_count(person, NOW).n == 2
    mark_seen(person, [row.id for row in rows], NOW)
    assert unseen_count(person, NOW).n == 0
