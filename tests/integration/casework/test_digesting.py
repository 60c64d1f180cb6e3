"""The morning digest: one e-mail a person a day, of all that waits for them, and none where nothing does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.access.models import Denial
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.engine.kinds import Id
from counterpart.engine.notices import LATE, NEW_ENTRY, URGENT, Notice
from counterpart.journal.errors import OutsideTransaction
from counterpart.lists.models import CaseRow
from counterpart.messages import outbox
from counterpart.messages.channels import NotTaken
from counterpart.messages.composing import compose
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.digests import fold, lines_of, morning_of, next_morning, owe_digest
from counterpart.messages.faults import FaultRow, faults
from counterpart.messages.kinds import (
    DIGEST,
    NO_ADDRESS,
    REFUSED,
    TO_DO,
    TO_PERSON,
    UNREACHABLE,
)
from counterpart.messages.models import Digested, OutboxRow
from counterpart.messages.notices import mark_seen, notices_for
from counterpart.messages.owing import owe
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver, Morning, all_steps
from tests.directory import a_person, an_account, covers
from tests.integration.messages.stories import RecordingChannel
from tests.kinds import a_step, stages, written
from tests.live import Live, puts_in_force
from tests.town import MONDAY, RAISER, Town, town

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MANAGER, OFFICE = "school.line_manager", "office.business_manager"
WEDNESDAY = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
"""The morning of the day on which a talk begun on Monday the 2nd is due."""
THURSDAY, FRIDAY = WEDNESDAY + DAY, WEDNESDAY + 2 * DAY


@pytest.fixture
def place() -> Town:
    return town()


def begun(place: Town, at: datetime = MONDAY, **talk: object) -> Live:
    puts_in_force(place, written(stages=stages(steps=[a_step("talk", **talk)])))
    return Live(place, now=at).begins(grounds=("plan",))


def morning(at: datetime) -> int:
    climb(at)
    return send_digests(at)


def digests_to(place: Town, who: str) -> list[OutboxRow]:
    rows = OutboxRow.objects.filter(template=DIGEST, to=place.people[who])
    return list(rows.order_by("made_at"))


def said(row: OutboxRow, at: datetime) -> list[tuple[str, str]]:
    return [(line.kind, line.what) for line in lines_of(row, at)]


def _faults(place: Town, at: datetime) -> tuple[FaultRow, ...]:
    return faults(place.partnership, place.people[OFFICE], at)


def test_who_has_nothing_new_gets_nothing(place: Town) -> None:
    begun(place)
    assert morning(MONDAY) == 0
    assert not OutboxRow.objects.filter(template=DIGEST).exists()


def test_what_is_due_soon_is_in_the_digest_of_its_owner_that_morning(place: Town) -> None:
    begun(place)
    assert morning(WEDNESDAY) == 1
    (row,) = digests_to(place, RAISER)
    assert said(row, WEDNESDAY) == [(TO_DO, "Do talk")]
    assert (row.case, row.reference, row.path, row.is_urgent) == ("", "", "/me", False)


def test_there_is_one_a_day_however_often_it_is_asked_for(place: Town) -> None:
    case = begun(place)
    assert [morning(WEDNESDAY + n * HOUR) for n in range(3)] == [1, 0, 0]
    with transaction.atomic():
        told = [Notice(NEW_ENTRY, "later", post=Id(place.posts[RAISER]))]
        owe(case.case, case.reference, told, (), WEDNESDAY + HOUR)
    assert morning(WEDNESDAY + 4 * HOUR) == 0
    assert morning(THURSDAY) >= 1
    assert [row.made_at for row in digests_to(place, RAISER)] == [WEDNESDAY, THURSDAY]


def test_what_was_in_one_digest_brings_about_no_other(place: Town) -> None:
    begun(place)
    morning(WEDNESDAY)
    assert send_digests(THURSDAY) == 0
    assert Digested.objects.count() == 1


def test_what_was_seen_in_the_app_is_no_news(place: Town) -> None:
    begun(place)
    climb(WEDNESDAY)
    person = place.people[RAISER]
    mark_seen(person, [row.id for row in notices_for(person, WEDNESDAY).rows], WEDNESDAY)
    assert send_digests(WEDNESDAY) == 0


def test_after_a_week_without_a_worker_each_person_gets_one(place: Town) -> None:
    for _ in range(3):
        begun(place)
    morning(WEDNESDAY + 7 * DAY)
    (row,) = digests_to(place, OFFICE)
    assert [kind for kind, _ in said(row, row.made_at)] == [LATE] * 3
    assert OutboxRow.objects.filter(template=DIGEST).count() == 1


def test_new_duties_that_waited_a_week_are_one_digest_and_not_a_flood(place: Town) -> None:
    for n in range(4):
        begun(place, at=MONDAY + n * DAY, limit="20 working days")
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    back = MONDAY + 10 * DAY
    assert fold(back) > 3
    assert send_digests(back) >= 1
    channel = RecordingChannel()
    deliver(Batch(outbox.claim(back, "one")), channel, back)
    letters = [message for to, message in channel.sent if to == "teacher@school.example"]
    (letter,) = letters
    assert letter.text.count("Do talk") == 4
    assert send_digests(back + DAY) == 0


def test_after_a_week_without_a_worker_nothing_goes_beside_the_one_digest_however_new_it_is(
    place: Town,
) -> None:
    """What was raised an hour ago, and what became late while no worker was there, waited too."""
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    bag = RecordingChannel()
    works(MONDAY, bag)
    bag.sent.clear()
    for n in range(8):
        begun(place, at=MONDAY + n * DAY)
    begun(place, at=MONDAY + 8 * DAY + HOUR)
    back = MONDAY + 8 * DAY + 2 * HOUR
    works(back, bag)
    assert [message.subject for _, message in bag.sent] == ["Counterpart: what waits for you"]
    ((_, letter),) = bag.sent
    assert letter.text.count("Do talk") == 9
    begun(place, at=back + HOUR)
    works(back + HOUR, bag)
    assert len(bag.sent) == 2  # and then each new duty at once, as ever


def test_an_immediate_risk_does_not_wait_for_the_digest_after_a_week_without_a_worker(
    place: Town,
) -> None:
    an_account(place.people[OFFICE], "office@northmere.example", password=None)
    bag = RecordingChannel()
    works(MONDAY, bag)
    case = begun(place, at=MONDAY + 7 * DAY)
    with transaction.atomic():
        told = [Notice(URGENT, "risk", post=Id(place.posts[OFFICE]))]
        owe(case.case, case.reference, told, (), MONDAY + 7 * DAY)
    works(MONDAY + 8 * DAY, bag)
    assert "please read this now" in bag.sent[0][1].subject


def works(at: datetime, bag: RecordingChannel) -> None:
    """A worker does all there is to do at `at`."""
    steps = [
        Deliver("one", bag, lambda: 0.0) if isinstance(step, Deliver) else step
        for step in all_steps("one")
    ]
    while [take(step, at) for step in steps].count(Turn.WORKED):
        pass


def test_what_has_waited_a_day_or_is_a_risk_or_has_failed_still_goes_by_itself(
    place: Town,
) -> None:
    begun(place)
    assert fold(MONDAY + DAY + 11 * HOUR) == 0
    OutboxRow.objects.update(failed_at=MONDAY)
    assert fold(MONDAY + 10 * DAY) == 0
    OutboxRow.objects.update(failed_at=None, template=URGENT)
    assert fold(MONDAY + 10 * DAY) == 0


def test_it_lists_all_that_is_to_be_done_immediate_risk_first_then_by_time_then_the_news(
    place: Town,
) -> None:
    late = begun(place)
    soon = begun(place, at=MONDAY + DAY)
    urgent = begun(place, at=MONDAY + 2 * HOUR, limit="10 working days")
    CaseRow.objects.filter(case=urgent.case).update(is_urgent=True)
    untimed = begun(place, limit="not stated")
    with transaction.atomic():
        told = [Notice(NEW_ENTRY, "entry", post=Id(place.posts[RAISER]))]
        owe(soon.case, soon.reference, told, (), MONDAY + DAY)
    morning(THURSDAY)
    (row,) = digests_to(place, RAISER)
    found = [(line.kind, line.reference) for line in lines_of(row, THURSDAY)]
    assert found == [
        (TO_DO, urgent.reference),
        (TO_DO, late.reference),
        (TO_DO, soon.reference),
        (TO_DO, untimed.reference),
        (NEW_ENTRY, soon.reference),
    ]


def test_it_holds_references_duties_times_and_links_and_no_name(place: Town) -> None:
    case = begun(place)
    morning(WEDNESDAY)
    (row,) = digests_to(place, RAISER)
    message = compose(row, settings.ADDRESS, lines_of(row, WEDNESDAY))
    shown = f"{case.reference[:4]}-{case.reference[4:]}"
    assert message.subject == "Counterpart: what waits for you"
    for body in (message.text, message.html):
        assert shown in body
        assert "Do talk" in body
        assert "It is due: Wednesday 4 November 2026 at 11:59pm" in body
        assert f"{settings.ADDRESS}/cases/{case.reference}" in body
        assert "telephone 999" in body
        for name in place.names.values():
            assert name not in body
        assert "neighbour" not in body
    assert compose(row, settings.ADDRESS, lines_of(row, FRIDAY)) == message


def test_a_case_its_reader_may_not_see_any_more_is_left_out_when_it_is_sent(place: Town) -> None:
    case = begun(place)
    morning(WEDNESDAY)
    (row,) = digests_to(place, RAISER)
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    Denial.objects.create(case=case.case, person=place.people[RAISER], reason="subject")
    channel = RecordingChannel()
    deliver(Batch([row]), channel, WEDNESDAY, lambda: 0)
    row.refresh_from_db()
    assert (channel.sent, row.sent_at) == ([], WEDNESDAY)


def test_it_goes_out_once_through_the_outbox(place: Town) -> None:
    begun(place)
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    morning(WEDNESDAY)
    (row,) = digests_to(place, RAISER)
    channel = RecordingChannel()
    for _ in range(2):
        deliver(Batch([row]), channel, WEDNESDAY)
    assert channel.addresses == ["teacher@school.example"]
    assert channel.sent[0][1].message_id == row.message_id


def test_somebody_without_an_address_is_a_fault_on_the_desk(place: Town) -> None:
    begun(place)
    morning(WEDNESDAY)
    (row,) = digests_to(place, RAISER)
    deliver(Batch([row]), RecordingChannel(), WEDNESDAY)
    (fault,) = (f for f in _faults(place, WEDNESDAY) if f.kind == DIGEST)
    assert (fault.person, fault.post, fault.reason) == (place.people[RAISER], None, NO_ADDRESS)
    assert (fault.case, fault.reference) == ("", "")


def test_digests_that_could_not_go_for_days_are_one_when_they_can(place: Town) -> None:
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    bag = RecordingChannel()
    for n in range(4):
        begun(place, at=MONDAY + n * DAY, limit="20 working days")
        with transaction.atomic():
            told = [Notice(NEW_ENTRY, f"entry {n}", post=Id(place.posts[RAISER]))]
            case = CaseRow.objects.latest("raised_at")
            owe(case.case, case.reference, told, (), MONDAY + n * DAY)
        bag.faults = [NotTaken(UNREACHABLE)] * 9
        works(MONDAY + n * DAY + HOUR, bag)
        works(MONDAY + (n + 1) * DAY, bag)
    bag.faults.clear()
    works(MONDAY + 5 * DAY - HOUR / 2, bag)
    works(MONDAY + 5 * DAY, bag)
    letters = [m for _, m in bag.sent if m.subject == "Counterpart: what waits for you"]
    (letter,) = letters
    (new,) = (line for line in letter.text.split("\n") if line.startswith("New in the record: "))
    assert new.count(", ") == 3
    assert not OutboxRow.objects.filter(sent_at__isnull=True, to=place.people[RAISER]).exists()


def test_a_digest_that_was_refused_is_a_fault_until_the_next_one_takes_its_place(
    place: Town,
) -> None:
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    begun(place)
    bag = RecordingChannel(faults=[NotTaken(REFUSED)] * 9)
    works(WEDNESDAY, bag)
    night = WEDNESDAY + 20 * HOUR
    works(night, RecordingChannel(faults=[NotTaken(REFUSED)] * 9))
    assert [f.kind for f in _faults(place, night)].count(DIGEST) == 1
    works(THURSDAY - HOUR / 2, early := RecordingChannel())
    assert [m for _, m in early.sent if m.subject == "Counterpart: what waits for you"] == []
    assert [f.kind for f in _faults(place, THURSDAY - HOUR / 2)].count(DIGEST) == 1
    works(THURSDAY, bag := RecordingChannel())
    assert [m.subject for _, m in bag.sent].count("Counterpart: what waits for you") == 1
    shown = [f.person for f in _faults(place, THURSDAY) if f.kind == DIGEST]
    assert place.people[RAISER] not in shown


@pytest.mark.parametrize("people", [1, 30])
def test_who_has_had_their_digest_costs_nothing_however_many_they_are(
    place: Town, people: int
) -> None:
    case = begun(place)
    for n in range(people):
        an_account(a_person(place.posts[RAISER]), f"teacher{n}@school.example", password=None)
    with transaction.atomic():
        told = [Notice(NEW_ENTRY, "entry", post=Id(place.posts[RAISER]))]
        owe(case.case, case.reference, told, (), MONDAY)
    assert send_digests(WEDNESDAY) == people + 1
    with CaptureQueriesContext(connection) as queries:
        assert send_digests(THURSDAY) == 0
    assert len(queries) < 10


def test_who_stands_in_for_somebody_has_what_that_person_was_told(place: Town) -> None:
    case = begun(place)
    deputy = place.people[MANAGER]
    covers(deputy, WEDNESDAY.date(), FRIDAY.date(), person=place.people[RAISER])
    with transaction.atomic():
        told = [Notice(NEW_ENTRY, "entry", person=Id(place.people[RAISER]))]
        owe(case.case, case.reference, told, (), WEDNESDAY)
    send_digests(WEDNESDAY)
    assert {row.to for row in OutboxRow.objects.filter(template=DIGEST)} == {
        place.people[RAISER],
        deputy,
    }


@pytest.mark.django_db(transaction=True)
def test_a_digest_stands_or_falls_with_what_it_gathered() -> None:
    with pytest.raises(OutsideTransaction):
        owe_digest(WEDNESDAY.date(), TO_PERSON, "p" * 32, (), (), WEDNESDAY)


# --- when -----------------------------------------------------------------------------------------


def test_the_morning_is_eight_by_the_clocks_of_london() -> None:
    summer, winter = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert (morning_of(summer).hour, morning_of(winter).hour) == (7, 8)
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)  # the clocks go back that night
    assert next_morning(before) - morning_of(before) == timedelta(hours=25)
    assert next_morning(WEDNESDAY - HOUR) == WEDNESDAY


def test_the_step_is_done_once_a_morning_whoever_does_it_and_not_in_the_night() -> None:
    times: list[datetime] = []
    steps = [Morning(worker, times.append) for worker in ("one", "two")]
    minutes = range(0, 3 * 24 * 60, 10)
    for at in (WEDNESDAY - 5 * HOUR + timedelta(minutes=n) for n in minutes):
        for step in steps:
            take(step, at)
    assert times == [WEDNESDAY, THURSDAY, FRIDAY]


def test_a_worker_that_was_away_in_the_morning_does_it_when_it_is_back() -> None:
    times: list[datetime] = []
    step = Morning("one", times.append)
    assert take(step, WEDNESDAY) is Turn.WORKED
    noon = FRIDAY + 4 * HOUR
    assert [take(step, noon), take(step, noon + HOUR)] == [Turn.WORKED, Turn.IDLE]
    assert times == [WEDNESDAY, noon]


def test_a_morning_that_failed_is_tried_again_soon() -> None:
    times: list[datetime] = []

    def fail_once(now: datetime) -> None:
        times.append(now)
        if len(times) == 1:
            raise ZeroDivisionError

    step = Morning("one", fail_once)
    assert take(step, WEDNESDAY) is Turn.PARKED
    assert take(step, WEDNESDAY + timedelta(minutes=5)) is Turn.WORKED
    assert len(times) == 2
