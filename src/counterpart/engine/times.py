"""Whether a time that is set, agreed, given or found to have passed can be so.

Rules about what is written, like those in `details`.
"""

from __future__ import annotations

from datetime import timedelta

from counterpart.engine import events as e
from counterpart.engine.asking import Asked, Refusal
from counterpart.engine.duties import due_time
from counterpart.engine.passing import passed
from counterpart.worktime import in_london

LONGEST_FROM_NOW = timedelta(days=3 * 366)


def time_can_be_set(asked: Asked) -> Refusal | None:
    """A time for one child is still to come, and within what the policy allows.

    Whichever is shorter: a time that protects a child may be tightened, never loosened. One that
    a person sets, or the sides agree, may be changed, within the outer limit if there is one.
    """
    state, clock = asked.state, asked.policy.clocks[asked.proposed.clock]
    if asked.proposed.due_at <= asked.now:
        return Refusal("limit_passed", "Choose a time that is still to come.")
    if asked.proposed.due_at > asked.now + LONGEST_FROM_NOW:
        return Refusal("too_far", "That is more than three years away. Check the date.")
    for running in state.clocks:
        if running.clock != clock.id or running.stopped_at is not None:
            continue
        found = due_time(state, clock, running, asked.calendar)
        latest = found.at if clock.limit.protective else found.outer_at
        if latest is not None and asked.proposed.due_at >= latest:
            if clock.limit.protective:
                return Refusal("not_shorter", "Choose a time earlier than the one that holds now.")
            return Refusal(
                "past_outer_limit", "The policy gives an outer limit. Choose an earlier time."
            )
    return None


def agency_has_not_agreed(asked: Asked) -> Refusal | None:
    ev: e.LimitAgreed = asked.proposed
    if ev.agency not in asked.state.parties:
        return Refusal("not_a_party", "That agency is not part of this disagreement.")
    if ev.agency in asked.state.offers[ev.clock].agreed:
        return Refusal("already_agreed", "This agency has already agreed to this time.")
    return None


def time_did_pass(asked: Asked) -> Refusal | None:
    found = passed(asked.policy, asked.state, now=asked.now, calendar=asked.calendar)
    if asked.proposed in found:
        return None
    return Refusal("not_passed", "This time has not passed, or is on the record already.")


def date_is_near(asked: Asked) -> Refusal | None:
    ev: e.OutsideDateGiven = asked.proposed
    if abs(ev.on - in_london(asked.now).date()) > LONGEST_FROM_NOW:
        return Refusal("too_far", "That is more than three years away. Check the date.")
    if asked.state.dates.get(ev.which) == ev.on:
        return Refusal("same_date", "This is the date on the record already.")
    return None


def edition_is_another(asked: Asked) -> Refusal | None:
    ev: e.EditionMoved = asked.proposed
    if ev.from_edition == asked.state.edition and ev.to_edition != asked.state.edition:
        return None
    return Refusal("same_edition", "The case is under this edition already.")


def calendar_is_later(asked: Asked) -> Refusal | None:
    ev: e.CalendarMoved = asked.proposed
    counted = asked.state.calendars[-1][0] if asked.state.calendars else ev.from_edition
    if ev.from_edition == counted and ev.to_edition > counted:
        return None
    return Refusal("same_calendar", "The case counts by this edition already.")
