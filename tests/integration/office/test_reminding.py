"""Regular duties that wait to be written down: a line in the morning's digest of whoever can do it, now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.messages.composing import compose
from counterpart.messages.digests import lines_of
from counterpart.messages.kinds import DIGEST, TO_REGULAR
from counterpart.messages.models import OutboxRow
from counterpart.office import regular
from counterpart.office.reminding import reminders, send_digests
from counterpart.people.models import Account, Post
from tests import directory as d
from tests.directory import an_account
from tests.live import policy_file
from tests.town import MONDAY, Town, town

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OFFICE, LEAD = "office.business_manager", "care.designated_safeguarding_lead"
IN_NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=UTC)
IN_DECEMBER = datetime(2026, 12, 24, 9, tzinfo=UTC)
IN_JANUARY = datetime(2027, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def place() -> Town:
    """Everybody who is spoken of can sign in, and no post waits to be confirmed."""
    made = town()
    for who in (OFFICE, LEAD, "care.practitioner", "school.designated_safeguarding_lead"):
        an_account(made.people[who], f"{who}@northmere.example", password=None)
    Post.objects.update(last_confirmed_on=IN_NOVEMBER.date())
    return made


def told(place: Town, at: datetime) -> dict[str, str]:
    """Who is reminded, and of what."""
    names = {person: who for who, person in place.people.items()}
    return {names[person]: one.line.what for person, one in reminders(at).items()}


def bexley(place: Town) -> None:
    editions.publish(content=policy_file("bexley"), partnership=place.partnership,
                     actor=the_clock(), now=MONDAY)  # fmt: skip


def test_while_the_year_is_young_nobody_is_reminded_of_its_report(place: Town) -> None:
    assert told(place, IN_NOVEMBER) == {}


@pytest.mark.parametrize("at", [IN_DECEMBER, IN_JANUARY])
def test_whoever_has_the_report_is_told_when_its_year_ends_and_after(
    place: Town, at: datetime
) -> None:
    assert told(place, at) == {OFFICE: "1 regular duty waits to be written down"}


def test_once_it_is_written_down_it_ends(place: Town) -> None:
    regular.record_done(
        duty="yearly-panel-report", agency=None, period="2026", occasion=None,
        done_on=IN_DECEMBER.date(), what="None.", partnership=place.partnership,
        actor=place.acting(OFFICE), now=IN_DECEMBER, key=d.new_id(),
    )  # fmt: skip
    assert told(place, IN_JANUARY) == {}


def test_each_agencys_lead_is_asked_and_the_office_is_told_of_all_together(place: Town) -> None:
    bexley(place)
    assert told(place, IN_JANUARY) == {
        OFFICE: "2 regular duties wait to be written down",
        LEAD: "1 regular duty waits to be written down",
        "school.designated_safeguarding_lead": "1 regular duty waits to be written down",
    }


def test_an_agency_that_has_answered_is_not_asked_again(place: Town) -> None:
    bexley(place)
    regular.give_return(
        duty="quarterly-return", agency=place.agencies["care"], period="2026-q4", occasion=None,
        has_nothing=True, what="", partnership=place.partnership, actor=place.acting(LEAD),
        now=IN_DECEMBER, key=d.new_id(),
    )  # fmt: skip
    assert LEAD not in told(place, IN_JANUARY)


def test_nobody_is_reminded_who_cannot_sign_in(place: Town) -> None:
    Account.objects.filter(person=place.people[OFFICE]).update(is_active=False)
    assert told(place, IN_JANUARY) == {}


def test_it_is_one_line_a_week_that_names_nobody_and_leads_to_the_page(place: Town) -> None:
    made = [send_digests(IN_JANUARY + n * DAY) for n in range(9)]
    assert [n for n, some in enumerate(made) if some] == [0, 7]
    row = OutboxRow.objects.filter(template=DIGEST).order_by("made_at")[0]
    lines = lines_of(row, IN_JANUARY)
    assert [line.kind for line in lines] == [TO_REGULAR]
    message = compose(row, settings.ADDRESS, lines)
    for body in (message.text, message.html):
        assert "Regular duties" in body
        assert f"{settings.ADDRESS}/regular" in body
        assert "Northmere Children" not in body
