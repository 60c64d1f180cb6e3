"""Plays the examples that stand beside a policy, as its author wrote them.

An example is a story of acts and checks. This turns each act into the event it means, proposes it
to the engine, and holds each check against the duties that are then due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id
from counterpart.policy.loading import load_policy
from counterpart.worktime import parse_instant
from tests.casebook import HOUR, Case, a_step, members

WHEN_KEYS = (
    "at",
    "outcome written",
    "immediate risk",
    "panel decided",
    "withdrawn",
    "opened again",
)


def examples(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]], Any]]:
    """Each example of a policy's folder: its name, its story and the policy."""
    written = YAML(typ="safe", pure=True).load((folder / "examples.yaml").read_text("utf-8"))
    policy = load_policy((folder / written["policy"]).read_bytes())
    assert written["format"] == 1
    for example in written["examples"]:
        assert set(example) == {"name", "story"}
        yield example["name"], example["story"], policy


def play(story: list[dict[str, Any]], policy: Any) -> int:
    """Play a story through, and say how many checks it held. Raises AssertionError with the line."""
    first, *rest = story
    case = Case(
        policy,
        at=when(first["raised"]),
        receiving=first["with"],
        is_urgent=first.get("urgent", False),
    )
    held = 0
    for line in rest:
        if "then" in line:
            check(case, line["then"])
            held += 1
        else:
            happen(case, line)
    return held


def happen(case: Case, line: dict[str, Any]) -> None:
    """One act, accepted or refused as the line says."""
    act = next(name for name in ACTS if name in line)
    event = ACTS[act](case, line)
    moment = next((line[key] for key in WHEN_KEYS if key in line), None)
    after = when(moment) - case.now if moment else HOUR
    reason = case.is_refused(event, after=after)
    assert reason == line.get("refused"), f"{line}: {reason}"
    if act == "panel decided" and reason is None:
        case.does(case.outcome(basis="decision"), after=timedelta(0))


def check(case: Case, then: dict[str, Any]) -> None:
    assert set(then) <= {"stage", "status", "due"}, then
    assert case.state.stage == then.get("stage", case.state.stage)
    assert case.state.status == then.get("status", case.state.status)
    found = {d.clock: d for d in case.duties()}
    assert set(found) == set(then["due"]), f"due: {sorted(found)}"
    for name, expected in then["due"].items():
        duty = found[name]
        assert f"{duty.role} at {duty.body}" == expected["from"], name
        by = None if expected["by"] == "no time" else when(expected["by"])
        assert duty.due.at == by, f"{name}: {duty.due.at}"
        assert duty.nobody is None, name


def when(text: Any) -> datetime:
    """`2026-11-02 09:00` or `end of 2026-11-09`, London time."""
    day, is_end, rest = str(text).rpartition("end of ")
    if is_end:
        return parse_instant(f"{rest}T23:59:59")
    assert not day
    if isinstance(text, datetime):
        return parse_instant(text.strftime("%Y-%m-%dT%H:%M:%S"))
    return parse_instant(str(text).replace(" ", "T"))


def convened(case: Case, line: dict[str, Any]) -> e.PanelConvened:
    seats = [*((agency, "member") for agency in line["panel convened"]), (line["chair"], "chair")]
    panel = case.policy.stages[case.state.stage].panel or ""
    return e.PanelConvened(panel=Code(panel), members=members(*seats), meets_at=case.now)


def decided(case: Case, _: dict[str, Any]) -> e.PanelDecided:
    panel = case.policy.stages[case.state.stage].panel or ""
    return e.PanelDecided(panel=Code(panel), authority=Code(case.policy.panels[panel].authority))


ACTS: dict[str, Callable[[Case, dict[str, Any]], Any]] = {
    "recorded": lambda _, a: a_step(a["recorded"], a.get("result", "done"), *a.get("with", ())),
    "moved on": lambda case, a: case.move(a["moved on"]),
    "outcome written": lambda case, _: case.outcome(),
    "confirmed by": lambda case, a: case.confirmation(a["confirmed by"]),
    "not agreed by": lambda case, a: e.OutcomeDissented(
        number=case.state.texts, agency=Id(a["not agreed by"])
    ),
    "immediate risk": lambda *_: e.ImmediateRiskReported(),
    "time set": lambda _, a: e.LimitSet(clock=Code(a["time set"]), due_at=when(a["to"])),
    "panel convened": convened,
    "heard": lambda _, a: e.RepresentationHeard(agency=Id(a["heard"]), how=Code("in_person")),
    "panel decided": decided,
    "withdrawn": lambda *_: e.CaseWithdrawn(),
    "opened again": lambda case, _: e.CaseReopened(stage=case.state.stage),
    "not us": lambda _, a: e.PartyRedirected(
        from_agency=Id(a["not us"]), to=e.Party(agency=Id(a["it is"]))
    ),
}
