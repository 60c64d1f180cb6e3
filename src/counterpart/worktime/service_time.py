"""When a service is open, as instants, and how long that comes to.

A service is open from the first instant its clock shows the opening time to the last instant it
shows the closing time, so a night over which the clocks change counts as long as it really was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from counterpart.worktime.calendars import Calendar
from counterpart.worktime.localtime import first_instant, last_instant
from counterpart.worktime.services import WEEKDAYS, Service

Span = tuple[datetime, datetime]


class NoCalendar(ValueError):
    """A sum that turns on bank holidays was given no calendar."""


def open_spans(service: Service, day: date, calendar: Calendar | None) -> Iterator[Span]:
    """From when to when, in UTC, the service is open on a local day, in order.

    Raises NoCalendar or OutsideEdition where it turns on whether the day is a bank holiday.
    """
    openings = service.hours[day.weekday()]
    if closed_for(service, day, calendar) is not None:
        return
    for opening in openings:
        opens = first_instant(day, timedelta(minutes=opening.opens))
        closes = last_instant(day, timedelta(minutes=opening.closes))
        if opens < closes:
            yield opens, closes


def closed_for(service: Service, day: date, calendar: Calendar | None) -> str | None:
    """Why the service does not open on a local day, in words, or None if it does."""
    if not service.hours[day.weekday()]:
        return f"not open on {WEEKDAYS[day.weekday()]}"
    if service.open_on_bank_holidays:
        return None
    if calendar is None:
        raise NoCalendar
    title = calendar.bank_holiday(day)
    return f"bank holiday: {title}" if title else None
