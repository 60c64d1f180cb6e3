"""A letter that the policy asks for: checked on the page, sent by Counterpart, taken by a real mail server, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr
from html import unescape
from pathlib import Path

import pytest

from counterpart.casework import acts
from counterpart.engine import events as e
from counterpart.engine.kinds import Code
from counterpart.engine.notices import LETTER
from counterpart.journal.models import Event
from counterpart.messages import faults
from counterpart.messages.kinds import REFUSED
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Holding, Post
from tests import mailserver
from tests.integration.web.filling import filled
from tests.integration.web.letters import (
    BOARD,
    CANARIES,
    MANAGER,
    MARKED,
    NAME,
    NOW,
    WORDS,
    Place,
    at_bexley,
    boxes,
    deliver,
    marked_letters,
    subject,
    tried,
    whole,
)
from tests.mailserver import MailServer
from tests.town import CHAIR, RAISER

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


@pytest.fixture
def bexley() -> Place:
    return at_bexley()


# --- checking it ---------------------------------------------------------------------------------


def test_the_page_shows_addressee_marking_subject_and_the_whole_message(bexley: Place) -> None:
    page = unescape(bexley.page())

    shown = f"{bexley.story.reference[:4]}-{bexley.story.reference[4:]}"
    for said in ("Check the message before it goes", BOARD, MARKED, f"{MARKED}: case {shown}",
                 "Chair of the Board", f"/cases/{bexley.story.reference}", "To: Independent Chair",
                 f"Not to {BOARD}", "Send it"):  # fmt: skip
        assert said in page
    assert OutboxRow.objects.filter(template=LETTER).count() == 0


def test_each_heading_of_the_policy_has_a_box_that_begins_with_the_record_in_plain_words(
    bexley: Place,
) -> None:
    tried(bexley)
    page = bexley.page()

    assert "The reasons for the differences" in page
    assert "What has happened so far" in page
    why, so_far = boxes(page)
    assert f"What is in dispute:\n{WORDS} in dispute" in why
    first, talk = so_far.split("\n")
    assert re.fullmatch(
        r"\d+ \w+ \d{4}: Concern raised\. Began at: The agencies' own policies\.", first
    )
    assert talk.endswith(
        ": Use the agencies' own escalation policies to settle it."
        " With: Northmere Children’s Social Care. What came of it: The sides still see it differently."
    )


def test_a_correction_of_what_was_raised_stands_before_it(bexley: Place) -> None:
    entry = bexley.story.state.raised_by
    bexley.story.does(acts.correct, entry=entry, correction="It was closed twice.", reason="R.")

    why, so_far = boxes(bexley.page())

    assert why.startswith("Corrected since: It was closed twice.")
    assert "Corrected since: It was closed twice." in so_far


def test_looking_changes_nothing_and_the_page_of_the_step_leads_here(bexley: Place) -> None:
    before = Event.objects.count()
    step = bexley.page(f"/cases/{bexley.story.reference}/step/email")

    assert f'href="{bexley.path}"' in step
    assert "Or record that you sent it yourself" in step
    assert Event.objects.count() == before


def test_what_is_written_down_for_somebody_who_telephoned_is_not_sent_from_here(
    bexley: Place,
) -> None:
    path = f"/cases/{bexley.story.reference}/telephoned/step/email"
    assert bexley.path not in bexley.page(path, MANAGER)


def test_a_step_that_is_no_letter_has_no_such_page(bexley: Place) -> None:
    path = f"/cases/{bexley.story.reference}/letter/settle"
    assert bexley.browser(RAISER).get(path).status_code == 404
    assert bexley.browser(RAISER).post(path, {}).status_code == 404


def test_whoever_has_nothing_to_do_with_the_case_finds_nothing(bexley: Place) -> None:
    for who in ("mental.practitioner", CHAIR):
        assert bexley.browser(who).get(bexley.path).status_code == 404


# --- sending it ----------------------------------------------------------------------------------


def test_it_goes_marked_and_addressed_and_says_nothing_of_anybody(
    bexley: Place, server: MailServer
) -> None:
    form = filled(bexley.page(), says_0=f"{WORDS}: why.", says_1=f"{NAME} telephoned.")
    assert bexley.sends(form).status_code == 303

    deliver(server, NOW + timedelta(minutes=1))

    (letter,) = marked_letters(server)
    shown = f"{bexley.story.reference[:4]}-{bexley.story.reference[4:]}"
    assert subject(letter) == f"{MARKED}: case {shown}"
    assert parseaddr(str(letter["To"])) == ("Independent Chair", "chair@board.example")
    assert f"/cases/{bexley.story.reference}" in whole(letter)
    for canary in CANARIES:
        assert canary not in whole(letter)


def test_what_was_written_is_on_the_record_and_the_chair_may_now_open_the_case(
    bexley: Place,
) -> None:
    case = f"/cases/{bexley.story.reference}"
    form = filled(bexley.page(), says_0="First reason.", says_1="We telephoned.\nThey answered.")
    bexley.sends(form)

    (event,) = bexley.letters()
    assert event.letter_to == bexley.town.posts[CHAIR]
    assert event.says == ("First reason.", "We telephoned.\nThey answered.")
    page = unescape(bexley.page(case, CHAIR))
    for said in ("The reasons for the differences", "First reason.", "What has happened so far",
                 "Sent by Counterpart to"):  # fmt: skip
        assert said in page
    assert Notice.objects.filter(kind=LETTER, to=bexley.town.posts[CHAIR]).count() == 1
    assert "A letter to you" in bexley.page("/me/notices", CHAIR)


def test_only_the_texts_are_words_and_none_of_them_is_in_the_outbox(bexley: Place) -> None:
    bexley.sends(filled(bexley.page(), says_0=WORDS, says_1=NAME))

    (row,) = OutboxRow.objects.filter(template=LETTER)
    kept = " ".join(str(value) for value in vars(row).values())
    facts = Event.objects.filter(type="step_recorded").latest("version").facts
    for canary in CANARIES:
        assert canary not in kept + facts
    assert (row.marked, row.policy_address, row.addressee) == (MARKED, BOARD, "Independent Chair")


def test_the_policys_address_is_written_to_as_well_where_it_is_the_posts_own_mailbox(
    bexley: Place, server: MailServer
) -> None:
    Post.objects.filter(id=bexley.town.posts[CHAIR]).update(mail=BOARD.upper())
    page = bexley.page()
    assert "which is the post’s own mailbox" in unescape(page)
    bexley.sends(filled(page))

    deliver(server, NOW + timedelta(minutes=1))

    addresses = {parseaddr(str(letter["To"]))[1] for letter in marked_letters(server)}
    assert addresses == {"chair@board.example", BOARD.upper()}


def test_a_vacant_post_gets_it_in_its_own_mailbox(bexley: Place, server: MailServer) -> None:
    chair = bexley.town.posts[CHAIR]
    Holding.objects.filter(post=chair).delete()
    Post.objects.filter(id=chair).update(mail="board@northmere.example")
    page = bexley.page()
    assert "nobody holds this post now" in page
    assert bexley.sends(filled(page)).status_code == 303

    deliver(server, NOW + timedelta(minutes=1))

    (letter,) = marked_letters(server)
    assert parseaddr(str(letter["To"]))[1] == "board@northmere.example"


def test_one_that_is_refused_is_on_the_desk_of_a_named_person(
    bexley: Place, server: MailServer
) -> None:
    server.do(f"{mailserver.REFUSE} chair@board.example")
    bexley.sends(filled(bexley.page()))
    deliver(server, NOW + timedelta(minutes=1))

    found = faults.faults(bexley.town.partnership, bexley.town.people[MANAGER], NOW)
    fault = next(one for one in found if one.kind == LETTER)
    assert (fault.reason, fault.post) == (REFUSED, bexley.town.posts[CHAIR])
    assert bexley.story.reference[:4] in bexley.page("/desk", MANAGER)


# --- once, and nothing lost ----------------------------------------------------------------------


def test_pressed_twice_it_is_one_entry_and_one_message(bexley: Place) -> None:
    form, browser = filled(bexley.page()), bexley.browser(RAISER)
    answers = [browser.post(bexley.path, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(bexley.letters()) == 1
    assert OutboxRow.objects.filter(template=LETTER).count() == 1
    assert "This had already been sent" in browser.get(answers[1]["Location"]).content.decode()


def test_the_case_went_on_meanwhile_so_nothing_goes_and_nothing_is_lost(bexley: Place) -> None:
    form = filled(bexley.page(), says_0="I wrote for an hour.")
    tried(bexley)

    answer = bexley.sends(form)

    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "The record has changed since you opened this page" in page
    assert "I wrote for an hour." in page
    assert bexley.letters() == []
    assert OutboxRow.objects.filter(template=LETTER).count() == 0


def test_the_case_came_to_its_chair_meanwhile_and_what_was_typed_is_still_there(
    bexley: Place,
) -> None:
    form = filled(bexley.page(), says_0="I wrote for an hour.")
    tried(bexley)
    step = e.StepRecorded(step=Code("email"), how=Code("email"), result=Code("done"))
    bexley.story.acts(step)
    bexley.story.acts(bexley.story.move("to-chair"))

    answer = bexley.sends(form)
    again = bexley.sends(filled(answer.content.decode(), says_0="I wrote for an hour."))

    for one in (answer, again):
        assert one.status_code == 422
        assert "I wrote for an hour." in one.content.decode()
    assert "This belongs to" in unescape(again.content.decode())
    assert bexley.letters() == []


def test_an_empty_box_is_asked_for_and_the_other_is_kept(bexley: Place) -> None:
    answer = bexley.sends(filled(bexley.page(), says_0="", says_1="What I wrote."))

    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "Write something under “The reasons for the differences”" in page
    assert "What I wrote." in page


def test_nobody_else_can_have_it_sent_to_a_post_of_their_choice(bexley: Place) -> None:
    own = filled(bexley.page()) | {"post": bexley.town.posts["police.line_manager"]}
    bexley.sends(own)

    assert [one.letter_to for one in bexley.letters()] == [bexley.town.posts[CHAIR]]
