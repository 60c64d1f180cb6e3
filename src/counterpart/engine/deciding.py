"""Decide whether something may happen to a case, and what follows from it.

`decide` takes the event somebody proposes and answers with the events to append, the proposed
one first, or with a `Refusal`. `options` says what may be done now and why not the rest. Both
read the tables in `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counterpart.engine import agreeing, passing
from counterpart.engine import events as e
from counterpart.engine.agreeing import must_answer
from counterpart.engine.between_rules import target_of
from counterpart.engine.kinds import Code
from counterpart.engine.offering import offered, panel_options
from counterpart.engine.offering_between import offered_before
from counterpart.engine.offering_endings import endings_before
from counterpart.engine.rules import (
    DETAIL_RULES,
    STATE_RULES,
    TIMED_RULES,
    Asked,
    Refusal,
    happened_already,
)
from counterpart.engine.state import CaseState
from counterpart.policy.model import FINAL, Policy, Seat, Track
from counterpart.worktime import Calendar

__all__ = [
    "Option",
    "basis_of",
    "decide",
    "must_answer",
    "next_number",
    "option_elsewhere",
    "options",
    "raise_problem",
    "tracks_for",
]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be done on a case, by whom, and if it may not be done now, why not.

    `target` is the step, the way on, the clock, the agency or the action it is about, or "". Between the
    sides it is the entry of a question, meeting, request or statement, or the id of a duty.
    """

    event: type
    target: str
    title: str
    by: Seat
    refusal: Refusal | None

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


def raise_problem(policy: Policy, raised: e.ConcernRaised) -> Refusal | None:
    """Why a concern cannot be raised as written, or None."""
    others = [p.agency for p in raised.receiving]
    grounds = {g.id for g in policy.grounds}
    if raised.track not in policy.tracks:
        return Refusal("no_such_track", "The policy has no such track.")
    if not raised.children:
        return Refusal("no_child", "Say which child the concern is about.")
    if not others:
        return Refusal("no_other_side", "Choose the agency you disagree with.")
    if raised.raising.agency in others:
        return Refusal("own_agency", "The other agency cannot be your own.")
    if len(set(others)) != len(others):
        return Refusal("agency_twice", "An agency is named twice.")
    if not raised.grounds and not policy.are_grounds_open:
        return Refusal("no_ground", "Choose what the disagreement is about.")
    if set(raised.grounds) - grounds - {"other"} or (
        "other" in raised.grounds and not policy.are_grounds_open
    ):
        return Refusal("no_such_ground", "The policy has no such ground.")
    if raised.is_urgent and policy.urgent is None:
        return Refusal("no_urgent_route", "This policy has no route for immediate risk. Call 999.")
    only_for = policy.tracks[raised.track].grounds
    if only_for and not set(raised.grounds) & set(only_for):
        return Refusal("another_track", "That is not what this kind of disagreement is about.")
    return None


def tracks_for(policy: Policy, grounds: Iterable[str], challenged: Iterable[str]) -> list[Track]:
    """The tracks a concern may take: what it is about, and which kinds of agency it challenges.

    Those that say the most of when they are for come first.
    """
    about, kinds = set(grounds), set(challenged)
    fitting = [
        track
        for track in policy.tracks.values()
        if (not track.grounds or about & set(track.grounds))
        and (not track.challenged or kinds & set(track.challenged))
    ]
    return sorted(fitting, key=lambda t: (not t.grounds) + (not t.challenged))


def decide(
    policy: Policy,
    state: CaseState,
    proposed: Any,
    *,
    happened_at: datetime,
    now: datetime,
    calendar: Calendar,
    more: Sequence[Any] = (),
) -> tuple[Any, ...] | Refusal:
    """The events to append for what is proposed, or why it may not happen.

    `more` are events that the caller writes right after it, in the same act. They are no part of the
    answer, and are judged with it only where they belong to it: who came to a meeting.
    Raises KeyError for an event no rule speaks of: nothing happens to a case by oversight.
    """
    kind = type(proposed)
    if refusal := _refusal(policy, state, kind, _target(proposed), now, calendar):
        return refusal
    asked = Asked(policy, state, proposed, happened_at, now, calendar, tuple(more))
    for check in (happened_already, *DETAIL_RULES.get(kind, ())):
        if refusal := check(asked):
            return refusal
    return (proposed, *_consequences(policy, state, proposed))


def basis_of(policy: Policy, panel: str) -> Code:
    """What an outcome rests on after a panel: its decision, or advice the sides then agree to."""
    return Code("decision" if policy.panels[panel].authority in FINAL else "agreement")


def next_number(state: CaseState) -> int:
    """The number of the next text of the outcome. Numbers are never used again in a case."""
    return state.texts + 1


def options(
    policy: Policy, state: CaseState, *, now: datetime, calendar: Calendar
) -> tuple[Option, ...]:
    """Everything that can be done on this case, allowed or not, in the order of the policy."""
    return tuple(
        Option(kind, target, title, by, _refusal(policy, state, kind, target, now, calendar))
        for kind, target, title, by in offered(policy, state)
    )


def option_elsewhere(
    policy: Policy,
    state: CaseState,
    kind: type,
    target: str,
    *,
    now: datetime,
    calendar: Calendar,
) -> Option | None:
    """Something the policy has at another stage than the present one, with why it may not be done now.

    For a page that was opened before the case went on, or before what it is about was answered. None
    where the policy, or the case, has no such thing.
    """
    found: tuple[str, Seat] | None = None
    before = offered_before(policy, state, kind, target)
    if before := before or endings_before(policy, state, kind, target):
        found = before[2:]
    if kind is e.StepRecorded and target in policy.steps:
        found = policy.steps[target].what, policy.steps[target].by
    elif kind in (e.MovedOn, e.ApprovalAsked) and target in policy.ways_on:
        found = policy.ways_on[target].title, policy.ways_on[target].by
    elif kind is e.ApprovalAnswered and target in policy.ways_on:
        way = policy.ways_on[target]
        found = way.title, way.approval or way.by
    elif kind is e.AnswerGiven and target in policy.steps:
        step = policy.steps[target]
        found = step.what, step.satisfies or step.by
    elif kind in (e.PanelConvened, e.RepresentationHeard, e.PanelMet, e.PanelDecided):
        for panel in [target] if target in policy.panels else () if target else policy.panels:
            titles = {option: (title, by) for option, _, title, by in panel_options(policy, panel)}
            found = titles[kind]
    if found is None:
        return None
    refusal = _refusal(policy, state, kind, target, now, calendar)
    return Option(kind, target, *found, refusal) if refusal else None


def _refusal(
    policy: Policy, state: CaseState, kind: type, target: str, now: datetime, calendar: Calendar
) -> Refusal | None:
    for rule in STATE_RULES[kind]:
        if refusal := rule(policy, state, target):
            return refusal
    for timed in TIMED_RULES.get(kind, ()):
        if refusal := timed(policy, state, target, now, calendar):
            return refusal
    return None


def _target(proposed: Any) -> str:
    if isinstance(proposed, e.RecordPlaced):
        return proposed.stage
    if target := target_of(proposed):
        return target
    for name in ("step", "way", "clock", "action", "exit", "band", "which", "point", "debrief"):
        if (value := getattr(proposed, name, None)) is not None:
            return str(value)
    return ""


def _consequences(policy: Policy, state: CaseState, proposed: Any) -> tuple[Any, ...]:
    """What follows at once. An outcome that everybody who must has answered closes the case."""
    if isinstance(proposed, e.LimitPassed):
        return passing.moves_on(policy, state, proposed)
    if isinstance(proposed, e.OutcomeConfirmed | e.OutcomeDissented):
        return agreeing.follows_from_answer(policy, state, proposed)
    if isinstance(proposed, e.ActionDone):
        return agreeing.follows_from_action(policy, state, proposed.action)
    return ()
