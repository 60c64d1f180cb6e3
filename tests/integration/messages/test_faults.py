"""E-mail that did not go, in front of the business manager; and the mail server itself."""

from datetime import timedelta

import pytest

from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.engine.notices import URGENT
from counterpart.messages import holding, outbox
from counterpart.messages.faults import TOO_LONG, faults
from counterpart.messages.kinds import NO_ADDRESS, REASON_WORDS, REFUSED, UNREACHABLE, WAITING
from tests.directory import a_partnership, a_person, new_id
from tests.integration.messages.stories import HOUR, MINUTE, NOW, Office, an_office, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


def test_a_message_that_was_refused_is_shown_at_once(office: Office) -> None:
    post = office.post()
    (row,) = owed(office, post)
    outbox.not_sent(row, REFUSED, NOW)

    (fault,) = faults(office.partnership, office.manager, NOW)
    assert (fault.case, fault.post, fault.person) == (office.case, post, None)
    assert (fault.reason, fault.words) == (REFUSED, REASON_WORDS[REFUSED])
    assert fault.since_at == NOW


def test_a_message_on_its_way_is_no_fault(office: Office) -> None:
    owed(office, office.post())

    assert faults(office.partnership, office.manager, NOW) == ()


def test_a_message_that_never_left_is_found_though_nothing_failed(office: Office) -> None:
    owed(office, office.post())

    (fault,) = faults(office.partnership, office.manager, NOW + TOO_LONG)
    assert fault.reason == WAITING
    assert fault.words


def test_a_message_that_went_is_no_fault_any_more(office: Office) -> None:
    (row,) = owed(office, office.post())
    outbox.not_sent(row, NO_ADDRESS, NOW)
    outbox.accepted(row, "person", NOW + HOUR, is_last=True)

    assert faults(office.partnership, office.manager, NOW + 2 * HOUR) == ()


def test_urgent_ones_come_first(office: Office) -> None:
    owed(office, office.post(), now=NOW - HOUR)
    owed(office, office.post(), kind=URGENT, now=NOW - HOUR + MINUTE)

    found = faults(office.partnership, office.manager, NOW + HOUR)
    assert [fault.is_urgent for fault in found] == [True, False]


def test_other_partnerships_are_not_shown(office: Office) -> None:
    owed(office, office.post())

    assert faults(a_partnership(), office.manager, NOW + HOUR) == ()


def test_someone_who_may_not_see_the_case_is_not_shown_its_fault(office: Office) -> None:
    owed(office, office.post())
    rewrite_denials(office.case, [DenialRow(office.manager, "family_tie")])

    assert faults(office.partnership, office.manager, NOW + HOUR) == ()
    assert faults(office.partnership, a_person(), NOW + HOUR) == ()


def test_no_more_are_given_than_were_asked_for(office: Office) -> None:
    for _ in range(3):
        owed(office, new_id(), occasion=new_id())

    assert len(faults(office.partnership, office.manager, NOW + HOUR, limit=2)) == 2


# --- the mail server ---------------------------------------------------------------------------


def test_a_server_that_is_away_is_left_alone_a_little_longer_each_time() -> None:
    waits = []
    at = NOW
    for _ in range(6):
        holding.hold(UNREACHABLE, at)
        start = at
        while holding.is_held(at):
            at += timedelta(seconds=1)
        waits.append((at - start).seconds)

    assert waits == [15, 30, 60, 120, 120, 120]


def test_since_when_no_mail_goes_is_told_until_it_goes_again() -> None:
    holding.hold(UNREACHABLE, NOW)
    holding.hold(UNREACHABLE, NOW + HOUR)

    trouble = holding.mail_trouble()
    assert trouble is not None
    assert (trouble.since_at, trouble.words) == (NOW, REASON_WORDS[UNREACHABLE])

    holding.let_go()
    assert holding.mail_trouble() is None
    assert not holding.is_held(NOW + HOUR)


def test_a_hold_from_a_clock_that_has_been_set_back_does_not_count() -> None:
    holding.hold(UNREACHABLE, NOW + timedelta(days=1))

    assert not holding.is_held(NOW)
