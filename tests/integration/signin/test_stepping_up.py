"""The second step is asked for again before a weighty act, and what was sent is not lost by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from counterpart.people.models import Account, Holding, Partnership
from counterpart.web.signin import stepping_up
from tests import directory as d
from tests.integration.web.keeping import MANAGER, at
from tests.second_steps import set_up_app
from tests.signed_in import sign_in
from tests.town import BRENT, RAISER, Story, town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
NEW = BRENT.read_bytes().replace(b"edition: Version 2", b"edition: Version 3")
NEWEST = NEW.replace(b"edition: Version 3", b"edition: Version 4")
LEAVER = "care.line_manager"
WHY = "The Board asked for the shorter times."


@dataclass(frozen=True, slots=True)
class Desk:
    """A business manager in their browser, with an app, in a town with a case that may be moved."""

    client: Client
    codes: list[str]
    story: Story

    def waits(self, minutes: int) -> None:
        """The second step was given so long ago."""
        session = self.client.session
        given = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
        session[stepping_up.STEP] = {"kind": "totp", "at": given}
        session.save()

    def gives_it_again(self, onward: str = "") -> str:
        """Where they are led, once it was right."""
        sent = {"code": self.codes.pop(), "next": onward}
        return str(self.client.post("/account/confirm", sent)["Location"])


@pytest.fixture
def desk(client: Client) -> Desk:
    story = Story(town(), now=NOW - timedelta(hours=4), step=timedelta(minutes=10)).raised()
    editions.publish(content=NEW, partnership=story.town.partnership, actor=the_clock(), now=NOW)
    sign_in(client, d.an_account(story.town.people[MANAGER], "manager@northmere.example"))
    return Desk(client, set_up_app(client)[1], story)


def export(_: Desk) -> str:
    return at("export", kind="people")


def leave(desk: Desk) -> str:
    return at("leave", person=desk.story.town.people[LEAVER])


def move(desk: Desk) -> str:
    return f"/desk/cases/{desk.story.reference}/edition"


def in_force(desk: Desk) -> str:
    edition = Partnership.objects.get(id=desk.story.town.partnership).edition
    assert edition
    return edition


def form_of_move(desk: Desk) -> dict[str, str]:
    return {"version": str(desk.story.state.version), "edition": in_force(desk), "reason": WHY}


def form_of_leave(desk: Desk) -> dict[str, str]:
    return dict.fromkeys(re.findall(r'name="(post-[^"]*)"', page(desk, leave(desk))), "nobody")


def form_of_publishing(desk: Desk) -> dict[str, str]:
    file = SimpleUploadedFile("policy.yaml", NEWEST)
    checked = desk.client.post("/desk/policy/new", {"file": file}).content.decode()
    found = re.search(r'name="carried" value="([^"]*)"', checked)
    assert found is not None
    return {"carried": unescape(found[1]), "sure": "yes"}


def publish(_: Desk) -> str:
    return "/desk/policy/put-in-force"


def page(desk: Desk, address: str) -> str:
    return unescape(desk.client.get(address).content.decode())


Address = Callable[[Desk], str]
Form = Callable[[Desk], dict[str, str]]


@pytest.mark.parametrize("address", [export, leave, move])
def test_it_is_asked_for_again_on_the_way_to_a_weighty_act(desk: Desk, address: Address) -> None:
    there = address(desk)
    assert desk.client.get(there).status_code == 200
    desk.waits(minutes=11)
    answer = desk.client.get(there)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/account/confirm?next=%2F")
    assert desk.gives_it_again(there) == there
    assert desk.client.get(there).status_code == 200


def test_whose_directory_it_is_is_not_forgotten_on_the_way(desk: Desk) -> None:
    desk.waits(minutes=11)
    asked = desk.client.get(f"{export(desk)}?partnership={code_of(desk)}")["Location"]
    assert asked.endswith(f"people%3Fpartnership%3D{code_of(desk)}")


def code_of(desk: Desk) -> str:
    return Partnership.objects.get(id=desk.story.town.partnership).code


@pytest.mark.parametrize(
    ("address", "form"),
    [(publish, form_of_publishing), (move, form_of_move), (leave, form_of_leave)],
)
def test_a_form_sent_long_after_it_changes_nothing_and_is_handed_back_to_be_sent_again(
    desk: Desk, address: Address, form: Form
) -> None:
    sent = form(desk) | {"idempotency_key": d.new_id()}
    before = standing(desk)
    desk.waits(minutes=31)
    answer = desk.client.post(address(desk), sent)
    said = unescape(answer.content.decode())
    assert answer.status_code == 403
    assert standing(desk) == before
    assert 'href="/account/confirm"' in said
    assert f'action="{address(desk)}"' in said
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in said
    assert desk.client.post(address(desk), sent).status_code == 403
    desk.gives_it_again()
    assert desk.client.post(address(desk), sent).status_code == 303
    assert standing(desk) != before


def standing(desk: Desk) -> tuple[object, ...]:
    """All that the three acts could change."""
    held = Holding.objects.filter(person=desk.story.town.people[LEAVER], until_on=None)
    return in_force(desk), desk.story.state.version, held.exists()


def test_what_is_written_in_a_form_that_is_handed_back_can_be_read(desk: Desk) -> None:
    desk.waits(minutes=31)
    said = desk.client.post(move(desk), form_of_move(desk)).content.decode()
    assert "What you wrote" in said
    assert said.count(WHY) == 2


def test_while_a_form_is_filled_in_there_is_half_an_hour(desk: Desk) -> None:
    sent = form_of_move(desk) | {"idempotency_key": d.new_id()}
    desk.waits(minutes=29)
    assert desk.client.post(move(desk), sent).status_code == 303


def test_who_may_not_do_it_anyway_learns_nothing_by_being_asked(desk: Desk, client: Client) -> None:
    desk.waits(minutes=40)
    places = {address: address(desk) for address in (export, leave, move, publish)}
    client.post("/sign-out")
    account = d.an_account(desk.story.town.people[RAISER], "raiser@oakfield.example")
    sign_in(client, account)
    set_up_app(client)
    desk.waits(minutes=40)
    assert client.get(places[export]).status_code == 404
    for address in (leave, move, publish):
        assert client.post(places[address], {"reason": WHY}).status_code == 404, address
    assert Account.objects.count() == 2
