"""The digest of a post that nobody holds, or whose holders may not see it: a fault on the desk, and one only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from counterpart.access.models import Denial
from counterpart.casework import directory
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.casework.visiting import link_of
from counterpart.engine.kinds import Id
from counterpart.engine.notices import NEW_ENTRY, Notice
from counterpart.lists.models import DutyRow
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.digests import waiting_at
from counterpart.messages.faults import FaultRow, faults
from counterpart.messages.kinds import DIGEST, NO_ACCESS, TO_DO
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import owe
from counterpart.people.models import Holding, Post
from tests.directory import a_person, an_account
from tests.integration.messages.stories import RecordingChannel
from tests.kinds import a_step, stages, written
from tests.live import Live, puts_in_force
from tests.town import MONDAY, RAISER, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OFFICE = "office.business_manager"
WEDNESDAY = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
"""The morning of the day on which a talk begun on Monday the 2nd is due."""
THURSDAY, FRIDAY = WEDNESDAY + DAY, WEDNESDAY + 2 * DAY


@pytest.fixture
def place() -> Town:
    return town()


def begun(place: Town, at: datetime = MONDAY, **talk: object) -> Live:
    puts_in_force(place, written(stages=stages(steps=[a_step("talk", **talk)])))
    return Live(place, now=at).begins(grounds=("plan",))


def _faults(place: Town, at: datetime) -> tuple[FaultRow, ...]:
    return faults(place.partnership, place.people[OFFICE], at)


def vacated(place: Town, who: str) -> None:
    holding = Holding.objects.get(post=place.posts[who])
    directory.end_holding(
        holding=holding.id, until_on=date(2026, 11, 2), actor=place.acting(OFFICE), now=MONDAY
    )


def test_what_waits_at_a_vacant_post_goes_nowhere_and_is_on_the_desk(place: Town) -> None:
    begun(place)
    climb(WEDNESDAY)
    vacated(place, RAISER)
    assert send_digests(WEDNESDAY) == 1
    row = OutboxRow.objects.get(template=DIGEST)
    channel = RecordingChannel()
    deliver(Batch([row]), channel, WEDNESDAY)
    assert channel.sent == []
    (fault,) = (f for f in _faults(place, WEDNESDAY) if f.kind == DIGEST)
    assert (fault.post, fault.person) == (place.posts[RAISER], None)


def test_whoever_fills_the_post_finds_it_in_their_own_digest_and_has_no_second_one(
    place: Town,
) -> None:
    begun(place)
    climb(WEDNESDAY)
    vacated(place, RAISER)
    send_digests(WEDNESDAY)
    newcomer = a_person(place.posts[RAISER], name="Zebediah Quill")
    an_account(newcomer, "new@school.example", password=None)
    assert send_digests(THURSDAY) == 1
    channel = RecordingChannel()
    deliver(Batch(list(OutboxRow.objects.filter(template=DIGEST))), channel, THURSDAY)
    assert channel.addresses == ["new@school.example"]
    assert [fault for fault in _faults(place, THURSDAY) if fault.kind == DIGEST] == []


def kept_out(place: Town, case: Live, who: str) -> None:
    Denial.objects.create(case=case.case, person=place.people[who], reason="declared_conflict")


def test_news_that_the_only_holder_of_a_post_may_not_see_is_on_the_desk(place: Town) -> None:
    case = begun(place)
    Post.objects.filter(id=place.posts[RAISER]).update(mail="office@school.example")
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    climb(WEDNESDAY)
    kept_out(place, case, RAISER)
    assert [send_digests(WEDNESDAY), send_digests(WEDNESDAY)] == [1, 0]
    channel = RecordingChannel()
    deliver(Batch(list(OutboxRow.objects.filter(template=DIGEST))), channel, WEDNESDAY)
    assert channel.sent == []
    (fault,) = (f for f in _faults(place, WEDNESDAY) if f.kind == DIGEST)
    assert (fault.post, fault.reason) == (place.posts[RAISER], NO_ACCESS)
    assert send_digests(THURSDAY) == 0


def test_somebody_else_in_the_post_who_may_see_it_has_it_and_then_it_is_no_fault(
    place: Town,
) -> None:
    case = begun(place)
    climb(WEDNESDAY)
    kept_out(place, case, RAISER)
    send_digests(WEDNESDAY)
    newcomer = a_person(place.posts[RAISER], name="Zebediah Quill")
    an_account(newcomer, "new@school.example", password=None)
    assert send_digests(THURSDAY) == 1
    channel = RecordingChannel()
    deliver(Batch(list(OutboxRow.objects.filter(template=DIGEST))), channel, THURSDAY)
    assert channel.addresses == ["new@school.example"]
    assert [fault for fault in _faults(place, THURSDAY) if fault.kind == DIGEST] == []


def test_what_one_of_two_in_a_post_may_see_is_no_fault(place: Town) -> None:
    case = begun(place)
    climb(WEDNESDAY)
    kept_out(place, case, RAISER)
    colleague = a_person(place.posts[RAISER], name="Zebediah Quill")
    assert send_digests(WEDNESDAY) == 1
    assert [row.to for row in OutboxRow.objects.filter(template=DIGEST)] == [colleague]


def test_a_vacant_post_with_a_mailbox_of_its_own_has_its_digest_there(place: Town) -> None:
    begun(place)
    climb(WEDNESDAY)
    vacated(place, RAISER)
    Post.objects.filter(id=place.posts[RAISER]).update(mail="office@school.example")
    send_digests(WEDNESDAY)
    channel = RecordingChannel()
    deliver(Batch(list(OutboxRow.objects.filter(template=DIGEST))), channel, WEDNESDAY)
    assert channel.addresses == ["office@school.example"]


def test_it_lists_there_what_the_post_has_to_do_with_a_link_for_each(place: Town) -> None:
    begun(place)
    other = begun(place, at=MONDAY + DAY, limit="20 working days")
    climb(WEDNESDAY)
    vacated(place, RAISER)
    Post.objects.filter(id=place.posts[RAISER]).update(mail="office@school.example")
    send_digests(WEDNESDAY)
    (row,) = OutboxRow.objects.filter(template=DIGEST)
    duties = [line.duty for line in row.lines.order_by("place") if line.kind == TO_DO]
    channel = RecordingChannel()
    deliver(Batch([row]), channel, WEDNESDAY)
    ((_, message),) = channel.sent
    tokens = re.findall(r"/answer/([\w.-]+)", message.text)
    found = [link_of(token, WEDNESDAY) for token in tokens]
    assert [link.lead.duty for link in found if link and link.is_good] == duties
    assert len(duties) == 2
    assert found[-1] is not None
    assert found[-1].lead.case == other.case
    assert "/cases/" not in message.text


def test_what_has_been_done_since_is_taken_out_of_one_that_could_not_go(place: Town) -> None:
    case = begun(place)
    other = begun(place, at=MONDAY + DAY, limit="20 working days")
    climb(WEDNESDAY)
    vacated(place, RAISER)
    tries(WEDNESDAY)
    (row,) = OutboxRow.objects.filter(template=DIGEST)
    assert to_do_in(row) == [case.case, other.case]
    DutyRow.objects.filter(case=case.case).delete()
    tells(place, other, RAISER, THURSDAY, "entry")
    tries(THURSDAY)
    assert to_do_in(row) == [other.case]
    assert [line.kind for line in row.lines.order_by("place")][-1] == NEW_ENTRY


def to_do_in(row: OutboxRow) -> list[str]:
    """The cases of the duties that a digest lists."""
    return [line.case for line in row.lines.order_by("place") if line.kind == TO_DO]


def test_a_post_whose_news_nobody_may_see_is_one_fault_however_many_days_it_lasts(
    place: Town,
) -> None:
    case = begun(place)
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    climb(WEDNESDAY)
    kept_out(place, case, RAISER)
    tries(WEDNESDAY)
    (first,) = OutboxRow.objects.filter(template=DIGEST)
    had = first.lines.count()
    for day, at in enumerate((THURSDAY, FRIDAY), start=1):
        tells(place, case, RAISER, at, f"entry-{day}")
        tries(at)
        assert [fault.id for fault in _faults(place, at) if fault.kind == DIGEST] == [first.id]
    assert first.lines.count() == had + 1  # the same news of the same case is one line
    waiting = waiting_at(place.posts[RAISER], FRIDAY)
    assert waiting == []


def test_once_that_is_mended_what_is_new_is_a_fault_of_its_own(place: Town) -> None:
    case = begun(place)
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    climb(WEDNESDAY)
    kept_out(place, case, RAISER)
    tries(WEDNESDAY)
    Denial.objects.all().delete()
    tries(THURSDAY)
    assert [fault for fault in _faults(place, THURSDAY) if fault.kind == DIGEST] == []
    kept_out(place, case, RAISER)
    tells(place, case, RAISER, FRIDAY, "entry")
    tries(FRIDAY)
    (fault,) = (fault for fault in _faults(place, FRIDAY) if fault.kind == DIGEST)
    assert fault.reason == NO_ACCESS
    assert OutboxRow.objects.filter(template=DIGEST, to=place.posts[RAISER]).count() == 2


def tells(place: Town, case: Live, who: str, at: datetime, entry: str) -> None:
    """There is a new entry for a post to hear of."""
    with transaction.atomic():
        notice = Notice(NEW_ENTRY, entry, post=Id(place.posts[who]))
        owe(case.case, case.reference, [notice], (), at, occasion=entry)


def tries(at: datetime) -> None:
    """A morning, and a try at all the digests that have not gone."""
    send_digests(at)
    deliver(
        Batch(list(OutboxRow.objects.filter(template=DIGEST, sent_at=None))),
        RecordingChannel(), at,
    )  # fmt: skip
