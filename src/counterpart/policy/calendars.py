"""The calendar a policy counts in: that of its nation, or of its nations together."""

from __future__ import annotations

from counterpart.policy.model import Policy
from counterpart.worktime import Calendar, calendar, combined


def calendar_of(policy: Policy, edition: str | None = None) -> Calendar:
    """The policy's calendar under an edition of the bank holidays; the newest if none is named.

    Where several nations work together, a working day is one that is a working day in all of
    them. Raises `worktime.CalendarProblem` for an edition there is not.
    """
    return combined([calendar(nation, edition) for nation in policy.calendars])
