"""Local contacts: what is given is shown, what is not is not, and nothing is guessed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from counterpart.config import environment, startup
from counterpart.config.environment import DEMONSTRATION_CONTACTS
from counterpart.web.contacts import BadContacts, Contact, read_contacts

# Numbers that Ofcom keeps for drama: 020 7946 0000 to 0999, and 01632 960000 to 960999.
DRAMA = re.compile(r"020 7946 0\d{3}|01632 960\d{3}")


def test_an_installation_without_a_file_has_no_numbers_at_all() -> None:
    contacts = read_contacts(None)
    assert contacts.referral == Contact()
    assert contacts.partnership is None


def test_the_demonstration_has_only_numbers_that_reach_nobody() -> None:
    contacts = read_contacts(DEMONSTRATION_CONTACTS)
    ways = [value for value in vars(contacts).values() if isinstance(value, Contact)]
    assert contacts.is_fictional
    assert all(DRAMA.fullmatch(way.telephone) for way in ways if way.telephone)
    assert all(way.email.endswith(".example") for way in ways if way.email)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("referal: {telephone: 020 7946 0101}", "referal"),
        ("referral: {telephone: call us}", "referral.telephone"),
        ("referral: {web: 'javascript:alert(1)'}", "referral.web"),
        ("referral: [", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_is_wrong(
    tmp_path: Path, written: str, said: str
) -> None:
    file = tmp_path / "contacts.yaml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(BadContacts, match=re.escape(said)):
        read_contacts(file)


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(BadContacts, match="cannot be read"):
        read_contacts(tmp_path / "nowhere.yaml")


def test_a_real_installation_does_not_start_with_made_up_numbers() -> None:
    chosen = replace(environment.read(), contacts_file=DEMONSTRATION_CONTACTS, is_demo=False)
    assert any("are made up" in fault for fault in startup.faults_of(chosen))
    assert not any("made up" in fault for fault in startup.faults_of(replace(chosen, is_demo=True)))
