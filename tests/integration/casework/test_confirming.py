"""Posts that wait to be confirmed: a line in the morning's digest of whoever can confirm them, now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from counterpart.casework.digesting import send_digests
from counterpart.casework.directory_upkeep import confirm_posts
from counterpart.engine.kinds import Id
from counterpart.engine.notices import NEW_ENTRY, Notice
from counterpart.messages.composing import compose
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.digests import lines_of
from counterpart.messages.kinds import DIGEST, IN_DIGEST, TO_CONFIRM
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import owe
from counterpart.people.models import Holding, Post
from tests.directory import a_partnership, a_person, a_post, an_account, an_agency
from tests.integration.messages.stories import RecordingChannel
from tests.town import CONFIRMED, Story, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OFFICE, LEAD = "office.business_manager", "care.designated_safeguarding_lead"
A_YEAR_ON = datetime(2027, 10, 4, 7, 0, tzinfo=UTC)
"""A Monday morning on which every post waits to be confirmed."""
IN_TIME = datetime(2027, 9, 30, 7, 0, tzinfo=UTC)


@pytest.fixture
def place() -> Town:
    """Everybody who is spoken of can sign in."""
    made = town()
    for who in (OFFICE, LEAD, "care.practitioner"):
        an_account(made.people[who], f"{who}@northmere.example", password=None)
    return made


def digests_to(place: Town, who: str) -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(template=DIGEST, to=place.people[who]).order_by("made_at"))


def said_to(place: Town, who: str) -> list[list[str]]:
    """What each digest said of posts to confirm."""
    return [
        [line.what for line in row.lines.order_by("place") if line.kind == TO_CONFIRM]
        for row in digests_to(place, who)
    ]


def confirmed(place: Town, agency: str, at: datetime) -> None:
    posts = [post for who, post in place.posts.items() if who.startswith(f"{agency}.")]
    confirm_posts(posts=posts, on=at.date(), actor=place.acting(OFFICE), now=at)


def news_for(place: Town, who: str, at: datetime) -> None:
    case = Story(place, now=at).raised()
    with transaction.atomic():
        told = [Notice(NEW_ENTRY, "entry", post=Id(place.posts[who]))]
        owe(case.case, case.reference, told, (), at)


def test_while_all_are_confirmed_nobody_is_reminded(place: Town) -> None:
    assert CONFIRMED.year == IN_TIME.year - 1
    assert send_digests(IN_TIME) == 0


def test_the_office_is_told_of_all_and_each_agencys_lead_of_its_own(place: Town) -> None:
    assert send_digests(A_YEAR_ON) == 2
    assert said_to(place, OFFICE) == [[f"{len(place.posts)} posts wait to be confirmed"]]
    assert said_to(place, LEAD) == [["5 posts wait to be confirmed"]]
    assert digests_to(place, "care.practitioner") == []


def test_a_post_elsewhere_is_not_counted(place: Town) -> None:
    """Neither for the office of one partnership nor for a lead is another's posts any business."""
    other = a_partnership()
    post = a_post(an_agency(other), "designated_safeguarding_lead")
    theirs = an_account(a_person(post), "lead@elsewhere.example", password=None)
    Post.objects.filter(id__in=place.posts.values()).update(last_confirmed_on=A_YEAR_ON.date())
    assert send_digests(A_YEAR_ON) == 1
    (row,) = OutboxRow.objects.filter(template=DIGEST)
    assert row.to == theirs.person_id
    assert row.lines.get().what == "1 post waits to be confirmed"


def test_for_this_alone_there_is_one_a_week(place: Town) -> None:
    made = [send_digests(A_YEAR_ON + n * DAY) for n in range(15)]
    assert [n for n, some in enumerate(made) if some] == [0, 7, 14]


def test_a_number_that_changed_makes_no_digest_by_itself_but_is_in_the_next(place: Town) -> None:
    send_digests(A_YEAR_ON)
    confirmed(place, "school", A_YEAR_ON)
    assert send_digests(A_YEAR_ON + DAY) == 0
    news_for(place, OFFICE, A_YEAR_ON + DAY)
    send_digests(A_YEAR_ON + 2 * DAY)
    news_for(place, OFFICE, A_YEAR_ON + 2 * DAY)
    send_digests(A_YEAR_ON + 3 * DAY)
    assert said_to(place, OFFICE) == [
        [f"{len(place.posts)} posts wait to be confirmed"],
        [f"{len(place.posts) - 5} posts wait to be confirmed"],
        [],  # it says the same
    ]


def test_once_all_are_confirmed_it_ends(place: Town) -> None:
    send_digests(A_YEAR_ON)
    confirmed(place, "care", A_YEAR_ON)
    send_digests(A_YEAR_ON + 7 * DAY)
    assert len(digests_to(place, LEAD)) == 1
    assert len(digests_to(place, OFFICE)) == 2


def test_a_reminder_that_never_went_is_given_again(place: Town) -> None:
    send_digests(A_YEAR_ON)
    OutboxRow.objects.update(reason=IN_DIGEST, sent_at=A_YEAR_ON + DAY, next_try_at=None)
    assert send_digests(A_YEAR_ON + DAY) == 2


def test_somebody_who_has_two_agencies_to_see_to_has_one_line(place: Town) -> None:
    police = place.posts["police.designated_safeguarding_lead"]
    Holding.objects.filter(post=police).update(person=place.people[LEAD])
    send_digests(A_YEAR_ON)
    assert said_to(place, LEAD) == [["10 posts wait to be confirmed"]]


def test_the_line_leads_to_the_directory_and_reaches_them(place: Town) -> None:
    send_digests(A_YEAR_ON)
    (row,) = digests_to(place, LEAD)
    message = compose(row, settings.ADDRESS, lines_of(row, A_YEAR_ON))
    for body in (message.text, message.html):
        assert "The directory" in body
        assert "5 posts wait to be confirmed" in body
        assert f"{settings.ADDRESS}/directory" in body
    channel = RecordingChannel()
    deliver(Batch([row]), channel, A_YEAR_ON)
    assert channel.addresses == [f"{LEAD}@northmere.example"]
