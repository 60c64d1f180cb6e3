"""Brent's five stages stepped through: by the engine, and by SpiffWorkflow running the same ladder as BPMN.

The peer's ladder is a process with one manual task for each thing done and a gateway after each talk, carried to the
panel's decision. It keeps no owner, no time, no record and no reasons; the engine's fold works all of those out. Each
runs the same case: nobody agrees until the panel decides, and both sides confirm.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from counterpart.engine import events as e
from counterpart.engine.kinds import Code
from tests.casebook import Case, at_panel, members
from tests.fakes import SCHOOL, SOCIAL_CARE

TALKS = ("workers-discuss", "managers-discuss", "seniors-discuss")
AFTER_THEM = (
    "convene", "hear-one", "hear-other", "decide", "write-outcome", "confirm-one", "confirm-other",
)  # fmt: skip
TASKS = 1 + 2 * len(TALKS) + len(AFTER_THEM)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def the_case() -> Case:
    """A case that goes up all five stages to a decision which both sides confirm."""
    case = at_panel()
    sitting = members((SCHOOL, "member"), (SOCIAL_CARE, "member"), ("health", "chair"))
    case.does(e.PanelConvened(panel=Code("resolution-panel"), members=sitting, meets_at=case.now))
    for agency in (SCHOOL, SOCIAL_CARE):
        case.does(e.RepresentationHeard(agency=agency, how=Code("in_person")))
    return case.decides().confirms(SCHOOL).confirms(SOCIAL_CARE)


def the_process() -> Any:
    """The same ladder as a process, parsed once."""
    parser = BpmnParser()
    parser.add_bpmn_xml(_Drawing().tree())
    return parser.get_spec("ladder")


def step_through(spec: Any) -> None:
    """One case through the process, to its end. Raises ValueError if it took another way."""
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    done = 0
    while not workflow.is_completed():
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data["result"] = "not_agreed"
        task.run()
        workflow.do_engine_steps()
        done += 1
    if done != TASKS:
        raise ValueError(f"{done} tasks were done")


class _Drawing:
    """A process as it is drawn: its nodes and the flows between them."""

    def __init__(self) -> None:
        self.root = etree.Element(f"{{{BPMN}}}definitions", nsmap={None: BPMN}, id="drawing")
        self.process = etree.SubElement(
            self.root, f"{{{BPMN}}}process", id="ladder", isExecutable="true"
        )

    def tree(self) -> Any:
        self._node("startEvent", "start")
        here = self._task("start", "consult-manager")
        for talk in TALKS:
            here = self._task(here, talk)
            gateway = self._node("exclusiveGateway", f"after-{talk}")
            self._flow(here, f"after-{talk}")
            self._flow(f"after-{talk}", AFTER_THEM[4], "result == 'agreed'")
            here = self._task(f"after-{talk}", f"on-from-{talk}")
            gateway.set("default", f"after-{talk}-to-{here}")
        for name in AFTER_THEM:
            here = self._task(here, name)
        self._node("endEvent", "end")
        self._flow(here, "end")
        return self.root

    def _task(self, before: str, name: str) -> str:
        self._node("manualTask", name)
        self._flow(before, name)
        return name

    def _node(self, kind: str, name: str) -> Any:
        return etree.SubElement(self.process, f"{{{BPMN}}}{kind}", id=name, name=name)

    def _flow(self, source: str, target: str, condition: str = "") -> None:
        flow = etree.SubElement(
            self.process,
            f"{{{BPMN}}}sequenceFlow",
            id=f"{source}-to-{target}",
            sourceRef=source,
            targetRef=target,
        )
        if condition:
            etree.SubElement(flow, f"{{{BPMN}}}conditionExpression").text = condition
