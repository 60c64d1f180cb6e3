"""Who is asked to a meeting or a panel, told that it is at another time, or that it is off: each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.access.relations import DenialRow, rewrite_denials
from counterpart.engine.gatherings import Gathering, Status
from counterpart.engine.kinds import Id
from counterpart.engine.notices import MEETING, MEETING_OFF, ON_PANEL, PANEL_OFF
from counterpart.journal.errors import OutsideTransaction
from counterpart.messages.calendars import method
from counterpart.messages.composing import compose
from counterpart.messages.inviting import STAYS, asked_to, owe_invitations
from counterpart.messages.models import MeetingInvitation, Notice, OutboxRow
from tests.directory import a_person, covers, new_id
from tests.integration.messages.stories import HOUR, NOW, REFERENCE, Office, an_office

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MEETS_AT = NOW + DAY


@pytest.fixture
def office() -> Office:
    return an_office()


def a_meeting(*posts: str, people: tuple[str, ...] = (), is_panel: bool = False) -> Gathering:
    return Gathering(
        id=Id(new_id()),
        is_panel=is_panel,
        meets_at=MEETS_AT,
        arranged=0,
        status="on",
        posts=tuple(map(Id, posts)),
        people=tuple(map(Id, people)),
    )


def told(office: Office, *all_of_them: Gathering, at: int = 0) -> list[tuple[str, str, int]]:
    """What is newly owed by mail once these are all there is: kind, to whom, sequence."""
    before = set(OutboxRow.objects.values_list("id", flat=True))
    now = NOW + at * HOUR
    with transaction.atomic():
        owe_invitations(office.case, REFERENCE, all_of_them, now, occasion=new_id())
    rows = OutboxRow.objects.exclude(id__in=before).order_by("template", "to")
    return [(row.template, row.to, row.sequence) for row in rows]


def test_everybody_asked_is_told_in_the_app_and_by_mail_once(office: Office) -> None:
    one, person = office.post(), new_id()
    meeting = a_meeting(one, people=(person,))

    assert sorted(told(office, meeting)) == sorted([(MEETING, one, 0), (MEETING, person, 0)])
    assert told(office, meeting, at=1) == []
    assert set(Notice.objects.values_list("kind", "to_kind", "to", "due_at")) == {
        (MEETING, "post", one, MEETS_AT),
        (MEETING, "person", person, MEETS_AT),
    }


def test_a_mail_holds_what_a_calendar_needs(office: Office) -> None:
    post = office.post()
    panel = a_meeting(post, is_panel=True)
    told(office, panel)
    row = OutboxRow.objects.get()
    message = compose(row, settings.ADDRESS)

    assert (row.template, row.reference, row.due_at, row.gathering) == (
        ON_PANEL, REFERENCE, MEETS_AT, panel.id,
    )  # fmt: skip
    assert message.entry is not None
    assert message.entry.summary == "Panel meeting, case 7F3K-92MQ"
    assert (message.entry.starts_at, message.entry.written_at) == (MEETS_AT, NOW)
    assert compose(row, settings.ADDRESS) == message
    for body in (message.text, message.html):
        assert "7F3K-92MQ" in body
        assert "Wednesday 25 November 2026 at midday" in body


def test_at_another_time_all_are_told_again_with_a_higher_sequence(office: Office) -> None:
    one, other = sorted([office.post(), office.post()])
    meeting = a_meeting(one, other)
    told(office, meeting)
    later = replace(meeting, meets_at=MEETS_AT + DAY, arranged=1)

    assert told(office, later, at=1) == [(MEETING, one, 1), (MEETING, other, 1)]
    assert {row.gathering for row in OutboxRow.objects.all()} == {meeting.id}


def test_arranged_again_for_the_same_time_is_told_again(office: Office) -> None:
    """The place may be another one. It is in the record."""
    meeting = a_meeting(office.post())
    told(office, meeting)

    assert [sequence for *_, sequence in told(office, replace(meeting, arranged=1), at=1)] == [1]


@pytest.mark.parametrize(("is_panel", "kind"), [(True, PANEL_OFF), (False, MEETING_OFF)])
def test_what_is_off_is_told_once(office: Office, is_panel: bool, kind: str) -> None:
    post = office.post()
    meeting = a_meeting(post, is_panel=is_panel)
    told(office, meeting)
    off = replace(meeting, status="off")

    assert told(office, off, at=1) == [(kind, post, 1)]
    assert told(office, off, at=2) == []
    entry = compose(OutboxRow.objects.get(template=kind), settings.ADDRESS).entry
    assert entry is not None
    assert method(entry) == "CANCEL"


@pytest.mark.parametrize("status", ["over", "off"])
def test_of_what_has_been_nothing_more_is_said(office: Office, status: Status) -> None:
    meeting = a_meeting(office.post())
    told(office, meeting)
    after = int((MEETS_AT - NOW) / HOUR) + 1

    assert told(office, replace(meeting, status=status), at=after) == []


def test_what_was_held_early_is_not_off(office: Office) -> None:
    meeting = a_meeting(office.post())
    told(office, meeting)

    assert told(office, replace(meeting, status="over"), at=1) == []


def test_whoever_comes_in_is_asked_and_whoever_goes_is_told(office: Office) -> None:
    before, after = office.post(), office.post()
    meeting = a_meeting(before)
    told(office, meeting)

    changed = told(office, replace(meeting, posts=(Id(after),)), at=1)
    assert changed == [(MEETING, after, 0), (MEETING_OFF, before, 1)]
    back = told(office, meeting, at=2)
    assert back == [(MEETING, before, 2), (MEETING_OFF, after, 1)]


def test_each_meeting_is_told_of_by_itself(office: Office) -> None:
    post = office.post()
    one, other = a_meeting(post), a_meeting(post, is_panel=True)
    told(office, one)

    assert told(office, one, other, at=1) == [(ON_PANEL, post, 0)]
    assert told(office, replace(one, status="off"), other, at=2) == [(MEETING_OFF, post, 1)]


def test_what_is_owed_falls_with_the_act_that_brought_it_about(office: Office) -> None:
    meeting = a_meeting(office.post())
    with transaction.atomic():
        owe_invitations(office.case, REFERENCE, [meeting], NOW, occasion="entry")
        transaction.set_rollback(True)

    for table in (Notice, OutboxRow, MeetingInvitation):
        assert not table.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nobody_can_be_asked() -> None:
    with pytest.raises(OutsideTransaction):
        owe_invitations("c" * 32, REFERENCE, [], NOW, occasion="entry")


@pytest.mark.parametrize("number", [1, 20])
def test_a_case_with_none_costs_no_query_and_one_with_many_as_few_as_one(
    office: Office, number: int
) -> None:
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            owe_invitations(office.case, REFERENCE, [], NOW, occasion="entry")
        assert len(queries) == 0
        with CaptureQueriesContext(connection) as queries:
            meeting = a_meeting(*(new_id() for _ in range(number)))
            owe_invitations(office.case, REFERENCE, [meeting], NOW, occasion="entry")
        assert len(queries) == 4


# --- what somebody is asked to now ----------------------------------------------------------------


def test_a_person_finds_what_their_post_is_asked_to_and_nobody_elses(office: Office) -> None:
    mine, other = office.post(), office.post()
    person = a_person(mine)
    first, second = a_meeting(mine), a_meeting(mine, is_panel=True)
    told(office, first, replace(second, meets_at=MEETS_AT + DAY), a_meeting(other))

    found = asked_to(person, NOW)
    assert [(one.key, one.is_panel, one.meets_at) for one in found] == [
        (first.id, False, MEETS_AT),
        (second.id, True, MEETS_AT + DAY),
    ]


def test_asked_by_name_and_by_post_it_is_one_meeting(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    told(office, a_meeting(post, people=(person,)))

    assert len(asked_to(person, NOW)) == 1


def test_someone_who_stands_in_is_asked_while_they_do(office: Office) -> None:
    post = office.post()
    holder, standing_in = a_person(post), a_person()
    covers(standing_in, NOW.date(), NOW.date() + DAY, person=holder)
    told(office, a_meeting(post))

    assert len(asked_to(standing_in, NOW)) == 1
    assert asked_to(standing_in, NOW + DAY) == ()


def test_what_is_off_or_long_ago_is_not_there_any_more(office: Office) -> None:
    post = office.post()
    person = a_person(post)
    meeting = a_meeting(post)
    told(office, meeting)

    assert len(asked_to(person, MEETS_AT + STAYS - HOUR)) == 1
    assert asked_to(person, MEETS_AT + STAYS) == ()
    told(office, replace(meeting, status="off"), at=1)
    assert asked_to(person, NOW + HOUR) == ()


def test_whoever_may_not_see_the_case_any_more_is_asked_to_nothing(office: Office) -> None:
    post = office.post()
    person, colleague = a_person(post), a_person(post)
    told(office, a_meeting(post, people=(person,)))
    rewrite_denials(office.case, [DenialRow(person, "declared_conflict")])

    assert asked_to(person, NOW) == ()
    assert len(asked_to(colleague, NOW)) == 1
