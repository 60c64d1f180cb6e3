"""Brent's five stages stepped through: by the engine, and by SpiffWorkflow as a workflow of the same ladder.

The peer's ladder is a workflow with one task for each thing done and a choice after each talk, carried to the panel's
decision. It keeps no owner, no time, no record and no reasons; the engine's fold works all of those out. Each runs the
same case: nobody agrees until the panel decides, and both sides confirm.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.operators import Attrib, Equal
from SpiffWorkflow.specs import ExclusiveChoice, Simple, StartTask, WorkflowSpec
from SpiffWorkflow.workflow import Workflow

from counterpart.engine import events as e
from counterpart.engine.kinds import Code
from tests.casebook import Case, at_panel, members
from tests.fakes import SCHOOL, SOCIAL_CARE

TALKS = ("workers-discuss", "managers-discuss", "seniors-discuss")
PANEL = ("convene", "hear-one", "hear-other", "decide")
END = ("write-outcome", "confirm-one", "confirm-other")


def the_case() -> Case:
    """A case that goes up all five stages to a decision which both sides confirm."""
    case = at_panel()
    sitting = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), ("health", "chair"))
    case.does(e.PanelConvened(panel=Code("resolution-panel"), members=sitting, meets_at=case.now))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    return case.decides().confirms(SCHOOL).confirms(SOCIAL_CARE)


def the_workflow() -> Any:
    """The same ladder as a workflow: a task, and after each talk the choice it leads to."""
    spec = WorkflowSpec(name="ladder")
    start = StartTask(spec)
    spec.start = start
    outcome = Simple(spec, END[0])
    here: Any = Simple(spec, "consult-manager")
    start.connect(here)
    for name in TALKS:
        talk = Simple(spec, name)
        here.connect(talk)
        choice = ExclusiveChoice(spec, f"after-{name}")
        talk.connect(choice)
        onward = Simple(spec, f"on-from-{name}")
        choice.connect_if(Equal(Attrib("result"), "agreed"), outcome)
        choice.connect(onward)
        here = onward
    for name in PANEL:
        task = Simple(spec, name)
        here.connect(task)
        here = task
    here.connect(outcome)
    here = outcome
    for name in END[1:]:
        task = Simple(spec, name)
        here.connect(task)
        here = task
    return spec


def step_through(spec: Any) -> None:
    """One case through the workflow, to its end."""
    workflow = Workflow(spec)
    workflow.task_tree.data["result"] = "not_agreed"
    while not workflow.is_completed():
        workflow.run_next()
