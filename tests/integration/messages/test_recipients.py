"""Whose address a message goes to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterpart.access.kinds import BY_POST, RECEIVING_SIDE
from counterpart.access.relations import (
    DenialRow,
    RelationRow,
    rewrite_denials,
    rewrite_relations,
)
from counterpart.engine.kinds import Id
from counterpart.engine.notices import NEW_DUTY
from counterpart.messages.kinds import NO_ACCESS, NO_ADDRESS
from counterpart.messages.models import OutboxRow
from counterpart.messages.recipients import Nobody, recipients_of, recipients_of_all
from counterpart.people import changes
from counterpart.people.models import Account
from tests.directory import a_person, an_account, covers, holds
from tests.integration.messages.stories import NOW, Office, an_office, owed

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def office() -> Office:
    return an_office()


def addresses(row: OutboxRow) -> list[str] | str:
    """The addresses of a row at `NOW`, or why there is none."""
    found = recipients_of(row, NOW)
    return found.reason if isinstance(found, Nobody) else [one.address for one in found]


def a_row(office: Office, post: str) -> OutboxRow:
    """A message to a post."""
    (row,) = owed(office, post)
    return row


def test_a_post_is_whoever_holds_it_when_it_is_sent(office: Office) -> None:
    post = office.post(email="before@agency.example")
    row = a_row(office, post)
    before = Account.objects.get(email="before@agency.example").person
    changes.end_holding(holding=before.holdings.get().id, until_on=TODAY)
    an_account(a_person(post, since=TODAY), "after@agency.example", password=None)

    assert addresses(row) == ["after@agency.example"]


def test_whoever_stands_in_comes_before_the_holder(office: Office) -> None:
    post = office.post(email="holder@agency.example")
    standing_in = a_person()
    an_account(standing_in, "cover@agency.example", password=None)
    covers(standing_in, TODAY, TODAY + timedelta(days=7), post=post)

    assert addresses(a_row(office, post)) == ["cover@agency.example", "holder@agency.example"]


def test_someone_kept_from_the_case_is_never_written_to(office: Office) -> None:
    post = office.post(email="kept.out@agency.example", mail="shared@agency.example")
    row = a_row(office, post)
    kept_out = Account.objects.get(email="kept.out@agency.example").person_id
    rewrite_denials(office.case, [DenialRow(kept_out, "subject_of_concern")])

    assert addresses(row) == NO_ACCESS


def test_others_in_the_post_hear_of_it_when_one_is_kept_out(office: Office) -> None:
    post = office.post(email="kept.out@agency.example")
    other = a_person(post)
    an_account(other, "other@agency.example", password=None)
    kept_out = Account.objects.get(email="kept.out@agency.example").person_id
    rewrite_denials(office.case, [DenialRow(kept_out, "family_tie")])

    assert addresses(a_row(office, post)) == ["other@agency.example"]


def test_a_post_that_has_nothing_to_do_with_the_case_any_more_is_not_written_to(
    office: Office,
) -> None:
    post = office.post(email="former@agency.example")
    row = a_row(office, post)
    office.relate()

    assert addresses(row) == NO_ACCESS


def test_a_vacant_post_falls_back_on_its_own_mailbox(office: Office) -> None:
    assert addresses(a_row(office, office.post(mail="team@agency.example", is_vacant=True))) == [
        "team@agency.example"
    ]


def test_a_holder_without_an_account_is_reached_by_the_mailbox_of_the_post(office: Office) -> None:
    assert addresses(a_row(office, office.post(mail="team@agency.example"))) == [
        "team@agency.example"
    ]


def test_an_account_that_was_closed_is_no_address(office: Office) -> None:
    post = office.post(email="gone@agency.example")
    changes.close_account(account=Account.objects.get(email="gone@agency.example").id)

    assert addresses(a_row(office, post)) == NO_ADDRESS


def test_a_vacant_post_without_a_mailbox_is_nobody(office: Office) -> None:
    assert addresses(a_row(office, office.post(is_vacant=True))) == NO_ADDRESS


def test_a_vacant_post_that_is_filled_is_somebody(office: Office) -> None:
    post = office.post(is_vacant=True)
    row = a_row(office, post)
    newcomer = a_person()
    an_account(newcomer, "new@agency.example", password=None)
    holds(newcomer, post, TODAY)

    assert addresses(row) == ["new@agency.example"]


def test_a_person_is_written_to_at_their_own_address(office: Office) -> None:
    post = office.post(email="raiser@agency.example")
    raiser = Account.objects.get(email="raiser@agency.example").person_id
    row = a_row(office, post)
    row.to_kind, row.to = "person", str(Id(raiser))

    assert row.template == NEW_DUTY
    assert addresses(row) == ["raiser@agency.example"]


def test_a_person_without_an_account_is_nobody(office: Office) -> None:
    post = office.post()
    row = a_row(office, post)
    row.to_kind, row.to = "person", a_person(post)

    assert addresses(row) == NO_ADDRESS


def test_word_written_by_a_clock_since_set_back_goes_to_whom_it_was_for(office: Office) -> None:
    tomorrow = NOW + timedelta(days=1)
    post = office.post(email="holder@agency.example")
    rewrite_relations(office.case, [RelationRow(BY_POST, post, RECEIVING_SIDE, tomorrow)])
    (row,) = owed(office, post, now=tomorrow)

    assert addresses(row) == ["holder@agency.example"]


def test_a_batch_asks_no_more_for_more_rows_to_the_same_people(
    office: Office, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    post = office.post(email="holder@agency.example")
    for occasion in ("one", "two", "three"):
        owed(office, post, occasion=occasion)
    rows = list(OutboxRow.objects.all())
    with CaptureQueriesContext(connection) as of_one:
        recipients_of(rows[0], NOW)

    with django_assert_num_queries(len(of_one)):
        found = recipients_of_all(rows, NOW)
    assert len(found) == 3
