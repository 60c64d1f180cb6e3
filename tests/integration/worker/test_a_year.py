"""A simulated year of a partnership, judged by a witness who knows none of the code that sends."""

from __future__ import annotations

import os

import pytest

from counterpart.lists.models import CaseRow
from counterpart.messages.models import OutboxRow
from tests.integration.worker.a_year import CASES, Year

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("COUNTERPART_TEST_YEAR", "2026"))


def test_a_year_of_a_partnership() -> None:
    year = Year(SEED)
    witness = year.plays()

    assert CaseRow.objects.count() == len(witness.cases) == CASES
    assert witness.wrong == []
    assert max(witness.digests_a_day().values()) == 1
    assert witness.lates > 100
    assert not OutboxRow.objects.filter(sent_at__isnull=True).exists()
