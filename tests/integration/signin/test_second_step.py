"""The second step: set up before anything else, asked for each time, right once, and never lost for good."""

import logging

import pytest
from django.test import Client

from counterpart.messages.models import OutboxRow
from counterpart.people import changes
from counterpart.people.models import Account
from counterpart.web.signin import asking, factors
from tests.integration.signin.somebody import browser, is_in, second_step, sign_in, with_post
from tests.second_steps import code_of, set_up_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demanded")]

EVERYWHERE_ELSE = ("/me", "/raise", "/account", "/account/password", "/policy/brent/have-your-say")


@pytest.fixture
def app(client: Client, teacher: Account) -> tuple[str, list[str]]:
    """The teacher's app and codes, set up; nobody is signed in any more."""
    sign_in(client)
    made = set_up_app(client)
    client.post("/sign-out")
    OutboxRow.objects.all().delete()
    return made


def told() -> list[str]:
    """What the account was told by e-mail, so far."""
    rows = OutboxRow.objects.order_by("made_at", "key")
    return [row.key.split("|")[1] for row in rows]


def test_who_has_none_is_led_to_setting_it_up_and_can_do_nothing_else(
    client: Client, teacher: Account
) -> None:
    sign_in(client)
    for path in EVERYWHERE_ELSE:
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (303, "/account/second-step"), path
    assert client.post("/raise").status_code == 303
    assert client.get("/account/second-step").status_code == 200
    assert client.get("/danger").status_code == 200
    assert client.post("/sign-out").status_code == 303


def test_setting_up_an_app_opens_the_way_and_is_told(client: Client, teacher: Account) -> None:
    sign_in(client)
    _, codes = set_up_app(client)
    assert is_in(client)
    assert len(set(codes)) == 10
    assert told() == ["app_added"]


def test_an_apps_secret_is_not_in_the_database(client: Client, teacher: Account) -> None:
    sign_in(client)
    secret, _ = set_up_app(client)
    kept = str([row.data for row in teacher.authenticator_set.all()])
    assert secret not in kept


def test_a_secret_of_somebody_elses_making_is_not_taken(client: Client, teacher: Account) -> None:
    other = browser()
    with_post("practitioner", "other@oakfield.example")
    sign_in(other, "other@oakfield.example")
    page = other.get("/account/second-step/app").content.decode()
    signed = page.split('name="secret" value="')[1].split('"')[0]
    secret = page.split('app-key">')[1].split("<")[0].replace(" ", "")
    sign_in(client)
    for sent in (signed, "", "made up"):
        answer = client.post("/account/second-step/app", {"secret": sent, "code": code_of(secret)})
        assert answer.status_code == 422
    assert not factors.has_any(teacher)


def test_the_codes_are_shown_until_they_are_kept_and_never_again(
    client: Client, teacher: Account
) -> None:
    sign_in(client)
    _, codes = set_up_app(client)
    again = client.get("/account/codes").content.decode()
    assert not [code for code in codes if code[:4] in again and code[4:] in again]
    assert "10 recovery codes" in again


def test_the_password_alone_signs_nobody_in(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    assert sign_in(client)["Location"] == "/sign-in/second-step"
    assert client.get("/me")["Location"].startswith("/sign-in?")
    assert client.get("/sign-in/second-step").status_code == 200
    answer = second_step(client, code_of(app[0]))
    assert (answer.status_code, answer["Location"]) == (302, "/me")
    assert is_in(client)


def test_the_session_id_changes_with_the_second_step(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    before = client.session.session_key
    second_step(client, code_of(app[0]))
    assert client.session.session_key != before


def test_a_code_by_email_does_not_do_without_the_second_step(
    client: Client, teacher: Account, app: tuple[str, list[str]], mailoutbox: list[object]
) -> None:
    client.post("/sign-in/code", {"email": teacher.email})
    code = str(mailoutbox[-1].body).split("Your code is ")[1].split()[0]  # type: ignore[attr-defined]  # an e-mail
    answer = client.post("/sign-in/code/enter", {"code": code})
    assert answer["Location"] == "/sign-in/second-step"
    assert not is_in(client)


def test_a_code_of_the_app_is_right_once(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    code = code_of(app[0])
    sign_in(client)
    second_step(client, code)
    other = browser()
    sign_in(other)
    assert second_step(other, code).status_code == 422
    assert second_step(other, code_of(app[0], steps=1)).status_code == 302


def test_a_code_of_long_before_or_long_after_is_wrong(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    for steps in (-4, 4):
        assert second_step(client, code_of(app[0], steps=steps)).status_code == 422


def test_a_recovery_code_is_right_once_and_its_use_is_told(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    code = app[1][3]
    sign_in(client)
    assert second_step(client, f"{code[:4]} {code[4:]}").status_code == 302
    assert told() == ["code_used"]
    assert factors.codes_left(teacher) == 9
    other = browser()
    sign_in(other)
    assert second_step(other, code).status_code == 422


def test_after_five_wrong_codes_even_a_right_one_waits(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    for _ in range(5):
        assert second_step(client, "000000").status_code == 422
    answer = second_step(client, code_of(app[0]))
    assert asking.TOO_MANY in answer.content.decode()
    elsewhere = browser(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere)
    assert second_step(elsewhere, code_of(app[0])).status_code == 422


def test_right_codes_are_no_tries(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    for code in app[1][:7]:
        other = browser()
        sign_in(other)
        assert second_step(other, code).status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": 1}', "x" * 30_000, "[" * 10_000, '{"response": []}']
)
def test_what_is_no_answer_of_a_passkey_is_refused(
    client: Client, teacher: Account, app: tuple[str, list[str]], answer: str
) -> None:
    sign_in(client)
    assert client.post("/sign-in/second-step", {"credential": answer}).status_code == 422
    assert not is_in(client)
    second_step(client, code_of(app[0]))
    sent = {"credential": answer, "name": "Key"}
    assert client.post("/account/second-step/key", sent).status_code == 422
    assert factors.passkeys_of(teacher) == []


def test_the_second_step_cannot_be_gone_to_without_the_first(client: Client) -> None:
    assert client.get("/sign-in/second-step")["Location"] == "/sign-in"
    assert second_step(client, "123456")["Location"] == "/sign-in"


def test_an_account_closed_between_the_steps_gets_no_further(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    changes.close_account(account=teacher.id)
    second_step(client, code_of(app[0]))
    assert not is_in(client)


def test_a_closed_account_is_out_at_its_next_request(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    second_step(client, code_of(app[0]))
    assert is_in(client)
    changes.close_account(account=teacher.id)
    assert client.get("/me")["Location"].startswith("/sign-in?")


@pytest.mark.parametrize("tier", ["designated_safeguarding_lead", "named_professional"])
def test_for_a_lead_an_app_is_not_enough(client: Client, tier: str) -> None:
    account = with_post(tier)
    sign_in(client)
    secret, _ = set_up_app(client)
    assert factors.has_any(account)
    assert client.get("/me")["Location"] == "/account/second-step"
    page = client.get("/account/second-step").content.decode()
    assert "it has to be this one" in page
    assert secret not in page


def test_for_an_administrator_an_app_is_not_enough(client: Client) -> None:
    account = with_post("practitioner")
    Account.objects.filter(pk=account.pk).update(is_administrator=True)
    sign_in(client)
    set_up_app(client)
    assert client.get("/me")["Location"] == "/account/second-step"


def test_the_last_second_step_cannot_be_taken_off(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    second_step(client, code_of(app[0]))
    client.post("/account/second-step/app/remove")
    assert factors.has_any(teacher)


def test_new_codes_end_the_old_ones_and_are_told(
    client: Client, teacher: Account, app: tuple[str, list[str]]
) -> None:
    sign_in(client)
    second_step(client, code_of(app[0]))
    client.post("/account/codes", {"new": "yes"})
    assert told() == ["codes_made"]
    other = browser()
    sign_in(other)
    assert second_step(other, app[1][0]).status_code == 422


def test_nobody_takes_off_what_is_another_persons(client: Client, teacher: Account) -> None:
    sign_in(client)
    set_up_app(client)
    assert client.post("/account/second-step/key/1/remove").status_code == 404


def test_sign_ins_and_refusals_are_logged_by_id_and_without_a_name(
    client: Client, teacher: Account, app: tuple[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "counterpart")
    sign_in(client, password="not the right sentence")
    sign_in(client, email="nobody@oakfield.example")
    sign_in(client)
    second_step(client, "000000")
    second_step(client, code_of(app[0]))
    assert [record.getMessage() for record in caplog.records if "sign" in record.name] == [
        f"a sign-in was refused: account {teacher.id}, by password",
        "a sign-in was refused: account unknown, by password",
        f"a sign-in was refused: account {teacher.id}, by second step",
        f"signed in: account {teacher.id}, second step: totp",
    ]
