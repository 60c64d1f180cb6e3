"""How the entries about the end of a case read: records placed, advice, a panel's meetings, and learning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.policy.model import AT_THE_END
from counterpart.policy.phrases import listed
from counterpart.telling.dates import day
from counterpart.telling.describing_gates import Body, Fact

PLACES = {
    "child": "the child’s own file",
    "agency": "the agency’s own records",
    "partnership": "the partnership’s records",
}


def endings_title(file: CaseFile, event: Any) -> str:
    """The title of an entry that says more than its kind, or ""."""
    match event:
        case e.RecordPlaced():
            return (
                f"{file.body_name(event.agency)} placed the record of {of_what(file, event.stage)}"
            )
        case e.DebriefAnswered():
            return "It was talked over" if event.held else "It was not talked over"
    return ""


def of_what(file: CaseFile, stage: str) -> str:
    """What a record is of: a stage by its name, or how the case ended."""
    return "how it ended" if stage == AT_THE_END else f"“{file.policy.stages[stage].name}”"


def _placed(_: CaseFile, ev: e.RecordPlaced) -> Body:
    on = listed(tuple(PLACES.get(where, where) for where in ev.on))
    return ev.note, [
        ("On", on[:1].upper() + on[1:]),
        ("Which record, and whose system", ev.where),
        ("Day", day(ev.placed_on)),
    ]


def _advised(file: CaseFile, ev: e.AdviceRecorded) -> Body:
    adviser = file.post_words(ev.adviser) or ev.stated_name
    return ev.said, [("Advice from", adviser), ("What was asked", ev.asked)]


def _met(file: CaseFile, ev: e.PanelMet) -> Body:
    came = [("Came", file.post_words(post)) for post in ev.came]
    return ev.record, [*came, ("What it looked at", ev.evidence)]


def _point(file: CaseFile, ev: e.LearningPointRecorded) -> Body:
    return ev.says, [("Who sees to it", file.post_words(ev.owner)), ("By", day(ev.due_on))]


def _which(file: CaseFile, point: str) -> Fact:
    """What was to be learned, for an entry that is about it."""
    said = (
        whole.recorded.event.says
        for whole in file.entries
        if isinstance(whole.recorded.event, e.LearningPointRecorded)
        and whole.recorded.event.point == point
    )
    return "What there is to learn", next(said, "")


def _offered(file: CaseFile, ev: e.DebriefOffered) -> Body:
    return ev.how, [("Offered to", file.post_words(ev.to))]


ENDINGS: dict[type, Callable[[CaseFile, Any], Body]] = {
    e.RecordPlaced: _placed,
    e.AdviceRecorded: _advised,
    e.PanelMet: _met,
    e.LearningPointRecorded: _point,
    e.LearningPointDone: lambda file, ev: (ev.what, [_which(file, ev.point)]),
    e.LearningPointReferred: lambda file, ev: ("", [("To", ev.to), _which(file, ev.point)]),
    e.DebriefOffered: _offered,
    e.DebriefAnswered: lambda _, ev: (ev.note, []),
}
