"""Signing in through an agency's own provider, a process on this machine: who is let in by what it says."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from counterpart.casework import sign_on
from counterpart.casework.actors import by_command
from counterpart.messages.models import OutboxRow
from counterpart.people import changes
from counterpart.people.changes import DirectoryFault
from counterpart.people.models import Account, AgencyDomain, Holding, Provider
from tests.directory import PASSWORD, a_partnership, a_person, a_post, an_account, an_agency
from tests.identity_provider import provider, refuse_there, sign_in_there
from tests.integration.signin.somebody import browser, is_in, second_step, sign_in
from tests.second_steps import set_up_app

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
AMARA = "amara.osei@care.example"
LINK = re.compile(r'<a href="([^"]+)"[^>]*govuk-button--start')

PEOPLE = (
    {"sub": "amara", "email": AMARA, "email_verified": True, "name": "Amara Osei"},
    {"sub": "upper", "email": AMARA.upper(), "email_verified": True},
    {"sub": "unverified", "email": AMARA, "email_verified": False},
    {"sub": "says-so", "email": AMARA, "email_verified": "true"},
    {"sub": "silent", "email": AMARA},
    {"sub": "elsewhere", "email": "idris@police.example", "email_verified": True},
    {"sub": "stranger", "email": "nobody@care.example", "email_verified": True},
    {"sub": "lookalike", "email": "amara.osei@care.example.evil.example", "email_verified": True},
    {"sub": "no-address"},
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider of the agency."""
    with provider(*PEOPLE) as address:
        yield address


@pytest.fixture
def agency(issuer: str, tmp_path: Path) -> str:
    """An agency with mail domains and its own sign-on."""
    secret = tmp_path / "secret"
    secret.write_text("what the provider gave us\n", encoding="utf-8")
    made = an_agency(a_partnership(), name="Care", kind="childrens_social_care")
    AgencyDomain.objects.create(agency_id=made, domain="care.example")
    sign_on.add_provider(
        code="care",
        agency=made,
        issuer=issuer,
        client="counterpart",
        secret_file=secret,
        actor=by_command(),
        now=NOW,
    )
    return made


@pytest.fixture
def amara(agency: str) -> Account:
    """Somebody of that agency with an account."""
    return an_account(a_person(a_post(agency)), AMARA, password=PASSWORD)


def there(client: Client, code: str = "care", onward: str = "") -> str:
    """Where the page leads on to."""
    sent = {"provider": code, "next": onward}
    page = client.post("/sign-in/agency", sent).content.decode()
    found = LINK.search(page)
    assert found, page[-2000:]
    return html.unescape(found[1])


def through(client: Client, subject: str, onward: str = "") -> HttpResponse:
    """Sign in there as `subject`, and come back."""
    back = urlsplit(sign_in_there(there(client, onward=onward), subject))
    return client.get(f"{back.path}?{back.query}")  # type: ignore[return-value]  # close enough


def test_the_verified_address_of_an_account_at_the_agencys_own_domain_signs_in(
    client: Client, amara: Account
) -> None:
    answer = through(client, "amara", onward="/raise")
    assert (answer.status_code, answer["Location"]) == (302, "/raise")
    assert is_in(client)
    assert OutboxRow.objects.filter(key__startswith="account|sign_on_linked|").count() == 1


def test_the_provider_is_asked_with_a_challenge_and_answers_to_our_address(
    client: Client, amara: Account
) -> None:
    asked = parse_qs(urlsplit(there(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/agency/care/back"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) >= 16


def test_nothing_that_the_provider_says_is_kept_but_the_subject(
    client: Client, amara: Account
) -> None:
    through(client, "amara")
    client.post("/sign-out")
    through(client, "amara")
    row = SocialAccount.objects.get()
    assert (row.provider, row.uid, row.extra_data, row.user) == ("care", "amara", {}, amara)


def test_once_linked_the_subject_alone_counts(client: Client, amara: Account) -> None:
    through(client, "amara")
    Account.objects.filter(pk=amara.pk).update(email="amara.new@care.example")
    other = browser()
    through(other, "amara")
    assert is_in(other)


@pytest.mark.parametrize(
    "subject",
    ["unverified", "says-so", "silent", "elsewhere", "stranger", "lookalike", "no-address"],
)
def test_nobody_is_let_in_by_an_address_that_is_not_vouched_for(
    client: Client, amara: Account, subject: str
) -> None:
    police = an_agency(a_partnership(), name="Police", kind="police")
    an_account(a_person(a_post(police), name="Idris"), "idris@police.example")
    answer = through(client, subject)
    assert answer["Location"] == "/sign-in?why=nobody"
    assert "no account here goes with that" in client.get(answer["Location"]).content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_provider_does_not_vouch_for_people_of_another_agency_at_the_same_domain(
    client: Client, agency: str
) -> None:
    other = an_agency(a_partnership(), name="Another trust", kind="acute_health")
    AgencyDomain.objects.create(agency_id=other, domain="care.example")
    an_account(a_person(a_post(other)), AMARA)
    assert through(client, "amara")["Location"] == "/sign-in?why=nobody"


def test_who_has_left_the_agency_is_not_linked(client: Client, amara: Account) -> None:
    holding = Holding.objects.get(person=amara.person_id)
    changes.end_holding(holding=holding.id, until_on=NOW.date())
    assert through(client, "amara")["Location"] == "/sign-in?why=nobody"


def test_an_address_given_to_somebody_new_does_not_bring_them_into_the_old_account(
    client: Client, amara: Account
) -> None:
    through(client, "amara")
    other = browser()
    assert through(other, "upper")["Location"] == "/sign-in?why=nobody"
    assert not is_in(other)


def test_a_closed_account_stays_closed(client: Client, amara: Account) -> None:
    through(client, "amara")
    client.post("/sign-out")
    changes.close_account(account=amara.pk)
    assert through(client, "amara")["Location"] == "/sign-in?why=nobody"
    assert not is_in(client)


def test_the_second_step_is_asked_for_all_the_same(client: Client, amara: Account) -> None:
    sign_in(client, AMARA)
    _, codes = set_up_app(client)
    other = browser()
    assert through(other, "amara")["Location"] == "/sign-in/second-step"
    assert not is_in(other)
    second_step(other, codes[0])
    assert is_in(other)


@pytest.mark.usefixtures("demanded")
def test_who_has_no_second_step_is_led_to_it(client: Client, amara: Account) -> None:
    through(client, "amara")
    assert client.get("/me")["Location"] == "/account/second-step"


def test_an_answer_is_good_once_and_only_in_the_session_that_asked(
    client: Client, amara: Account
) -> None:
    back = urlsplit(sign_in_there(there(client), "amara"))
    path = f"{back.path}?{back.query}"
    other = browser()
    assert other.get(path)["Location"] == "/sign-in?why=sign-on"
    assert not is_in(other)
    client.get(path)
    client.post("/sign-out")
    assert client.get(path)["Location"] == "/sign-in?why=sign-on"
    assert not is_in(client)


def test_changing_ones_mind_there_leads_back_to_the_sign_in_page(
    client: Client, amara: Account
) -> None:
    back = urlsplit(refuse_there(there(client)))
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/sign-in?why=sign-on"


@pytest.mark.parametrize("query", ["", "?state=made-up&code=1", "?error=access_denied", "?code=x"])
def test_an_answer_to_nothing_is_refused(client: Client, amara: Account, query: str) -> None:
    assert client.get(f"/sign-in/agency/care/back{query}")["Location"] == "/sign-in?why=sign-on"


def test_a_provider_that_is_not_there_is_not_found(client: Client, amara: Account) -> None:
    assert client.get("/sign-in/agency/other/back").status_code == 404
    for code in ("other", "", "openid_connect", "care\n", "x" * 500):
        assert client.post("/sign-in/agency", {"provider": code}).status_code == 404


def test_a_provider_that_cannot_be_reached_is_said_on_the_sign_in_page(
    client: Client, amara: Account
) -> None:
    Provider.objects.update(issuer="http://127.0.0.1:9")
    assert (
        client.post("/sign-in/agency", {"provider": "care"})["Location"] == "/sign-in?why=sign-on"
    )


def test_a_provider_that_says_it_is_another_is_not_believed(
    client: Client, amara: Account, issuer: str
) -> None:
    Provider.objects.update(issuer=f"{issuer}/another/..")
    assert through(client, "amara")["Location"] == "/sign-in?why=nobody"
    Provider.objects.update(issuer=f"{issuer}/")  # the same with a slash is the same
    assert through(client, "amara")["Location"] == "/me"


def test_a_name_given_to_another_provider_brings_in_nobody_of_the_first(
    client: Client, amara: Account
) -> None:
    through(client, "amara")
    sign_on.remove_provider(code="care", actor=by_command(), now=NOW)
    assert not SocialAccount.objects.exists()
    assert client.get("/sign-in/agency/care/back").status_code == 404


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"issuer": "http://login.care.example"}, "bad_issuer"),
        ({"issuer": "login.care.example"}, "bad_issuer"),
        ({"issuer": "https://login.care.example?x=1"}, "bad_issuer"),
        ({"agency": "0" * 32}, "unknown_agency"),
        ({"code": "Care!"}, "bad_code"),
        ({"code": "care"}, "code_taken"),
        ({"secret_file": Path("/no/such/file")}, "no_secret"),
    ],
)
def test_a_provider_that_could_not_work_is_refused(
    agency: str, changed: dict[str, object], code: str
) -> None:
    good = {"code": "other", "agency": agency, "issuer": "https://login.care.example"}
    with pytest.raises(DirectoryFault) as fault:
        sign_on.add_provider(
            **{"client": "counterpart", "secret_file": None, **good, **changed},  # type: ignore[arg-type]  # wrong on purpose
            actor=by_command(),
            now=NOW,
        )
    assert fault.value.code == code


def test_an_agency_without_a_mail_domain_can_have_no_provider() -> None:
    agency = an_agency(a_partnership())
    with pytest.raises(DirectoryFault, match="No mail domain"):
        sign_on.add_provider(
            code="school",
            agency=agency,
            issuer="https://login.school.example",
            client="counterpart",
            secret_file=None,
            actor=by_command(),
            now=NOW,
        )
