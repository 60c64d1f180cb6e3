"""The worker's steps, each called alone."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from counterpart.casework.one_by_one import IsOver
from counterpart.engine.notices import URGENT
from counterpart.messages import holding
from counterpart.messages.channels import NotTaken
from counterpart.messages.delivering import MOST_TIME
from counterpart.messages.faults import faults
from counterpart.messages.kinds import FAULT, LATER, NO_ADDRESS, REFUSED, UNREACHABLE
from counterpart.messages.models import Delivery, OutboxRow, Routine
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import (
    CLIMB,
    LONGEST_TURN,
    Deliver,
    InTurns,
    Morning,
    Refresh,
    all_steps,
)
from tests.directory import a_person, an_account, holds
from tests.integration.messages.stories import (
    HOUR,
    MINUTE,
    NOW,
    Office,
    RecordingChannel,
    an_office,
    owed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def channel() -> RecordingChannel:
    return RecordingChannel()


@pytest.fixture
def deliver(channel: RecordingChannel) -> Deliver:
    return Deliver("one", channel, clock=lambda: 0.0)


# --- delivering ----------------------------------------------------------------------------------


def test_a_message_is_sent_and_then_marked(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    (row,) = owed(office, office.post(email="holder@agency.example"))

    assert take(deliver, NOW) is Turn.WORKED
    assert take(deliver, NOW) is Turn.IDLE

    row.refresh_from_db()
    assert row.sent_at == NOW
    assert channel.addresses == ["holder@agency.example"]
    assert channel.sent[0][1].message_id == row.message_id


def test_everyone_in_a_post_gets_one_each(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="first@agency.example")
    an_account(a_person(post), "second@agency.example", password=None)
    (row,) = owed(office, post)

    assert take(deliver, NOW) is Turn.WORKED
    assert take(deliver, NOW) is Turn.IDLE

    row.refresh_from_db()
    assert row.sent_at == NOW
    assert sorted(channel.addresses) == ["first@agency.example", "second@agency.example"]


def test_when_one_of_two_is_refused_the_other_has_it_once_and_at_once(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="first@agency.example")
    an_account(a_person(post), "second@agency.example", password=None)
    (row,) = owed(office, post)
    channel.faults = [NotTaken(REFUSED)]
    take(deliver, NOW)
    assert len(channel.addresses) == 1
    take(deliver, NOW + HOUR)

    assert len(channel.addresses) == len(set(channel.addresses)) == 2
    row.refresh_from_db()
    assert row.sent_at == NOW + HOUR


def test_someone_who_left_before_it_could_go_is_not_waited_for(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="stays@agency.example")
    leaver = a_person()
    holds(leaver, post, until=NOW.date() + timedelta(days=1))
    an_account(leaver, "leaves@agency.example", password=None)
    (row,) = owed(office, post)
    channel.faults = [NotTaken(LATER), NotTaken(LATER)]
    take(deliver, NOW)
    take(deliver, NOW + timedelta(days=1))

    row.refresh_from_db()
    assert row.sent_at is not None
    assert channel.addresses == ["stays@agency.example"]


def test_a_turn_sends_many_and_closes_the_connection_once(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    for n in range(5):
        owed(office, office.post(email=f"holder{n}@agency.example"))

    assert [take(deliver, NOW), take(deliver, NOW)] == [Turn.WORKED, Turn.IDLE]
    assert len(channel.sent) == 5
    assert channel.closed == 1


def test_the_urgent_one_goes_first(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="ordinary@agency.example"), now=NOW - HOUR)
    owed(office, office.post(email="urgent@agency.example"), kind=URGENT)
    take(deliver, NOW)

    assert channel.addresses == ["urgent@agency.example", "ordinary@agency.example"]


def test_a_batch_ends_in_good_time_and_the_rest_is_free_for_another_worker(
    office: Office, channel: RecordingChannel
) -> None:
    for n in range(4):
        owed(office, office.post(email=f"holder{n}@agency.example"))
    slow = Deliver("slow", channel, clock=count(step=MOST_TIME.seconds / 4).__next__)
    take(slow, NOW)
    assert 0 < len(channel.sent) < 4

    take(Deliver("another", channel), NOW)
    assert len(set(channel.addresses)) == len(channel.sent) == 4


def test_what_fails_in_the_middle_of_a_batch_keeps_nothing_else_back(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    wanted = [f"holder{n}@agency.example" for n in range(3)]
    for address in wanted:
        owed(office, office.post(email=address))
    channel.faults = [ZeroDivisionError("something in our own code")]

    assert [take(deliver, NOW) for _ in range(3)] == [Turn.PARKED, Turn.WORKED, Turn.IDLE]
    assert len(channel.sent) == 2
    take(deliver, NOW + MINUTE)
    assert sorted(channel.addresses) == wanted


def test_when_the_mail_server_comes_back_the_urgent_ones_go_first(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    for n in range(3):
        owed(office, office.post(email=f"urgent{n}@agency.example"), kind=URGENT, now=NOW - HOUR)
    for n in range(3):
        owed(office, office.post(email=f"ordinary{n}@agency.example"), now=NOW - 2 * HOUR)
    channel.faults = [NotTaken(UNREACHABLE)] * 5
    at = NOW
    while channel.faults:
        take(deliver, at)
        at += 2 * MINUTE
    take(deliver, at)
    probe = channel.addresses[0]
    while take(deliver, at) is Turn.WORKED:
        pass

    rest = [address for address in channel.addresses if address != probe]
    assert [address[:3] for address in rest] == sorted((a[:3] for a in rest), reverse=True)
    assert len(channel.addresses) == 6


def test_when_a_server_no_longer_puts_all_off_the_urgent_ones_do_not_wait_for_their_turn(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="urgent@agency.example"), kind=URGENT)
    owed(office, office.post(email="ordinary@agency.example"))
    owed(office, office.post(email="other@agency.example"))
    OutboxRow.objects.update(attempts=9, reason=LATER, next_try_at=NOW + 10 * MINUTE)
    OutboxRow.objects.filter(is_urgent=False).update(next_try_at=NOW)
    for _ in range(2):
        take(deliver, NOW)

    assert channel.addresses[1] == "urgent@agency.example"
    assert len(channel.addresses) == 3


def test_a_refused_message_is_marked_unsent_and_tried_again(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    (row,) = owed(office, office.post(email="holder@agency.example"))
    channel.faults = [NotTaken(LATER)]
    take(deliver, NOW)
    assert take(deliver, NOW) is Turn.IDLE

    assert take(deliver, NOW + MINUTE) is Turn.WORKED
    row.refresh_from_db()
    assert row.sent_at == NOW + MINUTE


def test_while_the_mail_server_is_away_the_others_are_not_each_tried(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="one@agency.example"))
    owed(office, office.post(email="two@agency.example"))
    channel.faults = [NotTaken(UNREACHABLE)]

    assert [take(deliver, NOW), take(deliver, NOW)] == [Turn.WORKED, Turn.IDLE]
    assert holding.mail_trouble() is not None

    at = NOW + MINUTE
    while take(deliver, at) is Turn.WORKED:
        pass
    assert sorted(channel.addresses) == ["one@agency.example", "two@agency.example"]
    assert holding.mail_trouble() is None


def test_one_message_that_fells_the_mail_server_does_not_keep_the_others_back(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="poison@agency.example"), kind=URGENT)
    owed(office, office.post(email="sound@agency.example"))
    channel.faults = [NotTaken(UNREACHABLE)]
    take(deliver, NOW)
    take(deliver, NOW + timedelta(seconds=20))

    assert channel.addresses == ["sound@agency.example"]


def test_a_post_nobody_can_be_reached_in_is_shown_and_gets_its_message_when_it_is_filled(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(is_vacant=True)
    owed(office, post)
    take(deliver, NOW)
    (fault,) = faults(office.partnership, office.manager, NOW)
    assert (fault.post, fault.reason) == (post, NO_ADDRESS)

    newcomer = a_person(post)
    an_account(newcomer, "new@agency.example", password=None)
    take(deliver, NOW + HOUR)

    assert channel.addresses == ["new@agency.example"]
    assert faults(office.partnership, office.manager, NOW + HOUR) == ()


def test_a_fault_nobody_foresaw_is_parked_in_front_of_the_business_manager(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="holder@agency.example"))
    channel.faults = [ZeroDivisionError("something in our own code")]

    assert take(deliver, NOW) is Turn.PARKED
    (fault,) = faults(office.partnership, office.manager, NOW)
    assert fault.reason == FAULT

    assert take(deliver, NOW + MINUTE) is Turn.WORKED
    assert Delivery.objects.count() == 1


def test_a_row_with_a_template_we_no_longer_have_is_parked(
    office: Office, deliver: Deliver
) -> None:
    (row,) = owed(office, office.post(email="holder@agency.example"))
    OutboxRow.objects.filter(id=row.id).update(template="of another release")

    assert take(deliver, NOW) is Turn.PARKED


# --- a turn at a time -------------------------------------------------------------------------------


def test_what_takes_long_lets_the_other_steps_have_their_turn_and_goes_on_at_once() -> None:
    done: list[datetime] = []

    def work(now: datetime, is_over: IsOver) -> None:
        for _ in range(3):
            if is_over():
                return
            done.append(now)

    step = InTurns("one", work, "long", clock=count(step=LONGEST_TURN.seconds / 2).__next__)
    assert [take(step, NOW), take(step, NOW)] == [Turn.WORKED, Turn.WORKED]
    assert len(done) == 2
    quick = InTurns("one", work, "long", clock=lambda: 0.0)
    assert [take(quick, NOW), take(quick, NOW)] == [Turn.WORKED, Turn.IDLE]
    assert len(done) == 5


def test_digests_wait_for_what_has_become_late_but_not_for_ever() -> None:
    made: list[datetime] = []
    morning = Morning("one", made.append)
    late = InTurns(
        "one", lambda _, __: None, CLIMB, clock=count(step=LONGEST_TURN.seconds).__next__
    )
    take(late, NOW)
    assert take(morning, NOW) is Turn.IDLE
    assert take(morning, NOW + HOUR) is Turn.WORKED
    assert made == [NOW + HOUR]


# --- working out vacancies anew --------------------------------------------------------------------


def test_vacancies_are_worked_out_once_an_hour_whoever_does_it() -> None:
    times: list[datetime] = []
    steps = [Refresh(worker, times.append) for worker in ("one", "two")]

    for at in (NOW, NOW + MINUTE, NOW + HOUR):
        for step in steps:
            take(step, at)

    assert times == [NOW, NOW + HOUR]


def test_a_refresh_that_failed_is_done_again_before_the_hour_is_over() -> None:
    times: list[datetime] = []

    def fail_once(now: datetime) -> None:
        times.append(now)
        if len(times) == 1:
            raise ZeroDivisionError

    step = Refresh("one", fail_once)
    assert take(step, NOW) is Turn.PARKED
    assert Routine.objects.get().failed_at == NOW
    assert take(step, NOW + MINUTE) is Turn.IDLE
    assert take(step, NOW + 5 * MINUTE) is Turn.WORKED
    assert Routine.objects.get().failed_at is None


def test_every_step_of_a_worker_finds_nothing_to_do_in_an_empty_installation() -> None:
    for step in all_steps("one"):
        assert take(step, NOW) in (Turn.IDLE, Turn.WORKED)
