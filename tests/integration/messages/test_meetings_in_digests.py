"""Asked to a meeting by a digest, because the e-mail about it could not go: the digest carries it for calendars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import Message
from functools import partial
from pathlib import Path

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from icalendar import Calendar

from counterpart.access.models import Denial
from counterpart.casework import acts, panels
from counterpart.casework.digesting import send_digests
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.digests import STALE, fold
from counterpart.messages.kinds import DIGEST, OF_MEETINGS
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Account, Person
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import directory as d
from tests import mailserver
from tests.mailserver import MailServer
from tests.rfc5545 import faults_in, values
from tests.town import CHAIR, SITTING, Story, Town, town

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MEMBER = SITTING[1]
WAITS = STALE + timedelta(hours=1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def place() -> Town:
    made = town()
    d.an_account(made.people[MEMBER], "member@agency.example", password=None)
    return made


def convened(story: Story) -> Story:
    """A panel is called together that meets in a week."""
    story.does(panels.convene_panel, CHAIR, members=story.members(),
               meets_at=story.now + timedelta(days=7), where="Committee room 2")  # fmt: skip
    return story


def digest(server: MailServer, story: Story, to: str) -> Message:
    """The one digest that comes after the mail has not gone for longer than it may wait."""
    story.now += WAITS
    fold(story.now)
    send_digests(story.now)
    OutboxRow.objects.exclude(template=DIGEST).filter(sent_at__isnull=True).update(
        sent_at=story.now, next_try_at=None, failed_at=None
    )
    deliver = Deliver("one", SmtpChannel(connection_to(server)))
    while take(deliver, story.now) is Turn.WORKED:
        pass
    (letter,) = (one for one in server.letters() if one["To"] == to)
    return letter


def connection_to(server: MailServer) -> Callable[[], BaseEmailBackend]:
    return partial(get_connection, SMTP, host="127.0.0.1", port=server.port, timeout=30)


def files_in(letter: Message) -> dict[str, bytes]:
    """The calendars beside it, by name. A mail server hands text on with its own system's line breaks."""
    found = {}
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            raw = part.get_payload(decode=True)
            assert isinstance(raw, bytes)
            assert (part.get_param("method"), part.get_content_disposition()) == (
                "PUBLISH",
                "attachment",
            )
            found[part.get_filename() or ""] = re.sub(rb"\r?\n", b"\r\n", raw)
    return found


def text_of(letter: Message) -> str:
    (part,) = (one for one in letter.walk() if one.get_content_type() == "text/plain")
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return raw.decode()


def test_a_panel_in_a_digest_is_a_file_that_calendars_understand(
    place: Town, server: MailServer
) -> None:
    story = convened(Story(place).raised().to_panel())
    asked = OutboxRow.objects.filter(template__in=OF_MEETINGS, to=place.people[MEMBER]).get()
    letter = digest(server, story, "member@agency.example")

    assert "The meeting is in the file beside this message." in text_of(letter)
    (raw,) = files_in(letter).values()
    assert faults_in(raw) == []
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    shown = f"{story.reference[:4]}-{story.reference[4:]}"
    assert event["SUMMARY"] == f"Panel meeting, case {shown}"
    assert event.decoded("DTSTART") == asked.due_at
    assert event["ORGANIZER"] == f"mailto:{letter['From']}"
    assert "ATTENDEE" not in event  # RFC 5546, 3.2.1
    assert values(raw, "METHOD") == ["PUBLISH"]
    assert str(event["URL"]).endswith(f"/cases/{story.reference}")
    for name in (*place.names.values(), "Committee", "Oakfield", "Northmere"):
        assert name not in raw.decode() + text_of(letter)


def test_several_are_a_file_each_and_what_is_off_says_so(place: Town, server: MailServer) -> None:
    first = convened(Story(place).raised().to_panel())
    second = convened(Story(place, now=first.now).raised().to_panel())
    second.does(acts.withdraw, reason="It is settled.")
    letter = digest(server, second, "member@agency.example")

    found = files_in(letter)
    assert sorted(found) == ["meeting-1.ics", "meeting-2.ics"]
    said = {str(Calendar.from_ical(raw).walk("VEVENT")[0]["STATUS"]) for raw in found.values()}
    assert said == {"CONFIRMED", "CANCELLED"}
    assert [fault for raw in found.values() for fault in faults_in(raw)] == []


def test_a_case_that_its_reader_may_not_see_any_more_is_in_no_file(
    place: Town, server: MailServer
) -> None:
    first = convened(Story(place).raised().to_panel())
    second = convened(Story(place, now=first.now).raised().to_panel())
    Denial.objects.create(case=first.case, person=place.people[MEMBER], reason="declared_conflict")
    (raw,) = files_in(digest(server, second, "member@agency.example")).values()

    assert f"{second.reference[:4]}-{second.reference[4:]}" in raw.decode()


def test_somebody_without_an_account_has_no_address_in_it_that_they_could_not_open(
    place: Town, server: MailServer
) -> None:
    Account.objects.all().delete()
    Person.objects.filter(id=place.people[MEMBER]).update(mail="member@agency.example")
    story = convened(Story(place).raised().to_panel())
    (raw,) = files_in(digest(server, story, "member@agency.example")).values()

    assert faults_in(raw) == []
    assert values(raw, "URL") == []


def test_a_digest_without_a_meeting_has_no_file(place: Town, server: MailServer) -> None:
    d.an_account(place.people["school.practitioner"], "teacher@agency.example", password=None)
    story = Story(place).raised()
    assert files_in(digest(server, story, "teacher@agency.example")) == {}
