"""Switching one's calendar feed on and off, and the feed that calendars fetch."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from counterpart.access.admission import bearer_of, person_of
from counterpart.access.capabilities import give_up, grant, granted, note_use
from counterpart.access.kinds import CALENDAR
from counterpart.access.routes import declared
from counterpart.casework.feeding import feed_of
from counterpart.messages import calendars
from counterpart.web.pages import page, see_other

OFF = "Your calendar feed is off. Its address does not work any more."


@declared("signed_in", methods=("GET", "POST"))
def your_calendar(request: HttpRequest) -> HttpResponse:
    """Whether my feed is on. Sent, it is given a new address, which is shown this once and never again.

    So the answer to what was sent is the page itself, and no way on to it: the address must not be kept
    anywhere in between. Sent again, it is given another.
    """
    person, now = person_of(request), _now(request)
    address = ""
    if request.method == "POST":
        path = reverse("feeds:feed", args=(grant(person, CALENDAR, now),))
        address = f"{settings.ADDRESS}{path}"
    values = {"address": address, "granted": granted(person, CALENDAR, now)}
    return page(request, "feeds/your_calendar.jinja", values)


@declared("signed_in", methods=("POST",))
def switch_off(request: HttpRequest) -> HttpResponse:
    """My feed is off."""
    give_up(person_of(request), CALENDAR)
    messages.success(request, OFF)
    return see_other(reverse("feeds:yours"))


@declared("capability:calendar")
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - the route's rule has looked at it
    """The feed of whoever's address this is, as things stand now."""
    person, now = bearer_of(request), _now(request)
    note_use(person, CALENDAR, now)
    entries = feed_of(person, now)
    answer = HttpResponse(calendars.feed(entries), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="counterpart.ics"'
    return answer


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set for each request by the sign-in's middleware
    return now
