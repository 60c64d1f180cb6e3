"""What stands beside the course of a case on its page: what goes on meanwhile, and other ways to go.

Words made from a case file for the case page. Where the policy has no such thing there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.policy.phrases import sentence
from counterpart.web.cases.doable import Doable, one


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of the policy: when it is for, where it leads, whether the case ends, and the link to it."""

    title: str
    when: str
    leads_to: str
    ends: bool
    meanwhile: str
    clause: str
    act: Doable


def meanwhile(file: CaseFile) -> Iterator[str]:
    """What the policy says for while the disagreement goes on."""
    if file.state.is_open:
        yield from (sentence(one.text) for one in file.policy.meanwhile)


def other_ways(file: CaseFile, may: Mapping[str, Answer]) -> Iterator[WayOut]:
    """The ways out of the policy, for an open case."""
    if not file.state.is_open:
        return
    for option in file.options:
        if option.event is e.ExitTaken:
            way_out = file.policy.exits[option.target]
            yield WayOut(
                title=way_out.title,
                when=sentence(way_out.when) if way_out.when else "",
                leads_to=", ".join(part for part in (way_out.where, way_out.stage) if part),
                ends=way_out.ends,
                meanwhile=sentence(way_out.meanwhile) if way_out.meanwhile else "",
                clause=way_out.clause,
                act=one(file, option, may),
            )
