"""Every policy runs: somebody always has something to do, and there is an end from every stage.

Two sides disagree all the way to a stage, and settle it there. How they come to it is found by
going along the ways on; what it takes to go is what the policy asks of each.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.calendars import calendar_of
from counterpart.policy.loading import load_policy
from counterpart.policy.model import Affirmed, Policy, Step, Unresolved, WayOn
from counterpart.rehearsal.beginning import concern, who_raises
from counterpart.rehearsal.directory import made_up_directory
from counterpart.rehearsal.playing import Rehearsal
from tests.casebook import POLICIES

AREAS = sorted(path.parent.name for path in POLICIES.glob("*/policy.yaml"))
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OTHERS = (Id("social-care"), Id("health"))


@cache
def policy_of(area: str) -> Policy:
    folder = POLICIES / area
    return load_policy(
        (folder / "policy.yaml").read_bytes(), read=lambda path: (folder / path).read_bytes()
    )


STAGES = [
    pytest.param(area, stage, id=f"{area}: {stage}")
    for area in AREAS
    for stage in policy_of(area).stages
]


@cache
def a_way_to(area: str, stage: str) -> tuple[str, tuple[WayOn, ...]]:
    """A track, and the ways on from where it begins to a stage: the shortest."""
    policy = policy_of(area)
    todo: deque[tuple[str, str, tuple[WayOn, ...]]] = deque(
        (track.id, track.first, ()) for track in policy.tracks.values()
    )
    seen: set[tuple[str, str]] = set()
    while todo:
        track, at, path = todo.popleft()
        if at == stage:
            return track, path
        if (track, at) in seen:
            continue
        seen.add((track, at))
        for way in policy.ways_on.values():
            if way.leaves(at) and can_go(way) and (not way.tracks or track in way.tracks):
                todo.append((track, way.to_stage, (*path, way)))
    raise AssertionError(f"nothing leads to {stage!r} in {area}")


def can_go(way: WayOn) -> bool:
    """Whether a way asks for nothing but trying, disagreeing and saying so."""
    return not way.approval and all(
        any(isinstance(one, Unresolved | Affirmed) for one in group) for group in way.when
    )


def begun(policy: Policy, track: str) -> Rehearsal:
    directory = made_up_directory(policy, ("school", *OTHERS))
    raised = concern(policy, directory, {"by": "school", "with": OTHERS, "track": track})
    by = who_raises(raised, directory)
    return Rehearsal(
        policy, raised, at=MONDAY, by=by, directory=directory, calendar=calendar_of(policy)
    )


def does(case: Rehearsal, event: Any) -> None:
    """Something happens an hour later; while the case is open somebody has something to do."""
    by = case.actor_at("school", case.policy.stages[case.state.stage].speaks["raising"])
    refusal = case.propose(event, now=case.now + HOUR, by=by)
    assert refusal is None, (event, refusal)
    assert case.duties() or not case.state.is_open, event


def a_step(step: Step, result: str) -> e.StepRecorded:
    came_of_it, agencies = (result, OTHERS) if step.settles else ("done", ())
    return e.StepRecorded(
        step=Code(step.id), how=Code("video"), result=Code(came_of_it), agencies=agencies
    )


def comes_to(area: str, stage: str) -> Rehearsal:
    """A case in which nobody agreed until it came to this stage."""
    track, path = a_way_to(area, stage)
    case = begun(policy_of(area), track)
    for way in path:
        for step in case.policy.stages[case.state.stage].steps:
            if step.id in way.after or (step.settles and way.unresolved):
                does(case, a_step(step, "not_agreed"))
        said = tuple(
            Code(one.condition)
            for group in way.when
            for one in group
            if isinstance(one, Affirmed) and len(group) == 1
        )
        does(case, case.move(way.id, grounds=said, reason=Words("It has to go on.")))
    return case


@pytest.mark.parametrize(("area", "stage"), STAGES)
def test_an_end_can_be_reached_from_every_stage(area: str, stage: str) -> None:
    case = comes_to(area, stage)
    assert case.duties()
    settling = [step for step in case.policy.stages[stage].steps if step.settles]
    for step in settling[:1]:
        does(case, a_step(step, "agreed"))
        if step.satisfies:
            does(case, e.AnswerGiven(step=Code(step.id), is_satisfied=True))
    if not settling and not case.policy.stages[stage].panel:
        # Somebody chooses here what comes next, so that it ends further on.
        assert case.policy.stages[stage].ways_on
        return
    lead = case.policy.closing.lead
    does(case, case.outcome(lead=case.actor(lead.of).post if lead else None))
    for agency in case.state.parties:
        does(case, case.confirmation(agency))
    assert (case.state.status, case.state.ending) == ("closed", "agreed")


@pytest.mark.parametrize(("area", "stage"), STAGES)
def test_where_nothing_is_settled_somebody_still_owes_something(area: str, stage: str) -> None:
    case = comes_to(area, stage)
    for step in case.policy.stages[stage].steps:
        does(case, a_step(step, "not_agreed"))
    assert case.state.is_open
    assert case.duties()
