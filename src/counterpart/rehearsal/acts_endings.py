"""The acts at the end of a case: placing a record, advice, a panel's meeting, and what is learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.kinds import Code, Id, Words
from counterpart.policy.model import AT_THE_END
from counterpart.rehearsal import notation as n
from counterpart.rehearsal.act import ITSELF, Act, Read
from counterpart.rehearsal.naming import known
from counterpart.rehearsal.playing import Rehearsal
from counterpart.worktime import in_london

SAID = Words("It is said here.")
NONE = Id("none")
"""What stands for a learning point that is not there."""
A_MONTH = timedelta(days=30)


def _placed(case: Rehearsal, read: Read) -> Iterable[Any]:
    """On all that the policy asks for, unless the line says; on the child's own file where it asks for none."""
    stage = known((*case.policy.stages, AT_THE_END), "stage", read[ITSELF])
    of = case.policy.placing_at_end.get(case.state.stage) if stage == AT_THE_END else None
    of = of or case.policy.placing.get(stage)
    on = read.get("on") or (of.on if of else ("child",))
    yield e.RecordPlaced(
        stage=Code(stage),
        agency=Id(read["by"].body),
        on=tuple(map(Code, on)),
        placed_on=in_london(case.now).date(),
        where=SAID,
    )


def _advised(_: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.AdviceRecorded(stated_name=Words(read[ITSELF]), said=SAID)


def _met(case: Rehearsal, _: Read) -> Iterable[Any]:
    panel = case.state.panel
    came = tuple(member.post for member in panel.members) if panel else ()
    here = case.policy.stages[case.state.stage].panel or ""
    yield e.PanelMet(panel=Code(here), came=came, record=SAID)


def _point(case: Rehearsal, read: Read) -> Iterable[Any]:
    """Whoever speaks for the agency that the line names sees to it, in a month unless it says."""
    actor = case.actor_at(read["for"].body, known(case.policy.roles, "role", read["for"].role))
    yield e.LearningPointRecorded(
        point=Id(read[ITSELF]),
        body=actor.agency or case.state.partnership,
        owner=actor.post or NONE,
        due_on=read.get("due", in_london(case.now + A_MONTH).date()),
        says=SAID,
    )


def _point_done(_: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.LearningPointDone(point=Id(read[ITSELF]))


def _point_referred(_: Rehearsal, read: Read) -> Iterable[Any]:
    yield e.LearningPointReferred(point=Id(read[ITSELF]), to=SAID)


ACTS: Mapping[str, Act] = {
    "record placed": Act(n.text, _placed, keys={"on": n.names}, needs=("by",)),
    "advice taken": Act(n.text, _advised),
    "panel met": Act(n.moment, _met),
    "learning point": Act(n.text, _point, keys={"for": n.role_at, "due": n.day}, needs=("for",)),
    "learning point done": Act(n.text, _point_done),
    "learning point passed on": Act(n.text, _point_referred),
}
"""The acts at the end."""
