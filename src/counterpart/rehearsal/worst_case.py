"""How long a disagreement may lawfully stay undecided under a policy, and what leaves it open.

It is undecided until the sides settle it, or a decision that stands is made. Writing that down
and confirming it come after, and are not counted. What is taken for granted:

- Nobody settles it before the end, and everybody does everything at the last lawful moment. So
  what follows from agreeing, such as a letter or saying that one is satisfied, is not counted.
- A limit that *should* be kept is kept. It is a guide, so it is named as one.
- Of a time that protects the child, only the fixed part is counted; it can only be earlier. Of
  several bands of priority the longest is.
- Where several ways on are owed, the earliest of their times holds for leaving the stage,
  whichever is then taken: after it somebody would be late.
- A limit over several stages, and one for settling it over the whole case, bound the time by
  which it is settled or has left them.
- Where nothing has to follow a stage, its talk is owed until it settles the matter, and so its
  limit bounds that.
- A jump is taken only to where no ordinary way leads, and never back.
- It is not opened again, no agency takes another's place, and no way is barred by lateness.

What no limit bounds is answered as having no bound, with every rule that leaves it open: a time
that is not stated, or that people set; a way back; approval; advice that need not be taken.

This module is pure: the calendar is an argument.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from counterpart.policy.model import Policy
from counterpart.rehearsal.last_moments import Journey
from counterpart.rehearsal.longest_limits import CannotBeComputed
from counterpart.rehearsal.longest_ways import Path, paths
from counterpart.rehearsal.waits import WorstCase, WorstStart
from counterpart.worktime import LONDON, Calendar

MOST_STAGES = 100
"""A policy of more stages than this is not walked through."""

MORNING = time(9, 0)
"""The hour in London at which a disagreement is raised on each day of a year."""


def worst_case(
    policy: Policy, raised_at: datetime, calendar: Calendar, *, is_urgent: bool = False
) -> WorstCase:
    """The latest moment at which a disagreement raised then may lawfully still be undecided.

    `is_urgent` takes the policy's second timetable, from the start. ValueError if `raised_at` has
    no offset.
    """
    if raised_at.tzinfo is None:
        raise ValueError("raised_at needs an offset")
    return _from(_journeys(policy, calendar, is_urgent=is_urgent), raised_at)


def worst_start(
    policy: Policy,
    year: int,
    calendar: Calendar,
    *,
    at: time = MORNING,
    is_urgent: bool = False,
) -> WorstStart:
    """The day of the year on which a disagreement raised at that hour may wait longest.

    The earliest of several such days. Days for which it cannot be computed are counted, not
    guessed at.
    """
    journeys = _journeys(policy, calendar, is_urgent=is_urgent)
    day = date(year, 1, 1)
    first = _from(journeys, _moment(day, at))
    if first.left_open or not journeys:
        return WorstStart(year, None, first)
    worst: tuple[timedelta, date, WorstCase] | None = None
    uncounted = 0
    while day.year == year:
        case = _from(journeys, _moment(day, at))
        if case.undecided_until is None:
            uncounted += 1
        else:
            wait = case.undecided_until - case.raised_at
            if worst is None or wait > worst[0]:
                worst = (wait, day, case)
        day += timedelta(days=1)
    if worst is None:
        return WorstStart(year, None, first, uncounted)
    return WorstStart(year, worst[1], worst[2], uncounted)


def _journeys(policy: Policy, calendar: Calendar, *, is_urgent: bool) -> tuple[Journey, ...]:
    """One for each track; none where the policy has more stages than can be walked through."""
    if len(policy.stages) > MOST_STAGES:
        return ()
    return tuple(Journey(policy, track, calendar, is_urgent) for track in policy.tracks.values())


def _from(journeys: tuple[Journey, ...], raised_at: datetime) -> WorstCase:
    if not journeys:
        words = f"This policy has more than {MOST_STAGES} stages."
        return WorstCase(raised_at, None, (), cannot=words)
    found: list[tuple[str, Path]] = []
    try:
        for journey in journeys:
            found += [(journey.track.title, path) for path in paths(journey, raised_at)]
    except CannotBeComputed as problem:
        return WorstCase(raised_at, None, (), cannot=str(problem))
    left_open = tuple(dict.fromkeys(why for _, path in found for why in path.ends.why))
    wanted = [pair for pair in found if pair[1].ends.why] if left_open else found
    title, path = max(wanted, key=lambda pair: (pair[1].known_until, len(pair[1].visits)))
    until = None if left_open else path.ends.at
    return WorstCase(raised_at, until, path.visits, left_open, track=title)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)
