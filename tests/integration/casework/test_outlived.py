"""News that has outlived what it tells of: of a case that has gone to others, and of what has been done since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from counterpart.access.models import Denial
from counterpart.access.relations import rewrite_relations
from counterpart.casework import handing
from counterpart.casework.climbing import climb
from counterpart.casework.digesting import send_digests
from counterpart.casework.handing import Part
from counterpart.casework.outlived import settle_stuck
from counterpart.casework.writing import Done
from counterpart.engine.notices import LATE, NEW_DUTY
from counterpart.lists.models import DutyRow
from counterpart.messages.composing import compose
from counterpart.messages.delivering import Batch, deliver
from counterpart.messages.digests import lines_of
from counterpart.messages.faults import FaultRow, faults
from counterpart.messages.kinds import DIGEST, NO_ACCESS, TO_DO
from counterpart.messages.models import Digested, OutboxRow
from counterpart.people.models import Holding, Post
from tests import directory as d
from tests.integration.casework.test_digesting_posts import begun, kept_out, tells, tries, vacated
from tests.integration.messages.stories import RecordingChannel
from tests.live import Live
from tests.town import MONDAY, RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MANAGER, SENIOR, OFFICE = (
    "school.line_manager",
    "school.operations_manager",
    "office.business_manager",
)
WEDNESDAY = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
THURSDAY, FRIDAY, LATER = (WEDNESDAY + n * DAY for n in (1, 2, 7))


@pytest.fixture
def place() -> Town:
    return town()


def at_posts(place: Town, at: datetime) -> list[FaultRow]:
    """The digests to posts that are on the desk as not gone."""
    found = faults(place.partnership, place.people[OFFICE], at)
    return [one for one in found if one.kind == DIGEST and one.post]


def hands_on(story: Story, to: str = SENIOR) -> None:
    """The manager hands what they have to do in a case to somebody else, and has no more to do with it."""
    place = story.town
    duty = DutyRow.objects.filter(case=story.case, post=place.posts[MANAGER]).first()
    assert duty is not None
    answer = handing.hand_on(
        part=Part(story.case, duty.body, duty.role, duty.post), to=place.posts[to],
        reason="I am away.", person=place.people[MANAGER], now=story.now, key=d.new_id(),
    )  # fmt: skip
    assert isinstance(answer, Done)


def with_the_managers(place: Town) -> Live:
    """A case that has come to the managers."""
    story = Live(place, now=MONDAY)
    story.raised().to_managers()
    return story


def with_the_manager(place: Town) -> Live:
    """A case that has come to the managers, and of which there is a new entry for one of them to hear."""
    d.an_account(place.people[MANAGER], "manager@school.example", password=None)
    story = with_the_managers(place)
    tells(place, story, MANAGER, story.now, "entry")
    return story


# --- a case that has gone to others ----------------------------------------------------------------


def test_news_of_a_case_that_was_handed_to_others_the_same_day_is_no_fault(place: Town) -> None:
    story = with_the_manager(place)
    hands_on(story)
    tries(THURSDAY)
    assert at_posts(place, THURSDAY) == []
    post = place.posts[MANAGER]
    assert not OutboxRow.objects.filter(template=DIGEST, to=post).exists()
    assert Digested.objects.filter(notice__to=post, to=post, row=None).exists()
    tries(FRIDAY)
    assert at_posts(place, FRIDAY) == []


def test_nor_is_it_where_nobody_holds_the_post_any_more(place: Town) -> None:
    story = with_the_manager(place)
    hands_on(story)
    Holding.objects.filter(post=place.posts[MANAGER]).update(until_on=MONDAY.date())
    Post.objects.filter(id=place.posts[MANAGER]).update(mail="manager@school.example")
    tries(THURSDAY)
    assert at_posts(place, THURSDAY) == []
    assert not OutboxRow.objects.filter(template=DIGEST, to=place.posts[MANAGER]).exists()


def test_where_the_post_has_it_still_and_nobody_there_may_see_it_it_is_one(place: Town) -> None:
    story = with_the_manager(place)
    Denial.objects.create(case=story.case, person=place.people[MANAGER], reason="subject")
    tries(THURSDAY)
    (fault,) = at_posts(place, THURSDAY)
    assert (fault.post, fault.reason) == (place.posts[MANAGER], NO_ACCESS)
    settle_stuck(THURSDAY)
    assert at_posts(place, THURSDAY) == [fault]


def test_what_the_post_has_to_do_is_a_fault_though_nothing_opens_the_case_to_it(
    place: Town,
) -> None:
    story = with_the_manager(place)
    rewrite_relations(story.case, [])
    tries(THURSDAY)
    assert OutboxRow.objects.get(template=DIGEST, to=place.posts[MANAGER]).reason == NO_ACCESS
    settle_stuck(THURSDAY)
    assert OutboxRow.objects.filter(template=DIGEST, to=place.posts[MANAGER], sent_at=None).exists()


def test_a_fault_ends_once_the_post_has_no_more_to_do_with_the_case(place: Town) -> None:
    story = with_the_manager(place)
    tries_without_access(place, story)
    hands_on(story)
    assert settle_stuck(THURSDAY) == 1
    assert at_posts(place, THURSDAY) == []
    row = OutboxRow.objects.get(template=DIGEST, to=place.posts[MANAGER])
    assert (row.sent_at, row.reason, row.next_try_at) == (THURSDAY, NO_ACCESS, None)
    assert settle_stuck(THURSDAY) == 0


def tries_without_access(place: Town, story: Story) -> None:
    """A morning on which the manager may not see the case that is theirs; and then may again."""
    denied = Denial.objects.create(case=story.case, person=place.people[MANAGER], reason="subject")
    tries(THURSDAY)
    assert len(at_posts(place, THURSDAY)) == 1
    denied.delete()


def test_of_several_cases_only_those_that_are_over_leave_a_digest_that_is_stuck(
    place: Town,
) -> None:
    gone, stays = with_the_manager(place), with_the_managers(place)
    tells(place, stays, MANAGER, stays.now, "another")
    denied = [
        Denial.objects.create(case=one.case, person=place.people[MANAGER], reason="subject")
        for one in (gone, stays)
    ]
    tries(THURSDAY)
    denied[0].delete()
    hands_on(gone)
    settle_stuck(THURSDAY)
    (fault,) = at_posts(place, THURSDAY)
    row = OutboxRow.objects.get(id=fault.id)
    assert {line.case for line in row.lines.all()} == {stays.case}


def test_nor_is_an_email_of_its_own_that_could_not_go_before_the_case_went_to_others(
    place: Town,
) -> None:
    story = with_the_manager(place)
    row = OutboxRow.objects.filter(template=NEW_DUTY, to=place.posts[MANAGER]).earliest("id")
    denied = Denial.objects.create(case=story.case, person=place.people[MANAGER], reason="subject")
    deliver(Batch([row]), RecordingChannel(), story.now)
    row.refresh_from_db()
    assert row.reason == NO_ACCESS
    assert settle_stuck(story.now) == 0
    denied.delete()
    hands_on(story)
    assert settle_stuck(story.now) == 1
    row.refresh_from_db()
    assert (row.sent_at, row.failed_at) == (story.now, None)


def test_an_immediate_risk_stays_on_the_desk_though_the_case_went_to_others(place: Town) -> None:
    story = with_the_manager(place)
    rows = OutboxRow.objects.filter(template=NEW_DUTY, to=place.posts[MANAGER])
    rows.update(is_urgent=True, reason=NO_ACCESS, failed_at=story.now)
    hands_on(story)
    assert settle_stuck(story.now) == 0


def test_what_waits_for_a_post_that_has_the_desk_is_a_fault_as_before(place: Town) -> None:
    case = begun(place)
    tells(place, case, OFFICE, MONDAY, "entry")
    kept_out(place, case, OFFICE)
    send_digests(WEDNESDAY)
    assert OutboxRow.objects.filter(template=DIGEST, to=place.posts[OFFICE]).exists()


# --- what has been done since ----------------------------------------------------------------------


def digest_of(place: Town, who: str, at: datetime) -> list[str]:
    row = OutboxRow.objects.filter(template=DIGEST, to=place.people[who]).latest("made_at")
    return [f"{line.kind} {line.what}" for line in lines_of(row, at)]


def test_after_an_outage_nobody_is_told_to_do_what_has_been_done(place: Town) -> None:
    d.an_account(place.people[RAISER], "teacher@school.example", password=None)
    done, open_ = begun(place, limit="20 working days"), begun(place, limit="20 working days")
    OutboxRow.objects.update(reason="in_digest", sent_at=MONDAY + DAY, next_try_at=None)
    tells(place, open_, RAISER, MONDAY + HOUR, "entry")
    DutyRow.objects.filter(case=done.case).delete()
    send_digests(WEDNESDAY)
    assert digest_of(place, RAISER, WEDNESDAY) == [
        f"{TO_DO} Do talk",
        "new_entry Something new in the record",
    ]


def test_where_that_is_all_there_is_no_letter_and_none_later(place: Town) -> None:
    begun(place, limit="20 working days")
    OutboxRow.objects.update(reason="in_digest", sent_at=MONDAY + DAY, next_try_at=None)
    DutyRow.objects.all().delete()
    assert [send_digests(WEDNESDAY), send_digests(THURSDAY)] == [0, 0]


def test_what_was_late_and_is_over_is_said_to_be_over(place: Town) -> None:
    begun(place)
    climb(LATER)
    DutyRow.objects.all().delete()
    send_digests(LATER)
    assert digest_of(place, OFFICE, LATER) == [
        f"{LATE} Something has not been done in time: Do talk. That is over now."
    ]


def test_a_vacant_posts_letter_says_nothing_of_it_either(place: Town) -> None:
    begun(place)
    climb(WEDNESDAY)
    vacated(place, RAISER)
    Post.objects.filter(id=place.posts[RAISER]).update(mail="office@school.example")
    DutyRow.objects.all().delete()
    assert send_digests(WEDNESDAY) == 0


def test_news_that_goes_with_what_is_to_be_done_is_in_the_letter_as_text(place: Town) -> None:
    case = begun(place, limit="20 working days")
    tells(place, case, RAISER, MONDAY, "entry")
    send_digests(WEDNESDAY)
    row = OutboxRow.objects.get(template=DIGEST, to=place.people[RAISER])
    text = compose(row, settings.ADDRESS, lines_of(row, WEDNESDAY)).text
    assert f"New in the record: {case.reference[:4]}-{case.reference[4:]}" in text
