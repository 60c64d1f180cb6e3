"""The lists are what the journal says, and nothing else: making them anew from it changes no row.

For the whole demonstration, and for histories that Hypothesis makes by pressing whatever can be pressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import event as note
from hypothesis import strategies as st

from counterpart.casework.demonstration import seed, sign_ins
from counterpart.casework.demonstration.places import PLACES
from counterpart.casework.upkeep import rebuild, refresh_duties
from counterpart.casework.writing import Done, load
from counterpart.engine import events as e
from counterpart.engine.deciding import Option, options
from counterpart.journal import reading
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.models import Notice, OutboxRow
from counterpart.people.models import Holding
from tests.integration.casework.pressing import LEADS_ON, come_and_go, press
from tests.integration.casework.standing import everything, lists
from tests.town import HOUR, Story, Town, town

pytestmark = pytest.mark.django_db

AFTERNOON = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)


def make_anew(cases: Iterable[str], now: datetime) -> None:
    for case in cases:
        rebuild(case, now)


def test_the_demonstration_equals_a_replay_and_is_what_it_promises() -> None:
    seed(now=AFTERNOON)
    cases = [head.id for head in reading.all_streams("case")]
    before = everything()
    make_anew(cases, AFTERNOON)
    assert everything() == before
    refresh_duties(AFTERNOON)
    assert everything() == before
    # What issue 2 asks of it, and that nothing in it happens after now.
    rows = list(CaseRow.objects.all())
    assert len(cases) == len(rows) >= 40
    assert len(PLACES) >= 12
    assert Holding.objects.count() >= 60
    assert {row.stage for row in rows if row.status == "open"} == {
        "own-manager", "other-worker", "managers", "seniors", "panel",
    }  # fmt: skip
    assert DutyRow.objects.filter(due_at__lt=AFTERNOON).exists()
    assert DutyRow.objects.exclude(nobody="").exists()
    assert any(row.is_urgent and row.status == "open" for row in rows)
    assert min(row.raised_at for row in rows) < AFTERNOON - timedelta(days=340)
    assert max(row.last_at for row in rows) <= AFTERNOON
    kinds = {type(entry.event) for case in cases for entry in reading.read_facts(case)}
    # And what happens when cases end, so that nobody who looks at it meets an empty page.
    assert kinds >= {
        e.AdviceRecorded, e.PanelMet, e.PanelDecided, e.OutcomeConfirmed, e.OutcomeDissented,
        e.RecordPlaced, e.LearningPointRecorded, e.LearningPointReferred, e.LearningPointDone,
        e.DebriefAnswered,
    }  # fmt: skip
    assert len(sign_ins()) >= 10


# --- histories that Hypothesis makes ----------------------------------------------------------------


@pytest.fixture
def place() -> Town:
    return town()


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_any_history_equals_a_replay_which_changes_nothing_and_owes_no_word(
    place: Town, data: st.DataObject
) -> None:
    choose: Any = data.draw
    with transaction.atomic():
        others = choose(st.sampled_from([("care",), ("care", "police")]))
        story = Story(place).raised(
            receiving=tuple((place.agencies[key], None, "") for key in others),
            is_urgent=choose(st.booleans()),
        )
        for _ in range(choose(st.integers(8, 30))):
            loaded = load(story.case)
            everything = options(
                loaded.policy, loaded.state, now=story.now, calendar=loaded.calendar
            )
            can_be = [o for o in everything if o.is_allowed]
            leads_on = [o for o in can_be if o.event in LEADS_ON]
            wanted = leads_on if leads_on and choose(st.integers(0, 3)) else can_be
            option: Option = choose(st.sampled_from(wanted))
            answer = press(story, option.event, option.target, choose)
            note("done" if isinstance(answer, Done) else answer.code)
            if choose(st.integers(0, 9)) == 0:
                come_and_go(story, choose)
            story.now += HOUR * choose(st.sampled_from([1, 30]))
        note(f"at {story.state.stage}, {story.state.status}")
        refresh_duties(story.now)
        owed = Notice.objects.count(), OutboxRow.objects.count()
        before = lists()
        rebuild(story.case, story.now)
        assert lists() == before
        assert (Notice.objects.count(), OutboxRow.objects.count()) == owed
        transaction.set_rollback(True)
