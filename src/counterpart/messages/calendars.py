"""Writing what calendars read: an invitation to one meeting, or a person's feed. iCalendar, RFC 5545.

A calendar is kept by others: an employer, a telephone, whoever somebody shares it with. So there is a
reference, what kind of thing it is, a time and a link, and never a name, a place or anything anybody
wrote. Values in, text out: it must not look anything up.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
)

MEETING_LASTS = timedelta(hours=1)
"""Nobody says how long a meeting will be; an hour keeps a place for it. A decision of ours, not of a policy's."""
DUTY_LASTS = timedelta(minutes=15)
"""A duty stands in the feed as the last quarter of an hour *before* it is due. So it is seen on the last day
it can be done on, also where it is due at midnight; a whole day would hide the hour, which counts here."""
REFRESH = timedelta(hours=1)
"""How often calendars are asked to look again. Many look much less often."""
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_OURS = "-//Counterpart//Counterpart//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar, from `starts_at` until `ends_at`.

    `key` is what makes it the same thing the next time, whatever its time is then; `sequence` rises
    each time it is told anew. `url` is "" where they could not open it. `is_busy`: whether it takes
    up the person’s time.
    """

    key: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    url: str
    written_at: datetime
    sequence: int = 0
    is_off: bool = False
    is_busy: bool = True


def meeting(
    key: str,
    reference: str,
    meets_at: datetime,
    written_at: datetime,
    address: str,
    *,
    is_panel: bool,
    sequence: int,
    is_off: bool = False,
) -> Entry:
    """A meeting or a panel about a case. `address` is this installation's, with no slash after it."""
    shown = _shown(reference)
    return Entry(
        key=key,
        summary=f"Panel meeting, case {shown}" if is_panel else f"Meeting about case {shown}",
        starts_at=meets_at,
        ends_at=meets_at + MEETING_LASTS,
        url=f"{address}/cases/{reference}",
        written_at=written_at,
        sequence=sequence,
        is_off=is_off,
    )


def duty(
    key: str, reference: str, what: str, due_at: datetime, opened_at: datetime, address: str
) -> Entry:
    """Something that is due. `what` is the duty in the words of the policy."""
    return Entry(
        key=key,
        summary=f"Due: {what}, case {_shown(reference)}",
        starts_at=due_at - DUTY_LASTS,
        ends_at=due_at,
        url=f"{address}/cases/{reference}",
        written_at=opened_at,
        is_busy=False,
    )


def invitation(entry: Entry, sender: str, to: str) -> str:
    """The part of an e-mail to `to` that puts a meeting into a calendar, or takes it out (RFC 5546).

    `sender` is what this installation's mail is from. Nobody is asked to answer: whether somebody
    comes is said in the case, and answers to this address are read by nobody.
    """
    calendar = _calendar()
    calendar.add("method", method(entry))
    event = _event(entry)
    event.add("organizer", _mailto(sender))
    attendee = _mailto(to)
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def published(entry: Entry, sender: str) -> str:
    """A meeting as a file beside an e-mail, to be put into a calendar by hand, or taken out (RFC 5546, 3.2.1)."""
    calendar = _calendar()
    calendar.add("method", PUBLISH)
    event = _event(entry)
    event.add("organizer", _mailto(sender))
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def method(entry: Entry) -> str:
    """`REQUEST` or `CANCEL`."""
    return CANCEL if entry.is_off else REQUEST


def feed(entries: Iterable[Entry]) -> bytes:
    """A calendar of all these, for a program to fetch again and again. It says nothing of whose it is."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Counterpart")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _OURS)
    calendar.add("version", "2.0")
    return calendar


def _london() -> Timezone:
    """The clocks of the United Kingdom. Every time here is in UTC: this is for a feed with nothing in it, since
    a calendar must have at least one component (RFC 5545, 3.6).
    """
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    winter, summer = timedelta(0), timedelta(hours=1)
    for part, begins, month, before, after in (
        (TimezoneDaylight(), datetime(1981, 3, 29, 1), 3, winter, summer),  # noqa: DTZ001 - by the wall clock
        (TimezoneStandard(), datetime(1996, 10, 27, 2), 10, summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(entry: Entry) -> Event:
    event = Event()
    # A UUID without a host in it (RFC 7986, 5.3): it says nothing, and outlives a move of the installation.
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, entry.key)))
    event.add("dtstamp", entry.written_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    if entry.url:
        event.add("url", entry.url)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("class", "PRIVATE")  # whoever shares their calendar with others shares the time alone
    return event


def _mailto(address: str) -> vCalAddress:
    return vCalAddress(f"mailto:{parseaddr(address)[1]}")


def _shown(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:]}"
