"""A database that cannot write, or cannot be reached, in the middle of an act: nothing is half done, and it is said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from counterpart.config.logs import QuietFormatter
from counterpart.journal.models import Event, Submission, Words
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.models import Notice, OutboxRow
from tests import directory as d
from tests.integration.web.cases import a_case
from tests.integration.web.northmere import Northmere, northmere, signed_in

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
CANARY = "Zebediah Quillfeather"
OURS = {"Origin": "http://testserver"}
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def failing(message: str, *, after: int) -> Iterator[None]:
    """The database refuses every write but the first `after` of them."""
    left = [after]

    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            left[0] -= 1
            if left[0] < 0:
                raise OperationalError(f"{message}: {rest[0]}")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def counts() -> tuple[int, ...]:
    tables: tuple[Any, ...] = (Event, Words, Submission, CaseRow, DutyRow, Notice, OutboxRow)
    return tuple(table.objects.count() for table in tables)


@pytest.fixture
def place() -> Northmere:
    return northmere()


@pytest.fixture
def teacher(place: Northmere) -> Client:
    client = signed_in(place.teacher, "teacher@x.example")
    client.raise_request_exception = False
    return client


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_at_any_point_leaves_nothing_and_keeps_the_text(
    place: Northmere, teacher: Client
) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    before, key = counts(), d.new_id()
    sent = {"gap": f"{CANARY} says there is no rule.", "idempotency_key": key}
    for after in range(60):
        with failing("database or disk is full", after=after):
            answer = teacher.post(f"/cases/{reference}/gap", sent, headers=OURS)
        if answer.status_code == 303:
            break
        assert answer.status_code == 503
        assert counts() == before, f"after {after} writes"
        said = answer.content.decode()
        assert CANARY in said
        assert key in said
        assert "disk" not in said
        assert "Traceback" not in said
    else:
        raise AssertionError("it never went through")
    assert after > 3
    assert Event.objects.count() == before[0] + 1


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_sent_in_their_name_is_not_shown(
    place: Northmere, teacher: Client
) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    with failing("database is locked", after=0):
        answer = teacher.post(f"/cases/{reference}/gap", {"gap": CANARY})
    assert answer.status_code == 503
    assert CANARY not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_log_of_a_fault_holds_nothing_of_what_was_sent(
    place: Northmere, teacher: Client, caplog: pytest.LogCaptureFixture
) -> None:
    reference = a_case(place, AN_HOUR_AGO)
    with failing(f"value {CANARY}", after=2):
        teacher.post(f"/cases/{reference}/gap", {"gap": CANARY}, headers=OURS)
    assert any(record.exc_info for record in caplog.records)
    formatter = QuietFormatter("%(levelname)s %(name)s %(message)s")
    for record in caplog.records:
        record.exc_text = None  # what the test's own handler has kept
        assert CANARY not in formatter.format(record)
        assert "Zebediah" not in formatter.format(record)
    assert logging.getLogger("django.request").name in {record.name for record in caplog.records}


@pytest.mark.django_db(transaction=True)
def test_a_look_that_cannot_be_written_down_is_not_given(place: Northmere, teacher: Client) -> None:
    """Every read is on record: where the row cannot be written, the page is not shown."""
    reference = a_case(place, AN_HOUR_AGO)
    with failing("database or disk is full", after=0):
        answer = teacher.get(f"/cases/{reference}")
    assert answer.status_code == 503
    assert "Two new bruises" not in answer.content.decode()
