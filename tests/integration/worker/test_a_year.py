"""A simulated year of a partnership, judged by a witness who knows none of the code that sends.

`COUNTERPART_TEST_YEAR` is the seed of another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q

from counterpart.lists.models import CaseRow
from counterpart.messages import recipients
from counterpart.messages.kinds import NO_ACCESS
from counterpart.messages.models import OutboxRow, Rung
from counterpart.people.models import Account
from counterpart.worker.running import Step
from counterpart.worker.steps import CLIMB, all_steps
from tests.integration.worker.a_year import CASES, Year

pytestmark = pytest.mark.django_db(transaction=True)

SEED = int(os.environ.get("COUNTERPART_TEST_YEAR", "2026"))


@pytest.fixture(autouse=True)
def _no_need_to_last() -> Iterator[None]:
    """What is committed here need not be there after a power cut: a year has some ten thousand commits."""
    if connection.vendor == "sqlite":
        _run("PRAGMA synchronous = OFF")
    yield
    if connection.vendor == "sqlite":
        _run("PRAGMA synchronous = FULL")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_year_of_a_partnership() -> None:
    witness = Year(SEED).plays()

    assert CaseRow.objects.count() == len(witness.cases) == CASES
    assert witness.wrong == []
    assert witness.lates > 50
    assert sum(witness.digests_a_day().values()) > 300
    assert max(witness.digests_a_day().values()) == 1
    twice = Rung.objects.values("duty", "rung").annotate(times=Count("id")).filter(times__gt=1)
    assert not twice.exists()
    assert max(witness.told_of_being_late().values()) == 1
    # All has gone, but what nobody in its post may see any more: that is in front of the office.
    shown = Q(reason=NO_ACCESS, failed_at__isnull=False)
    assert not OutboxRow.objects.filter(~shown, sent_at__isnull=True).exists()


def a_short_one(**how: Any) -> Year:
    return Year(SEED, days=40, cases=30, **how)


def test_the_witness_sees_it_where_nobody_asks_who_has_to_do_with_a_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: without that question the same play must be found wanting, or the year shows nothing."""

    def whoever_has_an_address(rows: Sequence[OutboxRow], _at: datetime) -> dict[str, list[str]]:
        everybody = list(Account.objects.values_list("person_id", flat=True))
        return {row.id: everybody for row in rows}

    monkeypatch.setattr(recipients, "visible", _every_case)
    monkeypatch.setattr(recipients, "_people", whoever_has_an_address)
    wrong = a_short_one().plays().wrong
    assert [found for found in wrong if "has nothing to do with" in found]


def test_the_witness_sees_it_where_nobody_is_told_of_what_is_late() -> None:
    def without_the_ladder(worker: str) -> list[Step[Any]]:
        return [step for step in all_steps(worker) if step.name != CLIMB]

    wrong = a_short_one(steps=without_the_ladder).plays().wrong
    assert [found for found in wrong if "nobody had heard a day later" in found]


def _every_case(*_: object) -> Any:
    return CaseRow.objects.values_list("case", flat=True)
