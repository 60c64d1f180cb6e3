"""A town under a policy with a letter, and a mail server that takes it, for the tests of letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from functools import partial
from html import unescape
from typing import Any

from django.core.mail import get_connection
from django.test import Client

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.journal.reading import read_whole
from counterpart.messages.channels import SmtpChannel
from counterpart.people.models import Account, Person
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import directory as d
from tests.kinds import a_step, stages, written
from tests.live import Live, a_whole_town, policy_file, puts_in_force
from tests.mailserver import MailServer
from tests.signed_in import sign_in
from tests.town import CHAIR, RAISER, Town

NOW = datetime.now(UTC)  # the pages read the real clock
BOARD = "bscb@bexley.gov.uk"
MARKED = "For the attention of the Independent Chair"
NAME, CHILD, WORDS = "Quillfeather", "Zebediah-0417", "Wexcombe marmalade"
CANARIES = (NAME, CHILD, "Wexcombe", "marmalade", "Oakfield", "dispute")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
MANAGER = "office.business_manager"


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


def at_bexley() -> Place:
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
    smtp = SmtpChannel(
        partial(get_connection, SMTP, host="127.0.0.1", port=server.port, timeout=30)
    )
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


def with_a_letter(**letter: Any) -> Place:
    """Under a policy that has this letter at its first stage."""
    step = a_step("email", by="raising", settles=False, **letter)
    one, *others = stages()
    return a_place(written(stages=[{**one, "steps": [*one["steps"], step]}, *others]))
