"""Messages as e-mail, and the channel of the demonstration."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.conf import LazySettings

from counterpart.messages import mailbox
from counterpart.messages.channels import (
    MailboxChannel,
    NotTaken,
    SmtpChannel,
    as_email,
    channel,
)
from counterpart.messages.composing import Message
from counterpart.messages.kinds import REFUSED, UNREACHABLE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MESSAGE = Message(
    subject="Counterpart 7F3K-92MQ: something for you to do",
    text="Reference: 7F3K-92MQ\n",
    html="<p>Reference: 7F3K-92MQ</p>\n",
    message_id="<0@counterpart.example.org>",
    written_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
)


def test_an_e_mail_says_that_no_person_wrote_it_and_keeps_its_own_message_id_and_date() -> None:
    raw = as_email(MESSAGE, "amara.osei@oakfield.example").message().as_bytes()
    parsed = message_from_bytes(raw)

    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed.get_all("Message-ID") == ["<0@counterpart.example.org>"]
    assert parsed.get_all("Date") == ["Fri, 20 Nov 2026 09:00:00 +0000"]
    assert parsed["To"] == "amara.osei@oakfield.example"
    kinds = [part.get_content_type() for part in parsed.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_the_demonstration_keeps_each_message_where_its_mailbox_page_finds_it(
    tmp_path: Path,
) -> None:
    MailboxChannel(tmp_path / "mailbox").send(MESSAGE, "amara.osei@oakfield.example", NOW)

    (letter,) = mailbox.letters(tmp_path / "mailbox").letters
    assert letter.kept_at == NOW
    assert letter.header("subject") == MESSAGE.subject
    assert letter.header("To") == "amara.osei@oakfield.example"
    assert letter.text == MESSAGE.text
    assert letter.html == MESSAGE.html


def test_a_folder_that_cannot_be_written_is_a_channel_that_is_not_to_be_had(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("a file where the folder should be")

    with pytest.raises(NotTaken) as fault:
        MailboxChannel(tmp_path / "mailbox").send(MESSAGE, "amara.osei@oakfield.example", NOW)

    assert fault.value.is_of_the_channel


class Server:
    """As Django's connection to a mail server; each letter meets the next of `faults`, None for none."""

    def __init__(self, faults: list[Exception | None]) -> None:
        self.faults, self.taken, self.opened = faults, 0, 0

    def open(self) -> bool:
        """A new connection."""
        self.opened += 1
        return True

    def close(self) -> None:
        """Goodbye."""

    def send_messages(self, _messages: object) -> int:
        """Take them, or not."""
        fault = self.faults.pop(0)
        if fault is not None:
            raise fault
        self.taken += 1
        return 1


def sent_through(*faults: Exception | None) -> tuple[Server, list[str]]:
    """Send one letter after another until no fault is left, and say why any was not taken."""
    server, reasons = Server(list(faults)), []
    smtp = SmtpChannel(lambda: server)  # type: ignore[arg-type,return-value]  # as much of one as it uses
    while server.faults:
        try:
            smtp.send(MESSAGE, "amara.osei@oakfield.example", NOW)
        except NotTaken as fault:
            reasons.append(fault.reason)
    smtp.close()
    return server, reasons


def test_letters_go_over_one_connection() -> None:
    server, reasons = sent_through(None, None, None)

    assert (server.taken, server.opened, reasons) == (3, 1, [])


@pytest.mark.parametrize(
    "end",
    [SMTPServerDisconnected("closed"), SMTPSenderRefused(421, b"enough for now", "x@y.example")],
)
def test_a_connection_that_the_server_has_closed_is_opened_again(end: Exception) -> None:
    server, reasons = sent_through(None, end, None)

    assert (server.taken, server.opened, reasons) == (2, 2, [])


def test_a_server_that_closes_a_fresh_connection_is_not_asked_over_and_over() -> None:
    server, reasons = sent_through(SMTPServerDisconnected("closed"), None)

    assert (server.taken, server.opened, reasons) == (1, 2, [UNREACHABLE])


def test_a_letter_that_a_hanging_server_may_have_taken_is_not_sent_again_at_once() -> None:
    hanging = SMTPServerDisconnected("closed")
    hanging.__context__ = TimeoutError()
    server, reasons = sent_through(None, hanging)

    assert (server.taken, reasons) == (1, [UNREACHABLE])


def test_a_refused_address_keeps_the_connection() -> None:
    refused = SMTPRecipientsRefused({"amara.osei@oakfield.example": (550, b"no such mailbox")})
    server, reasons = sent_through(None, refused, None)

    assert (server.taken, server.opened, reasons) == (2, 1, [REFUSED])


def test_only_the_demonstration_keeps_its_mail_to_itself(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    settings.DEMO = True
    assert channel() == MailboxChannel(tmp_path / "mailbox")

    settings.DEMO = False
    assert isinstance(channel(), SmtpChannel)


def test_letters_come_newest_first_a_page_at_a_time(tmp_path: Path) -> None:
    kept = [
        mailbox.keep(tmp_path, f"Subject: {n}\n\nx\n".encode(), NOW + timedelta(seconds=n))
        for n in range(5)
    ]

    first = mailbox.letters(tmp_path, limit=3)
    second = mailbox.letters(tmp_path, limit=3, after=first.next)

    assert [letter.id for letter in first.letters] == [kept[4], kept[3], kept[2]]
    assert [letter.id for letter in second.letters] == [kept[1], kept[0]]
    assert second.next == ""


def test_a_page_that_is_just_full_has_nothing_older(tmp_path: Path) -> None:
    mailbox.keep(tmp_path, b"Subject: one\n\nx\n", NOW)

    assert mailbox.letters(tmp_path, limit=1).next == ""


def test_a_letter_still_being_written_is_not_there_yet(tmp_path: Path) -> None:
    name = mailbox.keep(tmp_path, b"Subject: whole\n\nx\n", NOW)
    (tmp_path / ".20261124T120000000001-0123abcd").write_bytes(b"Subject: ha")

    assert [letter.id for letter in mailbox.letters(tmp_path).letters] == [name]


@pytest.mark.parametrize(
    "name", ["", "..", "../keys/secret", "20261124T120000000000", "a" * 400, "x\x00"]
)
def test_only_an_id_opens_a_letter(tmp_path: Path, name: str) -> None:
    assert mailbox.read(tmp_path / "mailbox", name) is None


def test_a_mailbox_nobody_has_written_to_is_empty(tmp_path: Path) -> None:
    assert mailbox.letters(tmp_path / "none").letters == ()
