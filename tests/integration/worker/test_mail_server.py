"""Delivering to a real mail server that accepts, refuses or hangs, and workers that are killed on the way."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections

from counterpart.messages import routines
from counterpart.messages.channels import Channel, SmtpChannel
from counterpart.messages.holding import LONGEST_HOLD
from counterpart.messages.kinds import LATER, REFUSED, UNREACHABLE
from counterpart.messages.models import OutboxRow
from counterpart.messages.outbox import BATCH, LEASE
from counterpart.worker.running import Turn, take
from counterpart.worker.steps import Deliver
from tests import installation, mailserver
from tests.integration.messages.stories import (
    HOUR,
    NOW,
    RecordingChannel,
    an_office,
    owed,
)
from tests.mailserver import MailServer
from tests.site import free_port

IN_TIME = 60.0  # seconds, for another process to get somewhere
LITTLE = 4.0  # seconds: what a server that does answer has time enough for, on a machine that is busy too
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mailserver.running(tmp_path / "mail") as running:
        yield running


def smtp(port: int, *, patience: float = 30.0) -> Channel:
    """SMTP to that port, with so many seconds of patience: little for a server that is not to answer at all."""
    return SmtpChannel(partial(get_connection, SMTP, host="127.0.0.1", port=port, timeout=patience))


def message_ids(server: MailServer) -> list[str]:
    """The Message-ID of each letter the server has."""
    return [str(letter["Message-ID"]) for letter in server.letters()]


def a_message(now: datetime = NOW) -> OutboxRow:
    """A message to somebody with an address."""
    office = an_office()
    (row,) = owed(office, office.post(email="holder@agency.example"), now=now)
    return row


# --- one step against the server -----------------------------------------------------------------


@pytest.mark.django_db
def test_a_message_is_delivered_once(server: MailServer) -> None:
    row = a_message()
    deliver = Deliver("one", smtp(server.port))

    assert [take(deliver, NOW) for _ in range(3)] == [Turn.WORKED, Turn.IDLE, Turn.IDLE]

    (letter,) = server.letters()
    assert (letter["To"], letter["Message-ID"]) == ("holder@agency.example", row.message_id)
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mood", "reason"), [(mailserver.REFUSE, REFUSED), (mailserver.LATER, LATER)]
)
def test_a_message_that_is_refused_is_tried_again_and_delivered(
    server: MailServer, mood: str, reason: str
) -> None:
    row = a_message()
    deliver = Deliver("one", smtp(server.port))
    server.do(mood)
    take(deliver, NOW)
    row.refresh_from_db()
    assert (row.reason, row.sent_at) == (reason, None)
    assert server.letters() == []

    server.do(mailserver.ACCEPT)
    take(deliver, NOW + HOUR)
    assert message_ids(server) == [row.message_id]


@pytest.mark.django_db
def test_a_server_that_hangs_is_timed_out_and_tried_again(server: MailServer) -> None:
    row = a_message()
    deliver = Deliver("one", smtp(server.port, patience=LITTLE))
    server.do(mailserver.HANG)
    assert take(deliver, NOW) is Turn.WORKED
    row.refresh_from_db()
    assert (row.reason, row.sent_at) == (UNREACHABLE, None)

    server.do(mailserver.ACCEPT)
    take(deliver, NOW + LONGEST_HOLD)
    assert message_ids(server) == [row.message_id]


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_tried_again_when_it_is(tmp_path: Path) -> None:
    row = a_message()
    take(Deliver("one", smtp(free_port())), NOW)
    row.refresh_from_db()
    assert row.reason == UNREACHABLE

    with mailserver.running(tmp_path / "mail") as server:
        take(Deliver("one", smtp(server.port)), NOW + LONGEST_HOLD)
        assert message_ids(server) == [row.message_id]


@pytest.mark.django_db
def test_a_letter_accepted_without_an_answer_is_sent_again_as_the_same_message(
    server: MailServer,
) -> None:
    row = a_message()
    deliver = Deliver("one", smtp(server.port, patience=LITTLE))
    server.do(mailserver.SWALLOW)
    take(deliver, NOW)
    server.do(mailserver.ACCEPT)
    take(deliver, NOW + LONGEST_HOLD)

    assert message_ids(server) == [row.message_id] * 2


@pytest.mark.django_db
def test_many_messages_go_over_one_connection(server: MailServer) -> None:
    office = an_office()
    for n in range(5):
        owed(office, office.post(email=f"holder{n}@agency.example"))
    connections_made: list[object] = []

    def connect() -> BaseEmailBackend:
        connections_made.append(None)
        return get_connection(SMTP, host="127.0.0.1", port=server.port, timeout=30)

    take(Deliver("one", SmtpChannel(connect)), NOW)

    assert len(server.letters()) == 5
    assert len(connections_made) == 1


@pytest.mark.django_db
def test_one_refused_address_leaves_the_connection_to_the_others(server: MailServer) -> None:
    office = an_office()
    for name in ("nobody", "somebody"):
        owed(office, office.post(email=f"{name}@agency.example"))
    server.do(f"{mailserver.REFUSE} nobody@agency.example")
    take(Deliver("one", smtp(server.port)), NOW)

    assert [letter["To"] for letter in server.letters()] == ["somebody@agency.example"]


# --- two workers -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_message() -> None:
    office = an_office()
    wanted = {f"holder{n}@agency.example" for n in range(BATCH + 10)}
    for address in sorted(wanted):
        owed(office, office.post(email=address))
    channel, together = RecordingChannel(), threading.Barrier(2)

    def work(worker: str) -> int:
        try:
            together.wait(IN_TIME)
            return _until_idle(Deliver(worker, channel), NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(work, ("one", "two")))

    assert sum(done) >= 2
    assert sorted(channel.addresses) == sorted(wanted)


# --- workers in processes of their own -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_acceptance_and_mark_leads_to_the_same_message_again(
    server: MailServer,
) -> None:
    row = a_message(datetime.now(UTC))
    server.do(mailserver.SWALLOW)
    with a_worker(server) as worker:
        wait_until(lambda: len(server.letters()) == 1)
        worker.kill()
    row.refresh_from_db()
    assert row.sent_at is None

    server.do(mailserver.ACCEPT)
    deliver = Deliver("another", smtp(server.port))
    now = datetime.now(UTC)
    assert take(deliver, now) is Turn.IDLE
    assert take(deliver, now + LEASE) is Turn.WORKED

    first, second = server.letters()
    for header in ("Message-ID", "Date", "Subject", "To"):
        assert first[header] == second[header]
    assert first["Message-ID"] == row.message_id


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_acceptance_loses_nothing(server: MailServer) -> None:
    row = a_message(datetime.now(UTC))
    server.do(mailserver.HANG)
    with a_worker(server) as worker:
        wait_until(lambda: _is_claimed(row))
        worker.kill()

    server.do(mailserver.ACCEPT)
    take(Deliver("another", smtp(server.port)), datetime.now(UTC) + LEASE)

    assert message_ids(server) == [row.message_id]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_has_worked_and_ends_well(server: MailServer, number: int) -> None:
    row = a_message(datetime.now(UTC))
    with a_worker(server) as worker:
        wait_until(lambda: _is_sent(row) and routines.last_worked_at() is not None)
        worker.send_signal(number)
        assert worker.wait(IN_TIME) == 0

    assert message_ids(server) == [row.message_id]


@contextlib.contextmanager
def a_worker(server: MailServer) -> Iterator["subprocess.Popen[bytes]"]:
    """`counterpart worker` on the tests' database, sending to that server."""
    environment = installation.environment_for(settings.HOME, database_url=_database_url())
    environment |= {
        "COUNTERPART_DEMO": "",
        "COUNTERPART_HOSTS": "localhost",
        "COUNTERPART_SMTP_HOST": "127.0.0.1",
        "COUNTERPART_SMTP_PORT": str(server.port),
    }
    command = [sys.executable, "-m", "counterpart.cli", "worker"]
    with subprocess.Popen(command, env=environment) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another process to have done something."""
    deadline = time.monotonic() + IN_TIME
    while not is_so():
        assert time.monotonic() < deadline, "another process did not get there"
        time.sleep(0.05)


def _until_idle(deliver: Deliver, now: datetime) -> int:
    done = 0
    while take(deliver, now) is Turn.WORKED:
        done += 1
    return done


def _is_claimed(row: OutboxRow) -> bool:
    return OutboxRow.objects.filter(id=row.id, claimed_until__isnull=False).exists()


def _is_sent(row: OutboxRow) -> bool:
    return OutboxRow.objects.filter(id=row.id, sent_at__isnull=False).exists()


def _database_url() -> str:
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    return f"postgresql://{chosen['USER']}@{quote(chosen['HOST'], safe='')}/{chosen['NAME']}"
