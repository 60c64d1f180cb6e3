"""The digest of a post whose people have no address of their own: in the post's mailbox, once, and no more than they
all may see.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from counterpart.access.models import Denial
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.faults import faults
from counterpart.messages.kinds import DIGEST, NO_ACCESS, NO_ADDRESS
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Post
from tests.directory import a_person, an_account
from tests.integration.casework.test_digesting_posts import (
    OFFICE,
    THURSDAY,
    WEDNESDAY,
    begun,
    tells,
)
from tests.integration.messages.stories import RecordingChannel
from tests.live import Live
from tests.town import RAISER, Town, town

pytestmark = pytest.mark.django_db

MAILBOX = "office@school.example"


@pytest.fixture
def place() -> Town:
    made = town()
    Post.objects.filter(id=made.posts[RAISER]).update(mail=MAILBOX)
    return made


def morning(at: object) -> RecordingChannel:
    """What goes out in the digests of a morning."""
    channel = RecordingChannel()
    send_digests(at)  # type: ignore[arg-type]
    rows = list(OutboxRow.objects.filter(template=DIGEST, sent_at=None))
    deliver(Batch(rows), channel, at)  # type: ignore[arg-type]
    return channel


def of_digests(place: Town, at: object) -> list[tuple[str | None, str]]:
    found = faults(place.partnership, place.people[OFFICE], at)  # type: ignore[arg-type]
    return [(fault.post, fault.reason) for fault in found if fault.kind == DIGEST]


def kept_from(case: Live, person: str) -> None:
    Denial.objects.create(case=case.case, person=person, reason="declared_conflict")


def test_whoever_has_no_address_hears_in_the_mailbox_of_their_post_and_once(place: Town) -> None:
    begun(place)
    climb(WEDNESDAY)
    channel = morning(WEDNESDAY)
    assert channel.addresses.count(MAILBOX) == 1
    (text,) = (message.text for to, message in channel.sent if to == MAILBOX)
    assert "/answer/" in text
    assert "/cases/" not in text
    assert place.posts[RAISER] not in [post for post, _ in of_digests(place, WEDNESDAY)]
    assert not OutboxRow.objects.filter(template=DIGEST, to=place.people[RAISER]).exists()
    assert MAILBOX not in morning(THURSDAY).addresses


def test_several_who_share_the_mailbox_are_written_to_once(place: Town) -> None:
    begun(place)
    a_person(place.posts[RAISER], name="Zebediah Quill")
    climb(WEDNESDAY)
    assert morning(WEDNESDAY).addresses.count(MAILBOX) == 1


def test_where_one_of_them_has_an_address_it_goes_there(place: Town) -> None:
    begun(place)
    an_account(place.people[RAISER], "teacher@school.example", password=None)
    climb(WEDNESDAY)
    addresses = morning(WEDNESDAY).addresses
    assert "teacher@school.example" in addresses
    assert MAILBOX not in addresses


def test_a_case_that_one_of_its_readers_is_kept_from_is_a_fault_and_holds_up_nothing_else(
    place: Town,
) -> None:
    barred, other = begun(place), begun(place)
    colleague = a_person(place.posts[RAISER], name="Zebediah Quill")
    climb(WEDNESDAY)
    kept_from(barred, colleague)
    (text,) = (message.text for to, message in morning(WEDNESDAY).sent if to == MAILBOX)
    shown = f"{other.reference[:4]}-{other.reference[4:]}"
    assert shown in text
    assert f"{barred.reference[:4]}-{barred.reference[4:]}" not in text
    assert (place.posts[RAISER], NO_ACCESS) in of_digests(place, WEDNESDAY)
    tells(place, other, RAISER, THURSDAY - timedelta(hours=1), "entry")
    (text,) = (message.text for to, message in morning(THURSDAY).sent if to == MAILBOX)
    assert shown in text


def test_without_a_mailbox_it_is_on_the_desk_as_before(place: Town) -> None:
    Post.objects.filter(id=place.posts[RAISER]).update(mail="")
    begun(place)
    climb(WEDNESDAY)
    morning(WEDNESDAY)
    assert NO_ADDRESS in [reason for _, reason in of_digests(place, WEDNESDAY)]
