"""The worker's steps, each called alone."""

from datetime import datetime, timedelta

import pytest

from counterpart.engine.notices import URGENT
from counterpart.messages import holding
from counterpart.messages.channels import NotTaken
from counterpart.messages.faults import faults
from counterpart.messages.kinds import FAULT, LATER, NO_ADDRESS, REFUSED, UNREACHABLE
from counterpart.messages.models import Delivery, OutboxRow, Routine
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver, Refresh, all_steps
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
    return Deliver("one", channel)


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


def test_everyone_in_a_post_gets_one_each_a_turn_at_a_time(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="first@agency.example")
    an_account(a_person(post), "second@agency.example", password=None)
    (row,) = owed(office, post)

    assert take(deliver, NOW) is Turn.WORKED
    row.refresh_from_db()
    assert row.sent_at is None
    assert take(deliver, NOW) is Turn.WORKED
    assert take(deliver, NOW) is Turn.IDLE

    row.refresh_from_db()
    assert row.sent_at == NOW
    assert sorted(channel.addresses) == ["first@agency.example", "second@agency.example"]


def test_when_one_of_two_is_refused_the_other_has_it_once(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="first@agency.example")
    an_account(a_person(post), "second@agency.example", password=None)
    (row,) = owed(office, post)
    take(deliver, NOW)
    channel.faults = [NotTaken(REFUSED)]
    take(deliver, NOW)
    take(deliver, NOW + HOUR)

    assert len(channel.addresses) == len(set(channel.addresses)) == 2
    row.refresh_from_db()
    assert row.sent_at == NOW + HOUR


def test_someone_who_left_while_the_rest_was_sent_is_not_waited_for(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    post = office.post(email="stays@agency.example")
    leaver = a_person()
    holds(leaver, post, until=NOW.date() + timedelta(days=1))
    an_account(leaver, "leaves@agency.example", password=None)
    (row,) = owed(office, post)
    take(deliver, NOW)
    take(deliver, NOW + timedelta(days=2))

    row.refresh_from_db()
    assert row.sent_at is not None
    assert "stays@agency.example" in channel.addresses


def test_the_urgent_one_goes_first(
    office: Office, channel: RecordingChannel, deliver: Deliver
) -> None:
    owed(office, office.post(email="ordinary@agency.example"), now=NOW - HOUR)
    owed(office, office.post(email="urgent@agency.example"), kind=URGENT)
    take(deliver, NOW)

    assert channel.addresses == ["urgent@agency.example"]


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

    assert take(deliver, NOW) is Turn.WORKED
    assert take(deliver, NOW) is Turn.IDLE
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
