"""Fold what belongs to how a case ends: records placed, actions kept, meetings of a panel, learning.

One function an event, and what the course of the case does to it. Like `fold`, it reads facts only and
never refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from counterpart.engine import events as e
from counterpart.engine.draft import Draft
from counterpart.engine.endings import Debrief, KeptAction, LearningPoint, PanelMeeting, Placed
from counterpart.engine.kinds import Id
from counterpart.policy.model import AT_THE_END, RECORD, REPORT, Clock

# --- records ---------------------------------------------------------------------------------------


def case_has_ended(d: Draft) -> None:
    """The record of the stage it ended at, or of the end, is to be placed: by those who have met."""
    placing = d.policy.placing_at_end.get(d.stage)
    if placing is not None:
        has_met = any(d.policy.stages[visit.stage].inside is None for visit in d.visits)
        d.start(placing.clock, None if has_met else (d.raising,))


def outlives_reopening(d: Draft, clock: Clock) -> bool:
    """The record of a stage that was left is owed still, and a panel’s report; of where the case goes on it is
    not, nor of the end.
    """
    if clock.act == REPORT:
        return True
    return clock.act == RECORD and clock.target not in (AT_THE_END, d.stage)


def came_later(d: Draft, before: Id) -> None:
    """An agency that comes in the place of the one `before` it owes no record of stages it was not at."""
    clocks = d.policy.clocks
    names = {name for name in d.running if clocks[name].act == RECORD and clocks[name].per_agency}
    d.stop(names, (before,))


def _placed(d: Draft, ev: e.RecordPlaced) -> None:
    """The duty ends once the record is on everything that the policy asks for."""
    name = f"{RECORD}:{ev.stage}"
    found = _running(d, name, ev.agency)
    was = Placed(d.entry.id, ev.stage, ev.agency, ev.on, ev.placed_on, found)
    d.endings = replace(d.endings, placed=(*d.endings.placed, was))
    if found is None:
        return
    placing = d.policy.placing_at_end if ev.stage == AT_THE_END else d.policy.placing
    of_stage = d.stage if ev.stage == AT_THE_END else ev.stage
    on = {
        where
        for one in d.endings.placed
        if (one.stage, one.agency, one.duty) == (ev.stage, ev.agency, found)
        for where in one.on
    }
    if on >= set(placing[of_stage].on):
        d.stop((name,), (ev.agency,))


def _running(d: Draft, name: str, agency: Id) -> Id | None:
    """The entry that opened this agency's duty to place a record, while it runs."""
    group = d.running.get(name)
    if not group:
        return None
    where = agency if agency in group else None
    side = d.policy.clocks[name].owner.side
    alone = d.raising if side == "raising" else d.raised.partnership if d.raised else None
    if where is None and (where not in group or agency != alone):
        return None
    return d.clocks[group[where]].opened_by


# --- actions, panels, advice -----------------------------------------------------------------------


def case_opens_again(d: Draft) -> None:
    """What everybody agreed to do is owed until it is done, though the case goes on."""
    text = d.outcome
    if d.status != "closed" or text is None:
        return
    left = tuple(
        KeptAction(action, text.proposed_by, text.proposed_at, text.lead)
        for action in text.actions
        if action.id not in d.actions_done
    )
    if left:
        d.endings = replace(d.endings, kept=(*d.endings.kept, *left))


def _met(d: Draft, ev: e.PanelMet) -> None:
    meeting = PanelMeeting(d.entry.id, ev.panel, ev.came, d.entry.happened_at)
    d.endings = replace(d.endings, meetings=(*d.endings.meetings, meeting))


def _advised(d: Draft, _: e.AdviceRecorded) -> None:
    d.endings = replace(d.endings, advice=(*d.endings.advice, d.entry.id))


# --- learning --------------------------------------------------------------------------------------


def _point(d: Draft, ev: e.LearningPointRecorded) -> None:
    point = LearningPoint(
        id=ev.point,
        entry=d.entry.id,
        body=ev.body,
        owner=ev.owner,
        due_on=ev.due_on,
        by=d.entry.actor.agency,
        recorded_at=d.entry.happened_at,
    )
    d.endings = replace(d.endings, points=(*d.endings.points, point))


def _point_done(d: Draft, ev: e.LearningPointDone) -> None:
    _now(d, ev.point, done_at=d.entry.happened_at)


def _point_referred(d: Draft, ev: e.LearningPointReferred) -> None:
    _now(d, ev.point, referred_at=d.entry.happened_at)


def _now(d: Draft, point: Id, **at: datetime) -> None:
    points = (replace(p, **at) if p.id == point else p for p in d.endings.points)  # type: ignore[arg-type]  # of one of its own fields
    d.endings = replace(d.endings, points=tuple(points))


def _offered(d: Draft, ev: e.DebriefOffered) -> None:
    debrief = Debrief(d.entry.id, ev.body, ev.to, d.entry.happened_at)
    d.endings = replace(d.endings, debriefs=(*d.endings.debriefs, debrief))


def _answered(d: Draft, ev: e.DebriefAnswered) -> None:
    debriefs = (
        replace(one, held=ev.held) if one.id == ev.debrief else one for one in d.endings.debriefs
    )
    d.endings = replace(d.endings, debriefs=tuple(debriefs))


HOW: dict[type, Callable[[Draft, Any], None]] = {
    e.RecordPlaced: _placed,
    e.AdviceRecorded: _advised,
    e.PanelMet: _met,
    e.LearningPointRecorded: _point,
    e.LearningPointDone: _point_done,
    e.LearningPointReferred: _point_referred,
    e.DebriefOffered: _offered,
    e.DebriefAnswered: _answered,
}
