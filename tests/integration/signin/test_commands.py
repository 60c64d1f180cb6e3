"""The commands about sign-ins, for whoever runs the installation."""

from pathlib import Path

import pytest

from counterpart.cli import main
from counterpart.messages.models import OutboxRow
from counterpart.people.models import Account, AgencyDomain, Person, Provider
from tests.directory import a_partnership, a_person, a_post, an_account, an_agency

pytestmark = pytest.mark.django_db

ADDRESS = "ada@northmere.example"


def run(*words: str) -> int:
    """What the command leaves with."""
    with pytest.raises(SystemExit) as end:
        main.run(list(words))
    return int(end.value.code or 0)


def test_an_administrator_is_invited_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("account", "invite", ADDRESS, "--administrator", "Ada Lovelace") == 0
    assert "on its way" in capsys.readouterr().out
    invited = Person.objects.get(name="Ada Lovelace").invitations.get()
    assert (invited.email, invited.is_administrator) == (ADDRESS, True)
    assert OutboxRow.objects.get().template == "invitation"


def test_somebody_of_the_directory_is_invited_by_id() -> None:
    person = a_person(a_post(an_agency(a_partnership())))
    assert run("account", "invite", ADDRESS, "--person", person) == 0
    assert Person.objects.get(id=person).invitations.get().email == ADDRESS


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--person", "0" * 32),
        ("--person", "x", "--administrator", "Both"),
    ],
)
def test_nobody_and_somebody_without_a_post_are_refused(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("account", "invite", ADDRESS, *words) == 1
    assert capsys.readouterr().err
    assert not OutboxRow.objects.exists()


def test_an_address_that_is_taken_leaves_no_new_person_behind() -> None:
    an_account(a_person(), ADDRESS)
    assert run("account", "invite", ADDRESS, "--administrator", "Ada Lovelace") == 1
    assert not Person.objects.filter(name="Ada Lovelace").exists()


def test_an_account_is_closed_by_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    account = an_account(a_person(), ADDRESS)
    assert run("account", "close", ADDRESS.upper()) == 0
    assert not Account.objects.get(pk=account.pk).is_active
    assert run("account", "close", "nobody@northmere.example") == 1
    assert "No account has this address" in capsys.readouterr().err


def test_a_provider_is_added_with_its_agencys_domains_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = an_agency(a_partnership(), name="Care")
    secret = tmp_path / "secret"
    secret.write_text("theirs", encoding="utf-8")
    words = ["provider", "add", "care", "--agency", "Care", "--issuer", "https://login.example/"]
    words += ["--client", "us", "--secret-file", str(secret)]
    assert run(*words) == 1  # no domain is registered
    assert run(*words, "--domain", "Care.Example", "--domain", "more.care.example") == 0
    assert "/sign-in/agency/care/back" in capsys.readouterr().out
    row = Provider.objects.get()
    assert (row.agency_id, row.issuer) == (agency, "https://login.example")
    assert "theirs" not in str(vars(row))
    domains = AgencyDomain.objects.filter(agency=agency).values_list("domain", flat=True)
    assert set(domains) == {"care.example", "more.care.example"}
    assert run("provider", "remove", "care") == 0
    assert not Provider.objects.exists()
    assert run("provider", "remove", "care") == 1


def test_a_domain_of_everybodys_is_refused() -> None:
    an_agency(a_partnership(), name="Care")
    words = ("--agency", "Care", "--issuer", "https://login.example", "--client", "us")
    assert run("provider", "add", "care", *words, "--domain", "gmail.com") == 1
    assert not Provider.objects.exists()
    assert not AgencyDomain.objects.exists()
