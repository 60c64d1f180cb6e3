"""Secret addresses: whose they are, and when they stop working."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.access.capabilities import UNUSED, bearer, give_up, grant, granted, note_use
from counterpart.access.kinds import CALENDAR
from counterpart.access.models import Capability
from counterpart.people import changes
from counterpart.people.models import Account
from tests.directory import a_person, an_account

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return an_account(a_person())


def test_a_secret_leads_to_its_person_and_is_kept_nowhere(account: Account) -> None:
    secret = grant(account.person_id, CALENDAR, NOW)

    assert bearer(secret, CALENDAR, NOW) == account.person_id
    known = granted(account.person_id, CALENDAR, NOW)
    assert known is not None
    assert (known.made_at, known.used_on, known.is_good) == (NOW, None, True)
    row = Capability.objects.get()
    assert secret not in "".join(str(value) for value in vars(row).values())
    assert len(secret) >= 43  # 256 bits in base64
    assert len(row.hash) == 64


def test_a_new_secret_takes_the_place_of_the_old_one(account: Account) -> None:
    old, new = (grant(account.person_id, CALENDAR, NOW) for _ in range(2))

    assert (bearer(old, CALENDAR, NOW), bearer(new, CALENDAR, NOW)) == (None, account.person_id)
    assert Capability.objects.count() == 1


def test_one_that_was_given_up_is_good_no_more(account: Account) -> None:
    secret = grant(account.person_id, CALENDAR, NOW)
    for _ in range(2):
        give_up(account.person_id, CALENDAR)

    assert bearer(secret, CALENDAR, NOW) is None
    assert granted(account.person_id, CALENDAR, NOW) is None


def test_the_account_closed_it_is_good_no_more(account: Account) -> None:
    secret = grant(account.person_id, CALENDAR, NOW)
    changes.close_account(account=account.id)

    assert bearer(secret, CALENDAR, NOW) is None


def test_a_person_without_an_account_has_none_that_works() -> None:
    assert bearer(grant(a_person(), CALENDAR, NOW), CALENDAR, NOW) is None


def test_a_secret_is_for_one_purpose(account: Account) -> None:
    assert bearer(grant(account.person_id, CALENDAR, NOW), "another", NOW) is None


@pytest.mark.parametrize("secret", ["", "x", "a" * 10_000, "é", "\ud800", "%00", "' OR 1=1"])
def test_anything_else_leads_to_nobody(account: Account, secret: str) -> None:
    grant(account.person_id, CALENDAR, NOW)
    assert bearer(secret, CALENDAR, NOW) is None


def test_one_persons_secret_leaves_anothers_alone(account: Account) -> None:
    other = an_account(a_person(), "other@x.example")
    mine, theirs = (grant(one.person_id, CALENDAR, NOW) for one in (account, other))
    give_up(account.person_id, CALENDAR)

    assert (bearer(mine, CALENDAR, NOW), bearer(theirs, CALENDAR, NOW)) == (None, other.person_id)


def test_one_that_nobody_came_by_for_a_year_is_good_no_more(account: Account) -> None:
    secret = grant(account.person_id, CALENDAR, NOW)
    moment = timedelta(seconds=1)
    assert bearer(secret, CALENDAR, NOW + UNUSED - moment) == account.person_id
    assert bearer(secret, CALENDAR, NOW + UNUSED) is None
    later = NOW + timedelta(days=300)
    note_use(account.person_id, CALENDAR, later)
    assert bearer(secret, CALENDAR, NOW + UNUSED) == account.person_id
    assert bearer(secret, CALENDAR, later + UNUSED) is None
    over = granted(account.person_id, CALENDAR, later + UNUSED)
    assert over is not None
    assert (over.used_on, over.is_good) == (later.date(), False)
    anew = grant(account.person_id, CALENDAR, later + UNUSED)
    assert bearer(anew, CALENDAR, later + UNUSED) == account.person_id


def test_that_it_was_used_is_written_down_once_a_day(account: Account) -> None:
    grant(account.person_id, CALENDAR, NOW)
    wrote = []
    for at in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        with CaptureQueriesContext(connection) as queries:
            note_use(account.person_id, CALENDAR, at)
        wrote.append([q["sql"].split()[0] for q in queries])
    assert wrote == [["SELECT", "UPDATE"], ["SELECT"], ["SELECT", "UPDATE"]]
