"""When a service is open, as instants, and how long that comes to.

A service is open while London's clocks show a time within its opening hours. On the night they go
back, a time in the repeated hour is shown twice, and the service is open both times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from counterpart.worktime.calendars import Calendar
from counterpart.worktime.localtime import change_on, offsets_on
from counterpart.worktime.services import WEEKDAYS, Opening, Service

Span = tuple[datetime, datetime]


class NoCalendar(ValueError):
    """A sum that turns on bank holidays was given no calendar."""


def open_spans(service: Service, day: date, calendar: Calendar | None) -> Iterator[Span]:
    """From when to when, in UTC, the service is open on a local day, in order.

    Raises NoCalendar or OutsideEdition where it turns on whether the day is a bank holiday.
    """
    if closed_for(service, day, calendar) is not None:
        return
    shown = sorted(span for each in service.hours[day.weekday()] for span in _shown(day, each))
    yield from _joined(shown)


def _shown(day: date, opening: Opening) -> Iterator[Span]:
    """The spans during which the clocks show a time within an opening: one, or two."""
    midnight = datetime.combine(day, time(), UTC)
    opens = midnight + timedelta(minutes=opening.opens)
    closes = midnight + timedelta(minutes=opening.closes)
    before, after = offsets_on(day)
    if before == after:
        yield opens - before, closes - before
        return
    change = change_on(day)
    for start, end in (
        (opens - before, min(closes - before, change)),
        (max(opens - after, change), closes - after),
    ):
        if start < end:
            yield start, end


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Spans in order, those that touch as one."""
    held: Span | None = None
    for span in spans:
        if held is not None and span[0] == held[1]:
            held = held[0], span[1]
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


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
