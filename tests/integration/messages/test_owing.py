"""Writing down what word is owed, in the transaction of what it tells of."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counterpart.engine.kinds import Id
from counterpart.engine.notices import ENDED, NEW_DUTY, NEW_ENTRY, POLICY_GAP, URGENT
from counterpart.engine.notices import Notice as Owed
from counterpart.journal.errors import OutsideTransaction
from counterpart.messages.digests import waits
from counterpart.messages.kinds import TO_POST
from counterpart.messages.models import Notice, OutboxRow, Seen
from counterpart.messages.notices import unseen_count
from counterpart.messages.owing import owe, owe_of_policy, settle_history
from tests.directory import a_person, new_id
from tests.integration.messages.stories import HOUR, NOW, REFERENCE, a_duty, an_office, owed

pytestmark = pytest.mark.django_db

CASE, POST, PERSON = "c" * 32, Id("d" * 32), Id("e" * 32)


def test_a_new_duty_is_told_in_the_app_and_by_e_mail() -> None:
    duty = a_duty(what="Talk to the other side", due_at=NOW + HOUR)
    owe(CASE, "7f3k-92mq", [Owed(NEW_DUTY, duty.id, post=POST)], [duty], NOW)

    notice, row = Notice.objects.get(), OutboxRow.objects.get()
    assert (notice.to_kind, notice.to, notice.what) == ("post", POST, "Talk to the other side")
    assert (row.reference, row.path) == ("7F3K92MQ", "/cases/7F3K92MQ")
    assert (row.what, row.due_at, row.next_try_at) == ("Talk to the other side", NOW + HOUR, NOW)
    assert row.message_id == f"<{row.id}@localhost>"
    assert not row.is_urgent


def test_an_immediate_risk_goes_out_as_urgent() -> None:
    owe(CASE, REFERENCE, [Owed(URGENT, "entry", post=POST)], [], NOW)

    assert OutboxRow.objects.get().is_urgent


@pytest.mark.parametrize("kind", [NEW_ENTRY, POLICY_GAP, ENDED])
def test_other_news_is_told_in_the_app_only(kind: str) -> None:
    owe(CASE, REFERENCE, [Owed(kind, "entry", person=PERSON)], [], NOW)

    assert Notice.objects.get().to == PERSON
    assert not OutboxRow.objects.exists()


def test_the_same_notice_on_the_same_occasion_is_owed_once() -> None:
    for _ in range(2):
        owe(CASE, REFERENCE, [Owed(NEW_DUTY, "d", post=POST)], [], NOW, occasion="entry")

    assert Notice.objects.count() == 1
    assert OutboxRow.objects.count() == 1


def test_a_duty_handed_back_is_told_again() -> None:
    for occasion in ("raised", "handed back"):
        owe(CASE, REFERENCE, [Owed(NEW_DUTY, "d", post=POST)], [], NOW, occasion=occasion)

    assert Notice.objects.count() == 2
    assert OutboxRow.objects.count() == 2


def test_two_posts_are_each_told() -> None:
    other = Id(new_id())
    owed = [Owed(NEW_DUTY, "d", post=POST), Owed(NEW_DUTY, "d", post=other)]
    owe(CASE, REFERENCE, owed, [], NOW)

    assert set(OutboxRow.objects.values_list("to", flat=True)) == {POST, other}


def test_what_is_owed_falls_with_the_act_that_brought_it_about() -> None:
    with transaction.atomic():
        owe(CASE, REFERENCE, [Owed(NEW_DUTY, "d", post=POST)], [], NOW)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_owed() -> None:
    with pytest.raises(OutsideTransaction):
        owe(CASE, REFERENCE, [], [], NOW)
    with pytest.raises(OutsideTransaction):
        owe_of_policy([POST], "c" * 32, NOW)


def test_word_about_the_policy_is_owed_once_and_is_about_no_case() -> None:
    for _ in range(2):
        owe_of_policy([POST], "c" * 32, NOW)
    notice = Notice.objects.get()
    assert (notice.case, notice.reference, notice.to) == ("", "", POST)


def test_word_about_the_policy_waits_for_the_digest() -> None:
    owe_of_policy([POST], "c" * 32, NOW)
    assert not OutboxRow.objects.exists()
    assert waits(NOW) == {(TO_POST, POST): 1}


def test_word_about_the_policy_counts_as_unseen_for_whoever_holds_the_post() -> None:
    office = an_office()
    post = office.post()
    person = a_person(post)
    owe_of_policy([post], "c" * 32, NOW)
    assert unseen_count(person, NOW).n == 1
    assert unseen_count(a_person(office.post()), NOW).n == 0


@pytest.mark.parametrize("number", [1, 20])
def test_however_many_are_told_it_takes_two_queries(number: int) -> None:
    told = [Owed(NEW_DUTY, "d", post=Id(new_id())) for _ in range(number)]
    with CaptureQueriesContext(connection) as queries:
        owe(CASE, REFERENCE, told, [a_duty("d")], NOW)

    assert len(queries) == 2


def test_a_made_up_past_is_settled_and_what_comes_after_is_not() -> None:
    office = an_office()
    post = office.post()
    person = a_person(post)
    owed(office, post, occasion="last year", now=NOW - 24 * HOUR)
    owed(office, post, occasion="today", now=NOW)

    settle_history(NOW - HOUR)

    past, today = OutboxRow.objects.order_by("made_at")
    assert past.sent_at == past.made_at
    assert past.next_try_at is None
    assert today.next_try_at == NOW
    assert Seen.objects.filter(person=person).count() == 1
    assert unseen_count(person, NOW).n == 1
