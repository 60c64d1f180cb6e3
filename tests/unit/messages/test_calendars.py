"""What calendars are given to read: its form, and what it never says."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Timezone

from counterpart.messages.calendars import (
    DUTY_LASTS,
    MEETING_LASTS,
    Entry,
    duty,
    feed,
    invitation,
    meeting,
    method,
)
from tests.rfc5545 import faults_in, values

ADDRESS = "https://counterpart.example.org"
SENDER = "Counterpart <counterpart@partnership.example>"
TO = "amara.osei@oakfield.example"
MEETS_AT = datetime(2026, 11, 24, 15, 40, tzinfo=UTC)
MADE_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def a_meeting(*, is_panel: bool = False, sequence: int = 0, is_off: bool = False) -> Entry:
    return meeting("e" * 32, "7F3K92MQ", MEETS_AT, MADE_AT, ADDRESS,
                   is_panel=is_panel, sequence=sequence, is_off=is_off)  # fmt: skip


def a_duty(
    key: str = "entry:answer", what: str = "Talk to the worker", at: datetime = MEETS_AT
) -> Entry:
    return duty(key, "7F3K92MQ", what, at, MADE_AT, ADDRESS)


def test_an_invitation_says_when_and_about_which_case_and_no_more() -> None:
    raw = invitation(a_meeting(), SENDER, TO).encode()

    assert faults_in(raw) == []
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event.keys() == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL", "SEQUENCE", "STATUS", "TRANSP", "CLASS",
        "ORGANIZER", "ATTENDEE",
    }  # fmt: skip
    assert event["SUMMARY"] == "Meeting about case 7F3K-92MQ"
    assert event["URL"] == f"{ADDRESS}/cases/7F3K92MQ"
    assert (event.decoded("DTSTART"), event.decoded("DTSTAMP")) == (MEETS_AT, MADE_AT)
    assert event.decoded("DTEND") == MEETS_AT + MEETING_LASTS
    assert event["ORGANIZER"] == "mailto:counterpart@partnership.example"
    assert event["ATTENDEE"] == f"mailto:{TO}"
    assert dict(event["ATTENDEE"].params) == {"RSVP": "FALSE"}
    assert not event["ORGANIZER"].params


def test_a_panel_is_called_a_panel() -> None:
    raw = invitation(a_meeting(is_panel=True), SENDER, TO).encode()
    assert values(raw, "SUMMARY") == ["Panel meeting\\, case 7F3K-92MQ"]


def test_told_anew_it_is_the_same_thing_with_a_higher_sequence() -> None:
    first, second = (invitation(a_meeting(sequence=n), SENDER, TO).encode() for n in (0, 1))
    assert values(first, "UID") == values(second, "UID")
    assert (values(first, "SEQUENCE"), values(second, "SEQUENCE")) == (["0"], ["1"])
    assert values(first, "METHOD") == ["REQUEST"]


def test_what_is_off_is_taken_out_of_the_calendar() -> None:
    off = a_meeting(sequence=2, is_off=True)
    raw = invitation(off, SENDER, TO).encode()

    assert faults_in(raw) == []
    assert (values(raw, "METHOD"), values(raw, "STATUS")) == (["CANCEL"], ["CANCELLED"])
    assert method(off) == "CANCEL"


def test_a_uid_holds_nothing_of_what_it_is_made_from() -> None:
    raw = feed([a_duty("Callum Reid"), a_duty("7F3K92MQ")])
    assert len(set(values(raw, "UID"))) == 2
    assert b"Callum" not in raw
    assert all("7F3K" not in uid for uid in values(raw, "UID"))


def test_a_long_address_and_other_letters_are_folded_and_read_back() -> None:
    to = f"{'a' * 60}@{'b' * 60}.example"
    raw = invitation(a_meeting(), SENDER, to).encode()
    assert faults_in(raw) == []
    assert values(raw, "ATTENDEE") == [f"mailto:{to}"]

    what = "Décider; “now”, \\ and\nthen " + "é" * 90
    raw = feed([a_duty(what=what)])
    assert faults_in(raw) == []
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == f"Due: {what}, case 7F3K-92MQ"


@pytest.mark.parametrize(
    "due_at",
    [MEETS_AT, datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)],
)
def test_a_duty_stands_just_before_it_is_due_and_takes_nobodys_time(due_at: datetime) -> None:
    (event,) = Calendar.from_ical(feed([a_duty(at=due_at)])).walk("VEVENT")
    assert event.decoded("DTEND") == due_at
    assert event.decoded("DTSTART") == due_at - DUTY_LASTS
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize("entries", [[], [a_meeting()], [a_meeting(is_panel=True), a_duty()]])
def test_a_feed_is_a_calendar_and_names_nobody(entries: list[Entry]) -> None:
    raw = feed(entries)

    assert faults_in(raw) == []
    calendar = Calendar.from_ical(raw)
    assert len(calendar.walk("VEVENT")) == len(entries)
    assert calendar["X-WR-CALNAME"] == "Counterpart"
    for name in ("ORGANIZER", "ATTENDEE", "METHOD", "LOCATION", "DESCRIPTION"):
        assert values(raw, name) == []


def test_the_clocks_in_it_are_those_of_the_united_kingdom() -> None:
    (zone,) = Calendar.from_ical(feed([])).walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    here = zone.to_tz()
    for month, offset in ((1, 0), (7, 1)):
        at = datetime(2026, month, 15, 12, tzinfo=here)
        assert at.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a line does not end in CRLF"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "VCALENDAR without PRODID"),
        (b"BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "a calendar with nothing in it"),
        (b"BEGIN:VEVENT\r\nSUMMARY:" + b"x" * 80 + b"\r\nEND:VEVENT\r\n", "a line of 88 octets"),
        (b"BEGIN:VEVENT\r\nDTSTART:20261124T090000\r\nEND:VEVENT\r\n",
         "DTSTART is 20261124T090000, not in UTC"),
    ],
)  # fmt: skip
def test_the_check_itself_can_fail(raw: bytes, fault: str) -> None:
    assert fault in faults_in(raw)
