"""E-mail about no case that a mail server does not take: in front of the business manager, and of who sent it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from django.core.mail import get_connection
from django.db import transaction
from django.test import Client

from counterpart.access.kinds import MANY_READ
from counterpart.casework import accounts
from counterpart.casework.actors import by_post
from counterpart.casework.alerting import raise_alert
from counterpart.casework.digesting import send_digests
from counterpart.messages.accounts import owe_account_news
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.kinds import (
    ACCOUNT,
    ALERT,
    DIGEST,
    INVITATION,
    NEW_BROWSER,
    PASSWORD_CHANGED,
    REASON_WORDS,
    REFUSED,
)
from counterpart.messages.models import OutboxRow
from counterpart.messages.owing import owe_of_visit
from counterpart.people.invitations import VALID_FOR
from counterpart.people.models import Person
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import directory as d
from tests import mailserver
from tests.integration.web.northmere import signed_in
from tests.mailserver import MailServer
from tests.town import Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
SMTP = "django.core.mail.backends.smtp.EmailBackend"
MANAGER, LEAD = "office.business_manager", "school.designated_safeguarding_lead"
WHO, WRONG, RIGHT = "school.practitioner", "amara@oakfeild.example", "amara@oakfield.example"
SAID = REASON_WORDS[REFUSED]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail", mailserver.REFUSE) as running:
        yield running


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def desk(place: Town) -> Client:
    return signed_in(place.people[MANAGER], "manager@northmere.example")


@pytest.fixture
def lead(place: Town) -> Client:
    return signed_in(place.people[LEAD], "lead@oakfield.example")


def sends(server: MailServer, now: datetime = NOW) -> Turn:
    """One turn of the worker."""
    channel = SmtpChannel(partial(get_connection, SMTP, host="127.0.0.1", port=server.port))
    return take(Deliver("one", channel), now)


def invites(place: Town, email: str, now: datetime = NOW) -> None:
    by = by_post(person=place.people[LEAD], post=place.posts[LEAD], capacity="invites")
    accounts.invite(person=place.people[WHO], email=email, actor=by, now=now)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_an_invitation_that_is_refused_is_on_the_desk_and_with_who_sent_it_until_another_goes(
    server: MailServer, place: Town, desk: Client, lead: Client
) -> None:
    invite, school = f"/accounts/{place.people[WHO]}/invite", place.agencies["school"]
    agency = f"/directory/agencies/{school}"
    invites(place, WRONG)
    for client, path in ((desk, "/desk"), (lead, agency), (lead, invite)):
        assert SAID not in page(client, path)
    assert sends(server) is Turn.WORKED
    name = Person.objects.get(id=place.people[WHO]).name
    said = page(desk, "/desk")
    section = said[said.index('id="unsent"') :]
    for words in (name, SAID, "an invitation to sign in", f'href="{invite}"'):
        assert words in section
    assert "Messages that have not gone: 1" in said
    assert SAID in page(lead, agency)
    assert f'href="{invite}"' in page(lead, agency)
    assert SAID in page(lead, invite)
    assert WRONG not in said
    server.do(mailserver.ACCEPT)
    assert lead.post(invite, {"email": RIGHT}).status_code == 303
    assert sends(server, datetime.now(UTC)) is Turn.WORKED
    assert [letter["To"] for letter in server.letters()] == [RIGHT]
    for client, path in ((desk, "/desk"), (lead, agency), (lead, invite)):
        assert SAID not in page(client, path)


def test_one_that_grew_too_old_meanwhile_is_still_there_and_given_up_for_good(
    server: MailServer, place: Town, desk: Client
) -> None:
    long_ago = NOW - VALID_FOR - timedelta(days=1)
    invites(place, WRONG, long_ago)
    sends(server, long_ago)
    OutboxRow.objects.update(next_try_at=None)
    assert SAID in page(desk, "/desk")


def test_only_the_desk_of_a_partnership_where_they_have_a_post_shows_it(
    server: MailServer, place: Town
) -> None:
    invites(place, WRONG)
    sends(server)
    other = d.a_person(d.a_post(d.a_partnership("Southmere"), "business_manager"), name="Sue")
    elsewhere = signed_in(other, "sue@southmere.example")
    said = page(elsewhere, "/desk")
    assert "Messages that have not gone" not in said
    row = OutboxRow.objects.get(template=INVITATION)
    assert elsewhere.post(f"/desk/messages/{row.id}/again").status_code == 404


def test_an_alert_that_is_refused_is_on_the_desk_and_can_be_tried_again(
    server: MailServer, place: Town, desk: Client
) -> None:
    post = d.a_post(place.partnership, "data_protection_lead", "Data protection lead")
    lead = d.a_person(post, name="Dara Price")
    Person.objects.filter(id=lead).update(mail="dara@northmere.example")
    raise_alert(kind=MANY_READ, partnership=place.partnership, since_at=NOW, n=200, now=NOW)
    assert sends(server) is Turn.WORKED
    row = OutboxRow.objects.get(template=ALERT)
    said = page(desk, "/desk")
    section = said[said.index('id="unsent"') :]
    for words in (SAID, "who looks at cases", f"/desk/messages/{row.id}/again"):
        assert words in section
    server.do(mailserver.ACCEPT)
    assert desk.post(f"/desk/messages/{row.id}/again").status_code == 303
    sends(server, datetime.now(UTC))
    assert SAID not in page(desk, "/desk")


def tells_of_the_sign_in(place: Town, what: str = NEW_BROWSER) -> None:
    with transaction.atomic():
        owe_account_news(place.people[WHO], what, NOW, occasion=d.new_id())


@pytest.mark.parametrize("what", [NEW_BROWSER, PASSWORD_CHANGED])
def test_word_of_a_sign_in_that_is_refused_is_on_the_desk_and_can_be_tried_again(
    server: MailServer, place: Town, desk: Client, what: str
) -> None:
    d.an_account(place.people[WHO], WRONG, password=None)
    tells_of_the_sign_in(place, what)
    assert SAID not in page(desk, "/desk")
    assert sends(server) is Turn.WORKED
    row = OutboxRow.objects.get(template=ACCOUNT)
    said = page(desk, "/desk")
    section = said[said.index('id="unsent"') :]
    name = Person.objects.get(id=place.people[WHO]).name
    again = f"/desk/messages/{row.id}/again"
    for words in (name, SAID, "something about their sign-in has changed", again):
        assert words in section
    assert row.what not in said  # what happened is theirs alone
    assert WRONG not in said
    server.do(mailserver.ACCEPT)
    assert desk.post(again).status_code == 303
    sends(server, datetime.now(UTC))
    assert SAID not in page(desk, "/desk")


def test_word_of_a_sign_in_is_on_no_other_partnerships_desk(
    server: MailServer, place: Town
) -> None:
    d.an_account(place.people[WHO], WRONG, password=None)
    tells_of_the_sign_in(place)
    sends(server)
    other = d.a_person(d.a_post(d.a_partnership("Southmere"), "business_manager"), name="Sue")
    elsewhere = signed_in(other, "sue@southmere.example")
    assert "Messages that have not gone" not in page(elsewhere, "/desk")
    row = OutboxRow.objects.get(template=ACCOUNT)
    assert elsewhere.post(f"/desk/messages/{row.id}/again").status_code == 404


def test_a_digest_with_nothing_of_a_case_that_is_refused_is_on_the_desk(
    server: MailServer, place: Town, desk: Client
) -> None:
    d.an_account(place.people[LEAD], WRONG, password=None)
    with transaction.atomic():
        owe_of_visit([place.posts[LEAD]], "a visit", NOW)
    send_digests(NOW)
    assert sends(server) is Turn.WORKED
    row = OutboxRow.objects.get(template=DIGEST, to=place.people[LEAD])
    said = page(desk, "/desk")
    assert SAID in said
    assert f"/desk/messages/{row.id}/again" in said
