"""A letter that the policy asks for: checked on the page, sent by Counterpart, taken by a real mail server, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection
from django.test import Client

from counterpart.casework import acts
from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import LETTER
from counterpart.journal.models import Event
from counterpart.journal.reading import read_whole
from counterpart.messages import faults
from counterpart.messages.channels import SmtpChannel
from counterpart.messages.kinds import REFUSED
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Account, Holding, Person, Post
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import directory as d
from tests import mailserver
from tests.integration.web.filling import filled
from tests.kinds import a_step, stages, written
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.mailserver import MailServer
from tests.signed_in import sign_in
from tests.town import CHAIR, RAISER, WORKER, Town

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)  # the pages read the real clock
BOARD = "bscb@bexley.gov.uk"
MARKED = "For the attention of the Independent Chair"
NAME, CHILD, WORDS = "Quillfeather", "Zebediah-0417", "Wexcombe marmalade"
CANARIES = (NAME, CHILD, "Wexcombe", "marmalade", "Oakfield", "dispute")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
MANAGER = "office.business_manager"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


@dataclass
class Place:
    """A town under a policy with a letter, and a case in it that was raised six hours ago."""

    town: Town
    story: Live

    @property
    def path(self) -> str:
        return f"/cases/{self.story.reference}/letter/email"

    def browser(self, who: str) -> Client:
        client, person = Client(), self.town.people[who]
        known = Account.objects.filter(person=person).first()
        sign_in(client, known or d.an_account(person, f"{who}@x.example"))
        return client

    def page(self, path: str = "", who: str = RAISER, status: int = 200) -> str:
        answer = self.browser(who).get(path or self.path)
        assert answer.status_code == status
        return answer.content.decode()

    def sends(self, form: dict[str, Any], who: str = RAISER, path: str = "") -> Any:
        return self.browser(who).post(path or self.path, form)

    def letters(self) -> list[e.StepRecorded]:
        """What is on the record of letters sent from here."""
        found = [w.recorded.event for w in read_whole(self.story.case)]
        return [one for one in found if isinstance(one, e.StepRecorded) and one.letter_to]


def a_place(content: bytes) -> Place:
    town = a_whole_town()
    Person.objects.exclude(id="").update(name=NAME)
    puts_in_force(town, content)
    story = Live(town, now=NOW - timedelta(hours=6), step=timedelta(minutes=10))
    story.begins(children=(("child", CHILD),), dispute=f"{WORDS} in dispute", why_unsafe=WORDS)
    return Place(town, story)


@pytest.fixture
def bexley() -> Place:
    """Under Bexley's policy; the chair of its board has signed in before."""
    place = a_place(policy_file("bexley"))
    d.an_account(place.town.people[CHAIR], "chair@board.example")
    return place


def tried(place: Place) -> None:
    """The agencies have talked under their own policies and see it differently."""
    talk = e.StepRecorded(step=Code("settle"), how=Code("telephone"), result=Code("not_agreed"),
                          agencies=(Id(place.town.agencies["care"]),))  # fmt: skip
    place.story.acts(talk)


def boxes(page: str) -> list[str]:
    found = re.findall(r'<textarea[^>]*name="says_\d"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return [unescape(text).strip() for text in found]


def deliver(server: MailServer, at: datetime) -> None:
    smtp = SmtpChannel(partial(get_connection, SMTP, host="127.0.0.1", port=server.port, timeout=2))
    while take(Deliver("one", smtp), at) is Turn.WORKED:
        pass


def marked_letters(server: MailServer) -> list[Message]:
    return [one for one in server.letters() if subject(one).startswith(MARKED)]


def subject(letter: Message) -> str:
    """The subject as a mail program shows it: a line that was folded is one line again."""
    unfolded = re.sub(r"\r?\n[ \t]", " ", str(letter["Subject"]))
    return str(make_header(decode_header(unfolded)))


def whole(letter: Message) -> str:
    """All of an e-mail as people and machines may read it."""
    parts = [part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()]
    return letter.as_string() + "".join(part.decode() for part in parts if isinstance(part, bytes))


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


# --- other policies ------------------------------------------------------------------------------


def with_a_letter(**letter: Any) -> Place:
    """Under a policy that has this letter at its first stage."""
    step = a_step("email", by="raising", settles=False, **letter)
    one, *others = stages()
    return a_place(written(stages=[{**one, "steps": [*one["steps"], step]}, *others]))


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
