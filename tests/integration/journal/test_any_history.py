"""Any history is given back by the database as it was written, on both databases."""

import uuid
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterpart.engine.registry import Recorded
from counterpart.journal import reading
from counterpart.journal.writing import New, append
from tests.property.journal.strategies import INSTANTS, NEWS


@pytest.mark.django_db
@given(st.lists(NEWS, min_size=1, max_size=4), INSTANTS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_history_comes_back_from_the_database(news: list[New], written_at: datetime) -> None:
    stream = uuid.uuid4().hex
    half = len(news) // 2 or len(news)
    with transaction.atomic():
        made = append(stream, "case", 0, news[:half], written_at=written_at)
        if news[half:]:
            made += append(stream, "case", half, news[half:], written_at=written_at)
    whole = reading.read_whole(stream)
    assert [one.recorded for one in whole] == [
        Recorded(
            id=new.id,
            stream=stream,
            version=version,
            happened_at=new.happened_at,
            written_at=written_at,
            actor=new.actor,
            event=new.event,
        )
        for version, new in enumerate(news, start=1)
    ]
    assert [dict(one.names) for one in whole] == [dict(new.names) for new in news]
    assert reading.read_facts(stream) == made
