"""What belongs to the end of a case, for the machine that plays cases: a policy, sensible events and silly ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.model import Policy
from counterpart.worktime import in_london
from tests.casebook import Case
from tests.fakes import PARTNERSHIP
from tests.kinds import ALL, a_policy, a_stage, a_step, a_way

ONCE = (e.LearningPointDone, e.DebriefAnswered)
BESIDE = (
    *ONCE,
    e.RecordPlaced,
    e.AdviceRecorded,
    e.PanelMet,
    e.LearningPointRecorded,
    e.LearningPointReferred,
    e.DebriefOffered,
)
SAID = Words("S.")
PLACES = ("child", "agency", "partnership")


@cache
def endings() -> Policy:
    """Records to place at each stage and at the end; no case closes while an action is open."""
    consideration = a_step(
        "consider", kind="consideration", settles=False, by="partnership.coordinator",
        limit="not stated", starts=["closed", "withdrawn"],
    )  # fmt: skip
    out = {"id": "report", "title": "Report it", "kind": "whistleblowing", "when": "It is so",
           "where": "Your own policy", "meanwhile": "The case goes on", **ALL}  # fmt: skip
    rules: list[dict[str, Any]] = [
        {"at": "every stage", "kept_on": ["each agency"], "force": "should"},
        {"at": ["two"], "kept_on": ["child"], "force": "must", "limit": "2 working days"},
        {"at": "the end", "kept_on": ["child"], "force": "must", "by": "raising.senior"},
        {"at": "the end", "kept_on": [], "force": "must"},
    ]
    return a_policy(
        id="endings",
        stages=[
            a_stage("one", steps=[a_step("own")], inside="raising", ways_on=[_on("up", "two")]),
            a_stage("two", steps=[a_step("talk")], ways_on=[a_way("on", "three")]),
            a_stage("three", role="manager", steps=[a_step("managers-talk")],
                    ways_on=[_on("back", "two")]),
        ],
        exits=[out],
        afterwards={"steps": [consideration], **ALL},
        records=[{"what": f"Rule {i}", "shared_with": [], **ALL, **r} for i, r in enumerate(rules)],
        closing={
            "outcome": "Write it down", "write_clause": "1", "confirm": "Confirm it",
            "confirmed_by": "each", "confirm_limit": "2 working days",
            "open_actions": "forbidden", **ALL,
        },
    )  # fmt: skip


def _on(id: str, to: str) -> dict[str, Any]:
    return a_way(id, to, when=[], force="may")


def silly(policy: Policy) -> st.SearchStrategy[Any]:
    """Any event about the end of a case that somebody could propose, true or not."""
    stages = st.sampled_from([*policy.stages, "end", "", "no-such"]).map(Code)
    bodies = st.sampled_from(["school", "social-care", "housing", PARTNERSHIP]).map(Id)
    on = st.lists(st.sampled_from([*PLACES, "elsewhere"]).map(Code), max_size=3).map(tuple)
    points = st.sampled_from(["p1", "p2", ""]).map(Id)
    posts = st.sampled_from(["school-practitioner", "school-line_manager", "nobody"]).map(Id)
    entries = st.sampled_from([f"entry-{n}" for n in range(1, 9)] + [""]).map(Id)
    names = st.sampled_from([Words(""), SAID])
    panels = st.sampled_from([*policy.panels, "no-such"]).map(Code)
    return st.one_of(
        st.builds(e.RecordPlaced, stage=stages, agency=bodies, on=on, placed_on=st.dates()),
        st.builds(e.AdviceRecorded, adviser=st.none() | posts, stated_name=names),
        st.builds(e.PanelMet, panel=panels, came=st.lists(posts, max_size=2).map(tuple)),
        st.builds(
            e.LearningPointRecorded, point=points, body=bodies, owner=posts, due_on=st.dates()
        ),
        st.builds(e.LearningPointDone, point=points),
        st.builds(e.LearningPointReferred, point=points),
        st.builds(e.DebriefOffered, body=bodies, to=posts),
        st.builds(e.DebriefAnswered, debrief=entries, held=st.booleans()),
    )


def _placed(case: Case, target: Code, draw: Any) -> e.RecordPlaced:
    on = draw(st.lists(st.sampled_from(PLACES), min_size=1, unique=True))
    return e.RecordPlaced(
        stage=target,
        agency=draw(st.sampled_from(case.state.parties)),
        on=tuple(map(Code, on)),
        placed_on=in_london(case.now).date(),
    )


def _met(case: Case, _: Code, draw: Any) -> e.PanelMet | None:
    panel = case.state.panel
    if panel is None or not panel.members:
        return None
    came = draw(st.sets(st.sampled_from([m.post for m in panel.members]), min_size=1))
    return e.PanelMet(panel=panel.panel, came=tuple(sorted(came)), record=SAID)


def _point(case: Case, _: Code, draw: Any) -> e.LearningPointRecorded:
    body = draw(st.sampled_from([*case.state.parties, PARTNERSHIP]))
    owner = "partnership-business_manager" if body == PARTNERSHIP else f"{body}-line_manager"
    return e.LearningPointRecorded(
        point=Id(f"point-{len(case.state.endings.points)}"),
        body=body,
        owner=Id(owner),
        due_on=in_london(case.now).date() + timedelta(days=draw(st.integers(20, 90))),
        says=SAID,
    )


def _offer(case: Case, _: Code, __: Any) -> e.DebriefOffered:
    return e.DebriefOffered(body=Id("school"), to=Id("school-practitioner"), how=SAID)


SENSIBLY: dict[type, Callable[[Case, Code, Any], Any]] = {
    e.RecordPlaced: _placed,
    e.AdviceRecorded: lambda *_: e.AdviceRecorded(stated_name=SAID, said=SAID),
    e.PanelMet: _met,
    e.LearningPointRecorded: _point,
    e.LearningPointDone: lambda _, target, __: e.LearningPointDone(point=Id(target)),
    e.LearningPointReferred: lambda _, target, __: e.LearningPointReferred(point=Id(target)),
    e.DebriefOffered: _offer,
    e.DebriefAnswered: lambda _, target, draw: e.DebriefAnswered(
        debrief=Id(target), held=draw(st.booleans())
    ),
}

__all__ = ["BESIDE", "ONCE", "SENSIBLY", "endings", "silly"]
