"""What holds beside the course of a case: priority, dates, approvals, what goes on meanwhile, other ways to go.

Words made from a case file for the case page. Where the policy has no such thing there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from counterpart.access.answers import Answer
from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.policy.phrases import seat_words, sentence
from counterpart.web.cases.doable import Doable, one
from counterpart.web.cases.words import ENDING
from counterpart.web.dates import day, moment


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of the policy: when it is for, where it leads, whether the case ends, and the link to it."""

    title: str
    when: str
    leads_to: str
    ends: bool
    clause: str
    act: Doable


def standing(file: CaseFile) -> Iterator[tuple[str, str]]:
    """What was said of this case and holds now: label and words."""
    policy, state = file.policy, file.state
    if policy.bands is not None:
        titles = {band.id: band.title for band in policy.bands.bands}
        unsaid = f"Not said yet. Who says it: {seat_words(policy, policy.bands.set_by)}."
        yield policy.bands.title, titles[state.band] if state.band else unsaid
    for date in policy.dates.values():
        given = state.dates.get(date.id)
        title = f"{date.title} (set by law)" if date.is_statutory else date.title
        yield title, day(given) if given else "Not given yet"
    for way, answer in state.approvals.items():
        yield f"Approval: {policy.ways_on[way].title}", _approval(file, way, answer)
    for clock, offer in state.offers.items():
        if state.limits.get(clock) != offer.due_at:
            yield f"Time put forward: {policy.clocks[clock].what}", _offer(file, clock)


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
                clause=way_out.clause,
                act=one(file, option, may),
            )


def ending(file: CaseFile) -> str:
    """How the case ended, in words; where it left for something else, for what."""
    state = file.state
    if state.status == "left" and state.exits:
        return f"It went another way: {file.policy.exits[state.exits[-1]].title}"
    return ENDING.get(state.ending or "", "")


def _approval(file: CaseFile, way: str, answer: str) -> str:
    seat = file.policy.ways_on[way].approval
    who = seat_words(file.policy, seat) if seat else ""
    said = {"given": "Given", "refused": "Refused. It can be asked for again."}
    return said.get(answer, f"Asked for. Who answers: {who}.")


def _offer(file: CaseFile, clock: str) -> str:
    """The time put forward, and which agencies have still to agree to it."""
    offer = file.state.offers[clock]
    left = [file.body_name(a) for a in file.state.parties if a not in offer.agreed]
    return f"{moment(offer.due_at)}. Still to agree: {', '.join(left)}."
