"""What the clock does to cases: times pass, and later editions of the bank holidays come into use.

Run by the worker. Nobody acts, so the entry is the clock's own. Safe to run twice: what is on the
record already is not put there again.
"""

from __future__ import annotations

from datetime import datetime

from counterpart.casework.actors import the_clock
from counterpart.casework.moving import calendar_move
from counterpart.casework.one_by_one import IsOver, do_all, never
from counterpart.casework.writing import Done, Loaded, act
from counterpart.engine import passing
from counterpart.engine.rules import Refusal
from counterpart.lists import finding
from counterpart.worktime import editions

MOST_AT_ONCE = 200
NOTHING_PASSED = Refusal("not_passed", "No time has passed that is not on the record.")


def pass_times(now: datetime, is_over: IsOver = never) -> int:
    """Record what follows in every case where a time has passed, and how many entries it made.

    One case that cannot be done does not hold the others up; its fault is raised at the end. Once
    `is_over`, what is left waits for the next call.
    """
    return do_all(
        lambda: finding.cases_with_passed_time(now, MOST_AT_ONCE),
        lambda case: record_passed(case, now),
        is_over,
    )


def recount(now: datetime, is_over: IsOver = never) -> int:
    """Bring open cases to the newest edition of the bank holidays, and say how many."""
    newest = editions()[-1].name
    return do_all(
        lambda: finding.cases_counting_by_earlier(newest, MOST_AT_ONCE),
        lambda case: recount_case(case, now),
        is_over,
    )


def record_passed(case: str, now: datetime) -> int:
    """Put every time that has passed in a case on its record, and say how many there were.

    What follows may start a time that has passed too, so it asks until there is none.
    """
    done = 0
    while _is_new(
        act(
            lambda loaded: _first_passed(loaded, now),
            case=case,
            actor=the_clock(),
            now=now,
            key=f"passed {now.isoformat()} {done}",
        )
    ):
        done += 1
    return done


def recount_case(case: str, now: datetime) -> int:
    """Bring a case to the newest edition of the bank holidays, by a recorded event. 1 if it was."""
    newest = editions()[-1].name
    answer = act(
        lambda loaded: calendar_move(loaded, newest, now),
        case=case,
        actor=the_clock(),
        now=now,
        key=f"calendar {newest}",
    )
    return int(_is_new(answer))


def _is_new(answer: Done | Refusal) -> bool:
    """Whether an act put something on the record that was not there."""
    return isinstance(answer, Done) and not answer.repeated


def _first_passed(loaded: Loaded, now: datetime) -> object:
    found = passing.passed(loaded.policy, loaded.state, now=now, calendar=loaded.calendar)
    return found[0] if found else NOTHING_PASSED
