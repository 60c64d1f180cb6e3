"""What the machine of `test_engine` may propose under policies that ask for more: approvals, answers, times that pass.

Made-up policies, events sensible and silly, and the clock. It must hold no assertion about the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.policy.model import Policy
from counterpart.rehearsal.playing import CLOCK
from tests.casebook import Case
from tests.every_kind import whole
from tests.kinds import ALL, a_policy, a_stage, a_step, a_way
from tests.playing import a_move, an_answer

LEAD_ON = (e.ApprovalAsked, e.ApprovalAnswered, e.AnswerGiven)
BESIDE = (e.BandSet, e.OutsideDateGiven, e.ExitTaken, e.LimitAgreed)
ONCE = (*LEAD_ON, e.BandSet, e.OutsideDateGiven, e.LimitAgreed)
NAMES_NOBODY_USES = ("", "no-such", "ünïcode", "x" * 200)


@cache
def missed() -> Policy:
    """Each time that passes does something: silence fails, a case moves on, somebody chooses, a way is barred."""
    talk = a_step("talk", if_missed={"then": "fail", **ALL})
    bars = {"then": "bar", "way": "late", **ALL}
    first = [
        a_way("up", "two", after=["talk"], if_missed=bars),
        a_way("late", "two", when=[], force="may"),
        a_way("silence", "three", when=["missed talk"], by="partnership.chair"),
    ]
    managers = a_step("managers-talk", limit="1 working day",
                      if_missed={"then": "move", "way": "on", **ALL})  # fmt: skip
    seniors = a_step(
        "seniors-talk", if_missed={"then": "choose", "by": "partnership.coordinator", **ALL}
    )
    back = a_way("back", "one", when=[], force="may", after=["seniors-talk"])
    return a_policy(
        id="missed",
        stages=[
            a_stage("one", steps=[talk], ways_on=first),
            a_stage("two", role="manager", steps=[managers], ways_on=[a_way("on", "three")]),
            a_stage("three", role="senior", steps=[seniors], ways_on=[back]),
        ],
    )


@cache
def gated() -> Policy:
    """A refusal opens a way round; somebody at the last stage must be satisfied; anybody may jump."""
    up = a_way("up", "two", approval="raising.senior")
    round_it = a_way("round", "two", when=["refused up"], by="raising.worker")
    talks = [a_step("talk"), a_step("other-talk", force="may", satisfies="raising.worker")]
    last = a_step("managers-talk", satisfies="partnership.chair")
    return a_policy(
        id="gated",
        stages=[
            a_stage("one", steps=talks, ways_on=[up, round_it]),
            a_stage("two", role="manager", steps=[last]),
        ],
        jumps=[{"id": "jump", "to": ["one", "two"], "title": "Jump", "by": "each", **ALL}],
        any_stage={
            "steps": [
                a_step("meeting", kind="meeting", by="each", force="may", limit="not stated")
            ],
            **ALL,
        },
    )


def policies() -> dict[str, Policy]:
    return {policy.id: policy for policy in (whole(), missed(), gated())}


def silly(policy: Policy) -> st.SearchStrategy[Any]:
    """Any event at a gate that somebody could propose, true or not."""

    def names(*known: str) -> st.SearchStrategy[Code]:
        return st.sampled_from([*known, *NAMES_NOBODY_USES]).map(Code)

    ways, bands = names(*policy.ways_on), policy.bands.bands if policy.bands else ()
    agencies = st.sampled_from(["school", "social-care", "housing"]).map(Id)
    return st.one_of(
        st.builds(e.ApprovalAsked, way=ways),
        st.builds(e.ApprovalAnswered, way=ways, is_given=st.booleans()),
        st.builds(e.AnswerGiven, step=names(*policy.steps), is_satisfied=st.booleans()),
        st.builds(e.ExitTaken, exit=names(*policy.exits)),
        st.builds(e.BandSet, band=names(*(band.id for band in bands))),
        st.builds(e.OutsideDateGiven, which=names(*policy.dates), on=st.dates()),
        st.builds(e.LimitAgreed, clock=names(*policy.clocks), agency=agencies),
        st.builds(
            e.LimitPassed,
            clock=names(*policy.clocks),
            opened_by=st.just(Id("entry-1")),
            agency=agencies | st.none(),
            due_at=st.just(None),
        ),
    )


def _agreement(case: Case, target: Code, _: Any) -> e.LimitAgreed | None:
    agreed = case.state.offers[target].agreed
    left = [agency for agency in case.state.parties if agency not in agreed]
    return e.LimitAgreed(clock=target, agency=left[0]) if left else None


def _band(case: Case, _: Code, draw: Any) -> e.BandSet | None:
    bands = case.policy.bands.bands if case.policy.bands else ()
    band = draw(st.sampled_from([band.id for band in bands]))
    return None if band == case.state.band else e.BandSet(band=Code(band))


def _date(case: Case, target: Code, draw: Any) -> e.OutsideDateGiven | None:
    on = case.now.date() + timedelta(days=draw(st.integers(-30, 60)))
    return None if case.state.dates.get(target) == on else e.OutsideDateGiven(which=target, on=on)


SENSIBLY: dict[type, Callable[[Case, Code, Any], Any]] = {
    e.MovedOn: lambda case, target, _: a_move(case, target),
    e.ApprovalAsked: lambda _case, target, _: e.ApprovalAsked(way=target),
    e.ApprovalAnswered: lambda _case, target, draw: e.ApprovalAnswered(
        way=target, is_given=draw(st.booleans())
    ),
    e.AnswerGiven: lambda case, _, draw: an_answer(case, is_satisfied=draw(st.booleans())),
    e.ExitTaken: lambda _case, target, _: e.ExitTaken(exit=target),
    e.BandSet: _band,
    e.OutsideDateGiven: _date,
    e.LimitAgreed: _agreement,
}

__all__ = ["BESIDE", "CLOCK", "LEAD_ON", "ONCE", "SENSIBLY", "policies", "silly"]
