"""When a clock that runs is due: the policy's limits, a time set for one child, and more time agreed.

Where the policy gives no time there is none, and it is said why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from counterpart.engine.between import NOTHING
from counterpart.engine.state import CaseState, Running
from counterpart.policy.model import Clock, LimitRule
from counterpart.worktime import (
    Answer,
    Calendar,
    CannotCompute,
    Due,
    NoDeadline,
    due,
    under,
)

BAND, SETTING, AGREEMENT = "band", "setting", "agreement"


@dataclass(frozen=True, slots=True)
class DueTime:
    """When a duty is due, or in plain words why there is no time.

    `at` is the earliest of the policy's limits and of an instant a person set for this child.
    `sums` hold the working of each fixed limit, the earliest of which is `outer_at`. `cannot` says
    what could not be worked out. `awaits` is `band`, `setting` or `agreement` where there is no
    time until somebody has said which band it is, set one, or agreed to one. `extended_at` is the end
    that every agency agreed to, where that holds; `sums` and `outer_at` stay the policy's own.
    """

    at: datetime | None
    is_set_for_child: bool
    sums: tuple[Due, ...]
    without: tuple[NoDeadline, ...]
    cannot: tuple[CannotCompute, ...]
    outer_at: datetime | None = None
    awaits: str | None = None
    extended_at: datetime | None = None


def due_time(state: CaseState, clock: Clock, running: Running, calendar: Calendar) -> DueTime:
    """When a clock that runs is due, with its working.

    It is counted by the edition of the bank holidays that the case counts by. Where a case came
    to a later edition, a time that had already passed stays as it was. More time that every agency
    agreed to comes last, and never makes it less.
    """
    found = _of_the_policy(state, clock, running.started_at, calendar)
    if state.between is NOTHING:
        return found
    agreed_at = state.between.extended.get(running.key)
    if agreed_at is not None and found.at is not None and agreed_at > found.at:
        return replace(found, at=agreed_at, is_set_for_child=False, extended_at=agreed_at)
    outer_at, set_at = state.between.overtaken.get(running.key), state.limits.get(clock.id)
    if outer_at is not None and set_at is not None and not found.is_set_for_child:
        # Set within a time that had been agreed, and so perhaps later than the policy's own.
        return replace(found, at=min(set_at, outer_at), is_set_for_child=True)
    return found


def _of_the_policy(
    state: CaseState, clock: Clock, started_at: datetime, calendar: Calendar
) -> DueTime:
    editions = state.calendars
    if not editions:
        return _due_time(state, clock, started_at, calendar)
    found = _due_time(state, clock, started_at, under(calendar, editions[0][0]))
    for edition, since_at in editions[1:]:
        if found.at is not None and found.at <= since_at:
            break
        found = _due_time(state, clock, started_at, under(calendar, edition))
    return found


def _due_time(state: CaseState, clock: Clock, started_at: datetime, calendar: Calendar) -> DueTime:
    answers = _answers(clock.limit, state.band, started_at, calendar)
    if clock.urgent_limit is not None and state.urgent_since is not None:
        since_at = max(started_at, state.urgent_since)
        answers += _answers(clock.urgent_limit, state.band, since_at, calendar)
    sums = tuple(a for a in answers if isinstance(a, Due))
    outer_at = min((a.at for a in sums), default=None)
    set_at = state.limits.get(clock.id) if clock.limit.is_for_people else None
    is_set = set_at is not None and (outer_at is None or set_at <= outer_at)
    return DueTime(
        at=set_at if is_set else outer_at,
        is_set_for_child=is_set,
        sums=sums,
        without=tuple(a for a in answers if isinstance(a, NoDeadline)),
        cannot=tuple(a for a in answers if isinstance(a, CannotCompute)),
        outer_at=outer_at,
        awaits=_awaits(clock.limit, state) if set_at is None else None,
    )


def _answers(
    limit: LimitRule, band: str | None, started_at: datetime, calendar: Calendar
) -> list[Answer]:
    by_band = limit.by_band.get(band) if band else None
    each = (*limit.fixed, by_band) if by_band else limit.fixed
    return [due(one, started_at, calendar, limit.counting) for one in each]


def _awaits(limit: LimitRule, state: CaseState) -> str | None:
    """What is wanting before there is a time: a band, a person who sets it, or an agreement."""
    if limit.by_band and state.band is None:
        return BAND
    if limit.set_by is not None:
        return SETTING
    return AGREEMENT if limit.is_agreed else None
