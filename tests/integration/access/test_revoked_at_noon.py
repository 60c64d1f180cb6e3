"""Revoked at noon, refused at the next request: every kind of right that a person may have had a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from counterpart.access.capabilities import give_up, grant
from counterpart.access.kinds import CALENDAR
from counterpart.casework import accounts, closing, directory, directory_upkeep
from counterpart.casework.actors import by_command
from counterpart.people.days import day_of
from counterpart.people.models import Account, Holding, Membership
from counterpart.people.upkeep import PostDetails
from tests import directory as d
from tests.integration.visiting.mail import WORKER, comes_in, the_form, waiting
from tests.signed_in import sign_in
from tests.town import RAISER, Story, Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
TODAY = day_of(NOW)
DAY = timedelta(days=1)
MANAGER = "office.business_manager"


@dataclass(frozen=True, slots=True)
class Right:
    """An address that opens in a browser, until `revoke` was done. `over` is the answer from then on."""

    client: Client
    address: str
    revoke: Callable[[], object]
    over: int = 404


def browser(person: str) -> Client:
    client = Client()
    sign_in(client, d.an_account(person, f"{d.new_id()}@x.example"))
    return client


def raised(place: Town) -> str:
    story = Story(place, now=NOW - timedelta(hours=3), step=timedelta(minutes=10)).raised()
    story.to_workers()
    return f"/cases/{story.reference}"


def an_account_closed(place: Town) -> Right:
    client = browser(place.people[RAISER])

    def close() -> None:
        account = Account.objects.get(person=place.people[RAISER])
        accounts.close(account=account, actor=by_command(), now=NOW)

    return Right(client, raised(place), close, over=303)


def a_post_left(place: Town) -> Right:
    case, worker = raised(place), place.people[WORKER]
    holding = Holding.objects.get(person=worker).id
    return Right(
        browser(worker),
        case,
        lambda: directory.end_holding(holding=holding, until_on=TODAY, actor=by_command(), now=NOW),
    )


def a_post_closed(place: Town) -> Right:
    return Right(
        browser(place.people[WORKER]),
        raised(place),
        lambda: closing.close_post(
            post=place.posts[WORKER], closed_on=TODAY, actor=by_command(), now=NOW
        ),
    )


def cover_over(place: Town) -> Right:
    case, stand_in = raised(place), place.people["school.operations_manager"]
    cover = d.covers(stand_in, TODAY - DAY, TODAY + 5 * DAY, person=place.people[RAISER])
    return Right(
        browser(stand_in),
        case,
        lambda: directory.end_cover(cover=cover, until_on=TODAY, actor=by_command(), now=NOW),
    )


def the_desk_taken_away(place: Town) -> Right:
    second = d.a_person(d.a_post(place.partnership, "business_manager"), name="Second")
    holding = Holding.objects.get(person=second).id
    return Right(
        browser(second),
        "/desk",
        lambda: directory.end_holding(holding=holding, until_on=TODAY, actor=by_command(), now=NOW),
    )


def a_share_ended(place: Town) -> Right:
    """The other partnership's business manager kept the agency too."""
    police, other = place.agencies["police"], d.a_partnership("Southmere")
    Membership.objects.create(agency_id=police, partnership_id=other)
    theirs = d.a_person(d.a_post(other, "business_manager"), name="Sue South")
    return Right(
        browser(theirs),
        f"/directory/agencies/{police}",
        lambda: closing.leave_partnership(
            agency=police, partnership=other, actor=by_command(), now=NOW
        ),
    )


def a_visitors_mailbox(place: Town) -> Right:
    """Whoever came by the link of a message, and the mailbox it went to is the post's no more."""
    waits, client = waiting(place), Client()
    comes_in(client, waits.path)
    details = PostDetails(title="Practitioner", tier="practitioner", mail="other@surgery.example")
    return Right(
        client,
        the_form(waits),
        lambda: directory_upkeep.change_post(
            post=place.posts[WORKER], details=details, actor=by_command(), now=NOW
        ),
        over=403,
    )


def a_link_itself(place: Town) -> Right:
    """The link of the same message, in the hands of whoever it was forwarded to."""
    waits = waiting(place)
    details = PostDetails(title="Practitioner", tier="practitioner", mail="other@surgery.example")
    return Right(
        Client(),
        waits.path,
        lambda: directory_upkeep.change_post(
            post=place.posts[WORKER], details=details, actor=by_command(), now=NOW
        ),
        over=410,
    )


def a_feed_given_up(place: Town) -> Right:
    person = place.people[RAISER]
    d.an_account(person)
    path = f"/calendar/{grant(person, CALENDAR, NOW)}.ics"
    return Right(Client(), path, lambda: give_up(person, CALENDAR))


def a_feed_replaced(place: Town) -> Right:
    person = place.people[RAISER]
    d.an_account(person)
    path = f"/calendar/{grant(person, CALENDAR, NOW)}.ics"
    return Right(Client(), path, lambda: grant(person, CALENDAR, NOW))


def a_feed_of_a_closed_account(place: Town) -> Right:
    account = d.an_account(place.people[RAISER])
    path = f"/calendar/{grant(account.person_id, CALENDAR, NOW)}.ics"
    return Right(
        Client(), path, lambda: accounts.close(account=account, actor=by_command(), now=NOW)
    )


KINDS = (
    an_account_closed,
    a_post_left,
    a_post_closed,
    cover_over,
    the_desk_taken_away,
    a_share_ended,
    a_visitors_mailbox,
    a_link_itself,
    a_feed_given_up,
    a_feed_replaced,
    a_feed_of_a_closed_account,
)


@pytest.mark.parametrize("kind", KINDS)
def test_revoked_at_noon_refused_at_the_next_request(kind: Callable[[Town], Right]) -> None:
    right = kind(town())
    assert right.client.get(right.address).status_code == 200
    right.revoke()
    assert right.client.get(right.address).status_code == right.over
    assert right.client.get(right.address).status_code in (303, 403, 404, 410)
