"""Invitations from the act that brings them about to a real mail server, and what stands in them there."""

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
from counterpart.casework import acts, between, editions, panels
from counterpart.casework.actors import the_clock
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.kinds import CALLED_OFF, OF_MEETINGS
from counterpart.messages.models import OutboxRow
from counterpart.messages.outbox import LEASE
from counterpart.people.models import Account, Holding
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import directory as d
from tests import mailserver
from tests.mailserver import MailServer
from tests.rfc5545 import faults_in, values
from tests.town import BRENT, CHAIR, MONDAY, RAISER, SITTING, Story, Town, town

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PLACE, CHILD, WORDS = "Wexcombe Hall", "Zebediah-0417", "marmalade"
TALK = "      - id: workers-discuss\n"
MEET = f"""      - id: meet
        what: Meet
        kind: meeting
        by: each
        with: each
        starts: [required meet]
        required_by: parties
        limit: not stated
        clause: "2.3"
{TALK}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def place() -> Town:
    """Brent's policy, with a meeting that an agency may require. Everybody has an address without a name."""
    made = town()
    written = BRENT.read_text(encoding="utf-8").replace(TALK, MEET, 1)
    editions.publish(
        content=written.encode(), partnership=made.partnership, actor=the_clock(), now=MONDAY
    )
    for n, person in enumerate(made.people.values()):
        d.an_account(person, f"post{n}@agency.example")
    return made


def a_story(place: Town) -> Story:
    return Story(place).raised(children=(("child", CHILD),), dispute=WORDS, why_unsafe=WORDS)


def panel(place: Town) -> Story:
    """A panel was called together."""
    return a_story(place).to_panel().convened()


def meeting(place: Town) -> Story:
    """A meeting was required, and arranged."""
    story = a_story(place).to_workers()
    agencies = [place.agencies["care"], place.agencies["school"]]
    story.does(between.require_meeting, step="meet", required_by=place.agencies["school"],
               agencies=agencies, reason=WORDS)  # fmt: skip
    return arranged(story)


def arranged(story: Story, days: int = 3) -> Story:
    (required,) = story.state.between.meetings
    story.does(between.arrange_meeting, meeting=required.id,
               meets_at=story.now + timedelta(days=days), where=PLACE)  # fmt: skip
    return story


def sent(server: MailServer, story: Story) -> list[Message]:
    """The letters about meetings that come now, in no order. All others are left out."""
    had = {letter["Message-ID"] for letter in server.letters()}
    rows = OutboxRow.objects.exclude(template__in=OF_MEETINGS)
    rows.update(sent_at=story.now, next_try_at=None)
    deliver = Deliver("one", SmtpChannel(connection_to(server)))
    while take(deliver, story.now) is Turn.WORKED:
        pass
    return [letter for letter in server.letters() if letter["Message-ID"] not in had]


def is_to(letter: Message, place: Town, who: str) -> bool:
    account = Account.objects.get(person=place.people[who])
    return account.email in str(letter["To"])


def connection_to(server: MailServer) -> Callable[[], BaseEmailBackend]:
    return partial(get_connection, SMTP, host="127.0.0.1", port=server.port, timeout=5)


def calendar_in(letter: Message) -> bytes:
    """Its part for calendars."""
    assert letter.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in letter.walk()][1:]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    part = letter.get_payload(2)
    assert isinstance(part, Message)
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert part.get_param("charset") == "utf-8"
    # A mail server hands text on with the line breaks of its own system.
    raw = re.sub(rb"\r?\n", b"\r\n", raw)
    assert [part.get_param("method")] == values(raw, "METHOD")
    return raw


@pytest.mark.parametrize(
    ("begin", "who", "summary"),
    [
        (panel, SITTING, "Panel meeting, case {}"),
        (meeting, (RAISER, "care.practitioner"), "Meeting about case {}"),
    ],
)
def test_everybody_asked_gets_a_letter_that_their_calendar_understands(
    place: Town,
    server: MailServer,
    begin: Callable[[Town], Story],
    who: tuple[str, ...],
    summary: str,
) -> None:
    story = begin(place)
    letters = sent(server, story)

    addresses = {f"post{n}@agency.example" for n, post in enumerate(place.people) if post in who}
    assert {letter["To"] for letter in letters} == addresses
    assert len(letters) == len(who)
    shown = f"{story.reference[:4]}-{story.reference[4:]}"
    for letter in letters:
        raw = calendar_in(letter)
        assert faults_in(raw) == []
        (event,) = Calendar.from_ical(raw).walk("VEVENT")
        assert event["SUMMARY"] == summary.format(shown)
        assert event["ATTENDEE"] == f"mailto:{letter['To']}"
        assert event["ORGANIZER"] == f"mailto:{letter['From']}"
        assert event["SEQUENCE"] == 0
        assert str(event["URL"]).endswith(f"/cases/{story.reference}")


@pytest.mark.parametrize("begin", [panel, meeting])
def test_no_name_no_place_and_no_words_are_in_any_of_them(
    place: Town, server: MailServer, begin: Callable[[Town], Story]
) -> None:
    letters = sent(server, begin(place))

    assert letters
    names = {part for name in place.names.values() for part in name.split()[:1]}
    agencies = {"Oakfield", "Northmere"}
    for letter in letters:
        parts = [part for part in letter.walk() if not part.is_multipart()]
        bodies = [part.get_payload(decode=True) for part in parts]
        said = letter.as_string() + "".join(
            body.decode() for body in bodies if isinstance(body, bytes)
        )
        for canary in (PLACE, "Committee", CHILD, "Zebediah", WORDS, *names, *agencies):
            assert canary not in said


def test_a_panel_called_together_again_is_the_same_one_at_another_time(
    place: Town, server: MailServer
) -> None:
    story = panel(place)
    first = calendar_in(sent(server, story)[0])
    letters = sent(server, story.convened())

    assert len(letters) == len(SITTING)
    for raw in map(calendar_in, letters):
        assert values(raw, "UID") == values(first, "UID")
        assert values(raw, "SEQUENCE") == ["1"]
        assert values(raw, "DTSTART") > values(first, "DTSTART")


def test_a_meeting_arranged_again_and_then_called_off(place: Town, server: MailServer) -> None:
    story = meeting(place)
    first = [calendar_in(letter) for letter in sent(server, story)]
    again = [calendar_in(letter) for letter in sent(server, arranged(story, days=4))]
    (required,) = story.state.between.meetings
    story.does(between.call_off, meeting=required.id, reason=WORDS)
    off = [calendar_in(letter) for letter in sent(server, story)]

    for some, sequence, said in (
        (first, "0", "REQUEST"),
        (again, "1", "REQUEST"),
        (off, "2", "CANCEL"),
    ):
        assert len(some) == 2
        for raw in some:
            assert faults_in(raw) == []
            assert values(raw, "UID") == values(first[0], "UID")
            assert (values(raw, "SEQUENCE"), values(raw, "METHOD")) == ([sequence], [said])


@pytest.mark.parametrize("begin", [panel, meeting])
def test_a_case_that_ends_before_takes_it_out_of_every_calendar(
    place: Town, server: MailServer, begin: Callable[[Town], Story]
) -> None:
    story = begin(place)
    asked = {(letter["To"], *values(calendar_in(letter), "UID")) for letter in sent(server, story)}
    story.does(acts.withdraw, reason=WORDS)
    letters = sent(server, story)

    assert {(letter["To"], *values(calendar_in(letter), "UID")) for letter in letters} == asked
    for raw in map(calendar_in, letters):
        assert (values(raw, "METHOD"), values(raw, "STATUS")) == (["CANCEL"], ["CANCELLED"])


def test_a_panel_that_has_decided_is_not_called_off_when_the_case_ends(
    place: Town, server: MailServer
) -> None:
    story = panel(place)
    sent(server, story)
    story.heard().decided().confirmed()

    assert not story.state.is_open
    assert sent(server, story) == []


DROPPED = SITTING[3]


def without_one(story: Story) -> None:
    """The panel is called together again, with somebody else for the last of them."""
    others = (*SITTING[:3], "mental.board_representative")
    story.does(panels.convene_panel, CHAIR, members=story.members(*others),
               meets_at=story.now + timedelta(days=2), where=PLACE)  # fmt: skip


def test_whoever_is_no_longer_on_a_panel_has_it_taken_out_of_their_calendar(
    place: Town, server: MailServer
) -> None:
    story = panel(place)
    (asked,) = (one for one in sent(server, story) if is_to(one, place, DROPPED))
    without_one(story)
    letters = sent(server, story)

    (off,) = (one for one in letters if is_to(one, place, DROPPED))
    assert values(calendar_in(off), "METHOD") == ["CANCEL"]
    assert values(calendar_in(off), "UID") == values(calendar_in(asked), "UID")
    others = [one for one in letters if one is not off]
    assert all(values(calendar_in(one), "METHOD") == ["REQUEST"] for one in others)


def test_whoever_is_no_longer_on_a_panel_is_led_nowhere_that_they_cannot_open(
    place: Town, server: MailServer
) -> None:
    story = panel(place)
    sent(server, story)
    without_one(story)
    (off,) = (one for one in sent(server, story) if is_to(one, place, DROPPED))

    assert values(calendar_in(off), "URL") == []
    for kind in ("text/plain", "text/html"):
        (part,) = (part for part in off.walk() if part.get_content_type() == kind)
        body = part.get_payload(decode=True)
        assert isinstance(body, bytes)
        said = " ".join(body.decode().split())
        assert "/cases/" not in said
        assert "sign in" not in said
        assert "You no longer have to do with this case" in said


@pytest.mark.parametrize("why", ["kept_out", "left"])
def test_who_is_kept_from_the_case_or_has_left_does_not_hear_that_it_is_off(
    place: Town, server: MailServer, why: str
) -> None:
    """It leaves no fault on the desk either."""
    story = panel(place)
    sent(server, story)
    without_one(story)
    if why == "kept_out":
        Denial.objects.create(
            case=story.case, person=place.people[DROPPED], reason="declared_conflict"
        )
    else:
        Holding.objects.filter(person=place.people[DROPPED]).update(until_on=story.now.date())
    assert not [one for one in sent(server, story) if is_to(one, place, DROPPED)]
    off = OutboxRow.objects.get(template__in=CALLED_OFF)
    assert off.sent_at is not None
    assert (off.failed_at, off.deliveries.count()) == (None, 0)


def test_a_letter_sent_again_is_the_same_letter(place: Town, server: MailServer) -> None:
    story = panel(place)
    rows = OutboxRow.objects.filter(template__in=OF_MEETINGS)
    keep = rows.first()
    assert keep is not None
    rows.exclude(id=keep.id).update(sent_at=story.now, next_try_at=None)
    server.do(mailserver.SWALLOW)
    sent(server, story)
    server.do(mailserver.ACCEPT)
    story.now += LEASE
    sent(server, story)

    first, second = server.letters()
    assert first["Message-ID"] == second["Message-ID"] == keep.message_id
    assert calendar_in(first) == calendar_in(second)


def test_an_act_that_is_no_news_for_those_asked_sends_them_nothing(
    place: Town, server: MailServer
) -> None:
    story = panel(place)
    sent(server, story)
    story.does(acts.report_gap, gap=WORDS)

    assert sent(server, story) == []
