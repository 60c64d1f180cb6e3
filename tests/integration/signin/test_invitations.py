"""Inviting: who may invite whom, a link that works once for three days, and a way back for who lost theirs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from counterpart.casework import accounts
from counterpart.casework.accounts import InvitationOver
from counterpart.casework.actors import by_command, by_post
from counterpart.journal.models import Event
from counterpart.messages.composing import compose
from counterpart.messages.models import OutboxRow
from counterpart.messages.recipients import recipients_of
from counterpart.people import changes
from counterpart.people.changes import DirectoryFault
from counterpart.people.invitations import VALID_FOR, path_of
from counterpart.people.models import Account, Person
from counterpart.web.signin import factors
from tests import signed_in
from tests.directory import PASSWORD, a_person, an_account, holds
from tests.integration.signin.somebody import browser, is_in, sign_in
from tests.second_steps import set_up_app
from tests.town import Town, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
ADDRESS = "nia@oakfield.example"
LEAD = "school.designated_safeguarding_lead"
MANAGER = "office.business_manager"
WHO = "school.practitioner"
ANOTHER = "another long sentence nobody knows"


@pytest.fixture
def place() -> Town:
    """A town whose people have no accounts."""
    return town()


def invited(place: Town, who: str = WHO, by: str = LEAD, email: str = ADDRESS) -> str:
    """The path of the link."""
    actor = by_post(person=place.people[by], post=place.posts[by], capacity="invites")
    made = accounts.invite(person=place.people[who], email=email, actor=actor, now=NOW)
    return path_of(made)


def account_of(place: Town, who: str = WHO) -> Account:
    """The account somebody has."""
    return Account.objects.get(person=place.people[who])


def took(client: Client, path: str, password: str = PASSWORD) -> int:
    """Use the link."""
    return client.post(path, {"password": password}).status_code


def test_the_link_opens_an_account_and_signs_in(client: Client, place: Town) -> None:
    path = invited(place)
    assert client.get(path).status_code == 200
    assert took(client, path) == 302
    assert is_in(client)
    assert account_of(place).email == ADDRESS
    assert sign_in(browser(), ADDRESS)["Location"] == "/me"


@pytest.mark.usefixtures("demanded")
def test_then_the_second_step_is_set_up(client: Client, place: Town) -> None:
    took(client, invited(place))
    assert client.get("/me")["Location"] == "/account/second-step"


def test_opening_the_link_changes_nothing_however_often(client: Client, place: Town) -> None:
    path = invited(place)
    for _ in range(20):
        assert client.get(path).status_code == 200
    assert not Account.objects.exists()


def test_a_link_works_once(client: Client, place: Town) -> None:
    path = invited(place)
    took(client, path)
    other = browser()
    assert other.get(path).status_code == 410
    assert took(other, path, ANOTHER) == 410
    assert sign_in(browser(), ADDRESS, ANOTHER).status_code == 422


@pytest.mark.parametrize("kind", ["altered", "guessed", "unsigned", "another's", "empty signature"])
def test_a_link_we_did_not_make_says_the_same_as_one_that_is_over(
    client: Client, place: Town, kind: str
) -> None:
    path = invited(place)
    other = invited(place, "school.line_manager", email="other@oakfield.example")
    identity, signature = path.removeprefix("/invitation/").split(".")
    made = {
        "altered": f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}",
        "guessed": f"/invitation/{'0' * 32}.{signature}",
        "unsigned": f"/invitation/{identity}",
        "another's": f"/invitation/{identity}.{other.split('.')[1]}",
        "empty signature": f"/invitation/{identity}.",
    }[kind]
    took(browser(), path)
    over, forged = client.get(path), client.get(made)
    assert (over.status_code, forged.status_code) == (410, 410)
    assert over.content == forged.content
    assert took(client, made) == 410


def test_a_link_is_over_after_three_days(place: Town) -> None:
    invited(place)
    invitation = path_id(place)
    with pytest.raises(InvitationOver):
        accounts.accept(invitation=invitation, password=PASSWORD, now=NOW + VALID_FOR)
    accounts.accept(
        invitation=invitation, password=PASSWORD, now=NOW + VALID_FOR - timedelta(seconds=1)
    )


def path_id(place: Town) -> str:
    """The id of the newest invitation."""
    row = Person.objects.get(id=place.people[WHO]).invitations.order_by("-made_at").first()
    assert row is not None
    return row.id


def test_a_newer_link_ends_the_one_before(client: Client, place: Town) -> None:
    first, second = invited(place), invited(place)
    assert took(client, first) == 410
    assert took(client, second) == 302


def test_who_has_left_their_post_does_not_get_in(client: Client, place: Town) -> None:
    path = invited(place)
    holding = Person.objects.get(id=place.people[WHO]).holdings.get()
    changes.end_holding(holding=holding.id, until_on=NOW.date())
    assert took(client, path) == 410


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "15 characters or more"),
        ("14 characters!", "15 characters or more"),
        ("1234567891234567", "Choose another"),
        ("", "Choose a password"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(
    client: Client, place: Town, password: str, words: str
) -> None:
    path = invited(place)
    answer = client.post(path, {"password": password})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert took(client, path) == 302


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaab", "correct horse battery", "ein sehr langes Wort", "        spaces        "],
)
def test_there_is_no_other_rule_for_a_password(client: Client, place: Town, password: str) -> None:
    assert took(client, invited(place), password) == 302


def test_who_lost_their_sign_in_is_given_a_new_one_and_the_old_one_is_gone(
    client: Client, place: Town
) -> None:
    took(client, invited(place))
    set_up_app(client)
    assert factors.has_any(account_of(place))
    OutboxRow.objects.all().delete()
    path = invited(place)
    assert is_in(client)  # nothing has changed yet
    other = browser()
    assert took(other, path, ANOTHER) == 302
    assert not is_in(client)
    assert not factors.has_any(account_of(place))
    assert sign_in(browser(), ADDRESS, PASSWORD).status_code == 422
    told = [row.key.split("|")[1] for row in OutboxRow.objects.filter(template="account")]
    assert sorted(told) == ["invited_again", "new_browser", "password_changed"]


@pytest.mark.parametrize(
    ("inviter", "who", "may"),
    [
        (LEAD, WHO, True),
        (LEAD, "care.practitioner", False),
        (MANAGER, WHO, True),
        (MANAGER, "office.independent_chair", True),
        (MANAGER, MANAGER, False),
        (LEAD, LEAD, False),
        ("school.line_manager", WHO, False),
        ("office.independent_chair", WHO, False),
    ],
)
def test_the_manager_invites_everybody_and_a_lead_their_own_agency(
    client: Client, place: Town, inviter: str, who: str, may: bool
) -> None:
    signed_in.sign_in(client, an_account(place.people[inviter], "inviter@x.example"))
    path = f"/accounts/{place.people[who]}/invite"
    assert client.get(path).status_code == (200 if may else 404)
    answer = client.post(path, {"email": ADDRESS})
    assert answer.status_code == (303 if may else 404)
    assert OutboxRow.objects.filter(template="invitation").count() == int(may)


def test_the_use_case_itself_refuses_who_may_not(place: Town) -> None:
    with pytest.raises(DirectoryFault, match="cannot invite"):
        invited(place, "care.practitioner")


def test_nobody_without_a_post_is_invited(place: Town) -> None:
    with pytest.raises(DirectoryFault, match="holds a post"):
        accounts.invite(person=a_person(name="No Post"), email=ADDRESS, actor=by_command(), now=NOW)


def test_a_lead_gets_nobody_the_rights_of_another_agency(client: Client, place: Town) -> None:
    """Whoever gives the address of a first link could give their own."""
    holds(place.people[WHO], place.posts["care.operations_manager"])
    with pytest.raises(DirectoryFault, match="cannot invite"):
        invited(place)
    took(client, invited(place, by=MANAGER))
    invited(place)  # to the address of the account


def test_who_has_an_account_gets_the_link_at_its_address_and_nowhere_else(
    client: Client, place: Town
) -> None:
    took(client, invited(place))
    with pytest.raises(DirectoryFault, match="only go to the address"):
        invited(place, email="lead@oakfield.example")
    lead = browser()
    signed_in.sign_in(lead, an_account(place.people[LEAD], "lead@oakfield.example"))
    path = f"/accounts/{place.people[WHO]}/invite"
    assert ADDRESS in lead.get(path).content.decode()
    assert lead.post(path, {"email": "lead@oakfield.example"}).status_code == 303
    sent = Person.objects.get(id=place.people[WHO]).invitations.filter(used_at=None)
    assert [row.email for row in sent] == [ADDRESS]


def test_whoever_runs_the_installation_may_send_it_elsewhere(client: Client, place: Town) -> None:
    took(client, invited(place))
    made = accounts.invite(
        person=place.people[WHO], email="new@oakfield.example", actor=by_command(), now=NOW
    )
    assert took(browser(), path_of(made), ANOTHER) == 302
    assert account_of(place).email == "new@oakfield.example"


def test_a_person_that_is_not_there_is_not_found(client: Client, place: Town) -> None:
    signed_in.sign_in(client, an_account(place.people[MANAGER], "manager@x.example"))
    assert client.get(f"/accounts/{'0' * 32}/invite").status_code == 404


def test_an_address_of_another_account_is_refused(client: Client, place: Town) -> None:
    an_account(place.people["care.practitioner"], ADDRESS)
    signed_in.sign_in(client, an_account(place.people[LEAD], "lead@x.example"))
    answer = client.post(f"/accounts/{place.people[WHO]}/invite", {"email": ADDRESS.upper()})
    assert answer.status_code == 422
    assert "already belongs" in answer.content.decode()


def test_one_person_sends_a_hundred_a_day_and_no_more(place: Town) -> None:
    for _ in range(accounts.MOST_INVITATIONS):
        invited(place)
    with pytest.raises(DirectoryFault, match="too many"):
        invited(place)
    invited(place, by=MANAGER)


def test_the_letter_holds_the_link_and_nothing_about_anybody(place: Town) -> None:
    path = invited(place)
    row = OutboxRow.objects.get(template="invitation")
    assert path not in str(vars(row))
    message = compose(row, "https://counterpart.example.org")
    for text in (message.text, message.html):
        assert f"https://counterpart.example.org{path}" in text
    whole = f"{message.subject} {message.text} {message.html}"
    assert not [word for word in ("Amara", "Oakfield", "oakfield", "@") if word in whole]
    found = recipients_of(row, NOW)
    assert isinstance(found, tuple)
    assert [one.address for one in found] == [ADDRESS]


def test_a_letter_that_does_not_go_is_said_on_the_page(client: Client, place: Town) -> None:
    invited(place)
    signed_in.sign_in(client, an_account(place.people[LEAD], "lead@x.example"))
    path = f"/accounts/{place.people[WHO]}/invite"
    assert "has not been sent yet" in client.get(path).content.decode()
    OutboxRow.objects.update(reason="refused", failed_at=NOW)
    assert "refused the message" in client.get(path).content.decode()
    OutboxRow.objects.update(reason="", failed_at=None, sent_at=NOW, next_try_at=None)
    assert "has not been sent yet" not in client.get(path).content.decode()


def test_the_letter_of_an_invitation_that_is_over_goes_to_nobody(place: Town) -> None:
    invited(place)
    row = OutboxRow.objects.get(template="invitation")
    assert recipients_of(row, NOW + VALID_FOR) == ()
    invited(place)
    assert recipients_of(row, NOW) == ()


def test_each_act_is_an_event_without_a_name_or_an_address(client: Client, place: Town) -> None:
    took(client, invited(place))
    accounts.close(account=account_of(place), actor=by_command(), now=NOW)
    events = Event.objects.filter(stream=f"account-{place.people[WHO]}").order_by("version")
    assert [event.type for event in events] == [
        "account_invited",
        "account_opened",
        "account_closed",
    ]
    assert ADDRESS not in str([event.facts for event in events])


def test_a_closed_account_is_opened_again_only_by_a_new_link(client: Client, place: Town) -> None:
    took(client, invited(place))
    accounts.close(account=account_of(place), actor=by_command(), now=NOW)
    assert not is_in(client)
    assert took(client, invited(place), ANOTHER) == 302
    assert is_in(client)
