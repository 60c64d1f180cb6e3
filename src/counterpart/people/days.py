"""Which day an instant falls on, and what holds on a day.

Holdings and covers run from their first day to the day before `until_on`. It must not read the
clock.
"""

from datetime import date, datetime

from django.db.models import Q

from counterpart.worktime import in_london


def day_of(at: datetime) -> date:
    """The day in Europe/London on which the aware instant `at` falls."""
    return in_london(at).date()


def on(day: date) -> Q:
    """The holdings or covers that run on `day`."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))


def open_on(day: date) -> Q:
    """The posts or agencies that are not closed on `day`."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=day)


def runs_on(day: date, from_on: date, until_on: date | None) -> bool:
    """Whether something that runs from `from_on` until `until_on` (not included) runs on `day`."""
    return from_on <= day and (until_on is None or day < until_on)
