"""The meetings and panels of a case that have a time, and who is asked to come to each.

Worked out from the state and the record; what a calendar has to know of them, and no words: where
people meet stays in the record. It must not know who was told of what before: `casework.inviting`
does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from counterpart.engine import events as e
from counterpart.engine.between import Meeting
from counterpart.engine.between_duties import arranging, seat_of
from counterpart.engine.directory import Directory
from counterpart.engine.kinds import Id
from counterpart.engine.owners import owner, place
from counterpart.engine.registry import Recorded
from counterpart.engine.state import CaseState
from counterpart.policy.model import Policy

Status = Literal["on", "over", "off"]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting, or a panel, that was given a time.

    `id` is the entry by which it was first called for: it stays the same when the time does not.
    `arranged` counts how often it has been given a time again, from 0. `posts` and `people` are who
    is asked to come, each by one of the two.
    """

    id: Id
    is_panel: bool
    meets_at: datetime
    arranged: int
    status: Status
    posts: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()


def gatherings(
    policy: Policy, state: CaseState, record: Sequence[Recorded], directory: Directory
) -> tuple[Gathering, ...]:
    """Every meeting and panel of the case that was ever given a time, meetings first."""
    meetings = (
        _meeting(meeting, meeting.meets_at, _posts(policy, state, meeting, directory))
        for meeting in state.between.meetings
        if meeting.meets_at is not None
    )
    return (*meetings, *_panels(policy, state, record))


def _meeting(meeting: Meeting, meets_at: datetime, posts: tuple[Id, ...]) -> Gathering:
    status: Status = "on" if meeting.is_open else "over" if meeting.status == "held" else "off"
    return Gathering(
        id=meeting.id,
        is_panel=False,
        meets_at=meets_at,
        arranged=meeting.sequence,
        status=status,
        posts=posts,
    )


def _posts(
    policy: Policy, state: CaseState, meeting: Meeting, directory: Directory
) -> tuple[Id, ...]:
    """Whoever speaks now for each agency that is asked, and whoever arranges it, where it is known who."""
    asked = ((seat_of(state, agency), agency) for agency in meeting.agencies)
    found: dict[Id, None] = {}
    for seat, about in (*asked, arranging(state, policy.steps[meeting.step], meeting)):
        body, role = place(policy, state, seat, about)
        post, _ = owner(policy, state, directory, body, role)
        if post is not None:
            found[post] = None
    return tuple(found)


def _panels(policy: Policy, state: CaseState, record: Iterable[Recorded]) -> list[Gathering]:
    """Called together again before it has decided, a panel is the same one at another time."""
    found: list[Gathering] = []
    sitting = ""
    for entry in record:
        event = entry.event
        if isinstance(event, e.PanelConvened):
            asked = _asked(entry.id, event)
            if sitting == event.panel:
                before = found.pop()
                asked = replace(asked, id=before.id, arranged=before.arranged + 1)
            found.append(asked)
            sitting = event.panel
        elif isinstance(event, e.PanelDecided) and sitting:
            found[-1] = replace(found[-1], status="over")
            sitting = ""
        elif isinstance(event, e.CaseReopened):
            sitting = ""
    if sitting and state.is_open and policy.stages[state.stage].panel == sitting:
        found[-1] = replace(found[-1], status="on")
    return found


def _asked(entry: Id, event: e.PanelConvened) -> Gathering:
    """A member sits as a person where one was named, else by their post."""
    return Gathering(
        id=entry,
        is_panel=True,
        meets_at=event.meets_at,
        arranged=0,
        status="off",
        posts=tuple(m.post for m in event.members if not m.person and m.post),
        people=tuple(m.person for m in event.members if m.person),
    )
