"""Duties climb their ladders: each rung is told once, whatever stops or starts, and ends with the duty."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from counterpart.access.permission import can
from counterpart.access.visibility import kept_from_desk
from counterpart.casework import acts, climbing
from counterpart.casework.climbing import climb, climb_case
from counterpart.casework.upkeep import rebuild, refresh_duties
from counterpart.engine.events import PersonKeptOut
from counterpart.engine.kinds import Code, Id
from counterpart.engine.notices import DUE_SOON, JUST_MISSED, LATE, NEW_DUTY
from counterpart.journal.errors import OutsideTransaction
from counterpart.lists.models import DutyRow
from counterpart.messages.climbing import keep
from counterpart.messages.kinds import NOBODY, OVERTAKEN, TOLD
from counterpart.messages.models import Notice, OutboxRow, Rung
from tests.integration.messages.stories import a_duty
from tests.kinds import ALL, a_step, stages, written
from tests.live import Live, puts_in_force
from tests.town import CHAIR, MONDAY, RAISER, Town, town

DAY = timedelta(days=1)
MANAGER, OPERATIONS = "school.line_manager", "school.operations_manager"
LEAD, OFFICE = "school.designated_safeguarding_lead", "office.business_manager"
WEDNESDAY = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
"""The day on which the talk, begun on Monday the 2nd, is due; it is due as it ends."""
THURSDAY, FRIDAY, SATURDAY = (WEDNESDAY + n * DAY for n in (1, 2, 3))
A_WEEK_ON = WEDNESDAY + 7 * DAY


def a_rung(id: str, when: str, *tells: str, **keys: Any) -> dict[str, Any]:
    return {"id": id, "when": when, "tells": list(tells), **ALL, **keys}


def begun(place: Town, *ladder: dict[str, Any], **talk: Any) -> Live:
    """A case of Monday with a talk due on Wednesday, under a policy with this ladder or none."""
    puts_in_force(
        place, written(stages=stages(steps=[a_step("talk", **talk)]), ladder=list(ladder))
    )
    return Live(place, now=MONDAY).begins(grounds=("plan",))


def agreed(case: Live, at: datetime) -> None:
    """The two sides settle it, and so the talk is done."""
    case.now = at
    case.records("talk", "agreed", agencies=case.state.receiving_agencies, happened_at=at)


def told(place: Town) -> list[tuple[str, str]]:
    """The kind of each notice of a ladder and the post it is to, oldest first."""
    posts = {post: who for who, post in place.posts.items()}
    rows = Notice.objects.exclude(kind=NEW_DUTY).order_by("made_at", "id")
    climbed = [row for row in rows if row.kind in (DUE_SOON, JUST_MISSED, LATE)]
    return [(row.kind, posts[row.to]) for row in climbed]


def outcomes() -> dict[str, str]:
    return dict(Rung.objects.order_by("reached_at").values_list("rung", "outcome"))


@pytest.fixture
def place() -> Town:
    return town()


pytestmark = pytest.mark.django_db


def test_where_the_policy_sets_no_ladder_the_usual_one_is_climbed_rung_by_rung(
    place: Town,
) -> None:
    begun(place)
    for at in (MONDAY, MONDAY + DAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, A_WEEK_ON):
        climb(at)
    assert told(place) == [
        (DUE_SOON, RAISER),
        (JUST_MISSED, RAISER),
        (LATE, MANAGER),
        (LATE, RAISER),
        (LATE, MANAGER),
        (LATE, LEAD),
        (LATE, OFFICE),
    ]
    assert outcomes() == {"soon": TOLD, "due": TOLD, "late": TOLD, "very-late": TOLD}
    assert not DutyRow.objects.filter(next_rung_at__isnull=False).exists()


def test_only_what_was_just_missed_is_mailed_to_its_owner_at_once(place: Town) -> None:
    begun(place)
    OutboxRow.objects.all().delete()
    for at in (WEDNESDAY, THURSDAY, FRIDAY, SATURDAY):
        climb(at)
    (mail,) = OutboxRow.objects.all()
    assert (mail.template, mail.to) == (JUST_MISSED, place.posts[RAISER])


def test_a_rung_is_told_once_however_often_the_step_is_run(place: Town) -> None:
    case = begun(place).case
    assert climb(WEDNESDAY) == 1
    before = told(place)
    assert climb(WEDNESDAY) == climb(WEDNESDAY + timedelta(minutes=1)) == 0
    refresh_duties(WEDNESDAY)
    rebuild(case, WEDNESDAY)  # forgets how far each duty has climbed
    assert climb(WEDNESDAY + timedelta(hours=1)) == 0
    assert told(place) == before


def test_what_was_told_falls_with_a_step_that_was_cut_off_and_is_told_by_the_next(
    place: Town,
) -> None:
    case = begun(place).case
    with transaction.atomic():
        climb_case(case, WEDNESDAY)
        assert told(place) == [(DUE_SOON, RAISER)]
        transaction.set_rollback(True)
    assert (told(place), outcomes()) == ([], {})
    assert climb(WEDNESDAY) == 1
    assert told(place) == [(DUE_SOON, RAISER)]


def test_after_a_week_without_a_worker_only_the_latest_rung_is_told(place: Town) -> None:
    begun(place)
    climb(A_WEEK_ON)
    assert told(place) == [(LATE, OFFICE)]
    assert outcomes() == {
        "soon": OVERTAKEN,
        "due": OVERTAKEN,
        "late": OVERTAKEN,
        "very-late": TOLD,
    }


def test_it_ends_by_itself_when_the_duty_is_done(place: Town) -> None:
    case = begun(place)
    climb(WEDNESDAY)
    agreed(case, MONDAY + timedelta(hours=1))
    climb(A_WEEK_ON)
    assert (DUE_SOON, RAISER) in told(place)
    assert not [kind for kind, _ in told(place) if kind == JUST_MISSED]


def test_a_duty_without_a_time_has_no_rung(place: Town) -> None:
    begun(place, limit="not stated")
    assert climb(A_WEEK_ON) == 0
    assert told(place) == []


def test_the_ladder_of_the_policy_is_climbed_where_it_sets_one(place: Town) -> None:
    begun(place, a_rung("chair", "1 working day after", "partnership.chair"))
    climb(FRIDAY)
    assert told(place) == [(LATE, CHAIR)]


def test_who_is_told_may_see_the_case_for_as_long_as_it_is_to_be_done(place: Town) -> None:
    case = begun(place, a_rung("up", "at", "owner.senior"))
    seen_by = place.people[OPERATIONS]

    def sees(at: datetime) -> bool:
        return can(seen_by, "see_case", case.case, at).is_allowed

    assert not sees(WEDNESDAY)
    climb(THURSDAY)
    assert sees(THURSDAY)
    refresh_duties(THURSDAY)
    assert sees(THURSDAY)
    agreed(case, THURSDAY)
    assert not sees(FRIDAY)


def unheard_on_the_desk(place: Town, at: datetime) -> list[str]:
    kept = kept_from_desk(place.people[OFFICE], place.partnership, at)
    assert kept is not None
    return [row.clock for row in climbing.unheard(place.partnership, kept)]


CHAIR_LATER = a_rung("chair", "5 working days after", "partnership.chair")


def test_a_rung_with_nobody_is_on_the_desk_and_the_next_is_told_at_once() -> None:
    place = town(vacant=[OPERATIONS])
    case = begun(place, a_rung("senior", "at", "owner.senior"), CHAIR_LATER)
    climb(THURSDAY)
    assert told(place) == [(LATE, CHAIR)]
    assert outcomes() == {"senior": NOBODY, "chair": TOLD}
    assert unheard_on_the_desk(place, THURSDAY) == ["talk"]
    agreed(case, THURSDAY)
    assert unheard_on_the_desk(place, FRIDAY) == []


def test_a_post_whose_only_holder_is_kept_from_the_case_is_nobody(place: Town) -> None:
    case = begun(place, a_rung("senior", "at", "owner.senior"), CHAIR_LATER)
    case.acts(PersonKeptOut(person=Id(place.people[OPERATIONS]), reason=Code("family_tie")))
    climb(THURSDAY)
    assert told(place) == [(LATE, CHAIR)]
    assert unheard_on_the_desk(place, THURSDAY) == ["talk"]


def test_where_nobody_at_all_can_be_told_it_stands_on_the_desk(place: Town) -> None:
    place = town(vacant=[OPERATIONS, CHAIR])
    begun(place, a_rung("senior", "at", "owner.senior"), CHAIR_LATER)
    climb(THURSDAY)
    assert (told(place), outcomes()) == ([], {"senior": NOBODY})
    assert unheard_on_the_desk(place, THURSDAY) == ["talk"]


def test_when_the_due_time_moves_what_fired_stays_fired(place: Town) -> None:
    case = begun(place, limit={"shorter_of": ["2 working days", "protects the child"]})
    climb(WEDNESDAY)
    assert told(place) == [(DUE_SOON, RAISER)]
    case.now = WEDNESDAY
    case.does(
        acts.set_limit,
        CHAIR,
        clock="talk",
        due_at=WEDNESDAY + timedelta(hours=3),
        reason="He goes home today.",
    )
    before = DutyRow.objects.get(clock="talk")
    assert before.due_at == WEDNESDAY + timedelta(hours=3)
    climb(WEDNESDAY + timedelta(hours=2))
    assert told(place) == [(DUE_SOON, RAISER)]
    climb(WEDNESDAY + timedelta(hours=4))
    assert told(place)[1:] == [(JUST_MISSED, RAISER), (LATE, MANAGER)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_a_rung_once_between_them() -> None:
    place = town()
    case = begun(place).case
    gate = threading.Barrier(2)

    def work(_: int) -> int:
        try:
            gate.wait(timeout=30)
            return climb_case(case, WEDNESDAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 1]
    assert told(place) == [(DUE_SOON, RAISER)]
    assert outcomes() == {"soon": TOLD}


@pytest.mark.django_db(transaction=True)
def test_a_rung_cannot_be_kept_outside_the_transaction_of_what_was_told() -> None:
    with pytest.raises(OutsideTransaction):
        keep("c" * 32, a_duty(), {}, MONDAY)
