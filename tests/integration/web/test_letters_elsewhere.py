"""Letters under other policies than Bexley's, and to others than its chair; markings that would break a header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr
from html import unescape
from pathlib import Path

import pytest

from counterpart.casework.keeping import restrict
from counterpart.engine.rules import Refusal
from counterpart.messages.models import OutboxRow
from tests import directory as d
from tests import mailserver
from tests.integration.web.filling import filled
from tests.integration.web.letters import (
    BOARD,
    MARKED,
    NAME,
    NOW,
    WORDS,
    Place,
    a_place,
    at_bexley,
    boxes,
    deliver,
    marked_letters,
    subject,
    with_a_letter,
)
from tests.live import policy_file
from tests.mailserver import MailServer
from tests.town import CHAIR, RAISER, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def bexley() -> Place:
    return at_bexley()


# --- other policies ------------------------------------------------------------------------------


def test_a_notice_that_is_marked_goes_to_the_other_side_in_the_same_way(server: MailServer) -> None:
    place = with_a_letter(kind="notice", marked="Für die Leitung", says=["What we ask"],
                          **{"with": "receiving.manager"})  # fmt: skip
    d.an_account(place.town.people["care.line_manager"], "manager@care.example")
    assert boxes(place.page()) == [""]
    place.sends(filled(place.page(), says_0="A visit."))

    deliver(server, NOW + timedelta(minutes=1))

    (letter,) = [
        one for one in server.letters() if subject(one).startswith("Für die Leitung: case")
    ]
    assert parseaddr(str(letter["To"])) == ("Manager", "manager@care.example")
    assert [one.says for one in place.letters()] == [("A visit.",)]
    read = unescape(place.page(f"/cases/{place.story.reference}", "care.line_manager"))
    assert "What we ask" in read
    assert "A visit." in read


def test_a_letter_that_the_policy_says_nothing_more_of_has_one_box_and_a_plain_subject(
    server: MailServer,
) -> None:
    place = with_a_letter(kind="letter", **{"with": "receiving"})
    d.an_account(place.town.people[WORKER], "worker@care.example")
    assert "What you want to say" in place.page()
    place.sends(filled(place.page(), says_0="Please telephone."))

    deliver(server, NOW + timedelta(minutes=1))

    assert any(subject(one).startswith("Counterpart, a message for you: case")
               for one in server.letters())  # fmt: skip


def test_a_notice_that_has_neither_address_nor_marking_is_told_by_people() -> None:
    place = with_a_letter(kind="notice", **{"with": "receiving"})

    assert place.browser(RAISER).get(place.path).status_code == 404
    assert place.path not in place.page(f"/cases/{place.story.reference}/step/email")


def test_a_marking_with_a_line_break_cannot_begin_a_header(server: MailServer) -> None:
    place = a_place(policy_file("bexley").replace(
        b"marked: For the attention of the Independent Chair",
        b'marked: "For the attention of the Independent Chair\\nBcc: everybody@x.example\\r\\nX: y"',
    ))  # fmt: skip
    d.an_account(place.town.people[CHAIR], "chair@board.example")
    assert place.sends(filled(place.page())).status_code == 303

    deliver(server, NOW + timedelta(minutes=1))

    (letter,) = marked_letters(server)
    assert subject(letter).startswith(f"{MARKED} Bcc: everybody@x.example X: y: case ")
    assert (letter["Bcc"], letter["X"]) == (None, None)


def test_somebody_who_is_no_user_cannot_be_written_to_and_the_text_is_there_to_copy() -> None:
    content = policy_file("bexley").replace(
        b"        with: partnership.chair\n        to: bscb",
        b"        with: outside.parent\n        to: bscb",
    )
    content += b"\noutsiders:\n  - {id: parent, title: A parent, clause: cover}\n"
    place = a_place(content)

    page = unescape(place.page())

    assert "Counterpart cannot send this one." in page
    assert ">Send it<" not in page
    for said in (BOARD, MARKED, f"{WORDS} in dispute", "Concern raised"):
        assert said in page
    form = filled(page) | {"says_0": "Mine.", "says_1": "Mine too."}
    answer = place.sends(form)
    assert answer.status_code == 422
    assert "Mine too." in answer.content.decode()
    assert place.letters() == []


def test_where_several_could_be_meant_the_sender_chooses_one(bexley: Place) -> None:
    second = d.a_post(bexley.town.partnership, "independent_chair", "Deputy chair")
    d.a_person(second, name=NAME)
    page = bexley.page()
    assert "Who does it go to?" in page
    nobody = bexley.sends(filled(page, post=None))
    assert (nobody.status_code, "Choose who it goes to" in nobody.content.decode()) == (422, True)

    assert bexley.sends(filled(page, post=second)).status_code == 303

    assert [one.letter_to for one in bexley.letters()] == [second]


# --- a restricted case ---------------------------------------------------------------------------


def restricted_to(place: Place, *named: str) -> None:
    """Of the partnership's office, only these see the case from now on."""
    manager = place.town.acting("office.business_manager", "business_manager")
    people = [place.town.people[who] for who in named]
    done = restrict(
        people=people, why="W.", case=place.story.case, actor=manager, now=NOW, key=d.new_id()
    )
    assert not isinstance(done, Refusal)


def test_a_letter_in_a_restricted_case_reaches_whoever_is_named(
    bexley: Place, server: MailServer
) -> None:
    restricted_to(bexley, CHAIR)
    assert bexley.sends(filled(bexley.page())).status_code == 303

    deliver(server, NOW + timedelta(minutes=1))

    assert len(marked_letters(server)) == 1
    assert bexley.page(f"/cases/{bexley.story.reference}", CHAIR)


def test_to_anybody_else_it_is_refused_when_it_is_written_and_no_fault_later(bexley: Place) -> None:
    page = bexley.page()
    restricted_to(bexley, "office.head_of_safeguarding")

    answer = bexley.sends(filled(page, says_0="Mine."))

    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert "Whoever it would go to may not see this case." in shown
    assert "Mine." in shown
    assert bexley.letters() == []
    assert not OutboxRow.objects.filter(template="letter").exists()


def test_the_two_sides_of_a_restricted_case_are_written_to_as_before(server: MailServer) -> None:
    place = with_a_letter(kind="letter", **{"with": "receiving"})
    d.an_account(place.town.people[WORKER], "worker@care.example")
    restricted_to(place, "office.head_of_safeguarding")
    assert place.sends(filled(place.page(), says_0="Please telephone.")).status_code == 303

    deliver(server, NOW + timedelta(minutes=1))

    assert any(subject(one).startswith("Counterpart, a message for you: case")
               for one in server.letters())  # fmt: skip
